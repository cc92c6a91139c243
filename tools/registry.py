"""Find tools: the built-in ones and every one named under the entry point `sightline.tools`.

An entry point names a `SightlineTool` class, or a LangChain tool whose `metadata` holds `examples`.
A plug-in that cannot be loaded is left out and logged; nobody's chat ends with it.
"""

import logging
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from .base import SightlineTool

log = logging.getLogger(__name__)
GROUP = "sightline.tools"
OWN = "sightline"

# Also in pyproject.toml; kept here for a source tree that is not installed.
_BUILT_IN = {
    "caption": "caption:CaptionTool",
    "vqa": "vqa:VqaTool",
    "ground": "ground:GroundTool",
    "document_qa": "document_qa:DocumentTool",
    "recall": "recall:RecallTool",
    "remember": "remember:RememberTool",
    "forget": "forget:ForgetTool",
    "retrieve": "retrieve:RetrieveTool",
    "edit": "edit:EditTool",
    "video_qa": "video_qa:VideoTool",
    "scene_graph": "scene_graph:SceneGraphTool",
}


@dataclass
class Found:
    """What there is.

    Attributes:
        tools: name -> class.
        origins: name -> the package it comes from, with its version.
        broken: name -> one sentence on why a plug-in of that name is not used.
    """

    tools: dict[str, type[SightlineTool]] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)


def find_tools() -> dict[str, type[SightlineTool]]:
    """Tool name -> class. A plug-in may add a tool; it cannot replace a built-in one."""
    return discover().tools


@cache
def discover() -> Found:
    """The tools there are, where they come from, and the plug-ins that do not work."""
    found = Found()
    for name, target in _BUILT_IN.items():
        found.tools[name], found.origins[name] = _built_in(target), OWN
    for entry in entry_points(group=GROUP):
        if entry.dist is not None and entry.dist.name == OWN:
            continue
        if problem := _add(found, entry):
            found.broken[entry.name] = problem
            log.warning("plug-in %s is left out: %s", entry.name, problem)
    return found


def _add(found: Found, entry: EntryPoint) -> str:
    """Add the tool of an entry point; one sentence where that is not possible, else ""."""
    if entry.name in found.tools:
        return f"{_origin(entry)} names a tool {entry.name}, which {found.origins[entry.name]} has."
    try:
        tool = _as_tool(entry.load())
    except Exception as error:  # whatever a stranger's module raises when it is imported
        return f"{entry.value} could not be loaded: {type(error).__name__}: {error}"
    if tool is None:
        return f"{entry.value} is neither a SightlineTool nor a LangChain tool with examples."
    if tool.model_fields["name"].default != entry.name:
        return f"{entry.value} calls itself {tool.model_fields['name'].default!r}."
    found.tools[entry.name], found.origins[entry.name] = tool, _origin(entry)
    return ""


def _as_tool(loaded: object) -> type[SightlineTool] | None:
    if isinstance(loaded, type) and issubclass(loaded, SightlineTool):
        return loaded
    # Here and not above: that module needs this one.
    from .langchain import BaseTool, from_langchain

    if isinstance(loaded, BaseTool) and (loaded.metadata or {}).get("examples"):
        return from_langchain(loaded, (loaded.metadata or {})["examples"])
    return None


def _origin(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else "an unnamed package"


def _built_in(target: str) -> type[SightlineTool]:
    module, _, name = target.partition(":")
    return getattr(import_module(f".{module}", __package__), name)
