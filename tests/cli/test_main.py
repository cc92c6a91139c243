"""The command line: help, examples, errors of one sentence."""

import subprocess
import sys
from pathlib import Path

import pytest
from sightline.cli.common import Failure, overrides
from sightline.cli.main import app, main
from sightline.evals import tasks
from sightline.evals.tasks import BENCHMARKS
from typer.main import get_command
from typer.testing import CliRunner

COMMANDS = ("chat", "ask", "album", "eval", "finetune", "serve-planner", "data", "models", "doctor")


def run(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["sightline", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    code = ended.value.code
    return code if isinstance(code, int) else 0


def test_help_names_every_command() -> None:
    text = CliRunner().invoke(app, ["--help"]).output
    for name in COMMANDS:
        assert name in text


@pytest.mark.parametrize(
    "name",
    [*COMMANDS, "album add", "album find", "data world", "data documents", "data world-pool"],
)
def test_every_command_has_examples(name: str) -> None:
    result = CliRunner().invoke(app, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert "Examples" in result.output
    assert "$ sightline" in result.output


def test_help_names_every_benchmark() -> None:
    task = get_command(app).commands["eval"].params[0]  # type: ignore[attr-defined]
    files = {path.stem for path in Path(tasks.__file__).parent.glob("*.py")}
    assert set(BENCHMARKS.values()) <= files
    assert task.help == f"{', '.join(BENCHMARKS)}."


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; import sightline.cli.main; "
        "bad = {'torch', 'transformers', 'gradio', 'chromadb', 'langgraph', 'numpy'} "
        "& set(sys.modules); assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "hello", "--tool", "ground"], "TOOL=FOLDER"),
        (["ask", "hello", "--tool", "ground=/no/such/folder"], "no folder"),
        (["ask", "--batch", "/no/such.jsonl", "--out", "x"], "no file"),
        (["ask", "--batch", "a.jsonl"], "--out"),
        (["ask", "hello", "--save", __file__], "is a file"),
        (["ask", "hello", "--planner-url", "here"], "http://"),
        (["eval", "nonsense"], "no task"),
        (["eval", "routing", "--target", "http://127.0.0.1:9/v1"], "No planner answers"),
        (["data", "world", "--n", "1", "--out", "/proc/none"], "directory: /proc/none"),
        (["chat", "--web", "--host", "999.1.1.1"], "can't listen on 999.1.1.1"),
        (["finetune", "nonsense"], "nothing called"),
        (["finetune", "ground"], "--data"),
        (["chat", "--share"], "--web"),
        (["data", "documents", "--n", "1", "--out", "x", "--layouts", "odd"], "train or test"),
    ],
)
def test_errors_are_one_sentence(
    arguments: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path))
    assert run(*arguments, monkeypatch=monkeypatch) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert len(error.strip().splitlines()) == 1


def test_a_wrong_option_exits_with_2(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("ask", "--nonsense", monkeypatch=monkeypatch) == 2
    assert run("chat", "--web", "--port", "70000", monkeypatch=monkeypatch) == 2


def test_overrides_read_tool_and_folder(tmp_path: Path) -> None:
    assert overrides([f"ground={tmp_path}"]) == {"ground": tmp_path}
    with pytest.raises(Failure):
        overrides(["=x"])
