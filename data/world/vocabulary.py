"""The closed vocabulary of the tabletop world: CLEVR's attributes and directions.

Everything that is drawn, said or parsed uses these names. Wording (synonyms,
fillers, typos) lives in `wording.py`; this file is the truth both sides share.
"""

from typing import Final

SHAPES: Final[tuple[str, ...]] = ("cube", "sphere", "cylinder")
COLORS: Final[tuple[str, ...]] = (
    "gray",
    "red",
    "blue",
    "green",
    "brown",
    "purple",
    "cyan",
    "yellow",
)
SIZES: Final[tuple[str, ...]] = ("small", "large")
MATERIALS: Final[tuple[str, ...]] = ("rubber", "metal")
DIRECTIONS: Final[tuple[str, ...]] = ("left", "right", "front", "behind")

# The order in which English stacks adjectives before the noun.
ATTRIBUTES: Final[tuple[str, ...]] = ("size", "color", "material", "shape")

VALUES: Final[dict[str, tuple[str, ...]]] = {
    "size": SIZES,
    "color": COLORS,
    "material": MATERIALS,
    "shape": SHAPES,
}

ATTRIBUTE_OF: Final[dict[str, str]] = {
    value: attribute for attribute, values in VALUES.items() for value in values
}

# CLEVR's published base colours, 0-255 RGB.
COLOR_RGB: Final[dict[str, tuple[int, int, int]]] = {
    "gray": (87, 87, 87),
    "red": (173, 35, 35),
    "blue": (42, 75, 215),
    "green": (29, 105, 20),
    "brown": (129, 74, 25),
    "purple": (129, 38, 192),
    "cyan": (41, 208, 208),
    "yellow": (255, 238, 51),
}

# World units: half side of a cube, radius of a sphere, radius and half height of a cylinder.
SIZE_RADIUS: Final[dict[str, float]] = {"large": 0.7, "small": 0.35}

# Seeds of this range are for testing alone; every training command refuses them.
TEST_SEEDS: Final[range] = range(9000, 10000)


def check_training_seed(seed: int) -> int:
    """Return `seed`, or raise `ValueError` when it is kept for testing (9000-9999)."""
    if seed in TEST_SEEDS:
        raise ValueError(f"seed {seed} is kept for testing (9000-9999); train with another seed")
    return seed
