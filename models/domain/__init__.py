"""The domain classifier: tabletop, document or something else."""

from ..spec import ModelSpec
from .config import DomainConfig
from .model import DomainClassifier, DomainGuess, DomainModel

__all__ = ["SPEC", "DomainClassifier", "DomainConfig", "DomainGuess", "DomainModel"]

SPEC = ModelSpec(
    name="domain",
    paper="out-of-distribution gate; no paper",
    tasks=(),
    config_class=DomainConfig,
    build=DomainModel,
    load=DomainClassifier.load,
)
