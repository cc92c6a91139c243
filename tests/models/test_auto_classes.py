"""transformers' Auto classes load what is saved of our models, the shipped weights among it."""

import json

import pytest
from sightline.models import PUBLISHED, REGISTRY, register_auto_classes, spec
from sightline.models.common.loading import load_model
from sightline.models.spec import WEIGHTS
from transformers import AutoConfig, AutoModel, PreTrainedModel

OWN = [name for name in REGISTRY if name not in (*PUBLISHED, "planner", "matcher")]


@pytest.fixture(autouse=True, scope="module")
def _registered() -> None:
    register_auto_classes()
    register_auto_classes()  # twice does no harm


@pytest.mark.parametrize("name", OWN)
def test_shipped_configs_are_told_by_their_type(name: str) -> None:
    kind = json.loads((WEIGHTS / name / "config.json").read_text())["model_type"]
    config = AutoConfig.from_pretrained(WEIGHTS / name)
    assert type(config) is spec(name).config_class and config.model_type == kind


@pytest.mark.parametrize("name", ["domain", "program_parser", "scene_graph"])
def test_shipped_weights_load_as_they_are(name: str) -> None:
    about = spec(name)
    model = AutoModel.from_pretrained(WEIGHTS / name, dtype="float32")
    assert type(model) is about.build
    assert isinstance(about.build, type) and issubclass(about.build, PreTrainedModel)
    known = load_model(about.build, WEIGHTS / name).state_dict()
    assert all(known[key].equal(value) for key, value in model.state_dict().items())
