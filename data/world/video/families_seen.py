"""Questions about what a clip shows: counts, attributes, motion, entering and leaving, order."""

from typing import Final

from ..functions import Call
from ..vocabulary import ATTRIBUTES
from .asking import (
    Family,
    Made,
    Names,
    attribute_slot,
    digit_slot,
    event_of,
    first,
    meeting,
    said,
)
from .language import OBJECTS, call, happen
from .speech import (
    AT_END,
    AT_START,
    COLLIDE,
    ENTER,
    ENTERS,
    HIT,
    HIT_PAST,
    HITS,
    IN_CLIP,
    LEAVE,
    LEAVES,
    MOVE,
    MOVING,
    STILL,
    STOP,
    STOPS,
    clause,
    nominal,
)
from .speech import CLIP as CLIP_WORD

_COMES: Final = {"enter": (ENTER, ENTERS), "leave": (LEAVE, LEAVES), "stop": (STOP, STOPS)}
_ASK_NAME: Final = "[what|which [thing|object|one]|what [thing|object]]"


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


_BEING: Final = {
    "moving": MOVING, "still": STILL,
    "inside": "[in [view|the picture|the scene|sight|the frame]|visible|there|present|on the table"
    "|in the scene|still there|still visible|around]",
}  # fmt: skip


def _count_state(source: Names) -> Made:
    xs = source.some(0.5)
    name, moment, when = _state(source)
    being = _BEING[name]
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
    being = _BEING[name]
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
    being = _BEING[name]
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
    being = _BEING[name]
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
            source, f"[what {single}{IN_CLIP}|which [things|objects] {doing}|{_ASK_NAME} {single}]"
        )
    return call("describe", node), said(source, f"which {{xs}} {doing}{IN_CLIP}", xs=xs)


def _comers(source: Names) -> Made:
    kind = source.rng.choice(("enter", "leave", "stop"))
    bare, third = _COMES[kind]
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
            f"[what {third}{IN_CLIP}|{_ASK_NAME} {third}|which [things|objects] {bare}|who"
            f" {third}]",
        )
    return call("describe", who), said(source, f"which {{xs}} {bare}{IN_CLIP}", xs=xs)


def filtered(base: Call, like: Call) -> Call:
    """`base` with the filters of `like`."""
    if like == OBJECTS:
        return base
    return Call(like.function, (filtered(base, like.args[0]),), like.value)


def _sides(source: Names) -> Made:
    kind = source.rng.choice(("enter", "leave"))
    x = source.one()
    node = call("side", first(call("with", happen(kind), x)))
    pattern = (
        "[[from|on] [which|what] side does {x} [come|come in|enter|arrive|appear]|where does {x}"
        " [come from|enter|come in|arrive from]|from where does {x} [come|enter]|which [way"
        "|direction]"
        " does {x} come [from|in]|does {x} [come|enter] from the left or [from |]the right"
        "|what side does {x} [enter|come] [from|in from]|from which direction does {x} [come"
        "|enter]]"
        if kind == "enter"
        else "[[on|from] [which|what] side does {x} [leave|exit|go out]|where does {x} [leave|go"
        "|exit]"
        "|[which|what] [way|direction] does {x} [leave|go out|exit|go]|does {x} [leave|exit|go out]"
        " [on|to] the left or the right|to which side does {x} [leave|disappear|exit]]"
    )
    return node, said(source, pattern, x=x)


def _hits(source: Names) -> Made:
    way = source.rng.random()
    x = source.one()
    if way < 0.45:
        y = source.one()
        return call("exist_events", meeting(x, y)), said(
            source,
            f"[does {{x}} [ever|] {HIT} {{y}}{IN_CLIP}|do {{x}} and {{y}} [ever|] {COLLIDE}"
            f"|did {{x}} {HIT} {{y}}|is {{y}} hit by {{x}}|is there a collision between {{x}}"
            f" and {{y}}"
            f"|does {{y}} get hit by {{x}}|do {{x}} and {{y}} {COLLIDE}{IN_CLIP}]",
            x=x, y=y,
        )  # fmt: skip
    if way < 0.6:
        return call("exist_events", call("with", happen("collision"), x)), said(
            source,
            f"[does {{x}} {HIT} [anything|something|any other object]|is {{x}} [ever|] hit [by"
            f" anything|]"
            "|does anything {H} {x}|does {x} get hit|is {x} involved in [a|any] collision"
            "|does {x} [ever|] collide]".replace("{H}", HIT),
            x=x,
        )
    if way < 0.7:
        return call("exist_events", happen("collision")), said(
            source,
            f"[is there [a|any] [collision|crash|contact]{IN_CLIP}|do any [things|objects]"
            f" {COLLIDE}"
            f"{IN_CLIP}|does anything {HIT} anything [else|]|are there any collisions{IN_CLIP}]",
        )
    a = source.some(0.0)
    if source.rng.random() < 0.3:
        both = call("within", happen("collision"), a)
        if source.rng.random() < 0.4:
            return call("count_events", both), said(
                source, "how many [collisions|crashes] are there between {xs}", xs=a
            )
        return call("exist_events", both), said(
            source,
            f"[do [any|two|any two|the|the two] {{xs}} {COLLIDE}{IN_CLIP}|is there a collision"
            f" between"
            f" [two|the|any] {{xs}}|do [the|the two] {{xs}} {HIT} each other]",
            xs=a,
        )
    return call("exist_events", call("with", call("with", happen("collision"), x), a)), said(
        source,
        f"[does {{x}} {HIT} {{a}}{IN_CLIP}|is {{x}} hit by {{a}}|does {{a}} {HIT} {{x}}]",
        x=x,
        a=a,
    )


def _partner(source: Names) -> Made:
    x = source.one()
    met = call("partner", happen("collision"), x)
    way = source.rng.random()
    if way < 0.5:
        return call("describe", met), said(
            source,
            f"[what does {{x}} {HIT}{IN_CLIP}|what {HITS} {{x}}{IN_CLIP}|what is {{x}} hit by"
            f"|what did {{x}} {HIT}|{_ASK_NAME} does {{x}} {HIT}|{_ASK_NAME} {HITS} {{x}}|who"
            f" {HITS} {{x}}"
            f"|what [things|objects] does {{x}} {HIT}|which [things|objects] {HIT} {{x}}|what"
            f" {HIT_PAST} {{x}}]",
            x=x,
        )
    if way < 0.75:
        return call("count", met), said(
            source,
            f"[how many [things|objects|other objects] does {{x}} {HIT}{IN_CLIP}"
            f"|how many [things|objects] {HIT} {{x}}|how many different things does {{x}} {HIT}]",
            x=x,
        )
    attribute = source.rng.choice(ATTRIBUTES)
    return call(f"query_{attribute}", call("unique", met)), said(
        source,
        f"[what is the {{n}} of the [thing|object] that {HITS} {{x}}|what {{n}} is the [thing"
        f"|object|one]"
        f" that {{x}} {HITS}|what {{n}} is the [thing|object|one] that {HITS} {{x}}"
        f"|what {{n}} does {{x}} hit|{{x}} {HITS} a thing of what {{n}}]",
        x=x, n=attribute_slot(source.rng, attribute),
    )  # fmt: skip


def _count_collisions(source: Names) -> Made:
    hits = "[collisions|collisions|crashes|hits|impacts|contacts|bumps]"
    if source.rng.random() < 0.55:
        return call("count_events", happen("collision")), said(
            source,
            f"[how many {hits} [are there|happen|occur|take place|do you see|do you count]{IN_CLIP}"
            f"|[count|number of|total number of] [the|] {hits}{IN_CLIP}"
            f"|how many times do [things|objects] {COLLIDE}{IN_CLIP}|how often do [things"
            f"|objects] {COLLIDE}"
            f"|what is the [total|] number of {hits}]",
        )
    x = source.some(0.0) if source.rng.random() < 0.3 else source.one()
    node = call("count_events", call("with", happen("collision"), x))
    if x.function != "unique":
        return node, said(
            source, f"[how many {hits} [involve|are there with] {{xs}}|how many {hits} of {{xs}}"
            f" are there]",
            xs=x,
        )  # fmt: skip
    return node, said(
        source,
        f"[how many times [is {{x}} hit|does {{x}} collide|does {{x}} get hit|does {{x}} {HIT}"
        f" something]"
        f"|how many {hits} [does {{x}} have|is {{x}} [involved in|part of]|involve {{x}}]"
        f"|how often [is {{x}} hit|does {{x}} collide|does {{x}} {HIT} something]"
        f"|in how many {hits} is {{x}} involved]",
        x=x,
    )


def _compare(source: Names) -> Made:
    kinds = source.rng.sample(("collision", "enter", "leave"), 2)
    word = {"collision": "[collisions|crashes]", "enter": "[entrances|objects entering|arrivals]",
            "leave": "[exits|objects leaving|departures]"}  # fmt: skip
    if source.rng.random() < 0.5:
        n = source.rng.randint(1, 3)
        name = source.rng.choice(("greater_than", "less_than", "equal_integer"))
        how = {"greater_than": "[more than|over]", "less_than": "[fewer than|less than]",
               "equal_integer": "exactly"}[name]  # fmt: skip
        node = call(name, call("count_events", happen(kinds[0])), call("number", value=str(n)))
        return node, said(
            source, f"are there {how} {{n}} {word[kinds[0]]}{IN_CLIP}", n=digit_slot(source.rng, n)
        )
    name = source.rng.choice(("greater_than", "less_than"))
    how = {"greater_than": "more", "less_than": "fewer"}[name]
    a, b = (call("count_events", happen(kind)) for kind in kinds)
    return call(name, a, b), said(
        source, f"are there {how} {word[kinds[0]]} than {word[kinds[1]]}{IN_CLIP}"
    )


_RANK: Final = {
    "first": "[first|first|first of all]", "last": "[last|last|finally]",
    "second": "[second|as the second]", "third": "third",
}  # fmt: skip


def _rank(source: Names) -> tuple[str, str]:
    rank = source.rng.choice(("first", "first", "first", "last", "last", "second", "third"))
    return rank, _RANK[rank]


def _first_hit(source: Names) -> Made:
    rank, word = _rank(source)
    if rank == "third":
        rank, word = "first", _RANK["first"]
    x = source.one()
    event = call("pick", call("with", happen("collision"), x), value=rank)
    met = call("partner", event, x)
    way = source.rng.random()
    if way < 0.7:
        return call("describe", met), said(
            source,
            f"[what {HITS} {{x}} {word}|what does {{x}} {HIT} {word}|who {HITS} {{x}} {word}"
            f"|what is the {rank} thing [that {HITS} {{x}}|that {{x}} {HITS}|to {HIT} {{x}}"
            f"|{{x}} {HITS}]"
            f"|{_ASK_NAME} {HITS} {{x}} {word}|{_ASK_NAME} does {{x}} {HIT} {word}|what"
            f" {HIT_PAST} {{x}} {word}"
            f"|what was {{x}} {word} hit by|what is {{x}} hit by {word}|{{x}}'s {rank} collision"
            f" is with what]",
            x=x,
        )
    attribute = source.rng.choice(ATTRIBUTES)
    return call(f"query_{attribute}", call("unique", met)), said(
        source,
        f"[what {{n}} is the {rank} thing [to {HIT} {{x}}|that {HITS} {{x}}|{{x}} {HITS}]|what"
        f" is the {{n}} of"
        f" the {rank} [object|thing] [to {HIT} {{x}}|that {HITS} {{x}}|that {{x}} {HITS}]]",
        x=x, n=attribute_slot(source.rng, attribute),
    )  # fmt: skip


def _ranked_event(source: Names) -> Made:
    kind = source.rng.choice(("collision", "enter", "enter", "leave", "leave", "stop", "start"))
    rank, word = _rank(source)
    event = call("pick", happen(kind), value=rank)
    if kind == "collision":
        if source.rng.random() < 0.3:
            x = source.one()
            return call("exist", filtered(call("who", event), x.args[0])), said(
                source, f"is {{x}} [part of|involved in|in] the {rank} [collision|crash]", x=x
            )
        return call("describe", call("who", event)), said(
            source,
            f"[which [two |][things|objects] {COLLIDE} {word}|what {COLLIDE} {word}"
            f"|what is the {rank} [collision|crash]|what [two |]objects are [involved in|part"
            f" of] the {rank}"
            f" [collision|crash]|which objects are in the {rank} [collision|crash]|who hits whom"
            f" {word}"
            f"|between [what|which objects] is the {rank} [collision|crash]|what is the {rank}"
            f" pair to collide]",
        )
    bare, third = {
        **_COMES,
        "start": ("[start|begin] [moving|to move]", "[starts|begins] [moving|to move]"),
    }[kind]
    who = call("who", event)
    if source.rng.random() < 0.7:
        return call("describe", who), said(
            source,
            f"[what {third} {word}|{_ASK_NAME} {third} {word}|what is the {rank} [thing|object]"
            f" to {bare}"
            f"|which is the {rank} [one|thing|object] to {bare}|the {rank} [thing|object] that"
            f" {third} is what"
            f"|who {third} {word}|what {word} {third}]",
        )
    attribute = source.rng.choice(ATTRIBUTES)
    return call(f"query_{attribute}", call("unique", who)), said(
        source,
        f"[what {{n}} is the {rank} [thing|object|one] [to {bare}|that {third}]|what is the"
        f" {{n}} of the {rank}"
        f" [thing|object|one] [to {bare}|that {third}]|the {rank} [thing|object] to {bare} has"
        f" what {{n}}]",
        n=attribute_slot(source.rng, attribute),
    )


def _after(source: Names) -> Made:
    rng = source.rng
    event, kind, things = event_of(source)
    past = rng.random() < 0.2
    fills = {slot: said(source, "{x}", x=thing) for slot, thing in things.items()}
    words = clause(rng, kind, fills, past) if rng.random() < 0.65 else nominal(rng, kind, fills)
    which = rng.choice(("after", "after", "before"))
    link = {"after": "[after|after|once|following]", "before": "[before|before|prior to|until]"}[
        which
    ]
    if words.startswith("the ") is False or kind != "collision":
        link = {"after": "[after|after|once|when]", "before": "before"}[which]
    link = f"{link} {words}"
    way = rng.random()
    if way < 0.3:
        chosen = call(which, happen("any"), event)
        if rng.random() < 0.4:
            rank = "first" if which == "after" else "last"
            return call("tell", call("pick", chosen, value=rank)), said(
                source,
                f"[what happens [right|immediately|directly|just] {which} {words}|what is the"
                f" {'next' if which == 'after' else 'last'} thing that happens {which} {words}"
                f"|[right|immediately|just] {which} {words}, what happens]",
            )
        return call("tell", chosen), said(
            source,
            f"[what happens {link}|{link}, what happens|what [goes on|occurs|takes place] {link}]",
        )
    if way < 0.5:
        node = call("count_events", call(which, happen("collision"), event))
        return node, said(
            source,
            f"[how many collisions [are there|happen|occur|take place] {link}|{link}, how many"
            f" collisions"
            f" [are there|happen|occur]|number of collisions {link}|how many times do things"
            f" {COLLIDE} {link}]",
        )
    x = source.one()
    if way < 0.7:
        node = call("describe", call("partner", call(which, happen("collision"), event), x))
        return node, said(
            source, f"[what does {{v}} {HIT} {link}|what {HITS} {{v}} {link}|{link}, what does"
            f" {{v}} {HIT}"
            f"|{link}, what {HITS} {{v}}]", v=x,
        )  # fmt: skip
    if way < 0.85:
        node = call("exist_events", call("with", call(which, happen("collision"), event), x))
        return node, said(
            source, f"[does {{v}} {HIT} [anything|something] {link}|is {{v}} hit {link}|does"
            f" anything {HIT}"
            f" {{v}} {link}|{link}, does {{v}} {HIT} anything]", v=x,
        )  # fmt: skip
    other = rng.choice(("enter", "leave", "stop"))
    bare, third = _COMES[other]
    if rng.random() < 0.5:
        node = call("describe", call("who", call(which, happen(other), event)))
        return node, said(
            source, f"[what {third} {link}|{_ASK_NAME} {third} {link}|{link}, what {third}]"
        )
    node = call("count_events", call(which, happen(other), event))
    return node, said(
        source,
        f"[how many [things|objects] {bare} {link}|{link}, how many [things|objects] {bare}]",
    )


def _earlier(source: Names) -> Made:
    rng = source.rng
    a, kind_a, things_a = event_of(source)
    b, kind_b, things_b = event_of(source)
    fills_a = {slot: said(source, "{x}", x=thing) for slot, thing in things_a.items()}
    fills_b = {slot: said(source, "{x}", x=thing) for slot, thing in things_b.items()}
    late = clause(rng, kind_b, fills_b)
    node = call("earlier", a, b)
    swapped = rng.random() < 0.35
    if swapped:
        node = call("earlier", b, a)
    word = "[after|later than]" if swapped else "[before|before|earlier than]"
    verbs = {"collision": f"does {{x}} {HIT} {{y}}", "enter": f"does {{x}} {ENTER}",
             "leave": f"does {{x}} {LEAVE}", "stop": f"does {{x}} {STOP}"}  # fmt: skip
    if word.startswith("[before") and rng.random() < 0.15:
        return node, said(source, f"is {{n}} before {late}", n=nominal(rng, kind_a, fills_a))
    return node, said(source, f"{verbs[kind_a]} {word.split('|')[0].strip('[')} {late}", **fills_a)


def _when(source: Names) -> Made:
    event, kind, things = event_of(source)
    rng = source.rng
    fills = {slot: said(source, "{x}", x=thing) for slot, thing in things.items()}
    verbs = {"collision": f"[{{x}} {HIT} {{y}}|{{x}} and {{y}}"
    f" {COLLIDE}]", "enter": f"{{x}} {ENTER}",
             "leave": f"{{x}} {LEAVE}", "stop": f"{{x}} {STOP}"}  # fmt: skip
    if kind == "collision" and rng.random() < 0.3:
        rank, _ = _rank(source)
        return call("when", call("pick", happen("collision"), value=rank)), said(
            source, f"[when is the {rank} collision|when does the {rank} [collision|crash]"
            f" [happen|occur]"
            f"|at [what|which] [time|second] is the {rank} [collision|crash]]"
        )  # fmt: skip
    asked = said(source, verbs[kind], **fills)
    do = "do" if " and " in asked and kind == "collision" else "does"
    return call("when", event), said(
        source,
        f"[when {do} {asked}|at [what|which] [time|point|moment|second] {do} {asked}"
        f"|how many seconds in {do} {asked}|after how many seconds {do} {asked}|when is"
        f" {nominal(rng, kind, fills)}"
        f"|at what time {do} {asked}]",
    )


def _moving_at(source: Names) -> Made:
    event, kind, things = event_of(source)
    fills = {slot: said(source, "{x}", x=thing) for slot, thing in things.items()}
    words = clause(source.rng, kind, fills)
    name = source.rng.choice(("moving", "moving", "still"))
    being = _BEING[name]
    if source.rng.random() < 0.5:
        v = source.one()
        return call("exist", call(name, v, call("at", event))), said(
            source, f"[is {{v}} {being} when {words}|when {words}, is {{v}} {being}]", v=v
        )
    xs = source.some(0.6)
    return call("count", call(name, xs, call("at", event))), said(
        source,
        f"[how many {{xs}} are {being} when {words}|when {words}, how many {{xs}} are {being}]",
        xs=xs,
    )


def _tell(source: Names) -> Made:
    way = source.rng.random()
    if way < 0.4:
        return call("tell", happen("any")), said(
            source,
            f"[describe [the|this|my] {CLIP_WORD}|what happens{IN_CLIP}|what is happening{IN_CLIP}"
            f"|tell me what happens{IN_CLIP}|summarize [the|this] {CLIP_WORD}|what goes on{IN_CLIP}"
            f"|[give me|write] a [caption|description|summary] [of|for] [the|this] {CLIP_WORD}"
            f"|caption this {CLIP_WORD}|what do you see{IN_CLIP}|what's going on{IN_CLIP}"
            f"|explain what happens{IN_CLIP}|describe what happens|what occurs{IN_CLIP}|list"
            f" [all|the] events]",
        )
    if way < 0.7:
        x = source.one()
        return call("tell", call("with", happen("any"), x)), said(
            source,
            "[what happens to {x}|what does {x} do|tell me what {x} does|what is {x} doing"
            "|what becomes of {x}|describe what {x} does|describe what happens to {x}|follow {x}"
            "|list everything that happens to {x}|what's {x} up to|what did {x} do]",
            x=x,
        )
    rank = source.rng.choice(("first", "last"))
    return call("tell", call("pick", happen("any"), value=rank)), said(
        source,
        f"[what happens {rank}{IN_CLIP}|what is the {rank} thing [that happens|to happen]|what's"
        f" the {rank} event"
        f"|what happens {'at first' if rank == 'first' else 'at last'}|what is the {rank}"
        f" event{IN_CLIP}]",
    )


def _same(source: Names) -> Made:
    attribute = source.rng.choice(ATTRIBUTES)
    x, y = source.one(), source.one()
    node = call(f"equal_{attribute}", *(call(f"query_{attribute}", o) for o in (x, y)))
    return node, said(
        source, "[do {x} and {y} have the same {n}|are {x} and {y} [of|] the same {n}|is {x} the"
        " same {n} as {y}]",
        x=x, y=y, n=attribute_slot(source.rng, attribute),
    )  # fmt: skip


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
    Family(name="side", group="descriptive", make=_sides, weight=0.6),
    Family(name="hits", group="descriptive", make=_hits, weight=1.3),
    Family(name="partner", group="descriptive", make=_partner, weight=1.2),
    Family(name="count_collisions", group="descriptive", make=_count_collisions),
    Family(name="compare", group="descriptive", make=_compare, weight=0.3),
    Family(name="same", group="descriptive", make=_same, weight=0.3),
    Family(name="tell", group="descriptive", make=_tell, weight=0.9),
    Family(name="first_hit", group="temporal", make=_first_hit, weight=1.2),
    Family(name="ranked_event", group="temporal", make=_ranked_event, weight=1.3),
    Family(name="after", group="temporal", make=_after, weight=1.8),
    Family(name="earlier", group="temporal", make=_earlier, weight=0.8),
    Family(name="when", group="temporal", make=_when, weight=0.8),
    Family(name="moving_at", group="temporal", make=_moving_at, weight=0.8),
)
