"""Whose fault a wrong reply is; and oracles, each over a part that is made to fail."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sightline.agent.assistant import Assistant
from sightline.agent.planning import Plan, PlannedCall
from sightline.agent.reply import Gave, Reply, Step
from sightline.data.world.sampler import sample_scenes
from sightline.evals.attribution import TrueScenes, Truth, failure, with_oracle
from sightline.evals.metrics.shares import same_answer
from sightline.evals.runner import run_task
from sightline.evals.task import Task, find_task
from sightline.tools.scenes import scene_of

SCENE = sample_scenes(8600, 1)[0]
TRUE = Truth(
    calls=(PlannedCall(tool="vqa", args={"question": "How many cubes are there?"}),),
    scene=SCENE,
    holds=lambda gave: same_answer(gave.answer, "3"),
)


def reply(tool: str, gave: str | None, question: str = "how many cubes are there") -> Reply:
    steps = [
        Step(role="planner", tool="plan"),
        Step(role="perception", tool=tool, args={"question": question, "artifact": "a1"},
             ok=gave is not None, gave=Gave(answer=gave) if gave else None),
        Step(role="verifier", tool="check", ok=False),
        Step(role="perception", tool="look_again", args={"claim": "vqa"}),
    ]  # fmt: skip
    return Reply(text="", steps=steps)


@pytest.mark.parametrize(
    ("given", "right", "blamed"),
    [
        (reply("vqa", "3"), True, ""),
        (reply("caption", None), False, "plan"),
        (Reply(text="Hello!", steps=[Step(role="planner", tool="plan")]), False, "plan"),
        (reply("vqa", "2", "how many balls?"), False, "arguments"),
        (reply("vqa", "2"), False, "tool"),
        (reply("vqa", None), False, "tool"),
        (reply("vqa", "3"), False, "fusion"),
    ],
)
def test_the_first_hand_that_went_wrong_is_named(given: Reply, right: bool, blamed: str) -> None:
    assert failure(given, TRUE, right) == blamed


def test_true_scenes_are_the_scene() -> None:
    eyes = TrueScenes()
    eyes.scene = SCENE
    graph = eyes.parse([Image.new("RGB", (SCENE.width, SCENE.height))])[0]
    again = scene_of(graph)
    assert [thing.name for thing in again.objects] == [thing.name for thing in SCENE.objects]
    for direction, others in SCENE.relationships.items():
        for i, beside in enumerate(others):
            assert {j for j, d, k in graph.relations if d == direction and k == i} == set(beside)
    wider = eyes.parse([Image.new("RGB", (SCENE.width + 20, SCENE.height + 10))])[0]
    moved = [(b[0] + 10, b[1] + 5, b[2] + 10, b[3] + 5) for b in (t.box for t in SCENE.objects)]
    assert [node.box.xyxy for node in wider.nodes] == moved


class WrongPlanner:
    """Takes nothing for its business; its plans are made as they are."""

    exact = True

    def plan(self, turns: Any, tools: Any, **_: Any) -> Plan:
        return Plan(reply="scope", model="wrong")


class Blind:
    """Eyes that see an empty table."""

    weights = ""

    def parse(self, images: Any) -> list[Any]:
        eyes = TrueScenes()
        eyes.scene = replace(SCENE, objects=(), relationships={})
        return eyes.parse(images)


class Certain:
    """Takes every picture for a tabletop."""

    def classify(self, images: Any) -> list[Any]:
        return [type("Guess", (), {"kind": "tabletop", "confidence": 1.0})() for _ in images]


def test_each_oracle_mends_its_own_part(tmp_path: Path) -> None:
    task = find_task("world-ground")
    blind = Assistant(
        home=tmp_path / "home",
        planner=WrongPlanner(),
        models={
            "senses.domain": Certain(),
            "parts.scene": Blind(),
            "checks.vqa": None,
            "checks.ground": None,
            "checks.caption": None,
        },
    )

    def run(oracle: str) -> dict[str, Any]:
        folder = tmp_path / (oracle or "none")
        return run_task(task, blind, folder, seed=8600, limit=4, oracle=oracle)["metrics"]

    alone = run("")
    assert alone["accuracy"] == 0 and alone["failures"] == {"plan": 4}
    planned = run("plan")
    assert planned["accuracy"] == 0 and planned["failures"] == {"tool": 4}
    assert run("tools")["failures"] == {"plan": 4}
    # With both there is nothing left to go wrong; afterwards all is as before.
    with with_oracle(blind, "plan") as tell_plan, with_oracle(blind, "tools") as tell_tools:
        for sample in task.samples(8600, 4):
            tell_plan(task.truth(sample))  # type: ignore[misc]
            tell_tools(task.truth(sample))  # type: ignore[misc]
            assert task.run(blind, sample)["failure"] == ""
    assert isinstance(blind.planner, WrongPlanner) and run("")["accuracy"] == 0


def test_an_oracle_needs_truth_and_an_assistant(tmp_path: Path) -> None:
    toy = Task(name="toy", description="", limit=1, samples=lambda s, n: [], run=lambda a, s: {},
               score=lambda r: {})  # fmt: skip
    with pytest.raises(ValueError, match="no truth for an oracle"):
        run_task(toy, object(), tmp_path / "a", seed=1, oracle="plan")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="There is no oracle 'luck'"):
        run_task(find_task("world-vqa"), object(), tmp_path / "b", seed=1, oracle="luck")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="assistant of ours"):
        run_task(find_task("world-vqa"), object(), tmp_path / "c", seed=1, oracle="plan")  # type: ignore[arg-type]
