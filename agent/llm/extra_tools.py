"""Tools that no planner was trained on, routed by their own examples.

    ExtraTools(RouterPlanner())

Wraps a planner. What sounds like the examples of an extra tool (see `likeness`) becomes a call of
it, the rest of the turn goes to the planner behind; a turn without any is left to that planner as
it is. What the planner behind makes of the same words has a say: "nothing here can do it" speaks
for an extra tool, a call of its own against.
"""

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...data.requests import TOOLS as TRAINED
from ...tools.base import SightlineTool
from ..language import embed
from ..planning import (
    Failed,
    Plan,
    PlannedCall,
    Planner,
    PlannerUnavailable,
    Tools,
    Turn,
    checked,
    plan_all,
)
from ..policy import own_words
from ..references import renumbered
from .arguments import fill
from .contrast import contrast
from .likeness import Likeness
from .wording import bare, essence, first_words, parts

_MOST_PARTS = 8
_FEWEST_EXAMPLES = 2
# Log-odds from which an extra tool is called, by what the planner behind says to the same words.
_LEAST: Mapping[str, float] = {"scope": -2.0, "clarify": -2.0, "smalltalk": 0.0, "": 1.5}
_HOPELESS = -2.0
# A turn that speaks of what was sent is one for the tools that look at it, more often than not; so
# a tool whose examples never do must be surer by this much.
_IN_VIEW = re.compile(
    r"\b(picture|photo|image|pic|scene|screenshot|drawing|receipt|invoice|bill|page|document|letter"
    r"|label|scan|pdf|clip|video|album)s?\b",
    re.IGNORECASE,
)
_SURER = 3.0
_PRONOUN = re.compile(r"\b(it|its|them|their|they|those|these|ones?)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class _Heard:
    """A stretch of the turn: its words, the extra tool they are for ("" for none), log-odds."""

    text: str
    tool: str = ""
    score: float = -np.inf


class ExtraTools:
    """A planner that also knows tools by their examples.

    Args:
        behind: the planner for everything else.
    """

    def __init__(self, behind: Planner) -> None:
        self.behind = behind
        self._known: dict[type[SightlineTool], Likeness] = {}
        self._lock = threading.Lock()

    def of(self, user: str) -> "ExtraTools":
        """This planner for the turns of `user`."""
        of: Any = getattr(self.behind, "of", None)
        if of is None:
            return self
        theirs = ExtraTools(of(user))
        theirs._known, theirs._lock = self._known, self._lock
        return theirs

    def plan(
        self,
        turns: Sequence[Turn],
        tools: Tools,
        *,
        cancelled: threading.Event | None = None,
        failed: Sequence[Failed] = (),
    ) -> Plan:
        """Plan for the last turn. A failed call of an extra tool is given up."""
        extra = _extra(tools)
        if failed:
            mine = [one for one in failed if one.call.tool not in extra]
            if not mine:
                return Plan(model=_model(""))
            return self.behind.plan(turns, tools, cancelled=cancelled, failed=mine)
        turn = _Turn(self, turns, tools, extra, cancelled)
        if extra and (answered := turn.answered()):
            return answered
        heard = turn.heard() if extra else []
        if not any(stretch.tool for stretch in heard):
            return self.behind.plan(turns, tools, cancelled=cancelled)
        return turn.planned(heard)

    def claims(self, turns: Sequence[Turn], tools: Tools) -> bool:
        """Whether the last turn is surely one for somebody's plug-in, whatever else hears it."""
        plugins = {name: tool for name, tool in _extra(tools).items() if _is_plugin(tool)}
        if not plugins:
            return False
        text = turns[-1].text
        vectors = embed([essence(text)])
        crowd = contrast().nearness(vectors)
        return any(
            self.likeness(tool).scores([text], vectors, crowd)[0] > _LEAST[""]
            for tool in plugins.values()
        )

    def plan_all(self, talks: Sequence[Sequence[Turn]], tools: Tools) -> list[Plan]:
        """Plans of several talks: those without an extra tool in one batch where that can be."""
        extra = _extra(tools)
        plans: list[Plan | None] = []
        for turns in talks:
            turn = _Turn(self, turns, tools, extra, None)
            heard = turn.heard() if extra else []
            plans.append(turn.planned(heard) if any(h.tool for h in heard) else None)
        rest = [turns for turns, plan in zip(talks, plans, strict=True) if plan is None]
        others = iter(plan_all(self.behind, rest, tools))
        return [next(others) if plan is None else plan for plan in plans]

    def likeness(self, tool: type[SightlineTool]) -> Likeness:
        """How to tell requests for `tool`; found out once."""
        with self._lock:
            if tool not in self._known:
                self._known[tool] = Likeness(tool)
            return self._known[tool]


class _Turn:
    """One turn while it is being planned."""

    def __init__(
        self,
        planner: ExtraTools,
        turns: Sequence[Turn],
        tools: Tools,
        extra: Tools,
        cancelled: threading.Event | None,
    ) -> None:
        self.planner = planner
        self.turns = turns
        self.tools = tools
        self.extra = extra
        self.cancelled = cancelled
        self._plans: dict[str, Plan] = {}

    def heard(self) -> list[_Heard]:
        """The turn in stretches: each for one extra tool, or for the planner behind."""
        text = self.turns[-1].text
        openers = first_words([e for tool in self.extra.values() for e in tool.examples])
        pieces = parts(text, openers)
        if not 1 < len(pieces) <= _MOST_PARTS:
            return [self._judged([text])[0]]
        whole, *single = self._judged([text, *pieces])
        if not any(piece.tool for piece in single):
            return [whole]
        joined = single[:1]
        for piece in single[1:]:
            together = self._together(joined[-1], piece)
            joined[-1:] = [together] if together else [joined[-1], piece]
        return joined

    def _together(self, first: _Heard, second: _Heard) -> _Heard | None:
        """Two neighbours as one request, or None where they are two."""
        text = first.text + second.text
        if not first.tool and not second.tool:
            return _Heard(text=text)
        if first.tool and not second.tool and not self._behind(second.text).calls:
            return replace(first, text=text)
        if second.tool and not first.tool and not self._behind(first.text).calls:
            return replace(second, text=text)
        if first.tool and second.tool in ("", first.tool):
            both = self._judged([text])[0]
            if both.tool == first.tool and both.score >= first.score:
                return both
        return None

    def _judged(self, texts: Sequence[str]) -> list[_Heard]:
        """Each text with the extra tool it is for, if it is for one."""
        vectors = embed([essence(bare(text)) for text in texts])
        crowd = contrast().nearness(vectors)
        names = list(self.extra)
        told = [bare(text) for text in texts]
        scores = np.stack(
            [self.planner.likeness(self.extra[n]).scores(told, vectors, crowd) for n in names]
        )
        judged = []
        for index, text in enumerate(texts):
            best = int(scores[:, index].argmax())
            score = float(scores[best, index])
            # A number alone, or a quotation alone, wishes for nothing.
            worded = re.search(r"[^\W\d_]{2}", own_words(told[index]))
            if worded and score > _HOPELESS and score > self._least(text, self.extra[names[best]]):
                judged.append(_Heard(text=text, tool=names[best], score=score))
            else:
                judged.append(_Heard(text=text, score=score))
        return judged

    def _least(self, text: str, tool: type[SightlineTool]) -> float:
        """The log-odds from which `text` is for `tool`."""
        spoken_of = _IN_VIEW.search(own_words(text)) and not tool.wants
        unheard_of = not any(_IN_VIEW.search(example) for example in tool.examples)
        # "... and count them" is about what went before it.
        part = len(bare(text)) < len(bare(self.turns[-1].text))
        reply = "" if part and _PRONOUN.search(text) else self._behind(text).reply
        return _LEAST[reply] + _SURER * bool(spoken_of and unheard_of)

    def _behind(self, text: str) -> Plan:
        """What the planner behind makes of a stretch of the turn."""
        words = bare(text)
        if words not in self._plans:
            said = [*self.turns[:-1], replace(self.turns[-1], text=words)]
            try:
                plan = self.planner.behind.plan(said, self.tools, cancelled=self.cancelled)
            except PlannerUnavailable:
                if len(text) == len(self.turns[-1].text):
                    raise
                plan = Plan(reply="clarify")
            self._plans[words] = plan
        return self._plans[words]

    def planned(self, heard: Sequence[_Heard]) -> Plan:
        """The calls of all stretches, in order."""
        plan = Plan(model=_model(""))
        asked: list[str] = []
        for stretch in heard:
            words = bare(stretch.text)
            if not stretch.tool:
                plan = _appended(plan, self._behind(stretch.text), words)
                continue
            tool = self.extra[stretch.tool]
            filled = fill(tool.model_fields["args_schema"].default, tool.argument, words)
            if filled.missing:
                asked.append(_question(tool, filled.missing[0]))
                continue
            call = PlannedCall(
                tool=stretch.tool, args=filled.args, after=_changes_before(plan, tool, self.tools)
            )
            plan = replace(plan, calls=(*plan.calls, call))
        if asked and not plan.calls:
            return replace(plan, reply="clarify", ask=asked[0])
        plan = replace(plan, notice=" ".join(filter(None, [plan.notice, *asked])))
        return checked(plan, self.tools)

    def answered(self) -> Plan | None:
        """The call that lacked something which this turn, an answer to our question, brings."""
        if len(self.turns) < 3 or self.turns[-2].role != "assistant":
            return None
        for name, tool in self.extra.items():
            schema = tool.model_fields["args_schema"].default
            for field in schema.model_fields:
                if not self.turns[-2].text.startswith(_question(tool, field)):
                    continue
                words = f"{self.turns[-3].text} {self.turns[-1].text}"
                filled = fill(schema, tool.argument, words)
                if not filled.missing:
                    call = PlannedCall(tool=name, args=filled.args)
                    return checked(Plan(calls=(call,), model=_model("")), self.tools)
        return None


def _extra(tools: Tools) -> dict[str, type[SightlineTool]]:
    """The tools that only their examples tell about."""
    return {
        name: tool
        for name, tool in tools.items()
        if name not in TRAINED and len(tool.examples) >= _FEWEST_EXAMPLES
    }


def _is_plugin(tool: type[SightlineTool]) -> bool:
    """Whether a tool is not one of our own."""
    return tool.__module__.rpartition(".")[0] != SightlineTool.__module__.rpartition(".")[0]


def _question(tool: type[SightlineTool], field: str) -> str:
    """What to ask where the words lack what `field` needs."""
    info = tool.model_fields["args_schema"].default.model_fields[field]
    return f"I still need one thing: {info.description or field.replace('_', ' ')}."


def _changes_before(plan: Plan, tool: type[SightlineTool], tools: Tools) -> tuple[int, ...]:
    """What changes something waits for what changed something before."""
    if not tool.changes:
        return ()
    return tuple(i for i, call in enumerate(plan.calls) if tools[call.tool].changes)


def _appended(plan: Plan, other: Plan, words: str) -> Plan:
    """`plan` and then `other`, a plan for a part of the turn, its calls numbered on."""
    begin = len(plan.calls)
    number = {i: i + begin for i in range(len(other.calls))}
    calls = [
        replace(
            call,
            args={
                name: words if value == "$turn" else value
                for name, value in renumbered(call.args, number).items()
            },
            after=tuple(number[i] for i in call.after),
            instead_of=None if call.instead_of is None else number[call.instead_of],
        )
        for call in other.calls
    ]
    comparisons = [
        replace(comparison, calls=tuple(number[i] for i in comparison.calls))
        for comparison in other.comparisons
    ]
    return replace(
        plan,
        calls=(*plan.calls, *calls),
        comparisons=(*plan.comparisons, *comparisons),
        model=_model(other.model),
        notice=" ".join(filter(None, [plan.notice, other.notice])),
        tokens=plan.tokens + other.tokens,
    )


def _model(behind: str) -> str:
    return f"{behind} + examples" if behind else "examples"
