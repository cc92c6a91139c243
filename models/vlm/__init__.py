"""Vision-language models, published: they describe and answer about ordinary pictures and clips."""

from transformers import LlavaForConditionalGeneration

from ..spec import ModelSpec
from .config import VlmConfig
from .model import VisionLanguageModel

SPEC = ModelSpec(
    name="vlm",
    paper="LLaVA (2023), https://arxiv.org/abs/2304.08485, and what followed it",
    tasks=("Captioner", "Answerer", "VideoAnswerer"),
    config_class=VlmConfig,
    build=LlavaForConditionalGeneration,
    load=VisionLanguageModel.load,
    published=(
        "Qwen/Qwen2-VL-2B-Instruct",
        "HuggingFaceTB/SmolVLM2-2.2B-Instruct",
        "llava-hf/llava-1.5-7b-hf",
    ),
)
