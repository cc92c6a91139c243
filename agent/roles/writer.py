"""The writer: turns outcomes into sentences a person reads, each with what it rests on."""

import json
import re
from collections.abc import Sequence

from langgraph.runtime import Runtime

from ...data.world.functions import NOTHING, Call
from ...tools.base import first_sentence_case, joined
from ...tools.results import Box, Region, ToolResult
from ..memory.at_turn import TurnMemory
from ..reply import Claim, Reply, Status
from ..turn import Check, Outcome, TurnContext, TurnState, Update
from . import phrasing, smalltalk
from .composing import parts_of
from .hearing_search import KEPT
from .verifier import sentences_of

SCOPE = (
    "That is outside what I can do: I look at pictures, clips and documents, answer questions "
    "about them, point things out, edit pictures, and remember what you tell me."
)
CLARIFY = "I'm not sure what you mean; could you say it in other words?"
_JSON = re.compile(r"\bjson\b", re.IGNORECASE)


def write(state: TurnState, runtime: Runtime[TurnContext]) -> Update:
    """Compose the reply of the turn."""
    turn, plan = runtime.context, state["plan"]
    if turn.cancelled.is_set():
        return {"reply": _finished(Reply(text="Stopped."), turn)}
    if not plan.calls:
        replies = {"scope": SCOPE, "clarify": plan.ask or CLARIFY, "kept": _kept(turn)}
        text = replies.get(plan.reply) or smalltalk.answer(turn.text, turn.last_reply) or CLARIFY
        return {"reply": _finished(Reply(text=text), turn)}
    as_json = bool(_JSON.search(turn.text))
    told = parts_of(
        turn, plan, state["outcomes"], state["checks"],
        lambda outcome, check: claims_of(outcome, check, as_json),
    )  # fmt: skip
    claims = [claim for part in told for claim in part.claims]
    answers = [part.answer for part in told if part.answer is not None]
    outcomes = [state["outcomes"][index] for index in sorted(state["outcomes"])]
    results = [outcome.result for outcome in outcomes if outcome.result is not None]
    given = [turn.tool_context.artifact(name).id for name in plan.shown]
    made = list(dict.fromkeys([*(id_ for r in results for id_ in r.artifacts), *given]))
    looked = [outcome.artifact for outcome in outcomes if outcome.artifact]
    reply = Reply(
        text="\n".join(dict.fromkeys(part.text for part in told if part.text)) or CLARIFY,
        answer="; ".join(dict.fromkeys(answers)) if answers else None,
        claims=claims,
        evidence=[evidence for claim in claims for evidence in claim.evidence],
        artifacts=list(dict.fromkeys([*looked, *made])),
        made=made,
        abstained=bool(results) and all(result.abstained for result in results),
    )
    return {"reply": _finished(reply, turn)}


def _kept(turn: TurnContext) -> str:
    """That what came with the turn is in the album."""
    memory = turn.tool_context.memory
    if not turn.fresh:
        return ""
    if not isinstance(memory, TurnMemory) or not memory.keeps:
        return "This conversation is not kept, so nothing of it goes into your album."
    return KEPT.format(joined([a.name for a in turn.attachments[-turn.fresh :]]))


def claims_of(outcome: Outcome, check: Check | None, as_json: bool = False) -> list[Claim]:
    """The sentences of one outcome, with evidence and status; none where it has no result.

    `as_json`: a scene graph is told in Visual Genome's layout.
    """
    result = outcome.result
    if result is None:
        return []
    status: Status = check.status if check else "unverified"
    if result.abstained:
        return [Claim(text=result.text, status="unverified")]
    match outcome.call.tool:
        case "vqa":
            text = answer_sentence(result)
        case "ground":
            text = boxes_sentence(result, str(outcome.call.args["phrase"]))
        case "document_qa" if not result.detail.get("worded"):
            text = reading_sentence(result)
        case "caption":
            return _caption_claims(result, check)
        case "scene_graph" if as_json:
            text = json.dumps(result.detail.get("visual_genome"))
        case _:
            text = result.text
    if status == "contradicted":
        text = f"{text} {doubt(result, check)}"
    return [Claim(text=text, evidence=list(result.evidence), status=status)]


def answer_sentence(result: ToolResult) -> str:
    """The sentence of an answer about a picture."""
    program = phrasing.program_of(result.program)
    if program is not None and any(node == NOTHING for node in program.walk()):
        return _elsewhere(program, str(result.answer))
    described = phrasing.program_of(tuple(result.detail.get("described", ())))
    match result.premise:
        case "absent":
            return phrasing.absent(program, described)
        case "ambiguous":
            return phrasing.ambiguous([box.label for box in result.evidence if box.type == "box"])
        case "dialogue":
            return "I'm not sure what you are referring to; which object do you mean?"
    if program is None:
        return phrasing.plain(str(result.answer))
    return phrasing.sentence(program, str(result.answer), len(result.evidence))


def _elsewhere(program: Call, answer: str) -> str:
    """The sentence about what no tabletop holds; a comparison with it still has its answer."""
    there = "I see nothing like that in this picture, only cubes, spheres and cylinders"
    if program.function in ("exist", "count") or answer == "none":
        return f"No, {there}." if answer == "no" else f"{there}."
    return f"{there}. {phrasing.plain(answer)}"


def boxes_sentence(result: ToolResult, phrase: str) -> str:
    """The sentence that goes with boxes."""
    labels = [evidence.label for evidence in result.evidence if isinstance(evidence, Box)]
    if not labels:
        return f"I can't find {_quoted(phrase)} in this picture."
    if len(labels) == 1:
        return f"Here it is: {_article(labels[0])}." if labels[0] != phrase else "Here it is."
    if len(labels) <= 4 and phrase not in labels:
        return f"I found {len(labels)}: {joined([_article(label) for label in labels])}."
    return f"I found {len(labels)} of them."


def reading_sentence(result: ToolResult) -> str:
    """The sentence of an answer read off a document."""
    if result.premise != "holds":
        return first_sentence_case(result.text) if " " in result.text else (
            "That is not in this document."
        )  # fmt: skip
    pages = sorted({e.page for e in result.evidence if isinstance(e, Region)})
    where = f" (page {joined([str(page) for page in pages])})" if pages and pages != [1] else ""
    return f"{first_sentence_case(result.text).rstrip('.')}{where}."


def doubt(result: ToolResult, check: Check | None) -> str:
    """The doubt that stays after a second look, as a sentence."""
    if check is not None and check.other and check.other not in ("none", result.answer):
        return f"I'm not certain, though: a second way of looking came to {check.other}."
    return "I'm not certain, though: a second way of looking did not agree."


def _caption_claims(result: ToolResult, check: Check | None) -> list[Claim]:
    """One claim per sentence; what the parsed scene contradicts twice is left out."""
    texts = sentences_of(result.text)
    statuses = check.sentences if check else ()
    if len(statuses) != len(texts):
        statuses = ("unverified",) * len(texts)
    claims = [Claim(text=t, status=s) for t, s in zip(texts, statuses, strict=True)]
    kept = [claim for claim in claims if claim.status != "contradicted"]
    if kept:
        return kept
    unsure = Claim(text="I'm not certain of this description, though.", status="unverified")
    return [*claims, unsure]


def _finished(reply: Reply, turn: TurnContext) -> Reply:
    notices = list(dict.fromkeys(turn.notices))
    text = "\n".join([reply.text, *notices]) if notices else reply.text
    update = {"text": text, "notices": notices, "steps": turn.ordered_steps()}
    return reply.model_copy(update=update)


def _quoted(phrase: str) -> str:
    words: Sequence[str] = phrase.split()
    return f"“{phrase}”" if len(words) < 12 else "that"


def _article(label: str) -> str:
    return f"an {label}" if label[:1].lower() in "aeiou" else f"a {label}"
