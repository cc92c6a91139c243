"""CLEVRER's public annotation layout for clips: properties, trajectories and collisions.

Ours adds sizes, boxes' camera and lights, the frame rate, and every event with its time.
Yi et al. 2020, https://arxiv.org/abs/1910.01442.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..scene import SceneObject
from ..vocabulary import SIZE_RADIUS
from .clip import AHEAD, FRAMES_PER_SECOND, RESTS, Clip
from .physics import Bools, Floats
from .story import Event, Story, events_of

# CLEVRER's clips: 128 frames in about five seconds; its objects are all of one size.
_CLEVRER_RATE = 25.0


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An annotated clip as its file tells it.

    Attributes:
        objects: attributes; positions are those of the first frame.
        rate: frames a second.
        position, velocity: (T, N, 2) on the table.
        inside: (N, T) whether the camera sees it.
        collisions: (frame, object, object).
        filename: of the clip.
    """

    objects: tuple[SceneObject, ...]
    rate: float
    position: Floats
    velocity: Floats
    inside: Bools
    collisions: tuple[tuple[int, int, int], ...]
    filename: str
    index: int = 0

    def story(self) -> Story:
        """What happens in the clip; files tell nothing of what comes after, nor of what if."""
        moving = (np.sqrt((self.velocity**2).sum(-1)) > RESTS).T & self.inside
        touches = [(frame / self.rate, a, b) for frame, a, b in self.collisions]
        return Story(
            objects=self.objects,
            seconds=(len(self.position) - 1) / self.rate,
            events=events_of(touches, moving, self.inside, self.rate),
            moving=moving,
            inside=self.inside,
            place=np.zeros((len(self.objects), len(self.position), 2)),
            ahead=tuple,
            without=lambda _: (),
        )


def to_clevrer(clip: Clip) -> dict[str, Any]:
    """One `annotation_*.json` of CLEVRER."""
    position, velocity = clip.track()
    inside = clip.inside(position)
    frames = []
    for t in range(clip.frames):
        objects = []
        for i, item in enumerate(clip.objects):
            x, y = (round(float(v), 4) for v in position[t, i])
            vx, vy = (round(float(v), 4) for v in velocity[t, i])
            objects.append({
                "object_id": i, "location": [x, y, SIZE_RADIUS[item.size]],
                "orientation": [0.0, 0.0, item.rotation], "velocity": [vx, vy, 0.0],
                "angular_velocity": [0.0, 0.0, 0.0], "inside_camera_view": bool(inside[i, t]),
            })  # fmt: skip
        frames.append({"frame_id": t, "objects": objects})
    collisions = []
    for event in clip.story.events:
        if event.kind == "collision":
            frame = min(clip.frames - 1, round(event.time * FRAMES_PER_SECOND))
            middle = position[frame, list(event.objects)].mean(0)
            where = [round(float(v), 4) for v in middle]
            collisions.append(
                {"frame_id": frame, "object_ids": list(event.objects), "location": [*where, 0.0]}
            )
    return {
        "scene_index": clip.index,
        "video_filename": clip.filename,
        "frames_per_second": FRAMES_PER_SECOND,
        "seconds": clip.seconds,
        "camera": clip.camera.to_json(),
        "light": clip.lights.to_json(),
        "object_property": [
            {"object_id": i, "color": o.color, "material": o.material, "shape": o.shape,
             "size": o.size} for i, o in enumerate(clip.objects)
        ],
        "motion_trajectory": frames,
        "collision": collisions,
        "events": [_event(event) for event in clip.story.events],
        "events_ahead": [_event(event) for event in clip.story.ahead()],
        "events_without": [
            [_event(event) for event in clip.story.without(i)] for i in range(len(clip.objects))
        ],
        "seconds_ahead": AHEAD,
    }  # fmt: skip


def _event(event: Event) -> dict[str, Any]:
    return {"kind": event.kind, "object_ids": list(event.objects), "time": round(event.time, 3)}


def from_clevrer(entry: Mapping[str, Any]) -> Recorded:
    """Read one annotation, CLEVRER's or ours.

    Raises:
        KeyError, ValueError, TypeError: it is malformed.
    """
    properties = entry["object_property"]
    order = {int(item["object_id"]): i for i, item in enumerate(properties)}
    frames = entry["motion_trajectory"]
    shape = (len(frames), len(properties), 2)
    position, velocity = np.zeros(shape), np.zeros(shape)
    inside = np.zeros(shape[:2], bool)
    for t, frame in enumerate(frames):
        for item in frame["objects"]:
            i = order[int(item["object_id"])]
            position[t, i] = item["location"][:2]
            velocity[t, i] = item["velocity"][:2]
            inside[t, i] = item["inside_camera_view"]
    objects = tuple(
        SceneObject(
            shape=item["shape"], color=item["color"], material=item["material"],
            size=item.get("size", "small"),
            position=(float(position[0, i, 0]), float(position[0, i, 1]), 0.0),
        )
        for i, item in enumerate(properties)
    )  # fmt: skip
    collisions = tuple(
        (int(c["frame_id"]), *sorted(order[int(i)] for i in c["object_ids"]))
        for c in entry["collision"]
    )
    return Recorded(
        objects=objects,
        rate=float(entry.get("frames_per_second", _CLEVRER_RATE)),
        position=position,
        velocity=velocity,
        inside=inside.T,
        collisions=collisions,  # pyright: ignore[reportArgumentType]
        filename=str(entry["video_filename"]),
        index=int(entry["scene_index"]),
    )
