"""The program parser: people's words to functional programs."""

from ..spec import ModelSpec
from .config import ProgramParserConfig
from .model import ProgramParserModel
from .parser import ProgramParser

SPEC = ModelSpec(
    name="program_parser",
    paper="Neural-Symbolic VQA (2018), https://arxiv.org/abs/1810.02338",
    tasks=(),
    config_class=ProgramParserConfig,
    build=ProgramParserModel,
    load=ProgramParser.load,
)
