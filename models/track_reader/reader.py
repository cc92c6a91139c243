"""The track reader as a task object: frames of a clip in, objects and events out."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL.Image import Image

from ..common.loading import load_model
from ..scene_parser.parser import TableSceneParser
from ..spec import weights_folder, weights_hash
from ..tasks import ClipReading, Course
from .config import TrackReaderConfig
from .features import Bools, Paths, filled, pair_features, pairs_of, track_features
from .geometry import Floats, Table
from .imagine import Filmed, Roll, Touch
from .model import TrackReaderModel
from .tracker import Detection, Track, follow

_BATCH = 16
_LEAST = 0.25
# Frames in which each object is looked at again from close by.
_CLOSER = 4
# States shorter than this many frames are flickers; so are repeated marks of one collision.
_FLICKER = 3
_APART = 4
# The proximity rule: how near (world units) and how much of a turn (units per second) is a touch.
_CLOSE, _TURNED = 0.3, 0.5


class TrackReader:
    """Serves `ClipReader`.

    Args:
        model: event head and dynamics.
        eyes: finds the objects of a frame.
    """

    def __init__(self, model: TrackReaderModel, eyes: TableSceneParser, weights: str = "") -> None:
        self.model, self.eyes, self.weights = model.eval(), eyes, weights

    @classmethod
    def load(cls, path: Path | None = None) -> "TrackReader":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("track_reader", path)
        model = load_model(TrackReaderModel, folder)
        return cls(model, TableSceneParser.load(), weights_hash(folder))

    def read(self, frames: Sequence[Image], seconds: float) -> ClipReading:
        """Objects, their courses and the events of a clip."""
        config: TrackReaderConfig = self.model.config  # pyright: ignore[reportAssignmentType]
        table = Table(config, frames[0].width / frames[0].height)
        values = self.eyes.model.config.attributes
        heights = np.array([config.radii[size] for size in values["size"]])
        found = self.detections(frames)
        tracks = follow(found, table, heights)
        self._look_closer(frames, tracks)
        return self.understand(tracks, len(frames), seconds, table)

    def understand(
        self, tracks: Sequence[Track], frames: int, seconds: float, table: Table
    ) -> ClipReading:
        """Events of tracks over `frames` frames."""
        rate = (
            (frames - 1) / seconds if seconds > 0 and frames > 1 else float(self.model.config.rate)
        )
        paths, attributes, confidences = self.paths(tracks, frames, table)
        moving, inside, touches, sure = self._events(paths, rate)
        filmed = Filmed(paths=paths, touches=touches, moving=moving, inside=inside, rate=rate)
        return ClipReading(
            attributes=attributes,
            confidences=confidences,
            course=Course(touches=touches, moving=moving, inside=inside, rate=rate),
            point=paths.point,
            near=near_misses_aside(paths, rate),
            confidence=sure,
            seconds=seconds,
            state=(filmed, table),
        )

    def ahead(self, reading: ClipReading) -> Course:
        """What comes after the clip."""
        if not reading.attributes:
            return _nothing(reading)
        return Roll(self.model, *reading.state).ahead()

    def without(self, reading: ClipReading, index: int) -> Course:
        """The clip had object `index` not been there."""
        return Roll(self.model, *reading.state).without(index)

    def detections(self, frames: Sequence[Image]) -> list[list[Detection]]:
        """What the scene parser finds in each frame."""
        found: list[list[Detection]] = []
        for first in range(0, len(frames), _BATCH):
            chunk = frames[first : first + _BATCH]
            output, placements = self.eyes.run(chunk)
            scores, centres = output.scores, output.centres
            boxes, attributes = output.boxes, output.attributes
            assert scores is not None and centres is not None
            assert boxes is not None and attributes is not None
            looks = {name: logits.log_softmax(-1) for name, logits in attributes.items()}
            for i, (image, placed) in enumerate(zip(chunk, placements, strict=True)):
                size = np.array([image.width, image.height])
                items = []
                for k in (scores[i] > _LEAST).nonzero().flatten().tolist():
                    x0, y0, x1, y1 = boxes[i, k].tolist()
                    corners = [*placed.to_picture(x0, y0), *placed.to_picture(x1, y1)]
                    items.append(
                        Detection(
                            point=np.array(placed.to_picture(*centres[i, k].tolist())) / size,
                            score=float(scores[i, k]),
                            looks={name: v[i, k].numpy() for name, v in looks.items()},
                            box=np.array(corners) / np.tile(size, 2),
                        )
                    )
                found.append(items)
        return found

    def _look_closer(self, frames: Sequence[Image], tracks: Sequence[Track]) -> None:
        """Read each object again from the frames in which it is seen best."""
        if self.eyes.closer is None:
            return
        for track in tracks:
            best = sorted(track.seen, key=lambda f: -_clearly(track.seen[f]))
            spread = best[: max(1, len(best) // 2)]
            for frame in spread[:: max(1, len(spread) // _CLOSER)][:_CLOSER]:
                image = frames[frame]
                box = track.seen[frame].box * np.tile([image.width, image.height], 2)
                again = self.eyes.closer.read(image, [tuple(box.tolist())])
                weight = len(track.seen) / _CLOSER
                for name, scores in again.items():
                    track.looks[name] = track.looks[name] + weight * np.maximum(
                        scores[0].numpy(), -6.0
                    )

    def paths(
        self, tracks: Sequence[Track], frames: int, table: Table
    ) -> tuple[Paths, tuple[dict[str, str], ...], tuple[dict[str, float], ...]]:
        """Tracks as arrays, with what each object is and how sure that is."""
        config: TrackReaderConfig = self.model.config  # pyright: ignore[reportAssignmentType]
        names = self.eyes.model.config.attributes
        n = len(tracks)
        point, seen = np.zeros((n, frames, 2)), np.zeros((n, frames), bool)
        attributes, confidences = [], []
        order = ("size", "color", "material", "shape")
        for i, track in enumerate(tracks):
            for frame, item in track.seen.items():
                point[i, frame], seen[i, frame] = item.point, True
            attributes.append({name: names[name][track.value(name)] for name in order})
            confidences.append({name: track.sure(name) for name in order})
        radius = np.array([config.radii[a["size"]] for a in attributes])
        looks = np.array([[float(k in a.values()) for k in config.kinds] for a in attributes])
        height = np.broadcast_to(radius[:, None], seen.shape)
        full = filled(point, seen)
        place = filled(table.places(full, height), seen) if n else point
        paths = Paths(
            point=full, place=place, seen=seen, radius=radius,
            looks=looks.reshape(n, len(config.kinds)),
        )  # fmt: skip
        return paths, tuple(attributes), tuple(confidences)

    @torch.inference_mode()
    def _events(self, paths: Paths, rate: float) -> tuple[Bools, Bools, tuple[Touch, ...], float]:
        n, frames = paths.seen.shape
        if not n:
            nothing = np.zeros((0, frames), bool)
            return nothing, nothing, (), 1.0
        tracks = torch.from_numpy(track_features(paths, rate).astype(np.float32))
        pairs = torch.from_numpy(pair_features(paths, rate).astype(np.float32))
        output = self.model(tracks, pairs)
        inside = steady(output.inside.numpy() > 0, _FLICKER)
        moving = steady(output.moving.numpy() > 0, _FLICKER) & inside
        touches, sure = [], [1.0]
        first, second = pairs_of(n)
        chances = output.touch.sigmoid().numpy()
        for row, (i, j) in enumerate(zip(first, second, strict=True)):
            for frame, moment in peaks(chances[row], self.model.config.threshold):
                touches.append((moment / rate, int(i), int(j)))
                sure.append(float(chances[row, frame]))
        return moving, inside, tuple(sorted(touches)), min(sure)


def peaks(chance: Floats, threshold: float) -> list[tuple[int, float]]:
    """(frame, moment between frames) of each collision in a curve of probabilities."""
    found: list[tuple[int, float]] = []
    left = chance.copy()
    while left.size and left.max() >= threshold:
        frame = int(left.argmax())
        near = slice(max(0, frame - 1), frame + 2)
        weights = chance[near]
        at = np.arange(near.start, near.start + len(weights))
        found.append((frame, float((at * weights).sum() / weights.sum())))
        left[max(0, frame - _APART) : frame + _APART + 1] = 0.0
    return found


def steady(flags: Bools, least: int) -> Bools:
    """(N, T) with stretches shorter than `least` frames given to what is around them."""
    out = flags.copy()
    for row in out:
        edges = [0, *(np.nonzero(np.diff(row.astype(int)))[0] + 1).tolist(), len(row)]
        for start, end in itertools.pairwise(edges[1:-1]):
            if end - start < least:
                row[start:end] = row[start - 1]
    return out


def near_misses_aside(paths: Paths, rate: float) -> tuple[Touch, ...]:
    """The other route to collisions: two things come close, and do not pass each other by."""
    found: list[Touch] = []
    reach = 3
    for i, j in zip(*pairs_of(len(paths.place)), strict=True):
        away = paths.place[j] - paths.place[i]
        gap = np.linalg.norm(away, axis=-1) - 1.05 * (paths.radius[i] + paths.radius[j])
        gap[~(paths.seen[i] & paths.seen[j])] = 9.0
        last = -rate
        for frame in range(reach, len(gap) - reach):
            near = gap[frame - reach : frame + reach + 1]
            before = (away[frame] - away[frame - reach]) * rate / reach
            after = (away[frame + reach] - away[frame]) * rate / reach
            # Two that pass each other by go on as they came.
            turned = float(np.linalg.norm(after - before)) > _TURNED
            closest = gap[frame] == near.min() and gap[frame] < _CLOSE
            if closest and turned and frame - last > rate / 2:
                found.append((frame / rate, int(i), int(j)))
                last = frame
    return tuple(sorted(found))


def _clearly(item: Detection) -> float:
    return item.score - (not item.whole)


def _nothing(reading: ClipReading) -> Course:
    rows = np.zeros((0, 2), bool)
    return Course(touches=(), moving=rows, inside=rows, rate=1.0, offset=reading.seconds)
