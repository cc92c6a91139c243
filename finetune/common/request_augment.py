"""More requests out of written ones: joined, with chatter, earlier talk, typing errors.

Every function takes requests and a `Random` and gives a new request whose calls stay true. They
work on drafts, turns cut at the edges of the marked words, so that marks follow the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from ...data.requests import Request, RequestCall

NO_PICTURE_NEEDED = frozenset({"retrieve", "recall"})
_JOINS = (
    "{0} and {1}", "{0} and then {1}", "{0}, then {1}", "{0}. {1}", "{0}. Then {1}", "{0}; {1}",
    "{0}, and {1}", "{0}, also {1}", "{0} + {1}", "{0} and also {1}", "{0}. Also, {1}",
    "{0} n then {1}", "{0} & {1}", "first {0}, then {1}", "first {0}, second {1}",
    "1) {0} 2) {1}", "{0}, after that {1}", "{0}, afterwards {1}", "{0} plus {1}",
    "{0}. after this {1}", "two things: {0}, and {1}", "{0} / {1}", "please {0} and {1}",
    "{0}. when that's done, {1}", "{0}, next {1}", "{0} ... and {1}", "{0}? and {1}",
)  # fmt: skip
_COMMAS = ("{0}, {1}", "{0}, {1}", "{0}. {1}", "{0} {1}", "{0}; {1}", "{0} - {1}")
_THREE = (
    "{0}, {1}, {2}", "{0}, {1} and {2}", "{0}, {1}, and {2}", "{0}. {1}. {2}", "{0}; {1}; {2}",
    "{0}, then {1}, then {2}", "{0} and {1}, then {2}", "first {0}, then {1}, finally {2}",
    "{0}, {1} and then {2}", "1. {0} 2. {1} 3. {2}", "{0} + {1} + {2}", "{0}, {1}, also {2}",
    "{0}, then {1} and {2}", "three things: {0}, {1}, {2}", "{0} and then {1}. Also {2}",
    "{0} n {1} n {2}", "{0}. Then {1}. Lastly {2}", "{0}, after that {1}, {2}",
)  # fmt: skip
_REVERSED = (
    "{1}, but first {0}", "before you {1}, {0}", "after you {0}, {1}", "once you've done {0}, {1}",
)  # fmt: skip
_OPENERS = (
    "hey", "hi", "hello", "ok", "okay,", "ok so", "so", "right,", "hi there,", "hiya,", "um",
    "please", "pls", "quick one:", "quick question,", "sorry,", "sorry to bother you,",
    "good morning.",
    "one more thing:", "another one:", "next:", "now", "well", "oh,", "listen,", "look,", "dear,",
    "excuse me,", "yo", "bro", "alright", "thanks!", "thank you.", "cool.", "great,", "perfect.",
    "nice one.", "hmm", "wait,", "actually", "no wait,", "good.", "and", "also,", "lastly,",
    "kindly", "if you don't mind,", "when you have a sec,", "for the report:", "for my kid:",
    "my boss asks:", "just curious,", "be honest,", "help me out here,", "hello friend,",
    "good evening,", "Guten Tag,", "namaste,", "salut,", "hola,",
)  # fmt: skip
_CLOSERS = (
    "please", "pls", "plz", "thanks", "thank you", "thx", "ty", "cheers", "if you can", "asap",
    "now", "quickly", "for me", "lol", "haha", "?", "!", "...", "??", "🙏", "🙂", "mate", "dear",
    "if you don't mind", "thanks a lot", "thank you so much", "i'm in a hurry", "thanks in advance",
    "when you get a moment", "no rush", "k?", "ok?", "danke", "merci", "por favor", "bitte",
)  # fmt: skip
_ASIDES = (
    "I have been at this since six in the morning and my eyes are tired.",
    "My granddaughter set this up for me and I am still learning how it works.",
    "We are in a bit of a rush here because the bus leaves in ten minutes.",
    "I know you must get asked this sort of thing all day long, bless you.",
    "The whole team is waiting on me for the meeting, so let us be quick about it.",
    "I dropped my phone in the bath yesterday and the screen is half gone now.",
    "Sorry about the typing, I only have one hand free because of the baby.",
    "My teacher says I have to do this on my own but it is really hard.",
    "It is raining here and the dog is driving me up the wall, anyway.",
    "I told my husband that you would know, and he did not believe me.",
    "This is for the quarterly review, which as usual was due last Friday.",
    "Long story short, my brother and I have a bet going about this one.",
    "I am not very good with computers so please bear with me a little.",
    "Do not worry about being polite, I just want to get this over with.",
    "There was a lot going on when I took this so forgive the mess.",
    "First of all thank you for helping me last week, it went really well.",
    "My old eyes are not what they were and the light in here is poor.",
    "You would not believe the day I have had, honestly, it never stops.",
)  # fmt: skip
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEAR = {c: row[max(0, i - 1) : i] + row[i + 1 : i + 2] for row in _ROWS for i, c in enumerate(row)}
_SHORT = {
    "you": "u", "are": "r", "please": "pls", "and": "n", "what": "wat", "what's": "whats",
    "picture": "pic", "photo": "foto", "the": "teh", "with": "w", "for": "4", "to": "2",
    "because": "cuz", "thanks": "thx", "your": "ur", "where's": "wheres", "don't": "dont",
    "there": "ther", "colour": "color", "color": "colour", "which": "wich", "how": "hw",
    "number": "no.", "without": "w/o", "this": "dis", "is": "iz", "document": "doc",
    "tell": "tel", "me": "mi", "find": "fnd", "show": "shw", "describe": "discribe",
}  # fmt: skip


@dataclass
class Draft:
    """A request in the making: each turn a list of (words, number of the call they go to)."""

    kinds: tuple[str, ...]
    turns: list[list[tuple[str, int | None]]]
    calls: list[RequestCall]
    reply: str = ""
    whole: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, request: Request) -> "Draft":
        marks: dict[int, list[tuple[int, int, int]]] = {}
        for number, call in enumerate(request.calls):
            if call.span is not None:
                marks.setdefault(call.span[0], []).append((*call.span[1:], number))
        turns: list[list[tuple[str, int | None]]] = []
        for index, turn in enumerate(request.turns):
            pieces: list[tuple[str, int | None]] = []
            end = 0
            for start, stop, number in sorted(marks.get(index, [])):
                pieces += [(turn[end:start], None), (turn[start:stop], number)]
                end = stop
            turns.append([*pieces, (turn[end:], None)])
        whole = {
            number
            for number, call in enumerate(request.calls)
            if call.span is None and call.argument
        }
        return cls(request.kinds, turns, list(request.calls), request.reply, whole)

    def done(self, source: str = "") -> Request:
        """The request that the draft spells."""
        texts, spans = [], {}
        for index, pieces in enumerate(self.turns):
            text = ""
            for words, number in pieces:
                if number is not None:
                    spans[number] = (index, len(text), len(text) + len(words))
                text += words
            texts.append(text)
        calls = []
        for number, call in enumerate(self.calls):
            span = spans.get(number)
            argument = ""
            if span is not None:
                argument = texts[span[0]][span[1] : span[2]]
            elif number in self.whole:
                argument = texts[-1]
            calls.append(replace(call, span=span, argument=argument))
        return Request(
            kinds=self.kinds,
            turns=tuple(texts),
            calls=tuple(calls),
            reply=self.reply,
            source=source,
        )


def add_chatter(request: Request, rng: Random) -> Request:
    """A greeting before, a plea after, or a long aside, which then is left out of the argument."""
    draft = Draft.of(request)
    last = draft.turns[-1]
    if rng.random() < 0.2:
        _mark_whole(draft)
        aside, after = rng.choice(_ASIDES), rng.random() < 0.2
        last = draft.turns[-1]
        draft.turns[-1] = [*last, (" " + aside, None)] if after else [(aside + " ", None), *last]
        return draft.done(request.source)
    if rng.random() < 0.7:
        last = [(rng.choice(_OPENERS) + " ", None), *last]
    if rng.random() < 0.5:
        last = [*last, (" " + rng.choice(_CLOSERS), None)]
    draft.turns[-1] = last
    return draft.done(request.source)


def add_typing(request: Request, rng: Random, rate: float = 0.08) -> Request:
    """Typing errors, shorthand and lost punctuation in the user's turns."""
    draft = Draft.of(request)
    bare = rng.random() < 0.5
    for index in range(0, len(draft.turns), 2):
        pieces = []
        for words, number in draft.turns[index]:
            text = " ".join(_mistype(word, rng, rate) for word in words.split(" "))
            if bare:
                text = "".join(c for c in text if c not in ",.!?;:'’\"-")
            pieces.append((text if text.strip() or not words.strip() else words, number))
        draft.turns[index] = pieces
    texts = ["".join(words for words, _ in pieces) for pieces in draft.turns]
    return draft.done(request.source) if all(text.strip() for text in texts) else request


def _mistype(word: str, rng: Random, rate: float) -> str:
    if rng.random() > rate or len(word) < 2:
        return word
    low = word.lower()
    if low in _SHORT and rng.random() < 0.5:
        return _SHORT[low]
    i = rng.randrange(len(word))
    match rng.randrange(4):
        case 0:
            return word[:i] + word[i + 1 :]
        case 1:
            return word[:i] + word[i] + word[i:]
        case 2 if i + 1 < len(word):
            return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        case _:
            near = _NEAR.get(word[i].lower(), "")
            return word[:i] + rng.choice(near) + word[i + 1 :] if near else word


def _mark_whole(draft: Draft) -> None:
    """Mark the whole last turn of a single call, so that words can be put around it."""
    if len(draft.calls) == 1 and 0 in draft.whole:
        draft.turns[-1] = [("".join(words for words, _ in draft.turns[-1]), 0)]
        draft.whole.clear()


def joinable(request: Request) -> bool:
    """Whether a request has one call and a last turn short enough to be joined to another.

    A bare name is not: "the red cube" and "the ball" make one request to be shown both.
    """
    return (
        len(request.calls) == 1
        and (request.calls[0].tool != "ground" or request.calls[0].span is not None)
        and len(request.kinds) <= 1
        and len(request.turns[-1].split()) <= 14
        and request.turns[-1].count(".") + request.turns[-1].count("?") <= 1
    )


def join(requests: Sequence[Request], rng: Random) -> Request | None:
    """Two or three requests in one turn, run in this order; None where they do not fit together.

    The first may have earlier turns; the others stand alone. Requests on different attachments
    are joined where there are two.
    """
    kinds, picks = _joined_kinds(requests, rng)
    if kinds is None or any(len(request.turns) > 1 for request in requests[1:]):
        return None
    parts: list[list[tuple[str, int | None]]] = []
    earlier: list[list[tuple[str, int | None]]] = []
    for offset, request in enumerate(requests):
        draft = Draft.of(request)
        _mark_whole(draft)
        turns = [
            [(words, None if number is None else offset) for words, number in turn]
            for turn in draft.turns
        ]
        earlier += turns[:-1]
        parts.append(_trimmed(turns[-1], rng))
    patterns = _THREE
    if len(requests) == 2:
        patterns = rng.choices((_JOINS, _COMMAS, _REVERSED), (0.62, 0.28, 0.1))[0]
    pattern = rng.choice(patterns)
    last: list[tuple[str, int | None]] = []
    while pattern:
        if pattern[0] == "{":
            last += parts[int(pattern[1])]
            pattern = pattern[3:]
        else:
            last.append((pattern[0], None))
            pattern = pattern[1:]
    calls = [replace(r.calls[0], picks=p) for r, p in zip(requests, picks, strict=True)]
    return Draft(kinds, [*earlier, last], calls).done("+".join(r.source for r in requests))


def _trimmed(pieces: list[tuple[str, int | None]], rng: Random) -> list[tuple[str, int | None]]:
    """Without the full stop at the end, and mostly without a capital at the start."""
    pieces = [piece for piece in pieces if piece[0]]
    words, number = pieces[-1]
    pieces[-1] = (words.rstrip(" .!?,;") or words, number)
    words, number = pieces[0]
    if rng.random() < 0.7 and words[1:2].islower():
        pieces[0] = (words[0].lower() + words[1:], number)
    return pieces


def _joined_kinds(
    requests: Sequence[Request], rng: Random
) -> tuple[tuple[str, ...] | None, list[tuple[int, ...] | None]]:
    """The attachments that joined requests share, and the picks of each request's call."""
    newest: list[tuple[int, ...] | None] = [None] * len(requests)
    # What is searched or remembered needs nothing in view.
    seen = list(dict.fromkeys(request.kinds for request in requests if request.kinds))
    if len(seen) < 2:
        return (seen[0] if seen else ()), newest
    if len(requests) > 2 or len(requests[0].turns) > 1:
        return None, newest
    if rng.random() < 0.5:
        return seen[0] + seen[1], [(1,), None]
    return seen[1] + seen[0], [None, (1,)]


def reword(
    request: Request, rng: Random, names: Sequence[str], questions: Sequence[str]
) -> Request:
    """The same frame about other things: marked words of `ground` and `vqa` calls replaced.

    Args:
        names: of things in a picture.
        questions: about a picture.
    """
    draft = Draft.of(request)
    stock = {"ground": names, "vqa": questions}
    draft.turns = [
        [
            (words, number)
            if number is None or draft.calls[number].tool not in stock
            else (rng.choice(stock[draft.calls[number].tool]).rstrip(" .!?,;"), number)
            for words, number in turn
        ]
        for turn in draft.turns
    ]
    return draft.done(request.source)


def add_history(request: Request, pair: tuple[str, str]) -> Request:
    """An earlier turn of the user and its answer, before the talk."""
    draft = Draft.of(request)
    draft.turns[:0] = [[(text, None)] for text in pair]
    return draft.done(request.source)


def add_attachment(request: Request, kind: str) -> Request:
    """One more attachment, older than all others; picks by number move up."""
    calls = tuple(
        call if call.picks is None else replace(call, picks=tuple(p + 1 for p in call.picks))
        for call in request.calls
    )
    return replace(request, kinds=(kind, *request.kinds), calls=calls)


def first_pairs(requests: Sequence[Request]) -> dict[tuple[str, ...], list[tuple[str, str]]]:
    """Opening turns and their answers, by attachments: stock for `add_history`."""
    pairs: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for request in requests:
        if len(request.turns) > 1:
            pairs.setdefault(request.kinds, []).append((request.turns[0], request.turns[1]))
    return pairs
