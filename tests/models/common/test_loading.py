"""Weights are loaded as `from_pretrained` loads them, and foreign ones are refused."""

from pathlib import Path

import pytest
import torch
from sightline.models.common.loading import load_model
from sightline.models.router.model import RouterModel
from sightline.models.scene_parser.model import SceneParserModel
from sightline.models.spec import weights_folder


@pytest.mark.parametrize(
    ("name", "model_class"), [("scene_parser", SceneParserModel), ("router", RouterModel)]
)
def test_same_weights_as_from_pretrained(name: str, model_class: type) -> None:
    folder = weights_folder(name)
    mine = load_model(model_class, folder)
    theirs = model_class.from_pretrained(folder, dtype=torch.float32)
    assert not mine.training
    expected = theirs.state_dict()
    assert mine.state_dict().keys() == expected.keys()
    for key, value in mine.state_dict().items():
        assert value.dtype == expected[key].dtype
        assert torch.equal(value, expected[key])


def test_weights_of_another_model_are_refused(tmp_path: Path) -> None:
    folder = weights_folder("scene_parser")
    (tmp_path / "config.json").write_text((weights_folder("router") / "config.json").read_text())
    (tmp_path / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes())
    with pytest.raises(RuntimeError):
        load_model(RouterModel, tmp_path)
