"""The team, wired: plan -> specialists -> (plan again) -> verify -> (second look) -> reply.

Independent calls run in one superstep, side by side; a call that waits for another runs in a later
one, on what the other gave (see `references`). What failed is planned again, once. The state holds
ids; see `turn.TurnState`. The memory keeper writes after the graph has ended, with the reply as it
was given.
"""

from functools import cache
from typing import Any

from langgraph.graph import END, START, StateGraph

from .roles.dispatching import dispatch, next_roles
from .roles.planner import plan_again, plan_turn
from .roles.specialist import specialist
from .roles.verifier import look_again, needs_second_look, verify
from .roles.writer import write
from .taped import taped
from .turn import TurnContext, TurnState

SPECIALISTS = ("perception", "documents", "librarian", "studio", "video")


@cache
def team() -> Any:
    """The compiled graph; invoke it with a state and `context=TurnContext(...)`."""
    graph = StateGraph(TurnState, context_schema=TurnContext)
    graph.add_node("planner", taped("the planner", plan_turn))
    graph.add_node("dispatch", dispatch)
    for role in SPECIALISTS:
        work: Any = specialist(role)
        graph.add_node(role, work)
        graph.add_edge(role, "dispatch")
    graph.add_node("plan_again", taped("the second plan", plan_again))
    graph.add_node("verifier", taped("the verifier", verify))
    graph.add_node("second_look", taped("the second look", look_again))
    graph.add_node("writer", taped("small talk", write, when=_small_talk))

    graph.add_edge(START, "planner")
    graph.add_edge("planner", "dispatch")
    graph.add_edge("plan_again", "dispatch")
    graph.add_conditional_edges(
        "dispatch", next_roles, [*SPECIALISTS, "plan_again", "verifier", "writer"]
    )
    graph.add_conditional_edges(
        "verifier",
        lambda state: "second_look" if needs_second_look(state) else "writer",
        ["second_look", "writer"],
    )
    graph.add_edge("second_look", "writer")
    graph.add_edge("writer", END)
    return graph.compile()


def _small_talk(state: TurnState) -> bool:
    """Small talk is told apart by a model; all else the writer says by itself."""
    return not state["plan"].calls
