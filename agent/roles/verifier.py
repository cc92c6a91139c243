"""The verifier: derives again, by another route, what the specialists claim.

An answer and boxes are found again in the mirrored picture (`second_look`), a description is held
against the parsed scene, a figure against the printed text. A contradicted claim goes back once:
the picture is looked at a third time, with a margin round it.
"""

import re

from langgraph.runtime import Runtime

from ...data.world.caption_reader import check_caption
from ...data.world.scene_graphs import PREDICATES
from ...models import tasks
from ...models.common.boxes import iou
from ...tools.results import Box, Edge, Region, ToolError, ToolResult
from ...tools.scenes import scene_of
from ..reply import Gave, Status, shortened
from ..turn import Check, Outcome, TurnContext, TurnState, Update
from .second_look import answer_again, boxes_again, check_answer, check_boxes, with_margin

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
        first = outcome.result.answer if outcome.result else None
        told = {"claim": outcome.call.tool, "first": first}
        with turn.step("perception", "look_again", told) as step:
            outcomes[index], checks[index] = _again(turn, outcome, check)
            step.ok = checks[index].status != "contradicted"
            step.note = checks[index].status
    return {"outcomes": outcomes, "checks": checks, "looked_again": True}


def _check(turn: TurnContext, outcome: Outcome) -> Check:
    assert outcome.result is not None  # `verify` passes results only
    try:
        match outcome.call.tool:
            case "vqa":
                return check_answer(turn, outcome, outcome.result)
            case "ground":
                return check_boxes(turn, outcome, outcome.result)
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
                # What was chosen was held against each picture's parsed scene.
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


def _check_caption(turn: TurnContext, outcome: Outcome, result: ToolResult) -> Check:
    domain = turn.tool_context.store.get(outcome.artifact).domain
    parser = turn.tool_context.toolbox.check("caption", domain)
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


def _again(turn: TurnContext, outcome: Outcome, check: Check) -> tuple[Outcome, Check]:
    result = outcome.result
    assert result is not None  # it was contradicted
    match outcome.call.tool:
        case "vqa":
            return answer_again(turn, outcome, check)
        case "ground":
            return outcome, boxes_again(turn, outcome, check)
        case "caption":
            parser = turn.tool_context.toolbox.check("caption")
            picture, _, _ = with_margin(turn.tool_context.store.image(outcome.artifact))
            second = caption_check(result.text, parser.parse([picture])[0]) if parser else check
            merged: tuple[Status, ...] = tuple(
                "verified" if "verified" in pair else pair[0]
                for pair in zip(check.sentences, second.sentences, strict=True)
            )
            worst: Status = "contradicted" if "contradicted" in merged else "verified"
            return outcome, Check(status=worst, sentences=merged)
    return outcome, check
