"""Candidates for the fields of a receipt, described by what stands around them.

Look-alike lines (a subtotal and a total, a logo and the legal name) differ by their neighbours:
the label on the row, what follows, how often a figure recurs, whether the shop is known. Each
candidate gets a feature vector; `scorer.py` chooses among them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..common.values import amounts
from .features import line_features, text_shape
from .labels import letters
from .ocr import TextLine

Likeness = Callable[[str, str], float]
"""(field, text) -> how like the nearest known text it is, in [0, 1]."""

FIELDS = ("company", "address", "total")
_TOP = 26
_LONGEST = 7
_REGISTRATION = re.compile(
    r"\s*(?:[([{]?\s?(?:(?:co|reg|gst|roc|brn|comp\w*)\b[. :]*(?:no|reg\w*)?[. :#]*)?"
    r"[\w.]{0,4}\d{4,}\s?[-–·.]?\s?[A-Z0-9]{0,2}\s?[)\]}]?(?:\s*\([A-Z]{2,5}\))?)\s*$",
    re.I,
)
_ENDS_ADDRESS = re.compile(
    r"\b(?:tel|phone|fax|h/p|gst|reg|roc|invoice|receipt|tax|date|cash|bill|www|e-?mail|co\.? no|"
    r"company no|hotline|time|table|doc)\b|@",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:jalan|jln|lot|no\.?\s?:?\d|taman|tmn|lorong|kuala|lumpur|selangor|johor|bahru|klang|"
    r"kawasan|seksyen|section|bandar|petaling|shah|alam|floor|level|mall|plaza|street|road|"
    r"kepong|cheras|ampang|puchong|subang|perak|penang|sarawak|melaka|wisma|block|blok)\b|\d{5}",
    re.I,
)
_LABELS = (
    r"total", r"grand|nett?\b|final", r"round", r"due|payable|to pay", r"sub", r"tax|gst|sst",
    r"cash|tunai|tender|paid|received", r"change|baki|balance", r"visa|master|card|debit",
    r"disc|saving", r"qty|item|pcs", r"incl", r"excl", r"sales|amount|amt", r"adj",
)  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """One possible value.

    Attributes:
        text: the value. spans: (line, start, end) of its characters. features: (F,).
    """

    text: str
    spans: tuple[tuple[int, int, int], ...]
    features: np.ndarray


def candidates(field: str, lines: Sequence[TextLine], likeness: Likeness) -> list[Candidate]:
    """Candidates for one of `FIELDS` on a page in reading order; may be none."""
    if not lines:
        return []
    shape = line_features(lines)
    if field == "total":
        return _totals(lines, shape)
    if field == "company":
        return _companies(lines, shape, likeness)
    return _addresses(lines, shape, likeness)


def _row(lines: Sequence[TextLine], index: int) -> str:
    """Everything left of a line on its row, and the line itself."""
    box = lines[index].box
    middle, half = (box[1] + box[3]) / 2, 0.45 * (box[3] - box[1])
    row = [
        (other.box[0], other.text)
        for other in lines
        if abs((other.box[1] + other.box[3]) / 2 - middle) < half + 1 and other.box[0] <= box[0]
    ]
    return " ".join(text for _, text in sorted(row))


def _totals(lines: Sequence[TextLine], shape: np.ndarray) -> list[Candidate]:
    found = [
        (index, place)
        for index, line in enumerate(lines)
        for place in amounts(line.text)
        if place[2] > 0
    ]
    rows = {index: _row(lines, index) for index, _ in found}
    flags = {
        index: [float(bool(re.search(label, row, re.I))) for label in _LABELS]
        for index, row in rows.items()
    }
    total = len(found)
    result = []
    for order, (index, (start, end, value)) in enumerate(found):
        # What any mention of the same figure is labelled says as much as its own label.
        same = [flags[i] for i, place in found if place[2] == value]
        above = rows.get(found[order - 1][0], "") if order else ""
        largest = max(place[2] for _, place in found)
        features = np.concatenate(
            [
                shape[index],
                flags[index],
                np.max(same, axis=0),
                [
                    order / max(1, total),
                    float(order == total - 1),
                    float(value / largest),
                    len(same) / 4,
                    float(bool(re.search("total", above, re.I))),
                    float(len(amounts(lines[index].text)) > 1),
                ],
            ]
        )
        spans = ((index, start, end),)
        result.append(Candidate(lines[index].text[start:end], spans, features.astype(np.float32)))
    return result


def without_registration(text: str) -> str:
    """A company's printed name without the registration number behind it."""
    cut = _REGISTRATION.sub("", text)
    return cut if len(letters(cut)) >= 4 else text


def _known(field: str, text: str, likeness: Likeness) -> list[float]:
    alike = likeness(field, text)
    return [alike, float(alike > 0.85), float(alike > 0.93)]


def _companies(lines: Sequence[TextLine], shape: np.ndarray, likeness: Likeness) -> list[Candidate]:
    result = []
    top = min(len(lines), _TOP)
    for first in range(top):
        for last in range(first, min(first + 2, top)):
            taken = lines[first : last + 1]
            if not re.search(r"[A-Za-z]{2}", taken[-1].text):
                continue
            cut = without_registration(taken[-1].text)
            text = " ".join([*(line.text for line in taken[:-1]), cut])
            after = lines[last + 1].text if last + 1 < len(lines) else ""
            before = lines[first - 1].text if first else ""
            features = np.concatenate(
                [
                    shape[first],
                    shape[last] * (last > first),
                    text_shape(after),
                    _known("company", text, likeness),
                    [
                        float(last > first),
                        float(cut != taken[-1].text),
                        float(bool(_REGISTRATION.fullmatch(after))),
                        float(bool(_PLACE.search(after))),
                        float(bool(_PLACE.search(text))),
                        float(bool(_ENDS_ADDRESS.search(text))),
                        float(bool(re.search(r"sdn|bhd|s/b|enterprise|trading", text, re.I))),
                        float(bool(re.search(r"sdn|bhd|s/b|enterprise|trading", after, re.I))),
                        float(bool(re.search(r"sdn|bhd|s/b|enterprise|trading", before, re.I))),
                        float(first == 0),
                        first / 10,
                    ],
                ]
            )
            spans = [(i, 0, len(lines[i].text)) for i in range(first, last)]
            spans.append((last, 0, len(cut)))
            result.append(Candidate(text, tuple(spans), features.astype(np.float32)))
    return result


def _addresses(lines: Sequence[TextLine], shape: np.ndarray, likeness: Likeness) -> list[Candidate]:
    result = []
    top = min(len(lines), _TOP)
    place = [len(_PLACE.findall(line.text)) for line in lines[: top + _LONGEST]]
    ends = [float(bool(_ENDS_ADDRESS.search(line.text))) for line in lines]
    for first in range(top):
        for last in range(first, min(first + _LONGEST, len(lines))):
            inside = range(first, last + 1)
            found = sum(place[i] for i in inside)
            if not found:
                continue
            text = " ".join(lines[i].text for i in inside)
            before = lines[first - 1].text if first else ""
            after = lines[last + 1].text if last + 1 < len(lines) else ""
            features = np.concatenate(
                [
                    shape[first],
                    shape[last],
                    text_shape(before),
                    text_shape(after),
                    _known("address", text, likeness),
                    [
                        (last - first) / 4,
                        found / 6,
                        min(place[i] for i in inside),
                        sum(ends[i] for i in inside),
                        float(bool(_ENDS_ADDRESS.search(after))),
                        float(bool(_PLACE.search(before))),
                        float(bool(_PLACE.search(after))),
                        float(bool(re.search(r"\b\d{5}\b", text))),
                        float(bool(re.search(r"\b\d{5}\b", lines[last].text))),
                        float(bool(re.search(r"sdn|bhd|s/b", text, re.I))),
                        float(bool(re.search(r"sdn|bhd|s/b", before, re.I))),
                        float(bool(_REGISTRATION.fullmatch(before))),
                        float(text.rstrip().endswith(".")),
                        float(text.rstrip().endswith(",")),
                        first / 10,
                    ],
                ]
            )
            spans = tuple((i, 0, len(lines[i].text)) for i in inside)
            result.append(Candidate(text, spans, features.astype(np.float32)))
    return result
