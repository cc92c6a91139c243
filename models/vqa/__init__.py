"""Visual question answering over object slots."""

from ..spec import ModelSpec
from .answerer import SlotAnswerer
from .config import VqaConfig
from .model import VqaModel

SPEC = ModelSpec(
    name="vqa",
    paper="UNITER (2019), https://arxiv.org/abs/1909.11740, over object slots",
    tasks=("Answerer",),
    config_class=VqaConfig,
    build=VqaModel,
    load=SlotAnswerer.load,
)
