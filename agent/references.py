"""References: how a call of a plan names what an earlier call gave.

Calls are numbered from 0 in their plan. An `artifact` argument may be

    "$0"         the file that call 0 made; of several that it found, the best; where it gave no
                 file, the one it looked at, with what was spoken of there as what "it" means
    "$0.items"   each file that call 0 found: the call is made once for each of them

and any text argument may hold "$0.answer", the short answer of call 0. A call waits for the calls
that it names, and names earlier ones only.
"""

import re
from collections.abc import Mapping
from typing import Any

_FILE = re.compile(r"\$(\d+)(\.items)?")
_ANSWER = re.compile(r"\$(\d+)\.answer\b")
FILE_ARGUMENT = "artifact"


def file_named(args: Mapping[str, Any]) -> int | None:
    """The call whose file the arguments name, or None."""
    match = _FILE.fullmatch(str(args.get(FILE_ARGUMENT, "")))
    return int(match[1]) if match else None


def for_each(args: Mapping[str, Any]) -> bool:
    """Whether the call is to be made once for each file that another found."""
    match = _FILE.fullmatch(str(args.get(FILE_ARGUMENT, "")))
    return bool(match and match[2])


def named(args: Mapping[str, Any]) -> set[int]:
    """Every call that the arguments name."""
    answers = {int(n) for text in args.values() for n in _ANSWER.findall(str(text))}
    file = file_named(args)
    return answers if file is None else answers | {file}


def renumbered(args: Mapping[str, Any], number: Mapping[int, int]) -> dict[str, Any]:
    """`args` with the calls they name under new numbers; those not in `number` keep theirs."""

    def moved(match: re.Match[str]) -> str:
        return f"${number.get(int(match[1]), int(match[1]))}"

    def mended(text: Any) -> Any:
        return re.sub(r"\$(\d+)(?=\.items$|\.answer\b|$)", moved, text)

    return {
        name: mended(value) if isinstance(value, str) and named({name: value}) else value
        for name, value in args.items()
    }


def with_answers(args: Mapping[str, Any], answers: Mapping[int, str]) -> dict[str, Any]:
    """`args` with the answers that they name written in."""
    return {
        name: _ANSWER.sub(lambda m: answers[int(m[1])], value) if isinstance(value, str) else value
        for name, value in args.items()
    }
