"""Questions about before and after, about moments, and what happens at all."""

from ..vocabulary import ATTRIBUTES
from .asking import (
    Made,
    Names,
    attribute_slot,
    drawn_rank,
    event_of,
    said,
)
from .language import call, happen
from .speech import (
    ASK_NAME,
    BEING,
    COLLIDE,
    COMES,
    ENTER,
    HIT,
    HITS,
    IN_CLIP,
    LEAVE,
    STOP,
    clause,
    nominal,
)
from .speech import CLIP as CLIP_WORD


def after(source: Names) -> Made:
    """ "What happens after the cube enters?", "how many collisions are there before that?"."""
    rng = source.rng
    event, kind, things = event_of(source)
    past = rng.random() < 0.2
    fills = {slot: said(source, "{x}", x=thing) for slot, thing in things.items()}
    words = clause(rng, kind, fills, past) if rng.random() < 0.65 else nominal(rng, kind, fills)
    which = rng.choice(("after", "after", "before"))
    link = {"after": "[after|after|once|following]", "before": "[before|before|prior to|until]"}[
        which
    ]
    if not words.startswith("the ") or kind != "collision":
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
    bare, third = COMES[other]
    if rng.random() < 0.5:
        node = call("describe", call("who", call(which, happen(other), event)))
        return node, said(
            source, f"[what {third} {link}|{ASK_NAME} {third} {link}|{link}, what {third}]"
        )
    node = call("count_events", call(which, happen(other), event))
    return node, said(
        source,
        f"[how many [things|objects] {bare} {link}|{link}, how many [things|objects] {bare}]",
    )


def earlier(source: Names) -> Made:
    """ "Does the cube enter before the ball leaves?"."""
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


def when(source: Names) -> Made:
    """ "When do the cube and the ball collide?"."""
    event, kind, things = event_of(source)
    rng = source.rng
    fills = {slot: said(source, "{x}", x=thing) for slot, thing in things.items()}
    verbs = {"collision": f"[{{x}} {HIT} {{y}}|{{x}} and {{y}}"
    f" {COLLIDE}]", "enter": f"{{x}} {ENTER}",
             "leave": f"{{x}} {LEAVE}", "stop": f"{{x}} {STOP}"}  # fmt: skip
    if kind == "collision" and rng.random() < 0.3:
        rank, _ = drawn_rank(source)
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


def moving_at(source: Names) -> Made:
    """ "Is the cube moving when the ball enters?", "how many cubes are?"."""
    event, kind, things = event_of(source)
    fills = {slot: said(source, "{x}", x=thing) for slot, thing in things.items()}
    words = clause(source.rng, kind, fills)
    name = source.rng.choice(("moving", "moving", "still"))
    being = BEING[name]
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


def tell(source: Names) -> Made:
    """ "What happens?", "what happens to the cube?", "what happens first?"."""
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


def same(source: Names) -> Made:
    """ "Do the cube and the ball have the same colour?"."""
    attribute = source.rng.choice(ATTRIBUTES)
    x, y = source.one(), source.one()
    node = call(f"equal_{attribute}", *(call(f"query_{attribute}", o) for o in (x, y)))
    return node, said(
        source, "[do {x} and {y} have the same {n}|are {x} and {y} [of|] the same {n}|is {x} the"
        " same {n} as {y}]",
        x=x, y=y, n=attribute_slot(source.rng, attribute),
    )  # fmt: skip
