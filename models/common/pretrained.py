"""The base of this project's models: a `PreTrainedModel` that leaves layers as torch made them."""

from torch import nn
from transformers import PreTrainedModel


class SightlineModel(PreTrainedModel):
    """`save_pretrained`, `from_pretrained` and the rest, with torch's own initialisation."""

    def _init_weights(self, module: nn.Module) -> None:
        # transformers would draw every layer anew.
        del module
