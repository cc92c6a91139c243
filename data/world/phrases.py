"""From programs that end in a set or an object to English that means just that.

    object_phrase(rng, unique(relate[left](unique(cube)) filtered by red))
    -> "the red thing that is to the left of the block"

A set is filters over a base: the whole scene, a relation (`relate`, `same_*`,
`between`, `side`, an `intersect` of those), or at the top a `union` or `minus`.
"""

from random import Random
from typing import Final

from .functions import Call, split_filters
from .lexicon import ADJECTIVES
from .patterns import Pattern
from .vocabulary import ATTRIBUTES, VALUES
from .wording import (
    Article,
    Number,
    adjective,
    attribute_word,
    indefinite,
    noun,
    noun_phrase,
    ordinal_phrase,
    predicate,
    relation,
    superlative,
)

_LINKS: Final = {
    "one": ("", "", "", "that is ", "that's ", "which is ", "located ", "placed ", "sitting "),
    "many": ("", "", "", "that are ", "which are ", "located ", "placed ", "sitting "),
}
_RARE_LINKS: Final = ("standing ", "lying ", "positioned ", "situated ", "found ", "directly ")

_POSSESSIVE: Final = {
    "left": Pattern("[to|on] {o}'s left[| side| hand side|]"),
    "right": Pattern("[to|on] {o}'s right[| side| hand side|]"),
    "front": Pattern("[at|on] {o}'s front[| side]"),
    "behind": Pattern("[at|behind] {o}'s back"),
}
_BETWEEN: Final = Pattern(
    "[between|between|between|in between|inbetween|somewhere between|in the middle of"
    "|standing between] {a} and {b}"
)
_SIDES: Final = {
    "left": Pattern(
        "[[on|in|at] the left [side|half|part|hand side] [of the <picture>|of the <picture>|]"
        "|on the left|on the left|in the left [half|part] of the <picture>]",
        {"picture": "[picture|image|photo|scene|table|frame|pic]"},
    ),
    "right": Pattern(
        "[[on|in|at] the right [side|half|part|hand side] [of the <picture>|of the <picture>|]"
        "|on the right|on the right|in the right [half|part] of the <picture>]",
        {"picture": "[picture|image|photo|scene|table|frame|pic]"},
    ),
    "front": Pattern(
        "[in|at|on] the [lower|bottom|bottom|front|front] [half|part|half] of the"
        " [picture|image|photo|pic|scene]|[at|in] the front of the [picture|image|photo|pic]"
    ),
    "behind": Pattern(
        "[in|at|on] the [upper|top|top|back|back] [half|part|half] of the"
        " [picture|image|photo|pic|scene]|[at|in] the back of the [picture|image|photo|pic]"
    ),
}
_NEAREST: Final = Pattern(
    "[that is |that's |which is ||||][nearest to|closest to|nearest|nearest to|closest to"
    "|right next to|next to|next to|beside|right beside|closest|adjacent to"
    "|the least far from] {o}"
)
_SAME_AFTER: Final = Pattern(
    "[with|with|of|{having}|{that}] [the|] same {name} as {o}"
    "|{having} {name} in common with {o}|{sharing} [{its}|{its}|a] {name} with {o}"
    "|{sharing} the {name} of {o}|{matching} {o} in {name}|{matching} the {name} of {o}"
    "|of [the|an] identical {name} [as|to] {o}|with {o}'s {name}|{made}"
)
_SAME_PREDICATE: Final = Pattern(
    "[the|the|of the|exactly the|] same {name} as {o}|identical in {name} to {o}"
    "|equal in {name} to {o}|as {o} in {name}|like {o} in {name}"
)
_LIKE: Final = {
    "size": Pattern("[as big as {o}|as large as {o}|the size of {o}|equally big as {o}]"),
    "color": Pattern("[colored|coloured] [like|the same as|the same way as] {o}"),
    "material": Pattern(
        "made [of|out of|from] the same [stuff|thing|material|matter] [as|like] {o}"
    ),
    "shape": Pattern("[shaped [like|the same as] {o}|the same kind of shape as {o}]"),
}
_EXCEPT: Final = Pattern(
    "[other than|other than|except|except for|besides|apart from|but not|excluding|aside from"
    "|not counting|leaving out|without counting|not including] {x}"
)


def is_object(node: Call) -> bool:
    """Whether the node gives one object."""
    return node.function in ("unique", "extreme", "ordinal", "nearest", "it")


def phrase(rng: Random, node: Call, number: Number = "many", article: Article = "") -> str:
    """The phrase for a set (with number and article) or for an object (always definite)."""
    return object_phrase(rng, node) if is_object(node) else set_phrase(rng, node, number, article)


def set_phrase(
    rng: Random, node: Call, number: Number, article: Article, either: bool = False
) -> str:
    """The phrase for a set.

    Args:
        either: a union must be said with "or": "are there cubes and balls" asks for both.
    """
    if node.function == "union":
        return _union(rng, node, number, article, either)
    if node.function == "minus":
        return _minus(rng, node, number, article)
    values, base = split_filters(node)
    if base.function == "scene":
        return noun_phrase(rng, values, number, article)
    other = base.function.startswith("same_") and rng.random() < 0.3
    head = noun_phrase(rng, values, number, article, bare=False, other=other)
    return f"{head} {where_after(rng, base, number)}"


def core(rng: Random, node: Call, number: Number, article: Article) -> str:
    """The set's own words without its relation: "red balls" of "red balls left of X"."""
    values, base = split_filters(node)
    other = base.function.startswith("same_") and rng.random() < 0.3
    return noun_phrase(rng, values, number, article, other=other)


def object_phrase(rng: Random, node: Call, plain: bool = False) -> str:
    """The phrase for one object; `plain` keeps a simple one free of "that is ..."."""
    source = node.args[0] if node.args else node
    if node.function == "it":
        return "it"
    if node.function == "unique":
        values, base = split_filters(source)
        if base.function == "scene" and rng.random() < 0.012:
            return _restated(rng, values)
        if base.function == "scene" and (plain or rng.random() < 0.02):
            text = noun_phrase(rng, values, "one", "the", plain=True)
            return text if plain else text.replace("the ", "the only ", 1)
        return set_phrase(rng, source, "one", "the")
    values, base = split_filters(source)
    follows = base.function != "scene"
    if node.function == "nearest":
        head = noun_phrase(rng, values, "one", "the", bare=False)
        other = object_phrase(rng, node.args[1])
        return f"{head} {_NEAREST.draw(rng, {'o': other})}"
    bare = rng.random() < 0.6
    head = noun_phrase(rng, values, "one", "", bare=bare and not follows)
    assert node.value is not None  # extreme and ordinal always bind a value
    if node.function == "extreme":
        text = superlative(rng, node.value, head, before=follows)
    else:
        rank, direction = node.value.split()
        text = ordinal_phrase(rng, int(rank), direction, head)
    text = f"the {text}"
    return f"{text} {where_after(rng, base, 'one', linked=True)}" if follows else text


def _restated(rng: Random, values: dict[str, str]) -> str:
    """People correct or complete themselves: "the ball, no, the red cube"."""
    whole = noun_phrase(rng, values, "one", "the", plain=True)
    names = [name for name in ATTRIBUTES if name in values]
    name = names[int(rng.random() * len(names))]
    if rng.random() < 0.4 and len(names) > 1:
        part = noun_phrase(rng, {name: values[name]}, "one", "the", plain=True)
        return f"{part}, {whole}"
    others = [value for value in VALUES[name] if value != values[name]]
    wrong = {**values, name: others[int(rng.random() * len(others))]}
    slip = noun_phrase(rng, wrong, "one", "the", plain=True)
    return f"{slip}{_CORRECTIONS.draw(rng, {})} {whole}"


_CORRECTIONS: Final = Pattern(
    "[,|...| -|][ no,| sorry,| i mean| er,| no wait,| uh, i mean| or rather| no| no i mean"
    "| sorry i meant| i meant]"
)


def where_after(rng: Random, base: Call, number: Number, linked: bool = False) -> str:
    """The base as it follows a noun: "that is left of the cube", "with the same size as X".

    Args:
        linked: "that is" must stand, since a superlative came before.
    """
    if base.function.startswith("same_"):
        return _same_after(rng, base, number)
    where = where_predicate(rng, base)
    if linked:
        return f"{('that is ', 'that are ')[number == 'many']}{where}"
    links = _LINKS[number] if rng.random() < 0.93 else _RARE_LINKS
    return links[int(rng.random() * len(links))] + where


def where_predicate(rng: Random, base: Call, it: bool = False) -> str:
    """The base as it follows "is": "left of the cube", "the same size as the ball".

    Args:
        it: the anchor has just been named, and is called "it".
    """
    name = base.function
    if name == "intersect" and _one_direction(base) and rng.random() < 0.8:
        a, b = (object_phrase(rng, arg.args[0]) for arg in base.args)
        return f"{relation(rng, str(base.args[0].value))} both {a} and {b}"
    if name == "intersect":
        first, second = (where_predicate(rng, arg) for arg in base.args)
        both = ("", "", "both ")[int(rng.random() * 3)]
        joint = (" and ", " and ", " and ", " and also ", ", and ")[int(rng.random() * 5)]
        return f"{both}{first}{joint}{second}"
    if name == "between":
        return _BETWEEN.draw(
            rng,
            {"a": object_phrase(rng, base.args[0]), "b": object_phrase(rng, base.args[1])},
        )
    if name == "side":
        return _SIDES[str(base.value)].draw(rng)
    anchor = base.args[0]
    if name == "relate":
        simple = not it and is_simple(anchor)
        if simple and rng.random() < 0.03:
            o = object_phrase(rng, anchor, plain=True)
            return _POSSESSIVE[str(base.value)].draw(rng, {"o": o})
        other = "it" if it else object_phrase(rng, anchor)
        return f"{relation(rng, str(base.value))} {other}"
    other = "it" if it else object_phrase(rng, anchor)
    attribute = name[5:]
    if rng.random() < 0.2:
        return _LIKE[attribute].draw(rng, {"o": other})
    return _SAME_PREDICATE.draw(rng, {"name": attribute_word(rng, attribute), "o": other})


def _one_direction(base: Call) -> bool:
    first, second = base.args
    return first.function == second.function == "relate" and first.value == second.value


def is_simple(node: Call) -> bool:
    """Whether an object is named by its attributes alone: "the big cube"."""
    return node.function == "unique" and split_filters(node.args[0])[1].function == "scene"


def _same_after(rng: Random, base: Call, number: Number) -> str:
    attribute = base.function[5:]
    anchor = base.args[0]
    if rng.random() < 0.12:
        links = _LINKS[number]
        link = links[int(rng.random() * 6)]
        return f"{link}{_LIKE[attribute].draw(rng, {'o': object_phrase(rng, anchor)})}"
    simple = is_simple(anchor)
    o = object_phrase(rng, anchor, plain=simple)
    one = number == "one"
    name = attribute_word(rng, attribute)
    made = f"with the same {name} as {o}"
    if attribute == "material":
        made = f"made of the same {name} as {o}"
    text = _SAME_AFTER.draw(
        rng,
        {
            "name": name,
            "o": o,
            "its": "its" if one else "their",
            "having": ("that has" if one else "that have") if rng.random() < 0.7 else "having",
            "sharing": ("that shares" if one else "that share")
            if rng.random() < 0.7
            else "sharing",
            "matching": "matching"
            if rng.random() < 0.5
            else "that matches"
            if one
            else "that match",
            "that": "that is" if one else "that are",
            "made": made,
        },
    )
    return text if simple or "'s " not in text else made


def _union(rng: Random, node: Call, number: Number, article: Article, either: bool) -> str:
    word = "and" if number == "many" and not either and rng.random() < 0.5 else "or"
    (left, left_base), (right, right_base) = (split_filters(arg) for arg in node.args)
    if left_base == right_base and left_base.function == "scene":
        differing = [a for a in ATTRIBUTES if left.get(a) != right.get(a)]
        name = differing[0]
        if len(differing) == 1 and name in left and name in right and rng.random() < 0.7:
            if rng.random() < 0.35:
                rest = {a: v for a, v in left.items() if a != name}
                said = _either(rng, name, left[name], right[name], number)
                be = "are" if number == "many" else "is"
                return f"{noun_phrase(rng, rest, number, article, bare=False)} that {be} {said}"
            return _joined_values(rng, left, right[name], name, word, number, article)
    first, second = (phrase(rng, arg, number, article) for arg in node.args)
    if word == "or" and article and rng.random() < 0.15:
        return f"either {first} or {second}"
    return f"{first} {word} {second}"


def _either(rng: Random, name: str, first: str, second: str, number: Number) -> str:
    both = (predicate(rng, name, value, number) for value in (first, second))
    return f"{'either ' if rng.random() < 0.3 else ''}{' or '.join(both)}"


def union_predicate(rng: Random, node: Call, number: Number) -> tuple[dict[str, str], str] | None:
    """A union of sets that differ in one value, as what they share and "red or blue"."""
    (left, left_base), (right, right_base) = (split_filters(arg) for arg in node.args)
    differing = [a for a in ATTRIBUTES if left.get(a) != right.get(a)]
    if left_base.function != "scene" or right_base.function != "scene" or len(differing) != 1:
        return None
    name = differing[0]
    if name not in left or name not in right:
        return None
    rest = {a: v for a, v in left.items() if a != name}
    return rest, _either(rng, name, left[name], right[name], number)


def _joined_values(
    rng: Random,
    values: dict[str, str],
    other: str,
    name: str,
    word: str,
    number: Number,
    article: Article,
) -> str:
    rest = {a: v for a, v in values.items() if a != name}
    if name == "shape":
        adjectives = " ".join(adjective(rng, rest[a]) for a in ATTRIBUTES if a in rest)
        first, second = (noun(rng, shape, number) for shape in (values["shape"], other))
        words = f"{adjectives} {first} {word} {second}".strip()
    else:
        first, second = (adjective(rng, value) for value in (values[name], other))
        words = f"{first} {word} {second} {noun_phrase(rng, rest, number, '', plain=True)}"
    if article == "a" and number == "one":
        return indefinite(words)
    return f"{article} {words}" if article in ("the", "any") else words


def _minus(rng: Random, node: Call, number: Number, article: Article) -> str:
    kept, dropped = node.args
    extra = beyond(kept, dropped)
    kept_values, kept_base = split_filters(kept)
    if dropped.function == "union":
        return _neither(rng, kept, dropped, number, article)
    related = split_filters(dropped)[1]
    if related.function == "relate" and kept_base.function == "scene":
        head = noun_phrase(rng, kept_values, number, article, bare=False)
        isnt = _ISNT[number][int(rng.random() * 4)]
        return f"{head} {isnt} {where_predicate(rng, related)}"
    if extra is not None and len(extra) == 1:
        name, value = next(iter(extra.items()))
        roll = rng.random()
        if kept_base.function != "scene":
            where = where_predicate(rng, kept_base)
            return f"{_non(rng, kept_values, name, value, number, article)} {where}"
        if roll < 0.6 or (name == "shape" and roll < 0.75):
            head = noun_phrase(rng, kept_values, number, article, bare=False)
            isnt = _ISNT[number][int(rng.random() * 4)]
            return f"{head} {isnt} {predicate(rng, name, value, number)}"
        if name != "shape" and roll < 0.85:
            return _non(rng, kept_values, name, value, number, article)
    head = set_phrase(rng, kept, number, article)
    return f"{head} {_EXCEPT.draw(rng, {'x': left_out(rng, kept, dropped)})}"


def left_out(rng: Random, kept: Call, dropped: Call) -> str:
    """What a `minus` takes away: "the red ones", "cubes", "the small ball"."""
    kept_values = split_filters(kept)[0]
    extra = beyond(kept, dropped)
    if is_object(dropped):
        return dropped_object(rng, dropped, kept_values)
    which: Article = "the" if rng.random() < 0.5 else ""
    if extra is None:
        return set_phrase(rng, dropped, "many", which)
    if kept_values and "shape" not in extra and rng.random() < 0.75:
        words = " ".join(adjective(rng, extra[a]) for a in ATTRIBUTES if a in extra)
        return f"{which} {words} ones".strip()
    return noun_phrase(rng, {**kept_values, **extra}, "many", which)


def dropped_object(rng: Random, dropped: Call, kept_values: dict[str, str]) -> str:
    """The object left out: "the red cube", or "the red one" of cubes."""
    values, base = split_filters(dropped.args[0])
    shape = values.get("shape")
    if base.function == "scene" and shape and shape == kept_values.get("shape") and len(values) > 1:
        words = " ".join(adjective(rng, values[a]) for a in ATTRIBUTES[:3] if a in values)
        if rng.random() < 0.6:
            return f"the {words} one"
    return object_phrase(rng, dropped)


def _neither(rng: Random, kept: Call, dropped: Call, number: Number, article: Article) -> str:
    values = [split_filters(arg)[0] for arg in dropped.args]
    (name, first), (_, second) = (next(iter(v.items())) for v in values)
    head = noun_phrase(rng, split_filters(kept)[0], number, article, bare=False)
    a, b = (predicate(rng, name, value, number) for value in (first, second))
    be = "are" if number == "many" else "is"
    if rng.random() < 0.6:
        return f"{head} that {be} neither {a} nor {b}"
    return f"{head} that {be}{(' not', 'n' + chr(39) + 't')[rng.random() < 0.5]} {a} or {b}"


def beyond(first: Call, second: Call) -> dict[str, str] | None:
    """What `second` demands beyond `first`'s own description; None unless it restates that."""
    values, base = split_filters(first)
    wanted, other = split_filters(second)
    if other != base or any(wanted.get(a) != v for a, v in values.items()):
        return None
    return {a: v for a, v in wanted.items() if a not in values}


_ISNT: Final = {
    "one": ("that isn't", "that is not", "that's not", "which is not"),
    "many": ("that aren't", "that are not", "which aren't", "that are not"),
}


def _non(
    rng: Random, values: dict[str, str], name: str, value: str, number: Number, article: Article
) -> str:
    # Only one-word adjectives take "non-": "non-light blue" would mislead.
    word = adjective(rng, value) if name != "shape" else value
    if " " in word or "-" in word or word not in {*_SINGLE_WORDS, value}:
        word = value
    rest = noun_phrase(rng, values, number, "", bare=False, plain=True)
    words = f"{('non-', 'non-', 'non ', 'not ')[int(rng.random() * 4)]}{word} {rest}"
    if article == "a" and number == "one":
        return f"a {words}"
    return f"{article} {words}" if article in ("the", "any") else words


_SINGLE_WORDS: Final = frozenset(
    word
    for value in ("small", "large", "gray", "red", "blue", "green", "metal", "yellow", "purple")
    for word in (w if isinstance(w, str) else w[0] for w in ADJECTIVES[value])
    if word.isalpha() and not word.startswith("non") and not word.endswith(("er", "ish"))
)
