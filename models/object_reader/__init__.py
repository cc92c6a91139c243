"""The object reader: a second look at one object."""

from ..spec import ModelSpec
from .config import ObjectReaderConfig
from .model import ObjectReader, ObjectReaderModel

SPEC = ModelSpec(
    name="object_reader",
    paper="Fast R-CNN's regions (2015), https://arxiv.org/abs/1504.08083, cut from the picture",
    tasks=(),
    config_class=ObjectReaderConfig,
    build=ObjectReaderModel,
    load=ObjectReader.load,
)
