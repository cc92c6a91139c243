"""The benchmark of plans: its cases have exact truth, and its judge tells right from wrong."""

import re
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image, ImageFilter
from sightline.agent.reply import Claim, Reply
from sightline.data.plans import DEV, TEST
from sightline.evals.task import Sample, find_task
from sightline.evals.tasks import plan_cases
from sightline.evals.tasks.plan_cases import cases
from sightline.evals.tasks.plan_truth import (
    Answers,
    Boxes,
    Case,
    Check,
    Cropped,
    Described,
    Turned,
)
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.cropping import place_in
from sightline.tools.results import Box, Memory

PLANS = find_task("plans")
BOX = (20.0, 30.0, 60.0, 80.0)


def test_wordings_are_many_and_kept_apart() -> None:
    test = [wording for some in TEST.values() for wording in some]
    dev = {wording for some in DEV.values() for wording in some}
    assert len(TEST) >= 24 and TEST.keys() == DEV.keys()
    assert len(set(test)) == len(test) >= 120 and not dev & set(test)
    for family in TEST:
        slots = [set(re.findall(r"{(\w)}", w)) for w in (*TEST[family], *DEV[family])]
        assert all(found == slots[0] for found in slots), family


def test_cases_are_the_same_for_the_same_seed() -> None:
    some = [(c.family, c.text, c.checks) for c in cases(8000, 12)]
    assert some == [(c.family, c.text, c.checks) for c in cases(8000, 12)]
    assert [family for family, _, _ in some] == list(DEV)[:12]
    assert all("{" not in text for _, text, _ in some)


def test_pictures_are_compared_by_their_true_counts() -> None:
    draw = plan_cases._Draw(Random(1), 8000, 0, iter(plan_cases.album_of(8000)), [])
    case = plan_cases._two(draw, "are there fewer {n} in the first than in the second?",
                           "pictures_whether")  # fmt: skip
    first, second, *_ = plan_cases.album_of(8000)
    assert case is not None
    words = re.findall(r"fewer (.+) in the first", case.text)[0].split()
    values = {w.rstrip("s") for w in words} - {"thing", "object"}

    def count(drawn: plan_cases.Drawn) -> int:
        return sum(
            values <= {o.shape, o.color, o.material, o.size, o.material.rstrip("s")}
            for o in drawn.scene.objects
        )

    expected = "yes" if count(first) < count(second) else "no"
    assert case.checks == (Answers(value=expected),)


class Scripted:
    """An assistant that says what a test hands it, over a real store."""

    def __init__(self, root: Path, reply: Reply) -> None:
        self.files = ArtifactStore(root, "eval")
        self.reply = reply

    def store(self, user: str) -> ArtifactStore:
        return self.files

    def ask(self, text: str, **_: Any) -> Reply:
        return self.reply


def judged(root: Path, reply: Reply, *checks: Check) -> bool:
    case = Case(
        family="x", text="?", files=(("p.png", png(noise())),), checks=checks
    )  # fmt: skip
    sample = Sample(id="0", data=(case, SimpleNamespace()))
    return PLANS.run(cast(Any, Scripted(root, reply)), sample)["right"]


def noise() -> Image.Image:
    pixels = np.random.default_rng(0).integers(0, 255, (120, 160, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def png(picture: Image.Image) -> bytes:
    from io import BytesIO

    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("answer", "value", "right"),
    [
        ("3", "3", True),
        ("left; 3", "3", True),
        ("13", "3", False),
        ("RM 12.40; 2018-03-15", "15/03/2018", True),
        ("12.40", "$12.4", True),
        (None, "3", False),
        ("first picture", "second picture", False),
    ],
)
def test_answers(tmp_path: Path, answer: str | None, value: str, right: bool) -> None:
    assert judged(tmp_path, Reply(text="", answer=answer), Answers(value=value)) == right


def test_boxes_are_those_of_one_claim_about_that_file(tmp_path: Path) -> None:
    artifact = ArtifactStore(tmp_path, "eval").add(("p.png", png(noise()))).id
    wanted = Boxes(file="p.png", boxes=(BOX,))

    def pointed(of: str, *boxes: tuple[float, ...], found: bool = False) -> Reply:
        x = [Box(artifact=of, x0=b[0], y0=b[1], x1=b[2], y1=b[3]) for b in boxes]
        evidence = [*x, Memory(id="album/1")] if found else x
        return Reply(text="", claims=[Claim(text="Here.", evidence=list(evidence))])

    assert judged(tmp_path, pointed(artifact, BOX), wanted)
    assert not judged(tmp_path, pointed(artifact, BOX, (0.0, 0.0, 9.0, 9.0)), wanted)
    assert not judged(tmp_path, pointed("other", BOX), wanted)
    assert not judged(tmp_path, pointed(artifact, BOX, found=True), wanted)


def test_made_pictures_are_held_against_the_one_that_was_sent(tmp_path: Path) -> None:
    store, sent = ArtifactStore(tmp_path, "eval"), noise()
    blurred = sent.copy()
    region = (20, 30, 60, 80)
    blurred.paste(sent.crop(region).filter(ImageFilter.GaussianBlur(4)), region)

    def made(picture: Image.Image) -> Reply:
        return Reply(text="", made=[store.add(("m.png", png(picture))).id])

    around = sent.crop((16, 26, 64, 84))
    assert judged(tmp_path, made(around), Cropped(box=BOX))
    assert not judged(tmp_path, made(sent.crop((80, 20, 140, 100))), Cropped(box=BOX))
    assert not judged(tmp_path, made(around.rotate(180)), Cropped(box=BOX))
    mirrored = sent.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert judged(tmp_path, made(mirrored), Turned(mirrored=True))
    assert not judged(tmp_path, made(sent), Turned(mirrored=True))
    clockwise = blurred.transpose(Image.Transpose.ROTATE_270)
    both = Turned(mirrored=False, blurred=BOX)
    assert judged(tmp_path, made(clockwise), both)
    assert not judged(tmp_path, made(sent.transpose(Image.Transpose.ROTATE_270)), both)
    assert not judged(tmp_path, made(blurred.transpose(Image.Transpose.ROTATE_90)), both)
    assert not judged(tmp_path, Reply(text=""), both)


def test_descriptions_must_be_true_of_the_scene_after(tmp_path: Path) -> None:
    scene = plan_cases.album_of(8000)[0].scene
    check = Described(scene=scene)
    true, false = (
        Reply(text="", claims=[Claim(text="Done: I did it."), Claim(text=text)])
        for text in (
            f"There is a {scene.objects[0].name}.",
            f"There are {len(scene.objects) + 1} objects.",
        )
    )
    assert judged(tmp_path, true, check) and not judged(tmp_path, false, check)
    assert not judged(tmp_path, Reply(text="", claims=[Claim(text="Lovely.")]), check)


def test_a_crop_is_found_in_the_whole() -> None:
    whole = np.asarray(noise())
    assert place_in(whole, whole[30:50, 40:90]) == (40.0, 30.0, 90.0, 50.0)
    assert place_in(whole, 255 - whole[30:50, 40:90]) is None
    assert place_in(whole[:10], whole) is None


def test_success_is_told_by_family_and_check() -> None:
    records = [
        {"family": "a", "right": True, "checks": [["Answers", True], ["Boxes", True]]},
        {"family": "b", "right": False, "checks": [["Answers", True], ["Boxes", False]]},
    ]
    found = PLANS.score(records)
    assert found["success"] == 0.5 and found["by_check"] == {"Answers": 1.0, "Boxes": 0.5}
    assert found["by_family"]["b"] == 0
