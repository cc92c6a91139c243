"""Scene graphs: relations between the scene parser's objects."""

from ..spec import ModelSpec
from .config import RelationConfig
from .grapher import TableGrapher
from .model import RelationModel

SPEC = ModelSpec(
    name="scene_graph",
    paper="Neural Motifs (2018), https://arxiv.org/abs/1711.06640, over object slots",
    tasks=(),
    config_class=RelationConfig,
    build=RelationModel,
    load=TableGrapher.load,
)
