"""The scene parser: one picture in, all its objects out."""

from ..spec import ModelSpec
from .config import SceneParserConfig
from .model import SceneParserModel
from .parser import TableSceneParser

SPEC = ModelSpec(
    name="scene_parser",
    paper="Objects as Points (2019), https://arxiv.org/abs/1904.07850",
    tasks=("SceneParser",),
    config_class=SceneParserConfig,
    build=SceneParserModel,
    load=TableSceneParser.load,
)
