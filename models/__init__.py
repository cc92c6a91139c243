"""The model registry: names to folders, imported only when asked for."""

from importlib import import_module
from typing import Final

from .spec import ModelSpec

REGISTRY: dict[str, str] = {
    "scene_parser": "scene_parser",
    "object_reader": "object_reader",
    "program_parser": "program_parser",
    "vqa": "vqa",
    "captioner": "captioner",
    "grounder": "grounder",
    "editor": "editor",
    "edit_parser": "edit_parser",
    "scene_graph": "scene_graph",
    "dual_encoder": "dual_encoder",
    "matcher": "matcher",
    "combiner": "combiner",
    "domain": "domain",
    "document_reader": "document_reader",
    "router": "router",
    "planner": "planner",
    "track_reader": "track_reader",
    "video_parser": "video_parser",
    "clip_encoder": "clip_encoder",
    "blip": "blip",
    "blip_vqa": "blip_vqa",
    "grounding_dino": "grounding_dino",
    "vlm": "vlm",
}
# Others' checkpoints, by transformers' own classes: none of their weights is shipped.
PUBLISHED: Final = ("blip", "blip_vqa", "grounding_dino", "vlm")


def spec(name: str) -> ModelSpec:
    """The `SPEC` of the model called `name`.

    Raises:
        KeyError: no such model; the message lists the names there are.
    """
    if name not in REGISTRY:
        raise KeyError(f"no model {name!r}; there are: {', '.join(sorted(REGISTRY))}")
    return import_module(f".{REGISTRY[name]}", __name__).SPEC
