"""Between supersteps: what was found is unfolded into a call each, and who works next is told."""

from dataclasses import replace
from typing import Any

from langgraph.runtime import Runtime

from ...tools.gate import domain_of
from ...tools.results import ToolError
from ..planning import Plan, PlannedCall
from ..references import file_named, for_each
from ..turn import Outcome, TurnContext, TurnState, Update
from .fitting import handed_over

MORE_FOUND = "I looked at the first {} of the {} that I found."


def dispatch(state: TurnState, runtime: Runtime[TurnContext]) -> Update:
    """Where parallel branches meet again: calls for each file found come to stand in the plan."""
    turn, plan, done = runtime.context, state["plan"], state["outcomes"]
    changed: dict[int, Outcome] = {}
    for index, call in enumerate(plan.calls):
        search = file_named(call.args)
        if index in done or not for_each(call.args) or search not in done:
            continue
        plan = _unfolded(plan, index, _found(done[search]), turn)
        changed[index] = Outcome(index=index, call=call)
    return {"plan": plan, "outcomes": changed}


def ready(plan: Plan, done: dict[int, Outcome]) -> list[int]:
    """Indices of calls that have not run and wait for nothing."""
    return [
        index
        for index, call in enumerate(plan.calls)
        if index not in done and all(i in done for i in call.after)
    ]


def next_roles(state: TurnState, runtime: Runtime[TurnContext]) -> list[str]:
    """The specialists whose calls are ready; else the planner once more, or the verifier."""
    turn, plan, done = runtime.context, state["plan"], state["outcomes"]
    if not plan.calls:
        return ["writer"]
    waiting = ready(plan, done)
    if waiting:
        return sorted({turn.tools[plan.calls[i].tool].specialist for i in waiting})
    stopped = turn.cancelled.is_set() or turn.out_of_time()
    mendable = any(outcome.mendable for outcome in done.values())
    if mendable and not state["planned_again"] and not stopped:
        return ["plan_again"]
    return ["verifier"]


def _found(search: Outcome) -> list[str]:
    """The files that a search gave, the best first."""
    return list(reversed(search.result.artifacts)) if search.result else []


def _unfolded(plan: Plan, index: int, found: list[str], turn: TurnContext) -> Plan:
    """`plan` with the call at `index` made once for each file; what waits for it waits for all."""
    call, most = plan.calls[index], turn.limits.items
    if len(found) > most:
        turn.notices.append(MORE_FOUND.format(most, len(found)))
    made: list[PlannedCall] = []
    for file in found[:most]:
        try:
            artifact = domain_of(turn.tool_context, turn.tool_context.store.get(file))
        except ToolError:
            continue  # deleted since it was found
        args: dict[str, Any] = {**call.args, "artifact": file}
        made.append(handed_over(replace(call, args=args, instead_of=index), artifact, turn))
    new = tuple(range(len(plan.calls), len(plan.calls) + len(made)))
    calls = [
        replace(other, after=(*other.after, *new)) if index in other.after else other
        for other in plan.calls
    ]
    return replace(plan, calls=(*calls, *made))
