"""world-vqa: questions of every family about tabletop pictures, asked through the assistant."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...agent.assistant import Assistant
from ...agent.planning import PlannedCall
from ...agent.reply import Reply
from ...data.world.caption_reader import check_caption
from ...data.world.questions import FAMILY_NAMES, sample_questions
from ...data.world.scene import Scene
from ..attribution import Truth, failure
from ..metrics.calibration import accuracy_at_coverage, expected_calibration_error
from ..metrics.shares import accuracy, premise_shares, same_answer, share_by
from ..task import Sample, Task
from .world import drawn_scenes

_EACH = 4
_FALSE_PREMISES = 0.1


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """Four questions a picture, families drawn evenly."""
    for index, scene, picture, rng in drawn_scenes(seed, -(-limit // _EACH)):
        asked = sample_questions(scene, rng, _EACH, FAMILY_NAMES, _FALSE_PREMISES)
        for number, question in enumerate(asked[: limit - index * _EACH]):
            yield Sample(id=f"{index}-{number}", data=(picture, question, scene))


def truth(sample: Sample) -> Truth:
    """The question is put to the answerer as it stands."""
    _, question, scene = sample.data
    call = PlannedCall(tool="vqa", args={"question": question.text})
    return Truth(
        calls=(call,),
        scene=scene,
        holds=lambda gave: same_answer(gave.answer, question.answer),
    )


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask one question about one picture."""
    picture, question, scene = sample.data
    reply = assistant.ask(question.text, attachments=[picture], user="eval", keep=False)
    right = same_answer(reply.answer, question.answer)
    return {
        "question": question.text,
        "family": question.family,
        "premise": question.premise,
        "answer": question.answer,
        "given": reply.answer,
        "text": reply.text,
        "tools": [step.tool for step in reply.steps],
        "checked": [claim.status for claim in reply.claims],
        "holds": _holds(reply, scene, right),
        "confidence": round(_confidence(reply), 4),
        "failure": failure(reply, truth(sample), right),
        "right": right,
        "first_right": same_answer(_first(reply), question.answer),
    }


def _first(reply: Reply) -> str | None:
    """The answer as it was before the verifier sent it back, if it did."""
    sent_back = [step.args.get("first") for step in reply.steps if step.tool == "look_again"]
    return sent_back[0] if sent_back else reply.answer


def _holds(reply: Reply, scene: Scene, right: bool) -> bool:
    """Whether what is claimed is true: of a description, whether its facts are; else the answer."""
    if {step.tool for step in reply.steps if step.role == "perception"} != {"caption"}:
        return right
    told = check_caption(reply.text, scene)
    return told.facts > 0 and told.facts == told.true_facts


def _confidence(reply: Reply) -> float:
    """What the tools themselves made of their answers: the least of them; 0 where none answered."""
    gave = [step.gave.confidence for step in reply.steps if step.role == "perception" and step.gave]
    return min(gave, default=0.0)


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Accuracy over all and by family, how premises are judged, and what verification is worth.

    A claim is `contradicted` when two other looks came to something else; what counts is whether
    the answer that was contradicted, the first one, was wrong. Without the verifier there is the
    tools' own confidence: how far it is from the truth (`calibration_error`), and how often the
    answers it would call sure are right (`confident_right`, as many as the verifier verified).
    "What's in the picture?" may be answered by a description: that is no right answer here, where a
    list is asked for, but a claim of which each fact is held against the scene.
    """
    sure, right = [r["confidence"] for r in records], [bool(r["first_right"]) for r in records]
    verified = _share(records, _verified)
    return {
        **accuracy(records),
        "accuracy_unverified": _share(records, lambda r: r["first_right"]),
        "calibration_error": round(expected_calibration_error(sure, right), 4),
        "confident_right": round(accuracy_at_coverage(sure, right, verified), 4),
        "verified": verified,
        "verified_right": _share([r for r in records if _verified(r)], lambda r: r["holds"]),
        "contradicted": sum("contradicted" in r["checked"] for r in records),
        "contradicted_wrong": _share(
            [r for r in records if "contradicted" in r["checked"]], lambda r: not r["first_right"]
        ),
        **premise_shares(records),
        "by_family": share_by(records, lambda r: r["family"]),
        "by_premise": share_by(records, lambda r: r["premise"]),
        "by_check": share_by(records, lambda r: ",".join(r["checked"]) or "none"),
    }


def _verified(record: dict[str, Any]) -> bool:
    return bool(record["checked"]) and set(record["checked"]) == {"verified"}


def _share(records: Sequence[dict[str, Any]], holds: Callable[[dict[str, Any]], bool]) -> float:
    return sum(map(holds, records)) / len(records) if records else 1.0


TASK = Task(
    name="world-vqa",
    description="questions of every family about tabletop pictures",
    limit=1000,
    samples=samples,
    run=run,
    score=score,
    truth=truth,
)
