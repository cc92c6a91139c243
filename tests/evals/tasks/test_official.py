"""Benchmarks on the public data sets' own files: folders of ours have the same layout."""

import json
from pathlib import Path
from typing import Any, cast

import pytest
from sightline.agent.reply import Reply
from sightline.data.adapters.clevr import ClevrQuestion
from sightline.data.world.functions import Call
from sightline.data.world.video.writer import write_videos
from sightline.data.world.writer import write_world
from sightline.evals.task import Sample, find_task
from sightline.evals.tasks.clevr import kind_of
from sightline.tools.results import Box

VARIABLES = {
    "clevr": "SIGHTLINE_CLEVR",
    "clevr-ref": "SIGHTLINE_CLEVR_REF",
    "clevr-dialog": "SIGHTLINE_CLEVR_DIALOG",
    "clevrer": "SIGHTLINE_CLEVRER",
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    write_world(folder, 2, 8400, processes=1, width=64, height=48)
    write_videos(folder, 1, 8400, processes=1)
    return folder


@pytest.fixture
def named(world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in VARIABLES.values():
        monkeypatch.setenv(variable, str(world))
    return world


class Scripted:
    """Says what it is told to; remembers what it was asked, and with what."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def ask(self, text: str, **options: Any) -> Reply:
        self.asked.append((text, options))
        return self.replies.pop(0)


def ran(name: str, sample: Sample, *replies: Reply) -> tuple[dict[str, Any], Scripted]:
    assistant = Scripted(*replies)
    return find_task(name).run(cast(Any, assistant), sample), assistant


@pytest.mark.parametrize("name", VARIABLES)
def test_samples_repeat_and_a_missing_folder_is_named(
    name: str, named: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = find_task(name)
    first, second = (list(task.samples(8400, 3)) for _ in range(2))
    assert [s.id for s in first] == [s.id for s in second]
    assert 0 < len(first) <= 3 and len({s.id for s in first}) == len(first)
    monkeypatch.setenv(VARIABLES[name], str(named / "nowhere"))
    with pytest.raises(FileNotFoundError, match=f"Set {VARIABLES[name]} to a folder of"):
        list(task.samples(8400, 3))


def test_clevr_asks_its_questions_about_its_pictures(named: Path) -> None:
    task = find_task("clevr")
    samples = list(task.samples(8400, 20))
    truth = json.loads((named / "questions.json").read_text())["questions"]
    for sample in samples:
        entry = truth[int(sample.id)]
        right, assistant = ran("clevr", sample, Reply(text="", answer=entry["answer"]))
        wrong, _ = ran("clevr", sample, Reply(text="", answer="nonsense"))
        assert right["right"] and not wrong["right"]
        ((text, options),) = assistant.asked
        assert text == entry["question"] and options["attachments"][0].is_file()
        assert options["attachments"][0].name == entry["image_filename"]
    assert task.score([right, wrong])["accuracy"] == 0.5


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        ("equal_integer", "compare numbers"), ("less_than", "compare numbers"),
        ("equal_size", "compare attributes"), ("query_color", "query"), ("count", "count"),
        ("exist", "exist"),
    ],
)  # fmt: skip
def test_types_of_questions_are_those_of_the_papers(function: str, kind: str) -> None:
    asked = ClevrQuestion(image=Path("a.png"), image_index=0, question="?", answer="yes",
                          program=Call(function))  # fmt: skip
    assert kind_of(asked) == kind


def test_clevr_ref_wants_each_object_boxed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "images" / "val").mkdir(parents=True)
    for folder, kind, data in (
        ("scenes", "scenes", {"image_index": 0, "obj_bbox": {"1": [10, 20, 30, 40]}}),
        ("refexps", "refexps", {
            "image_index": 0, "image_filename": "CLEVR_val_000000.png", "refexp": "The red thing",
            "program": [{"type": "scene", "inputs": [], "_output": [0]}],
        }),
    ):  # fmt: skip
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / f"clevr_ref+_val_{kind}.json"
        path.write_text(json.dumps({kind: [data]}))
    monkeypatch.setenv("SIGHTLINE_CLEVR_REF", str(tmp_path))
    (sample,) = find_task("clevr-ref").samples(0, 5)
    box = Box(artifact="a", x0=12, y0=20, x1=40, y1=60)
    right, assistant = ran("clevr-ref", sample, Reply(text="", evidence=[box, box]))
    assert right["right"] and assistant.asked[0][0] == "show me the red thing"
    none, _ = ran("clevr-ref", sample, Reply(text=""))
    more, _ = ran("clevr-ref", sample, Reply(text="", evidence=[box, Box(
        artifact="a", x0=0, y0=0, x1=5, y1=5)]))  # fmt: skip
    assert not none["right"] and not more["right"]


def test_clevr_dialog_goes_on_from_its_caption(named: Path) -> None:
    (sample, *_) = find_task("clevr-dialog").samples(8400, 1)
    rounds = sample.data.turns
    replies = [Reply(text="", answer=turn.answer) for turn in rounds]
    replies[-1] = Reply(text="", answer="nonsense")
    record, assistant = ran("clevr-dialog", sample, *replies)
    (said,) = assistant.asked[0][1]["history"]
    assert said["text"] == sample.data.caption and said["attachments"][0].is_file()
    assert len({options["session"] for _, options in assistant.asked}) == 1
    assert all("history" not in options for _, options in assistant.asked[1:])
    scored = find_task("clevr-dialog").score([record])
    assert scored["accuracy"] == pytest.approx(1 - 1 / len(rounds))
    assert scored["by_round"]["01"] == 1 and scored["by_round"][f"{len(rounds):02d}"] == 0
    assert scored["faultless_dialogs"] == 0


def test_clevrer_asks_what_is_descriptive_of_clips_that_are_there(named: Path) -> None:
    samples = list(find_task("clevrer").samples(8400, 50))
    for sample in samples:
        clip, item = sample.data
        assert item.kind == "descriptive" and clip.is_file() and clip.suffix == ".mp4"
        assert clip.name == item.filename.rpartition("/")[2]
        record, _ = ran("clevrer", sample, Reply(text="", answer=item.answer))
        assert record["right"]
