"""The track reader: detections of frames to tracks, tracks to events, and what comes next."""

from ..spec import ModelSpec
from .config import TrackReaderConfig
from .model import TrackReaderModel
from .reader import TrackReader

SPEC = ModelSpec(
    name="track_reader",
    paper="CLEVRER: Collision Events for Video Representation and Reasoning (2020), "
    "https://arxiv.org/abs/1910.01442",
    tasks=("ClipReader",),
    config_class=TrackReaderConfig,
    build=TrackReaderModel,
    load=TrackReader.load,
)
