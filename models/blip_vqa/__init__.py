"""BLIP, published: answers to questions about ordinary pictures."""

from transformers import BlipForQuestionAnswering

from ..blip.config import BlipConfig
from ..spec import ModelSpec
from .answerer import BlipAnswerer

SPEC = ModelSpec(
    name="blip_vqa",
    paper="BLIP (2022), https://arxiv.org/abs/2201.12086",
    tasks=("Answerer",),
    config_class=BlipConfig,
    build=BlipForQuestionAnswering,
    load=BlipAnswerer.load,
    published=("Salesforce/blip-vqa-base", "Salesforce/blip-vqa-capfilt-large"),
)
