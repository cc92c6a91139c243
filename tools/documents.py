"""Render PDFs in a child process: a hostile file can hurt nothing but that process."""

from dataclasses import dataclass
from pathlib import Path

from .child import TookTooLong, run_child
from .limits import Limits
from .pictures import InputError


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """Pages drawn from a PDF: PNG files `0001.png` ..., and how many pages the file has."""

    rendered: int
    pages: int
    notices: tuple[str, ...] = ()


def is_pdf(data: bytes) -> bool:
    """Whether the bytes open like a PDF (the header may stand within the first kilobyte)."""
    return b"%PDF-" in data[:1024]


def render_pdf(source: Path, out: Path, name: str, limits: Limits) -> Rendered:
    """Render the first `limits.pages` pages of `source` into `out`.

    A longer document is not refused: its first pages are read, and a notice says so.

    Raises:
        InputError: encrypted, damaged, empty, or too heavy to render.
    """
    out.mkdir(parents=True, exist_ok=True)
    arguments = [str(source), str(out), str(limits.pages), str(limits.page_side)]
    arguments += [str(limits.render_bytes), str(limits.render_seconds)]
    try:
        outcome = run_child("pdf_worker", arguments, limits.render_seconds)
    except TookTooLong as error:
        raise InputError(f"{name} takes too long to render, so I stopped.") from error
    reasons = {
        "encrypted": f"{name} is protected by a password, so I can't read it.",
        "broken": f"{name} is a damaged PDF, so I can't open it.",
        "empty": f"{name} has no pages.",
        "memory": f"{name} needs more memory to render than I allow, so I stopped.",
    }
    if "error" in outcome:
        raise InputError(reasons[outcome["error"]])
    notices = ()
    if outcome["pages"] > outcome["rendered"]:
        notices = (f"{name} has {outcome['pages']} pages; I read the first {limits.pages}.",)
    return Rendered(rendered=outcome["rendered"], pages=outcome["pages"], notices=notices)
