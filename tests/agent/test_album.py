"""The album: found by words, by a picture, by time and kind, by its own user and by nobody else."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image
from sightline.agent.interfaces.gallery import album_hits, sheet
from sightline.agent.memory.album import EMPTY, Album, files_below
from sightline.agent.memory.album_log import AlbumLog
from sightline.agent.memory.chroma import VectorStore
from sightline.agent.memory.noticing import page_kind
from sightline.models.tasks import Box, SceneGraph, SceneNode
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.profile import Profile
from sightline.tools.toolbox import Toolbox

# What stands on the table of a picture, told by the colour of its corner.
SCENES: dict[tuple[int, ...], tuple[str, ...]] = {
    (10, 20, 30): ("small red rubber cube", "small red rubber cube", "large blue metal sphere"),
    (40, 50, 60): ("small red rubber cube", "large green metal cylinder"),
    (90, 20, 10): ("large blue metal sphere",) + 2 * ("small gray rubber sphere",),
}
TWO_CUBES, CYLINDER, BALLS = (Image.new("RGB", (64, 48), colour) for colour in SCENES)
RECEIPT = Image.new("RGB", (64, 48), "white")
PHOTO = Image.new("RGB", (64, 48), (0, 128, 0))
LINES = ("THE CORNER CAFE", "RECEIPT", "2 flat white 8.40", "SUBTOTAL 8.40", "CASH 10.00")


class Eyes:
    def parse(self, images: Sequence[Image.Image]) -> list[SceneGraph]:
        graphs = []
        for image in images:
            names: Any = SCENES[tuple(image.getpixel((0, 0)))]  # type: ignore[arg-type]
            nodes = tuple(
                SceneNode(
                    attributes=dict(
                        zip(("size", "color", "material", "shape"), name.split(), strict=True)
                    ),
                    confidences={},
                    box=Box(xyxy=(9.0 * i, 4.0, 9.0 * i + 8, 12.0), confidence=0.9),
                    position=(float(i), 0.0, 0.3),
                )
                for i, name in enumerate(names)
            )
            directions = {
                "left": (-1.0, 0.0, 0.0), "right": (1.0, 0.0, 0.0),
                "front": (0.0, -1.0, 0.0), "behind": (0.0, 1.0, 0.0),
            }  # fmt: skip
            graphs.append(
                SceneGraph(
                    nodes=nodes, relations=(), directions=directions, width=image.width,
                    height=image.height, confidence=0.9,
                )
            )  # fmt: skip
        return graphs


class Embedder:
    """Pictures by their mean colour; texts are near to none."""

    def embed_images(self, images: Sequence[Image.Image]) -> np.ndarray:
        rows = np.stack([np.asarray(image, np.float32).mean((0, 1)) + 1 for image in images])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_texts(self, texts: Sequence[str]) -> np.ndarray:
        return np.zeros((len(texts), 3), np.float32)


class Domain:
    def classify(self, images: Sequence[Image.Image]) -> list[SimpleNamespace]:
        kinds = {(255, 255, 255): "document", (0, 128, 0): "other"}
        return [
            SimpleNamespace(
                kind=kinds.get(tuple(image.getpixel((0, 0))), "tabletop"),  # type: ignore[arg-type]
                confidence=0.99,
            )
            for image in images
        ]


class Reader:
    def lines(self, pages: Sequence[Image.Image]) -> list[SimpleNamespace]:
        return [SimpleNamespace(text=line) for line in LINES]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[str], Album]]:
    models = {
        "senses.embed": Embedder(),
        "senses.domain": Domain(),
        "parts.scene": Eyes(),
        "tools.document_qa": Reader(),
    }
    toolbox = Toolbox(Profile(name="fakes", lines={}), models=models)
    log = AlbumLog(tmp_path / "album.sqlite")

    def album(user: str) -> Album:
        store = ArtifactStore(tmp_path / "artifacts", user)
        return Album(log, user, store, toolbox, tmp_path / "memory")

    yield album
    VectorStore.open(tmp_path / "memory").close()


def names(album: Album, words: str, **options: Any) -> set[str]:
    return {hit["name"] for hit in album.search(words, **options).detail.get("hits", ())}


def filled(album: Album, folder: Path) -> Album:
    folder.mkdir()
    for name, picture in (
        ("cubes.png", TWO_CUBES), ("cylinder.png", CYLINDER), ("balls.png", BALLS),
        ("slip.png", RECEIPT), ("dog.png", PHOTO),
    ):  # fmt: skip
        picture.save(folder / name)
    new, problems = album.add_files(files_below(folder))
    assert new == 5 and not problems
    return album


def test_by_words_counts_are_exact(make: Callable[[str], Album], tmp_path: Path) -> None:
    album = filled(make("ann"), tmp_path / "in")
    assert names(album, "find my pictures with two red cubes") == {"cubes.png"}
    assert names(album, "pictures with three balls") == {"balls.png"}
    assert names(album, "which of my photos show a red cube?") == {"cubes.png", "cylinder.png"}
    assert names(album, "a red cube and a green cylinder") == {"cylinder.png"}
    assert not names(album, "pictures with four balls")


def test_time_and_kind(make: Callable[[str], Album], tmp_path: Path) -> None:
    album = filled(make("ann"), tmp_path / "in")
    assert names(album, "only receipts") == {"slip.png"}
    assert names(album, "my receipts from today") == {"slip.png"}
    assert not names(album, "my receipts from last week")
    assert "last week" in album.search("my receipts from last week").text
    assert names(album, "the receipt with the flat white") == {"slip.png"}
    assert names(album, "show me everything in my album") == {
        "cubes.png", "cylinder.png", "balls.png", "slip.png", "dog.png",
    }  # fmt: skip


def test_by_picture_leaves_itself_out(make: Callable[[str], Album], tmp_path: Path) -> None:
    album = filled(make("ann"), tmp_path / "in")
    near = Image.new("RGB", (64, 48), (12, 22, 30))
    found = album.search("pictures like this", like=album.store.add(near))
    assert found.detail["hits"][0]["name"] == "cubes.png"
    mine = album.store.add((tmp_path / "in" / "cubes.png").read_bytes())
    assert "cubes.png" not in names(album, "pictures like this", like=mine)


def test_near_duplicates_are_shown_once(make: Callable[[str], Album], tmp_path: Path) -> None:
    album = filled(make("ann"), tmp_path / "in")
    again = TWO_CUBES.copy()
    again.putpixel((5, 5), (12, 22, 32))
    again.save(tmp_path / "again.png")
    assert album.add_files([tmp_path / "again.png"]) == (1, [])
    assert len(names(album, "two red cubes")) == 1
    assert album.search("two red cubes").detail["found"] == 1


def test_nobody_finds_what_is_anothers(make: Callable[[str], Album], tmp_path: Path) -> None:
    ann, eve = filled(make("ann"), tmp_path / "in"), make("eve")
    assert eve.search("two red cubes").text == EMPTY
    eve.add_files([("mine.png", (tmp_path / "in" / "cubes.png").read_bytes())])
    assert names(eve, "everything in my album") == {"mine.png"}
    # The same bytes in two albums: taking them out of one leaves the other as it is.
    eve.remove(eve.items()[0].artifact)
    assert eve.search("two red cubes").text == EMPTY
    assert names(ann, "two red cubes") == {"cubes.png"}
    assert len(VectorStore.open(tmp_path / "memory").nearest("album", np.ones(3), "eve", 9)) == 0


def test_honest_about_photos_it_cannot_judge(make: Callable[[str], Album], tmp_path: Path) -> None:
    album = filled(make("ann"), tmp_path / "in")
    assert "can't judge the one photo" in album.search("pictures with four balls").text
    assert names(album, "the dog") == {"dog.png"}  # by its name


def test_what_a_conversation_showed_goes_with_it(
    make: Callable[[str], Album], tmp_path: Path
) -> None:
    album = make("ann")
    shown = album.store.add(("shown.png", _png(TWO_CUBES))).id
    kept = album.store.add(("kept.png", _png(BALLS))).id
    album.add([shown, kept], session="s1")
    album.add([kept])
    assert {item.artifact for item in album.items()} == {shown, kept}
    album.forget_session("s1")
    assert {item.artifact for item in album.items()} == {kept}


def test_a_file_that_models_trip_over_closes_no_album(
    make: Callable[[str], Album], tmp_path: Path
) -> None:
    # The fake eyes know no such picture, and raise.
    Image.new("RGB", (64, 48), (11, 20, 30)).save(tmp_path / "strange.png")
    TWO_CUBES.save(tmp_path / "cubes.png")
    album = make("ann")
    added = album.add_files([tmp_path / "strange.png", tmp_path / "cubes.png"])
    assert added == (2, [])
    assert names(album, "two red cubes") == {"cubes.png"}
    assert len(album.items()) == 2


def test_evidence_points_at_the_hits(make: Callable[[str], Album], tmp_path: Path) -> None:
    album = filled(make("ann"), tmp_path / "in")
    found = album.search("pictures with three balls")
    ((artifact, page, label),) = album_hits(found.evidence)
    assert album.store.get(artifact).name == "balls.png" and page == 1
    assert label.startswith("balls.png, added today")
    assert found.artifacts == (artifact,) and found.detail["facts_hold"]


def test_sheet_holds_every_picture() -> None:
    made = sheet([TWO_CUBES, BALLS, CYLINDER, PHOTO], ["a", "b", "c", "d"])
    pixels = np.asarray(made).reshape(-1, 3)
    for picture in (TWO_CUBES, BALLS, CYLINDER, PHOTO):
        colour = np.asarray(picture.getpixel((0, 0)))
        assert (np.abs(pixels - colour).max(-1) < 3).sum() > 20_000


def _png(picture: Image.Image) -> bytes:
    from io import BytesIO

    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def test_an_invoice_with_a_subtotal_is_no_receipt() -> None:
    assert page_kind("INVOICE\nInvoice No 2019-9150\nQTY\nSubtotal") == "invoice"
    assert page_kind("TAX INVOICE\nCashier\nQty\nSubtotal\nRounding") == "receipt"
    assert page_kind("Qty\nSubtotal") == "receipt"
    assert page_kind("Dear Sir") == "page"
