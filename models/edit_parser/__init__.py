"""The edit parser: what an instruction to edit asks for."""

from ..spec import ModelSpec
from .config import EditParserConfig
from .model import EditParserModel
from .parser import EditParser

SPEC = ModelSpec(
    name="edit_parser",
    paper="BERT for joint intent and slots (2019), https://arxiv.org/abs/1902.10909",
    tasks=(),
    config_class=EditParserConfig,
    build=EditParserModel,
    load=EditParser.load,
)
