"""Editing of tabletop pictures: a masked network repaints a thing and the ground it darkens."""

from ..spec import ModelSpec
from .config import EditorConfig
from .editor import TableEditor
from .model import EditorModel

SPEC = ModelSpec(
    name="editor",
    paper="U-Net (2015), https://arxiv.org/abs/1505.04597, masked and told what to paint",
    tasks=(),
    config_class=EditorConfig,
    build=EditorModel,
    load=TableEditor.load,
)
