"""An in-process planner on a small language model whose every piece is constrained.

    Assistant(planner=DecoderPlanner())

Only plans of `plan_language` can be written: well-formed calls of tools that exist, on attachments
that exist, with arguments that are the whole turn (`$turn`) or words the user typed in a row.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any

import torch

from ...models import spec
from ..planning import Failed, Plan, Tools, Turn, checked
from .hermes import ARGUMENTS, CALL, CALL_END, CLOSE, EMPTY, NAME, NEXT, TURN, VALUE
from .plan_language import MAX_CALLS, REPLIES, Form, Language, Row, language, plan_of, taught
from .served import OWN_WINDOW, function_schema, messages

_Call = tuple[str, dict[str, str]]


@dataclass
class _Writer:
    """Reads and writes one plan, piece by piece."""

    model: Any
    logits: torch.Tensor
    cache: Any
    rows: Sequence[Row]

    def take(self, ids: Sequence[int]) -> None:
        """Write pieces that leave no choice."""
        self.logits, self.cache = self.model.read(list(ids), self.cache)

    def choose(self, options: Sequence[str]) -> int:
        """Write the likeliest of several texts, piece by piece; its index."""
        spelt = [self.model.ids(option) for option in options]
        left = list(range(len(options)))
        position = 0
        while len(left) > 1:
            ids = sorted({spelt[i][position] for i in left if position < len(spelt[i])})
            if not ids:
                break
            best = max(ids, key=lambda piece: float(self.logits[piece]))
            left = [i for i in left if position < len(spelt[i]) and spelt[i][position] == best]
            self.take([best])
            position += 1
        if position < len(spelt[left[0]]):
            self.take(spelt[left[0]][position:])
        return left[0]

    def copy(self, turn: int, closing: Sequence[str]) -> tuple[list[int], int]:
        """Write `turn`, or words that stand in a row in one of `rows`, then one of `closing`.

        Returns:
            The pieces copied (`[turn]` for the whole turn) and the index of the closing text.
        """
        copied: list[int] = []
        ends = [self.model.ids(text)[0] for text in closing]
        # Where the copied pieces stand: row and index of the piece that comes next.
        places = [(row, start) for row in self.rows for start in sorted(row.starts)]
        while True:
            allowed = {row.pieces[i] for row, i in places if i < len(row.pieces)}
            if not copied:
                allowed.add(turn)
            elif copied == [turn] or any(i - 1 in row.ends for row, i in places):
                allowed.update(ends)
            piece = max(sorted(allowed), key=lambda p: float(self.logits[p]))
            self.take([piece])
            if copied and piece in ends:
                return copied, ends.index(piece)
            copied.append(piece)
            places = [
                (row, i + 1) for row, i in places if i < len(row.pieces) and row.pieces[i] == piece
            ]


class DecoderPlanner:
    """Plans with `models/planner`.

    Args:
        model: a loaded `PlannerModel`; None loads the shipped weights when the first turn comes.
    """

    def __init__(self, model: Any | None = None) -> None:
        self._model = model

    @property
    def model(self) -> Any:
        """The loaded language model."""
        if self._model is None:
            self._model = spec("planner").load(None)
        return self._model

    def plan(
        self,
        turns: Sequence[Turn],
        tools: Tools,
        *,
        cancelled: Event | None = None,
        failed: Sequence[Failed] = (),
    ) -> Plan:
        """Plan for the last turn, a user's. What failed is given up: it was taught no repairs."""
        model, tools = self.model, taught(tools)
        name = f"planner@{model.weights}"
        if failed:
            return Plan(model=name)
        prompt = model.tokenizer.apply_chat_template(
            messages(turns),
            tools=[function_schema(tool) for tool in tools.values()],
            add_generation_prompt=True,
            tokenize=False,
        )
        logits, cache = model.read(model.ids(prompt)[-OWN_WINDOW:])
        allowed = language(turns, tools)
        writer = _Writer(model, logits, cache, [Row(model.ids, words) for words in allowed.said])
        first = writer.choose([CALL, *REPLIES])
        if first:
            return Plan(reply=list(REPLIES.values())[first - 1], model=name)
        calls: list[_Call] = []
        while True:
            calls.append(_written(writer, allowed))
            if cancelled is not None and cancelled.is_set():
                break
            if len(calls) == MAX_CALLS or writer.choose([model.tokenizer.eos_token, CALL]) == 0:
                break
        return checked(plan_of(calls, tools, name), tools)


def _written(writer: _Writer, allowed: Language) -> _Call:
    """One call, after its opening mark."""
    writer.take(writer.model.ids(NAME))
    # The closing mark belongs to the choice: one name may begin another.
    form = allowed.forms[writer.choose([form.tool + ARGUMENTS for form in allowed.forms])]
    args = _arguments(writer, form, allowed)
    writer.take(writer.model.ids(CALL_END))
    return form.tool, args


def _arguments(writer: _Writer, form: Form, allowed: Language) -> dict[str, str]:
    args: dict[str, str] = {}
    keys: Mapping[str, tuple[str, ...]] = dict(form.options)
    if form.argument:
        writer.take(writer.model.ids(f'"{form.argument}{VALUE}'))
        pieces, end = writer.copy(writer.model.ids(TURN)[0], [CLOSE, NEXT] if keys else [CLOSE])
        words = json.loads(f'"{writer.model.tokenizer.decode(pieces)}"')
        args[form.argument] = allowed.meant(words)
        more = end == 1
    else:
        more = writer.choose([EMPTY, '"'] if keys else [EMPTY]) == 1
    while more:
        key = list(keys)[writer.choose([name + VALUE for name in keys])]
        values = keys[key]
        keys = {name: others for name, others in keys.items() if name != key}
        options = [(v, end) for v in values for end in ([CLOSE, NEXT] if keys else [CLOSE])]
        args[key], end = options[writer.choose([value + end for value, end in options])]
        more = end == NEXT
    return args
