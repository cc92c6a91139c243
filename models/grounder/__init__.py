"""Grounding of phrases in pictures."""

from ..spec import ModelSpec
from .config import GrounderConfig
from .grounder import SlotGrounder
from .model import GrounderModel

SPEC = ModelSpec(
    name="grounder",
    paper="MDETR (2021), https://arxiv.org/abs/2104.12763, over object slots",
    tasks=("Grounder",),
    config_class=GrounderConfig,
    build=GrounderModel,
    load=SlotGrounder.load,
)
