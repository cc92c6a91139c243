"""Clips in an album are found by what happens in them, with the moment it happens at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sightline.agent.memory.album import Album
from sightline.agent.memory.album_log import AlbumLog
from sightline.agent.memory.chroma import VectorStore
from sightline.data.world.video.clip import Clip, sample_clips
from sightline.data.world.video.drawing import draw_clip, write_mp4
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.results import Memory, Span
from sightline.tools.toolbox import Toolbox

# A cube comes in and hits a red cylinder; a blue ball is hit and leaves.
CLIPS = (sample_clips(8000, 1, 0)[0], sample_clips(8000, 1, 2)[0])


@pytest.fixture(scope="module", name="files")
def _files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clips")
    for clip in CLIPS:
        write_mp4(draw_clip(clip, antialias=1), folder / clip.filename)
    return [folder / clip.filename for clip in CLIPS]


@pytest.fixture(scope="module", name="album")
def _album(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Album]:
    home = tmp_path_factory.mktemp("home")
    album = Album(
        AlbumLog(home / "album.sqlite"), "eve", ArtifactStore(home, "eve"),
        Toolbox("embedded"), home / "memory",
    )  # fmt: skip
    assert album.add_files(files) == (2, [])
    yield album
    VectorStore.open(home / "memory").close()
    album.log.close()


def _found(album: Album, words: str) -> list[str]:
    result = album.search(words)
    return [album.store.get(artifact).name for artifact in reversed(result.artifacts)]


@pytest.mark.parametrize(
    ("words", "clip"),
    [
        ("the clip where the red cylinder is hit", CLIPS[0]),
        ("find the video in which a cube comes in", CLIPS[0]),
        ("which of my clips shows a ball leaving?", CLIPS[1]),
        ("a brown ball", CLIPS[0]),
    ],
)
def test_a_clip_is_found_by_what_happens(album: Album, words: str, clip: Clip) -> None:
    assert _found(album, words) == [clip.filename]


def test_what_happens_in_none_is_not_found(album: Album) -> None:
    assert _found(album, "clips in which the green cube stops") == []
    assert _found(album, "the video with five collisions") == []


def test_what_no_tabletop_holds_is_in_no_clip(album: Album) -> None:
    for words in ("a video with a dog", "my clips with a spoon", "anything with a pink pyramid"):
        assert _found(album, words) == []


def test_what_is_not_there_holds_from_start_to_end(album: Album) -> None:
    for word in ("red", "cyan", "green"):
        lacking = {
            clip.filename for clip in CLIPS if all(o.color != word for o in clip.story.objects)
        }
        assert set(_found(album, f"clips without anything {word}")) == lacking


def test_the_moment_is_shown(album: Album) -> None:
    result = album.search("the clip where the red cylinder is hit")
    hit = next(event for event in CLIPS[0].story.events if event.kind == "collision")
    spans = [item for item in result.evidence if isinstance(item, Span)]
    assert len(spans) == 1 and spans[0].start < hit.time < spans[0].end
    assert "collide" in spans[0].label
    shown = [item for item in result.evidence if isinstance(item, Memory)]
    page = int(shown[0].id.rsplit("/", 1)[1])
    artifact = album.store.get(spans[0].artifact)
    # The key frame that is shown is one near the moment.
    at = artifact.span * (page - 1) / (artifact.pages - 1)
    assert abs(at - hit.time) < artifact.span / 5


def test_clips_have_vectors_of_their_own_and_leave_with_the_file(
    files: list[Path], tmp_path: Path, album: Album
) -> None:
    mine = Album(
        AlbumLog(tmp_path / "album.sqlite"), "bob", ArtifactStore(tmp_path, "bob"),
        album.toolbox, album.folder,
    )  # fmt: skip
    mine.add_files(files[:1])
    vectors = VectorStore.open(album.folder)
    (artifact,) = [item.artifact for item in mine.items()]
    assert [about["artifact"] for about in vectors.rows("clips", "bob").values()] == [artifact]
    assert set(mine.log.clips("bob")) == {artifact}
    assert mine.remove(artifact)
    assert vectors.rows("clips", "bob") == {} and mine.log.clips("bob") == {}
    assert len(vectors.rows("clips", "eve")) == 2
