"""Configuration of the track reader."""

from typing import Any

from transformers import PretrainedConfig


class TrackReaderConfig(PretrainedConfig):
    """Sizes of the track reader, and the camera that its places on the table go by.

    Args:
        width: channels of the event head.
        depth: convolutions over time, five frames wide each.
        hidden: width of the dynamics model.
        rate: frames a second that it reads.
        steps: steps a frame that the dynamics model takes.
        kinds: appearance values in the order of the one-hot code.
        radii: size -> half height of an object, world units.
        eye, target, fov: position, aim and vertical field of view (degrees) of the usual camera.
        threshold: least probability of a collision.
    """

    model_type = "sightline_track_reader"

    def __init__(
        self,
        width: int = 48,
        depth: int = 3,
        hidden: int = 64,
        rate: int = 12,
        steps: int = 5,
        kinds: list[str] | None = None,
        radii: dict[str, float] | None = None,
        eye: tuple[float, float, float] = (7.36, -6.93, 4.96),
        target: tuple[float, float, float] = (0.15, -0.15, 0.1),
        fov: float = 32.5,
        threshold: float = 0.5,
        **kwargs: Any,
    ) -> None:
        self.width = width
        self.depth = depth
        self.hidden = hidden
        self.rate = rate
        self.steps = steps
        self.kinds = kinds or [
            "small", "large", "rubber", "metal", "cube", "sphere", "cylinder",
        ]  # fmt: skip
        self.radii = radii or {"small": 0.35, "large": 0.7}
        self.eye = list(eye)
        self.target = list(target)
        self.fov = fov
        self.threshold = threshold
        super().__init__(**kwargs)

    @classmethod
    def tiny(cls) -> "TrackReaderConfig":
        """A size for tests."""
        return cls(width=8, depth=1, hidden=8)
