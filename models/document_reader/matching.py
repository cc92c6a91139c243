"""Names that people say against names that are printed; ordinals; which words of a question name
a thing."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np

from .features import content_words, trigram_rows
from .labels import letters
from .processor import QuestionInputs

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_LONG = 5


def likeness(name: str, printed: str) -> float:
    """How like a printed text is to a name that is part of it, in [0, 1]; slips are forgiven."""
    wanted, there = letters(name), letters(printed)
    if not wanted or not there:
        return 0.0
    if wanted == there or (len(wanted) >= _LONG and wanted in there):
        return 1.0
    said, words = content_words(name), re.findall(r"[^\W_]+(?:[.,:][^\W_]+)*", printed.lower())
    if not said or not words:
        return 0.0
    alike = (trigram_rows(said) @ trigram_rows(words).T).max(1)
    size = np.array([len(word) for word in said], float)
    by_word = float((alike * size).sum() / size.sum())
    if len(said) < 2:
        return by_word
    # Names of several words may be printed without the spaces between.
    block = SequenceMatcher(None, there, wanted, autojunk=False).find_longest_match()
    return max(by_word, 0.95 * block.size / len(wanted) if block.size >= _LONG else 0.0)


def best_match(name: str, printed: Sequence[str]) -> tuple[int, float]:
    """The printed text most like a name, and how like; (-1, 0) where there are none."""
    if not printed:
        return -1, 0.0
    stream = letters(name)
    scored = [
        # Of equals the one with the least besides.
        (likeness(name, text), SequenceMatcher(None, stream, letters(text)).ratio(), -place)
        for place, text in enumerate(printed)
    ]
    score, _, place = max(scored)
    return -place, score


def marked_names(question: QuestionInputs, marks: Sequence[int]) -> list[str]:
    """The names that marks (0 outside, 1 begins, 2 goes on) cut out of a question."""
    spans: list[list[int]] = []
    for (start, end), mark in zip(question.offsets, marks, strict=True):
        if mark == 1 or (mark == 2 and not spans):
            spans.append([start, end])
        elif mark == 2 and start - spans[-1][1] <= 2:
            spans[-1][1] = end
        elif mark == 2:
            spans.append([start, end])
    return [question.text[start:end] for start, end in spans]


def ordinal(question: str) -> int | None:
    """The place that a question speaks of: 0 for the first, -1 for the last, None for none."""
    low = question.lower()
    for place, word in enumerate(_ORDINALS):
        if re.search(rf"\b{word}\b", low):
            return place
    if re.search(r"\blast\b", low):
        return -1
    match = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", low)
    if match and int(match[1]) > 0:
        return int(match[1]) - 1
    misspelt = [
        (SequenceMatcher(None, word, known).ratio(), place)
        for word in re.findall(r"[a-z]{4,}", low)
        for place, known in enumerate(_ORDINALS)
    ]
    alike, place = max(misspelt, default=(0.0, 0))
    return place if alike > 0.75 else None
