"""The judges of the tabletop benchmarks: the truth counts as right, each kind of mistake as wrong.

Replies are made by hand for real samples of development seeds.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image
from sightline.agent.reply import Claim, Gave, Reply, Step
from sightline.data.world.scene import Scene
from sightline.data.world.scene_graphs import all_directions, annotated
from sightline.evals.attribution import TrueScenes
from sightline.evals.task import Sample, find_task
from sightline.evals.tasks.world_video import overlap
from sightline.models.scene_graph.grapher import RelatedScene, ScoredEdge
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.results import Box, Span


class Scripted:
    """Says what it is told to say next."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[tuple[str, bool]] = []

    def ask(self, text: str, attachments: Any = (), **_: Any) -> Reply:
        self.asked.append((text, bool(attachments)))
        return self.replies.pop(0)


def told(name: str, sample: Sample, *replies: Reply) -> dict[str, Any]:
    """The record of `sample` where the assistant replies so."""
    return find_task(name).run(cast(Any, Scripted(*replies)), sample)


# world-vqa


def answered(answer: str | None, status: str = "verified", **first: str) -> Reply:
    steps = [
        Step(role="perception", tool="vqa", gave=Gave(answer=answer, confidence=0.9)),
        *[Step(role="perception", tool="look_again", args=first) for _ in first],
    ]
    claim = Claim(text="x", status=status)  # type: ignore[arg-type]
    return Reply(text="x", answer=answer, steps=steps, claims=[claim])


def test_vqa_measures_what_verification_is_worth() -> None:
    task = find_task("world-vqa")
    samples = [s for s in task.samples(8210, 12) if s.data[1].premise == "holds"][:6]
    true = [s.data[1].answer for s in samples]
    replies = [
        answered(true[0]),
        answered("wrong"),  # verified and yet wrong
        answered(true[2], "unverified"),
        answered(true[3], "contradicted", first="wrong"),  # mended by a third look
        answered(true[4], "contradicted", first=true[4]),  # contradicted without reason
        answered("none", "unverified"),
    ]
    records = [told("world-vqa", *pair) for pair in zip(samples, replies, strict=True)]
    scored = task.score(records)
    assert scored["accuracy"] == pytest.approx(4 / 6, abs=1e-4)
    assert scored["accuracy_unverified"] == pytest.approx(3 / 6)
    assert scored["verified"] == pytest.approx(2 / 6) and scored["verified_right"] == 0.5
    assert scored["contradicted"] == 2 and scored["contradicted_wrong"] == 0.5
    sound = [r for r in records if r["answer"] != "none"]
    claimed = sum(r["given"] == "none" for r in sound)
    assert scored["premise_not_claimed"] == pytest.approx(1 - claimed / len(sound), abs=1e-4)


def test_vqa_tells_false_premises_apart() -> None:
    samples = find_task("world-vqa").samples(8211, 60)
    false = next(s for s in samples if s.data[1].premise != "holds")
    assert false.data[1].answer == "none"
    records = [told("world-vqa", false, answered(given)) for given in ("none", "red", None)]
    scored = find_task("world-vqa").score(records)
    assert [r["right"] for r in records] == [True, False, False]
    assert scored["premise_recall"] == pytest.approx(1 / 3, abs=1e-4)
    assert scored["false_premises"] == 3


# world-ground


def boxed(boxes: list[tuple[float, float, float, float]]) -> Reply:
    evidence: list[Any] = [Box(artifact="p", x0=a, y0=b, x1=c, y1=d) for a, b, c, d in boxes]
    return Reply(text="x", answer=None if boxes else "none", evidence=evidence)


def test_ground_wants_every_box_and_no_other() -> None:
    samples = list(find_task("world-ground").samples(8220, 20))
    several = next(s for s in samples if len(s.data[1].boxes) > 1)
    true = [tuple(box) for box in several.data[1].boxes]
    x0, y0, x1, y1 = true[0]
    aside = (x0 + 0.5 * (x1 - x0), y0, x1 + 0.5 * (x1 - x0), y1)  # overlaps by a third
    cases = {
        "all": (true, True),
        "one said twice": ([*true, true[0]], True),
        "one missing": (true[1:], False),
        "one too many": ([*true, (0.0, 0.0, 5.0, 5.0)], False),
        "one aside": ([aside, *true[1:]], False),
        "none": ([], False),
    }
    for name, (given, right) in cases.items():
        assert told("world-ground", several, boxed(cast(Any, given)))["right"] is right, name


def test_ground_counts_what_is_absent_apart() -> None:
    samples = list(find_task("world-ground").samples(8221, 60))
    absent = next(s for s in samples if s.data[1].kind == "absent")
    there = next(s for s in samples if s.data[1].kind != "absent")
    records = [
        told("world-ground", absent, boxed([])),
        told("world-ground", absent, boxed([(1, 1, 9, 9)])),
        told("world-ground", there, boxed([])),
    ]
    scored = find_task("world-ground").score(records)
    assert scored["absent_recognised"] == 0.5 and scored["absent"] == 2
    assert scored["accuracy"] == 0


# world-graph


def graph_of(scene: Scene) -> RelatedScene:
    """What a faultless grapher would give."""
    eyes = TrueScenes()
    eyes.scene = scene
    parsed = eyes.parse([Image.new("RGB", (scene.width, scene.height))])[0]
    score = iter(np.linspace(1.0, 0.5, 1000))
    edges = tuple(ScoredEdge(**e._asdict(), score=next(score)) for e in annotated(scene, 1.0))
    holds = tuple(ScoredEdge(**e._asdict(), score=next(score)) for e in all_directions(scene))
    return RelatedScene(scene=parsed, edges=edges, candidates=edges, holds=holds)


def graphed(sample: Sample, given: RelatedScene, tmp_path: Path) -> dict[str, Any]:
    store = ArtifactStore(tmp_path / "store", "eval")
    tool = SimpleNamespace(relate=lambda images: [given for _ in images])
    assistant = SimpleNamespace(
        store=lambda user: store, toolbox=SimpleNamespace(tool=lambda name: tool)
    )
    return find_task("world-graph").run(cast(Any, assistant), sample)


def test_graphs_are_right_as_a_whole_or_not(tmp_path: Path) -> None:
    task = find_task("world-graph")
    samples = task.samples(8230, 8)
    sample = next(s for s in samples if 4 <= len(s.data[1].objects) <= 6)
    scene: Scene = sample.data[1]
    true = graph_of(scene)
    right = graphed(sample, true, tmp_path)
    assert right["right"] and all(hit for _, hit in right["edges"]) and all(right["free"])
    assert right["directions"] == right["directions_right"] == 1

    clear = {(e.subject, e.object): e for e in annotated(scene)}
    number, edge = next((i, e) for i, e in enumerate(true.edges) if (e.subject, e.object) in clear)
    opposite = {"left": "right", "right": "left", "front": "behind", "behind": "front"}
    turned = replace(edge, predicate=opposite[edge.predicate])
    edges = (*true.edges[:number], turned, *true.edges[number + 1 :])
    one_wrong = graphed(sample, replace(true, edges=edges, candidates=edges), tmp_path)
    assert not one_wrong["right"]
    assert sum(not hit for _, hit in one_wrong["edges"]) == 1

    fewer = (*true.edges[:number], *true.edges[number + 1 :])
    assert not graphed(sample, replace(true, edges=fewer), tmp_path)["right"]
    blind = replace(true, scene=replace(true.scene, nodes=true.scene.nodes[:-1]), edges=(),
                    candidates=(), holds=())  # fmt: skip
    assert not graphed(sample, blind, tmp_path)["right"]


def test_without_the_constraint_a_second_predicate_counts(tmp_path: Path) -> None:
    sample = next(iter(find_task("world-graph").samples(8231, 1)))
    true = graph_of(sample.data[1])
    opposite = {"left": "right", "right": "left", "front": "behind", "behind": "front"}
    # The wrong predicate of each pair comes first, the right one second.
    both = tuple(
        edge for e in true.edges for edge in (replace(e, predicate=opposite[e.predicate]), e)
    )
    record = graphed(sample, replace(true, candidates=both[:50]), tmp_path)
    assert not any(hit for _, hit in record["edges"]) and any(record["free"])


# world-dialog, world-caption, world-video


def test_a_dialogue_shows_its_picture_once_and_counts_its_rounds() -> None:
    task = find_task("world-dialog")
    sample = next(iter(task.samples(8250, 1)))
    turns = sample.data[1].turns
    replies = [Reply(text="", answer=turn.answer) for turn in turns]
    replies[3] = Reply(text="", answer="something else")
    assistant = Scripted(*replies)
    record = task.run(cast(Any, assistant), sample)
    assert [sent for _, sent in assistant.asked] == [True] + [False] * (len(turns) - 1)
    assert [text for text, _ in assistant.asked] == [turn.question for turn in turns]
    scored = task.score([record])
    assert scored["accuracy"] == pytest.approx(1 - 1 / len(turns))
    assert scored["by_round"]["4"] == 0 and scored["by_round"]["3"] == 1
    assert scored["faultless_dialogs"] == 0 and scored["turns"] == len(turns)


def test_captions_are_held_against_the_scene_fact_by_fact() -> None:
    task = find_task("world-caption")
    long = next(s for s in task.samples(8260, 1) if s.data[2] == "long")
    scene: Scene = long.data[1]
    names = [item.name for item in scene.objects]
    whole = " ".join(f"There is a {name}." for name in names)
    seen = {(o.color, o.shape) for o in scene.objects}
    absent = next(
        f"{c} {s}" for c in ("red", "cyan", "brown") for s in ("cube", "sphere", "cylinder")
        if (c, s) not in seen
    )  # fmt: skip
    faultless = told("world-caption", long, Reply(text=whole))
    partial = told("world-caption", long, Reply(text=f"There is a {names[0]}."))
    lying = told("world-caption", long, Reply(text=f"{whole} There is a {absent}."))
    silent = told("world-caption", long, Reply(text="Hello."))
    assert faultless["right"] and faultless["covered"] == len(names)
    assert partial["right"] and partial["covered"] < len(names)
    assert not lying["right"] and lying["true_facts"] == lying["facts"] - 1
    assert not silent["right"] and silent["true_facts"] == 0
    scored = task.score([faultless, lying])
    assert scored["accuracy"] == 0.5 and scored["objects_covered"] == 1
    assert scored["facts_true"] == pytest.approx(1 - 1 / (2 * faultless["facts"] + 1), abs=1e-4)


def test_spans_of_clips_overlap() -> None:
    assert overlap((0, 2), (1, 3)) == pytest.approx(1 / 3)
    assert overlap((0, 1), (2, 3)) == 0 and overlap((1, 1), (1, 1)) == 0
    assert overlap((0.5, 1.5), (0.5, 1.5)) == 1


def test_clips_are_judged_by_answer_and_by_moment() -> None:
    task = find_task("world-video")
    samples = list(task.samples(8270, 10))
    spanned = next(s for s in samples if s.data[2])
    _, question, spans = spanned.data
    shown: Callable[[float], list[Any]] = lambda by: [  # noqa: E731
        Span(artifact="c", start=max(0.0, a + by), end=b + by) for a, b in spans
    ]
    right = told("world-video", spanned, Reply(text="", answer=question.answer, evidence=shown(0)))
    late = told("world-video", spanned, Reply(text="", answer="odd", evidence=shown(30.0)))
    assert right["right"] and all(v > 0.99 for v in right["spans"])
    assert not late["right"] and not any(late["spans"])
    scored = task.score([right, late])
    assert scored["accuracy"] == scored["span_iou_half"] == 0.5
    assert scored["by_type"] == {question.group: 0.5}
    for sample in samples:  # of what is not in the clip there is no moment to show
        if sample.data[1].group in ("predictive", "counterfactual"):
            assert sample.data[2] == []
