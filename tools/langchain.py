"""Any LangChain tool as a tool of the assistant, and the assistant's tools for a LangChain agent.

CLOCK = from_langchain(clock, examples=("what time is it?", ...))     # name it as entry point
create_agent(model, tools=tools_for(context))                         # the other way round
"""

import json
from collections.abc import Sequence
from typing import Any, Literal

from langchain_core.tools import BaseTool, ToolException
from pydantic import BaseModel, ConfigDict, Field, create_model

from .base import SightlineTool, Specialist, ToolContext
from .registry import find_tools
from .results import ToolError, ToolResult

_TYPES: dict[str, Any] = {"string": str, "integer": int, "number": float, "boolean": bool}


def from_langchain(
    tool: BaseTool,
    examples: Sequence[str],
    *,
    specialist: Specialist = "librarian",
    argument: str | None = None,
    changes: bool = False,
) -> type[SightlineTool]:
    """`tool` as a tool of the assistant.

    Args:
        examples: requests in people's words that need it; eight or more.
        argument: the argument that takes the person's words; None takes the only text there is.
        changes: it changes something, so it runs only when the user's own turn asks for it.

    Raises:
        TypeError: its arguments have no schema, or one that is neither pydantic nor flat JSON.
    """
    schema = _schema(tool)
    texts = [name for name, field in schema.model_fields.items() if field.annotation is str]
    words = argument if argument is not None else texts[0] if len(texts) == 1 else ""

    class Adapted(SightlineTool):
        __doc__ = tool.description

        name: str = tool.name
        description: str = tool.description
        args_schema: type[BaseModel] = schema

        def look(self, **arguments: Any) -> ToolResult:
            """Invoke the LangChain tool; what it raises for its caller is one sentence."""
            try:
                answer = tool.invoke(arguments)
            except ToolException as error:
                raise ToolError(str(error)) from error
            return answer if isinstance(answer, ToolResult) else ToolResult(text=_text(answer))

    Adapted.examples = tuple(examples)
    Adapted.specialist = specialist
    Adapted.argument = words
    Adapted.changes = changes
    Adapted.__module__ = type(tool).__module__
    Adapted.__name__ = Adapted.__qualname__ = f"{tool.name.title().replace('_', '')}Tool"
    return Adapted


def tools_for(context: ToolContext, names: Sequence[str] = ()) -> list[SightlineTool]:
    """Tools that an agent of LangChain can call, looking at what `context` holds.

    Args:
        names: which; none gives all but those that change something, because the policy that
            asks for the person's own wish is the assistant's, and not there.
    """
    found = find_tools()
    chosen = names or [name for name, tool in found.items() if not tool.changes]
    return [found[name].given(context) for name in chosen]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _schema(tool: BaseTool) -> type[BaseModel]:
    """The arguments that a planner gives, unknown ones refused."""
    given = tool.tool_call_schema
    if isinstance(given, dict):
        return _from_json(tool.name, given)
    if not issubclass(given, BaseModel):
        raise TypeError(f"the arguments of {tool.name} have no pydantic schema")
    strict: Any = type(given.__name__, (given,), {"model_config": ConfigDict(extra="forbid")})
    return strict


def _from_json(name: str, schema: dict[str, Any]) -> type[BaseModel]:
    required = schema.get("required", ())
    fields: dict[str, Any] = {}
    for key, entry in schema.get("properties", {}).items():
        kind: Any = _TYPES.get(entry.get("type"))
        if "enum" in entry:
            kind = Literal[tuple(entry["enum"])]
        if kind is None:
            raise TypeError(f"the argument {key} of {name} is neither text, number nor choice")
        default = ... if key in required else entry.get("default")
        if default is None:
            kind = kind | None
        fields[key] = (kind, Field(default=default, description=entry.get("description")))
    return create_model(f"{name}_arguments", __base__=_Strict, **fields)


def _text(answer: Any) -> str:
    return (
        answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False, default=str)
    )
