"""The request bank: lines of text in, typed requests out.

One request a line, `KINDS | turns => calls`. The kinds are the attachments in view, oldest first:
letters of `P`icture, `D`ocument, `V`ideo, or `N`one. The turns are the talk, user and assistant in
turn, ` || ` between them. The calls answer the last turn, ` ; ` between them, each
`tool[:option][@pick]`, or `reply:smalltalk` / `reply:scope` where no tool is called. `{2:...}`
marks the words that are the argument of call 2; a call without a mark takes the whole last turn.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TOOLS = (
    "caption",
    "vqa",
    "ground",
    "retrieve",
    "edit",
    "video_qa",
    "document_qa",
    "scene_graph",
    "recall",
)
REPLIES = ("smalltalk", "scope")
KIND_OF_LETTER = {"P": "picture", "D": "document", "V": "video"}
WITHOUT_ARGUMENT = frozenset({"caption", "scene_graph"})
OPTIONS = {"caption": ("short", "long")}
MAX_CALLS = 4
_KIND_OF_TOOL = {
    "caption": "picture",
    "vqa": "picture",
    "ground": "picture",
    "edit": "picture",
    "scene_graph": "picture",
    "video_qa": "video",
    "document_qa": "document",
}
_LINE = re.compile(r"(N|[PDV]+) \| (.+) => (.+)")
_CALL = re.compile(r"([a-z_]+)(?::([a-z]+))?(?:@(\d|all))?")
_MARK = re.compile(r"\{(\d):([^{}]+)\}")


class BankError(ValueError):
    """A line of the bank is malformed; the message starts with `file:line`."""


@dataclass(frozen=True, kw_only=True)
class RequestCall:
    """One tool call.

    Attributes:
        argument: the words given to the tool, "" for tools that take none.
        span: (turn, start, end), characters of `turns[turn]`; None is the whole last turn.
        option: the caption's style, `short` or `long`.
        picks: attachments meant, from 1, oldest first; None is the newest.
    """

    tool: str
    argument: str = ""
    span: tuple[int, int, int] | None = None
    option: str | None = None
    picks: tuple[int, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Request:
    """A talk up to a user's turn and what that turn asks for.

    Attributes:
        kinds: `picture`, `document` or `video` for each attachment in view, oldest first.
        turns: user and assistant in turn, the last one the user's, without marks.
        calls: in the order they must run; empty where `reply` is set.
        reply: `smalltalk`, `scope` or "".
        source: `file:line`.
    """

    kinds: tuple[str, ...]
    turns: tuple[str, ...]
    calls: tuple[RequestCall, ...]
    reply: str = ""
    source: str = ""

    @property
    def tools(self) -> tuple[str, ...]:
        """What is to be called, in order; a reply is spelt `reply:smalltalk`, `reply:scope`."""
        return (f"reply:{self.reply}",) if self.reply else tuple(c.tool for c in self.calls)


def load_requests(folder: Path) -> list[Request]:
    """All requests of the `.txt` files of a folder, in the order of file names, each once.

    Raises:
        FileNotFoundError: there is no such file.
        BankError: a line is malformed, or says something else of a request than an earlier line.
    """
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise FileNotFoundError(f"no request files (*.txt) in {folder}")
    seen: dict[tuple, Request] = {}
    for request in (request for file in files for request in _of_file(file)):
        first = seen.setdefault((request.kinds, request.turns), request)
        if (first.calls, first.reply) != (request.calls, request.reply):
            raise BankError(f"{request.source}: contradicts {first.source}")
    return list(seen.values())


def _of_file(file: Path) -> Iterator[Request]:
    lines = file.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        yield parse_request(line, f"{file.name}:{number}")


def parse_request(line: str, source: str = "line") -> Request:
    """One line of the bank.

    Args:
        source: `file:line`, for messages.

    Raises:
        BankError: the line breaks the format.
    """
    match = _LINE.fullmatch(line)
    if match is None or line.count(" => ") != 1:
        raise BankError(f"{source}: not of the form `KINDS | turns => calls`")
    letters, talk, plan = match.groups()
    kinds = () if letters == "N" else tuple(KIND_OF_LETTER[letter] for letter in letters)
    turns, spans = _turns(talk, source)
    names = plan.split(" ; ")
    if len(names) > MAX_CALLS:
        raise BankError(f"{source}: {len(names)} calls, at most {MAX_CALLS}")
    if names[0].startswith("reply:"):
        reply = names[0].removeprefix("reply:")
        if reply not in REPLIES or len(names) > 1 or spans:
            raise BankError(f"{source}: a reply stands alone, without marks: {plan}")
        return Request(kinds=kinds, turns=turns, calls=(), reply=reply, source=source)
    if any(not 1 <= number <= len(names) for number in spans):
        raise BankError(f"{source}: a mark for a call that is not there")
    calls: list[RequestCall] = []
    for i, name in enumerate(names, start=1):
        # A call that follows a search may be about what the search finds.
        anything = any(call.tool in ("retrieve", "recall") for call in calls)
        call = _call(name, spans.get(i), turns, kinds, len(names) == 1, source)
        if not (anything or _fits(call, kinds)):
            raise BankError(f"{source}: {name} has nothing of its kind in view")
        calls.append(call)
    return Request(kinds=kinds, turns=turns, calls=tuple(calls), source=source)


def _turns(talk: str, source: str) -> tuple[tuple[str, ...], dict[int, tuple[int, int, int]]]:
    """Turns without marks, and the spans (turn, start, end) by number of the call."""
    parts = talk.split(" || ")
    if len(parts) % 2 == 0:
        raise BankError(f"{source}: the last turn must be the user's, yet there are {len(parts)}")
    turns: list[str] = []
    spans: dict[int, tuple[int, int, int]] = {}
    for index, part in enumerate(parts):
        plain, end = "", 0
        for mark in _MARK.finditer(part):
            plain += part[end : mark.start()]
            number, words = int(mark[1]), mark[2]
            if number in spans:
                raise BankError(f"{source}: two marks for call {number}")
            if index % 2:
                raise BankError(f"{source}: a mark in the assistant's turn")
            left = len(words) - len(words.lstrip())
            start = len(plain) + left
            spans[number] = (index, start, start + len(words.strip()))
            plain += words
            end = mark.end()
        plain += part[end:]
        if any(c in plain for c in "{}|") or not plain.strip():
            raise BankError(f"{source}: an empty turn, a stray brace or bar")
        turns.append(plain)
    return tuple(turns), spans


def _call(
    name: str,
    span: tuple[int, int, int] | None,
    turns: tuple[str, ...],
    kinds: tuple[str, ...],
    alone: bool,
    source: str,
) -> RequestCall:
    match = _CALL.fullmatch(name)
    if match is None or match[1] not in TOOLS:
        raise BankError(f"{source}: no tool {name!r}")
    tool, option, pick = match.groups()
    if option is not None and option not in OPTIONS.get(tool, ()):
        raise BankError(f"{source}: {tool} has no option {option!r}")
    picks = None
    if pick == "all":
        picks = tuple(range(1, len(kinds) + 1))
    elif pick is not None:
        picks = (int(pick),)
    if picks and (len(kinds) < 2 or max(picks) > len(kinds) or min(picks) < 1):
        raise BankError(f"{source}: {name} picks what is not in view")
    if picks == (len(kinds),):
        picks = None
    if tool in WITHOUT_ARGUMENT:
        if span is not None:
            raise BankError(f"{source}: {tool} takes no argument")
        return RequestCall(tool=tool, option=option, picks=picks)
    if span is None and not alone:
        raise BankError(f"{source}: {name} is one of several calls and has no mark")
    argument = turns[-1] if span is None else turns[span[0]][span[1] : span[2]]
    return RequestCall(tool=tool, argument=argument, span=span, option=option, picks=picks)


def _fits(call: RequestCall, kinds: tuple[str, ...]) -> bool:
    """Whether one of the attachments that the call is about is of the kind its tool takes."""
    needed = _KIND_OF_TOOL.get(call.tool)
    chosen = [kinds[pick - 1] for pick in call.picks] if call.picks else kinds[-1:]
    return needed is None or needed in chosen
