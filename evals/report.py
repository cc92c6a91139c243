"""Results of a run as text."""

from collections.abc import Mapping
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


def _spelt(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "-".join(_spelt(item) for item in value)
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(value)
