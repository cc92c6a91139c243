"""Questions about what meets what in a clip, and from which side things come."""

from ..vocabulary import ATTRIBUTES
from .asking import (
    Made,
    Names,
    attribute_slot,
    digit_slot,
    drawn_rank,
    filtered,
    first,
    meeting,
    said,
)
from .language import call, happen
from .speech import (
    ASK_NAME,
    COLLIDE,
    COMES,
    HIT,
    HIT_PAST,
    HITS,
    IN_CLIP,
    RANK,
)


def sides(source: Names) -> Made:
    """ "From which side does the cube come?"."""
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


def hits(source: Names) -> Made:
    """ "Does the cube hit the ball?", "is there a collision?", "do any cubes collide?"."""
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


def partner(source: Names) -> Made:
    """ "What does the cube hit?", and how many things, and of what colour."""
    x = source.one()
    met = call("partner", happen("collision"), x)
    way = source.rng.random()
    if way < 0.5:
        return call("describe", met), said(
            source,
            f"[what does {{x}} {HIT}{IN_CLIP}|what {HITS} {{x}}{IN_CLIP}|what is {{x}} hit by"
            f"|what did {{x}} {HIT}|{ASK_NAME} does {{x}} {HIT}|{ASK_NAME} {HITS} {{x}}|who"
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


def count_collisions(source: Names) -> Made:
    """ "How many collisions are there?", and those of one thing or kind."""
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


def compare(source: Names) -> Made:
    """ "Are there more collisions than exits?", "are there exactly 2 entrances?"."""
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


def first_hit(source: Names) -> Made:
    """ "What hits the cube first?", or last."""
    rank, word = drawn_rank(source)
    if rank == "third":
        rank, word = "first", RANK["first"]
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
            f"|{ASK_NAME} {HITS} {{x}} {word}|{ASK_NAME} does {{x}} {HIT} {word}|what"
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


def ranked_event(source: Names) -> Made:
    """ "What is the second thing to enter?", "which things collide last?"."""
    kind = source.rng.choice(("collision", "enter", "enter", "leave", "leave", "stop", "start"))
    rank, word = drawn_rank(source)
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
        **COMES,
        "start": ("[start|begin] [moving|to move]", "[starts|begins] [moving|to move]"),
    }[kind]
    who = call("who", event)
    if source.rng.random() < 0.7:
        return call("describe", who), said(
            source,
            f"[what {third} {word}|{ASK_NAME} {third} {word}|what is the {rank} [thing|object]"
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
