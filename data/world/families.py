"""The families of questions: which programs are asked, and how often.

CLEVR's own families come first, under CLEVR's names; the others are what people ask
beside them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .functions import SCENE, Call, call, filters, split_filters
from .sampling import FreeSource, Retry
from .vocabulary import ATTRIBUTES, DIRECTIONS, VALUES


@dataclass(frozen=True, kw_only=True)
class Family:
    """One kind of question.

    Attributes:
        build: draws a program from a source; may raise `Retry`.
        weight: how often it is asked, relative to the others.
        premise: whether its programs name one object, so that a premise can be false.
    """

    name: str
    build: Callable[[FreeSource], Call]
    weight: float
    premise: bool


def _query(hops: int) -> Callable[[FreeSource], Call]:
    def build(s: FreeSource) -> Call:
        name = s.attribute()
        return call(f"query_{name}", s.object(hops, hide=name))

    return build


def _over(function: str, hops: int) -> Callable[[FreeSource], Call]:
    def build(s: FreeSource) -> Call:
        return call(function, s.set(s.base(hops), least=0 if hops else 1))

    return build


def _query_base(pick: str) -> Callable[[FreeSource], Call]:
    def build(s: FreeSource) -> Call:
        base = getattr(s, pick)()
        name = s.attribute()
        if base.function == f"same_{name}":
            raise Retry
        return call(f"query_{name}", s.described(base, hide=name))

    return build


def _over_base(function: str, pick: str) -> Callable[[FreeSource], Call]:
    def build(s: FreeSource) -> Call:
        base = getattr(s, pick)()
        shared = base.function[5:] if base.function.startswith("same_") else None
        return call(function, s.set(base, least=0, hide=shared))

    return build


def _either(function: str) -> Callable[[FreeSource], Call]:
    def build(s: FreeSource) -> Call:
        if s.rng.random() < 0.75:
            return call(function, call("union", *s.two_sets()))
        # The related set comes last, or its relation would seem to hold for both.
        return call(function, call("union", s.set(SCENE), s.set(s.base(1))))

    return build


def _compare_integer(s: FreeSource) -> Call:
    name = s.pick(("equal_integer", "less_than", "greater_than"))
    return call(name, *(call("count", one) for one in _counted(s)))


def _counted(s: FreeSource) -> tuple[Call, Call]:
    roll = s.rng.random()
    if roll < 0.7:
        return s.two_sets()
    if roll < 0.8:
        anchor = s.object()
        one, other = s.pick(DIRECTIONS), s.pick(DIRECTIONS)
        if one == other:
            raise Retry
        values = {} if s.rng.random() < 0.6 else s.values()
        sides = [filters(call("relate", anchor, value=d), **values) for d in (one, other)]
        return sides[0], sides[1]
    return s.set(s.base(1)), s.set(SCENE if s.rng.random() < 0.6 else s.base(1))


def _compare_attribute(s: FreeSource) -> Call:
    name = s.attribute()
    hidden = [s.object(1 if s.rng.random() < 0.25 else 0, hide=name) for _ in range(2)]
    if s.rng.random() < 0.15:
        hidden[0] = s.extreme(hide=name)
    if hidden[0] == hidden[1]:
        raise Retry
    same = call(f"equal_{name}", *(call(f"query_{name}", o) for o in hidden))
    return call("not", same) if s.rng.random() < 0.12 else same


def _compare_size(s: FreeSource) -> Call:
    first, second = s.object(0, hide="size"), s.any_object(hide="size")
    if first == second:
        raise Retry
    sizes = (call("query_size", o) for o in (first, second))
    return call("greater_size" if s.rng.random() < 0.6 else "less_size", *sizes)


def _difference(s: FreeSource) -> Call:
    sets = _counted(s) if s.rng.random() < 0.3 else s.two_sets()
    return call("difference", *(call("count", one) for one in sets))


def _count_constant(s: FreeSource) -> Call:
    counted = call("count", s.set(SCENE if s.rng.random() < 0.85 else s.base(1)))
    roll = s.rng.random()
    if roll < 0.55:
        return call("equal_integer", counted, s.number(1, 6 if roll < 0.4 else 3))
    if roll < 0.85:
        return call("greater_than", counted, s.number(1, 5))
    return call("less_than", counted, s.number(2, 5))


def _query_any(pick: str) -> Callable[[FreeSource], Call]:
    def build(s: FreeSource) -> Call:
        name = s.attribute()
        return call(f"query_{name}", getattr(s, pick)(hide=name))

    return build


def _nearest(s: FreeSource) -> Call:
    if s.rng.random() < 0.35:
        return call("describe", s.nearest())
    return _query_any("nearest")(s)


def _between(s: FreeSource) -> Call:
    name = s.pick(("count", "exist", "describe"))
    return call(name, s.set(s.between(), least=0))


def _side(s: FreeSource) -> Call:
    name = s.pick(("count", "exist", "describe"))
    return call(name, s.set(s.side(), least=0))


def _verify_value(s: FreeSource) -> Call:
    name = s.attribute()
    o = s.any_object(hide=name)
    wanted = {name: s.pick(VALUES[name])}
    if s.rng.random() < 0.15:
        other = s.attribute()
        if f"filter_{other}[" not in str([n.token for n in o.walk()]):
            wanted[other] = s.pick(VALUES[other])
    return call("exist", filters(o, **wanted))


def _verify_relation(s: FreeSource) -> Call:
    first, second = s.objects(2)
    if s.rng.random() < 0.12:
        second = s.any_object()
    related = call("relate", second, value=s.direction())
    return call("exist", call("intersect", related, first))


def _verify_place(s: FreeSource) -> Call:
    """ "Is X between A and B", "is X the closest thing to us"."""
    roll = s.rng.random()
    if roll < 0.4:
        a, b, o = s.objects(3)
        return call("exist", call("intersect", call("between", a, b), o))
    o = s.object()
    place = s.extreme() if roll < 0.75 else s.nearest() if roll < 0.9 else s.side()
    return call("exist", call("intersect", place, o))


def _which_size(s: FreeSource) -> Call:
    first, second = s.object(0, hide="size"), s.object(0, hide="size")
    if first == second:
        raise Retry
    size = "large" if s.rng.random() < 0.65 else "small"
    return call("describe", filters(call("union", first, second), size=size))


def _which_side(s: FreeSource) -> Call:
    return call("describe", call("extreme", call("union", *s.objects(2)), value=s.direction()))


def _every(s: FreeSource) -> Call:
    roll = s.rng.random()
    members = SCENE if roll < 0.2 else s.set(SCENE) if roll < 0.8 else s.set(s.base(1), least=0)
    roll = s.rng.random()
    if roll < 0.15:
        name = s.attribute()
        pair = [s.object(hide=name), s.object(hide=name)]
        if pair[0] == pair[1]:
            raise Retry
        return call("every", call("union", *pair), filters(SCENE, **{name: s.pick(VALUES[name])}))
    if roll < 0.8:
        used = {node.function[7:] for node in members.walk() if node.value}
        name = s.pick(tuple(a for a in ATTRIBUTES if a not in used) or ("color",))
        if name in used:
            raise Retry
        return call("every", members, filters(SCENE, **{name: s.pick(VALUES[name])}))
    return call("every", s.set(SCENE), s.base(1))


def _some(s: FreeSource) -> Call:
    roll = s.rng.random()
    if roll < 0.4:
        return SCENE
    return s.set(SCENE) if roll < 0.85 else s.set(s.base(1), least=0)


def _free_attribute(s: FreeSource, subject: Call) -> str:
    used = {node.function for node in subject.walk()}
    name = s.attribute()
    if f"filter_{name}" in used or f"same_{name}" in used:
        raise Retry
    return name


def _on_values(function: str) -> Callable[[FreeSource], Call]:
    def build(s: FreeSource) -> Call:
        subject = _some(s)
        return call(f"{function}_{_free_attribute(s, subject)}", subject)

    return build


def _each(s: FreeSource) -> Call:
    if s.rng.random() < 0.12:
        name = s.attribute()
        first, second = s.object(hide=name), s.object(hide=name)
        if first == second:
            raise Retry
        return call(f"each_{name}", call("union", first, second))
    return _on_values("each")(s)


def _and(s: FreeSource) -> Call:
    return call("and", *(call("exist", one) for one in s.two_sets()))


def _more_of(s: FreeSource) -> Call:
    name, first, second = s.contrast()
    return call(f"mode_{name}", call("union", first, second))


def _without(s: FreeSource) -> Call:
    """A set less another: "balls that are not red", "things other than the cube"."""
    roll = s.rng.random()
    if roll < 0.1:
        name, first, second = s.contrast()
        pair = (filters(SCENE, **{name: split_filters(one)[0][name]}) for one in (first, second))
        rest = {a: v for a, v in split_filters(first)[0].items() if a != name}
        return call("minus", filters(SCENE, **rest), call("union", *pair))
    if roll < 0.17:
        return call("minus", s.set(SCENE, least=0), s.base(1))
    if roll < 0.6:
        kept = SCENE if s.rng.random() < 0.5 else s.set(SCENE)
        name = _free_attribute(s, kept)
        return call("minus", kept, filters(SCENE, **{name: s.pick(VALUES[name])}))
    if roll < 0.7:
        kept = s.set(s.base(1), least=0)
        name = _free_attribute(s, kept)
        if name == "shape":
            raise Retry
        return call("minus", kept, filters(SCENE, **{name: s.pick(VALUES[name])}))
    if roll < 0.8:
        return call("minus", SCENE, s.set(SCENE))
    shape = s.pick(VALUES["shape"])
    kept = filters(SCENE, shape=shape)
    if roll < 0.9:
        return call("minus", kept, filters(SCENE, **{**s.values(), "shape": shape}))
    if s.rng.random() < 0.5:
        return call("minus", SCENE, s.object(0))
    o = s.object(0)
    values = split_filters(o.args[0])[0]
    name = s.pick(tuple(values))
    if len(values) == 1:
        raise Retry
    return call("minus", filters(SCENE, **{name: values[name]}), o)


def _without_over(function: str) -> Callable[[FreeSource], Call]:
    def build(s: FreeSource) -> Call:
        subject = _without(s)
        if subject.args[0] == subject.args[1]:
            raise Retry
        return call(function, subject)

    return build


def _none(s: FreeSource) -> Call:
    return call("not", call("exist", s.set(SCENE if s.rng.random() < 0.8 else s.base(1))))


def _list(s: FreeSource) -> Call:
    roll = s.rng.random()
    if roll < 0.3:
        return call("describe", SCENE)
    return call("describe", s.set(SCENE if roll < 0.8 else s.base(1)))


def _locate(s: FreeSource) -> Call:
    if s.rng.random() < 0.75:
        return call("locate", s.any_object())
    return call("locate", s.set(SCENE))


def _family(
    name: str, build: Callable[[FreeSource], Call], weight: float = 1.0, premise: bool = True
) -> Family:
    return Family(name=name, build=build, weight=weight, premise=premise)


_HOPS: Final = ("zero", "one", "two", "three")

FAMILIES: Final[tuple[Family, ...]] = (
    *(_family(f"{_HOPS[h]}_hop_query", _query(h), (5, 4, 2.5, 1.5)[h]) for h in range(4)),
    *(
        _family(f"{_HOPS[h]}_hop_{name}", _over(name, h), (3.5, 2.5, 1.2, 0.8)[h], h > 0)
        for name in ("count", "exist")
        for h in range(4)
    ),
    _family("same_query", _query_base("same"), 1.5),
    _family("same_count", _over_base("count", "same"), 1.2),
    _family("same_exist", _over_base("exist", "same"), 1.2),
    _family("and_query", _query_base("both"), 1.2),
    _family("and_count", _over_base("count", "both"), 1.2),
    _family("and_exist", _over_base("exist", "both"), 0.8),
    _family("or_count", _either("count"), 1.8, False),
    _family("or_exist", _either("exist"), 0.7, False),
    _family("compare_integer", _compare_integer, 3, False),
    _family("compare_attribute", _compare_attribute, 3),
    # Beyond CLEVR.
    _family("compare_size", _compare_size, 1.2),
    _family("verify_value", _verify_value, 3),
    _family("verify_relation", _verify_relation, 2.5),
    _family("describe_object", lambda s: call("describe", s.any_object()), 2.0),
    _family("describe_relation", _over_base("describe", "related"), 2.5),
    _family("superlative_query", _query_any("extreme"), 2.5),
    _family("superlative_describe", lambda s: call("describe", s.extreme()), 1),
    _family("ordinal_query", _query_any("ordinal"), 1.5),
    _family("nearest", _nearest, 1.5),
    _family("between", _between, 1.2),
    _family("side", _side, 1.0, False),
    _family("which_size", _which_size, 0.8),
    _family("which_side", _which_side, 1.0),
    _family("every", _every, 1.5, False),
    _family("distinct", _on_values("distinct"), 1.2, False),
    _family("each", _each, 1.5, False),
    _family("both_exist", _and, 0.6, False),
    _family("verify_place", _verify_place, 1.0),
    _family("agree", _on_values("agree"), 1.2, False),
    _family("mode", _on_values("mode"), 1, False),
    _family("more_of", _more_of, 0.8, False),
    _family("difference", _difference, 1.0, False),
    _family("count_constant", _count_constant, 1.5, False),
    _family("without_count", _without_over("count"), 1.5, False),
    _family("without_exist", _without_over("exist"), 0.7, False),
    _family("without_describe", _without_over("describe"), 0.5, False),
    _family("none", _none, 0.8, False),
    _family("total", lambda s: call("count", SCENE), 0.4, False),
    _family("list", _list, 1.5, False),
    _family("locate", _locate, 1.5),
)

FAMILY_NAMES: Final[tuple[str, ...]] = tuple(family.name for family in FAMILIES)


def draw_phrase(s: FreeSource) -> Call:
    """A program that ends in a set or an object: what people point at or ask to see."""
    roll = s.rng.random()
    if roll < 0.5:
        return s.any_object()
    if roll < 0.6:
        return s.object(2 if s.rng.random() < 0.6 else 3)
    if roll < 0.76:
        return s.set(SCENE)
    if roll < 0.86:
        return s.set(s.related(), least=0)
    if roll < 0.91:
        return s.described(s.related())
    if roll < 0.93:
        return call("union", *s.two_sets())
    if roll < 0.94:
        return _which_size(s).args[0]
    if roll < 0.95:
        name = _free_attribute(s, kept := s.set(SCENE))
        return call("unique", call("minus", kept, filters(SCENE, **{name: s.pick(VALUES[name])})))
    if roll < 0.97:
        return _without(s)
    return SCENE
