"""A named field on one window: the scorers' choice on receipts, else what the model tagged."""

import numpy as np

from ..tasks import DocumentAnswer
from .answering import absent, said
from .document import Read
from .fields import NAMED, choose_candidate, choose_value, mend_field
from .lexicon import ShopLexicon
from .scorer import FieldScorers
from .windows import Window, span_regions


def read_named(
    window: Window, key: str, scorers: FieldScorers, lexicon: ShopLexicon, least: float
) -> DocumentAnswer:
    """The field `key` (one of `fields.NAMED`) as a window prints it.

    Args:
        scorers: choose on receipts; none for other documents. least: strength from which on a
            tagged word counts.
    """
    facts, page = window.facts, window.inputs
    strengths = [facts.line_strength(tag) for tag in NAMED[key]]
    if key in scorers:
        found = choose_candidate(key, page.lines, strengths[0], scorers, lexicon)
        if found is not None:
            picked, text, probability = found
            return DocumentAnswer(
                text=mend_field(key, text, lexicon),
                confidence=probability,
                found=True,
                regions=span_regions(window, picked),
            )
    # The first tag that is printed at all; others only stand in for it.
    order = next((n for n, each in enumerate(strengths) if max(each) >= least), None)
    if order is None:
        return absent(1 - max(max(each) for each in strengths))
    value = facts.field(NAMED[key][order])
    read = Read(window, value.words, value.strength)
    chosen = choose_value(key, page.lines, page.words, strengths[order])
    if chosen is not None:
        read = Read(window, chosen[0], float(np.clip(chosen[1], 0, 1)))
    answer = said(read, read.strength)
    text = mend_field(key, answer.text, lexicon) if answer.found else answer.text
    return DocumentAnswer(
        text=text, confidence=answer.confidence, found=answer.found, regions=answer.regions
    )
