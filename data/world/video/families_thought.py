"""Questions about what a clip does not show: why things happen, what comes next, what if."""

from typing import Final

from ..functions import Call
from ..vocabulary import ATTRIBUTES
from .asking import Family, Made, Names, attribute_slot, filtered, first, meeting, said
from .language import NEXT, call, happen
from .speech import (
    COLLIDE,
    ENTERS,
    HIT,
    HITS,
    LEAVE,
    LEAVES,
    MOVE,
    START,
    STARTS,
    STOP,
    STOPS,
    WILL_NEXT,
    WITHOUT,
    nominal,
)

_TO: Final = {"start": f"[{MOVE}|{START}|move]", "leave": LEAVE, "stop": STOP}
_DOES: Final = {"start": f"[moves|moves|{STARTS}]", "leave": LEAVES, "stop": STOPS, "enter": ENTERS}
_CAUSES: Final = (
    "[causes|causes|made|makes|is responsible for|leads to|led to|caused|is the reason for"
    "|results in"
    "|brings about|is to blame for]"
)


def _effect(source: Names) -> tuple[Call, str, dict[str, Call]]:
    kind = source.rng.choice(("start", "start", "collision", "leave", "stop"))
    x = source.one()
    if kind == "collision":
        y = source.one()
        return first(meeting(x, y)), kind, {"x": x, "y": y}
    return first(call("with", happen(kind), x)), kind, {"x": x}


def _responsible(source: Names) -> Made:
    event, kind, things = _effect(source)
    rng = source.rng
    fills = {slot: said(source, "{x}", x=thing) for slot, thing in things.items()}
    name = nominal(rng, kind, fills)
    to = _TO.get(kind, f"{HIT} {{y}}")
    base = call("responsible", event)
    way = rng.random()
    if way < 0.5:
        return call("describe", base), said(
            source,
            f"[what [makes|made|causes|caused|gets|led] {{x}} to {to}|what makes {{x}} {to}|what"
            f" made {{x}} {to}"
            f"|what {_CAUSES} {name}|[which thing|which object|who] {_CAUSES} {name}|because of"
            f" what does {{x}} {to}"
            f"|what is responsible for {name}|which objects are responsible for {name}|due to"
            f" what does {{x}} {to}"
            f"|what set {{x}} in motion]" if kind == "start" else
            f"[what [makes|made|causes|caused] {{x}} to {to}|what makes {{x}} {to}|what"
            f" {_CAUSES} {name}"
            f"|[which thing|which object|who] {_CAUSES} {name}|because of what does {{x}} {to}"
            f"|what is responsible for {name}|which objects are responsible for {name}]",
            **fills,
        )  # fmt: skip
    v = source.one()
    if way < 0.85:
        node = call("exist", filtered(base, v.args[0]))
        return node, said(
            source,
            f"[is {{v}} [responsible for|the cause of|the reason for|to blame for] {name}|does"
            f" {{v}} [cause|lead to"
            f"|contribute to] {name}|did {{v}} [cause|lead to] {name}|does {{v}} [make|cause]"
            f" {{x}} [to |]{to}"
            f"|does {{x}} {to} because of {{v}}|is it because of {{v}} that {{x}}"
            f" {_DOES.get(kind, HITS + ' {y}')}"
            f"|is {{v}} responsible for {name}|did {{v}} make {{x}} {to}]",
            v=v, **fills,
        )  # fmt: skip
    return call("count", base), said(
        source,
        f"how many [things|objects] [are responsible for|cause|lead to|contribute to] {name}",
        **fills,
    )


def _why(source: Names) -> Made:
    event, kind, things = _effect(source)
    fills = {slot: said(source, "{x}", x=thing) for slot, thing in things.items()}
    name = nominal(source.rng, kind, fills)
    to = _TO.get(kind, f"{HIT} {{y}}")
    return call("tell", call("causes", event)), said(
        source,
        f"[why does {{x}} {to}|why did {{x}} {to}|[how come|how is it that] {{x}}"
        f" {_DOES.get(kind, HITS + ' {y}')}"
        f"|what events [lead to|led to|cause|caused] {name}|what is the reason for {name}"
        f"|explain why {{x}}"
        f" {_DOES.get(kind, HITS + ' {y}')}|what [leads|led] to {name}|which events are"
        f" responsible for {name}"
        f"|what happened that made {{x}} {to}|how does {{x}} come to {to}|why is there {name}]",
        **fills,
    )


def _next(source: Names) -> Made:
    way = source.rng.random()
    if way < 0.15:
        return call("tell", happen("any", NEXT)), said(
            source,
            f"[what [happens|will happen|would happen] {WILL_NEXT}|what [happens|will happen"
            f"|comes] next"
            "|what is going to happen|what will happen [next|then|after this]|predict what"
            " happens [next|]"
            "|what do you think happens next|what happens after the [video|clip]|guess what"
            " happens next"
            "|what comes after|what would we see next|and then what happens]",
        )
    x = source.one()
    if way < 0.35:
        y = source.one()
        return call("exist_events", meeting(x, y, NEXT)), said(
            source,
            f"[will {{x}} {HIT} {{y}} {WILL_NEXT}|is {{x}} going to {HIT} {{y}}|will {{x}} and"
            f" {{y}} {COLLIDE}"
            f" {WILL_NEXT}|are {{x}} and {{y}} going to {COLLIDE}|is {{x}} about to {HIT} {{y}}"
            f"|will {{y}} be hit by {{x}} {WILL_NEXT}|would {{x}} {HIT} {{y}} {WILL_NEXT}"
            f"|will there be a collision between {{x}} and {{y}}]",
            x=x, y=y,
        )  # fmt: skip
    if way < 0.5:
        return call("describe", call("partner", happen("collision", NEXT), x)), said(
            source,
            f"[what will {{x}} {HIT} {WILL_NEXT}|what will {HIT} {{x}} {WILL_NEXT}|what is {{x}}"
            f" going to {HIT}"
            f"|what does {{x}} {HIT} next|what is {{x}} about to {HIT}|what {HITS} {{x}} next"
            f"|which object will {{x}} {HIT} {WILL_NEXT}]",
            x=x,
        )
    if way < 0.58:
        return call("exist_events", call("with", happen("collision", NEXT), x)), said(
            source, f"[will {{x}} {HIT} [anything|something] {WILL_NEXT}|will {{x}} be hit"
            f" {WILL_NEXT}"
            f"|is {{x}} going to {HIT} [anything|something]|will anything {HIT} {{x}}"
            f" {WILL_NEXT}]", x=x,
        )  # fmt: skip
    if way < 0.68:
        count = source.rng.random() < 0.5
        node = call("count_events" if count else "exist_events", happen("collision", NEXT))
        return node, said(
            source,
            f"[how many [more |]collisions will there be {WILL_NEXT}|how many [more |]collisions"
            f" will [happen|occur]"
            f" {WILL_NEXT}|how many collisions are [about|going] to happen]" if count else
            f"[will there be [a|another|any] collision {WILL_NEXT}|is there going to be [a"
            f"|another] collision"
            f"|will anything {HIT} anything [else |]{WILL_NEXT}|is [a|another] collision [coming"
            f"|about to happen]]",
        )  # fmt: skip
    kind = source.rng.choice(("leave", "leave", "stop", "enter", "start"))
    to = _TO.get(kind, "[enter|come in|appear|show up]")
    if way < 0.85:
        return call("exist_events", call("with", happen(kind, NEXT), x)), said(
            source, f"[will {{x}} {to} {WILL_NEXT}|is {{x}} [going|about] to {to}|does {{x}}"
            f" {to} next"
            f"|would {{x}} {to} {WILL_NEXT}|do you think {{x}} will {to}]", x=x,
        )  # fmt: skip
    return call("describe", call("who", happen(kind, NEXT))), said(
        source, f"[what will {to} {WILL_NEXT}|what is [going|about] to {to}|which [things"
        f"|objects] will {to}"
        f" {WILL_NEXT}|what {_DOES[kind]} next]",
    )  # fmt: skip


def _if(source: Names) -> Made:
    z = source.one()
    world = call("without", z)
    way = source.rng.random()
    frame = source.rng.random() < 0.5

    def framed(pattern: str, **things: Call) -> str:
        # WITHOUT stands before or after.
        whole = f"{WITHOUT}[,|] {pattern}" if frame else f"{pattern} {WITHOUT}"
        return said(source, whole, z=z, **things)

    if way < 0.12:
        return call("tell", happen("any", world)), framed(
            "[what would happen|what would have happened|what happens|what would take place|what"
            " would we see]"
        )
    if way < 0.2:
        lost = call("lost", happen("any"), happen("any", world))
        new = call("lost", happen("any", world), happen("any"))
        if source.rng.random() < 0.6:
            return call("tell", lost), framed(
                "[what would not happen|what wouldn't happen|which events would not [happen"
                "|occur|have happened]"
                "|what would no longer happen|what would not have happened|what would be prevented]"
            )
        return call("tell", new), framed(
            "[what new [thing|event] would happen|what would happen instead|which new events"
            " would [happen|occur]]"
        )
    x = source.one()
    if way < 0.42:
        y = source.one()
        return call("exist_events", meeting(x, y, world)), framed(
            f"[would {{x}} [still |]{HIT} {{y}}|would {{x}} and {{y}} [still |]{COLLIDE}|does"
            f" {{x}} [still |]{HIT} {{y}}"
            f"|would {{y}} [still |]be hit by {{x}}|would {{x}} have {HIT} {{y}}|will {{x}}"
            f" [still |]{HIT} {{y}}]",
            x=x, y=y,
        )  # fmt: skip
    if way < 0.55:
        return call("describe", call("partner", happen("collision", world), x)), framed(
            f"[what would {{x}} [still |]{HIT}|what would {HIT} {{x}}|what would {{x}} have hit"
            f"|what does {{x}} {HIT}"
            f"|which [things|objects] would {{x}} {HIT}]", x=x,
        )  # fmt: skip
    if way < 0.65:
        return call("count_events", happen("collision", world)), framed(
            "[how many collisions would [there be|happen|occur|take place|there have been]|how"
            " many collisions"
            " [are there|happen|are left|remain]]"
        )
    if way < 0.72:
        return call("exist_events", call("with", happen("collision", world), x)), framed(
            f"[would {{x}} [still |]{HIT} [anything|something]|would {{x}} [still |]be hit|would"
            f" anything [still |]{HIT} {{x}}]",
            x=x,
        )
    kind = source.rng.choice(("start", "start", "leave", "leave", "stop"))
    to = _TO[kind]
    if way < 0.92:
        return call("exist_events", call("with", happen(kind, world), x)), framed(
            f"[would {{x}} [still |]{to}|would {{x}} [still |]{to}|does {{x}} [still |]{to}|will"
            f" {{x}} [still |]{to}]",
            x=x,
        )
    return call("describe", call("who", happen(kind, world))), framed(
        f"[what would [still |]{to}|which [things|objects] would [still |]{to}]"
    )


def _query_cause(source: Names) -> Made:
    event, kind, things = _effect(source)
    attribute = source.rng.choice(ATTRIBUTES)
    fills = {slot: said(source, "{x}", x=thing) for slot, thing in things.items()}
    node = call(f"query_{attribute}", call("unique", call("responsible", event)))
    to = _TO.get(kind, f"{HIT} {{y}}")
    return node, said(
        source, f"[what {{n}} is the [thing|object] that [makes|made|causes|caused] {{x}} [to "
        f"|]{to}|what is the {{n}} of"
        f" the [thing|object] [responsible for|that causes] {nominal(source.rng, kind, fills)}]",
        n=attribute_slot(source.rng, attribute), **fills,
    )  # fmt: skip


FAMILIES: Final = (
    Family(name="responsible", group="explanatory", make=_responsible, weight=1.6),
    Family(name="why", group="explanatory", make=_why, weight=1.2),
    Family(name="query_cause", group="explanatory", make=_query_cause, weight=0.4),
    Family(name="next", group="predictive", make=_next, weight=2.4),
    Family(name="if", group="counterfactual", make=_if, weight=3.0),
)
