"""Turns as OpenTelemetry spans, under the names of its GenAI conventions; off unless configured.

    pip install 'sightline[otel]'
    SIGHTLINE_OTEL=1 OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317 sightline chat

One `invoke_agent` span a turn, with a `chat` span for each plan, an `execute_tool` span for each
call and an `invoke_agent` span for each look of the verifier below it. What people wrote and what
tools gave goes along only where OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT is `true`.
https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-agent-spans/
"""

import json
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from ..tools.results import ToolError
from .events import Event, StepFinished, StepStarted
from .reply import Reply, Step
from .turn import TurnContext

_CONTENT: Final = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
_MISSING: Final = "OpenTelemetry is not installed; run: pip install 'sightline[otel]'"
_NAME: Final = "sightline"


class Telemetry:
    """Reports turns to a tracer provider; safe to share between threads.

    Args:
        provider: an `opentelemetry.trace.TracerProvider`; None sends to the OTLP endpoint that
            OTEL_EXPORTER_OTLP_ENDPOINT names.

    Raises:
        ToolError: OpenTelemetry is not installed.
    """

    def __init__(self, provider: Any = None) -> None:
        try:
            from opentelemetry import trace
        except ImportError as error:
            raise ToolError(_MISSING) from error
        self._trace = trace
        self.provider = provider or _to_endpoint()
        self._tracer = self.provider.get_tracer(_NAME)
        self._content = os.environ.get(_CONTENT, "").lower() == "true"

    @contextmanager
    def turn(self, turn: TurnContext, session: str) -> Iterator[Callable[[Reply], None]]:
        """Report what happens within; what is yielded takes the reply in the end."""
        about = {"gen_ai.agent.name": _NAME}
        if session:
            about["gen_ai.conversation.id"] = session
        if self._content:
            about["gen_ai.input.messages"] = _message("user", turn.text)
        with self._tracer.start_as_current_span(
            f"invoke_agent {_NAME}",
            attributes=_operation("invoke_agent", **about),
            record_exception=self._content,  # its words may be a person's
        ) as root:
            steps = _Steps(self._tracer, self._trace, root, self._content)
            tell = turn.emit

            def emit(event: Event) -> None:
                steps.note(event)
                tell(event)

            turn.emit = emit
            try:
                yield lambda reply: self._replied(root, reply)
            finally:
                turn.emit = tell

    def _replied(self, root: Any, reply: Reply) -> None:
        for status, number in Counter(claim.status for claim in reply.claims).items():
            root.set_attribute(f"sightline.claims.{status}", number)
        root.set_attribute("sightline.abstained", reply.abstained)
        if self._content:
            root.set_attribute("gen_ai.output.messages", _message("assistant", reply.text))


class _Steps:
    """The spans of one turn's steps."""

    def __init__(self, tracer: Any, trace: Any, root: Any, content: bool) -> None:
        self._tracer, self._trace, self._content = tracer, trace, content
        # Calls run in threads of their own, which do not know the turn's span.
        self._below = trace.set_span_in_context(root)
        self._open: dict[int, Any] = {}
        self._lock = threading.Lock()

    def note(self, event: Event) -> None:
        """Begin or end a span, as the event says."""
        match event:
            case StepStarted():
                span = self._tracer.start_span(
                    _title(event), context=self._below, attributes=_about(event)
                )
                with self._lock:
                    self._open[event.id] = span
            case StepFinished(id=number, step=step):
                with self._lock:
                    span = self._open.pop(number)
                self._finish(span, step)

    def _finish(self, span: Any, step: Step) -> None:
        # What a call looks at is written into it on the way, and so is who planned.
        span.update_name(_title(step))
        span.set_attributes(_about(step))
        if step.model:
            span.set_attribute("gen_ai.response.model", step.model)
        if step.role == "verifier" and step.note:
            span.set_attribute("sightline.check.status", step.note)
        elif not step.ok:
            span.set_attribute("error.type", "tool_error" if _is_tool(step) else "plan_error")
            why = step.note if self._content else None
            span.set_status(self._trace.StatusCode.ERROR, why)
        if self._content and _is_tool(step):
            span.set_attribute("gen_ai.tool.call.arguments", json.dumps(step.args, default=str))
            if step.gave is not None:
                span.set_attribute("gen_ai.tool.call.result", step.gave.text)
        span.end()


def _operation(name: str, **about: str) -> dict[str, str]:
    return {"gen_ai.operation.name": name, "gen_ai.provider.name": _NAME, **about}


def _is_tool(step: Step | StepStarted) -> bool:
    return step.role not in ("planner", "verifier") and step.tool != "look_again"


def _title(step: Step | StepStarted) -> str:
    if _is_tool(step):
        return f"execute_tool {step.tool}"
    if step.role == "planner":
        model = step.model if isinstance(step, Step) else ""
        return f"chat {model}".rstrip()
    return "invoke_agent verifier"


def _about(step: Step | StepStarted) -> dict[str, str]:
    if _is_tool(step):
        return _operation("execute_tool", **{
            "gen_ai.tool.name": step.tool, "gen_ai.tool.type": "function",
            "gen_ai.agent.name": step.role,
        })  # fmt: skip
    if step.role == "planner":
        model = step.model if isinstance(step, Step) else ""
        return _operation("chat", **{"gen_ai.request.model": model} if model else {})
    return _operation("invoke_agent", **{"gen_ai.agent.name": "verifier"})


def _message(role: str, text: str) -> str:
    return json.dumps([{"role": role, "parts": [{"type": "text", "content": text}]}])


def _to_endpoint() -> Any:
    """A provider that sends spans as OTLP, to where the environment says."""
    try:
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise ToolError(_MISSING) from error
    named = Resource.create({"service.name": os.environ.get("OTEL_SERVICE_NAME", _NAME)})
    provider = TracerProvider(resource=named)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider
