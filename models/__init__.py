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

_OWN = "sightline_"  # how the `model_type` of each config of ours begins


def spec(name: str) -> ModelSpec:
    """The `SPEC` of the model called `name`.

    Raises:
        KeyError: no such model; the message lists the names there are.
    """
    if name not in REGISTRY:
        raise KeyError(f"no model {name!r}; there are: {', '.join(sorted(REGISTRY))}")
    return import_module(f".{REGISTRY[name]}", __name__).SPEC


def register_auto_classes() -> None:
    """Have transformers' `AutoConfig` and `AutoModel` know the models of ours.

        register_auto_classes()
        AutoModel.from_pretrained("runs/my-grounder")

    Called by who wants it: their registries cost a cold start more than the models do.
    """
    from transformers import AutoConfig, AutoModel

    for about in map(spec, REGISTRY):
        kind = str(getattr(about.config_class, "model_type", ""))
        if kind.startswith(_OWN):
            AutoConfig.register(kind, about.config_class, exist_ok=True)
            AutoModel.register(about.config_class, about.build, exist_ok=True)
