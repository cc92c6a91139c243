"""photo-edit: exact edits of photographs, asked for in words, against results known exactly.

What a picture must become is worked out here with array arithmetic of its own, not with the
tool's code. The photographs are those of the task `photos`.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ...agent.assistant import Assistant
from ...data.world.patterns import draw
from ..metrics.shares import accuracy, share_by
from ..task import Sample, Task
from .photos import photo_folder

Pixels = NDArray[np.uint8]
_CLOSE = 1.01  # grey levels: rounding, no more
_SHARES = {"half": 0.5, "third": 1 / 3, "quarter": 0.25}
_SIDES = ("left", "right", "top", "bottom")
_PERCENTS = (10, 20, 25, 30, 40, 50)


class Wish(NamedTuple):
    """An instruction, its kind, and whether a picture before and after fulfils it."""

    text: str
    kind: str
    holds: Callable[[Pixels, Pixels, str], bool]


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """A photograph and a wish each; all kinds in turn."""
    rng = Random(seed)
    files = sorted(photo_folder().glob("*.jpg"))[4::5]
    for index in range(limit):
        kind = tuple(_WISHES)[index % len(_WISHES)]
        yield Sample(id=f"{index}-{kind}", data=(str(rng.choice(files)), _WISHES[kind](rng)))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """Ask for it; right when the result is exactly what was asked for."""
    path, wish = sample.data
    reply = assistant.ask(wish.text, attachments=[path], user="eval", keep=False)
    right = False
    if reply.made:
        store = assistant.store("eval")
        before = np.asarray(store.image(store.add(path).id))
        after = np.asarray(store.image(reply.made[-1]))
        with Image.open(store.file_path(reply.made[-1])) as file:
            right = wish.holds(before, after, str(file.format))
    return {
        "request": wish.text,
        "kind": wish.kind,
        "text": reply.text,
        "tools": [step.tool for step in reply.steps],
        "right": bool(right),
    }


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """`success` over all, and by kind."""
    found = accuracy(records)
    return {
        "success": found["accuracy"],
        **found,
        "by_kind": share_by(records, lambda r: r["kind"]),
    }


def _same(a: Pixels, b: Pixels, within: float = 0.0) -> bool:
    return a.shape == b.shape and float(np.abs(a.astype(float) - b.astype(float)).max()) <= within


def _crop(rng: Random) -> Wish:
    side, name = rng.choice(_SIDES), rng.choice(tuple(_SHARES))
    ways = "[crop|crop it] to the {s} {n}|keep only the {s} {n}|i just want the {s} {n}"
    text = draw(rng, f"[{ways}|show me only the {{s}} {{n}} please]", {"s": side, "n": name})
    return Wish(text, "crop", lambda a, b, _: _same(_strip(a, side, _SHARES[name]), b))


def _cut(rng: Random) -> Wish:
    side, percent = rng.choice(_SIDES), rng.choice(_PERCENTS[:5])
    ways = "cut {p}% off the {s}|trim {p} percent off the {s}|remove the {s} {p}% of the picture"
    text = draw(rng, f"[{ways}|chop {{p}}% off the {{s}}]", {"p": str(percent), "s": side})
    return Wish(text, "cut", lambda a, b, _: any(_same(c, b) for c in _without(a, side, percent)))


def _without(pixels: Pixels, side: str, percent: int) -> list[Pixels]:
    """What stays when `percent` of one side is cut off: two pictures where that is half a pixel."""
    height, width = pixels.shape[:2]
    length = width if side in ("left", "right") else height
    whole, rest = divmod(length * percent, 100)
    gone = {whole + (rest > 50), whole + (rest >= 50)}
    match side:
        case "left":
            return [pixels[:, n:] for n in gone]
        case "right":
            return [pixels[:, : width - n] for n in gone]
        case "top":
            return [pixels[n:] for n in gone]
    return [pixels[: height - n] for n in gone]


def _strip(pixels: Pixels, side: str, share: float) -> Pixels:
    """The part of a picture along one side."""
    height, width = pixels.shape[:2]
    match side:
        case "left":
            return pixels[:, : round(width * share)]
        case "right":
            return pixels[:, round(width * (1 - share)) :]
        case "top":
            return pixels[: round(height * share)]
    return pixels[round(height * (1 - share)) :]


def _box(rng: Random) -> Wish:
    x, y = rng.randrange(5, 40), rng.randrange(5, 40)
    w, h = rng.randrange(40, 90), rng.randrange(40, 90)
    corners = {"a": str(x), "b": str(y), "c": str(x + w), "d": str(y + h)}
    text = draw(rng, "crop [from|to|the box] {a}, {b} to {c}, {d}", corners)
    return Wish(text, "crop box", lambda a, b, _: _same(a[y : y + h, x : x + w], b))


def _rotate(rng: Random) -> Wish:
    quarter, words = rng.choice(
        ((3, "90 degrees clockwise"), (1, "90 degrees counterclockwise"), (1, "to the left"),
         (3, "to the right"), (2, "upside down"), (2, "by 180 degrees"))
    )  # fmt: skip
    verb = "turn" if quarter == 2 and words == "upside down" else rng.choice(("rotate", "turn"))
    text = draw(
        rng, "[please|can you|] {v} [it|the picture|the photo] {w}", {"v": verb, "w": words}
    )
    return Wish(text, "rotate", lambda a, b, _: _same(np.rot90(a, quarter), b))


def _flip(rng: Random) -> Wish:
    if rng.random() < 0.5:
        text = rng.choice(("flip it horizontally", "mirror it", "mirror the photo left to right"))
        return Wish(text, "flip", lambda a, b, _: _same(a[:, ::-1], b))
    text = rng.choice(
        ("flip it vertically", "flip the photo top to bottom", "mirror it vertically")
    )
    return Wish(text, "flip", lambda a, b, _: _same(a[::-1], b))


def _resize(rng: Random) -> Wish:
    if rng.random() < 0.5:
        width, height = rng.randrange(60, 400), rng.randrange(60, 400)
        text = f"{rng.choice(('resize it to', 'make it', 'scale the photo to'))} {width}x{height}"
        return Wish(text, "resize", lambda a, b, _: b.shape[:2] == (height, width))
    percent = rng.choice((25, 50, 75, 150, 200))
    text = f"{rng.choice(('scale it to', 'resize the picture to'))} {percent}%"
    return Wish(
        text,
        "resize",
        lambda a, b, _: b.shape[:2] == tuple(round(side * percent / 100) for side in a.shape[:2]),
    )


def _brightness(rng: Random) -> Wish:
    percent, more = rng.choice(_PERCENTS), rng.random() < 0.5
    words = "[brighten it by|make it brighter by|increase the brightness by] {p}%"
    if not more:
        words = "[darken it by|make it darker by|reduce the brightness by] {p}%"
    factor = 1 + percent / 100 if more else 1 - percent / 100

    def holds(a: Pixels, b: Pixels, _: str) -> bool:
        return _same(np.clip(a * factor, 0, 255).astype(np.uint8), b, _CLOSE)

    return Wish(draw(rng, words, {"p": str(percent)}), "brightness", holds)


def _contrast(rng: Random) -> Wish:
    percent, more = rng.choice(_PERCENTS), rng.random() < 0.5
    text = f"{'increase' if more else 'reduce'} the contrast by {percent}%"
    factor = 1 + percent / 100 if more else 1 - percent / 100

    def holds(a: Pixels, b: Pixels, _: str) -> bool:
        grey = round(float((a @ np.array([0.299, 0.587, 0.114])).mean()))
        # The middle grey is rounded once, which the factor widens.
        return _same(np.clip(grey + (a - float(grey)) * factor, 0, 255).astype(np.uint8), b, 2)

    return Wish(text, "contrast", holds)


def _grey(rng: Random) -> Wish:
    text = rng.choice(("make it black and white", "turn it to greyscale", "black and white please"))

    def holds(a: Pixels, b: Pixels, _: str) -> bool:
        luma = (a @ np.array([0.299, 0.587, 0.114]))[..., None]
        return _same(np.repeat(luma.round(), 3, axis=2).astype(np.uint8), b, _CLOSE)

    return Wish(text, "greyscale", holds)


def _hidden(rng: Random) -> Wish:
    side, name = rng.choice(_SIDES), rng.choice(("half", "third"))
    verb, kind = rng.choice((("black out", "hide"), ("pixelate", "pixelate"), ("blur", "blur")))
    text = f"{verb} the {side} {name}"

    def holds(a: Pixels, b: Pixels, _: str) -> bool:
        if a.shape != b.shape:
            return False
        opposite = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}[side]
        rest = 1 - _SHARES[name]
        inside = _strip(b, side, _SHARES[name]).astype(float)
        was = _strip(a, side, _SHARES[name]).astype(float)
        if not _same(_strip(a, opposite, rest), _strip(b, opposite, rest)):
            return False
        if kind == "hide":
            return bool((inside == 0).all())
        # Neighbouring pixels differ less than before, the average stays.
        rough = [np.abs(np.diff(x, axis=1)).mean() for x in (was, inside)]
        return bool(rough[1] < 0.6 * rough[0] and abs(inside.mean() - was.mean()) < 3)

    return Wish(text, kind, holds)


def _convert(rng: Random) -> Wish:
    name, form = rng.choice((("png", "PNG"), ("jpg", "JPEG"), ("webp", "WEBP")))
    text = draw(rng, "[convert it to|save it as|i need a] {n}", {"n": name})
    return Wish(text, "convert", lambda a, b, f: f == form and a.shape == b.shape)


_WISHES: dict[str, Callable[[Random], Wish]] = {
    "crop": _crop,
    "cut": _cut,
    "box": _box,
    "rotate": _rotate,
    "flip": _flip,
    "resize": _resize,
    "brightness": _brightness,
    "contrast": _contrast,
    "greyscale": _grey,
    "part": _hidden,
    "convert": _convert,
}

TASK = Task(
    name="photo-edit",
    description="exact edits of photographs against results known exactly",
    limit=220,
    samples=samples,
    run=run,
    score=score,
)
