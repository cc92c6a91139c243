"""`sightline tools`: which tools there are, and whether one keeps the contract."""

import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from .common import Failure, Profile, examples, go_offline, out

tools = typer.Typer(
    help="List the tools, built-in ones and plug-ins, or check one.", no_args_is_help=True
)


@dataclass(frozen=True, kw_only=True)
class ToolRow:
    """One tool; `problem` says why a plug-in is not used."""

    name: str
    origin: str
    specialist: str = ""
    model: str = ""
    examples: int = 0
    changes: bool = False
    problem: str = ""


@tools.command("list", epilog=examples("sightline tools list", "sightline tools list --json"))
def list_tools(
    profile: Profile = "embedded",
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List the tools: whose they are, what serves them, where they come from."""
    rows = tool_rows(profile)
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], indent=2))
        return
    table = Table(box=None, pad_edge=False)
    for title in ("tool", "specialist", "model", "examples", "origin"):
        table.add_column(title, overflow="fold")
    for row in rows:
        name = f"{row.name} (changes things)" if row.changes else row.name
        origin = f"{row.origin}: {row.problem}" if row.problem else row.origin
        table.add_row(name, row.specialist, row.model, str(row.examples or ""), origin)
    out.print(table, markup=False)


@tools.command(
    "check", epilog=examples("sightline tools check units", "sightline tools check units --json")
)
def check(
    name: Annotated[str, typer.Argument(help="The tool's name.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Check that a tool keeps the contract; exit code 1 where it breaks a rule."""
    go_offline()
    # Here and not above: `--help` needs no models.
    from ..agent.assistant import Assistant
    from ..evals.conformance import check_tool
    from ..tools.registry import discover

    found = discover()
    if name not in found.tools:
        known = ", ".join(found.tools)
        raise Failure(found.broken.get(name) or f"There is no tool {name}; there are {known}.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        checks = check_tool(found.tools[name], Assistant(home=Path(home)))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in checks], indent=2))
    else:
        table = Table(box=None, pad_edge=False)
        for title in ("rule", "", "found"):
            table.add_column(title, overflow="fold")
        for one in checks:
            table.add_row(one.rule, "kept" if one.kept else "BROKEN", one.found)
        out.print(table, markup=False)
    broken = sum(not one.kept for one in checks)
    if broken:
        raise typer.Exit(1)
    if not as_json:
        out.print(f"{name} keeps all {len(checks)} rules.", markup=False)


def tool_rows(profile: str) -> list[ToolRow]:
    """Every tool in the order it was found, then the plug-ins that are not used."""
    from ..tools.profile import read_profile
    from ..tools.registry import discover

    found, lines = discover(), read_profile(profile).lines
    rows = []
    for name, tool in found.tools.items():
        line = lines.get(("tools", name))
        rows.append(
            ToolRow(
                name=name,
                origin=found.origins[name],
                specialist=tool.specialist,
                model=line.model if line else "",
                examples=len(tool.examples),
                changes=tool.changes,
            )
        )
    broken = [
        ToolRow(name=name, origin="not used", problem=problem)
        for name, problem in found.broken.items()
    ]
    return rows + broken
