"""The judge of edits: what was asked for counts, idleness, other things and far-off bits do not."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image
from sightline.agent.reply import Reply
from sightline.data.world.edits import EDIT_KINDS, WorldEditSample
from sightline.data.world.render import render
from sightline.data.world.scene import Scene
from sightline.evals.attribution import TrueScenes
from sightline.evals.metrics.edits import allowed
from sightline.evals.task import Sample, find_task
from sightline.evals.tasks.world import picture_of
from sightline.models.tasks import SceneGraph
from sightline.tools.artifacts import ArtifactStore


def nodes_of(scene: Scene) -> SceneGraph:
    """The scene as the scene parser tells it: places as right and front."""
    eyes = TrueScenes()
    eyes.scene = scene
    graph = eyes.parse([Image.new("RGB", (scene.width, scene.height))])[0]
    nodes = []
    for node, item in zip(graph.nodes, scene.objects, strict=True):
        right, front = (
            sum(p * d for p, d in zip(item.position, scene.directions[name], strict=True))
            for name in ("right", "front")
        )
        nodes.append(replace(node, position=(right, front, item.position[2])))
    return replace(graph, nodes=tuple(nodes))


def edited(sample: Sample, after: Scene, image: Image.Image, tmp_path: Path) -> dict[str, Any]:
    """The record where `image` comes back, which shows `after`."""
    store = ArtifactStore(tmp_path / "store", "eval")
    made = store.add(image).id
    parser = SimpleNamespace(parse=lambda images: [nodes_of(after)])
    assistant = SimpleNamespace(
        ask=lambda *_, **__: Reply(text="Done.", made=[made]),
        store=lambda user: store,
        toolbox=SimpleNamespace(part=lambda name: parser),
    )
    return find_task("world-edit").run(cast(Any, assistant), sample)


def pasted(edit: WorldEditSample, before: Image.Image) -> Image.Image:
    """The true picture after the edit; far from what changed it is the one before, to the bit."""
    drawn = np.asarray(render([edit.after], width=320, height=240)[0])
    boxes = [edit.before.objects[i].box for i in edit.objects]
    names = [(item.name, item.box) for item in edit.before.objects]
    boxes += [item.box for item in edit.after.objects if (item.name, item.box) not in names]
    mask = allowed(boxes, 320, 240)
    return Image.fromarray(np.where(mask[..., None], drawn, np.asarray(before)))


@pytest.mark.parametrize("kind", EDIT_KINDS)
def test_a_true_edit_is_right_and_doing_nothing_is_not(kind: str, tmp_path: Path) -> None:
    samples = find_task("world-edit").samples(8240, 2 * len(EDIT_KINDS))
    sample = next(s for s in samples if s.data[1].kind == kind)
    edit: WorldEditSample = sample.data[1]
    before = picture_of(sample.data[0])
    after = pasted(edit, before)
    assert edited(sample, edit.after, after, tmp_path)["right"]
    idle = edited(sample, edit.before, before, tmp_path)
    assert not idle["changed"] and idle["rest_untouched"] and not idle["right"]

    spoilt = after.copy()
    corner = next(
        (x, y)
        for x, y in ((0, 0), (319, 0), (0, 239), (319, 239))
        if np.asarray(after)[y, x].tolist() == np.asarray(before)[y, x].tolist()
    )
    spoilt.putpixel(corner, tuple(255 - v for v in cast(Any, after.getpixel(corner))))
    record = edited(sample, edit.after, spoilt, tmp_path)
    assert record["changed"] and not record["rest_untouched"] and not record["right"]


def test_an_edit_of_something_else_is_wrong(tmp_path: Path) -> None:
    samples = find_task("world-edit").samples(8241, 14)
    sample = next(
        s for s in samples if s.data[1].kind == "recolour" and len(s.data[1].before.objects) > 3
    )
    edit: WorldEditSample = sample.data[1]
    other = next(i for i in range(len(edit.before.objects)) if i not in edit.objects)
    colour = next(c for c in ("red", "blue") if c != edit.after.objects[other].color)
    objects = list(edit.after.objects)
    objects[other] = replace(objects[other], color=colour)
    spoilt = replace(edit.after, objects=tuple(objects))
    assert not edited(sample, spoilt, pasted(edit, picture_of(sample.data[0])), tmp_path)["right"]
