"""What words state of a scene, and ranking by it."""

from typing import Any, cast

import numpy as np
import pytest
from sightline.data.world.scene import Scene, SceneObject, derive_relationships
from sightline.evals.metrics.ranks import rank_of, recall_at
from sightline.models.program_parser.model import Parsed
from sightline.tools.profile import Profile
from sightline.tools.ranking import Facts, judge, probability
from sightline.tools.toolbox import Toolbox

_AXES = {
    "left": (-1.0, 0.0, 0.0), "right": (1.0, 0.0, 0.0),
    "front": (0.0, -1.0, 0.0), "behind": (0.0, 1.0, 0.0),
}  # fmt: skip
PROGRAMS = {
    "are there more than one cube?": "greater_than count filter_shape[cube] scene number[1]",
    "are there a red thing that is round?": "exist filter_color[red] filter_shape[sphere] scene",
    "metal things": "filter_material[metal] scene",
}


class Words:
    def parse(self, turns: list[str], earlier: list[str]) -> list[Parsed]:
        return [
            Parsed(
                tokens=tuple(PROGRAMS.get(t, "scene").split()),
                confidence=0.99 if t in PROGRAMS else 0.1,
            )
            for t in turns
        ]


class Matcher:
    """Likes what the look says."""

    def match(self, looks: list[Any], texts: list[str]) -> np.ndarray:
        return np.array(looks, dtype=np.float32)


def scene(*names: str) -> Scene:
    objects = []
    for i, name in enumerate(names):
        size, color, material, shape = name.split()
        objects.append(
            SceneObject(
                size=size, color=color, material=material, shape=shape,
                position=(float(i), 0.0, 0.3),
            )
        )  # fmt: skip
    found = tuple(objects)
    return Scene(
        objects=found, directions=_AXES, relationships=derive_relationships(found, _AXES),
        width=320, height=240,
    )  # fmt: skip


CUBES = scene("small red metal cube", "large blue metal cube")
BALL = scene("small red metal sphere", "large gray rubber cube")


@pytest.fixture
def toolbox() -> Toolbox:
    models = {"parts.program": cast(Any, Words()), "senses.match": Matcher()}
    return Toolbox(Profile(name="fakes", lines={}), models=models)


def test_captions_and_counts_are_read_exactly(toolbox: Toolbox) -> None:
    two = Facts("two cubes", toolbox)
    assert two.share(CUBES) == 1.0 and two.share(BALL) == 0.0
    both = Facts("There are two objects: a small red metal cube and a large blue metal cube.")
    assert both.share(CUBES) == 1.0 and (both.share(BALL) or 0.0) < 1.0


def test_what_captions_do_not_say_goes_through_programs(toolbox: Toolbox) -> None:
    more = Facts("more than one cube", toolbox)
    assert (more.share(CUBES), more.share(BALL)) == (1.0, 0.0)
    assert more.objects(CUBES) == (0, 1)
    only = Facts("only metal things", toolbox)
    assert (only.share(CUBES), only.share(BALL)) == (1.0, 0.0)
    parts = Facts("a red thing that is round and more than one cube", toolbox)
    assert (parts.share(CUBES), parts.share(BALL)) == (0.5, 0.5)


def test_unreadable_words_have_no_share(toolbox: Toolbox) -> None:
    assert Facts("the lovely one from before", toolbox).share(CUBES) is None


def test_facts_outweigh_the_matcher(toolbox: Toolbox) -> None:
    scores = judge(toolbox, "two cubes", [-2.0, 2.0], [CUBES, BALL])
    assert scores[0] > 0 > scores[1]
    loose = judge(toolbox, "the lovely one from before", [-2.0, 2.0], [CUBES, BALL])
    assert probability(loose[0]) < 0.5 < probability(loose[1])


def test_ranks_give_ties_no_favour() -> None:
    assert rank_of(np.array([0.2, 0.9, 0.5]), 1) == 0
    assert rank_of(np.array([0.5, 0.5, 0.5]), 0) == 2
    assert recall_at([0, 3, 12], 10) == 0.6667
