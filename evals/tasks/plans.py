"""plans: two and three steps asked for in one turn, carried out by the real assistant.

Pictures, receipts and an album with known truth (`plan_cases`). A case is a success when every one
of its steps came out right: the short answers, the boxes, the description's facts, the pictures
made (objects by the scene parser, pixels elsewhere), the files found.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...agent.assistant import Assistant
from ...agent.reply import Claim, Reply
from ...data.world.captions import check_caption
from ...models.common.boxes import iou
from ...tools.artifacts import ArtifactStore
from ...tools.cropping import place_in
from ...tools.results import Box, Memory
from ...tools.scenes import in_order
from ...tools.values import comparable
from ..metrics.boxes import all_matched
from ..metrics.edits import leftover, untouched_outside
from ..metrics.shares import accuracy, share, share_by
from ..task import Sample, Task
from .plan_cases import album_of, cases
from .plan_truth import (
    Answers,
    Boxes,
    Case,
    Check,
    Cropped,
    Described,
    Edited,
    Found,
    Graphed,
    Turned,
)

_LEAST_IOU = 0.5
_SMOOTHER = 0.8


@dataclass
class _Album:
    """The album of a seed, filled when it is first asked for."""

    seed: int
    user: str = ""

    def of(self, assistant: Assistant) -> str:
        """The user whose album it is."""
        if not self.user:
            self.user = f"eval-plans-{uuid.uuid4().hex[:8]}"
            assistant.album(self.user).add_files([d.file for d in album_of(self.seed)])
        return self.user


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """One case each."""
    album = _Album(seed)
    for number, case in enumerate(cases(seed, limit)):
        yield Sample(id=f"{number}-{case.family}", data=(case, album))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Make one request and judge what came of it."""
    case: Case = sample.data[0]
    user = sample.data[1].of(assistant) if case.album else "eval"
    session = None
    if case.earlier is not None:
        session = f"plans-{uuid.uuid4().hex}"
        assistant.ask(case.earlier[0], attachments=case.earlier[1], user=user, session=session)
    reply = assistant.ask(
        case.text, attachments=case.files, user=user, session=session, keep=session is not None
    )
    store = assistant.store(user)
    checks = [_holds(check, reply, store, case, assistant) for check in case.checks]
    return {
        "family": case.family,
        "request": case.text,
        "text": reply.text,
        "answer": reply.answer,
        "calls": [[s.tool, s.args, s.ok] for s in reply.steps if s.tool not in ("plan", "check")],
        "checks": [[type(c).__name__, held] for c, held in zip(case.checks, checks, strict=True)],
        "right": all(checks),
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """`success`, and its shares by family and by kind of check."""
    found = accuracy(records)
    held = [(name, right) for record in records for name, right in record["checks"]]
    kinds = sorted({name for name, _ in held})
    return {
        "success": found["accuracy"],
        **found,
        "by_family": share_by(records, lambda r: r["family"]),
        "by_check": {
            kind: round(share(right for name, right in held if name == kind), 4) for kind in kinds
        },
    }


def _holds(
    check: Check, reply: Reply, store: ArtifactStore, case: Case, assistant: Assistant
) -> bool:
    match check:
        case Answers():
            return _answered(check.value, reply)
        case Boxes():
            # What a search rests on is not what was pointed at afterwards.
            pointed = [
                c for c in reply.claims if not any(isinstance(e, Memory) for e in c.evidence)
            ]
            shown = _boxes_by_claim(pointed, _stored(check.file, reply, store, case))
            return any(all_matched(boxes, check.boxes, _LEAST_IOU) for boxes in shown)
        case Described():
            bare = [c.text for c in reply.claims if not c.evidence and "Done" not in c.text[:5]]
            told = check_caption(" ".join(bare), check.scene)
            return told.facts > 0 and told.facts == told.true_facts
        case Graphed():
            graphs = [s for s in reply.steps if s.tool == "scene_graph" and s.ok]
            count = max((len(b) for b in _boxes_by_claim(reply.claims, "")), default=0)
            return bool(graphs) and count == check.objects
        case Found():
            return {store.get(made).name for made in reply.made} == set(check.names)
    if not reply.made:
        return False
    before = np.asarray(store.image(store.add(case.files[0]).id))
    after = np.asarray(store.image(reply.made[-1]))
    match check:
        case Edited():
            nodes = assistant.toolbox.part("scene").parse([store.image(reply.made[-1])])[0].nodes
            seen = [(in_order(" ".join(n.attributes.values())), n.box.xyxy) for n in nodes]
            rest = leftover(check.objects, seen)
            return rest == [] and untouched_outside(before, after, check.touched)
        case Cropped():
            part = place_in(before, after)
            return part is not None and iou(part, check.box) >= _LEAST_IOU
        case Turned():
            return _turned(before, after, check)


def _answered(value: str, reply: Reply) -> bool:
    given = [part.strip() for part in (reply.answer or "").split(";")]
    worth = comparable(value)
    return value in given or (worth is not None and any(comparable(g) == worth for g in given))


def _stored(name: str, reply: Reply, store: ArtifactStore, case: Case) -> str:
    """The id of the file of that name."""
    sent = {file[0]: file for file in case.files}
    if name in sent:
        return store.add(sent[name]).id
    return next((made for made in reply.made if store.get(made).name == name), "none")


def _boxes_by_claim(
    claims: Sequence[Claim], artifact: str
) -> list[list[tuple[float, float, float, float]]]:
    """The boxes of each claim, of one file where it is given."""
    return [
        list(dict.fromkeys(
            (e.x0, e.y0, e.x1, e.y1)
            for e in claim.evidence if isinstance(e, Box) and artifact in ("", e.artifact)
        ))
        for claim in claims
    ]  # fmt: skip


def _turned(before: np.ndarray, after: np.ndarray, check: Turned) -> bool:
    back = after[:, ::-1] if check.mirrored else np.rot90(after)
    if back.shape != before.shape:
        return False
    if check.blurred is None:
        return bool((back == before).all())
    x0, y0, x1, y1 = (round(edge) for edge in check.blurred)
    inside = np.zeros(before.shape[:2], bool)
    room = 8
    inside[max(0, y0 - room) : y1 + room, max(0, x0 - room) : x1 + room] = True
    smooth = _roughness(back[y0:y1, x0:x1]) < _SMOOTHER * _roughness(before[y0:y1, x0:x1])
    return smooth and bool((back[~inside] == before[~inside]).all())


def _roughness(picture: np.ndarray) -> float:
    return float(np.abs(np.diff(picture.astype(np.float32), axis=1)).mean())


TASK = Task(
    name="plans",
    description="requests of two and three steps, every step's outcome right",
    limit=200,
    samples=samples,
    run=run,
    score=score,
)
