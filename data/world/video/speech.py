"""How events of a clip are spoken of: verbs, moments and clauses, each in many ways.

Nouns and adjectives come from the pictures' own lexicon (`wording.py`).
"""

from collections.abc import Mapping
from random import Random
from typing import Final

from ..functions import Call, split_filters
from ..patterns import draw
from ..wording import Article, Number, noun_phrase

# [third person | bare | -ing | past], in step with each other where a pattern needs it.
HITS: Final = (
    "[hits|hits|hits|hits|collides with|collides with|bumps into|strikes|touches|crashes into"
    "|runs into|knocks into|bangs into|smashes into|makes contact with|contacts|meets|slams into"
    "|comes into contact with|impacts|rams|rolls into|slides into|knocks against|pushes|bumps]"
)
HIT: Final = (
    "[hit|hit|hit|hit|collide with|collide with|bump into|strike|touch|crash into|run into"
    "|knock into|bang into|smash into|make contact with|contact|meet|slam into|bump|ram"
    "|come into contact with|impact|roll into|slide into|knock against|push]"
)
HITTING: Final = (
    "[hitting|hitting|colliding with|bumping into|striking|touching|crashing into|running into"
    "|making contact with|meeting|smashing into|bumping|knocking into]"
)
HIT_PAST: Final = (
    "[hit|hit|hit|collided with|bumped into|struck|touched|crashed into|ran into|made contact with"
    "|met|smashed into|knocked into|slammed into|bumped]"
)
COLLIDE: Final = (
    "[collide|collide|hit each other|crash|bump into each other|touch|touch each other|meet"
    "|make contact|crash into each other|bump|come together|run into each other|clash]"
)
ENTERS: Final = (
    "[enters|enters|enters the [scene|scene|frame|picture|view|video|clip|table]|comes in"
    "|comes into [view|the scene|the frame|the picture|sight]|appears|shows up|slides in|arrives"
    "|rolls in|moves in|slides into [view|the scene|the frame]|gets in|turns up|shows|joins]"
)
ENTER: Final = (
    "[enter|enter|enter the [scene|scene|frame|picture|view|video|clip|table]|come in"
    "|come into [view|the scene|the frame|the picture|sight]|appear|show up|slide in|arrive|roll in"
    "|move in|slide into [view|the scene|the frame]|get in|turn up|join]"
)
LEAVES: Final = (
    "[leaves|leaves|leaves the [scene|scene|frame|picture|view|video|table]|exits|exits the scene"
    "|goes out|goes out of [view|the scene|the frame|sight|the picture]|disappears|slides out"
    "|rolls out|moves out|slides off|goes away|rolls off|gets out|is gone|vanishes|goes off screen]"
)
LEAVE: Final = (
    "[leave|leave|leave the [scene|scene|frame|picture|view|video|table]|exit|exit the scene|go out"
    "|go out of [view|the scene|the frame|sight|the picture]|disappear|slide out|roll out|move out"
    "|slide off|go away|roll off|get out|vanish|go off screen]"
)
STOPS: Final = (
    "[stops|stops|stops moving|comes to [a stop|rest|a halt|a standstill]|halts|comes to a stop]"
)
STOP: Final = "[stop|stop|stop moving|come to [a stop|rest|a halt|a standstill]|halt]"
STARTS: Final = "[starts|begins] [moving|to move|sliding|to slide|rolling]"
START: Final = "[start|begin] [moving|to move|sliding|to slide|rolling]"
MOVE: Final = "[move|move|move|slide|roll|be in motion|get moving]"
MOVING: Final = "[moving|moving|moving|in motion|sliding|rolling|on the move|going|travelling]"
STILL: Final = (
    "[stationary|stationary|at rest|still|not moving|motionless|standing still|resting|static"
    "|stopped|immobile|sitting still|unmoving|idle]"
)
CLIP: Final = "[video|video|clip|clip|footage|recording|scene|film|vid|movie]"
IN_CLIP: Final = f"[|||| in the {CLIP}| in this {CLIP}| during the {CLIP}| throughout the {CLIP}]"
AT_START: Final = (
    f"[at the [start|start|beginning] [of the {CLIP}|]|when the {CLIP} [starts|begins|opens]"
    "|initially|at first|in the first frame|in the beginning|to begin with|at the very start"
    f"|as the {CLIP} [starts|begins]]"
)
AT_END: Final = (
    f"[at the end [of the {CLIP}|]|when the {CLIP} [ends|stops|finishes|is over]|finally"
    f"|in the end|in the last frame|by the end|at the very end|as the {CLIP} ends|when it ends]"
)
WILL_NEXT: Final = (
    f"[|||next|after the {CLIP} ends|after this|afterwards|after the {CLIP}|after that"
    f"|if the {CLIP} [went on|goes on|continued|continues|kept going]|later|soon"
    "|after the end|in the next [seconds|few seconds|moments|second]]"
)
# "if the red cube were not there".
WITHOUT: Final = (
    "[if {z} [were|was|is] [not there|removed|absent|gone|taken away|missing|not present]"
    "|if {z} [weren't|wasn't|isn't] [there|present|around|here|in the scene|on the table]"
    "|without {z}"
    "|without {z}|if there [were|was|is] no {zn}|if you [took away|removed|took out] {z}"
    "|if we [took away|removed|deleted] {z}|had {z} not been there|if {z} had not been there"
    "|if {z} hadn't been there|supposing {z} was gone|in the absence of {z}|if {z} did not exist"
    "|imagine {z} wasn't there,|were {z} not there|if not for {z}|with {z} removed]"
)


def names(rng: Random, node: Call, number: Number = "one", article: Article = "the") -> str:
    """Words for a set of the clip that attributes describe."""
    values, _ = split_filters(node.args[0] if node.function == "unique" else node)
    if not values and number == "many" and rng.random() < 0.2:
        return "things" if article != "the" else "the things"
    return noun_phrase(rng, values, number, article)


def clause(rng: Random, kind: str, things: Mapping[str, str], past: bool = False) -> str:
    """An event as a clause: "the red cube hits the ball", "the ball enters"."""
    if kind == "collision":
        way = rng.random()
        if past and way < 0.7:
            return draw(rng, f"[{{x}} {HIT_PAST} {{y}}|{{y}} was hit by {{x}}]", things)
        if way < 0.7:
            return draw(rng, f"[{{x}} {HITS} {{y}}|{{x}} {HITS} {{y}}|{{y}} gets hit by {{x}}"
                        "|{y} is hit by {x}]", things)  # fmt: skip
        return draw(rng, f"{{x}} and {{y}} {COLLIDE}", things)
    verbs = {"enter": ENTERS, "leave": LEAVES, "stop": STOPS, "start": STARTS}
    if past:
        verbs = {
            "enter": "[entered|came in|appeared|came into view|arrived|entered the scene]",
            "leave": "[left|exited|disappeared|went out|left the scene|was gone]",
            "stop": "[stopped|came to rest|stopped moving|halted]",
            "start": "[started|began] [moving|to move]",
        }
    return draw(rng, f"{{x}} {verbs[kind]}", things)


def nominal(rng: Random, kind: str, things: Mapping[str, str]) -> str:
    """An event as a noun: "the collision between the red cube and the ball"."""
    return draw(rng, {
        "collision": f"[the [collision|crash|contact|impact|hit|bump|clash] [between|of|between]"
        f" {{x}}"
        f" and {{y}}|{{x}} {HITTING} {{y}}|{{x}}'s [collision|crash|contact] with {{y}}]",
        "enter": "[{x}'s [entrance|arrival|entry|appearance]|the [entrance|arrival|entry"
        "|appearance]"
        " of {x}|{x} [entering|coming in|appearing|arriving]]",
        "leave": "[{x}'s [exit|departure]|the [exit|departure] of {x}|{x} [leaving|exiting"
        "|going out|disappearing]]",
        "stop": "[{x} [stopping|coming to rest|coming to a stop]|{x}'s stop]",
        "start": "[{x} [starting to move|beginning to move|moving]|{x}'s [motion|movement]]",
    }[kind], things)  # fmt: skip


COMES: Final = {"enter": (ENTER, ENTERS), "leave": (LEAVE, LEAVES), "stop": (STOP, STOPS)}
ASK_NAME: Final = "[what|which [thing|object|one]|what [thing|object]]"
BEING: Final = {
    "moving": MOVING, "still": STILL,
    "inside": "[in [view|the picture|the scene|sight|the frame]|visible|there|present|on the table"
    "|in the scene|still there|still visible|around]",
}  # fmt: skip
RANK: Final = {
    "first": "[first|first|first of all]", "last": "[last|last|finally]",
    "second": "[second|as the second]", "third": "third",
}  # fmt: skip
