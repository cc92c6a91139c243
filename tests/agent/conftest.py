"""A small world with known truth: models that look nothing up but a hand-made scene."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image
from sightline.agent.assistant import Assistant
from sightline.agent.planning import Plan, PlannedCall, Turn
from sightline.models.program_parser.model import Parsed
from sightline.models.tasks import (
    Answer,
    Box,
    Caption,
    DocumentAnswer,
    PageRegion,
    SceneGraph,
    SceneNode,
)
from sightline.tools.routes import ParseAndExecute

# A small red rubber cube on the left, a large blue metal sphere on the right, a small green
# metal cube behind them.
_OBJECTS = (
    ("small", "red", "rubber", "cube", (-2.0, 0.0, 0.35), (40, 150, 80, 190)),
    ("large", "blue", "metal", "sphere", (2.0, 0.0, 0.7), (200, 120, 270, 190)),
    ("small", "green", "metal", "cube", (0.0, 2.5, 0.35), (140, 80, 175, 115)),
)
_DIRECTIONS = {
    "left": (-1.0, 0.0, 0.0),
    "right": (1.0, 0.0, 0.0),
    "front": (0.0, -1.0, 0.0),
    "behind": (0.0, 1.0, 0.0),
}
PROGRAMS = {
    "how many cubes?": "count filter_shape[cube] scene",
    "and metal ones?": "count swap[metal]",
    "is there a sphere?": "exist filter_shape[sphere] scene",
    "what colour is the sphere?": "query_color unique filter_shape[sphere] scene",
    "what colour is the cylinder?": "query_color unique filter_shape[cylinder] scene",
    "what colour is the cube?": "query_color unique filter_shape[cube] scene",
    "what is it made of?": "query_material it",
    "the red cube": "unique filter_color[red] filter_shape[cube] scene",
    "could you turn the cube red?": "exist filter_color[red] filter_shape[cube] scene",
    "the cube on the right": "unique filter_shape[cube] side[right] scene",
    "metal things": "filter_material[metal] scene",
    "the cylinder": "unique filter_shape[cylinder] scene",
}


class FakeWords:
    """A program parser that knows a few questions by heart."""

    weights = "words"

    def parse(self, turns: Sequence[str], previous: Sequence[str]) -> list[Parsed]:
        known = [(PROGRAMS.get(turn.lower(), "scene"), turn.lower() in PROGRAMS) for turn in turns]
        return [
            Parsed(tokens=_tokens(program), confidence=0.99 if sure else 0.1)
            for program, sure in known
        ]


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(text.split())


class FakeEyes:
    """A scene parser that always sees the same three objects, moved with the picture's margin."""

    weights = "eyes"

    def parse(self, images: Sequence[Image.Image]) -> list[SceneGraph]:
        return [self._graph(image) for image in images]

    def _graph(self, image: Image.Image) -> SceneGraph:
        dx, dy = (image.width - 320) // 2, (image.height - 240) // 2
        nodes = tuple(
            SceneNode(
                attributes={"size": s, "color": c, "material": m, "shape": h},
                confidences={"size": 0.98, "color": 0.99, "material": 0.97, "shape": 0.98},
                box=Box(xyxy=(b[0] + dx, b[1] + dy, b[2] + dx, b[3] + dy), confidence=0.95),
                position=position,
            )
            for s, c, m, h, position, b in _OBJECTS
        )
        return SceneGraph(
            nodes=nodes, relations=(), directions=_DIRECTIONS, width=image.width,
            height=image.height, confidence=0.95,
        )  # fmt: skip


class FakeAnswerer:
    """A second route with answers by question; agrees with the first unless told otherwise."""

    def __init__(self, answers: Mapping[str, str] | None = None, confidence: float = 0.98) -> None:
        self.answers = dict(answers or {})
        self.confidence = confidence
        self.route = ParseAndExecute(cast(Any, FakeWords()), cast(Any, FakeEyes()))
        self.asked = 0

    def answer(
        self,
        images: Sequence[Image.Image],
        questions: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[Answer]:
        self.asked += 1
        text = self.answers.get(questions[0].lower())
        if text is None:
            text = self.route.answer(images, questions)[0].text
        return [Answer(text=text, confidence=self.confidence)]


class FakeCaptioner:
    """One true sentence and, when asked, a false one."""

    lie = False

    def caption(self, images: Sequence[Image.Image], style: str = "normal") -> list[Caption]:
        text = "There is a small red rubber cube."
        if self.lie:
            text += " There are two yellow cylinders."
        return [Caption(text=text, confidence=0.9, style=style)]


class FakeReader:
    """Knows one receipt."""

    def read(
        self,
        pages: Sequence[Image.Image],
        questions: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[DocumentAnswer]:
        if "total" in questions[0].lower():
            region = PageRegion(page=len(pages), xyxy=(10, 20, 90, 30), text="TOTAL 12.40")
            return [DocumentAnswer(text="12.40", confidence=0.9, found=True, regions=(region,))]
        text = "That is not in this document."
        return [DocumentAnswer(text=text, confidence=0.9, found=False)]


class FakeDomain:
    """Tells pictures apart by their corner: green is other, white a document, else tabletop."""

    def __init__(self) -> None:
        self.asked = 0

    def classify(self, images: Sequence[Image.Image]) -> list[SimpleNamespace]:
        self.asked += len(images)
        kinds = {(0, 128, 0): "other", (255, 255, 255): "document"}
        return [
            SimpleNamespace(
                kind=kinds.get(cast(Any, image.getpixel((0, 0))), "tabletop"), confidence=0.99
            )
            for image in images
        ]


class FakeEmbedder:
    """The mean colour, as a direction."""

    def embed_images(self, images: Sequence[Image.Image]) -> np.ndarray:
        rows = np.stack([np.asarray(image, dtype=np.float32).mean((0, 1)) + 1 for image in images])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_texts(self, texts: Sequence[str]) -> np.ndarray:
        """No text is like any picture."""
        return np.full((len(texts), 3), -(3**-0.5), dtype=np.float32)


class FakePlanner:
    """Plans by a few words; `script` holds whole plans by message."""

    def __init__(self) -> None:
        self.script: dict[str, Plan] = {}
        self.seen: list[Sequence[Turn]] = []

    def plan(self, turns: Sequence[Turn], tools: Any, **_: Any) -> Plan:
        self.seen.append(turns)
        text = turns[-1].text
        if text in self.script:
            return self.script[text]
        words = text.lower()
        if words.startswith(("hi", "thanks", "what did you")):
            return Plan(reply="smalltalk", model="fake")
        if words.startswith("show me "):
            call = PlannedCall(tool="ground", args={"phrase": text[8:]})
        elif "describe" in words:
            call = PlannedCall(tool="caption")
        elif "paint" in words:
            call = PlannedCall(tool="edit", args={"instruction": text})
        elif "remember" in words:
            call = PlannedCall(tool="recall", args={"query": text})
        elif "total" in words or "vat" in words:
            call = PlannedCall(tool="document_qa", args={"question": text})
        else:
            call = PlannedCall(tool="vqa", args={"question": text})
        return Plan(calls=(call,), model="fake")


def picture(colour: str = "gray") -> Image.Image:
    return Image.new("RGB", (320, 240), colour)


Maker = Callable[..., Assistant]


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    """Assistants over fakes that share one home; keyword arguments replace models or parts."""

    def build(models: Mapping[str, Any] | None = None, **options: Any) -> Assistant:
        first = ParseAndExecute(cast(Any, FakeWords()), cast(Any, FakeEyes()))
        fakes = {
            "tools.vqa": first,
            "tools.ground": first,
            "tools.caption": FakeCaptioner(),
            "tools.document_qa": FakeReader(),
            "checks.vqa": FakeAnswerer(),
            "checks.ground": first,
            "checks.caption": FakeEyes(),
            "senses.domain": FakeDomain(),
            "senses.embed": FakeEmbedder(),
        }
        options.setdefault("planner", FakePlanner())
        return Assistant(home=tmp_path / "home", models={**fakes, **(models or {})}, **options)

    return build


@pytest.fixture
def assistant(make: Maker) -> Assistant:
    return make()
