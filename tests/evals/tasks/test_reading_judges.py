"""The judges of documents, receipts and photographs, on replies made by hand."""

from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image
from sightline.agent.reply import Reply
from sightline.data.documents import DocQuestion
from sightline.evals.task import Sample, find_task
from sightline.evals.tasks.documents import record
from sightline.evals.tasks.receipts import QUESTIONS


class Scripted:
    """Answers by what it is asked; remembers what came with it."""

    def __init__(self, answers: dict[str, Reply]) -> None:
        self.answers = answers
        self.seen: list[Any] = []

    def ask(self, text: str, attachments: Any = (), **_: Any) -> Reply:
        self.seen.append(attachments)
        return self.answers[text]


def question(answer: str, found: bool = True) -> DocQuestion:
    return DocQuestion(text="who sent it?", answer=answer, found=found, kind="field", key="sender",
                       lines=())  # fmt: skip


@pytest.mark.parametrize(
    ("truth", "given", "right"),
    [
        (question("Meyer & Sons"), "meyer  & sons", True),
        (question("Meyer & Sons"), "Meyer & Son", True),  # one letter of twelve
        (question("12.40"), "12.45", False),  # one of five
        (question("Meyer & Sons"), "none", False),
        (question("", found=False), "none", True),
        (question("", found=False), "Meyer", False),
    ],
)
def test_a_document_answer_is_right_but_for_a_letter(
    truth: DocQuestion, given: str, right: bool
) -> None:
    assert record(truth, given)["right"] is right


def test_what_is_there_and_what_is_not_are_counted_apart() -> None:
    records = [
        record(question("abcdefghij"), "abcdefghij"),
        record(question("abcdefghij"), "abcdefgh"),  # 0.8 alike
        record(question("abcdefghij"), "none"),
        record(question("", found=False), "none"),
        record(question("", found=False), "abc"),
    ]
    scored = find_task("documents").score(records)
    assert scored["accuracy"] == 0.4
    assert scored["anls"] == pytest.approx(1.8 / 3, abs=1e-4)
    assert scored["there_kept"] == pytest.approx(2 / 3, abs=1e-4)
    assert (scored["not_there"], scored["absent"]) == (0.5, 2)


def test_documents_are_asked_by_their_pictures() -> None:
    task = find_task("documents")
    samples = list(task.samples(8500, 3))
    assert len(samples) == 3 and len({s.id for s in samples}) == 3
    (name, data), asked = samples[0].data
    answer = asked.answer if asked.found else "none"
    scripted = Scripted({asked.text: Reply(text="x", answer=answer)})
    got = task.run(cast(Any, scripted), samples[0])
    assert got["right"] and scripted.seen == [[(name, data)]] and data.startswith(b"\x89PNG")


def test_a_receipt_is_right_when_all_its_fields_are() -> None:
    task = find_task("receipts")
    asked = {key: wordings[0] for key, wordings in QUESTIONS.items()}
    truth = {"company": "ABC SDN. BHD.", "date": "01/02/2018", "address": "", "total": "9.00"}
    given = {"company": "abc sdn bhd", "date": "01/02/2018", "address": "none", "total": "RM 9"}
    sample = Sample(id="r", data=("r.jpg", asked, truth))

    def run(answers: dict[str, str]) -> dict[str, Any]:
        replies = {asked[key]: Reply(text="x", answer=answers[key]) for key in asked}
        return task.run(cast(Any, Scripted(replies)), sample)

    right = run(given)
    wrong = run({**given, "total": "9.50"})
    assert right["right"] and not wrong["right"]
    assert right["given"]["address"] == ""  # "none" is no prediction
    scored = task.score([right, wrong])
    assert scored["accuracy"] == 0.5 and scored["entity_f1"] == pytest.approx(5 / 6, abs=1e-4)
    assert scored["entity_f1_strict"] == pytest.approx(2 / 6, abs=1e-4)
    assert scored["recall_total"] == 0.5 and "recall_address" not in scored


def test_photographs_want_silence_and_the_tabletop_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGHTLINE_PHOTOS", str(tmp_path))
    task = find_task("photos")
    with pytest.raises(FileNotFoundError, match="set SIGHTLINE_PHOTOS"):
        list(task.samples(8600, 2))
    for number in range(10):
        Image.new("RGB", (20, 20)).save(tmp_path / f"{number}.jpg")
    samples = list(task.samples(8600, 4))
    # Of ten files the fifth and the tenth were kept from training.
    assert {s.id for s in samples if s.data[2]} == {"4", "9"}
    records = []
    for sample in samples:
        for silent in (True, False):
            reply = Reply(text="x", abstained=silent)
            got = task.run(cast(Any, Scripted({sample.data[1]: reply})), sample)
            assert got["right"] is (silent == sample.data[2])
            records.append(got)
    scored = task.score(records[::2])  # silent everywhere
    assert scored["photos_abstain"] == 1 and scored["tabletop_answered"] == 0
    assert scored["accuracy"] == 0.5 and scored["photos"] == 2
