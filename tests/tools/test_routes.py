"""Parse and execute: what a description means among the things that are being spoken of."""

from collections.abc import Sequence
from typing import Any, cast

from PIL import Image
from sightline.models.program_parser.model import Parsed
from sightline.models.tasks import Box, SceneGraph, SceneNode
from sightline.tools.routes import ParseAndExecute

_PROGRAMS = {
    "how many cubes are there?": "count filter_shape[cube] scene",
    "what colour is the big one?": "query_color unique filter_size[large] scene",
    "what colour is the metal one?": "query_color unique filter_material[metal] scene",
    "what is the cube made of?": "query_material unique filter_shape[cube] scene",
    "and the other one?": "query_color unique other",
}
_THINGS = (
    ("small", "red", "metal", "cube", -2.0),
    ("large", "blue", "metal", "cube", 0.0),
    ("large", "green", "rubber", "sphere", 2.0),
)


_DIRECTIONS = {
    "left": (-1.0, 0.0, 0.0), "right": (1.0, 0.0, 0.0),
    "front": (0.0, -1.0, 0.0), "behind": (0.0, 1.0, 0.0),
}  # fmt: skip


class _Words:
    def parse(self, texts: Sequence[str], earlier: Sequence[str]) -> list[Parsed]:
        return [Parsed(tokens=tuple(_PROGRAMS[text].split()), confidence=0.99) for text in texts]


class _Eyes:
    def parse(self, images: Sequence[Image.Image]) -> list[SceneGraph]:
        nodes = tuple(
            SceneNode(
                attributes={"size": size, "color": color, "material": material, "shape": shape},
                confidences={"size": 0.99},
                box=Box(xyxy=(100 + 30 * x, 50, 120 + 30 * x, 70), confidence=0.99),
                position=(x, 0.0, 0.5),
            )
            for size, color, material, shape, x in _THINGS
        )
        graph = SceneGraph(
            nodes=nodes, relations=(), directions=_DIRECTIONS, width=320, height=240,
            confidence=0.9,
        )  # fmt: skip
        return [graph] * len(images)


def _answer(*said: str) -> tuple[str, str]:
    route = ParseAndExecute(cast(Any, _Words()), cast(Any, _Eyes()))
    picture = Image.new("RGB", (320, 240))
    (given,) = route.answer([picture], [said[-1]], [said[:-1]])
    return given.text, given.premise


def test_the_big_one_is_that_of_the_things_spoken_of() -> None:
    assert _answer("what colour is the big one?") == ("none", "ambiguous")
    big = ("how many cubes are there?", "what colour is the big one?")
    assert _answer(*big) == ("blue", "holds")
    assert _answer(*big, "and the other one?") == ("red", "holds")


def test_what_stays_unclear_among_them_is_asked_back() -> None:
    for unclear in ("what colour is the metal one?", "what is the cube made of?"):
        assert _answer("how many cubes are there?", unclear) == ("none", "ambiguous")
