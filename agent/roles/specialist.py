"""What all specialists share: run the calls that are theirs and ready, side by side."""

import logging
import re
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial

from langgraph.runtime import Runtime

from ...tools.artifacts import Artifact
from ...tools.base import STOPPED, ToolContext
from ...tools.gate import domain_of
from ...tools.results import ToolError, ToolResult
from ..memory.wish import read_wish
from ..planning import Plan, PlannedCall
from ..policy import may_run
from ..references import file_named, named, with_answers
from ..reply import gave
from ..tape import NotRecorded
from ..taped import used
from ..turn import Outcome, TurnContext, TurnState, Update
from .dispatching import ready
from .fitting import handed_over

log = logging.getLogger(__name__)
OUT_OF_TIME = "I ran out of time before I could do that."
_AT_ONCE = 4
_ID = 64  # digits of an artifact's id
_BACK = re.compile(
    r"\b(it|its|them|their|they|that|those|these|this|ones?|others?)\b", re.IGNORECASE
)
_SPEAKING = ("ground", "vqa")


def specialist(role: str) -> Callable[[TurnState, Runtime[TurnContext]], Update]:
    """A graph node that runs the ready calls of the tools that belong to `role`."""

    def work(state: TurnState, runtime: Runtime[TurnContext]) -> Update:
        turn, plan = runtime.context, state["plan"]
        done = state["outcomes"]
        mine = [i for i in ready(plan, done) if turn.tools[plan.calls[i].tool].specialist == role]
        if len(mine) == 1:
            return {"outcomes": {mine[0]: run_call(turn, plan, mine[0], done)}}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            ran = pool.map(lambda index: run_call(turn, plan, index, done), mine)
            return {"outcomes": {outcome.index: outcome for outcome in ran}}

    work.__name__ = role
    return work


def run_call(turn: TurnContext, plan: Plan, index: int, done: Mapping[int, Outcome]) -> Outcome:
    """Run one call: every problem becomes one sentence, and a step is recorded either way."""
    call = plan.calls[index]
    order = index if call.instead_of is None else call.instead_of
    with turn.step(turn.tools[call.tool].specialist, call.tool, call.args, order=order) as step:
        outcome = Outcome(index=index, call=call)
        try:
            _allowed(turn, call)
            call, context = _resolved(turn, call, done)
            step.tool, step.args = call.tool, dict(call.args)
            outcome = Outcome(index=index, call=call, artifact=_artifact_id(turn, context, call))
            tool = turn.tools[call.tool]
            began = time.monotonic()
            use = partial(tool.given(context).use, **call.args)
            result: ToolResult = used(turn, call, outcome.artifact, use)
            if time.monotonic() - began > turn.limits.deadline_seconds:
                log.warning("tool %s took %.0f s", call.tool, time.monotonic() - began)
            step.model = f"{result.model.name}@{result.model.weights}".rstrip("@")
            step.gave = gave(result)
            return replace(outcome, result=result)
        except NotRecorded:
            raise
        except _Refused as error:
            problem, mendable = str(error), False
        except ToolError as error:
            problem = str(error)
            mendable = bool(problem) and problem != STOPPED and _in_view(turn, call)
        except Exception:
            # A bug of ours or of a plug-in: the log gets the traceback, the person a sentence.
            log.exception("tool %s failed", call.tool)
            problem = f"Something went wrong while I used {call.tool}; the log has the details."
            mendable = True
        step.ok, step.note = False, problem
        return replace(outcome, problem=problem, mendable=mendable)


def _in_view(turn: TurnContext, call: PlannedCall) -> bool:
    """Whether there is anything that the call could look at."""
    return bool(turn.attachments) or not turn.tools[call.tool].wants


class _Refused(ToolError):
    """The call may not be made, whatever is planned."""


def _allowed(turn: TurnContext, call: PlannedCall) -> None:
    """Raise unless the call may be made now."""
    tool = turn.tools[call.tool]
    if turn.cancelled.is_set():
        raise _Refused(STOPPED)
    if turn.out_of_time():
        raise _Refused(OUT_OF_TIME)
    if not may_run(tool, turn.text, str(call.args.get(tool.argument, ""))):
        raise _Refused(f"I only use {call.tool} when you ask for it in your own words.")


def _resolved(
    turn: TurnContext, call: PlannedCall, done: Mapping[int, Outcome]
) -> tuple[PlannedCall, ToolContext]:
    """The call with what it names written in, and a context in which "it" means what came before.

    Raises:
        ToolError: a call that this one waits for gave nothing.
    """
    if any(done[i].problem or not _gave(done[i]) for i in call.after):
        raise ToolError("")  # it has said why
    context = turn.tool_context
    answers = {i: str(r.answer) for i in named(call.args) if (r := done[i].result) is not None}
    call = replace(call, args=with_answers(call.args, answers))
    source = file_named(call.args)
    if source is not None:
        result = done[source].result
        file = result.artifacts[-1] if result and result.artifacts else done[source].artifact
        if not file:
            raise ToolError("")  # it has said why
        known = [artifact.id for artifact in context.attachments]
        name = f"a{known.index(file) + 1}" if file in known else file
        call = replace(call, args={**call.args, "artifact": name})
    reference = str(call.args.get("artifact", ""))
    if len(reference) == _ID:
        artifact = domain_of(context, context.store.get(reference))
        if all(artifact.id != known.id for known in context.attachments):
            context = replace(context, attachments=(*context.attachments, artifact))
        call = handed_over(call, artifact, turn)
    return call, _after(turn, context, call, done)


def _gave(outcome: Outcome) -> bool:
    """Whether the outcome holds something that another call can go on with."""
    result = outcome.result
    if result is None:
        return True  # unfolded: the calls in its place have said what there was
    if result.abstained:
        return False
    return outcome.call.tool not in ("ground", "retrieve") or bool(result.evidence)


def _after(
    turn: TurnContext, context: ToolContext, call: PlannedCall, done: Mapping[int, Outcome]
) -> ToolContext:
    """The context with what the calls before this one spoke of, where the words point back."""
    reference = str(call.args.get("artifact", ""))
    if not call.after or not (reference or turn.tools[call.tool].wants):
        return context
    try:
        here = context.artifact(reference)
    except ToolError:
        return context
    words = str(call.args.get(turn.tools[call.tool].argument, ""))
    if not _BACK.search(words):
        return context
    said = [text for i in call.after if (text := _spoken_of(turn, done[i], here))]
    if not said:
        return context
    asked = (*context.questions.get(here.id, ()), *said)
    return replace(context, questions={**context.questions, here.id: asked})


def _spoken_of(turn: TurnContext, outcome: Outcome, here: Artifact) -> str:
    """What an outcome was about, in words that mean the same in the picture `here`."""
    words = str(outcome.call.args.get(turn.tools[outcome.call.tool].argument, ""))
    if outcome.call.tool in _SPEAKING and outcome.artifact == here.id:
        return words
    if turn.tools[outcome.call.tool].finds:
        return read_wish(words, datetime.now()).topic
    return ""


def _artifact_id(turn: TurnContext, context: ToolContext, call: PlannedCall) -> str:
    if not turn.tools[call.tool].wants and not call.args.get("artifact"):
        return ""
    try:
        return context.artifact(str(call.args.get("artifact", ""))).id
    except ToolError:
        return ""
