"""Weighing answers to one question about several files: one sentence, with each file's figure."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ...models.common.values import CURRENCY
from ...tools.base import joined
from ...tools.results import Evidence
from ...tools.values import comparable
from ..planning import Comparison
from ..reply import Claim
from ..turn import Check, Outcome

SAME = "same"


def weighed(
    comparison: Comparison,
    outcomes: Sequence[Outcome],
    checks: Sequence[Check | None],
    names: Sequence[str],
) -> tuple[str, Claim] | None:
    """The short answer and the sentence of a comparison; None where a figure is missing.

    Args:
        outcomes, checks, names: of each call compared: what came of it, whether another route
            agreed, and what its file is called ("the first picture").

    Returns:
        `yes` or `no`; the name of the file that is meant, or `same`; the difference, as a figure
        or in days; or the sum.
    """
    values: list[Any] = []
    for outcome in outcomes:
        answer = outcome.result.answer if outcome.result else None
        value = comparable(answer) if answer and answer != "none" else None
        if value is None:
            return None
        values.append(value)
    if len({isinstance(value, date) for value in values}) > 1:
        return None
    if comparison.asks == "sum" and isinstance(values[0], date):
        return None
    said = [str(outcome.result.answer) for outcome in outcomes if outcome.result]
    if comparison.asks == "sum" and len(_currencies(said)) > 1:
        return None
    if outcomes[0].call.tool != "document_qa":
        said[0] = f"{said[0]} {comparison.noun}"
    each = _each(comparison.noun, outcomes[0].call.tool, said, names)
    answer, text = _told(comparison, values, said, each, names)
    evidence: list[Evidence] = [e for o in outcomes if o.result for e in o.result.evidence]
    sure = all(check is not None and check.status == "verified" for check in checks)
    return answer, Claim(text=text, evidence=evidence, status="verified" if sure else "unverified")


def _currencies(said: Sequence[str]) -> set[str]:
    return {sign.upper() for text in said for sign in re.findall(CURRENCY, text, re.IGNORECASE)}


def _told(
    comparison: Comparison,
    values: Sequence[Any],
    said: Sequence[str],
    each: str,
    names: Sequence[str],
) -> tuple[str, str]:
    if comparison.asks == "sum":
        total = f"{sum(values):f}"
        return total, f"{total} together: {each}."
    alike = all(value == values[0] for value in values)
    if comparison.asks == "which":
        if alike:
            return SAME, f"Neither, they are the same: {each}."
        best = min(values) if comparison.order == "less" else max(values)
        winners = [name for name, value in zip(names, values, strict=True) if value == best]
        short = joined([name.removeprefix("the ") for name in winners])
        told = dict(zip(names, said, strict=True))
        rest = joined(
            [f"{figure} for {name}" for name, figure in told.items() if name not in winners]
        )
        return short, f"{_capital(joined(winners))}: {told[winners[0]]}, against {rest}."
    apart = _apart(values[0], values[1])
    if comparison.asks == "difference":
        return apart, f"{'There is no difference' if alike else f'By {apart}'}: {each}."
    first, second = values[0], values[1]
    holds = {"more": first > second, "less": first < second}.get(comparison.order, alike)
    yes = "Yes" if holds else "No"
    if alike:
        return yes.lower(), f"{yes}, {each}: the same."
    dated = isinstance(first, date)
    more, less = ("later", "earlier") if dated else ("more", "less")
    if not dated and first == int(first) and comparison.noun.endswith("s"):
        less = "fewer"
    return yes.lower(), f"{yes}, {each}: {apart} {more if first > second else less}."


def _each(noun: str, tool: str, said: Sequence[str], names: Sequence[str]) -> str:
    """ "the first picture has 4 cubes and the second picture 1"; of pages, "the total is ..."."""
    if tool == "document_qa":
        return f"the {noun} is {joined([f'{a} on {n}' for a, n in zip(said, names, strict=True)])}"
    others = [f"{name} {a}" for a, name in zip(said[1:], names[1:], strict=True)]
    return joined([f"{names[0]} has {said[0]}", *others])


def _apart(first: Any, second: Any) -> str:
    """How far two values lie apart: "3", "12.40", "9 days"."""
    if isinstance(first, date) and isinstance(second, date):
        days = abs((first - second).days)
        return f"{days} day{'s' if days != 1 else ''}"
    away: Decimal = abs(first - second)
    return f"{away:f}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
