"""What a model that is held to the form may write for a conversation: one language, two engines.

A plan is `SMALLTALK`, `SCOPE`, or up to four Hermes calls of tools that fit what is in view. A
call's argument is `$turn` (the whole last turn) or words that the user typed in a row; its other
keys take one of a few values. `llm/decoder.py` walks this language in process; `grammar` spells it
for a server (vLLM's `structured_outputs`, EBNF as xgrammar reads it). Both go by the pieces of the
model's tokenizer and not by characters: a model of this size has learnt each word in one spelling,
and goes astray after any other.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...data.requests import TOOLS as TRAINED
from ..planning import Plan, PlannedCall, Small, Tools, Turn
from .hermes import ARGUMENTS, CALL, CALL_END, CLOSE, EMPTY, NAME, NEXT, TURN, VALUE

MAX_CALLS = 4
REPLIES: Mapping[str, Small] = {"SMALLTALK": "smalltalk", "SCOPE": "scope"}
_FENCES = re.compile(r"<\|[^|>]*\|>|</?\s*(tool_call|data)\b[^>]*>")
# What the planner's tokenizer never joins, with the escapes of JSON strings in one piece.
_UNIT = re.compile(r"\\u[0-9a-f]{4}|\\.|\s|\d|[^\W\d]+|[^\w\s]")
_LONGEST = 2000
_WORDS = 400
_READ = 7  # turns that the chat template of our planner shows it, the last ones
Ids = Callable[[str], Sequence[int]]  # a tokenizer: text -> its pieces


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word or mark the user typed, as JSON spells it, and the space that stands before it."""

    gap: str
    text: str


class Row:
    """The pieces of one turn's words, and the indices where a span of them may begin and end."""

    def __init__(self, ids: Ids, words: Sequence[Word]) -> None:
        self.pieces: list[int] = []
        self.starts: set[int] = set()
        self.ends: set[int] = set()
        for word in words:
            self.pieces += ids(word.gap) if self.pieces else []
            self.starts.add(len(self.pieces))
            self.pieces += ids(word.text)
            self.ends.add(len(self.pieces) - 1)


@dataclass(frozen=True, kw_only=True)
class Form:
    """How a tool is called.

    Attributes:
        argument: the key that holds the person's words, "" where there is none.
        options: further keys, each at most once, and their values.
    """

    tool: str
    argument: str
    options: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Language:
    """What may be written after a conversation.

    Attributes:
        forms: the calls there are.
        said: the words of each of the user's turns that the model sees.
        turn: the last turn, which `$turn` stands for.
    """

    forms: tuple[Form, ...]
    said: tuple[tuple[Word, ...], ...]
    turn: str

    def meant(self, words: str) -> str:
        """The argument that `words` of a written call stand for."""
        return (self.turn if words == TURN else words).strip()[:_LONGEST] or "?"


def unfenced(text: str) -> str:
    """`text` without what a chat template would take for its own marks."""
    return _FENCES.sub(" ", text)


def taught(tools: Tools) -> Tools:
    """The tools that the planner of ours was trained to call; all, where there is none of them.

    Their names stand in its prompt: one that is new to it leads it astray in every request.
    """
    return {name: tool for name, tool in tools.items() if name in TRAINED} or tools


def language(turns: Sequence[Turn], tools: Tools) -> Language:
    """The language of plans for the last of `turns`, a user's."""
    kinds = [kind for turn in turns for kind in turn.attachments]
    fitting = [name for name, tool in tools.items() if not kinds or tool.wants in ("", *kinds)]
    forms = tuple(_form(name, tools, kinds) for name in fitting or tools)
    read = turns[-_READ:]
    said = tuple(words_of(unfenced(turn.text)) for turn in read if turn.role == "user")
    return Language(forms=forms, said=said, turn=unfenced(turns[-1].text))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text` (the last 400 of them) in the order they stand."""
    words, gap = [], ""
    for unit in _UNIT.findall(json.dumps(text, ensure_ascii=False)[1:-1]):
        if unit.isspace() or unit in ("\\n", "\\r", "\\t"):
            gap += unit
        else:
            words.append(Word(gap=gap, text=unit))
            gap = ""
    return tuple(words[-_WORDS:])


def plan_of(
    calls: Sequence[tuple[str, Mapping[str, Any]]], tools: Tools, model: str, tokens: int = 0
) -> Plan:
    """The written calls (tool, arguments) as a plan.

    What follows a change waits for it; the rest runs side by side. A small model repeats itself:
    the same call twice is one call.
    """
    made: list[PlannedCall] = []
    for name, args in calls:
        after = tuple(i for i, c in enumerate(made) if c.tool in tools and tools[c.tool].changes)
        if not any((call.tool, call.args) == (name, args) for call in made):
            made.append(PlannedCall(tool=name, args=args, after=after))
    return Plan(calls=tuple(made), model=model, tokens=tokens)


def grammar(language: Language, ids: Ids) -> str:
    """The language as EBNF over pieces; the server ends it with its end of text."""
    spell = _Speller(ids)
    replies = " | ".join(spell(text) for text in REPLIES)
    calls = " | ".join(spell.form(form) for form in language.forms)
    rules = [
        f"root ::= {replies} | {' '.join(['call', *['call?'] * (MAX_CALLS - 1)])}",
        f"call ::= {spell(CALL + NAME)} ({calls}) {spell(CALL_END)}",
    ]
    starts = [spell(TURN)]
    for number, words in enumerate(language.said):
        row = Row(ids, words)
        starts += [f"w{number}-{i}" for i in sorted(row.starts)]
        for i, piece in enumerate(row.pieces):
            more = f" w{number}-{i + 1}" if i + 1 < len(row.pieces) else ""
            may_end = "?" if more and i in row.ends else ""
            rules.append(f"w{number}-{i} ::= Token({piece}){more}{may_end}")
    rules.append(f"words ::= {' | '.join(starts)}")
    return "\n".join(rules) + "\n"


class _Speller:
    """Parts of the grammar as sequences of pieces."""

    def __init__(self, ids: Ids) -> None:
        self.ids = ids

    def __call__(self, text: str) -> str:
        return " ".join(f"Token({piece})" for piece in self.ids(text))

    def form(self, form: Form) -> str:
        """A call from its tool's name on."""
        head = self(form.tool + ARGUMENTS)
        options = dict(form.options)
        if form.argument:
            key = self(f'"{form.argument}{VALUE}')
            return f"{head} {key} words {self._ended(options)}"
        if not options:
            return f"{head} {self(EMPTY)}"
        mark = self('"')
        return f"{head} ({self(EMPTY)} | {mark} {self._further(options)})"

    def _ended(self, options: Mapping[str, Sequence[str]]) -> str:
        """The end of a value: of the call, or of this key alone where others are left."""
        if not options:
            return self(CLOSE)
        return f"({self(CLOSE)} | {self(NEXT)} {self._further(options)})"

    def _further(self, options: Mapping[str, Sequence[str]]) -> str:
        choices = []
        for key, values in options.items():
            left = {name: others for name, others in options.items() if name != key}
            value = " | ".join(self(value) for value in values)
            choices.append(f"{self(key + VALUE)} ({value}) {self._ended(left)}")
        return f"({' | '.join(choices)})"


def _form(name: str, tools: Tools, kinds: Sequence[str]) -> Form:
    tool = tools[name]
    fields = tool.model_fields["args_schema"].default.model_fields
    options: dict[str, tuple[str, ...]] = {}
    if "style" in fields:
        options["style"] = ("short", "long")
    if "artifact" in fields and len(kinds) > 1:
        fitting = [f"a{i}" for i, kind in enumerate(kinds, 1) if tool.wants in ("", kind)]
        options["artifact"] = tuple(fitting) or (f"a{len(kinds)}",)
    return Form(tool=name, argument=tool.argument, options=options)
