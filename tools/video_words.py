"""Sentences about a clip: events and answers of programs as English, with short names of things."""

from collections.abc import Sequence

from ..data.world.functions import Call, split_filters
from ..data.world.naming import all_names
from ..data.world.scene import Scene
from ..data.world.video.executor import Outcome
from ..data.world.video.language import FUNCTIONS
from ..data.world.video.story import Event, Story
from ..data.world.vocabulary import ATTRIBUTES
from .base import first_sentence_case, joined

_HAPPENS = {
    "collision": "{0} and {1} collide", "enter": "{0} comes in", "leave": "{0} leaves",
    "start": "{0} starts to move", "stop": "{0} comes to rest",
}  # fmt: skip
_SIDES = {
    "left": "on the left", "right": "on the right", "front": "at the front",
    "behind": "at the back",
}  # fmt: skip
_COUNTED = {
    "collision": "collision", "enter": "entrance", "leave": "exit", "stop": "stop",
    "start": "start", "any": "event",
}  # fmt: skip


def short_name(story: Story, index: int) -> str:
    """The shortest name that only this object has: "red cube"; its full name if it has a twin."""
    scene = Scene(objects=story.objects, directions={}, relationships={}, width=1, height=1)
    names = all_names(scene, index)
    # A name with a noun reads best: "the red cube", not "the red".
    values = next((n for n in names if "shape" in n and len(n) <= len(names[0]) + 1), None)
    if values is None:
        return story.objects[index].name
    return " ".join(values[a] for a in ATTRIBUTES if a in values)


def happening(event: Event, story: Story) -> str:
    """An event as a clause: "the red cube and the ball collide"."""
    return _HAPPENS[event.kind].format(*(f"the {short_name(story, i)}" for i in event.objects))


def recounted(events: Sequence[Event], story: Story, timed: bool = True) -> str:
    """Events in order as one sentence."""
    parts = []
    for event in events:
        when = f" ({event.time:.1f} s)" if timed else ""
        parts.append(f"{happening(event, story)}{when}")
    return first_sentence_case(", then ".join(parts)) if parts else "Nothing happens."


def sentence(program: Call, outcome: Outcome, story: Story) -> str:
    """The answer of `program` as a sentence.

    Args:
        outcome: what the program came to on `story`.
    """
    imagined = world_of(program)
    answer = outcome.answer
    output = FUNCTIONS[program.function].output
    if program.function == "tell" or output in ("events", "event"):
        text = recounted(outcome.events, story, timed=imagined == "clip")
        if imagined == "next":
            return f"I expect this: {text[0].lower()}{text[1:]}" if outcome.events else (
                "I expect nothing more to happen."
            )  # fmt: skip
        return text
    match output:
        case "bool":
            said = "Yes" if answer == "yes" else "No"
            shown = [e for e in outcome.events if answer == "yes"][:1]
            if shown and imagined == "clip" and program.function == "exist_events":
                return f"{said}: {happening(shown[0], story)} at {shown[0].time:.1f} s."
            return f"{said}."
        case "int":
            return _counted(program, answer)
        case "time":
            return f"At {answer} s." if not outcome.events else (
                f"{first_sentence_case(happening(outcome.events[-1], story)).rstrip('.')}"
                f" at {answer} s."
            )  # fmt: skip
        case "list" if program.function == "side":
            return first_sentence_case(_SIDES.get(answer, answer))
        case "list" | "set" | "object":
            names = [f"the {short_name(story, i)}" for i in outcome.objects]
            return first_sentence_case(joined(names)) if names else "Nothing."
    if outcome.objects:
        return f"The {short_name(story, outcome.objects[0])} is {answer}."
    return first_sentence_case(answer)


def world_of(program: Call) -> str:
    """`clip`, `next` or `without`: which world the program speaks of."""
    names = {node.function for node in program.walk()}
    return "next" if "next" in names else "without" if "without" in names else "clip"


def _counted(program: Call, answer: str) -> str:
    many = "" if answer == "1" else "s"
    if program.function == "count_events":
        kinds = [node.value for node in program.walk() if node.function == "happen"]
        return f"{answer} {_COUNTED[str(kinds[-1] if kinds else 'any')]}{many}."
    values, _ = split_filters(program.args[0])
    noun = values.get("shape", "object")
    words = [values[a] for a in ATTRIBUTES if a in values and a != "shape"]
    return f"{' '.join([answer, *words, noun])}{many}."


def missing(described: Call, candidates: Sequence[int], story: Story) -> str:
    """What to say where a program takes for granted what the clip does not show."""
    if candidates:
        names = [f"the {short_name(story, i)}" for i in candidates]
        return f"Several things fit that: {joined(names)}. Which one do you mean?"
    if FUNCTIONS[described.function].output in ("events", "event"):
        kinds = {node.value for node in described.walk() if node.function == "happen"}
        kind = _COUNTED.get(str(next(iter(kinds), "any")), "event") if len(kinds) == 1 else "event"
        return f"I see no such {kind} in this clip."
    values, _ = split_filters(described)
    words = " ".join([*(values[a] for a in ATTRIBUTES if a in values)])
    noun = words if "shape" in values else f"{words} object".strip()
    return f"I see no {noun} in this clip."
