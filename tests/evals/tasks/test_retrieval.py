"""The measures of search, on records and galleries made by hand."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from sightline.evals.task import find_task
from sightline.evals.tasks import world_compose
from sightline.models.dual_encoder import Look

RETRIEVE, COMPOSE = find_task("world-retrieve"), find_task("world-compose")


def test_recalls_of_the_ranking_and_of_the_space_alone() -> None:
    records = [
        {
            "text_to_image": a, "image_to_text": b, "text_to_image_space": c,
            "image_to_text_space": 20, "right": a == b == 0,
        }
        for a, b, c in ((0, 0, 3), (0, 4, 0), (12, 0, 12), (1, 0, 0))
    ]  # fmt: skip
    records[0]["chat_right"] = True
    scored = RETRIEVE.score(records)
    assert scored["accuracy"] == 0.25
    assert (scored["text_to_image_r1"], scored["text_to_image_r10"]) == (0.5, 0.75)
    assert scored["image_to_text_r1"] == 0.75
    assert scored["text_to_image_r1_space"] == 0.5 and scored["image_to_text_r10_space"] == 0
    assert (scored["chat"], scored["chats"]) == (1, 1)


class Embedder:
    """The mean colour of each picture."""

    def look(self, images: list[Any]) -> list[Look]:
        none = np.zeros(1, bool)
        return [
            Look(slots=np.asarray(image).mean((0, 1)), mask=none, grid=none) for image in images
        ]

    def embed_looks(self, looks: list[Look]) -> np.ndarray:
        rows = np.stack([look.slots for look in looks]) - 128
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Oracle:
    """Answers with the embedding of what is wanted."""

    def __init__(self, gallery: world_compose.Changed) -> None:
        self.gallery = gallery

    def compose(self, looks: list[Look], words: list[str]) -> np.ndarray:
        i = self.gallery.words.index(words[0])
        return self.gallery.vectors[[self.gallery.after[i]]]


def test_the_picture_at_hand_is_in_the_gallery_and_wrong() -> None:
    samples = list(COMPOSE.samples(8123, 3))
    gallery = samples[0].data[0]
    senses = {"embed": Embedder(), "compose": Oracle(gallery)}
    assistant = cast(Any, SimpleNamespace(toolbox=SimpleNamespace(sense=senses.get)))
    records = [COMPOSE.run(assistant, sample) for sample in samples]
    assert len(gallery.looks) == 4 and set(gallery.before) == {0}
    assert all(record["rank"] == 0 for record in records)
    # The picture alone finds itself first.
    assert all(record["picture_alone"] >= 1 for record in records)
    scored = COMPOSE.score(records)
    assert scored["r1"] == scored["r10"] == 1 and scored["picture_alone_r1"] == 0
