"""Parts of a picture in words: "the top left corner", "the bottom third", "10,10 to 90,60"."""

import re

from ...data.edits import Area
from . import amounts

_LEFT = re.compile(r"\b(left|lefft|letf|lft|left-?hand)\b")
_RIGHT = re.compile(r"\b(right|rigth|rihgt|rght|right-?hand)\b")
_TOP = re.compile(r"\b(top|upper|above|uppermost|topmost|head)\b")
_BOTTOM = re.compile(r"\b(bottom|botom|bottm|lower|below|underneath|under|foot|lowest)\b")
_MIDDLE = re.compile(r"\b(middle|midle|cent(?:er|re|r)|centrally|mid)\b")
_ALL_SIDES = re.compile(
    r"\b(all|each|every|four)\b.*\b(sides?|edges?|borders?|around)\b|\ball round"
)
_RIM = re.compile(r"\b(edges|borders|sides|margins)\b")
_CORNER = re.compile(r"\b(corner)\b")
_EDGE = re.compile(r"\b(edge|border|margin|strip|rim)\b")
_LEAST_COORDINATES = 4
_THIRD = 1 / 3
_RIM_SHARE = 0.1


def area_of(text: str, share: float | None = None, px: int | None = None) -> Area | None:
    """The part that `text` names, or None where it names none.

    Args:
        share, px: how much of it, where the instruction says so elsewhere.
    """
    plain = amounts.spelled_out(text)
    if (box := coordinates(plain)) is not None:
        return box
    share = share if share is not None else amounts.share(plain)
    px = px if px is not None else amounts.pixels(plain)
    left, right = bool(_LEFT.search(plain)), bool(_RIGHT.search(plain))
    top, bottom = bool(_TOP.search(plain)), bool(_BOTTOM.search(plain))
    if (left or right) and (top or bottom):
        # "The lower right quarter" is half of each side.
        part = 0.5
        if _CORNER.search(plain):
            part = _THIRD
        return Area(
            x0=(0.0, 0) if left else (1 - part, 0), x1=(part, 0) if left else (1.0, 0),
            y0=(0.0, 0) if top else (1 - part, 0), y1=(part, 0) if top else (1.0, 0),
        )  # fmt: skip
    if _MIDDLE.search(plain):
        return _middle(share, left or right, px)
    if not (left or right or top or bottom):
        return None
    part = (share, 0)
    if share is None:
        part = (0.0, px) if px is not None else ((_RIM_SHARE if _EDGE.search(plain) else _THIRD), 0)
    depth: tuple[float, int] = (float(part[0] or 0.0), int(part[1] or 0))
    far = (1 - depth[0], -depth[1])
    if left:
        return Area(x1=depth)
    if right:
        return Area(x0=far)
    return Area(y1=depth) if top else Area(y0=far)


def _middle(share: float | None, aside: bool, px: int | None) -> Area:
    if px is not None:
        half = px // 2
        return Area(x0=(0.5, -half), x1=(0.5, half), y0=(0.5, -half), y1=(0.5, half))
    if share is not None and abs(share - _THIRD) < 1e-6 and not aside:
        return Area(x0=(_THIRD, 0), x1=(2 * _THIRD, 0))
    part = share if share is not None else 0.5
    low, high = (1 - part) / 2, (1 + part) / 2
    return Area(x0=(low, 0), x1=(high, 0), y0=(low, 0), y1=(high, 0))


def without(text: str, share: float | None, px: int | None) -> Area | None:
    """What stays when the part that `text` names is cut off, or None where it names none."""
    plain = amounts.spelled_out(text)
    share = share if share is not None else amounts.share(plain)
    px = px if px is not None else amounts.pixels(plain)
    if _ALL_SIDES.search(plain) or (_RIM.search(plain) and not _LEFT.search(plain)):
        if share is None and px is None:
            share = _RIM_SHARE
        a, b = (share or 0.0), (px or 0)
        return Area(x0=(a, b), y0=(a, b), x1=(1 - a, -b), y1=(1 - a, -b))
    depth = (share or 0.0, 0) if share is not None else (0.0, px or 0)
    far = (1 - depth[0], -depth[1])
    if any(depth) and _TOP.search(plain) and _BOTTOM.search(plain):
        return Area(y0=depth, y1=far)
    if any(depth) and _LEFT.search(plain) and _RIGHT.search(plain):
        return Area(x0=depth, x1=far)
    gone = area_of(plain, share, px)
    if gone is None:
        return None
    # A cut goes right across: what stays is the other side of the edge that lies inside.
    if gone.x0 != (0.0, 0) and gone.x1 == (1.0, 0):
        return Area(x1=gone.x0)
    if gone.x1 != (1.0, 0) and gone.x0 == (0.0, 0):
        return Area(x0=gone.x1)
    if gone.y0 != (0.0, 0):
        return Area(y1=gone.y0)
    return Area(y0=gone.y1)


def coordinates(text: str) -> Area | None:
    """Four numbers, in pixels: x0, y0, x1, y1, or "x 50 to 250, y 30 to 200"; else None."""
    if "%" in text:
        return None
    found = [int(n) for n in re.findall(r"(?<![\w.:])\d+(?![\w.]*%)(?!:)", text)]
    if len(found) != _LEAST_COORDINATES:
        return None
    across = re.search(r"x\D{0,8}(\d+)\D+(\d+)\D+y\D{0,8}(\d+)\D+(\d+)", text)
    x0, y0, x1, y1 = found
    if across:
        x0, x1, y0, y1 = (int(n) for n in across.groups())
    if x1 <= x0 or y1 <= y0:
        return None
    return Area(x0=(0.0, x0), y0=(0.0, y0), x1=(0.0, x1), y1=(0.0, y1))
