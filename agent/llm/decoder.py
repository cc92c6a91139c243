"""An in-process planner on a small language model whose every piece is constrained.

    Assistant(planner=DecoderPlanner())

Only well-formed calls of tools that exist can be written, on attachments that exist, with arguments
that are the whole turn (`$turn`) or words the user typed in a row.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import torch

from ...models import spec
from ...models.planner.tokenizer import (
    ARGUMENTS,
    CALL,
    CALL_END,
    CLOSE,
    EMPTY,
    END,
    NAME,
    NEXT,
    TURN,
    VALUE,
)
from ..planning import Failed, Plan, PlannedCall, Tools, Turn, checked
from .served import function_schema, messages

_MAX_CALLS = 4
_LONGEST_ARGUMENT = 60
_REPLIES = {"SMALLTALK": "smalltalk", "SCOPE": "scope"}
_FENCES = re.compile(r"<\|[^|>]*\|>|</?\s*(tool_call|data)\b[^>]*>")


@dataclass
class _Writer:
    """Reads and writes one plan, piece by piece."""

    model: Any
    logits: torch.Tensor
    cache: Any
    words: list[list[int]] = field(default_factory=list)

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
        """Write `$turn`, or pieces that stand in a row in `words`, then one of `closing`.

        Returns:
            The pieces copied (`[turn]` for the whole turn) and the index of the closing text.
        """
        copied: list[int] = []
        ends = [self.model.ids(text)[0] for text in closing]
        places = [(row, -1) for row in range(len(self.words))]
        while True:
            if copied:
                following = {self.words[r][i + 1] for r, i in places if i + 1 < len(self.words[r])}
                allowed = following | set(ends)
            else:
                # A span starts with a word, anywhere.
                places = [(r, i - 1) for r, row in enumerate(self.words) for i in range(len(row))]
                allowed = {piece for row in self.words for piece in row} | {turn}
            if len(copied) >= _LONGEST_ARGUMENT or copied == [turn]:
                allowed = set(ends)
            piece = max(allowed, key=lambda p: float(self.logits[p]))
            self.take([piece])
            if piece in ends and copied:
                return copied, ends.index(piece)
            copied.append(piece)
            places = [
                (r, i + 1)
                for r, i in places
                if i + 1 < len(self.words[r]) and self.words[r][i + 1] == piece
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
        """Plan for the last turn, a user's."""
        model = self.model
        clean = [
            Turn(role=t.role, text=_FENCES.sub(" ", t.text), attachments=t.attachments)
            for t in turns
        ]
        prompt = model.tokenizer.apply_chat_template(
            messages(clean),
            tools=[function_schema(tool) for tool in tools.values()],
            add_generation_prompt=True,
            tokenize=False,
        )
        logits, cache = model.read(
            model.ids(prompt)[-model.model.config.max_position_embeddings // 2 :]
        )
        words = [model.ids(t.text) for t in clean if t.role == "user"]
        writer = _Writer(model, logits, cache, words)
        kinds = [kind for turn in turns for kind in turn.attachments]
        name = f"planner@{model.weights}"
        first = writer.choose([CALL, *_REPLIES])
        if first:
            return Plan(reply=list(_REPLIES.values())[first - 1], model=name)  # type: ignore[arg-type]
        calls: list[PlannedCall] = []
        while True:
            call = self._call(writer, kinds, tools, clean[-1].text)
            after = tuple(i for i, made in enumerate(calls) if tools[made.tool].changes)
            made = PlannedCall(tool=call.tool, args=call.args, after=after)
            if made in calls:
                break
            calls.append(made)
            if len(calls) == _MAX_CALLS or writer.choose([END, CALL]) == 0:
                break
        return checked(Plan(calls=tuple(calls), model=name), tools)

    def _call(self, writer: _Writer, kinds: Sequence[str], tools: Tools, turn: str) -> PlannedCall:
        """One call, after its opening mark."""
        possible = [n for n, t in tools.items() if not kinds or t.wants in ("", *kinds)]
        names = possible or list(tools)
        writer.take(writer.model.ids(NAME))
        # The closing mark belongs to the choice: one name may begin another.
        tool = names[writer.choose([name + ARGUMENTS for name in names])]
        fields = tools[tool].model_fields["args_schema"].default.model_fields
        artifacts = [f"a{i}" for i, k in enumerate(kinds, 1) if tools[tool].wants in ("", k)]
        keys = {}
        if "style" in fields:
            keys["style"] = ["short", "long"]
        if "artifact" in fields and len(kinds) > 1:
            keys["artifact"] = artifacts or [f"a{len(kinds)}"]
        args: dict[str, str] = {}
        more = True
        if tools[tool].argument:
            writer.take(writer.model.ids('"' + tools[tool].argument + VALUE))
            ends = [CLOSE, NEXT] if keys else [CLOSE]
            turn_piece = writer.model.ids(TURN)[0]
            pieces, closed = writer.copy(turn_piece, ends)
            text = turn if pieces == [turn_piece] else writer.model.tokenizer.decode(pieces)
            args[tools[tool].argument] = text.strip()[:2000] or "?"
            more = closed == 1
        elif keys:
            more = writer.choose([EMPTY, '"']) == 1
        else:
            writer.take(writer.model.ids(EMPTY))
            more = False
        while more and keys:
            key = list(keys)[writer.choose([name + VALUE for name in keys])]
            values = keys.pop(key)
            ends = [CLOSE, NEXT] if keys else [CLOSE]
            options = [(value, end) for value in values for end in ends]
            value, end = options[writer.choose([value + end for value, end in options])]
            args[key] = value
            more = end == NEXT
        writer.take(writer.model.ids(CALL_END))
        return PlannedCall(tool=tool, args=args)
