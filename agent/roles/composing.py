"""Composing the reply of a plan: what each call came to, in the order it was asked for.

What stands in for a call is told where the call would stand; answers that are weighed against each
other become one sentence; and where several files are in play each sentence says which it is about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ...tools.results import Region, ToolError
from ..planning import Comparison, Plan
from ..reply import Claim
from ..turn import Check, Outcome, TurnContext
from .weighing import weighed

_ORDER = ("first", "second", "third", "fourth", "fifth", "sixth")
UNWEIGHED = "So I can't compare them."
UNADDED = "So I can't add them up."
Claims = Callable[[Outcome, Check | None], list[Claim]]


@dataclass(frozen=True, kw_only=True)
class Part:
    """What is said of one call, or of a comparison."""

    text: str
    claims: tuple[Claim, ...] = ()
    answer: str | None = None


def parts_of(
    turn: TurnContext,
    plan: Plan,
    outcomes: Mapping[int, Outcome],
    checks: Mapping[int, Check],
    claims_of: Claims,
) -> list[Part]:
    """What is said, part by part."""
    calls = plan.calls
    weighing = {i: each for each in plan.comparisons for i in each.calls}
    about = {turn_root(turn, o.artifact) for o in outcomes.values() if o.artifact}
    compared = {id(each): _weighed(turn, each, outcomes, checks) for each in plan.comparisons}
    seconds = {c.instead_of: i for i, c in enumerate(calls) if c.instead_of is not None}
    parts: list[Part] = []
    for index in sorted(outcomes, key=lambda i: (_place(calls[i].instead_of, i), i)):
        outcome, first = outcomes[index], calls[index].instead_of
        second = outcomes.get(seconds.get(index, -1))
        if second is not None and (second.result is not None or not outcome.problem):
            # Its place is taken; where that was a second try, why the first one failed is said.
            parts += [Part(text=outcome.problem)] if outcome.problem else []
            continue
        if first is not None and outcome.result is None and outcomes[first].problem:
            continue  # the first try has said why
        if index in weighing:
            part = compared[id(weighing[index])]
            if part is not None:
                parts += [part] if index == weighing[index].calls[0] else []
                continue
        claims = tuple(claims_of(outcome, checks.get(index)))
        text = " ".join(claim.text for claim in claims) or outcome.problem
        if text and outcome.artifact:
            text = f"{_which(turn, outcome, len(about) > 1)}{text}"
        result = outcome.result
        parts.append(Part(text=text, claims=claims, answer=result.answer if result else None))
        if index in weighing and index == weighing[index].calls[-1]:
            parts.append(Part(text=UNADDED if weighing[index].asks == "sum" else UNWEIGHED))
    return parts


def turn_root(turn: TurnContext, artifact: str) -> str:
    """The file in view that an artifact was made from in this turn; itself where it is in view."""
    known = {each.id for each in turn.attachments}
    while artifact not in known:
        try:
            parent = turn.tool_context.store.get(artifact).parent
        except ToolError:
            return artifact
        if not parent:
            return artifact
        artifact = parent
    return artifact


def name_of(turn: TurnContext, artifact: str) -> str:
    """What people call a file: "the first picture", or its name where it is none in view."""
    for number, each in enumerate(turn.attachments[: len(_ORDER)]):
        if each.id == artifact:
            kind = "document" if each.domain == "document" else "picture"
            return f"the {_ORDER[number]} {'clip' if each.kind == 'video' else kind}"
    try:
        return turn.tool_context.store.get(artifact).name
    except ToolError:
        return "this one"


def _which(turn: TurnContext, outcome: Outcome, several: bool) -> str:
    """Which file a sentence is about, where that needs saying."""
    root = turn_root(turn, outcome.artifact)
    name = name_of(turn, root)
    changes = turn.tools[outcome.call.tool].changes
    if root != outcome.artifact and not changes:
        return f"In the changed picture ({name}): " if several else "In the changed picture: "
    if not several:
        return ""
    return f"{name.removeprefix('the ').capitalize() if name.startswith('the ') else name}: "


def _weighed(
    turn: TurnContext,
    comparison: Comparison,
    outcomes: Mapping[int, Outcome],
    checks: Mapping[int, Check],
) -> Part | None:
    """The comparison as a part, and as a step; None where it cannot be made."""
    held = [outcomes[i] for i in comparison.calls if i in outcomes]
    if len(held) < len(comparison.calls):
        return None
    names = [name_of(turn, outcome.artifact) for outcome in held]
    if len(set(names)) == 1:
        names = [_page_of(outcome, name) for outcome, name in zip(held, names, strict=True)]
    args = {"calls": list(comparison.calls), "asks": comparison.asks, "noun": comparison.noun}
    with turn.step("writer", "compare", args) as step:
        found = weighed(comparison, held, [checks.get(i) for i in comparison.calls], names)
        step.ok = found is not None
    if found is None:
        return None
    return Part(text=found[1].text, claims=(found[1],), answer=found[0])


def _page_of(outcome: Outcome, name: str) -> str:
    """The page that an answer was read on, where one file is held against itself."""
    evidence = outcome.result.evidence if outcome.result else ()
    pages = sorted({each.page for each in evidence if isinstance(each, Region)})
    return f"page {pages[0]}" if pages else name


def _place(instead_of: int | None, index: int) -> int:
    return index if instead_of is None else instead_of
