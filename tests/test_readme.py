"""The commands in the README and in CONTRIBUTING are true: every one names what exists."""

import re
import shlex
from pathlib import Path

import pytest
from sightline.cli.main import app
from typer.testing import CliRunner

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/RESULTS.md")


def _commands(name: str) -> list[str]:
    text = (ROOT / name).read_text()
    blocks = re.findall(r"```bash\n(.*?)```", text, flags=re.S)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`((?:sightline|make) [^`]+)`", text)
    return [line for line in [*lines, *inline] if line.startswith(("sightline ", "make "))]


@pytest.mark.parametrize(
    "command", sorted({command for name in DOCUMENTS for command in _commands(name)})
)
def test_a_documented_command_exists(command: str) -> None:
    words = shlex.split(command)
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(), flags=re.M)
        return
    names = [words[1]]
    if words[1] in ("data",):
        names.append(words[2])
    shown = CliRunner().invoke(app, [*names, "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0, shown.output
    for option in (word for word in words if word.startswith("--")):
        assert option in shown.output, f"{command}: no {option}"


def test_every_package_is_listed_for_the_wheel() -> None:
    listed = set(
        re.findall(r'^  "(sightline[\w.]*)",$', (ROOT / "pyproject.toml").read_text(), re.M)
    )
    found = {
        ".".join(("sightline", *path.parent.relative_to(ROOT).parts))
        for path in ROOT.rglob("__init__.py")
        if not {".venv", "build", "tests"} & set(path.relative_to(ROOT).parts)
    }
    assert listed == found


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    dependencies = re.search(r"^dependencies = \[(.*?)^\]", text, re.M | re.S)
    assert dependencies is not None
    readme = (ROOT / "README.md").read_text()
    for name in re.findall(r'"([A-Za-z0-9_-]+)', dependencies.group(1)):
        assert name in readme, name
