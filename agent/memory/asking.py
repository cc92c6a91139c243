"""What a person wants to be reminded of, read from their words: what, from when, in which order.

ask = read_ask("what was the first receipt I showed you last week?", now)
ask.topic, ask.kinds, ask.span, ask.order      # "", {"receipt"}, (start, end), 1
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Final, Literal

from ...data.world.lexicon import ADJECTIVES, NOUNS
from .when import NUMBERS, TIMES, Span, number_of, span_of
from .wish import read_wish

_NUMBER: Final = r"\d+|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
_TALK: Final = r"(?:sessions?|conversations?|chats?|talks?|discussions?)"
_AGO: Final = re.compile(
    rf"\b(?:from |in |of )?({_NUMBER}) {_TALK} (?:ago|back|before|earlier)\b", re.IGNORECASE
)
_LAST_TALK: Final = re.compile(
    rf"\b(?:from |in |during |of )?(?:the |our |my )?(?:last|previous|most recent) {_TALK}\b"
    r"|\bthe last time (?:we|i) (?:talked|spoke|chatted|met|were here|was here)(?: to you)?\b"
    r"|\blast time(?= |$)(?! i| you| we)",
    re.IGNORECASE,
)
_FIRST_TALK: Final = re.compile(
    rf"\b(?:from |in |during |of )?(?:the |our |my )?(?:very )?first {_TALK}\b"
    r"|\bthe first time (?:we|i) (?:talked|spoke|chatted|met)(?: to you)?\b"
    r"|\bwhen we first (?:talked|spoke|chatted|met)\b",
    re.IGNORECASE,
)
_THIS_TALK: Final = re.compile(
    rf"\b(?:in |during |of )?(?:this|our current|the current) {_TALK}\b"
    r"|\bearlier in (?:this|our) \w+\b|\bjust now\b|\ba (?:moment|minute|while) ago\b",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(
    r"\b(?:the |my |our )?(?:very first|first ever|first|earliest|oldest)\b"
    r"|\b(?:at|from|in) the (?:very )?(?:beginning|start|outset)\b|\bto begin with\b",
    re.IGNORECASE,
)
_NTH: Final = re.compile(r"\b(second|third|fourth|fifth)(?! (?:from )?last)\b", re.IGNORECASE)
_ORDINALS: Final = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_LAST: Final = re.compile(
    r"\b(?:the |my |our )?(?:very last|last|latest|newest|most recent|most recently|lately)\b",
    re.IGNORECASE,
)
_SHOWN: Final = re.compile(
    r"\b(?:show(?:ed|n)?|sen[dt]|gave|given|give|upload(?:ed)?|shar(?:e|ed)|attach(?:ed)?"
    r"|saw|seen|look(?:ed)? at|picture|photo|pic|image|receipt|invoice|document|page|letter|file"
    r"|scene|clip|video|form|scan)s?\b",
    re.IGNORECASE,
)
_PERSONAL: Final = re.compile(
    r"\b(?:my|mine|our|ours|whose|who|me|am i|do i|i (?:like|love|prefer|hate|live|work|own|drive"
    r"|have|collect|play|study|eat|drink|speak|can't)|belongs?)\b",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(
    r"\b(?:i (?:told|mentioned|said|stated|let you know)|(?:did|have) i (?:tell|told|mention\w*|say"
    r"|said|ever (?:tell|told|mention\w*))|you know about (?:me|my))\b",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"\b(?:(?:did|have) you (?:say|said|tell|told|answer\w*|find|found|count\w*|see|seen|read"
    r"|conclude|reply|replied|make|spot|report)|you (?:said|told|answered|found|counted|read|saw)"
    r"|your (?:answer|reply|verdict|description)|(?:did|have) (?:i|we) (?:ask\w*|talk\w*|discuss\w*"
    r"|want\w*)|i (?:asked|wanted to know)|we (?:talked|spoke|discussed|chatted))\b",
    re.IGNORECASE,
)
# What leads up to the thing that is looked for; taken off from the left again and again.
_LEADS: Final = re.compile(
    r"^(?:\W+|(?:hey|hi|hello|ok|okay|so|well|now|and|but|also|please|pls|um|erm|hmm|sorry)\b"
    r"|(?:do|did|can|could|would|will) (?:you|u) (?:please )?(?:still |happen to |maybe )?"
    r"(?:remember|recall|remind me|tell me|know|look up|check|say|think back)\b(?: again)?"
    r"|remind me(?: again)?(?: of| about)?\b|(?:i )?(?:remember|recall)\b"
    r"|(?:i'm|i am) (?:looking for|thinking of|trying to remember)\b|i forgot\b|i wonder\b"
    r"|(?:what|which|how|when|where|who|whose|why)(?:'s| (?:was|were|is|are|colou?r|exactly"
    r"|kind of|sort of|else))?\b"
    r"|(?:did|have|had|do|does) (?:i|we|you)\b(?: ever| already| once)?"
    r"|(?:i|we|you)(?: had|'ve| have)?(?: ever| already| once| just)?\b"
    r"|(?:show(?:ed|n)?|sen[dt]|gave|given|upload(?:ed)?|shar(?:e|ed)|ask(?:ed)?|told|tell|said|say"
    r"|mention(?:ed)?|answer(?:ed)?|repl(?:y|ied)|talk(?:ed)?|spoke|speak|discuss(?:ed)?"
    r"|chat(?:ted)?|look(?:ed)? at|seen|saw|see|found|find|wanted to know|bring up|brought up)\b"
    r"(?: you| me| to you| to me| us| up)?(?: about| of| with| at)?\b"
    r"|(?:about|of|that|if|whether|to|for|it|us|in|on|was|were|is|are|there|ever|again|the time"
    r"|time|when|where|your (?:answer|reply|verdict)|my question)\b)\s*",
    re.IGNORECASE,
)
_TRAILS: Final = re.compile(
    r"[\s,]*(?:\b(?:that |which )?(?:i|we|you)(?:'ve| have| had| did)?"
    r" (?:ever |once |already |just )?"
    r"(?:show(?:ed|n)?|sen[dt]|gave|given|upload(?:ed)?|shar(?:e|ed)|ask(?:ed)?|told|said|mentioned"
    r"|talked|spoke|discussed|answered|looked at|saw|had)(?: you| me| to you| to me| with you)?"
    r"(?: about)?(?: before| earlier| already| again| in here)?"
    r"|\b(?:before|earlier|previously|already|again|so far|back then|at the time|in the past|please"
    r"|pls|thanks|thank you|for me|to you|to me|at all|or not|once|in here|ever|exactly)"
    r"|\b(?:did|have|had) (?:i|we|you) (?:show|shown|send|sent|ask|asked|give|given|upload|tell"
    r"|told|say|said|share|shared|talk|mention)(?: you| me)?(?: about)?"
    r"|\b(?:do|can|did) (?:you|u) (?:still )?(?:remember|recall)(?: (?:it|that|this))?"
    r"|\b(?:was|were|is|are|it|that|about|from|in|on)|[?.!,]+)\s*$",
    re.IGNORECASE,
)
_IN_PICTURE: Final = re.compile(
    r"^\W*(?:in|on) (?:which|what) (?:one of )?(?:my |the )?(\w+) (?:that i \w+ you )?"
    r"(?:was there|were there|is there|are there|did (?:you|we) (?:see|find|count|spot)"
    r"|could (?:you|one) see|had|has|with)\b",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(
    r"(?:\W|\b(?:the|a|an|any|all|some|my|our|your|this|that|these|those|things?|stuff|something"
    r"|anything|everything|one|ones|files?|pictures?|photos?|pics?|images?|documents?|pages?"
    r"|scenes?|clips?|videos?|receipts?|invoices?|letters?|questions?|answers?|message|messages"
    r"|first|last|second|third|i|you|we|me|do|did|was|were|is|are|of|to|in|at|it|with|about|ever"
    r"|else|before|here|talk|show|ask|say|tell|over|through|time|previous|earlier|then)\b)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A question about the past.

    Attributes:
        topic: what it is about, "" where anything will do.
        kinds: kinds of files that are meant (see `wish`); empty is all.
        span: POSIX seconds, or None.
        order: 1 the first, 2 the second, ..., -1 the last; 0 where order does not matter.
        talk: 0 this conversation, 1 the one before, ...; -1 the first of all; None any.
        about: `shown` (a file), `said` (a question or an answer), `told` (a fact the person
            stated), or "" where words do not tell.
        personal: it asks of the person or of what is theirs.
    """

    topic: str
    kinds: frozenset[str] = frozenset()
    span: Span | None = None
    order: int = 0
    talk: int | None = None
    about: Literal["", "shown", "said", "told"] = ""
    personal: bool = False


def read_ask(words: str, now: datetime) -> Ask:
    """Take a question about the past apart."""
    text = " ".join(words.replace("’", "'").split())
    span = span_of(text, now)
    if span is not None:
        text = TIMES.sub(" ", text)
    talk, text = _talk(text)
    order, text = _order(text)
    about = "told" if _TOLD.search(text) else "said" if _SAID.search(text) else ""
    about = about or ("shown" if _SHOWN.search(text) else "")
    personal = bool(_PERSONAL.search(re.sub(r"(?i)\b(?:show|tell|remind|give) me\b", " ", text)))
    rest = _core(text)
    wish = read_wish(rest, now)
    topic = wish.topic if wish.kinds else rest
    return Ask(
        topic="" if _EMPTY.fullmatch(topic) else topic,
        kinds=wish.kinds,
        span=span,
        order=order,
        talk=talk,
        about=about,
        personal=personal,
    )


@lru_cache(maxsize=1 << 16)
def terms(text: str) -> tuple[str, ...]:
    """Words that carry meaning, in one form: "two tiny balls" gives two, small, sphere."""
    found = re.findall(r"[a-z]+|\d+(?:[.,:]\d+)*", text.lower())
    known = _synonyms()
    return tuple(known.get(word, _singular(word)) for word in found if word not in _COMMON)


def of_world(term: str) -> bool:
    """Whether a term is one that tabletop pictures are described with."""
    return term in _named() or term in _PLACES


def _talk(text: str) -> tuple[int | None, str]:
    if found := _AGO.search(text):
        return number_of(found[1].lower()), _AGO.sub(" ", text)
    for pattern, number in ((_FIRST_TALK, -1), (_LAST_TALK, 1), (_THIS_TALK, 0)):
        if pattern.search(text):
            return number, pattern.sub(" ", text)
    return None, text


def _order(text: str) -> tuple[int, str]:
    if found := _NTH.search(text):
        return _ORDINALS[found[1].lower()], _NTH.sub(" ", text, count=1)
    if _FIRST.search(text):
        return 1, _FIRST.sub(" ", text, count=1)
    if _LAST.search(text):
        return -1, _LAST.sub(" ", text, count=1)
    return 0, text


def _core(text: str) -> str:
    """What is left of a question when all that only asks is taken off both its ends."""
    rest = _IN_PICTURE.sub(r"the \1 with ", text.strip())
    while (shorter := _TRAILS.sub("", _LEADS.sub("", rest)).strip()) != rest:
        rest = shorter
    return " ".join(rest.split())


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_COMMON: Final = frozenset(
    re.findall(
        r"\w+",
        """a an the of in on at to for from with and or is was were are be it its i you we me do did
        does have has had that this these those there here what which who whose when where how why
        about as by so then than if any some all can could would will my your our us one ones thing
        things please show tell say said remember recall picture pictures photo photos image images
        see seen s t m re ll ve d""",
    )
)


_PLACES: Final = frozenset(("left", "right", "front", "behind", "next", "near", "side", "middle"))


@cache
def _named() -> frozenset[str]:
    return frozenset((*NOUNS, *ADJECTIVES))


@cache
def _synonyms() -> dict[str, str]:
    """Every single word of the world's vocabulary, with the name it stands for, and what people
    say of names."""
    known: dict[str, str] = {}
    for name, forms in NOUNS.items():
        for one, many, weight in forms:
            if weight >= 0.3:
                known.update({w: name for w in (one, many) if " " not in w})
    for name, words in ADJECTIVES.items():
        for word in words:
            bare, weight = (word, 1) if isinstance(word, str) else word
            if weight >= 0.3 and " " not in bare:
                known[bare] = name
    return known | {"called": "name", "named": "name"}
