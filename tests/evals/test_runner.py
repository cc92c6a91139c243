"""The runner: files, resuming, targets; and benchmarks that are the same for the same seed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sightline.agent.reply import Reply
from sightline.evals.report import lines_of
from sightline.evals.runner import make_target, run_task
from sightline.evals.task import Sample, Task, find_task
from sightline.tools.toolbox import Toolbox


class Yes:
    """Answers yes; counts how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def ask(self, text: str, **_: Any) -> Reply:
        self.times += 1
        return Reply(text="Yes.", answer="yes")


def toy(seed: int, limit: int) -> Iterator[Sample]:
    for i in range(limit):
        yield Sample(id=str(i), data="yes" if i % 2 else "no")


TOY = Task(
    name="toy",
    description="",
    limit=4,
    samples=toy,
    run=lambda assistant, s: {"right": assistant.ask("?").answer == s.data},
    score=lambda records: {"accuracy": sum(r["right"] for r in records) / len(records)},
)


def test_writes_results_and_samples(tmp_path: Path) -> None:
    results = run_task(TOY, Yes(), tmp_path, seed=9000)  # type: ignore[arg-type]
    assert results["n"] == 4
    assert results["metrics"]["accuracy"] == 0.5
    assert json.loads((tmp_path / "results.json").read_text())["task"] == "toy"
    assert len((tmp_path / "samples.jsonl").read_text().splitlines()) == 4
    assert lines_of(results)[0].startswith("toy: 4 samples")


def test_goes_on_where_it_stopped(tmp_path: Path) -> None:
    assistant = Yes()
    run_task(TOY, assistant, tmp_path, seed=9000, limit=2)  # type: ignore[arg-type]
    (tmp_path / "results.json").unlink()
    with (tmp_path / "samples.jsonl").open("a") as file:
        file.write('{"id": "2", "ri')  # killed while writing
    run_task(TOY, assistant, tmp_path, seed=9000, limit=4)  # type: ignore[arg-type]
    assert assistant.times == 4
    (tmp_path / "results.json").unlink()
    with pytest.raises(ValueError, match="another run"):
        run_task(TOY, assistant, tmp_path, seed=9001)  # type: ignore[arg-type]


def test_a_finished_run_is_measured_anew(tmp_path: Path) -> None:
    assistant = Yes()
    for _ in range(2):
        run_task(TOY, assistant, tmp_path, seed=9000)  # type: ignore[arg-type]
    assert assistant.times == 8


def test_samples_of_other_weights_are_not_gone_on_with(tmp_path: Path) -> None:
    class Swapped(Yes):
        """As `--tool ground=FOLDER` makes it."""

        def __init__(self, folder: Path) -> None:
            super().__init__()
            self.toolbox = Toolbox("embedded", {"ground": folder})

    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "config.json").write_text("{}")
        (folder / "model.safetensors").write_bytes(folder.name.encode())
    out = tmp_path / "out"
    results = run_task(TOY, Swapped(folders[0]), out, seed=9000, limit=2)  # type: ignore[arg-type]
    assert results["tools"].keys() == {"ground"} and len(results["tools"]["ground"]) == 12
    (out / "results.json").unlink()
    for other in (Yes(), Swapped(folders[1])):
        with pytest.raises(ValueError, match="another run"):
            run_task(TOY, other, out, seed=9000, limit=4)  # type: ignore[arg-type]
    same = Swapped(folders[0])
    run_task(TOY, same, out, seed=9000, limit=4)  # type: ignore[arg-type]
    assert same.times == 2


def test_targets(tmp_path: Path) -> None:
    assert isinstance(make_target(f"{__name__}:Yes"), Yes) or __name__ == "__main__"
    with pytest.raises(ValueError, match="to measure"):
        make_target("json:nonsense")
    with pytest.raises(ValueError, match="no `ask`"):
        make_target("collections:OrderedDict")


@pytest.mark.parametrize("name", ["world-vqa", "world-ground", "world-caption", "world-dialog"])
def test_tabletop_benchmarks_repeat_and_score(name: str) -> None:
    task = find_task(name)
    first, second = (list(task.samples(8123, 2)) for _ in range(2))
    assert [s.id for s in first] == [s.id for s in second]
    assert len(first) == 2
    records = [task.run(Yes(), sample) for sample in first]  # type: ignore[arg-type]
    again = [task.run(Yes(), sample) for sample in second]  # type: ignore[arg-type]
    assert records == again
    json.dumps(records)
    assert "accuracy" in task.score(records)


def test_an_unknown_task_lists_those_there_are() -> None:
    with pytest.raises(ValueError, match="world-vqa"):
        find_task("nonsense")
