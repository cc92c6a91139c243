"""What a person wants from the album, read from their words: what, of which kind, from when.

wish = read_wish("find my pictures from last week with two red cubes", datetime.now())
wish.topic, wish.kinds, wish.span      # "two red cubes", {"picture"}, (start, end)
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from .when import TIMES, span_of

# Kinds of views, and what people call them; the first that is named wins.
_KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("receipt", r"receipts?|till slips?|sales slips?"),
    ("invoice", r"invoices?|bills?"),
    ("page", r"documents?|docs?|pages?|papers?|pdfs?|letters?|forms?|scans?"),
    ("clip", r"videos?|clips?|recordings?|movies?|footage"),
    (
        "picture",
        r"pictures?|photos?|photographs?|images?|pics?|snaps?|snapshots?|shots?|fotos?|scenes?",
    ),
)
_NOUN: Final = "|".join(words for _, words in _KINDS)
_LEAD: Final = re.compile(
    r"^\W*(?:(?:please|pls|hey|hi|ok|okay|now|and|also|just|then)\b[\s,]*)*"
    r"(?:(?:can|could|would|will) (?:you|u) (?:please )?)?"
    r"(?:(?:i want|i need|i'd like|i'm looking for|i am looking for|i'm after)(?: to (?:see|find))?"
    r"|find|show|search(?: for| in| through)?|get|fetch|look (?:for|up|through)|pull(?: up| out)?"
    r"|dig (?:out|up)|bring up|list|give|retrieve|see|scroll|open|is there|are there"
    r"|do i (?:still )?(?:have|own)|have i|have i got|got|any|how many(?: of)?"
    r"|(?:in|on) (?:which|what)(?: of)?"
    r"|which of|which|what"
    r"|where (?:is|are)|where's)\b\s*(?:me|us|out|up)?\b",
    re.IGNORECASE,
)
_THROUGH: Final = re.compile(
    r"^(?:in |through )?(?:my|the|our)? ?(?:album|gallery|library|archive|files"
    r"|pictures|photos|pics) for ",
    re.IGNORECASE,
)
_OF_ALBUM: Final = re.compile(
    r"\b(?:(?:in|from|of|through|inside) (?:my|the|our) (?:album|gallery|library|archive|folder"
    r"|collection|files|camera roll)|(?:that )?i (?:have |'ve )?(?:took|taken|sent|uploaded|added"
    r"|showed you|shown you|shot|saved|stored)(?: you)?|(?:do )?i have|i've got"
    r"|from (?:before|earlier)"
    r"|(?:that )?we (?:saw|had|looked at|talked about|watched)(?: (?:before|earlier|already))?"
    r"|(?:please|pls|thanks|thank you|ty)"
    r"$|for me$|in there$|again$)\b",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"^(?:(?:all|any|every|each|my|the|those|these|our|some|a|an|one|ones|only|just|of|stored|saved"
    r"|old|other|more|else|picture|photo)\b\s*)*"
    rf"(?:\b(?:{_NOUN})\b\s*)+(?:only\b\s*)?"
    r"(?:,\s*)?(?:(?:that|which|where|who)\s+)?(?:(?:there (?:is|are))|with(?!out)|showing|shows?"
    r"|of|contain(?:s|ing)?|ha(?:s|ve)(?: got)?|having|featuring|includ(?:es|ing)|about|from|for"
    r"|got|feature|include|in which|where|depicting|depict|are|is|w/)?\s*",
    re.IGNORECASE,
)
_FILLER: Final = re.compile(
    r"^(?:(?:me|us|all|any|every|each|my|the one|the ones|those|these|ones|one|only|just|of"
    r"|everything|anything|something|what|with|showing|that|which|has|have|where|there is"
    r"|there are)\b\s*)+",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(
    r"(?:my|the|whole|entire|album|gallery|library|archive|collection|files|in|of|is|are|did|do|have"
    r"|has|i|we|you|add(?:ed)?|send|sent|show|get|got|there|for|me|all|everything|\s)*",
    re.IGNORECASE,
)
_LIKE: Final = re.compile(
    r"\b(?:like|similar to|resembl\w+|same as|the same (?:picture|photo|scene)|look(?:s|ing)? like"
    r"|more of) (?:this|that|it|these|here|the one|mine|the (?:picture|photo|image)|a1)\b"
    r"|^(?:the )?same\b"
    r"|\bas here\b|\bother (?:pictures?|photos?|pics?) of this\b"
    r"|\bsimilar (?:ones|pictures?|photos?)\b"
    r"|\bone like this\b|\bmore like (?:this|it)\b",
    re.IGNORECASE,
)
_CHANGED: Final = re.compile(
    r"\b(?:but|except|only|without|instead|with|where|minus|plus|add|make|turn|swap\w*|rather)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is wanted.

    Attributes:
        topic: what it shows or says, "" where anything will do.
        kinds: kinds of views to look through; empty is all.
        span: POSIX seconds, start and end, or None.
        time: the words the span was read from.
    """

    topic: str
    kinds: frozenset[str]
    span: tuple[float, float] | None
    time: str = ""

    def allows(self, kind: str, added: float) -> bool:
        """Whether something of `kind`, added then, may be what is meant."""
        if self.span is not None and not self.span[0] <= added < self.span[1]:
            return False
        return not self.kinds or bool(self.kinds & kinds_of(kind))


def kinds_of(kind: str) -> frozenset[str]:
    """What a kind also is: a receipt is a page, any photo a picture."""
    if kind in ("receipt", "invoice"):
        return frozenset({kind, "page"})
    return frozenset({kind, "picture"}) if kind == "other" else frozenset({kind})


def read_wish(words: str, now: datetime) -> Wish:
    """Take the words of a search apart."""
    span = span_of(words, now)
    said = TIMES.search(words) if span is not None else None
    text = " ".join((TIMES.sub(" ", words) if said else words).split())
    kinds = frozenset({kind for kind, named in _KINDS if re.search(rf"(?i)\b(?:{named})\b", text)})
    if len(kinds) > 1:
        # "the picture of the receipt" is a receipt.
        kinds = frozenset({next(kind for kind, _ in _KINDS if kind in kinds)})
    return Wish(
        topic=_topic(text), kinds=kinds, span=span, time=said[0].strip() if said else ""
    )  # fmt: skip


def points_at_picture(words: str) -> bool:
    """Whether the words speak of a picture at hand: "like this one but with a red ball"."""
    return bool(_LIKE.search(words))


def changes_picture(words: str) -> bool:
    """Whether words about a picture at hand ask for something else than more of the same."""
    match = _LIKE.search(words)
    return bool(match and _CHANGED.search(words[match.end() :]))


def _topic(text: str) -> str:
    rest = re.sub(r"\?\W*(?:which|where|who)(?: ones?)?\W*$", "", text, flags=re.IGNORECASE)
    rest = re.sub(r"[.?!]+$", "", rest.strip())
    rest = _LEAD.sub("", rest).strip()
    rest = _THROUGH.sub("", rest)
    rest = _OF_ALBUM.sub(" ", rest).strip()
    linked = _LINK.sub("", rest, count=1)
    rest = linked if linked != rest else _FILLER.sub("", rest)
    rest = re.sub(r"\s+(?:in|on) (?:it|them|there)$", "", " ".join(rest.split()))
    rest = rest.strip(" ,.?!")
    return "" if _NOTHING.fullmatch(rest) else rest
