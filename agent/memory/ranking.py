"""What of the past fits a question: meaning, shared words, what pictures show, time and order."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .asking import Ask, terms
from .past import Trace

# A row below all three is about something else (chosen on conversations made by hand).
COSINE_FLOOR: Final = 0.28
_SHARED_FLOOR, _SHOWN_FLOOR = 0.5, 0.5
_ALL, _FACT_SHARED, _FACT_ALONE = 0.99, 0.42, 0.46
# Where the question names a time or a conversation, little else must fit.
_SCOPED_FLOOR: Final = 0.1
_SHARED, _SHOWN, _LIKELY = 0.5, 0.9, 0.35
# Rows this close to the best are all meant where an order is asked for ("the first receipt").
_NEAR_BEST: Final = 0.15
# Facts this close to the best are about the same thing, and the newest of them is true.
_NEWER: Final = 0.1


@dataclass(frozen=True, kw_only=True)
class Found:
    """A trace, and how well it fits, in [0, 1] or so; `shown` is what the album says of it."""

    trace: Trace
    score: float
    shown: float = 0.0


def rank(
    ask: Ask,
    traces: Sequence[Trace],
    cosines: Mapping[str, float],
    kinds_of: Callable[[Trace], frozenset[str]],
    showing: Callable[[str, Sequence[Trace]], Mapping[str, float]],
) -> list[Found]:
    """Traces that fit, best first.

    Args:
        traces: those of the time and the conversation that are asked for.
        cosines: trace id -> cosine of its text and the question's topic.
        kinds_of: what kinds of files the trace is about.
        showing: (topic, traces) -> artifact id -> how surely it shows the topic.
    """
    kinds = {t.id: kinds_of(t) for t in traces} if ask.kinds else {}
    fitting = [t for t in traces if not ask.kinds or _one_kind(ask.kinds, kinds[t.id])]
    pool = [t for t in (fitting or traces) if _may_be(ask, t)]
    if not ask.topic:
        return _in_order(ask, [Found(trace=t, score=COSINE_FLOOR) for t in pool])
    about_files = ask.about == "shown" or bool(ask.kinds)
    shown = showing(ask.topic, pool) if about_files else {}
    wanted = terms(ask.topic)
    weigh = _weights(traces)
    scored = [_score(ask, t, cosines.get(t.id, 0.0), wanted, weigh, shown) for t in pool]
    scoped = ask.span is not None or ask.talk is not None
    kept = [found for found, fits in scored if fits or (scoped and found.score >= _SCOPED_FLOOR)]
    kept.sort(key=lambda f: (-f.score, -f.trace.turn.asked.created))
    if kept and kept[0].trace.kind == "fact" and not ask.order:
        # What was said last holds: "my bike is the blue one now".
        near = [
            f for f in kept
            if f.score >= kept[0].score - _NEWER and _about_the_same(kept[0].trace, f.trace)
        ]  # fmt: skip
        newest = max(near, key=lambda f: f.trace.turn.asked.number)
        kept = [newest, *(f for f in kept if f is not newest)]
    if ask.order and kept:
        near = [f for f in kept if f.score >= kept[0].score - _NEAR_BEST]
        kept = _in_order(ask, near)
    return kept


def _one_kind(wanted: frozenset[str], kinds: frozenset[str]) -> bool:
    """Whether a file of these kinds may be what is meant; to people a bill is an invoice too."""
    papers = {"page", "receipt", "invoice"}
    return bool(wanted & kinds) or bool(wanted & papers and kinds & papers)


def _about_the_same(one: Trace, other: Trace) -> bool:
    """Whether two facts share half the words of the shorter."""
    if other.kind != "fact":
        return False
    words, others = set(terms(one.text)), set(terms(other.text))
    return 2 * len(words & others) >= min(len(words), len(others))


def _may_be(ask: Ask, trace: Trace) -> bool:
    """Whether a trace of that kind can be meant at all."""
    if ask.topic:
        return trace.kind != "turn" or not trace.turn.only_told
    if ask.about == "told":
        return trace.kind == "fact"
    shown = bool(trace.turn.asked.attachments) and not trace.turn.made_by_studio
    return trace.kind == "turn" and (ask.about == "said" or shown)


def _in_order(ask: Ask, found: Sequence[Found]) -> list[Found]:
    """By time: newest first, or as the question wants it."""
    ordered = sorted(found, key=lambda f: f.trace.turn.asked.number, reverse=ask.order <= 0)
    return ordered[ask.order - 1 :] if ask.order > 0 else ordered


def _score(
    ask: Ask,
    trace: Trace,
    cosine: float,
    wanted: Sequence[str],
    weigh: Callable[[str], float],
    shown: Mapping[str, float],
) -> tuple[Found, bool]:
    """The trace with its score, and whether it is about the topic at all."""
    printed = set(terms(trace.text))
    total = sum(weigh(term) for term in wanted)
    share = sum(weigh(term) for term in wanted if term in printed) / total if total else 0.0
    seen = max((shown.get(a, 0.0) for a in trace.turn.asked.attachments), default=0.0)
    score = cosine + _SHARED * share + (_SHOWN * seen if trace.kind == "turn" else 0.0)
    is_fact = trace.kind == "fact"
    if ask.about == "told" or (ask.personal and ask.about == ""):
        score += _LIKELY if is_fact else -_LIKELY
    elif ask.about == "shown" or ask.kinds:
        score += 0.0 if trace.kind == "turn" and trace.turn.asked.attachments else -_LIKELY
    elif is_fact and ask.about == "said":
        score -= _LIKELY
    if trace.kind == "region":
        # A region's turn says the same and more.
        score -= _LIKELY / 2
    if is_fact and ask.topic:
        # Facts are all alike ("my locker number", "our flat number"): more must agree.
        fits = share >= _ALL or cosine >= (_FACT_SHARED if share >= _SHARED_FLOOR else _FACT_ALONE)
        return Found(trace=trace, score=score, shown=seen), fits
    fits = cosine >= COSINE_FLOOR or share >= _SHARED_FLOOR or seen >= _SHOWN_FLOOR
    return Found(trace=trace, score=score, shown=seen), fits


def _weights(traces: Sequence[Trace]) -> Callable[[str], float]:
    """What a term weighs: the rarer it is among the traces, the more; one in none, most."""
    counts: Counter[str] = Counter()
    for trace in traces:
        counts.update(set(terms(trace.text)))
    number = len(traces) + 1
    return lambda term: math.log(1 + number / max(1, counts[term]))
