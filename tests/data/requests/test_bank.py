"""The bank's format, and the bank itself."""

from pathlib import Path

import pytest
from sightline.data import requests as bank
from sightline.data.requests import BankError, load_requests, parse_request

BANK = Path(bank.__file__).parent


def test_single_turn_takes_whole_turn() -> None:
    request = parse_request("P | how many balls? => vqa")
    assert request.kinds == ("picture",)
    assert request.turns == ("how many balls?",)
    assert request.calls[0].argument == "how many balls?"
    assert request.calls[0].span is None
    assert request.tools == ("vqa",)


def test_marks_are_spans_of_plain_turns() -> None:
    line = "PP | is there {1:a big cube}? || Yes. || box it and {2:make it red} => ground@1 ; edit"
    request = parse_request(line)
    assert request.turns == ("is there a big cube?", "Yes.", "box it and make it red")
    ground, edit = request.calls
    assert (ground.argument, ground.span, ground.picks) == ("a big cube", (0, 9, 19), (1,))
    assert (edit.argument, edit.span, edit.picks) == ("make it red", (2, 11, 22), None)


def test_picks_and_options() -> None:
    assert parse_request("PPP | all => caption:short@all").calls[0].picks == (1, 2, 3)
    assert parse_request("PP | last => caption:long@2").calls[0].picks is None
    assert parse_request("PP | last => caption:long@2").calls[0].option == "long"
    assert parse_request("PD | the photo => caption@1").calls[0].argument == ""


def test_reply_and_search_first() -> None:
    reply = parse_request("N | hi => reply:smalltalk")
    assert (reply.calls, reply.reply, reply.tools) == ((), "smalltalk", ("reply:smalltalk",))
    found = parse_request("N | {1:my cat} from the album, then {2:crop it} => retrieve ; edit")
    assert found.tools == ("retrieve", "edit")


@pytest.mark.parametrize(
    "line",
    [
        "P how many => vqa",
        "X | how many => vqa",
        "P | how many => count",
        "P | a || b => vqa",
        "P | a {1:b => vqa",
        "P | a {2:b} => vqa",
        "P | {1:a} {1:b} => vqa ; vqa",
        "P | a || {1:b} || c => vqa",
        "P | a => vqa ; vqa",
        "P | a => vqa@1",
        "PP | a => vqa@3",
        "D | a => vqa",
        "N | a => vqa",
        "P | a => vqa:short",
        "P | {1:a} => caption",
        "P | hi => reply:smalltalk ; vqa",
        "P | hi => reply:other",
    ],
)
def test_broken_lines_say_where(line: str) -> None:
    with pytest.raises(BankError, match=r"^file\.txt:7: "):
        parse_request(line, "file.txt:7")


def test_contradicting_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("P | look => vqa\nP | look => vqa\n")
    assert len(load_requests(tmp_path)) == 1
    (tmp_path / "b.txt").write_text("P | look => caption\n")
    with pytest.raises(BankError, match=r"b\.txt:1: contradicts a\.txt:1"):
        load_requests(tmp_path)
    with pytest.raises(FileNotFoundError):
        load_requests(tmp_path / "nothing")


@pytest.mark.parametrize("part", ["train", "heldout"])
def test_bank_is_well_formed(part: str) -> None:
    if not list((BANK / part).glob("*.txt")):
        pytest.skip(f"no {part} requests here")
    for request in load_requests(BANK / part):
        for call in request.calls:
            if call.span is not None:
                turn, start, end = call.span
                assert request.turns[turn][start:end] == call.argument


def test_no_kept_out_request_is_trained_on() -> None:
    if not all(list((BANK / part).glob("*.txt")) for part in ("train", "heldout")):
        pytest.skip("the bank is not complete here")
    train, heldout = (
        {(r.kinds, tuple(turn.lower() for turn in r.turns)) for r in load_requests(BANK / part)}
        for part in ("train", "heldout")
    )
    # Very short ones ("thanks") are what anybody would write.
    assert not {talk for talk in train & heldout if sum(len(t.split()) for t in talk[1]) > 4}
