"""BLIP, published: captions of ordinary pictures."""

from transformers import BlipForConditionalGeneration

from ..spec import ModelSpec
from .captioner import BlipCaptioner
from .config import BlipConfig

SPEC = ModelSpec(
    name="blip",
    paper="BLIP (2022), https://arxiv.org/abs/2201.12086",
    tasks=("Captioner",),
    config_class=BlipConfig,
    build=BlipForConditionalGeneration,
    load=BlipCaptioner.load,
    published=(
        "Salesforce/blip-image-captioning-base",
        "Salesforce/blip-image-captioning-large",
    ),
)
