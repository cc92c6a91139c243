"""Drawn edits: the scene afterwards is what the words ask for, and nothing else has changed."""

from random import Random

import pytest
from sightline.data.world.edit_pairs import variants
from sightline.data.world.edits import EDIT_KINDS, sample_edit
from sightline.data.world.sampler import sample_scenes

SCENES = sample_scenes(8300, 12, max_objects=7)


@pytest.mark.parametrize("kind", EDIT_KINDS)
def test_edits_do_what_they_say(kind: str) -> None:
    made = [sample_edit(scene, Random(i), kind) for i, scene in enumerate(SCENES)]
    edits = [edit for edit in made if edit is not None]
    assert len(edits) >= 9
    for edit in edits:
        before, after = edit.before.objects, edit.after.objects
        assert edit.before.extra == edit.after.extra  # camera and light
        rest = [o for i, o in enumerate(before) if i not in edit.objects]
        stayed = {(o.name, o.position) for o in after}
        assert all((o.name, o.position) in stayed for o in rest)
        spans = {name: edit.text[start:end] for name, start, end in edit.spans}
        match kind:
            case "remove":
                assert len(after) == len(before) - len(edit.objects) and spans["thing"]
            case "add":
                assert len(after) == len(before) + 1 and spans["value"]
                assert all(after[-1].value(n) == v for n, v in edit.wanted.items())
            case "move":
                old, new = before[edit.objects[0]], after[-1]
                assert (old.name, len(after)) == (new.name, len(before))
                if edit.direction:
                    start = before[edit.anchor] if edit.anchor is not None else old
                    axis = edit.before.directions[edit.direction]
                    gone = sum(
                        (b - a) * d
                        for a, b, d in zip(start.position, new.position, axis, strict=True)
                    )
                    assert gone > 0.4
            case _:
                assert len(after) == len(before)
                for i in edit.objects:
                    assert all(after[i].value(n) == v for n, v in edit.wanted.items())
                    assert after[i].position[:2] == before[i].position[:2]


def test_an_edit_depends_on_its_seed_alone() -> None:
    first, again = (sample_edit(SCENES[0], Random(5)) for _ in range(2))
    assert first == again


def test_three_ways_differ_in_the_chosen_objects_alone() -> None:
    scene = SCENES[1]
    made = variants(scene, Random(0), lambda item: item.box)
    assert made.chosen
    kept = [o for i, o in enumerate(scene.objects) if i not in made.chosen]
    assert list(made.bare.objects) == kept
    for i, (a, b) in enumerate(zip(scene.objects, made.repainted.objects, strict=True)):
        assert (a == b) == (i not in made.chosen)
        assert (a.shape, a.size, a.position) == (b.shape, b.size, b.position)
