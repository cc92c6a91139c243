"""Spans of a turn, as an in-memory exporter of OpenTelemetry's own gets them."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from PIL import Image
from sightline.agent.events import Finished
from sightline.agent.planning import Plan, PlannedCall
from sightline.tools.results import ToolError

GRAY = Image.new("RGB", (320, 240), "gray")
CONTENT = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
CALLS = (
    PlannedCall(tool="vqa", args={"question": "how many cubes?"}),
    PlannedCall(tool="document_qa", args={"question": "the total", "artifact": "a9"}),
)


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def provider(exporter: InMemorySpanExporter) -> TracerProvider:
    made = TracerProvider()
    made.add_span_processor(SimpleSpanProcessor(exporter))
    return made


def by_name(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


def _times(span: ReadableSpan) -> tuple[int, int]:
    assert span.start_time is not None and span.end_time is not None
    return span.start_time, span.end_time


def attributes(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})


def talk(make: Any, provider: TracerProvider) -> Any:
    assistant = make(traces=provider)
    assistant.planner.script["my secret question"] = Plan(calls=CALLS, model="scripted@1")
    return assistant


def test_a_turn_is_a_tree_of_spans(make: Any, exporter: Any, provider: Any) -> None:
    reply = talk(make, provider).ask("my secret question", [GRAY], session="s1")
    spans = by_name(exporter)
    root = spans["invoke_agent sightline"]
    assert attributes(root) == {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.provider.name": "sightline",
        "gen_ai.agent.name": "sightline",
        "gen_ai.conversation.id": "s1",
        "sightline.claims.verified": 1,
        "sightline.abstained": False,
    }
    below = [span for span in spans.values() if span is not root]
    assert len(exporter.get_finished_spans()) == len(reply.steps) + 1
    for span in below:
        assert span.parent is not None and root.context is not None
        assert span.parent.span_id == root.context.span_id
        assert _times(root)[0] <= _times(span)[0] <= _times(span)[1] <= _times(root)[1]
    chat = attributes(spans["chat scripted@1"])
    assert chat["gen_ai.operation.name"] == "chat"
    assert chat["gen_ai.request.model"] == chat["gen_ai.response.model"] == "scripted@1"
    tool = attributes(spans["execute_tool vqa"])
    assert tool["gen_ai.operation.name"] == "execute_tool" and tool["gen_ai.tool.name"] == "vqa"
    assert tool["gen_ai.agent.name"] == "perception"
    assert attributes(spans["invoke_agent verifier"])["sightline.check.status"] == "verified"
    failed = spans["execute_tool document_qa"]
    assert failed.status.status_code is StatusCode.ERROR
    assert attributes(failed)["error.type"] == "tool_error"


def test_what_people_wrote_stays_here_unless_asked_for(
    make: Any, exporter: Any, provider: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = talk(make, provider).ask("my secret question", [GRAY])
    told = [span.to_json() for span in exporter.get_finished_spans()]
    assert not any(word in span for span in told for word in ("secret", "how many", reply.text))
    exporter.clear()
    monkeypatch.setenv(CONTENT, "true")
    talk(make, provider).ask("my secret question", [GRAY])
    spans = by_name(exporter)
    root = attributes(spans["invoke_agent sightline"])
    assert "my secret question" in root["gen_ai.input.messages"]
    assert "There are 2 cubes." in root["gen_ai.output.messages"]
    tool = attributes(spans["execute_tool vqa"])
    assert "how many cubes?" in tool["gen_ai.tool.call.arguments"]
    assert tool["gen_ai.tool.call.result"] == "2"


def test_a_streamed_turn_lies_below_the_callers_span(
    make: Any, exporter: Any, provider: Any
) -> None:
    assistant = talk(make, provider)
    with provider.get_tracer("test").start_as_current_span("request") as mine:
        events = list(assistant.stream("my secret question", [GRAY]))
    assert isinstance(events[-1], Finished) and len(events) > 4
    root = by_name(exporter)["invoke_agent sightline"]
    assert root.parent is not None and root.parent.span_id == mine.get_span_context().span_id


class Collector(TraceServiceServicer):
    """A collector of spans, as a server of its own."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def Export(self, request: Any, context: Any) -> ExportTraceServiceResponse:
        for resource in request.resource_spans:
            self.names += [s.name for scope in resource.scope_spans for s in scope.spans]
        return ExportTraceServiceResponse()


def test_spans_reach_a_collector_that_the_environment_names(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector = Collector()
    server = grpc.server(ThreadPoolExecutor(1))
    add_TraceServiceServicer_to_server(collector, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    monkeypatch.setenv("SIGHTLINE_OTEL", "1")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{port}")
    try:
        assistant = make()
        assistant.ask("how many cubes?", [GRAY])
        assistant.telemetry.provider.shutdown()
    finally:
        server.stop(None)
    assert "invoke_agent sightline" in collector.names
    assert "execute_tool vqa" in collector.names


def test_off_it_is_not_imported_and_missing_it_names_the_command(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import sys, tempfile; from sightline import Assistant; "
        "Assistant(home=tempfile.mkdtemp()); "
        "bad = {'sightline.agent.telemetry', 'opentelemetry.exporter'} & set(sys.modules); "
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    monkeypatch.setenv("SIGHTLINE_OTEL", "1")
    with pytest.raises(ToolError, match=r"pip install 'sightline\[otel\]'"):
        make()
