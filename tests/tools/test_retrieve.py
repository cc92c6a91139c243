"""The retrieve tool: words, a picture in view, or both go to the user's own album."""

from pathlib import Path

import pytest
from PIL import Image
from sightline.tools.artifacts import Artifact, ArtifactStore
from sightline.tools.base import ToolContext
from sightline.tools.profile import Profile
from sightline.tools.results import ToolError, ToolResult
from sightline.tools.retrieve import RetrieveTool
from sightline.tools.toolbox import Toolbox


class Album:
    def __init__(self) -> None:
        self.asked: list[tuple[str, Artifact | None]] = []

    def search(self, words: str, like: Artifact | None = None) -> ToolResult:
        self.asked.append((words, like))
        return ToolResult(text="found")


@pytest.fixture
def album() -> Album:
    return Album()


@pytest.fixture
def context(tmp_path: Path, album: Album) -> ToolContext:
    store = ArtifactStore(tmp_path, "ann")
    shown = tuple(store.add(Image.new("RGB", (8, 8), c)) for c in ("red", "blue"))
    toolbox = Toolbox(Profile(name="fakes", lines={}))
    return ToolContext(user="ann", store=store, toolbox=toolbox, attachments=shown, album=album)


@pytest.mark.parametrize(
    ("query", "artifact", "meant"),
    [
        ("pictures with three balls", "", None),
        ("find one like this but with a red ball", "", 1),
        ("others like it", "a1", 0),
        ("any similar ones?", "", 1),
    ],
)
def test_which_picture_is_meant(
    context: ToolContext, album: Album, query: str, artifact: str, meant: int | None
) -> None:
    RetrieveTool.given(context).use(query=query, artifact=artifact)
    like = None if meant is None else context.attachments[meant]
    assert album.asked == [(query, like)]


def test_without_an_album_one_sentence(context: ToolContext) -> None:
    closed = ToolContext(user="ann", store=context.store, toolbox=context.toolbox)
    with pytest.raises(ToolError, match="not open"):
        RetrieveTool.given(closed).use(query="pictures with three balls")
