"""Clips as pictures and as MP4 files: the ray caster draws every frame of a clip at once."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from ..render import render
from ..scene import Scene, SceneObject, derive_relationships
from ..vocabulary import SIZE_RADIUS
from .clip import FRAMES_PER_SECOND, Clip

Frames = NDArray[np.uint8]
# Visually lossless at this size, and a clip stays below 100 kB.
_QUALITY = "20"


def frame_scenes(clip: Clip, *, width: int = 320, height: int = 240) -> list[Scene]:
    """The scene of every frame; objects out of sight are left out of none."""
    position, _ = clip.track()
    directions = clip.camera.directions()
    extra = {"camera": clip.camera.to_json(), "light": clip.lights.to_json()}
    scenes = []
    for spots in position:
        objects = tuple(_moved(item, spot) for item, spot in zip(clip.objects, spots, strict=True))
        scenes.append(
            Scene(
                objects=objects, directions=directions,
                relationships=derive_relationships(objects, directions),
                width=width, height=height, extra=extra,
            )
        )  # fmt: skip
    return scenes


def _moved(item: SceneObject, spot: NDArray[np.float64]) -> SceneObject:
    place = (float(spot[0]), float(spot[1]), SIZE_RADIUS[item.size])
    return replace(item, position=place)


def draw_clip(clip: Clip, *, width: int = 320, height: int = 240, antialias: int = 2) -> Frames:
    """All frames, uint8 (T, height, width, 3)."""
    scenes = frame_scenes(clip, width=width, height=height)
    return render(scenes, width=width, height=height, antialias=antialias).numpy()


def write_mp4(frames: Frames | Sequence[Frames], path: Path, rate: int = FRAMES_PER_SECOND) -> None:
    """Write frames (T, H, W, 3) as an MP4 file; H and W even.

    Raises:
        ValueError: an odd width or height, which the format cannot hold.
    """
    height, width = frames[0].shape[:2]
    if height % 2 or width % 2:
        raise ValueError(f"a clip's width and height must be even, not {width}x{height}")
    unfinished = path.with_name(path.name + ".tmp")
    with av.open(str(unfinished), "w", format="mp4") as file:
        stream = file.add_stream("libx264", rate=Fraction(rate))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        # One thread: the same frames give the same bytes on every machine.
        stream.options = {"crf": _QUALITY, "preset": "veryfast", "threads": "1"}
        for picture in frames:
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            file.mux(stream.encode(frame))
        file.mux(stream.encode())
    unfinished.replace(path)
