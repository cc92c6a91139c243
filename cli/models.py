"""`sightline models`: what is in the registry, what is shipped, and how good it is."""

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from .common import go_offline, out


@dataclass(frozen=True, kw_only=True)
class ModelRow:
    """One model of the registry; `bytes` and `hash` are empty where no weights are shipped."""

    name: str
    tasks: tuple[str, ...]
    paper: str
    bytes: int = 0
    hash: str = ""
    figures: dict[str, str] = field(default_factory=dict)


def models(
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List the models: what they are for, the system they follow, size, hash and scores."""
    go_offline()
    rows = model_rows()
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], indent=2))
        return
    table = Table(box=None, pad_edge=False)
    for title in ("model", "serves", "weights", "scores", "after"):
        table.add_column(title, overflow="fold")
    for row in rows:
        size = f"{row.bytes / 1e6:.1f} MB {row.hash}" if row.bytes else "not shipped"
        scores = ", ".join(f"{name} {value}" for name, value in row.figures.items())
        table.add_row(row.name, ", ".join(row.tasks), size, scores, row.paper)
    out.print(table)
    total = sum(row.bytes for row in rows)
    out.print(f"{total / 1e6:.1f} MB of weights in all", style="dim")


def model_rows() -> list[ModelRow]:
    """Every model of the registry, in its order."""
    from ..models import REGISTRY, spec
    from ..models.spec import WEIGHTS, weights_hash

    rows = []
    for name in REGISTRY:
        folder = WEIGHTS / name
        file = folder / "model.safetensors"
        here = file.is_file()
        about = spec(name)
        rows.append(
            ModelRow(
                name=name,
                tasks=tuple(about.tasks),
                paper=about.paper,
                bytes=sum(p.stat().st_size for p in folder.glob("*.safetensors")) if here else 0,
                hash=weights_hash(folder) if here else "",
                figures=figures_of(folder / "README.md"),
            )
        )
    return rows


def figures_of(card: Path) -> dict[str, str]:
    """Rows of a model card's two-column table whose value is a figure."""
    if not card.is_file():
        return {}
    figures = {}
    for line in card.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or len(cells) != 2:
            continue
        if not re.fullmatch(r"[\d.,]+ ?%?( of [\d,]+)?", cells[1]):
            continue
        figures[cells[0]] = cells[1]
    return figures
