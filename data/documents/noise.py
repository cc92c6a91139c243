"""What a camera, a scanner and a cheap printer do to a page.

`Warp` is the geometric part (skew, perspective, the desk around the page): it moves boxes as
well as pixels. `degrade_page` and `degrade_photo` are the rest: fade, tint, folds, shadow, blur,
grain, JPEG.
"""

import io
from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image, ImageFilter

_DESKS = (
    (90, 70, 50),
    (60, 60, 64),
    (150, 140, 128),
    (200, 196, 190),
    (40, 48, 60),
    (170, 120, 80),
)


@dataclass(frozen=True, kw_only=True)
class Warp:
    """A homography from page pixels to picture pixels.

    Attributes:
        matrix: (3, 3), page to picture.
        size: (width, height) of the picture.
        desk: colour around the page.
    """

    matrix: np.ndarray
    size: tuple[int, int]
    desk: tuple[int, int, int]

    def boxes(self, boxes: np.ndarray) -> np.ndarray:
        """Axis-aligned boxes (N, 4) around the warped corners, clipped to the picture."""
        if not len(boxes):
            return boxes
        x0, y0, x1, y1 = boxes.T
        xs = np.stack([x0, x1, x1, x0])
        ys = np.stack([y0, y0, y1, y1])
        m = self.matrix
        depth = m[2, 0] * xs + m[2, 1] * ys + m[2, 2]
        u = (m[0, 0] * xs + m[0, 1] * ys + m[0, 2]) / depth
        v = (m[1, 0] * xs + m[1, 1] * ys + m[1, 2]) / depth
        out = np.stack([u.min(0), v.min(0), u.max(0), v.max(0)], axis=1)
        out[:, 0::2] = out[:, 0::2].clip(0, self.size[0])
        out[:, 1::2] = out[:, 1::2].clip(0, self.size[1])
        return out

    def image(self, page: Image.Image) -> Image.Image:
        """The page as the camera sees it."""
        back = np.linalg.inv(self.matrix)
        back = back / back[2, 2]
        return page.transform(
            self.size,
            Image.Transform.PERSPECTIVE,
            back.ravel()[:8].tolist(),
            Image.Resampling.BICUBIC,
            fillcolor=self.desk,
        )


def identity_warp(width: int, height: int) -> Warp:
    """A flat scan: nothing moves."""
    return Warp(matrix=np.eye(3), size=(width, height), desk=(255, 255, 255))


def sample_warp(rng: Random, width: int, height: int, paper: tuple[int, int, int]) -> Warp:
    """A scan with skew up to 4 degrees, or a photo with perspective as well."""
    if rng.random() < 0.3:
        return identity_warp(width, height)
    angle = np.radians(rng.gauss(0, 1.4) if rng.random() < 0.7 else rng.uniform(-4, 4))
    angle = float(np.clip(angle, -np.radians(4), np.radians(4)))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    centre = np.array([width / 2, height / 2])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    moved = (corners - centre) @ turn.T
    photo = rng.random() < 0.45
    if photo:
        reach = 0.03 * min(width, height)
        moved += np.array([[rng.uniform(-reach, reach) for _ in range(2)] for _ in range(4)])
    pad = np.array([rng.uniform(2, 40), rng.uniform(2, 40)]) if photo else np.array([2.0, 2.0])
    low, high = moved.min(0) - pad, moved.max(0) + pad
    desk = rng.choice(_DESKS) if photo else paper
    size = (int(np.ceil(high[0] - low[0])), int(np.ceil(high[1] - low[1])))
    return Warp(matrix=_homography(corners, moved - low), size=size, desk=desk)


def _homography(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The (3, 3) map that takes four points (4, 2) to four others."""
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        values += [u, v]
    solved = np.linalg.solve(np.array(rows), np.array(values))
    return np.append(solved, 1.0).reshape(3, 3)


def degrade_page(image: Image.Image, rng: Random, thermal: bool) -> Image.Image:
    """What happens to the paper itself, before the camera: tint, fade, folds."""
    pixels = np.asarray(image, dtype=np.float32)
    height, width = pixels.shape[:2]
    if rng.random() < 0.55:
        tint = np.array([rng.uniform(0.93, 1.0), rng.uniform(0.92, 1.0), rng.uniform(0.84, 1.0)])
        pixels = pixels * tint.astype(np.float32)
    if rng.random() < (0.5 if thermal else 0.2):
        keep = rng.uniform(0.5, 0.85)
        pixels = 255 * (1 - keep) * 0.9 + pixels * keep
    if thermal and rng.random() < 0.3:
        stripes = _smooth_noise(rng, (height, 1), max(4, height // 60))
        pixels = pixels + (255 - pixels) * (0.45 * stripes[..., None])
    if rng.random() < 0.25:
        pixels = pixels * _folds(rng, height, width)[..., None]
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def degrade_photo(image: Image.Image, rng: Random) -> Image.Image:
    """What the camera or scanner adds: shadow, contrast, blur, grain, JPEG."""
    if rng.random() < 0.35:
        pixels = np.asarray(image, dtype=np.float32)
        image = Image.fromarray(
            (pixels * _shadow(rng, *pixels.shape[:2])[..., None]).astype(np.uint8)
        )
    if rng.random() < 0.3:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.9)))
    if rng.random() < 0.4:
        seed = np.random.default_rng(rng.randrange(1 << 30))
        pixels = np.asarray(image, dtype=np.float32)
        grain = seed.standard_normal((*pixels.shape[:2], 1), dtype=np.float32)
        pixels = pixels + grain * rng.uniform(2, 9)
        image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    if rng.random() < 0.25:
        image = image.convert("L").convert("RGB")
    if rng.random() < 0.6:
        held = io.BytesIO()
        image.save(held, format="JPEG", quality=rng.randint(45, 92))
        image = Image.open(io.BytesIO(held.getvalue())).convert("RGB")
    return image


def _smooth_noise(rng: Random, shape: tuple[int, int], cells: int) -> np.ndarray:
    """Values in [0, 1] (H, W) interpolated from a coarse grid."""
    seed = np.random.default_rng(rng.randrange(1 << 30))
    coarse = seed.random((cells, 1 if shape[1] == 1 else cells)).astype(np.float32)
    image = Image.fromarray((coarse * 255).astype(np.uint8))
    return np.asarray(image.resize((shape[1], shape[0])), dtype=np.float32) / 255


def _folds(rng: Random, height: int, width: int) -> np.ndarray:
    """Shading (H, W) of a page that has been folded or crumpled."""
    # Half size is enough for a crease, and four times as fast.
    ys, xs = np.mgrid[0 : height // 2, 0 : width // 2].astype(np.float32)
    shade = np.ones((height // 2, width // 2), dtype=np.float32)
    for _ in range(rng.randint(1, 6)):
        angle = rng.choice((0.0, np.pi / 2, rng.uniform(0, np.pi)))
        offset = rng.uniform(0.2, 0.8)
        along = np.cos(angle) * (xs - width * offset / 2) + np.sin(angle) * (
            ys - height * offset / 2
        )
        side = np.where(along > 0, rng.uniform(0.93, 1.0), rng.uniform(0.97, 1.0))
        crease = 1 - rng.uniform(0.05, 0.16) * np.exp(-((along / rng.uniform(1, 3.5)) ** 2))
        shade *= (side * crease).astype(np.float32)
    return _resized(shade, height, width)


def _shadow(rng: Random, height: int, width: int) -> np.ndarray:
    """A soft shadow or uneven light (H, W)."""
    ys, xs = np.mgrid[0:64, 0:64].astype(np.float32) / 64
    angle = rng.uniform(0, 2 * np.pi)
    along = np.cos(angle) * (xs - 0.5) + np.sin(angle) * (ys - 0.5)
    depth, edge = rng.uniform(0.1, 0.4), rng.uniform(0.12, 0.5)
    at = rng.uniform(-0.3, 0.3)
    ramp = 1 / (1 + np.exp(-((along - at) / edge * 3).clip(-30, 30)))
    return _resized((1 - depth * ramp).astype(np.float32), height, width)


def _resized(values: np.ndarray, height: int, width: int) -> np.ndarray:
    """Values (h, w) interpolated to (height, width)."""
    image = Image.fromarray(values)
    return np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))
