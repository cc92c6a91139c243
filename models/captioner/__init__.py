"""Captioning over object slots."""

from ..spec import ModelSpec
from .captioner import SlotCaptioner
from .config import CaptionerConfig
from .model import CaptionerModel

SPEC = ModelSpec(
    name="captioner",
    paper="Bottom-Up and Top-Down Attention (2018), https://arxiv.org/abs/1707.07998",
    tasks=("Captioner",),
    config_class=CaptionerConfig,
    build=CaptionerModel,
    load=SlotCaptioner.load,
)
