"""Whose fault a wrong reply is, and runs in which one part is replaced by the truth.

    sightline eval world-vqa --oracle plan      # the true call instead of the planner's
    sightline eval world-vqa --oracle tools     # the true scene instead of the parsed one

A reply goes through four hands: the plan (which tools), the arguments (told what), the tool (what
it gave), and the fusion (what checking and writing made of it). The first that went wrong is named.
With an oracle the errors of that part are gone, and what is left is the others'.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, get_args

from PIL import Image

from ..agent.assistant import Assistant
from ..agent.planning import Plan, PlannedCall, Tools, Turn
from ..agent.reply import Gave, Reply, Step
from ..data.world.scene import Scene
from ..models.tasks import Box, SceneGraph, SceneNode
from ..tools.toolbox import Toolbox

Oracle = Literal["plan", "tools"]
ORACLES: tuple[str, ...] = get_args(Oracle)
Failure = Literal["", "plan", "arguments", "tool", "fusion"]
_ROLES_APART = ("planner", "verifier")
_WORDS = ("question", "phrase")
# The routes that check an answer: with true scenes for the tools, they still look themselves.
_CHECKS = ("vqa", "ground", "caption")


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What should happen with a sample.

    Attributes:
        calls: the calls it needs.
        scene: what its picture shows.
        holds: whether what a call gave is right.
    """

    calls: tuple[PlannedCall, ...]
    scene: Scene
    holds: Callable[[Gave], bool]


def failure(reply: Reply, truth: Truth, right: bool) -> Failure:
    """The first hand that went wrong; "" where the reply is right."""
    if right:
        return ""
    made = [s for s in reply.steps if s.role not in _ROLES_APART and s.tool != "look_again"]
    if sorted(step.tool for step in made) != sorted(call.tool for call in truth.calls):
        return "plan"
    if sorted(map(_told, made)) != sorted(map(_told, truth.calls)):
        return "arguments"
    if not all(step.gave is not None and truth.holds(step.gave) for step in made):
        return "tool"
    return "fusion"


def _told(call: Step | PlannedCall) -> str:
    """What a call was told, but for case and punctuation."""
    said = " ".join(str(call.args.get(name, "")) for name in _WORDS).lower()
    kept = "".join(c if c.isalnum() else " " for c in said)
    return f"{call.tool} {' '.join(kept.split())}"


class TrueScenes:
    """A scene parser that is told what each picture shows."""

    name, weights = "truth", ""

    def __init__(self) -> None:
        self.scene: Scene | None = None

    def parse(self, images: Sequence[Image.Image]) -> list[SceneGraph]:
        """The true scene, moved along where a margin was put round the picture."""
        return [_graph(self.scene, image) for image in images if self.scene is not None]


class TruePlanner:
    """A planner that is told which calls a turn needs; they are made as they are."""

    exact = True

    def __init__(self) -> None:
        self.calls: tuple[PlannedCall, ...] = ()

    def plan(self, turns: Sequence[Turn], tools: Tools, **_: Any) -> Plan:
        """See `Planner.plan`."""
        return Plan(calls=self.calls, model="truth")


@contextmanager
def with_oracle(assistant: Assistant, oracle: str) -> Iterator[Callable[[Truth], None]]:
    """Within the block one part of `assistant` says the truth; yields what tells it the truth of
    the next sample.

    Args:
        oracle: `plan` or `tools`.

    Raises:
        ValueError: no such oracle, or the target has no such part.
    """
    if oracle not in ORACLES:
        raise ValueError(f"There is no oracle {oracle!r}; there are {' and '.join(ORACLES)}.")
    if not isinstance(assistant, Assistant):
        raise ValueError("An oracle needs an assistant of ours as the target.")
    planner, toolbox = assistant.planner, assistant.toolbox
    calls, scenes = TruePlanner(), TrueScenes()

    def tell(truth: Truth) -> None:
        calls.calls, scenes.scene = truth.calls, truth.scene

    if oracle == "plan":
        assistant.planner = calls
    else:
        checks = {f"checks.{role}": toolbox.check(role) for role in _CHECKS}
        known = {key: model for key, model in checks.items() if model is not None}
        assistant.toolbox = Toolbox(toolbox.profile, models={**known, "parts.scene": scenes})
    try:
        yield tell
    finally:
        assistant.planner, assistant.toolbox = planner, toolbox


def _graph(scene: Scene, image: Image.Image) -> SceneGraph:
    dx, dy = (image.width - scene.width) / 2, (image.height - scene.height) / 2
    nodes = tuple(
        SceneNode(
            attributes=(values := {
                name: thing.value(name) for name in ("size", "color", "material", "shape")
            }),
            confidences=dict.fromkeys(values, 1.0),
            box=Box(
                xyxy=(thing.box[0] + dx, thing.box[1] + dy, thing.box[2] + dx, thing.box[3] + dy),
                confidence=1.0,
                label=thing.name,
            ),
            position=thing.position,
        )
        for thing in scene.objects
    )  # fmt: skip
    relations = tuple(
        (j, direction, i)
        for direction, others in scene.relationships.items()
        for i, beside in enumerate(others)
        for j in beside
    )
    return SceneGraph(
        nodes=nodes, relations=relations, directions=scene.directions, width=image.width,
        height=image.height, confidence=1.0,
    )  # fmt: skip
