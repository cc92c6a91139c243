"""Does a tool keep the contract? What `sightline tools check NAME` runs.

    checks = check_tool(MyTool, assistant)      # in a plug-in's own tests

Each check is one rule of `tools.base.SightlineTool`, with one sentence on what was found.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
from pydantic import BaseModel, ValidationError

from ..agent.assistant import Assistant
from ..agent.llm import default_planner
from ..agent.llm.arguments import fill
from ..agent.llm.contrast import contrast
from ..agent.llm.likeness import Likeness
from ..agent.llm.served import function_schema
from ..agent.memory.at_turn import TurnMemory
from ..agent.planning import Turn
from ..agent.policy import may_run
from ..data.requests import TOOLS as TRAINED
from ..tools.artifacts import Artifact
from ..tools.base import SightlineTool, ToolContext
from ..tools.results import Box, Region, Span, ToolError, ToolResult
from .tasks.documents import drawn_documents
from .tasks.world import drawn_scenes
from .tasks.world_video import samples as clip_samples

EXAMPLES = 8
EXAMPLES_OF_TRAINED = 3  # tools that the planner was trained on
SLOWEST = 10.0  # seconds of the middle call
LONGEST_TEXT = 4000
ROUTED = 0.75  # of its own examples, each told by the others alone
CAPTURED = 0.01  # of requests for other tools, at most
_RUNS = 3
_SEED = 8999
_USER = "conformance"
_QUESTION = "how many things are there?"
_SURE = 1.5
_BLOB = re.compile(
    r"data:\w+/[\w.+-]+;base64|[A-Za-z0-9+/=]{300,}|\\x[0-9a-f]{2}\\x", re.IGNORECASE
)
_NONSENSE = ({"no_such_argument": 1}, {"artifact": 7, "no_such_argument": None})


@dataclass(frozen=True, kw_only=True)
class Check:
    """One rule, whether it is kept, and one sentence on what was found."""

    rule: str
    kept: bool
    found: str


@dataclass
class _Tried:
    """The tool called as its examples ask.

    Attributes:
        results: with the context each was made in.
        refusals: sentences of `ToolError`s.
        crashes: what else was raised.
    """

    results: list[tuple[ToolResult, ToolContext]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def check_tool(tool: type[SightlineTool], assistant: Assistant) -> list[Check]:
    """Run every check; `assistant` should have a home of its own, because files are stored there.

    A rule whose checking fails is a rule that is not kept; nothing is raised.
    """
    tried = _try(tool, assistant)
    rules: list[tuple[str, Callable[[], str]]] = [
        ("name", lambda: _name(tool)),
        ("description", lambda: _description(tool)),
        ("arguments", lambda: _schema(tool)),
        ("examples", lambda: _examples(tool)),
        ("bad arguments", lambda: _bad_arguments(tool)),
        ("runs", lambda: _runs(tried)),
        ("result", lambda: _results(tried)),
        ("evidence", lambda: _evidence(tried)),
        ("nothing to look at", lambda: _without(tool, assistant)),
        ("changes", lambda: _changes(tool, tried)),
        ("routing", lambda: _routing(tool)),
        ("time", lambda: _time(tried)),
    ]
    checks = []
    for rule, check in rules:
        try:
            checks.append(Check(rule=rule, kept=True, found=check()))
        except _Broken as broken:
            checks.append(Check(rule=rule, kept=False, found=str(broken)))
        except Exception as error:  # a stranger's code: whatever it raises is a rule broken
            found = f"The check failed with {type(error).__name__}: {error}"
            checks.append(Check(rule=rule, kept=False, found=found))
    return checks


class _Broken(Exception):
    """A rule is not kept; the message says how."""


def _need(kept: bool, otherwise: str) -> None:
    if not kept:
        raise _Broken(otherwise)


def _default(tool: type[SightlineTool], name: str) -> Any:
    return tool.model_fields[name].default


def _name(tool: type[SightlineTool]) -> str:
    name = _default(tool, "name")
    _need(
        isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9_]{1,39}", name) is not None,
        f"{name!r} is no name: 2 to 40 small letters, digits and underscores, a letter first.",
    )
    return f"{name}."


def _description(tool: type[SightlineTool]) -> str:
    text = _default(tool, "description")
    _need(
        isinstance(text, str) and 15 <= len(text) <= 400 and text.rstrip()[-1:] == ".",
        "One or two sentences, 15 to 400 characters, say what the tool does.",
    )
    return f"{len(text)} characters."


def _schema(tool: type[SightlineTool]) -> str:
    schema = _default(tool, "args_schema")
    _need(
        isinstance(schema, type) and issubclass(schema, BaseModel),
        "args_schema is a pydantic model.",
    )
    _need(schema.model_config.get("extra") == "forbid", "Derive the arguments from ToolArgs.")
    function_schema(tool)
    for name, entry in schema.model_json_schema().get("properties", {}).items():
        _need(bool(entry.get("description")), f"The argument {name} has no description.")
        bounds = {"maxLength", "pattern", "enum", "const", "format", "$ref", "anyOf", "allOf"}
        _need(
            entry.get("type") != "string" or bool(bounds & set(entry)),
            f"The argument {name} needs a max_length, a pattern or choices.",
        )
    fields = schema.model_fields
    _need(
        not tool.argument or tool.argument in fields,
        f"argument names {tool.argument!r}, which args_schema lacks.",
    )
    return f"{len(fields)}, unknown ones refused." if fields else "None."


def _examples(tool: type[SightlineTool]) -> str:
    own = list(dict.fromkeys(" ".join(example.lower().split()) for example in tool.examples))
    least = EXAMPLES_OF_TRAINED if _default(tool, "name") in TRAINED else EXAMPLES
    _need(len(own) >= least, f"There are {len(own)} different examples; give {least} or more.")
    _need(all(3 <= len(e) <= 300 for e in own), "Each example has 3 to 300 characters.")
    lacking = [e for e in tool.examples if _filled(tool, e) is None]
    _need(
        len(lacking) * 2 <= len(tool.examples),
        f"Most examples lack what args_schema requires, for instance “{lacking[:1]}”.",
    )
    return f"{len(own)}."


def _bad_arguments(tool: type[SightlineTool]) -> str:
    for arguments in _NONSENSE:
        try:
            tool.checked(arguments)
        except ValidationError:
            continue
        raise _Broken(f"{arguments} should be refused; derive the arguments from ToolArgs.")
    return "Refused."


def _runs(tried: _Tried) -> str:
    _need(not tried.crashes, f"It raised {tried.crashes[:1]}; raise ToolError with one sentence.")
    _need(all(map(_is_sentence, tried.refusals)), f"Not one sentence: {tried.refusals[:1]}.")
    _need(bool(tried.results), f"None of its examples gave a result: {tried.refusals[:1]}.")
    refused = f", {len(tried.refusals)} refused in one sentence" if tried.refusals else ""
    return f"{len(tried.results)} of its examples{refused}."


def _results(tried: _Tried) -> str:
    for result, _ in tried.results:
        _need(bool(result.text.strip()), "A result has no text.")
        _need(len(result.text) <= LONGEST_TEXT, f"A text is longer than {LONGEST_TEXT} characters.")
        _need(not _BLOB.search(result.text), "A text carries raw data; store files as artifacts.")
        again = ToolResult.model_validate_json(result.model_dump_json())
        _need(again == result, "A result does not survive being written as JSON.")
    _need(bool(tried.results), "There is no result to look at.")
    return "Text, and JSON."


def _evidence(tried: _Tried) -> str:
    count = 0
    for result, context in tried.results:
        for piece in result.evidence:
            count += 1
            known = getattr(piece, "artifact", "")
            if not known:
                continue
            artifact = context.store.get(known)
            if isinstance(piece, Box):
                fits = 0 <= piece.x0 < piece.x1 <= artifact.width
                _need(
                    fits and 0 <= piece.y0 < piece.y1 <= artifact.height,
                    "A box leaves its picture.",
                )
            if isinstance(piece, Region):
                _need(piece.page <= artifact.pages, "A region is on a page that is not there.")
            if isinstance(piece, Span):
                _need(0 <= piece.start <= piece.end, "A stretch of a clip ends before it begins.")
        for made in result.artifacts:
            context.store.get(made)
    return f"{count} pieces, all in what was sent." if count else "None is given."


def _without(tool: type[SightlineTool], assistant: Assistant) -> str:
    if not tool.wants:
        return "It needs no attachment."
    filled = next((args for e in tool.examples if (args := _filled(tool, e)) is not None), {})
    try:
        tool.given(_context(assistant, "", ())).use(**filled)
    except ToolError as error:
        _need(_is_sentence(str(error)), f"Not one sentence: {error}")
        return "Refused in one sentence."
    raise _Broken("It wants an attachment and works without one.")


def _changes(tool: type[SightlineTool], tried: _Tried) -> str:
    if not tool.changes:
        made = [id_ for result, _ in tried.results for id_ in result.artifacts]
        _need(not made, "It makes files: set changes = True.")
        return "It says that it changes nothing."
    _need(not may_run(tool, _QUESTION), "It would run on a question.")
    hostile = f"the note says “{tool.examples[0]}”: what colour is the note?"
    _need(not may_run(tool, hostile, hostile), "It would run on quoted words.")
    asked = [may_run(tool, e, e) for e in tool.examples]
    _need(
        float(np.mean(asked)) >= ROUTED,
        "Its examples are no wishes of a person in the policy's ears: say them as orders.",
    )
    return "Only on the person's own wish."


def _routing(tool: type[SightlineTool]) -> str:
    name = _default(tool, "name")
    if name in TRAINED:
        planner = default_planner()
        kinds = (tool.wants,) if tool.wants else ()
        told = [
            planner.plan([Turn(role="user", text=e, attachments=kinds)], {name: tool})
            for e in tool.examples
        ]
        share = float(np.mean([any(c.tool == name for c in plan.calls) for plan in told]))
        _need(share >= ROUTED, f"{share:.0%} of its examples reach it.")
        return f"{share:.0%} of its examples reach it; its planner was trained on others."
    likeness, other = Likeness(tool), contrast()
    own = likeness.left_out()
    captured = likeness.scores(other.texts, other.vectors, other.crowd) > _SURE
    reached, taken = float(np.mean(own > 0)), float(np.mean(captured))
    taken_now = [text for text, flag in zip(other.texts, captured, strict=True) if flag]
    _need(reached >= ROUTED, f"{reached:.0%} of its examples are told by the others: give more.")
    _need(taken <= CAPTURED, f"It takes {taken:.1%} of other requests, such as “{taken_now[:1]}”.")
    return f"{reached:.0%} of its examples are told by the others, {taken:.1%} of others' taken."


def _time(tried: _Tried) -> str:
    _need(bool(tried.seconds), "There is no call to time.")
    middle = float(np.median(tried.seconds))
    _need(middle <= SLOWEST, f"{middle:.1f} s a call; {SLOWEST:g} s is the most.")
    return f"{middle:.2f} s a call."


def _is_sentence(text: str) -> bool:
    return 0 < len(text) <= 300 and "\n" not in text and text[-1] in ".!?" and "0x" not in text


def _filled(tool: type[SightlineTool], example: str) -> dict[str, Any] | None:
    """Arguments that an example's words hold, None where they lack one."""
    filled = fill(_default(tool, "args_schema"), tool.argument, example)
    if filled.missing:
        return None
    return filled.args


def _try(tool: type[SightlineTool], assistant: Assistant) -> _Tried:
    tried = _Tried()
    added = [assistant.store(_USER).add(source) for source in _sources(tool.wants)]
    calls = [(e, args) for e in tool.examples if (args := _filled(tool, e)) is not None]
    for example, args in calls[:_RUNS]:
        context = _context(assistant, example, added)
        began = time.monotonic()
        try:
            result = tool.given(context).use(**args)
        except ToolError as error:
            tried.refusals.append(str(error))
        except Exception as error:  # a stranger's code
            tried.crashes.append(f"{type(error).__name__}: {error}")
        else:
            if isinstance(result, ToolResult):
                tried.results.append((result, context))
            else:
                tried.crashes.append(f"look gave a {type(result).__name__}, no ToolResult")
        tried.seconds.append(time.monotonic() - began)
    return tried


def _context(assistant: Assistant, said: str, added: Sequence[Artifact]) -> ToolContext:
    """A turn of a person who said `said` and sent what is `added`."""
    return ToolContext(
        user=_USER,
        store=assistant.store(_USER),
        toolbox=assistant.toolbox,
        attachments=tuple(added),
        memory=TurnMemory(
            assistant.memory(_USER), assistant.forgetter(_USER), said, "conformance", True
        ),
        album=assistant.album(_USER),
    )


def _sources(wants: str) -> Iterator[tuple[str, bytes]]:
    """A file of the kind a tool wants to look at."""
    if wants == "picture":
        yield next(iter(drawn_scenes(_SEED, 1)))[2]
    elif wants == "document":
        buffer = BytesIO()
        next(iter(drawn_documents(_SEED, 1)))[1].save(buffer, "PNG")
        yield ("page.png", buffer.getvalue())
    elif wants == "video":
        yield next(iter(clip_samples(_SEED, 1))).data[0]
