"""Questions about what a clip shows: counts, attributes, motion, entering and leaving.

With what meets what, and what comes before what, they are the families of what is seen.
"""

from typing import Final

from ..functions import Call
from ..vocabulary import ATTRIBUTES
from .asking import (
    Family,
    Made,
    Names,
    attribute_slot,
    filtered,
    said,
)
from .families_met import compare, count_collisions, first_hit, hits, partner, ranked_event, sides
from .families_order import after, earlier, moving_at, same, tell, when
from .language import OBJECTS, call, happen
from .speech import (
    ASK_NAME,
    AT_END,
    AT_START,
    BEING,
    COMES,
    IN_CLIP,
    MOVE,
    MOVING,
    STILL,
)
from .speech import CLIP as CLIP_WORD


def _count(source: Names) -> Made:
    xs = source.some()
    return call("count", xs), said(
        source,
        f"[how many {{xs}} [are there{IN_CLIP}|do you see{IN_CLIP}|can you see{IN_CLIP}"
        f"|does the {CLIP_WORD} [show|have|contain]|are in the {CLIP_WORD}]"
        f"|[count|count all] [the|] {{xs}}{IN_CLIP}|[number|total number] of {{xs}}{IN_CLIP}"
        f"|what is the number of {{xs}}{IN_CLIP}]",
        xs=xs,
    )


def _exist(source: Names) -> Made:
    a = source.some(0.0)
    return call("exist", a), said(
        source,
        f"[is there {{a}}{IN_CLIP}|do you see {{a}}{IN_CLIP}|does the {CLIP_WORD} [show|have] {{a}}"
        f"|does {{a}} [appear|show up]{IN_CLIP}|can {{a}} be seen{IN_CLIP}|is {{a}} in the"
        f" {CLIP_WORD}]",
        a=a,
    )


def _query(source: Names) -> Made:
    attribute = source.rng.choice(ATTRIBUTES)
    x = source.one()
    return call(f"query_{attribute}", x), said(
        source,
        _ABOUT[attribute].replace("{IN}", IN_CLIP),
        x=x, n=attribute_slot(source.rng, attribute),
    )  # fmt: skip


_ABOUT: Final = {
    "color": "[what {n} is {x}{IN}|what is the {n} of {x}|what's {x}'s {n}|which {n} does {x} have"
    "|what {n} does {x} have|tell me the {n} of {x}|{n} of {x}]",
    "size": "[what size is {x}|how [big|large] is {x}|what is the {n} of {x}|is {x} big or small"
    "|is {x} large or small|what's the {n} of {x}{IN}]",
    "material": "[what is {x} made of|what material is {x}|what is {x} made out of|what's {x}"
    " made of"
    "|what is the {n} of {x}|is {x} metal or rubber|is {x} shiny or matte|which {n} is {x}]",
    "shape": "[what shape is {x}|what is the {n} of {x}|what's the {n} of {x}|which shape does"
    " {x} have"
    "|what kind of [shape|thing|object] is {x}|is {x} a cube, a ball or a cylinder]",
}


def _state(source: Names) -> tuple[str, Call, str]:
    """(moving | still | inside, moment program, moment words)."""
    name = source.rng.choice(("moving", "moving", "still", "still", "inside"))
    moment = source.rng.choice(("start", "end", "end"))
    return name, call(moment), AT_START if moment == "start" else AT_END


def _count_state(source: Names) -> Made:
    xs = source.some(0.5)
    name, moment, when = _state(source)
    being = BEING[name]
    return call("count", call(name, xs, moment)), said(
        source,
        f"[how many {{xs}} are {being} {when}|{when}, how many {{xs}} are {being}"
        f"|how many {being} {{xs}} are there {when}|number of {being} {{xs}} {when}"
        f"|how many {{xs}} {'are left' if name == 'inside' else f'are {being}'} {when}"
        f"|count the {{xs}} that are {being} {when}|what is the number of {being} {{xs}} {when}]",
        xs=xs,
    )


def _exist_state(source: Names) -> Made:
    name, moment, when = _state(source)
    being = BEING[name]
    if source.rng.random() < 0.6:
        x = source.one()
        return call("exist", call(name, x, moment)), said(
            source,
            f"[is {{x}} {being} {when}|{when}, is {{x}} {being}|is {{x}} {being} {when}"
            f"|would you say {{x}} is {being} {when}|{{x}} {being} {when}]",
            x=x,
        )
    a = source.some(0.3)
    some = "[anything|something]" if a == OBJECTS else "{a}"
    return call("exist", call(name, a, moment)), said(
        source,
        f"[is {some} {being} {when}|is there {some} {being} {when}|{when}, is {some} {being}"
        f"|is {some} that is {being} {when}|are there any {{xs}} {being} {when}]",
        a=a, xs=a,
    )  # fmt: skip


def _describe_state(source: Names) -> Made:
    name, moment, when = _state(source)
    being = BEING[name]
    xs = source.some(0.7)
    which = f"[what|which things|which objects|what all] [is|are] {being} {when}"
    if xs != OBJECTS:
        which = f"which {{xs}} are {being} {when}"
    return call("describe", call(name, xs, moment)), said(
        source, f"[{which}|{when}, {which}|{which}|list the {being} {{xs}} {when}]", xs=xs
    )


def _query_state(source: Names) -> Made:
    attribute = source.rng.choice(ATTRIBUTES)
    name, moment, when = _state(source)
    being = BEING[name]
    xs = source.some(0.6)
    node = call(f"query_{attribute}", call("unique", call(name, xs, moment)))
    return node, said(
        source,
        f"[what is the {{n}} of the {{one}} that is {being} {when}|what {{n}} is the {{one}} that's"
        f" {being} {when}|what {{n}} is the {being} {{one}} {when}|the {{one}} that is {being}"
        f" {when}"
        ", what {n} is it]",
        n=attribute_slot(source.rng, attribute), one=_single(source, xs),
    )  # fmt: skip


def _single(source: Names, xs: Call) -> str:
    if xs == OBJECTS:
        return said(source, "[thing|object|one]")
    return said(source, "{on}", o=call("unique", xs))


def _ever(source: Names) -> Made:
    name = source.rng.choice(("moving", "still"))
    never = "[never move|do not move|don't move|stay [still|put|where they are]|never moved"
    "|remain still"
    never += "|stand still the whole time|stay in place|are never in motion|do not move at all]"
    sometime = (
        f"[{MOVE}|move at some point|ever move|are [ever |]moving [at some point|]|move around]"
    )
    way = source.rng.random()
    if way < 0.4:
        x = source.one()
        return call("exist", call("moving", x, call("ever"))), said(
            source,
            f"[does {{x}} [ever|] {MOVE}{IN_CLIP}|is {{x}} [ever|] {MOVING}{IN_CLIP}"
            f"|does {{x}} move at [any point|all|some point]|did {{x}} [ever|] move]",
            x=x,
        )
    xs = source.some(0.6)
    node = call(name, xs, call("ever"))
    doing = never if name == "still" else sometime
    single = {"still": "[never moves|does not move|stays still|stays put|doesn't move at all]",
              "moving": "[moves|is moving|slides|moves around]"}[name]  # fmt: skip
    if way < 0.7:
        return call("count", node), said(
            source,
            f"[how many {{xs}} {doing}{IN_CLIP}|how many {{xs}} are there that {doing}"
            f"|how many of the {{xs}} {doing}"
            + (f"|how many {MOVING} {{xs}} are there{IN_CLIP}" if name == "moving" else "")
            + (f"|how many {STILL} {{xs}} are there{IN_CLIP}" if name == "still" else "")
            + "]",
            xs=xs,
        )
    if xs == OBJECTS:
        return call("describe", node), said(
            source, f"[what {single}{IN_CLIP}|which [things|objects] {doing}|{ASK_NAME} {single}]"
        )
    return call("describe", node), said(source, f"which {{xs}} {doing}{IN_CLIP}", xs=xs)


def _comers(source: Names) -> Made:
    kind = source.rng.choice(("enter", "leave", "stop"))
    bare, third = COMES[kind]
    happening = happen(kind)
    way = source.rng.random()
    if way < 0.25:
        x = source.one()
        return call("exist_events", call("with", happening, x)), said(
            source,
            f"[does {{x}} [ever|] {bare}{IN_CLIP}|did {{x}} {bare}|do you see {{x}} {bare}]",
            x=x,
        )
    xs = source.some(0.55)
    who = filtered(call("who", happening), xs)
    thing = "[anything|something]" if xs == OBJECTS else "{a}"
    if way < 0.4:
        return call("exist", who), said(
            source, f"[does {thing} {bare}{IN_CLIP}|is there {thing} that {third}|do any {{xs}}"
            f" {bare}]",
            a=xs, xs=xs,
        )  # fmt: skip
    if way < 0.65:
        return call("count", who), said(
            source,
            f"[how many {{xs}} {bare}{IN_CLIP}|how many {{xs}} are there that {bare}"
            f"|count the {{xs}} that {bare}|number of {{xs}} that {bare}]",
            xs=xs,
        )
    if way < 0.8:
        attribute = source.rng.choice(ATTRIBUTES)
        return call(f"query_{attribute}", call("unique", who)), said(
            source,
            f"[what is the {{n}} of the {{one}} that {third}|what {{n}} is the {{one}} that {third}"
            f"|the {{one}} that {third}, what {{n}} is it|what {{n}} does the {{one}} that"
            f" {third} have]",
            n=attribute_slot(source.rng, attribute), one=_single(source, xs),
        )  # fmt: skip
    if xs == OBJECTS:
        return call("describe", who), said(
            source,
            f"[what {third}{IN_CLIP}|{ASK_NAME} {third}|which [things|objects] {bare}|who {third}]",
        )
    return call("describe", who), said(source, f"which {{xs}} {bare}{IN_CLIP}", xs=xs)


FAMILIES: Final = (
    Family(name="count", group="descriptive", make=_count),
    Family(name="exist", group="descriptive", make=_exist, weight=0.6),
    Family(name="query", group="descriptive", make=_query),
    Family(name="count_state", group="descriptive", make=_count_state),
    Family(name="exist_state", group="descriptive", make=_exist_state),
    Family(name="describe_state", group="descriptive", make=_describe_state, weight=0.7),
    Family(name="query_state", group="descriptive", make=_query_state, weight=0.7),
    Family(name="ever", group="descriptive", make=_ever),
    Family(name="comers", group="descriptive", make=_comers, weight=1.4),
    Family(name="side", group="descriptive", make=sides, weight=0.6),
    Family(name="hits", group="descriptive", make=hits, weight=1.3),
    Family(name="partner", group="descriptive", make=partner, weight=1.2),
    Family(name="count_collisions", group="descriptive", make=count_collisions),
    Family(name="compare", group="descriptive", make=compare, weight=0.3),
    Family(name="same", group="descriptive", make=same, weight=0.3),
    Family(name="tell", group="descriptive", make=tell, weight=0.9),
    Family(name="first_hit", group="temporal", make=first_hit, weight=1.2),
    Family(name="ranked_event", group="temporal", make=ranked_event, weight=1.3),
    Family(name="after", group="temporal", make=after, weight=1.8),
    Family(name="earlier", group="temporal", make=earlier, weight=0.8),
    Family(name="when", group="temporal", make=when, weight=0.8),
    Family(name="moving_at", group="temporal", make=moving_at, weight=0.8),
)
