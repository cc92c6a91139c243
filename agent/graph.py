"""The team, wired: plan -> specialists -> verify -> (second look) -> reply.

Independent calls run in one superstep, side by side; a call that waits for another runs in a later
one. The state holds ids; see `turn.TurnState`. The memory keeper writes after the graph has ended,
with the reply as it was given.
"""

from functools import cache
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from .roles.planner import plan_turn
from .roles.specialist import ready, specialist
from .roles.verifier import look_again, needs_second_look, verify
from .roles.writer import write
from .turn import TurnContext, TurnState, Update

SPECIALISTS = ("perception", "documents", "librarian", "studio", "video")


@cache
def team() -> Any:
    """The compiled graph; invoke it with a state and `context=TurnContext(...)`."""
    graph = StateGraph(TurnState, context_schema=TurnContext)
    graph.add_node("planner", plan_turn)
    graph.add_node("dispatch", _gather)
    for role in SPECIALISTS:
        work: Any = specialist(role)
        graph.add_node(role, work)
        graph.add_edge(role, "dispatch")
    graph.add_node("verifier", verify)
    graph.add_node("second_look", look_again)
    graph.add_node("writer", write)

    graph.add_edge(START, "planner")
    graph.add_edge("planner", "dispatch")
    graph.add_conditional_edges("dispatch", _next_roles, [*SPECIALISTS, "verifier", "writer"])
    graph.add_conditional_edges(
        "verifier",
        lambda state: "second_look" if needs_second_look(state) else "writer",
        ["second_look", "writer"],
    )
    graph.add_edge("second_look", "writer")
    graph.add_edge("writer", END)
    return graph.compile()


def _gather(state: TurnState) -> Update:
    """Where parallel branches meet again."""
    return {"looked_again": state["looked_again"]}


def _next_roles(state: TurnState, runtime: Runtime[TurnContext]) -> list[str]:
    plan, done = state["plan"], state["outcomes"]
    if not plan.calls:
        return ["writer"]
    waiting = ready(plan, done)
    if not waiting:
        return ["verifier"]
    tools = runtime.context.tools
    return sorted({tools[plan.calls[i].tool].specialist for i in waiting})
