"""What people call the closed vocabulary: synonyms with weights, as data.

A bare word has weight 1; `(word, weight)` sets it. Canonical names carry most of
the weight, so that the rare ones do not drown what nearly everyone says.
"""

from itertools import accumulate
from random import Random
from typing import Any, Final

Weighted = tuple[str | tuple[str, float], ...]

NOUNS: Final[dict[str, tuple[tuple[str, str, float], ...]]] = {
    # (singular, plural, weight)
    "cube": (
        ("cube", "cubes", 14),
        ("block", "blocks", 5),
        ("box", "boxes", 4),
        ("square", "squares", 2),
        ("brick", "bricks", 0.6),
        ("dice", "dice", 0.3),
        ("cuboid", "cuboids", 0.3),
        ("square block", "square blocks", 0.3),
        ("square one", "square ones", 0.4),
        ("square thing", "square things", 0.6),
        ("boxy thing", "boxy things", 0.3),
        ("square object", "square objects", 0.4),
        ("cubic object", "cubic objects", 0.3),
        ("cube-shaped object", "cube-shaped objects", 0.3),
        ("cubical thing", "cubical things", 0.2),
        ("cubic one", "cubic ones", 0.15),
        ("boxy one", "boxy ones", 0.15),
        ("box-shaped thing", "box-shaped things", 0.15),
        ("die", "dice", 0.1),
        ("hexahedron", "hexahedrons", 0.05),
    ),
    "sphere": (
        ("sphere", "spheres", 9),
        ("ball", "balls", 12),
        ("orb", "orbs", 1.5),
        ("globe", "globes", 1),
        ("circle", "circles", 0.6),
        ("marble", "marbles", 0.4),
        ("bubble", "bubbles", 0.15),
        ("round one", "round ones", 0.6),
        ("round thing", "round things", 0.8),
        ("round object", "round objects", 0.5),
        ("spherical object", "spherical objects", 0.5),
        ("spherical thing", "spherical things", 0.3),
        ("ball-shaped object", "ball-shaped objects", 0.2),
        ("round thingy", "round thingies", 0.15),
        ("rounded thing", "rounded things", 0.1),
        ("round shape", "round shapes", 0.15),
        ("bowling ball", "bowling balls", 0.1),
        ("bead", "beads", 0.15),
        ("spherical one", "spherical ones", 0.15),
    ),
    "cylinder": (
        ("cylinder", "cylinders", 15),
        ("can", "cans", 2.5),
        ("tube", "tubes", 2),
        ("drum", "drums", 1),
        ("barrel", "barrels", 1.2),
        ("tin", "tins", 0.5),
        ("tin can", "tin cans", 0.2),
        ("canister", "canisters", 0.3),
        ("pipe", "pipes", 0.3),
        ("cylindrical object", "cylindrical objects", 0.6),
        ("cylindrical thing", "cylindrical things", 0.4),
        ("tube-shaped thing", "tube-shaped things", 0.2),
        ("cylindrical one", "cylindrical ones", 0.2),
        ("column", "columns", 0.2),
        ("pillar", "pillars", 0.15),
        ("cylinder shape", "cylinder shapes", 0.1),
        ("can-shaped object", "can-shaped objects", 0.1),
        ("keg", "kegs", 0.1),
        ("roll", "rolls", 0.05),
    ),
    "": (
        ("thing", "things", 8),
        ("object", "objects", 9),
        ("item", "items", 3),
        ("one", "ones", 3),
        ("piece", "pieces", 0.8),
        ("shape", "shapes", 0.5),
        ("toy", "toys", 0.3),
        ("figure", "figures", 0.2),
        ("element", "elements", 0.15),
        ("solid", "solids", 0.15),
        ("thingy", "thingies", 0.2),
    ),
}

ADJECTIVES: Final[dict[str, Weighted]] = {
    "small": (
        ("small", 12),
        ("tiny", 5),
        ("little", 4),
        ("smaller", 1.2),
        ("mini", 0.6),
        ("wee", 0.4),
        ("miniature", 0.3),
        ("small-sized", 0.2),
        ("teeny", 0.2),
        ("teensy", 0.1),
        ("petite", 0.1),
        ("smallish", 0.15),
        ("itty-bitty", 0.1),
        ("tiny little", 0.2),
        ("lil", 0.15),
        ("minuscule", 0.1),
        ("short", 0.05),
    ),
    "large": (
        ("large", 11),
        ("big", 11),
        ("huge", 1.5),
        ("giant", 0.8),
        ("larger", 0.8),
        ("bigger", 1.2),
        ("bulky", 0.3),
        ("massive", 0.4),
        ("enormous", 0.3),
        ("large-sized", 0.2),
        ("gigantic", 0.2),
        ("great big", 0.2),
        ("oversized", 0.1),
        ("humongous", 0.1),
        ("jumbo", 0.1),
        ("chunky", 0.1),
        ("biggish", 0.1),
        ("sizeable", 0.1),
        ("big ol", 0.05),
    ),
    "gray": (
        ("gray", 8),
        ("grey", 8),
        ("greyish", 0.3),
        ("silver", 0.15),
        ("dark gray", 0.3),
        ("grayish", 0.15),
        ("charcoal", 0.05),
    ),
    "red": (("red", 16), ("reddish", 0.2), ("crimson", 0.2), ("scarlet", 0.2), ("dark red", 0.3)),
    "blue": (
        ("blue", 16),
        ("dark blue", 0.5),
        ("navy", 0.15),
        ("navy blue", 0.15),
        ("royal blue", 0.1),
        ("deep blue", 0.15),
        ("azure", 0.1),
        ("bluish", 0.1),
        ("cobalt", 0.05),
    ),
    "green": (
        ("green", 16),
        ("dark green", 0.4),
        ("greenish", 0.2),
        ("emerald", 0.1),
        ("lime", 0.1),
    ),
    "brown": (("brown", 16), ("tan", 0.5), ("brownish", 0.3), ("chocolate", 0.15), ("bronze", 0.1)),
    "purple": (
        ("purple", 14),
        ("violet", 2),
        ("magenta", 0.3),
        ("lilac", 0.2),
        ("lavender", 0.1),
        ("purplish", 0.1),
    ),
    "cyan": (
        ("cyan", 12),
        ("turquoise", 2.2),
        ("light blue", 2),
        ("teal", 1.5),
        ("aqua", 1.2),
        ("sky blue", 0.5),
        ("light-blue", 0.4),
        ("blue-green", 0.1),
        ("pale blue", 0.1),
    ),
    "yellow": (
        ("yellow", 15),
        ("golden", 0.6),
        ("gold", 0.6),
        ("yellowish", 0.2),
        ("lemon", 0.1),
        ("bright yellow", 0.1),
    ),
    "metal": (
        ("metal", 8),
        ("metallic", 6),
        ("shiny", 8),
        ("chrome", 0.8),
        ("polished", 0.8),
        ("steel", 0.8),
        ("reflective", 1),
        ("glossy", 1),
        ("shining", 0.3),
        ("gleaming", 0.2),
        ("shiny metal", 0.5),
        ("mirror-like", 0.2),
        ("lustrous", 0.1),
        ("mirrored", 0.1),
        ("shiney", 0.2),
        ("metallic-looking", 0.15),
        ("sparkly", 0.15),
        ("chromed", 0.1),
        ("shiny metallic", 0.3),
        ("polished metal", 0.15),
        ("highly reflective", 0.1),
        ("mirror-finish", 0.05),
    ),
    "rubber": (
        ("rubber", 9),
        ("matte", 8),
        ("dull", 1.5),
        ("matt", 0.8),
        ("rubbery", 0.8),
        ("plastic", 0.4),
        ("non-shiny", 0.6),
        ("nonmetallic", 0.2),
        ("non-metallic", 0.3),
        ("flat-finish", 0.2),
        ("unpolished", 0.2),
        ("non-reflective", 0.3),
        ("plastic-looking", 0.1),
        ("not shiny", 0.1),
        ("matte-looking", 0.1),
        ("matte rubber", 0.2),
        ("dull-looking", 0.1),
        ("plasticky", 0.1),
        ("unshiny", 0.1),
        ("rubberized", 0.05),
        ("matte-finish", 0.1),
    ),
    "cube": ("a cube", ("a block", 0.5), ("a box", 0.5), ("cubic", 0.2), ("square", 0.4)),
    "sphere": ("a sphere", "a ball", ("round", 0.3), ("spherical", 0.3), ("an orb", 0.2)),
    "cylinder": (
        ("a cylinder", 1.5),
        ("cylindrical", 0.3),
        ("a tube", 0.3),
        ("a can", 0.3),
        ("a barrel", 0.15),
    ),
}

# Several things: "they are ..." takes these instead of "a cube".
PLURAL_PREDICATES: Final[dict[str, Weighted]] = {
    "cube": (("cubes", 3), "blocks", "boxes", ("square", 0.4), ("cube-shaped", 0.2)),
    "sphere": (("spheres", 2), ("balls", 2), ("round", 0.5), ("orbs", 0.3), ("spherical", 0.3)),
    "cylinder": (("cylinders", 4), ("cylindrical", 0.5), ("tubes", 0.4), ("cans", 0.4)),
}

# "made of ..." and "with a ... finish".
MATERIAL_NOUNS: Final[dict[str, Weighted]] = {
    "metal": (("metal", 6), ("steel", 0.8), ("chrome", 0.4), ("shiny metal", 0.4)),
    "rubber": (("rubber", 6), ("matte rubber", 0.4), ("plastic", 0.4)),
}
FINISHES: Final[dict[str, Weighted]] = {
    "metal": ("metallic", "shiny", "glossy", "polished", "reflective", ("metal", 0.5)),
    "rubber": (("matte", 3), "dull", "rubbery", ("non-shiny", 0.5), ("flat", 0.3), ("matt", 0.4)),
}

ATTRIBUTE_NOUNS: Final[dict[str, tuple[tuple[str, str, float], ...]]] = {
    "color": (("color", "colors", 5), ("colour", "colours", 5), ("hue", "hues", 0.15)),
    "size": (("size", "sizes", 8), ("dimension", "dimensions", 0.1)),
    "material": (
        ("material", "materials", 6),
        ("texture", "textures", 0.6),
        ("finish", "finishes", 0.4),
        ("substance", "substances", 0.1),
    ),
    "shape": (("shape", "shapes", 6), ("form", "forms", 0.4)),
}

NUMBER_WORDS: Final[tuple[str, ...]] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
]  # type: ignore[assignment]


class Choice:
    """Weighted choice among fixed items, precomputed."""

    __slots__ = ("_cumulative", "_items", "_total")

    def __init__(self, items: tuple, weights: tuple[float, ...]) -> None:  # items: any type
        self._items = items
        self._cumulative = list(accumulate(weights))
        self._total = self._cumulative[-1]

    @classmethod
    def of(cls, weighted: Weighted) -> "Choice":
        """Words, each alone (weight 1) or with its weight."""
        pairs = [(w, 1.0) if isinstance(w, str) else w for w in weighted]
        return cls(tuple(p[0] for p in pairs), tuple(p[1] for p in pairs))

    @classmethod
    def of_forms(cls, forms: tuple[tuple[str, str, float], ...]) -> "Choice":
        """(singular, plural) pairs with weights."""
        return cls(tuple(f[:2] for f in forms), tuple(f[2] for f in forms))

    def draw(self, rng: Random) -> Any:
        """One item."""
        point = rng.random() * self._total
        for item, edge in zip(self._items, self._cumulative, strict=True):
            if point < edge:
                return item
        return self._items[-1]
