"""What words state of a clip, statement by statement, and which clips fit them.

    facts = ClipFacts("a red cube comes in and hits the ball, then the ball leaves", toolbox)
    facts.share(story)       # 1.0 where all of it happens, None where nothing can be read
    facts.moments(story)     # the events that it rests on

The clips' joint space (`senses.clips`) orders everything at little cost, and what the words state
is held against what the track reader saw. `ranking.py` does the same for pictures.
"""

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from ..data.world.functions import Call
from ..data.world.programs import FalsePremise
from ..data.world.video.captions import holds, loosened
from ..data.world.video.executor import execute
from ..data.world.video.language import FUNCTIONS, call, from_tokens
from ..data.world.video.story import Event, Story
from .ranking import weight_of
from .toolbox import Toolbox

# A program heard with less than this is no reading of the words.
_HEARD = 0.3
# A cosine of the joint space as log-odds: `_EVEN` is no evidence either way.
_STEEP, _EVEN = 16.0, 0.5
_CLIPS = r"(?:videos?|vids?|clips?|recordings?|movies?|films?|footage|scenes?)"
_DETERMINERS = (
    r"(?:an?|one|two|three|four|five|six|seven|\d+|the|that|this|another|it|they|no|nothing|some"
    r"|something|there|we|you|everything)\b"
)
_LEAD = re.compile(
    rf"^(?:in (?:this|the|a) {_CLIPS}\b,?|{_CLIPS}\s*:|here\s*,|(?:(?:an?|the|this|that|my|any|some"
    rf"|all|those|find|show)\s+)*\b{_CLIPS}\b\s*(?:in which|where|of|with|showing|that shows?|when"
    r"|that ha(?:s|ve)|having|containing|featuring|there)?|(?:with|where|in which|when|of|showing)"
    r"\b|(?:we|you|i) (?:can )?see|there (?:is|are)|it shows)\s*",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?<!that )(?<!which )(?:hits?|hitting|hit|collid\w+|bump\w*|str[iu]kes?|struck|striking"
    r"|touch\w*|crash\w*|runs?|running|ran|knock\w*|bang\w*|smash\w*|makes?|contacts?|meets?"
    r"|meeting|slams?|slammed|impacts?|rams?|rolls?|rolling|rolled|slides?|sliding|slid|push\w*"
    r"|comes?|came|coming|enter\w*|appear\w*|show(?:s|ed)? up|arriv\w+|moves?|moving|moved|gets?"
    r"|getting|got|turns up|joins?|leav\w+|left|exit\w*|goes|going|went|disappear\w*|vanish\w*"
    r"|stops?|stopp\w+|halts?|slowing|starts?|starting|begin\w*|being|stands?|standing|stays?"
    r"|staying|rests?|resting|remains?|keeps?|never|doesn't|does not|isn't|happens?|is|are)\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    rf"\s*[.;]\s+(?:then|and|after that)?\s*|,?\s+(?:and then|then|after that|afterwards|while"
    rf"|before that|whereas)\b,?\s*|,\s*(?:and|but|plus)?\s*(?={_DETERMINERS})|,\s*and\s+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+and(?: also)?\s+", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:it|which|who|this one|that one)\s+", re.IGNORECASE)
_HAPPENS = re.compile(
    r"\b(?:hits?|hitting|collid\w+|collisions?|bump\w*|strikes?|struck|touch\w*|crash\w*|knock\w*"
    r"|smash\w*|slam\w*|push\w*|rolls?|rolling|slides?|sliding|enter\w*|comes? in\w*|coming in\w*"
    r"|appear\w*|arriv\w+|leav\w+|exit\w*|disappear\w*|goes out|vanish\w*|mov(?:es?|ing)|stops?"
    r"|stopping|starts?|stands? still|stays? (?:still|put)|at rest|runs? into|meet\w*)\b",
    re.IGNORECASE,
)


def speaks_of_events(words: str) -> bool:
    """Whether the words tell of something that only a clip can show."""
    return bool(_HAPPENS.search(words))


def statements(words: str) -> list[str]:
    """The statements that a description of a clip is made of, each with a subject of its own."""
    plain = re.sub(r"[.?!]+$", "", " ".join(words.lower().split()))
    plain = _LEAD.sub("", plain).strip()
    found: list[str] = []
    for part in _STRONG.split(plain):
        for piece in _pieces(part.strip(" ,")):
            subject = _subject(found[-1]) if found else ""
            elided = _VERB.match(piece)
            if subject and (elided or _PRONOUN.match(piece)):
                piece = f"{subject} {_PRONOUN.sub('', piece)}"
            found.append(_LEAD.sub("", piece).strip())
    return [piece for piece in found if piece]


def _pieces(part: str) -> list[str]:
    """Cut at an "and" between two things that happen, not at one between two things."""
    for link in _AND.finditer(part):
        before, after = part[: link.start()], part[link.end() :]
        if _VERB.search(before) and _VERB.search(after):
            return [before, *_pieces(after)]
    return [part] if part else []


def _subject(statement: str) -> str:
    verb = _VERB.search(statement)
    return statement[: verb.start()].strip() if verb is not None else statement


class ClipFacts:
    """What words state of a clip, heard by the parser of questions about clips.

    Args:
        words: a caption or a search such as "the ball hits the cube".
        toolbox: for the parser.
    """

    def __init__(self, words: str, toolbox: Toolbox) -> None:
        self.words = words
        self.toolbox = toolbox

    @cached_property
    def programs(self) -> list[Call | None]:
        """Each statement as a program whose answer is yes or no; None where it is not heard."""
        said = statements(self.words)
        if not said or not self.toolbox.has("parts", "clip_program"):
            return []
        heard = self.toolbox.part("clip_program").parse(said)
        return [
            _as_statement(from_tokens(parsed.tokens)) if parsed.confidence >= _HEARD else None
            for parsed in heard
        ]

    def share(self, story: Story) -> float | None:
        """The share of statements that are true of `story`; None where none can be read."""
        told = [holds(program, story) for program in self.programs if program is not None]
        return sum(told) / len(told) if told else None

    @property
    def whole(self) -> bool:
        """Whether every statement is understood."""
        return bool(self.programs) and all(program is not None for program in self.programs)

    def moments(self, story: Story) -> tuple[Event, ...]:
        """The events of `story` that true statements rest on, in order of time."""
        found: dict[Event, None] = {}
        for program in self.programs:
            if program is not None and holds(program, story):
                try:
                    outcome = execute(loosened(program), story)
                except FalsePremise:
                    continue
                # What is asked of some is shown of those: "a cube comes in", not all that come.
                about = set(outcome.objects)
                found.update(
                    dict.fromkeys(e for e in outcome.events if not about or about & set(e.objects))
                )
        return tuple(sorted(found, key=lambda event: event.time))


def judge_clips(
    cosines: np.ndarray, stories: Sequence[Story | None], facts: ClipFacts
) -> np.ndarray:
    """Log-odds (N,) that words are true of each clip.

    Args:
        cosines: (N,) of each clip with the words in the clips' joint space.
        stories: what happens in each; None where it was not watched.
    """
    scores = _STEEP * (cosines - _EVEN)
    for i, story in enumerate(stories):
        share = facts.share(story) if story is not None else None
        if share is not None:
            scores[i] += weight_of(share)
    return scores


def _as_statement(program: Call) -> Call | None:
    """A program as one that is true or not: things exist, events happen; None for other answers."""
    program = loosened(program)
    if program.function in ("tell", "describe", "count", "count_events"):
        program = program.args[0]
    match FUNCTIONS[program.function].output:
        case "bool":
            return program
        case "set" | "object":
            return call("exist", program)
        case "events":
            return call("exist_events", program)
    return None
