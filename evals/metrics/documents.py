"""Metrics of document reading: pure functions of strings.

ANLS is the DocVQA measure (Biten et al., "Scene Text Visual Question Answering", 2019). Entity F1
is that of the SROIE competition's third task (Huang et al., 2019): an entity counts when its whole
string is right. Strings are compared `strict` (upper case, white space collapsed) or, as the
headline figure, `normalised`: letters and digits alone for names, addresses and dates, the number
for a total, so that a space or a comma that OCR lost is no error.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

ANLS_THRESHOLD = 0.5
Normaliser = Callable[[str, str], str]


def edit_distance(one: str, other: str) -> int:
    """Levenshtein distance: insertions, deletions and substitutions of characters."""
    if len(one) < len(other):
        one, other = other, one
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


def similarity(given: str, truth: str) -> float:
    """One less the edit distance over the longer length, case and white space aside; in [0, 1]."""
    a, b = (" ".join(text.lower().split()) for text in (given, truth))
    if not a and not b:
        return 1.0
    return 1 - edit_distance(a, b) / max(len(a), len(b))


def anls(given: Sequence[str], truths: Sequence[Sequence[str]]) -> float:
    """Average normalised Levenshtein similarity.

    Args:
        given: one answer per question.
        truths: accepted answers per question; the nearest counts, below 0.5 alike counts zero.

    Returns:
        The mean in [0, 1]; 0 for no questions.
    """
    if not given:
        return 0.0
    total = 0.0
    for answer, accepted in zip(given, truths, strict=True):
        best = max((similarity(answer, truth) for truth in accepted), default=0.0)
        total += best if best >= ANLS_THRESHOLD else 0.0
    return total / len(given)


def strict(key: str, text: str) -> str:
    """Upper case with single spaces."""
    return " ".join(text.upper().split())


def normalised(key: str, text: str) -> str:
    """What an entity says, apart from how it is set; see the module's docstring."""
    if key == "total":
        figure = re.sub(r"[^\d.\-]", "", text.replace(",", "") if "." in text else text)
        try:
            return str(Decimal(figure).normalize())
        except InvalidOperation:
            return figure
    return "".join(c for c in text.casefold() if c.isalnum())


def entity_f1(
    given: Sequence[Mapping[str, str]],
    truths: Sequence[Mapping[str, str]],
    normalise: Normaliser = normalised,
) -> dict[str, float]:
    """Precision, recall and F1 over all entities of all documents.

    Args:
        given: per document, field -> text; a field left out or empty is not predicted.
        truths: per document, field -> text; an empty text is no entity.
        normalise: (field, text) -> what is compared.

    Returns:
        `precision`, `recall`, `f1`, and the recall of each field under `recall_FIELD`.
    """
    predicted = right = wanted = 0
    per_field: dict[str, list[bool]] = {}
    for answer, truth in zip(given, truths, strict=True):
        predicted += sum(bool(text) for text in answer.values())
        for key, text in truth.items():
            if not text:
                continue
            wanted += 1
            hit = bool(answer.get(key)) and normalise(key, answer[key]) == normalise(key, text)
            right += hit
            per_field.setdefault(key, []).append(hit)
    precision = right / predicted if predicted else 0.0
    recall = right / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    fields = {f"recall_{key}": sum(hits) / len(hits) for key, hits in sorted(per_field.items())}
    return {"precision": precision, "recall": recall, "f1": f1, **fields}
