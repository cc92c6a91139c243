"""vLLM and the in-process decoder: the same weights, greedy, held to one language."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sightline.agent.llm.decoder import DecoderPlanner
from sightline.agent.llm.served import OWN, ServedPlanner
from sightline.agent.planning import Plan, Turn
from sightline.tools.registry import find_tools

NUMBER = 200


def test_both_engines_make_the_same_calls(
    url: str, kept_out: Callable[[int, int], list[list[Turn]]]
) -> None:
    tools, talks = find_tools(), kept_out(NUMBER, 0)
    planner = ServedPlanner(url)
    with ThreadPoolExecutor(4) as pool:
        served = list(pool.map(lambda talk: planner.plan(talk, tools), talks))
    decoder = DecoderPlanner()
    apart = [
        (talk[-1].text, spelt(plan), spelt(here))
        for talk, plan in zip(talks, served, strict=True)
        if spelt(plan) != spelt(here := decoder.plan(talk, tools))
    ]
    assert not apart
    assert {plan.model for plan in served} == {OWN}
    assert all(plan.tokens > 20 for plan in served)
    # The agreement is about something: calls, and plans of several.
    assert sum(bool(plan.calls) for plan in served) > NUMBER / 2
    assert any(len(plan.calls) > 1 for plan in served)


def spelt(plan: Plan) -> tuple:
    """What a plan does, without the planner's name."""
    return plan.reply, [(call.tool, dict(call.args), call.after) for call in plan.calls]
