"""The planner: a small language model that writes tool calls in the Hermes format."""

from pathlib import Path

from transformers import LlamaForCausalLM

from ..spec import ModelSpec
from .config import PlannerConfig
from .planner import PlannerModel

SPEC = ModelSpec(
    name="planner",
    paper="Llama 2 (2023), https://arxiv.org/abs/2307.09288",
    tasks=(),
    config_class=PlannerConfig,
    build=LlamaForCausalLM,
    load=PlannerModel.load,
    published=("Qwen/Qwen3-4B", "Qwen/Qwen3-8B"),
)


def load(path: Path | None = None) -> PlannerModel:
    """The planner from a folder of weights; None takes the shipped ones."""
    return PlannerModel.load(path)


__all__ = ["SPEC", "PlannerConfig", "PlannerModel", "load"]
