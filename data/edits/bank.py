"""The bank of edit instructions: lines of text in, typed instructions out.

One instruction a line, `marked text => kind`, in `heldout/` with ` | spelling` of the operation.
Marks are `{t:the thing}`, `{p:the place}` and `{v:what it becomes, or how much}`.
"""

import re
from dataclasses import dataclass
from importlib.resources import files

# What an instruction may ask for; the reading of its numbers and words is another matter.
KINDS = (
    "crop", "cut", "rotate", "flip", "size", "brighten", "darken", "contrast_up",
    "contrast_down", "saturate", "desaturate", "grey", "sharpen", "warm", "cool", "blur", "hide",
    "convert", "box", "label", "undo", "recolour", "material", "scale", "remove", "add", "replace",
    "move", "other",
)  # fmt: skip
SPAN_KINDS = ("thing", "place", "value")
_OF_LETTER = {"t": "thing", "p": "place", "v": "value"}
_MARK = re.compile(r"\{([tpv]):([^{}]+)\}")


@dataclass(frozen=True, kw_only=True)
class Instruction:
    """An instruction and what it asks for.

    Attributes:
        text: as people write it.
        kind: one of `KINDS`.
        spans: (span kind, start, end) in characters of `text`.
        spelling: the operation as `str` spells it, "" where the bank does not tell.
    """

    text: str
    kind: str
    spans: tuple[tuple[str, int, int], ...] = ()
    spelling: str = ""


def read_line(line: str) -> Instruction:
    """One line of the bank.

    Raises:
        ValueError: it is malformed.
    """
    marked, arrow, rest = line.rpartition(" => ")
    kind, _, spelling = (part.strip() for part in rest.partition("|"))
    if not arrow or kind not in KINDS:
        raise ValueError(f"not an instruction of the bank: {line!r}")
    text, spans, end = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[end : match.start()]
        spans.append((_OF_LETTER[match[1]], len(text), len(text) + len(match[2])))
        text += match[2]
        end = match.end()
    text += marked[end:]
    if "{" in text or "}" in text:
        raise ValueError(f"a mark that is not closed: {line!r}")
    return Instruction(text=text, kind=kind, spans=tuple(spans), spelling=spelling)


def load_instructions(part: str) -> list[Instruction]:
    """Every instruction of `train`, `dev` (to develop on) or `heldout` (to test on)."""
    folder = files(__package__ or "") / part
    lines = [
        line
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return [read_line(line) for line in lines if line.strip()]
