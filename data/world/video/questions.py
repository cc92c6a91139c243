"""Questions about clips, with programs and answers; worded programs to teach a parser on.

sample_questions(clip, rng, 10)      # about a clip; nothing hangs on a hair's breadth
parser_pairs(seed, n)                # (text, program tokens) about no clip
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from ..asking import finish
from ..functions import Call, to_clevr, to_tokens
from ..lexicon import Choice
from ..programs import FalsePremise
from .asking import GROUPS, Family, Names
from .clip import Clip
from .executor import Outcome, execute
from .families_seen import FAMILIES as SEEN
from .families_thought import FAMILIES as THOUGHT
from .language import canonical
from .story import Story

FAMILIES: Final = (*SEEN, *THOUGHT)
_BY_WEIGHT: Final = Choice(FAMILIES, tuple(family.weight for family in FAMILIES))
# Questions whose answer is no, none or 0 would be most of them; this share of those is kept.
_EMPTY_KEPT: Final = 0.35
_TRIES: Final = 60
# `when` is right within this many seconds.
TIME_TOLERANCE: Final = 0.3


@dataclass(frozen=True, kw_only=True)
class VideoQuestion:
    """A question about a clip.

    Attributes:
        text: as a person would type it.
        answer: canonical (see `executor.Outcome`); `none` for a false premise.
        group: descriptive, temporal, explanatory, predictive or counterfactual.
        outcome: what it rests on.
    """

    text: str
    program: Call
    answer: str
    family: str
    group: str
    outcome: Outcome
    premise: str = "holds"


def taught(program: Call) -> tuple[str, ...]:
    """The spelling that a parser is taught: filters in one order."""
    return tuple(to_tokens(canonical(program)))


def sample_questions(
    clip: Clip, rng: Random, n: int, groups: Sequence[str] = GROUPS
) -> list[VideoQuestion]:
    """Ask `n` different questions about `clip`, the groups in turn."""
    asked: list[VideoQuestion] = []
    seen: set[Call] = set()
    for number in range(n):
        group = groups[number % len(groups)]
        families = [family for family in FAMILIES if family.group == group]
        choice = Choice(tuple(families), tuple(family.weight for family in families))
        for _ in range(_TRIES):
            question = _try(clip, rng, choice.draw(rng))
            if question is not None and question.program not in seen:
                seen.add(question.program)
                asked.append(question)
                break
    return asked


def _try(clip: Clip, rng: Random, family: Family) -> VideoQuestion | None:
    program, text = family.make(Names(rng=rng, story=clip.story))
    outcome, premise = answered(program, clip.story)
    if outcome.answer in ("no", "0", "none") and rng.random() > _EMPTY_KEPT:
        return None
    if premise != "holds" and rng.random() > 0.15:
        return None
    if not all(_alike(outcome, *answered(program, story)) for story in clip.variants):
        return None
    return VideoQuestion(
        text=finish(rng, text), program=program, answer=outcome.answer, family=family.name,
        group=family.group, outcome=outcome, premise=premise,
    )  # fmt: skip


def answered(program: Call, story: Story) -> tuple[Outcome, str]:
    """The outcome and the premise: `holds`, or what is wrong with it (the answer is `none`)."""
    try:
        return execute(program, story), "holds"
    except FalsePremise as wrong:
        return Outcome(answer="none", objects=wrong.candidates), wrong.kind


def _alike(mine: Outcome, other: Outcome, premise: str) -> bool:
    del premise
    return same_answer(other.answer, mine.answer)


def same_answer(given: str | None, true: str) -> bool:
    """Whether answers agree: seconds within `TIME_TOLERANCE`, lists of names in any order."""
    if given is None:
        return False
    if "." in true and true.replace(".", "", 1).isdigit():
        try:
            return abs(float(given) - float(true)) <= TIME_TOLERANCE
        except ValueError:
            return False
    return sorted(given.split(", ")) == sorted(true.split(", "))


def parser_pairs(seed: int, n: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """`n` worded programs about no clip in particular."""
    rng = Random(f"video {seed}")
    for _ in range(n):
        program, text = _BY_WEIGHT.draw(rng).make(Names(rng=rng))
        yield finish(rng, text), taught(program)


def to_clevrer(question: VideoQuestion, index: int) -> dict[str, Any]:
    """One entry of CLEVRER's question lists; `program` is our list of nodes."""
    return {
        "question_id": index,
        "question": question.text,
        "question_type": question.group,
        "question_subtype": question.family,
        "program": to_clevr(question.program),
        "answer": question.answer,
        "premise": question.premise,
    }
