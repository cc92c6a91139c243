"""Questions about what no tabletop holds: "is there a dog left of the red cube?".

A worded program becomes one by exchanging a word of its language ("ball", "green", "metal") for a
word of another world ("dog", "pink", "wooden"); the description that the word stood in becomes
`nothing`, the set of things that no scene has.
"""

import re
from random import Random
from typing import Final

from .functions import NOTHING, Call, from_tokens, split_filters, to_tokens
from .lexicon import ADJECTIVES, NOUNS

# (singular, plural)
THINGS: Final[tuple[tuple[str, str], ...]] = tuple(
    (word, plural)
    for line in """
    person people|man men|woman women|child children|kid kids|boy boys|girl girls|baby babies
    dog dogs|cat cats|bird birds|horse horses|cow cows|sheep sheep|fish fish|elephant elephants
    bear bears|lion lions|mouse mice|rabbit rabbits|snake snakes|duck ducks|pig pigs|frog frogs
    car cars|truck trucks|bus buses|bike bikes|bicycle bicycles|motorbike motorbikes|train trains
    plane planes|boat boats|ship ships|wheel wheels|robot robots|rocket rockets|drone drones
    tree trees|flower flowers|plant plants|leaf leaves|cloud clouds|mountain mountains|stone stones
    house houses|building buildings|window windows|door doors|tower towers|chair chairs|sofa sofas
    bed beds|lamp lamps|candle candles|mirror mirrors|ladder ladders|fence fences|bridge bridges
    pizza pizzas|cake cakes|apple apples|banana bananas|egg eggs|lemon lemons|carrot carrots
    cup cups|mug mugs|bottle bottles|bowl bowls|plate plates|fork forks|knife knives|spoon spoons
    phone phones|laptop laptops|computer computers|keyboard keyboards|camera cameras|clock clocks
    book books|pen pens|pencil pencils|bag bags|umbrella umbrellas|hat hats|shirt shirts|shoe shoes
    sock socks|ring rings|key keys|coin coins|hammer hammers|rope ropes|guitar guitars|doll dolls
    teddy teddies|kite kites|flag flags|star stars|heart hearts|arrow arrows|letter letters
    triangle triangles|pyramid pyramids|cone cones|donut donuts|torus tori|hexagon hexagons
    prism prisms|pentagon pentagons|diamond diamonds|oval ovals|teapot teapots|vase vases
    """.splitlines()
    for pair in line.strip().split("|")
    if pair
    for word, plural in [pair.split()]
)
COLORS: Final = (
    "pink", "black", "white", "orange", "jet black", "snow white", "hot pink", "striped",
    "spotted", "rainbow coloured", "transparent", "see-through", "multicoloured", "checkered",
)  # fmt: skip
MATERIALS: Final = (
    "wooden", "glass", "paper", "stone", "ceramic", "woollen", "leather", "furry", "marble-stone",
    "cardboard", "wood", "cotton", "crystal", "concrete", "velvet",
)  # fmt: skip


def _alternatives(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(set(words), key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)


def _bare(entries: tuple[str | tuple[str, float], ...]) -> list[str]:
    return [entry if isinstance(entry, str) else entry[0] for entry in entries]


_SINGULAR = {s: _alternatives([one for one, _, _ in NOUNS[s]]) for s in NOUNS if s}
_PLURAL = {s: _alternatives([many for _, many, _ in NOUNS[s]]) for s in NOUNS if s}
_ADJECTIVE = {value: _alternatives(_bare(words)) for value, words in ADJECTIVES.items()}


def foreign(rng: Random, text: str, program: Call) -> tuple[str, Call] | None:
    """`text` with one word exchanged, and its program; None where it has no word to exchange.

    Args:
        rng: picks the word.
        text: worded from `program`.
        program: in canonical spelling.
    """
    tokens = to_tokens(program)
    sites = [token for token in tokens if token.startswith("filter_") and tokens.count(token) == 1]
    rng.shuffle(sites)
    for site in sites:
        name, value = site[7:-1].split("[")
        exchanged = _exchange(rng, text, name, value)
        if exchanged is not None:
            return exchanged, _without(program, site)
    return None


def _exchange(rng: Random, text: str, attribute: str, value: str) -> str | None:
    match attribute:
        case "shape":
            many, one = _PLURAL[value].findall(text), _SINGULAR[value].findall(text)
            pattern = _PLURAL[value] if many else _SINGULAR[value]
            found, word = many or one, rng.choice(THINGS)[bool(many)]
        case "color":
            pattern, word = _ADJECTIVE[value], rng.choice(COLORS)
            found = pattern.findall(text)
        case "material":
            pattern, word = _ADJECTIVE[value], rng.choice(MATERIALS)
            found = pattern.findall(text)
        case _:
            return None
    return pattern.sub(word, text) if len(found) == 1 else None


def _without(node: Call, site: str) -> Call:
    """`node` with the description that holds `site` replaced by `nothing`."""
    if node.function.startswith("filter_"):
        values, base = split_filters(node)
        if site in {f"filter_{name}[{value}]" for name, value in values.items()}:
            return NOTHING
        inner = _without(base, site)
        return inner if inner == NOTHING else _refiltered(node, base, inner)
    return Call(node.function, tuple(_without(arg, site) for arg in node.args), node.value)


def _refiltered(node: Call, base: Call, new_base: Call) -> Call:
    if node == base:
        return new_base
    return Call(node.function, (_refiltered(node.args[0], base, new_base),), node.value)


def foreign_pair(rng: Random, text: str, tokens: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The same over token spellings; a pair that cannot be changed comes back as it is."""
    changed = foreign(rng, text, from_tokens(tokens))
    return (changed[0], tuple(to_tokens(changed[1]))) if changed else (text, tokens)
