"""What all specialists share: run the calls that are theirs and ready, side by side."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from langgraph.runtime import Runtime

from ...tools.base import ToolContext
from ...tools.results import ToolError, ToolResult
from ..planning import Plan, PlannedCall
from ..policy import may_run
from ..turn import Outcome, TurnContext, TurnState, Update

log = logging.getLogger(__name__)
_AT_ONCE = 4


def ready(plan: Plan, done: dict[int, Outcome]) -> list[int]:
    """Indices of calls that have not run and wait for nothing."""
    return [
        index
        for index, call in enumerate(plan.calls)
        if index not in done and all(i in done for i in call.after)
    ]


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


def run_call(turn: TurnContext, plan: Plan, index: int, done: dict[int, Outcome]) -> Outcome:
    """Run one call: every problem becomes one sentence, and a step is recorded either way."""
    call = plan.calls[index]
    tool = turn.tools[call.tool]
    artifact = _artifact_id(turn, call)
    with turn.step(tool.specialist, call.tool, call.args, order=index) as step:
        try:
            step.model, result = _run(turn, call, done)
            return Outcome(index=index, call=call, artifact=artifact, result=result)
        except ToolError as error:
            step.ok, step.note = False, str(error)
            return Outcome(index=index, call=call, artifact=artifact, problem=str(error))
        except Exception:
            # A bug of ours or of a plug-in: the log gets the traceback, the person a sentence.
            log.exception("tool %s failed", call.tool)
            step.ok, step.note = False, "failed"
            problem = f"Something went wrong while I used {call.tool}; the log has the details."
            return Outcome(index=index, call=call, artifact=artifact, problem=problem)


def _run(turn: TurnContext, call: PlannedCall, done: dict[int, Outcome]) -> tuple[str, ToolResult]:
    tool = turn.tools[call.tool]
    if turn.cancelled.is_set():
        raise ToolError("Stopped.")
    if turn.out_of_time():
        raise ToolError("I ran out of time before I could do that.")
    if not tool.available:
        raise ToolError(tool.refusal)
    if not may_run(tool, turn.text, str(call.args.get(tool.argument, ""))):
        raise ToolError(f"I only use {call.tool} when you ask for it in your own words.")
    if any(done[i].problem for i in call.after):
        raise ToolError("")  # the step it waits for has already said why
    began = time.monotonic()
    result = tool.given(_context(turn, call, done)).use(**call.args)
    if time.monotonic() - began > turn.limits.deadline_seconds:
        log.warning("tool %s took %.0f s", call.tool, time.monotonic() - began)
    model = result.model
    return f"{model.name}@{model.weights}".rstrip("@"), result


def _context(turn: TurnContext, call: PlannedCall, done: dict[int, Outcome]) -> ToolContext:
    """The turn's context; what the calls before this one spoke of is what "it" may mean."""
    context = turn.tool_context
    here = _artifact_id(turn, call)
    said = [
        str(done[i].call.args.get(turn.tools[done[i].call.tool].argument, ""))
        for i in call.after
        if done[i].artifact == here and done[i].call.tool in ("ground", "vqa")
    ]
    if not said:
        return context
    asked = (*context.questions.get(here, ()), *said)
    return replace(context, questions={**context.questions, here: asked})


def _artifact_id(turn: TurnContext, call: PlannedCall) -> str:
    if not turn.tools[call.tool].wants and not call.args.get("artifact"):
        return ""
    try:
        return turn.tool_context.artifact(call.args.get("artifact", "")).id
    except ToolError:
        return ""
