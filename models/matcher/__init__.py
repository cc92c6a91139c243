"""Image-text matching: whether a text fits a picture, for re-ranking what a search found."""

from ..spec import ModelSpec
from .config import MatcherConfig
from .matcher import SlotMatcher
from .model import MatcherModel

SPEC = ModelSpec(
    name="matcher",
    paper="ALBEF (2021), https://arxiv.org/abs/2107.07651",
    tasks=("Matcher",),
    config_class=MatcherConfig,
    build=MatcherModel,
    load=SlotMatcher.load,
)
