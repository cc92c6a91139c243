"""The server reads what conversations have in common once, and keeps people apart."""

from sightline.agent.llm.served import ServedPlanner
from sightline.agent.planning import Turn
from sightline.tools.registry import find_tools

LONG = "look at the picture that I have sent you and find " + ", ".join(
    f"the {colour} {shape}"
    for colour in ("red", "blue", "green", "gray", "brown")
    for shape in ("cube", "ball", "cylinder")
)


# Our planner's template spells a tool by its name alone: many of them fill a block of the cache.
TOOLS = {f"{name}_{copy}": tool for name, tool in find_tools().items() for copy in range(4)}


def cached(planner: ServedPlanner, text: str, user: str) -> int:
    turns = [Turn(role="user", text=text, attachments=("picture",), user=user)]
    return planner.client.chat(planner.request(turns, TOOLS)).cached


def test_prefixes_are_cached_for_each_person_alone(url: str) -> None:
    planner = ServedPlanner(url)
    assert planner.salt("ann") != planner.salt("bob")
    assert cached(planner, LONG, "ann") == 0
    assert cached(planner, LONG + " please", "ann") >= 64
    assert cached(planner, LONG, "bob") == 0


def test_warming_reads_what_stands_first(url: str) -> None:
    planner = ServedPlanner(url)
    assert planner.warm(TOOLS, "cid")
    assert cached(planner, "how many cubes?", "cid") >= 32
    assert not ServedPlanner("http://127.0.0.1:9/v1", timeout=1).warm(TOOLS, "cid")
