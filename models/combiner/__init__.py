"""Composed search: a picture and words that change it, as one query of the joint space."""

from ..spec import ModelSpec
from .combiner import SlotCombiner
from .config import CombinerConfig
from .model import CombinerModel

SPEC = ModelSpec(
    name="combiner",
    paper="TIRG (2018), https://arxiv.org/abs/1812.07119",
    tasks=("Composer",),
    config_class=CombinerConfig,
    build=CombinerModel,
    load=SlotCombiner.load,
)
