"""The verifier: derives again, by another route, what the specialists claim.

An answer is asked of the other model, boxes are found by the other grounder, a description is held
against the parsed scene, a figure against the printed text. A contradicted claim goes back once:
both routes look again, at a picture with a margin round it.
"""

import re
from dataclasses import replace

import numpy as np
from langgraph.runtime import Runtime
from PIL import Image

from ...data.world.caption_reader import check_caption
from ...data.world.scene_graphs import PREDICATES
from ...models import tasks
from ...models.common.boxes import iou
from ...tools.results import Box, Edge, Region, ToolError, ToolResult
from ...tools.scenes import scene_of
from ...tools.vqa import answer_result
from ..reply import Gave, Status, shortened
from ..turn import Check, Outcome, TurnContext, TurnState, Update

_BACK = ("it", "them", "other", "swap", "again")
_PRONOUN = re.compile(r"\b(it|them|they|ones?|others?|that|those|these|this|same)\b", re.IGNORECASE)
# Below this the other route is too unsure of itself to contradict anybody.
_SURE = 0.8
# The first route errs less often than the second (see the models' cards).
_FIRST_ROUTE = 1.5
_MARGIN = 0.05
# A clip's events are doubted where the head that told them gives the least sure one less.
_UNSURE = 0.65


def verify(state: TurnState, runtime: Runtime[TurnContext]) -> Update:
    """Check every outcome that claims something."""
    turn = runtime.context
    checks: dict[int, Check] = {}
    for index, outcome in state["outcomes"].items():
        if outcome.result is None or outcome.result.abstained or turn.cancelled.is_set():
            continue
        with turn.step("verifier", "check", {"claim": outcome.call.tool}) as step:
            checks[index] = _check(turn, outcome)
            step.ok = checks[index].status != "contradicted"
            step.note = checks[index].status
            if checks[index].other:
                step.gave = Gave(answer=shortened(checks[index].other))
    return {"checks": checks}


def needs_second_look(state: TurnState) -> bool:
    """Whether a contradicted claim has not been sent back yet."""
    if state["looked_again"]:
        return False
    return any(check.status == "contradicted" for check in state["checks"].values())


def look_again(state: TurnState, runtime: Runtime[TurnContext]) -> Update:
    """Send contradicted claims back once; what is still contradicted is said with its doubt."""
    turn = runtime.context
    outcomes: dict[int, Outcome] = {}
    checks: dict[int, Check] = {}
    for index, check in state["checks"].items():
        if check.status != "contradicted":
            continue
        outcome = state["outcomes"][index]
        with turn.step("perception", "look_again", {"claim": outcome.call.tool}) as step:
            outcomes[index], checks[index] = _again(turn, outcome, check)
            step.ok = checks[index].status != "contradicted"
            step.note = checks[index].status
    return {"outcomes": outcomes, "checks": checks, "looked_again": True}


def _check(turn: TurnContext, outcome: Outcome) -> Check:
    assert outcome.result is not None  # `verify` passes results only
    try:
        match outcome.call.tool:
            case "vqa":
                return _check_answer(turn, outcome, outcome.result)
            case "ground":
                return _check_boxes(turn, outcome, outcome.result)
            case "caption":
                return _check_caption(turn, outcome, outcome.result)
            case "document_qa":
                # What is read off drawn marks (a bar, a tick) is printed nowhere.
                drawn = outcome.result.detail.get("drawn")
                return Check(status="unverified" if drawn else reading_status(outcome.result))
            case "scene_graph":
                return _check_graph(turn, outcome, outcome.result)
            case "video_qa":
                return _check_clip(outcome.result)
            case "recall":
                # What is recalled is quoted from the session log itself.
                return Check(status="verified" if outcome.result.evidence else "unverified")
            case "retrieve":
                # What the matcher chose was held against each picture's parsed scene.
                hold = outcome.result.evidence and outcome.result.detail.get("facts_hold")
                return Check(status="verified" if hold else "unverified")
    except (ToolError, NotImplementedError):
        pass
    return Check(status="unverified")


def _check_graph(turn: TurnContext, outcome: Outcome, result: ToolResult) -> Check:
    """Each edge against where the scene parser reads things to stand, without the relation head."""
    parser = turn.tool_context.toolbox.check("caption")
    if parser is None:
        return Check(status="unverified")
    graph = parser.parse([turn.tool_context.store.image(outcome.artifact)])[0]
    boxes = {box.label: box for box in result.evidence if isinstance(box, Box)}
    true = {(a, PREDICATES[direction], b) for a, direction, b in graph.relations}

    def node(label: str) -> int:
        box = boxes[label]
        xyxy = (box.x0, box.y0, box.x1, box.y1)
        return max(range(len(graph.nodes)), key=lambda i: iou(graph.nodes[i].box.xyxy, xyxy))

    edges = [edge for edge in result.evidence if isinstance(edge, Edge)]
    if not edges or not graph.nodes:
        return Check(status="unverified")
    wrong = [e for e in edges if (node(e.subject), e.predicate, node(e.object)) not in true]
    if not wrong:
        return Check(status="verified")
    return Check(status="contradicted", other=f"{len(edges) - len(wrong)} of these relations")


def _check_answer(turn: TurnContext, outcome: Outcome, result: ToolResult) -> Check:
    other = turn.tool_context.toolbox.check("vqa")
    if other is None or not comparable(result):
        return Check(status="unverified")
    picture = turn.tool_context.store.image(outcome.artifact)
    second = other.answer([picture], [str(outcome.call.args["question"])])[0]
    if second.text == result.answer:
        return Check(status="verified")
    if second.confidence < _SURE:
        return Check(status="unverified")
    return Check(status="contradicted", other=second.text)


def _check_clip(result: ToolResult) -> Check:
    """Collisions told by the event head against those told by the proximity rule."""
    other = str(result.detail.get("other", ""))
    if not other:
        return Check(status="unverified")
    if sorted(other.split(", ")) == sorted((result.answer or "").split(", ")):
        return Check(status="verified")
    # The rule is the coarser of the two: it casts doubt where the head is unsure as well.
    if float(result.detail.get("sure", 0.0)) >= _UNSURE:
        return Check(status="unverified")
    return Check(status="contradicted", other=other if " " not in other else "")


def comparable(result: ToolResult) -> bool:
    """Whether the other route can answer that question: stand-alone, with a closed answer."""
    if any(token.split("[")[0] in _BACK for token in result.program):
        return False
    if result.premise not in ("holds", "absent", "ambiguous"):
        return False
    listed = "," in (result.answer or "")
    return not listed and result.program[:1] not in (("locate",), ("describe",))


def _check_boxes(turn: TurnContext, outcome: Outcome, result: ToolResult) -> Check:
    other = turn.tool_context.toolbox.check("ground")
    phrase = str(outcome.call.args["phrase"])
    if other is None or _PRONOUN.search(phrase):
        return Check(status="unverified")
    picture = turn.tool_context.store.image(outcome.artifact)
    found = other.ground([picture], [phrase])[0]
    mine = [(b.x0, b.y0, b.x1, b.y1) for b in result.evidence if isinstance(b, Box)]
    if same_boxes(mine, [box.xyxy for box in found]):
        return Check(status="verified")
    if found and max(box.confidence for box in found) < _SURE:
        return Check(status="unverified")
    return Check(status="contradicted", other=str(len(found)) if found else "")


def _check_caption(turn: TurnContext, outcome: Outcome, result: ToolResult) -> Check:
    parser = turn.tool_context.toolbox.check("caption")
    if parser is None or result.detail.get("whole"):
        # A part of a picture was told from the parsed whole: there is no other route to it.
        return Check(status="unverified")
    picture = turn.tool_context.store.image(outcome.artifact)
    return caption_check(result.text, parser.parse([picture])[0])


def caption_check(text: str, graph: tasks.SceneGraph) -> Check:
    """Hold each sentence of a description against a parsed scene."""
    scene = scene_of(graph)
    statuses: list[Status] = []
    for sentence in sentences_of(text):
        facts = check_caption(sentence, scene)
        true = facts.facts == facts.true_facts
        statuses.append("verified" if facts.facts and true else "contradicted")
        if not facts.facts:
            statuses[-1] = "unverified"
    worst: Status = "contradicted" if "contradicted" in statuses else "verified"
    if statuses and set(statuses) == {"unverified"}:
        worst = "unverified"
    return Check(status=worst, sentences=tuple(statuses))


def sentences_of(text: str) -> list[str]:
    """The sentences of `text`, punctuation kept."""
    return [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part]


_NUMBER = re.compile(r"\d(?:[\d.,']*\d)?")


def reading_status(result: ToolResult) -> Status:
    """Whether the answer is printed in the regions it points at, or is the sum of what is."""
    printed = " ".join(r.label for r in result.evidence if isinstance(r, Region))
    if result.answer in (None, "none") or not printed:
        return "unverified"
    parts = [part for part in re.split(r",\s+", str(result.answer)) if part]
    flat = _flat(printed)
    if all(_flat(part) in flat for part in parts):
        return "verified"
    total = amount(str(result.answer))
    figures = _NUMBER.findall(printed)
    # "2 bread 3.10": where figures have cents, the others are quantities.
    priced = [figure for figure in figures if re.search(r"[.,]\d\d$", figure)]
    known = [value for figure in priced or figures if (value := amount(figure)) is not None]
    if total is not None and known and abs(sum(known) - total) < 0.005:
        return "verified"
    return "unverified"


def amount(text: str) -> float | None:
    """A printed figure as a number: "1,234.50", "12,40"; None where it is none."""
    digits = re.sub(r"[^\d.,-]", "", text)
    if re.search(r",\d{1,2}$", digits):
        digits = digits.replace(".", "").replace(",", ".")
    try:
        return float(digits.replace(",", "").rstrip("."))
    except ValueError:
        return None


def _flat(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def same_boxes(first: list[tasks.BoxXYXY], second: list[tasks.BoxXYXY]) -> bool:
    """Whether two sets of boxes mean the same things: one to one, each pair over half."""
    if len(first) != len(second):
        return False
    free = list(second)
    for box in first:
        best = max(free, key=lambda other: iou(box, other), default=None)
        if best is None or iou(box, best) < 0.5:
            return False
        free.remove(best)
    return True


def with_margin(picture: Image.Image) -> tuple[Image.Image, int, int]:
    """The picture with its edge drawn out on all sides, and how far right and down it moved."""
    dx, dy = (max(2, round(_MARGIN * side)) for side in picture.size)
    wider = np.pad(np.asarray(picture), ((dy, dy), (dx, dx), (0, 0)), mode="edge")
    return Image.fromarray(wider), dx, dy


def _again(turn: TurnContext, outcome: Outcome, check: Check) -> tuple[Outcome, Check]:
    toolbox = turn.tool_context.toolbox
    picture, dx, dy = with_margin(turn.tool_context.store.image(outcome.artifact))
    result = outcome.result
    assert result is not None
    match outcome.call.tool:
        case "vqa":
            return _answer_again(turn, outcome, check, picture, (dx, dy))
        case "ground":
            phrase = str(outcome.call.args["phrase"])
            other = toolbox.check("ground")
            assert other is not None  # it contradicted
            mine = [(b.x0 + dx, b.y0 + dy, b.x1 + dx, b.y1 + dy) for b in result.evidence
                    if isinstance(b, Box)]  # fmt: skip
            found = [box.xyxy for box in other.ground([picture], [phrase])[0]]
            return outcome, replace(check, status="verified") if same_boxes(mine, found) else check
        case "caption":
            parser = toolbox.check("caption")
            second = caption_check(result.text, parser.parse([picture])[0]) if parser else check
            merged: tuple[Status, ...] = tuple(
                "verified" if "verified" in pair else pair[0]
                for pair in zip(check.sentences, second.sentences, strict=True)
            )
            worst: Status = "contradicted" if "contradicted" in merged else "verified"
            return outcome, Check(status=worst, sentences=merged)
    return outcome, check


def _answer_again(
    turn: TurnContext,
    outcome: Outcome,
    check: Check,
    picture: Image.Image,
    moved: tuple[int, int],
) -> tuple[Outcome, Check]:
    """Both routes answer once more; the answer with the weightier votes stands."""
    toolbox, result = turn.tool_context.toolbox, outcome.result
    other = toolbox.check("vqa")
    assert result is not None and other is not None  # it was contradicted
    question = str(outcome.call.args["question"])
    asked = turn.tool_context.questions.get(outcome.artifact, ())
    first = toolbox.tool("vqa").answer([picture], [question], [asked])[0]
    second = other.answer([picture], [question])[0]
    votes: dict[str, float] = {}
    for text, confidence, weight in (
        (str(result.answer), result.confidence, _FIRST_ROUTE),
        (first.text if first.premise == "holds" else "none", first.confidence, _FIRST_ROUTE),
        (check.other, _SURE, 1.0),
        (second.text, second.confidence, 1.0),
    ):
        votes[text] = votes.get(text, 0.0) + weight * confidence
    best = max(votes, key=lambda text: votes[text])
    if best == result.answer:
        status: Status = "verified" if second.text == best else "contradicted"
        return outcome, Check(status=status, other=check.other)
    winner = first if first.text == best else second
    dx, dy = moved
    shifted = tuple(
        replace(b, xyxy=(b.xyxy[0] - dx, b.xyxy[1] - dy, b.xyxy[2] - dx, b.xyxy[3] - dy))
        for b in winner.boxes
    )
    settled = answer_result(replace(winner, boxes=shifted), outcome.artifact, result.model)
    if winner is second:
        settled = settled.model_copy(update={"program": result.program})
    agreed = first.text == second.text == best
    return (
        replace(outcome, result=settled),
        Check(status="verified" if agreed else "contradicted", other=str(result.answer)),
    )
