"""The edit tool: exact changes on any picture, history, undo, and honest refusals."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from sightline.data.edits import load_instructions
from sightline.models.edit_parser.parser import HeardEdit
from sightline.tools.artifacts import Artifact, ArtifactStore
from sightline.tools.base import ToolContext
from sightline.tools.edit import EditTool
from sightline.tools.results import ToolError
from sightline.tools.studio.orders import _parts
from sightline.tools.toolbox import Toolbox

PIXELS = np.random.default_rng(0).integers(0, 256, (60, 90, 3), dtype=np.uint8)


class ByHeart:
    """An edit parser that knows the bank and a few more by heart."""

    def __init__(self) -> None:
        known = {item.text: item for item in load_instructions("train")}
        self.known = {
            text: HeardEdit(
                kind=item.kind,
                words={name: text[start:end] for name, start, end in item.spans},
            )
            for text, item in known.items()
        }

    def parse(self, texts: Sequence[str]) -> list[HeardEdit]:
        return [self.known.get(text, HeardEdit(kind="other")) for text in texts]


class Elsewhere:
    """A domain model that says where every picture is from."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def classify(self, images: Sequence[Image.Image]) -> list[SimpleNamespace]:
        return [SimpleNamespace(kind=self.kind, confidence=0.9) for _ in images]


@pytest.fixture(name="make")
def _make(tmp_path: Path):
    store = ArtifactStore(tmp_path, "me")
    toolbox = Toolbox(
        "embedded", models={"parts.instruction": ByHeart(), "senses.domain": Elsewhere("other")}
    )

    def make(*view: Artifact) -> EditTool:
        return EditTool.given(
            ToolContext(user="me", store=store, toolbox=toolbox, attachments=view)
        )

    return store, make


def test_exact_edits_chain_and_undo(make) -> None:
    store, tool = make
    first = store.add(Image.fromarray(PIXELS))
    cropped = tool(first).use(instruction="crop to the left half")
    second = store.get(cropped.artifacts[0])
    assert np.array_equal(store.image(second.id), PIXELS[:, :45])
    assert (second.parent, second.operation) == (first.id, "crop 0 0 0.5 1")
    assert "45 x 60" in cropped.text and cropped.model.name == "exact"
    flipped = tool(first, second).use(instruction="flip vertically")
    third = store.get(flipped.artifacts[0])
    assert np.array_equal(store.image(third.id), PIXELS[::-1, :45])
    back = tool(first, second, third).use(instruction="undo")
    assert back.artifacts == (second.id,)
    origin = tool(first, second, third).use(instruction="restore the original")
    assert origin.artifacts == (first.id,)
    with pytest.raises(ToolError, match="nothing to undo"):
        tool(first).use(instruction="undo")
    assert np.array_equal(store.image(first.id), PIXELS)  # what was sent stays as it is


def test_two_wishes_in_one_instruction(make) -> None:
    store, tool = make
    result = tool(store.add(Image.fromarray(PIXELS))).use(
        instruction="crop to the left half and then flip vertically"
    )
    assert np.array_equal(store.image(result.artifacts[0]), PIXELS[::-1, :45])


def test_converted_files_are_files_of_that_format(make) -> None:
    store, tool = make
    result = tool(store.add(Image.fromarray(PIXELS))).use(instruction="save it as jpg")
    path = store.file_path(result.artifacts[0])
    assert path.suffix == ".jpg"
    with Image.open(path) as file:
        assert file.format == "JPEG" and file.size == (90, 60)


def test_what_needs_a_model_is_declined_on_a_photograph(make) -> None:
    store, tool = make
    photo = store.add(Image.fromarray(PIXELS))
    result = tool(photo).use(instruction="recolour the dog brown")
    assert result.abstained and not result.artifacts and "any picture" in result.text
    with pytest.raises(ToolError, match="tell me the part"):
        tool(photo).use(instruction="blur the red cube")


def test_what_it_cannot_do_it_says(make) -> None:
    store, tool = make
    with pytest.raises(ToolError, match="I can't do that"):
        tool(store.add(Image.fromarray(PIXELS))).use(instruction="put a hat on the dog")


def test_a_complaint_and_its_remedy_are_one_order() -> None:
    one = "the red thing is too small, make it bigger"
    assert _parts(one) == [one]
    assert _parts(f"crop it to a square and then crop it again, {one}")[0] == "crop it to a square"
    assert _parts("the picture's a bit too dark, brighten it and flip it") == [
        "the picture's a bit too dark, brighten it", "flip it",
    ]  # fmt: skip
    assert len(_parts("the ball is too big, remove the cube")) == 2
    assert len(_parts("make the cube red, make it big")) == 2


def test_undo_takes_back_a_whole_instruction(make) -> None:
    store, tool = make
    first = store.add(Image.fromarray(PIXELS))
    done = tool(first).use(instruction="crop to the left half and then flip vertically")
    last = store.get(done.artifacts[0])
    assert tool(first, last).use(instruction="undo").artifacts == (first.id,)
    assert tool(first, last, first).use(instruction="redo").artifacts == (last.id,)
    halfway = tool(first, last).use(instruction="undo the last change")
    assert halfway.artifacts == (last.parent,) != (first.id,)
