"""README, CONTRIBUTING and pyproject.toml are true: what they name exists, and is all there is."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from sightline.cli.main import app
from sightline.tools.registry import find_tools
from typer.testing import CliRunner

ROOT = Path(__file__).parents[1]
DOCUMENTS = (
    "README.md", "CONTRIBUTING.md", "docs/RESULTS.md", "docs/serving.md", "docs/plugins.md",
    "docs/tracing.md", "docs/profiles.md",
)  # fmt: skip


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
    if words[1] in ("data", "memory", "tools"):
        names.append(words[2])
    shown = CliRunner().invoke(app, [*names, "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0, shown.output
    for option in (word for word in words if word.startswith("--")):
        assert option in shown.output, f"{command}: no {option}"


def _project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


def _source_folders() -> list[Path]:
    aside = {"build", "dist", "tests", "runs", "docs", "docker", "examples"}
    return [
        folder
        for folder in ROOT.iterdir()
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in aside
    ]


def test_every_package_is_listed_for_the_wheel() -> None:
    found = {
        ".".join(("sightline", *path.parent.relative_to(ROOT).parts))
        for folder in _source_folders()
        for path in folder.rglob("*.py")
    }
    assert set(_project()["tool"]["setuptools"]["packages"]) == found | {"sightline"}


def test_every_data_file_goes_into_the_wheel() -> None:
    settings = _project()["tool"]["setuptools"]
    carried = {
        path
        for package, patterns in settings["package-data"].items()
        for pattern in patterns
        for path in ROOT.joinpath(*package.split(".")[1:]).glob(pattern)
    }
    kinds = {".safetensors", ".json", ".yaml", ".css", ".txt", ".png", ".jpg"}
    for folder in _source_folders():
        left = {path for path in folder.rglob("*") if path.suffix in kinds} - carried
        assert not left


def test_every_dependency_has_its_reason() -> None:
    project = _project()["project"]
    readme = (ROOT / "README.md").read_text()
    for requirement in project["dependencies"] + project["optional-dependencies"]["dev"]:
        assert _name(requirement) in readme, requirement


def test_the_locks_pin_every_dependency() -> None:
    project = _project()
    lines = [
        line
        for name in ("requirements.lock", "requirements-dev.lock")
        for line in (ROOT / name).read_text().split()
    ]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    pinned = {_name(line) for line in lines}
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
    ]
    assert {_name(requirement) for requirement in wanted} <= pinned


def test_built_in_tools_are_entry_points_too() -> None:
    named = _project()["project"]["entry-points"]["sightline.tools"]
    built_in = {name: f"{tool.__module__}:{tool.__name__}" for name, tool in find_tools().items()}
    assert named.items() <= built_in.items()
    assert not any(
        target.startswith("sightline.") for name, target in built_in.items() if name not in named
    )
