"""Words for places: relations, superlatives, ordinals, each in many ways.

`wording.py` hands these on; see there for noun phrases.
"""

from random import Random
from typing import Final

from .lexicon import Choice
from .patterns import Pattern

_RELATIONS: Final = {
    "left": Choice.of(
        (
            ("left of", 8),
            ("to the left of", 8),
            ("on the left of", 2.5),
            ("on the left side of", 2.5),
            ("at the left of", 0.5),
            ("at the left side of", 0.3),
            ("to the left side of", 0.5),
            ("on the left-hand side of", 0.8),
            ("on the left hand side of", 0.5),
            ("further left than", 0.8),
            ("farther left than", 0.4),
            ("further to the left than", 0.5),
            ("more to the left than", 0.3),
            ("left to", 0.3),
            ("leftward of", 0.1),
            ("left from", 0.3),
            ("at left of", 0.2),
            ("to left of", 0.3),
            ("in the left of", 0.2),
            ("left side of", 0.2),
            ("west of", 0.1),
            ("lefter than", 0.05),
        )
    ),
    "right": Choice.of(
        (
            ("right of", 8),
            ("to the right of", 8),
            ("on the right of", 2.5),
            ("on the right side of", 2.5),
            ("at the right of", 0.5),
            ("at the right side of", 0.3),
            ("to the right side of", 0.5),
            ("on the right-hand side of", 0.8),
            ("on the right hand side of", 0.5),
            ("further right than", 0.8),
            ("farther right than", 0.4),
            ("further to the right than", 0.5),
            ("more to the right than", 0.3),
            ("right to", 0.3),
            ("rightward of", 0.1),
            ("right from", 0.3),
            ("at right of", 0.2),
            ("to right of", 0.3),
            ("in the right of", 0.2),
            ("right side of", 0.2),
            ("east of", 0.1),
        )
    ),
    "front": Choice.of(
        (
            ("in front of", 16),
            ("before", 0.8),
            ("closer to the camera than", 1.5),
            ("closer to the viewer than", 0.6),
            ("nearer to the camera than", 0.5),
            ("nearer the camera than", 0.3),
            ("closer to us than", 0.5),
            ("closer to me than", 0.4),
            ("nearer than", 0.4),
            ("closer than", 0.4),
            ("ahead of", 0.6),
            ("infront of", 0.6),
            ("at the front of", 0.4),
            ("to the front of", 0.4),
            ("further forward than", 0.3),
            ("on the front side of", 0.3),
            ("in the front of", 0.4),
            ("front of", 0.3),
            ("nearer to us than", 0.3),
            ("nearer to me than", 0.3),
            ("nearer to the viewer than", 0.3),
            ("closer to the front than", 0.3),
            ("in front to", 0.1),
            ("to the fore of", 0.05),
        )
    ),
    "behind": Choice.of(
        (
            ("behind", 16),
            ("in back of", 0.8),
            ("at the back of", 0.6),
            ("in the back of", 0.4),
            ("to the back of", 0.3),
            ("at the rear of", 0.6),
            ("further away than", 0.8),
            ("farther away than", 0.6),
            ("further from the camera than", 0.6),
            ("farther from the camera than", 0.6),
            ("further back than", 0.7),
            ("farther back than", 0.5),
            ("beyond", 0.4),
            ("on the back side of", 0.2),
            ("behind of", 0.2),
            ("back of", 0.2),
            ("at back of", 0.15),
            ("past", 0.3),
            ("closer to the back than", 0.2),
            ("more distant than", 0.3),
            ("farther from us than", 0.3),
            ("further from me than", 0.3),
            ("further than", 0.2),
            ("farther than", 0.2),
            ("to the rear of", 0.3),
            ("in the rear of", 0.2),
            ("in behind", 0.1),
        )
    ),
}

_BEFORE_NOUN: Final = {
    "left": Choice.of(
        (
            ("leftmost", 6),
            ("left-most", 1),
            ("furthest left", 1),
            ("farthest left", 0.8),
            ("far left", 0.8),
            ("left most", 0.5),
            ("left", 0.8),
            ("most left", 0.2),
        )
    ),
    "right": Choice.of(
        (
            ("rightmost", 6),
            ("right-most", 1),
            ("furthest right", 1),
            ("farthest right", 0.8),
            ("far right", 0.8),
            ("right most", 0.5),
            ("right", 0.5),
            ("right-hand", 0.3),
        )
    ),
    "front": Choice.of(
        (
            ("frontmost", 4),
            ("front-most", 1),
            ("closest", 3),
            ("nearest", 2.5),
            ("foremost", 0.8),
            ("front", 0.8),
        )
    ),
    "behind": Choice.of(
        (
            ("rearmost", 2),
            ("backmost", 1.5),
            ("farthest", 2.5),
            ("furthest", 2.5),
            ("most distant", 0.7),
            ("hindmost", 0.3),
            ("back", 0.5),
            ("rear", 0.4),
            ("furthest away", 0.3),
        )
    ),
}

_AFTER_NOUN: Final = {
    "left": Pattern(
        "[[furthest|farthest] [to the|] left|[that is|that's|which is|] [the|] [furthest|farthest]"
        " [to the|on the|] left|on the far left|at the far left|on the far left side|most to the"
        " left|all the way [on|to] the left|at the left end|on the extreme left|at the very left"
        "|on the left edge]"
    ),
    "right": Pattern(
        "[[furthest|farthest] [to the|] right|[that is|that's|which is|] [the|] [furthest"
        "|farthest] [to the|on the|] right|on the far right|at the far right|on the far right side"
        "|most to the right|all the way [on|to] the right|at the right end|on the extreme right"
        "|at the very right|on the right edge]"
    ),
    "front": Pattern(
        "[[closest|nearest] to the [camera|camera|viewer|observer|front]|[that is|that's|which is]"
        " [the|] [closest|nearest] to [the camera|us|me|you|the viewer]|nearest the camera"
        "|[closest|nearest] to [us|me|you]|at the very front|in the very front|right at the front"
        "|all the way [in|at the] front|furthest forward|up front]"
    ),
    "behind": Pattern(
        "[[furthest|farthest] [away|back|away from the camera|away from us|from the camera|from us"
        "|from me|from the viewer|to the back]|[that is|that's|which is] [the|] [furthest|farthest]"
        " [away|back|from the camera]|at the very back|in the very back|in the far back|all the"
        " way [in|at] the back|right at the back|most distant [from the camera|]|way [at|in] the"
        " back]"
    ),
}
# Of one thing these say that it is the leftmost, ...; of several, only where they are.
_LOOSELY: Final = {
    "left": Pattern("[on the left|on the left|on the left side|to the left|at left]"),
    "right": Pattern("[on the right|on the right|on the right side|to the right|at right]"),
    "front": Pattern("[at the front|in the front|in front|in the foreground]"),
    "behind": Pattern("[at the back|in the back|at the rear|in the background]"),
}

_RANKS: Final = (("", ""), ("first", "1st"), ("second", "2nd"), ("third", "3rd"))
_HIGH_RANKS: Final = {4: ("fourth", "4th"), 5: ("fifth", "5th")}
_ENDS: Final = {
    "left": Pattern("[from|from|from|from|counting from|on] the left[ side|||||]"),
    "right": Pattern("[from|from|from|from|counting from|on] the right[ side|||||]"),
    "front": Pattern("[from the front|from the front|counting from the front]"),
    "behind": Pattern(
        "[from the back|from the back|from the rear|from behind|counting from the back]"
    ),
}


def relation(rng: Random, direction: str) -> str:
    """A phrase that takes a noun phrase after it: "to the left of", "in front of"."""
    return _RELATIONS[direction].draw(rng)


def superlative(rng: Random, direction: str, phrase: str, before: bool = False) -> str:
    """The phrase (singular, without article) made extreme: "leftmost ball", "ball on the left".

    Args:
        before: the word must stand before the noun, since something follows the phrase.

    Returns:
        A phrase that still wants its article.
    """
    roll = rng.random()
    if not before and roll < 0.05:
        return f"first {phrase} {_ENDS[direction].draw(rng)}"
    if before or roll < 0.52:
        return f"{_BEFORE_NOUN[direction].draw(rng)} {phrase}"
    table = _LOOSELY if roll < 0.58 else _AFTER_NOUN
    return f"{phrase} {table[direction].draw(rng)}"


def superlative_predicate(rng: Random, direction: str) -> str:
    """What follows "is": "the leftmost", "furthest to the left", "on the far left"."""
    if rng.random() < 0.35:
        word = _BEFORE_NOUN[direction].draw(rng)
        if rng.random() < 0.8:
            return f"the {word}"
        return f"the {word} one"
    return superlative_after(rng, direction)


def superlative_after(rng: Random, direction: str) -> str:
    """What follows a noun, bare: "on the far left", "closest to us"."""
    text = _AFTER_NOUN[direction].draw(rng)
    for that in ("that is ", "that's ", "which is "):
        text = text.removeprefix(that)
    return text


def ordinal_after(rng: Random, rank: int, direction: str) -> str:
    """ "second from the left", "third counting from the front": follows "is"."""
    words = _HIGH_RANKS[rank] if rank > 3 else _RANKS[rank]
    the = "the " if rng.random() < 0.25 else ""
    return f"{the}{words[rng.random() < 0.25]} {_ENDS[direction].draw(rng)}"


def ordinal_phrase(rng: Random, rank: int, direction: str, phrase: str) -> str:
    """ "second ball from the left", "ball third from the front"; wants its article."""
    words = _HIGH_RANKS[rank] if rank > 3 else _RANKS[rank]
    word = words[rng.random() < 0.25]
    end = _ENDS[direction].draw(rng)
    roll = rng.random()
    if roll < 0.6:
        return f"{word} {phrase} {end}"
    if roll < 0.8:
        that = ("", "that is ", "that's ", "which is ")[int(rng.random() * 4)]
        return f"{phrase} {that}{word} {end}"
    if direction in ("left", "right"):
        edge = ("most", "-most", " most")[int(rng.random() * 3)]
        return f"{word} {direction}{edge} {phrase}"
    if direction == "front":
        near = ("closest", "nearest")[rng.random() < 0.4]
        tail = ("", " to the camera", " to us")[int(rng.random() * 3)]
        return f"{word} {near} {phrase}{tail}"
    far = ("farthest", "furthest")[rng.random() < 0.5]
    tail = ("", " away", " from the camera")[int(rng.random() * 3)]
    return f"{word} {far} {phrase}{tail}"
