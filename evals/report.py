"""Results as text: one run's figures, or a table of several runs' headlines."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def lines_of(results: Mapping[str, Any]) -> list[str]:
    """A headline and one line a figure; groups are indented."""
    lines = [f"{results['task']}: {results['n']} samples, seed {results['seed']}"]
    for name, value in results["metrics"].items():
        if isinstance(value, Mapping):
            lines.append(f"  {name}")
            lines += [f"    {key}: {_spelt(inner)}" for key, inner in value.items()]
        else:
            lines.append(f"  {name}: {_spelt(value)}")
    return lines


def table_of(folders: Sequence[Path]) -> str:
    """A Markdown table of the scalar figures of several `results.json`."""
    rows = ["| task | n | figures |", "|---|---|---|"]
    for folder in folders:
        results = json.loads((folder / "results.json").read_text())
        figures = ", ".join(
            f"{name} {_spelt(value)}"
            for name, value in results["metrics"].items()
            if not isinstance(value, Mapping)
        )
        rows.append(f"| {results['task']} | {results['n']} | {figures} |")
    return "\n".join(rows)


def _spelt(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "-".join(_spelt(item) for item in value)
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(value)
