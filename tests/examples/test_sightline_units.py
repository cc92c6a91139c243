"""The worked example: installed as a package of its own, found, checked, and used in a chat."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sightline.agent.assistant import Assistant
from sightline.cli.main import app
from sightline.tools import registry
from typer.testing import CliRunner

EXAMPLE = Path(__file__).parents[2] / "examples" / "sightline_units"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, installed by pip into a folder of its own."""
    folder = tmp_path_factory.mktemp("plugin")
    source = shutil.copytree(EXAMPLE, folder / "source")
    where = ["--target", str(folder / "site")]
    quick = ["--no-deps", "--no-build-isolation", "--no-index", "--no-compile", "--quiet"]
    subprocess.run([sys.executable, "-m", "pip", "install", *quick, *where, source], check=True)
    return folder / "site"


@pytest.fixture
def there(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(installed))
    registry.discover.cache_clear()
    yield
    registry.discover.cache_clear()
    sys.modules.pop("sightline_units", None)


def test_it_is_listed_with_its_origin(there: None) -> None:
    shown = CliRunner().invoke(app, ["tools", "list", "--json"])
    rows = {row["name"]: row for row in json.loads(shown.output)}
    assert rows["units"]["origin"] == "sightline-units 0.1.0" and not rows["units"]["problem"]
    assert rows["vqa"]["origin"] == "sightline" and rows["vqa"]["model"] == "parse_and_execute"


def test_it_keeps_the_contract(there: None) -> None:
    shown = CliRunner().invoke(app, ["tools", "check", "units"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0, shown.output
    assert "units keeps all 12 rules." in shown.output


def test_a_tool_that_is_not_there_is_one_sentence() -> None:
    shown = CliRunner().invoke(app, ["tools", "check", "no_such_tool"])
    assert shown.exit_code == 1
    assert str(shown.exception).startswith("There is no tool no_such_tool; there are caption, ")


def test_it_works_in_a_chat(there: None, tmp_path: Path) -> None:
    assistant = Assistant(home=tmp_path)
    reply = assistant.ask("if the trail is 12 miles long, how many km is that?")
    assert reply.answer == "19.31"
    assert [step.tool for step in reply.steps][:2] == ["plan", "units"]
    both = assistant.ask("what is 10 kg in pounds, and then what's 212 fahrenheit in celsius?")
    assert [step.args for step in both.steps if step.tool == "units"] == [
        {"question": "what is 10 kg in pounds"},
        {"question": "what's 212 fahrenheit in celsius?"},
    ]
    assert both.answer == "22.05; 100"
    lacking = assistant.ask("convert 5 miles please")
    assert lacking.text == "Please name two units, such as miles and kilometres."


def test_the_packages_own_tests_pass(installed: Path) -> None:
    pytest_here = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*pytest_here, EXAMPLE / "tests"],
        env={"PYTHONPATH": str(installed), "PATH": ""},
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
