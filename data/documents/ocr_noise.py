"""Lines as an OCR engine might have misread them, for training on true lines without OCR."""

from random import Random

import numpy as np

from .types import BoxXYXY, DocLine, NoisyLines

_CONFUSED = {
    "0": "OoD",
    "O": "0",
    "o": "0",
    "1": "lI",
    "l": "1I",
    "I": "l1",
    "5": "S",
    "S": "5",
    "8": "B",
    "B": "8",
    "2": "Z",
    "Z": "2",
    "6": "G",
    "G": "6",
    "c": "e",
    "e": "c",
    "a": "o",
    "u": "v",
    "n": "r",
    "i": "l",
    ".": ",",
    ",": ".",
    ":": ".",
    ";": ":",
    "é": "e",
    "ü": "u",
    "ö": "o",
    "ä": "a",
    "ß": "B",
    "è": "e",
    "à": "a",
    "ñ": "n",
    "É": "E",
    "Ü": "U",
    "å": "a",
    "ø": "o",
    "t": "f",
    "h": "b",
    "’": "'",
    "$": "S",
    "€": "E",
    "£": "f",
    "₹": "7",
    "-": "_",
    "/": "1",
    "#": "H",
    "@": "0",
    "(": "C",
    "Q": "O",
}


def ocr_noise(
    rng: np.random.Generator,
    lines: tuple[DocLine, ...] | list[DocLine],
    strength: float | None = None,
) -> NoisyLines:
    """Misread lines: confused characters, lost spaces, split, merged and lost lines, moved boxes.

    Args:
        strength: 1 is a bad photo, 0 is perfect reading; drawn at random (mostly small) if None.
    """
    r = Random(int(rng.integers(2**63)))
    level = strength if strength is not None else r.choice((0.0, 0.1, 0.25, 0.25, 0.5, 1.0))
    made: list[tuple[str, BoxXYXY, tuple[int, ...]]] = []
    for index, line in enumerate(lines):
        if r.random() < 0.03 * level:
            continue
        made += _split(r, line, index, level)
    if level and r.random() < 0.5:
        made = _merge(r, made, level)
    noisy, sources = [], []
    for text, box, source in made:
        read = _misread(r, text, level)
        if not read:
            continue
        noisy.append(DocLine(read, _jitter(r, box, level)))
        sources.append(source)
    return NoisyLines(lines=tuple(noisy), sources=tuple(sources))


def _split(
    r: Random, line: DocLine, index: int, level: float
) -> list[tuple[str, BoxXYXY, tuple[int, ...]]]:
    text, (x0, y0, x1, y1) = line.text, line.box
    if " " not in text or r.random() > 0.05 * level + 0.01:
        return [(text, line.box, (index,))]
    spots = [i for i, char in enumerate(text) if char == " " and 0 < i < len(text) - 1]
    if not spots:
        return [(text, line.box, (index,))]
    at = r.choice(spots)
    middle = x0 + (x1 - x0) * at / len(text)
    return [
        (text[:at], (x0, y0, middle, y1), (index,)),
        (text[at + 1 :], (middle, y0, x1, y1), (index,)),
    ]


def _merge(
    r: Random, made: list[tuple[str, BoxXYXY, tuple[int, ...]]], level: float
) -> list[tuple[str, BoxXYXY, tuple[int, ...]]]:
    """Join neighbours on one row whose gap is small, as a detector does."""
    out: list[tuple[str, BoxXYXY, tuple[int, ...]]] = []
    for text, box, source in made:
        if out and r.random() < 0.25 * level:
            last_text, last, last_source = out[-1]
            height = max(1.0, last[3] - last[1])
            same_row = abs((box[1] + box[3]) - (last[1] + last[3])) < 0.6 * height
            if same_row and -2 <= box[0] - last[2] < 1.2 * height:
                joined = (last[0], min(last[1], box[1]), box[2], max(last[3], box[3]))
                glue = " " if r.random() < 0.6 else ""
                out[-1] = (f"{last_text}{glue}{text}", joined, last_source + source)
                continue
        out.append((text, box, source))
    return out


def _misread(r: Random, text: str, level: float) -> str:
    # Engines drop spaces on whole lines rather than one by one.
    if level and r.random() < 0.10 * level + 0.03:
        text = text.replace(" ", "", r.choice((1, 1, 99)))
    chance = 0.03 * level
    if not chance:
        return text
    out = []
    for char in text:
        if r.random() >= chance:
            out.append(char)
            continue
        roll = r.random()
        if roll < 0.75:
            out.append(r.choice(_CONFUSED.get(char, char)))
        elif roll < 0.85 and char != " ":
            continue
        elif roll < 0.92:
            out += [char, char]
        else:
            out.append(char.swapcase())
    return "".join(out).strip()


def _jitter(r: Random, box: BoxXYXY, level: float) -> BoxXYXY:
    reach = 0.12 * (box[3] - box[1]) * (0.3 + level)
    x0, y0, x1, y1 = (v + r.uniform(-reach, reach) for v in box)
    return (x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))
