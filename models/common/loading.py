"""A small model with the weights of a folder.

`PreTrainedModel.from_pretrained` builds on the meta device, whose random initialisers import sympy
and torch's compiler: a second or two of every cold start, which models of a few megabytes do not
need. What it loads is the same (see the test); published checkpoints go through it as ever.
"""

from pathlib import Path
from typing import TypeVar

from safetensors.torch import load_file
from transformers import PreTrainedModel

M = TypeVar("M", bound=PreTrainedModel)


def load_model(model_class: type[M], folder: Path) -> M:
    """The model saved in `folder` in float32, ready for use (evaluation mode).

    Raises:
        RuntimeError: the weights are not of this class or its config.
    """
    assert model_class.config_class is not None  # every model of ours names its own
    model = model_class(model_class.config_class.from_pretrained(folder))
    model.load_state_dict(load_file(folder / "model.safetensors"))
    model.float()
    model.eval()
    return model
