"""The parser of questions about clips: the program parser's class over the clips' language."""

from pathlib import Path

from ..program_parser import ProgramParserConfig, ProgramParserModel
from ..program_parser.parser import ProgramParser
from ..spec import ModelSpec, weights_folder


def load(path: Path | None = None) -> ProgramParser:
    """Load weights from a folder; None takes the shipped ones."""
    return ProgramParser.load(weights_folder("video_parser", path))


SPEC = ModelSpec(
    name="video_parser",
    paper="CLEVRER: Collision Events for Video Representation and Reasoning (2020), "
    "https://arxiv.org/abs/1910.01442",
    tasks=(),
    config_class=ProgramParserConfig,
    build=ProgramParserModel,
    load=load,
)
