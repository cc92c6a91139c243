"""Running programs (`language.py`) on a story: the answer, and the events it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..functions import Call
from ..programs import FalsePremise, answer_text
from ..vocabulary import VALUES
from .language import FUNCTIONS
from .story import Event, Story, causes

_ORDER: Final = {"first": 0, "second": 1, "third": 2, "last": -1}
_SAYS: Final = {
    "collision": "{0} and {1} collide", "enter": "{0} enters", "leave": "{0} leaves",
    "start": "{0} starts to move", "stop": "{0} stops",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a program came to.

    Attributes:
        answer: canonical text: `yes`, `3`, `red`, names joined by commas, `1.4` (seconds), `none`.
        objects: ids that the answer is about.
        events: events that it rests on, in order.
    """

    answer: str
    objects: tuple[int, ...] = ()
    events: tuple[Event, ...] = ()


def told(event: Event, story: Story) -> str:
    """An event in words: "small red rubber cube and large blue metal sphere collide"."""
    # By name: readings number the objects as they come.
    return _SAYS[event.kind].format(*sorted(story.objects[i].name for i in event.objects))


def execute(program: Call, story: Story) -> Outcome:
    """Run `program` on `story`.

    Raises:
        FalsePremise: something the program takes for granted is not there.
    """
    run = _Run(story)
    value = run.run(program)
    output = FUNCTIONS[program.function].output
    subject = value
    if output not in ("set", "object", "events", "event"):
        inner = program.args[0] if program.args else program
        kind = FUNCTIONS[inner.function].output
        subject = run.run(inner) if kind in ("set", "object", "events", "event") else ()
    ids, events = _about(subject)
    if output in ("set", "object"):
        answer = ", ".join(story.objects[i].name for i in _ids(value)) or "none"
    elif output in ("events", "event"):
        answer = ", ".join(told(event, story) for event in _events(value)) or "none"
    elif output == "time":
        answer = f"{value:.1f}"
    else:
        answer = answer_text(value)
    # Where the answer itself names no event, those passed on the way show it.
    return Outcome(answer=answer, objects=ids, events=events or tuple(dict.fromkeys(run.passed)))


def _about(subject: Any) -> tuple[tuple[int, ...], tuple[Event, ...]]:
    if isinstance(subject, Event):
        return subject.objects, (subject,)
    if isinstance(subject, int):
        return (subject,), ()
    items = tuple(subject)
    if items and isinstance(items[0], Event):
        return tuple(dict.fromkeys(i for e in items for i in e.objects)), items
    return items, ()


def _ids(value: Any) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)


def _events(value: Any) -> tuple[Event, ...]:
    # An event is itself a tuple.
    return (value,) if isinstance(value, Event) else value


class _Run:
    """One execution; remembers the events it picked on the way."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.passed: list[Event] = []

    def run(self, node: Call) -> Any:
        return self._apply(node, [self.run(arg) for arg in node.args])

    def _apply(self, node: Call, inputs: list[Any]) -> Any:
        name, value = node.function, node.value
        head, _, attribute = name.partition("_")
        if attribute in VALUES and head in ("filter", "query", "equal"):
            return self._attribute(head, attribute, value, inputs)
        story = self.story
        match name:
            case "clip" | "next" | "start" | "end" | "ever":
                return name
            case "without":
                return inputs[0]
            case "at":
                return inputs[0]
            case "objects":
                return tuple(range(len(story.objects)))
            case "unique":
                return self._unique(node, _ids(inputs[0]))
            case "union":
                return tuple(sorted({*_ids(inputs[0]), *_ids(inputs[1])}))
            case "minus":
                return tuple(i for i in _ids(inputs[0]) if i not in _ids(inputs[1]))
            case "moving" | "still" | "inside":
                return self._state(name, _ids(inputs[0]), inputs[1])
            case "happen":
                return self._happen(str(value), inputs[0])
            case "with":
                wanted = set(_ids(inputs[1]))
                return tuple(e for e in _events(inputs[0]) if wanted & set(e.objects))
            case "within":
                wanted = set(_ids(inputs[1]))
                return tuple(e for e in _events(inputs[0]) if wanted >= set(e.objects))
            case "before":
                return tuple(
                    e for e in _events(inputs[0]) if e.time < inputs[1].time and e != inputs[1]
                )
            case "after":
                return tuple(
                    e for e in _events(inputs[0]) if e.time > inputs[1].time and e != inputs[1]
                )
            case "pick":
                return self._pick(node, _events(inputs[0]))
            case "causes":
                return causes(story.events, inputs[0])
            case "responsible":
                led = causes(story.events, inputs[0])
                ids = {i for e in led if e.kind == "collision" for i in e.objects}
                return tuple(sorted(ids - set(inputs[0].objects)))
            case "lost":
                kept = {(e.kind, e.objects) for e in _events(inputs[1])}
                return tuple(e for e in _events(inputs[0]) if (e.kind, e.objects) not in kept)
            case "who":
                self.passed += _events(inputs[0])
                ids = (i for e in _events(inputs[0]) for i in e.objects)
                return tuple(sorted(set(ids)))
            case "partner":
                met = [e for e in _events(inputs[0]) if inputs[1] in e.objects]
                self.passed += met
                return tuple(sorted({i for e in met for i in e.objects} - {inputs[1]}))
        return self._answer(name, value, inputs)

    def _answer(self, name: str, value: str | None, inputs: list[Any]) -> Any:
        story = self.story
        match name:
            case "count":
                return len(_ids(inputs[0]))
            case "exist":
                return bool(_ids(inputs[0]))
            case "count_events":
                return len(_events(inputs[0]))
            case "exist_events":
                return bool(_events(inputs[0]))
            case "describe":
                return tuple(story.objects[i].name for i in _ids(inputs[0]))
            case "tell":
                return tuple(told(e, story) for e in _events(inputs[0]))
            case "when":
                return inputs[0].time
            case "side":
                return (self._side(inputs[0]),)
            case "earlier":
                self.passed += inputs
                return inputs[0].time < inputs[1].time
            case "number":
                return int(str(value))
            case "equal_integer":
                return inputs[0] == inputs[1]
            case "less_than":
                return inputs[0] < inputs[1]
            case "greater_than":
                return inputs[0] > inputs[1]
            case "not":
                return not inputs[0]
        raise ValueError(f"unknown function {name!r}")

    def _attribute(self, head: str, attribute: str, value: str | None, inputs: list[Any]) -> Any:
        objects = self.story.objects
        if head == "equal":
            return inputs[0] == inputs[1]
        if head == "query":
            return objects[inputs[0]].value(attribute)
        return tuple(i for i in _ids(inputs[0]) if objects[i].value(attribute) == value)

    def _unique(self, node: Call, ids: Sequence[int]) -> int:
        if len(ids) != 1:
            raise FalsePremise("ambiguous" if ids else "absent", node.args[0], tuple(ids))
        return ids[0]

    def _pick(self, node: Call, events: Sequence[Event]) -> Event:
        index = _ORDER[str(node.value)]
        if not events or index >= len(events):
            raise FalsePremise("absent", node.args[0])
        self.passed.append(events[index])
        return events[index]

    def _happen(self, kind: str, world: Any) -> tuple[Event, ...]:
        if world == "clip":
            events = self.story.events
        elif world == "next":
            events = self.story.ahead()
        else:
            events = self.story.without(world)
        if kind == "any":
            # What starts to move was hit: the collision says it.
            return tuple(e for e in events if e.kind != "start")
        return tuple(e for e in events if e.kind == kind)

    def _state(self, name: str, ids: Sequence[int], moment: Any) -> tuple[int, ...]:
        story = self.story
        if moment == "ever":
            if name == "inside":
                return tuple(i for i in ids if story.inside[i].any())
            return tuple(i for i in ids if story.moving[i].any() == (name == "moving"))
        if isinstance(moment, Event):
            column = story.at(moment.time)
        else:
            column = 0 if moment == "start" else story.moving.shape[1] - 1
        here = [i for i in ids if story.inside[i, column]]
        if name == "inside":
            return tuple(here)
        return tuple(i for i in here if story.moving[i, column] == (name == "moving"))

    def _side(self, event: Event) -> str:
        """Where in the picture the thing is at that moment: left, right, front or behind."""
        x, y = self.story.place[event.objects[0], self.story.at(event.time)]
        reach = {"left": 0.5 - x, "right": x - 0.5, "front": y - 0.5, "behind": 0.5 - y}
        return max(reach, key=lambda name: reach[name])
