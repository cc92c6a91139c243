"""Words of captions and what they mean, for the reader: the lexicon turned round."""

import re
from typing import Final

from .lexicon import ADJECTIVES as _ADJECTIVES
from .lexicon import NOUNS, NUMBER_WORDS

_TOKEN: Final = re.compile(r"[a-z0-9'-]+|[,:;.!?]")


def _adjectives() -> dict[str, str]:
    table = {}
    for value, words in _ADJECTIVES.items():
        for entry in words:
            word = entry if isinstance(entry, str) else entry[0]
            if not word.startswith(("a ", "an ")):
                table[word] = value
    return table


# Word or phrase -> attribute value.
ADJECTIVES: Final = _adjectives()
# Noun -> shape, "" for any object.
SINGULARS: Final = {form[0]: shape for shape, forms in NOUNS.items() for form in forms}
PLURALS: Final = {
    form[1]: shape for shape, forms in NOUNS.items() for form in forms if form[0] != form[1]
}
NUMBERS: Final[dict[str, int]] = {
    **{word: i for i, word in enumerate(NUMBER_WORDS)},
    **{str(i): i for i in range(11)},
}
VERBS: Final = ("is", "are", "stands", "stand", "sits", "sit", "lies", "lie", "is standing")
RELATIONS: Final = {
    "to the left of": "left",
    "left of": "left",
    "on the left of": "left",
    "on the left side of": "left",
    "to the right of": "right",
    "right of": "right",
    "on the right of": "right",
    "on the right side of": "right",
    "in front of": "front",
    "closer to the camera than": "front",
    "behind": "behind",
    "farther away than": "behind",
    "further back than": "behind",
}
EXTREMES_BEFORE: Final = {
    "leftmost": "left",
    "rightmost": "right",
    "frontmost": "front",
    "closest": "front",
    "nearest": "front",
    "rearmost": "behind",
    "farthest": "behind",
    "furthest": "behind",
}
EXTREMES_AFTER: Final = {
    "furthest to the left": "left",
    "furthest left": "left",
    "furthest to the right": "right",
    "furthest right": "right",
    "closest to the camera": "front",
    "nearest to the camera": "front",
    "farthest from the camera": "behind",
    "furthest from the camera": "behind",
    "furthest back": "behind",
    "furthest away": "behind",
    "farthest away": "behind",
}
# The 3 x 3 grid of the picture, back row first.
ROWS: Final = {"back": 0, "background": 0, "rear": 0, "front": 2, "foreground": 2}
COLUMNS: Final = {"left": 0, "middle": 1, "center": 1, "centre": 1, "right": 2}
PLACE_GLUE: Final = frozenset(
    ("at", "in", "on", "to", "near", "the", "side", "corner", "of", "part", "far")
)


def split_sentences(text: str) -> list[list[str]]:
    """Lower-case tokens of each sentence, without its end mark."""
    sentences: list[list[str]] = [[]]
    for token in _TOKEN.findall(text.lower()):
        if token in ".!?;":
            sentences.append([])
        else:
            sentences[-1].append(token)
    return [tokens for tokens in sentences if tokens]
