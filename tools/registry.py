"""Find tools: the built-in ones and every class named under the entry point `sightline.tools`."""

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from .base import SightlineTool

GROUP = "sightline.tools"

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


@cache
def find_tools() -> dict[str, type[SightlineTool]]:
    """Tool name -> class. A plug-in may add a tool; it cannot replace a built-in one.

    Raises:
        TypeError: an entry point names something that is not a `SightlineTool`.
    """
    tools = {name: _built_in(target) for name, target in _BUILT_IN.items()}
    for entry in entry_points(group=GROUP):
        if entry.name in tools:
            continue
        found = entry.load()
        if not (isinstance(found, type) and issubclass(found, SightlineTool)):
            raise TypeError(f"{entry.value} (entry point {GROUP}) is not a SightlineTool")
        tools[entry.name] = found
    return tools


def _built_in(target: str) -> type[SightlineTool]:
    module, _, name = target.partition(":")
    return getattr(import_module(f".{module}", __package__), name)
