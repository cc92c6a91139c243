"""A real assistant whose models are scripted: for tests of what people touch."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sightline import Assistant
from sightline.agent.planning import Plan, PlannedCall, Turn
from sightline.models.tasks import Answer, Box, Caption

RELEASE = threading.Event()


class Planner:
    """Small talk for greetings, a caption for "describe", else a question about the picture."""

    def plan(self, turns: Sequence[Turn], tools: Any, **_: Any) -> Plan:
        text = turns[-1].text
        if not any(turn.attachments for turn in turns):
            return Plan(reply="smalltalk", model="scripted")
        if text.startswith("describe"):
            return Plan(calls=(PlannedCall(tool="caption", args={}),), model="scripted")
        call = PlannedCall(tool="vqa", args={"question": text})
        return Plan(calls=(call,), model="scripted")


class Answerer:
    """Two, with a box."""

    def answer(self, images: Sequence[Any], questions: Sequence[str], *_: Any) -> list[Answer]:
        box = Box(xyxy=(20, 30, 90, 100), confidence=1.0, label="large cyan metal sphere")
        return [Answer(text="2", confidence=0.99, boxes=(box,)) for _ in questions]


class SlowCaptioner:
    """Takes until it is released; a stopped turn does not wait for it."""

    def caption(self, images: Sequence[Any], style: str = "normal") -> list[Caption]:
        RELEASE.wait(300)
        return [Caption(text="Never read.", confidence=1.0) for _ in images]


class Tabletop:
    """Takes every picture for a tabletop."""

    def classify(self, images: Sequence[Any]) -> list[Any]:
        guess = type("Guess", (), {"kind": "tabletop", "confidence": 1.0})()
        return [guess for _ in images]


class Embedder:
    """One direction for everything."""

    def embed_images(self, images: Sequence[Any]) -> np.ndarray:
        return np.eye(256, dtype=np.float32)[[0] * len(images)]

    def embed_texts(self, texts: Sequence[str]) -> np.ndarray:
        return np.eye(256, dtype=np.float32)[[0] * len(texts)]


def scripted_assistant(home: Path) -> Assistant:
    """The real team, log and store, over scripted models."""
    models = {
        "tools.vqa": Answerer(),
        "checks.vqa": Answerer(),
        "tools.caption": SlowCaptioner(),
        "senses.domain": Tabletop(),
        "senses.embed": Embedder(),
    }
    return Assistant(home=home, models=models, planner=Planner())
