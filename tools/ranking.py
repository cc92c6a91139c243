"""Which stored pictures fit words: found by the joint space, then judged pair by pair.

    facts = Facts("two red cubes and a ball", toolbox)
    facts.share(scene)                       # 1.0 where all of it is true, None where unreadable
    judge(toolbox, "two red cubes", looks, scenes)

The joint space (`senses.embed`) orders everything at little cost. For the best `BEST`, what the
words say exactly ("three balls") is held against each parsed scene, and a matcher (`senses.match`,
where the profile names one; none is shipped) has its say.
"""

import logging
import math
import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from ..data.world.caption_reader import check_caption
from ..data.world.programs import (
    FUNCTIONS,
    SCENE,
    Call,
    FalsePremise,
    answer_text,
    call,
    execute,
    from_tokens,
)
from ..data.world.scene import Scene
from .results import ToolError
from .toolbox import Toolbox

log = logging.getLogger(__name__)

BEST = 32
# What facts weigh beside the matcher's log-odds (chosen on seed 8000): all true, one untrue.
_TRUE, _UNTRUE = 5.0, 1.0
_LOGIT_CAP = 8.0
# Programs whose arguments are the things themselves.
_ABOUT = frozenset({"exist", "equal_integer", "greater_than", "less_than"})
# A program heard with less than this is no reading of the words.
_HEARD = 0.35
# Between things, not between adjectives: what follows begins a new noun phrase.
_LINKS = re.compile(
    r"(?:,? (?:and|plus|but|with)(?: with| also)? |, )(?=(?:an?|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|\d+|no|some|exactly|at least|at most|more|fewer|the|only)\b)"
)
_ONLY = re.compile(r"(?:only|just|nothing but|nothing except) (.+)")


class Facts:
    """What words state of a scene, read by the caption reader, else by the program parser.

    Args:
        words: a caption or a description such as "two red cubes and a ball".
        toolbox: for the program parser; None reads captions alone.
    """

    def __init__(self, words: str, toolbox: Toolbox | None = None) -> None:
        self.words = words
        self.toolbox = toolbox

    @cached_property
    def programs(self) -> list[Call | None]:
        """The words as programs, heard when the caption reader cannot read them."""
        if self.toolbox is None or not self.toolbox.has("parts", "program"):
            return []
        return _programs(self.words, self.toolbox)

    def share(self, scene: Scene) -> float | None:
        """The share of stated facts that are true of `scene`; None where none can be read."""
        read = check_caption(self.words, scene)
        if read.facts and all(fact.kind != "unreadable" for fact in read.stated):
            return read.true_facts / read.facts
        told = [float(_holds(program, scene)) for program in self.programs if program is not None]
        return sum(told) / len(told) if told else None

    def objects(self, scene: Scene) -> tuple[int, ...]:
        """Objects of `scene` that the words speak of, as far as programs tell."""
        found: dict[int, None] = {}
        for program in self.programs:
            counted = program is not None and program.function in _ABOUT
            for part in program.args if program is not None and counted else ():
                node = part.args[0] if part.function == "count" else part
                if FUNCTIONS[node.function].output in ("set", "object") and node != SCENE:
                    try:
                        found.update(dict.fromkeys(execute(node, scene).objects))
                    except FalsePremise:
                        continue
        return tuple(found)


def judge(
    toolbox: Toolbox,
    words: str,
    looks: Sequence[Any],
    scenes: Sequence[Scene | None],
    facts: Facts | None = None,
) -> np.ndarray:
    """Log-odds (N,) that `words` are true of each picture.

    Args:
        looks: what the embedder saw of each (see `models.dual_encoder.Look`); None where it
            makes none, and the matcher then has no say.
        scenes: each picture as parsed; None where it is no tabletop.
        facts: what the words state, where that has been read already.
    """
    scores = np.zeros(len(looks), dtype=np.float32)
    matcher = optional_sense(toolbox, "match")
    seen = [i for i, look in enumerate(looks) if look is not None]
    if matcher is not None and seen:
        logits = matcher.match([looks[i] for i in seen], [words] * len(seen))
        scores[seen] = np.clip(logits, -_LOGIT_CAP, _LOGIT_CAP)
    facts = facts or Facts(words, toolbox)
    for i, scene in enumerate(scenes):
        share = facts.share(scene) if scene is not None else None
        if share is not None:
            scores[i] += weight_of(share)
    return scores


def optional_sense(toolbox: Toolbox, role: str) -> Any | None:
    """A sense that sharpens a search, or None where the profile has none or its weights lack."""
    try:
        return toolbox.sense(role)
    except ToolError as error:
        log.info("searching without %s: %s", role, error)
        return None


def weight_of(share: float) -> float:
    """What a share of true facts adds to log-odds."""
    return _TRUE * (2 * share - 1) - (_UNTRUE if share < 1 else 0.0)


def probability(log_odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + math.exp(-log_odds))


def _programs(words: str, toolbox: Toolbox) -> list[Call | None]:
    """What the words ask of a scene, as yes-or-no programs: one, or one for each part."""
    plain = re.sub(r"[.?!]+$", "", words.strip().lower())
    return _heard([part for part in _LINKS.split(plain) if part.strip()], toolbox)


def _heard(phrases: Sequence[str], toolbox: Toolbox) -> list[Call | None]:
    """Each phrase as a program whose answer is yes or no; None where it is not understood."""
    alone = [_ONLY.match(phrase) for phrase in phrases]
    asked = [
        only[1] if only else f"are there {phrase}?"
        for only, phrase in zip(alone, phrases, strict=True)
    ]
    programs: list[Call | None] = []
    heard = toolbox.part("program").parse(asked, [""] * len(asked))
    for parsed, only in zip(heard, alone, strict=True):
        program = from_tokens(parsed.tokens) if parsed.confidence >= _HEARD else None
        if program is not None and only and FUNCTIONS[program.function].output == "set":
            program = call("equal_integer", call("count", program), call("count", SCENE))
        bare = program is None or FUNCTIONS[program.function].output != "bool"
        programs.append(None if bare else program)
    return programs


def _holds(program: Call, scene: Scene) -> bool:
    try:
        answer = execute(program, scene).answer
    except FalsePremise:
        return False
    return answer is not None and answer_text(answer) == "yes"
