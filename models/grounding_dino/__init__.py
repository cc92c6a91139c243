"""GroundingDINO, published: boxes of any phrase in ordinary pictures."""

from transformers import GroundingDinoForObjectDetection

from ..spec import ModelSpec
from .config import GroundingDinoConfig
from .grounder import DinoGrounder

SPEC = ModelSpec(
    name="grounding_dino",
    paper="GroundingDINO (2023), https://arxiv.org/abs/2303.05499",
    tasks=("Grounder",),
    config_class=GroundingDinoConfig,
    build=GroundingDinoForObjectDetection,
    load=DinoGrounder.load,
    published=("IDEA-Research/grounding-dino-tiny", "IDEA-Research/grounding-dino-base"),
)
