"""What can be trained: every model of the registry, and what people train on their own data."""

from sightline.cli.finetune import NAMES
from sightline.finetune.names import FURTHER, MODELS
from sightline.finetune.pipeline import RECIPES
from sightline.models import PUBLISHED, REGISTRY


def test_every_name_has_a_recipe_and_every_model_a_name() -> None:
    assert set(RECIPES) == {*MODELS, *FURTHER}
    assert set(MODELS) == set(REGISTRY) - set(PUBLISHED)
    assert set(NAMES) == {*RECIPES, "all"} and len(NAMES) == len(set(NAMES))
