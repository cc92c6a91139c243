"""world-edit: edits of tabletop pictures asked for in words; judged on the picture that comes back.

`success`: the scene parser reads of the result that what was asked for has happened and that every
other object is as it was, and no pixel has changed outside the changed objects, their shadows and
the shade at their feet (`evals/metrics/edits.py`).
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ...agent.assistant import Assistant
from ...data.world.edits import EDIT_KINDS, WorldEditSample, sample_edit
from ...models.tasks import SceneNode
from ...tools.scenes import in_order
from ..metrics.edits import leftover, untouched_outside
from ..metrics.shares import accuracy, share, share_by
from ..task import Sample, Task
from .world import drawn_scenes

_NEAR = 1.3  # how far a thing that takes another's place may stand from there, world units
_AWAY = 0.3  # how far a thing must have gone at least


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """One edit a picture, the kinds in turn."""
    for index, scene, picture, rng in drawn_scenes(seed, limit):
        kind = EDIT_KINDS[index % len(EDIT_KINDS)]
        edit = sample_edit(scene, rng, kind) or sample_edit(scene, rng)
        if edit is not None:
            yield Sample(id=f"{index}-{edit.kind}", data=(picture, edit))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask for one edit and judge the picture that it makes."""
    picture, edit = sample.data
    reply = assistant.ask(edit.text, attachments=[picture], user="eval", keep=False)
    changed = alike = False
    if reply.made:
        store = assistant.store("eval")
        before, after = store.image(store.add(picture).id), store.image(reply.made[-1])
        nodes = assistant.toolbox.part("scene").parse([after])[0].nodes
        extra = _extra(edit, nodes)
        changed = extra is not None and _done(edit, [nodes[i] for i in extra])
        boxes = [edit.before.objects[i].box for i in edit.objects]
        boxes += [nodes[i].box.xyxy for i in extra or ()]
        alike = untouched_outside(np.asarray(before), np.asarray(after), boxes)
    return {
        "request": edit.text,
        "kind": edit.kind,
        "text": reply.text,
        "tools": [step.tool for step in reply.steps],
        "changed": changed,
        "rest_untouched": alike,
        "right": changed and alike,
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """`success`, its two halves, and `success` by kind of edit."""
    found = accuracy(records)
    return {
        "success": found["accuracy"],
        **found,
        "changed": round(share(r["changed"] for r in records), 4),
        "rest_untouched": round(share(r["rest_untouched"] for r in records), 4),
        "by_kind": share_by(records, lambda r: r["kind"]),
    }


def _extra(edit: WorldEditSample, nodes: Sequence[SceneNode]) -> list[int] | None:
    """The nodes that are not objects to be left alone; None where one of those is not as it was."""
    kept = [
        (item.name, item.box) for i, item in enumerate(edit.before.objects) if i not in edit.objects
    ]
    seen = [(in_order(" ".join(node.attributes.values())), node.box.xyxy) for node in nodes]
    return leftover(kept, seen)


def _done(edit: WorldEditSample, nodes: Sequence[SceneNode]) -> bool:
    """Whether the nodes that are new or changed are what was asked for."""
    if edit.kind == "remove":
        return not nodes
    if len(nodes) != max(1, len(edit.objects)):
        return False
    if edit.kind == "add":
        return _has(nodes[0], edit.wanted) and _placed(edit, nodes[0])
    if edit.kind == "move":
        item = edit.before.objects[edit.objects[0]]
        same = _has(nodes[0], {name: item.value(name) for name in nodes[0].attributes})
        # What was on that side of the other thing already has to have gone all the same.
        way = np.subtract(nodes[0].position[:2], _stands(edit, edit.objects[0]))
        return same and bool(np.hypot(*way) > _AWAY) and _placed(edit, nodes[0])
    free = list(nodes)
    for i in edit.objects:
        item = edit.before.objects[i]
        wanted = dict(edit.wanted)
        if edit.kind != "replace":  # what replaces a thing may look as it likes otherwise
            wanted = {**{name: item.value(name) for name in nodes[0].attributes}, **wanted}
        stood = _stands(edit, i)
        near = [n for n in free if np.hypot(*np.subtract(n.position[:2], stood)) < _NEAR]
        match = next((node for node in near if _has(node, wanted)), None)
        if match is None:
            return False
        free.remove(match)
    return True


def _placed(edit: WorldEditSample, node: SceneNode) -> bool:
    """Whether a thing stands where it was to come or go."""
    if not edit.direction:
        return True
    x, y = (node.box.xyxy[0] + node.box.xyxy[2]) / 2, (node.box.xyxy[1] + node.box.xyxy[3]) / 2
    if edit.anchor is None and edit.kind == "add":
        across, down = x / edit.before.width, y / edit.before.height
        half = {"left": 1 - across, "right": across, "front": down, "behind": 1 - down}
        return half[edit.direction] > 0.5
    start = _stands(edit, edit.anchor if edit.anchor is not None else edit.objects[0])
    axis, sign = {"left": (0, -1), "right": (0, 1), "front": (1, 1), "behind": (1, -1)}[
        edit.direction
    ]
    return sign * (node.position[axis] - start[axis]) > _AWAY


def _stands(edit: WorldEditSample, index: int) -> tuple[float, float]:
    """Right and front of an object before the edit, as the scene parser gives places."""
    position = edit.before.objects[index].position
    right, front = (
        sum(p * d for p, d in zip(position, edit.before.directions[name], strict=True))
        for name in ("right", "front")
    )
    return right, front


def _has(node: SceneNode, wanted: Any) -> bool:
    return all(node.attributes[name] == value for name, value in wanted.items())


TASK = Task(
    name="world-edit",
    description="edits of tabletop pictures: what was asked for happened, all else as it was",
    limit=210,
    samples=samples,
    run=run,
    score=score,
)
