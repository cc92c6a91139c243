"""The track reader: places and points, tracks, the event head, the dynamics, courses not filmed."""

import numpy as np
import pytest
import torch
from sightline.models.track_reader.config import TrackReaderConfig
from sightline.models.track_reader.features import (
    Paths,
    filled,
    pair_features,
    pairs_of,
    track_features,
)
from sightline.models.track_reader.geometry import Table
from sightline.models.track_reader.imagine import Filmed, Roll
from sightline.models.track_reader.model import TrackReaderModel
from sightline.models.track_reader.reader import near_misses_aside, peaks, steady
from sightline.models.track_reader.tracker import Detection, follow

CONFIG = TrackReaderConfig()
HEIGHTS = np.array([0.35, 0.7])


def looks(size: int, color: int) -> dict[str, np.ndarray]:
    found = {"size": np.full(2, -5.0), "color": np.full(8, -5.0)}
    found["size"][size] = found["color"][color] = -0.01
    return found


def seen_at(x: float, y: float, color: int, score: float = 0.9) -> Detection:
    box = np.array([x - 0.04, y - 0.04, x + 0.04, y + 0.04])
    return Detection(point=np.array([x, y]), score=score, looks=looks(0, color), box=box)


@pytest.mark.parametrize("aspect", [4 / 3, 1.5, 1.0])
def test_points_are_the_inverse_of_places(aspect: float):
    table = Table(CONFIG, aspect)
    points = np.random.default_rng(1).uniform(0.1, 0.9, (40, 2))
    height = np.full(40, 0.35)
    assert np.allclose(table.points(table.places(points, height), height), points, atol=1e-9)


def test_tracks_keep_their_things_through_a_crossing_and_a_gap():
    frames = []
    for t in range(20):
        row = [seen_at(0.2 + 0.03 * t, 0.5, 1)]
        if t not in (9, 10, 11):
            row.append(seen_at(0.8 - 0.03 * t, 0.5, 2))
        frames.append(row)
    tracks = follow(frames, Table(CONFIG), HEIGHTS)
    assert sorted(track.value("color") for track in tracks) == [1, 2]
    assert sorted(len(track.seen) for track in tracks) == [17, 20]


def test_a_piece_cut_off_by_the_rim_is_no_thing_of_its_own():
    frames = [
        [seen_at(0.5, 0.5, 3), *([seen_at(0.985, 0.5, 4)] if t < 9 else [])] for t in range(12)
    ]
    assert len(follow(frames, Table(CONFIG), HEIGHTS)) == 2
    for t in range(9):
        frames[t].append(seen_at(0.99, 0.6, 4, score=0.5))
    assert len(follow(frames, Table(CONFIG), HEIGHTS)) == 2


def crossing(meet: bool) -> Paths:
    """Two things that slide towards each other; they bounce, or pass far behind."""
    t = np.arange(24) / 12
    first = np.stack([np.where(t < 1, -1.5 + 1.2 * t, 0.9 - 1.2 * t), np.zeros(24)], -1)
    second = -first
    if not meet:
        first = np.stack([-1.5 + 1.2 * t, np.full(24, 1.5)], -1)
        second = np.stack([1.5 - 1.2 * t, np.full(24, -1.5)], -1)
    place = np.stack([first, second])
    kinds = np.zeros((2, len(CONFIG.kinds)))
    kinds[:, [0, 3, 5]] = 1
    seen = np.ones((2, 24), bool)
    radius = np.full(2, 0.35)
    point = Table(CONFIG).points(place, radius[:, None])
    return Paths(point=point, place=place, seen=seen, looks=kinds, radius=radius)


def test_the_proximity_rule_tells_meeting_from_passing():
    ((time, i, j),) = near_misses_aside(crossing(True), 12)
    assert (i, j) == (0, 1) and abs(time - 1.0) < 0.1
    assert not near_misses_aside(crossing(False), 12)


def test_pair_features_do_not_depend_on_the_order():
    paths = crossing(True)
    swapped = Paths(
        point=paths.point[::-1], place=paths.place[::-1], seen=paths.seen, looks=paths.looks,
        radius=paths.radius,
    )  # fmt: skip
    model = TrackReaderModel(TrackReaderConfig.tiny()).eval()
    tracks = torch.from_numpy(track_features(paths, 12).astype(np.float32))
    told = [
        model(tracks, torch.from_numpy(pair_features(p, 12).astype(np.float32))).touch
        for p in (paths, swapped)
    ]
    assert torch.allclose(*told, atol=1e-4)
    assert pairs_of(3)[0].tolist() == [0, 0, 1]


def test_gaps_run_straight():
    values = np.array([[[0.0], [9.0], [9.0], [3.0], [9.0]]])
    seen = np.array([[True, False, False, True, False]])
    assert filled(values, seen)[0, :, 0].tolist() == [0, 1, 2, 3, 3]


def test_one_batch_of_events_can_be_learnt_by_heart():
    torch.manual_seed(1)
    model = TrackReaderModel(TrackReaderConfig(width=24, depth=2))
    paths = crossing(True)
    tracks = torch.from_numpy(track_features(paths, 12).astype(np.float32))
    pairs = torch.from_numpy(pair_features(paths, 12).astype(np.float32))
    frames = tracks.shape[1]
    touch = torch.zeros(1, frames)
    touch[0, 12] = 1.0
    targets = {
        "inside": (torch.arange(frames) > 4).float().expand(2, -1),
        "moving": (torch.arange(frames) < 15).float().expand(2, -1),
        "touch": touch, "track_mask": torch.ones(2, frames), "pair_mask": torch.ones(1, frames),
    }  # fmt: skip
    optimizer = torch.optim.Adam(model.parameters(), 1e-2)
    for _ in range(400):
        loss = model(tracks, pairs, targets).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    output = model(tracks, pairs)
    assert ((output.inside > 0) == (targets["inside"] > 0.5)).all()
    assert [f for f, _ in peaks(output.touch[0].sigmoid().detach().numpy(), 0.5)] == [12]


def test_flickers_are_steadied():
    flags = np.array([[0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1]], bool)
    assert steady(flags, 3)[0].tolist() == [False] * 7 + [True] * 5


def test_dynamics_brake_and_keep_apart_what_is_not_there():
    model = TrackReaderModel(TrackReaderConfig.tiny()).eval()
    place = torch.tensor([[[0.0, 0.0], [0.1, 0.0]]])
    speed = torch.tensor([[[1.0, 0.0], [0.0, 0.0]]])
    kinds = torch.zeros(1, 2, len(CONFIG.kinds))
    alone = torch.tensor([[True, False]])
    _, after, contact = model.dynamics(place, speed, kinds, alone)
    assert 0 < after[0, 0, 0] < 1 and after[0, 0, 1] == 0
    assert (contact < 0).all()


def test_without_a_thing_what_it_pushed_stays_and_the_rest_keeps_its_course():
    paths = crossing(True)
    still = np.repeat(np.array([[[0.4, 2.0]]]), 24, 1)
    place = np.concatenate([paths.place, still])
    place[1, :13] = place[1, 12]
    three = Paths(
        point=Table(CONFIG).points(place, np.full((3, 24), 0.35)), place=place,
        seen=np.ones((3, 24), bool), looks=np.concatenate([paths.looks, paths.looks[:1]]),
        radius=np.full(3, 0.35),
    )  # fmt: skip
    moving = np.zeros((3, 24), bool)
    moving[0], moving[1, 12:] = True, True
    filmed = Filmed(
        paths=three, touches=((1.0, 0, 1),), moving=moving, inside=np.ones((3, 24), bool), rate=12.0
    )
    course = Roll(TrackReaderModel(CONFIG), filmed, Table(CONFIG)).without(0)
    assert not course.inside[0].any()
    assert not course.moving[1].any() and not course.moving[2].any()
    assert not course.touches
