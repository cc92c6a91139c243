"""Hermes tool calls in text: `<tool_call>{"name": ..., "arguments": {...}}</tool_call>`."""

import json
import re
from typing import Any

# A call in the spelling that the planner of ours was taught, piece by piece.
CALL, CALL_END = "<tool_call>", "</tool_call>"
NAME = '\n{"name": "'
ARGUMENTS = '", "arguments": {'
VALUE = '": "'
NEXT = '", "'
CLOSE = '"}}\n'
EMPTY = "}}\n"
TURN = "$turn"

_CALL = re.compile(r"<tool_call>\s*(\{.*?\})\s*(?:</tool_call>|\Z)", re.DOTALL)


def parse_calls(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Names and arguments of the calls in `text`, in order.

    Raises:
        ValueError: a call that is not valid JSON of that shape.
    """
    calls = []
    for match in _CALL.finditer(text):
        entry = json.loads(match.group(1))
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise ValueError("a tool call without a name")
        calls.append((entry["name"], as_arguments(entry.get("arguments", {}))))
    if "<tool_call>" in text and not calls:
        raise ValueError("a tool call that is cut off")
    return calls


def as_arguments(value: Any) -> dict[str, Any]:
    """Arguments as a dict; servers send them as JSON text or as an object.

    Raises:
        ValueError: neither.
    """
    parsed = json.loads(value) if isinstance(value, str) else value
    if not isinstance(parsed, dict):
        raise ValueError("tool arguments that are no object")
    return parsed
