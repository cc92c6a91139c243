"""Shares of what is right, by group, with intervals."""

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any


def share(values: Iterable[bool | float]) -> float:
    """The mean of `values`; 0 of none."""
    known = [float(value) for value in values]
    return sum(known) / len(known) if known else 0.0


def wilson_interval(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95% interval of a share of `n` (Wilson 1927); (0, 1) of none."""
    if n == 0:
        return (0.0, 1.0)
    p = right / n
    middle = p + z * z / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return (max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))


def share_by(
    records: Sequence[Mapping[str, Any]],
    group: Callable[[Mapping[str, Any]], Hashable],
    right: str = "right",
) -> dict[str, float]:
    """`share` of the flag `right` within each group, sorted by the group's name."""
    members: dict[str, list[bool]] = {}
    for record in records:
        members.setdefault(str(group(record)), []).append(bool(record[right]))
    return {name: round(share(members[name]), 4) for name in sorted(members)}


def accuracy(records: Sequence[Mapping[str, Any]], right: str = "right") -> dict[str, Any]:
    """`accuracy` and its `interval` over records with the flag `right`."""
    hits = sum(bool(record[right]) for record in records)
    low, high = wilson_interval(hits, len(records))
    return {
        "accuracy": round(hits / len(records), 4) if records else 0.0,
        "interval": [round(low, 4), round(high, 4)],
    }


def same_answer(given: str | None, truth: str) -> bool:
    """Whether two short answers agree; lists agree in any order."""
    if given is None:
        return False

    def parts(text: str) -> list[str]:
        return sorted(" ".join(part.lower().split()) for part in text.split(","))

    return parts(given) == parts(truth)


def premise_shares(
    records: Sequence[Mapping[str, Any]],
) -> dict[str, float]:
    """False premises recognised, and not claimed where there are none.

    Args:
        records: with `premise` (the truth, `holds` or what is wrong), `answer` (the truth) and
            `given`. A true answer `none` ("nothing is red") is no claim of a false premise.
    """
    wrong = [r for r in records if r["premise"] != "holds"]
    sound = [r for r in records if r["premise"] == "holds" and r["answer"] != "none"]
    return {
        "premise_recall": round(share(r["given"] == "none" for r in wrong), 4),
        "premise_not_claimed": round(share(r["given"] != "none" for r in sound), 4),
        "false_premises": float(len(wrong)),
    }
