"""Turns end to end over a small known world: answers, premises, gates, bad input, sessions."""

from pathlib import Path

import pytest
from PIL import Image
from sightline.agent.assistant import Assistant
from sightline.agent.planning import Plan, PlannedCall
from sightline.agent.reply import Reply
from sightline.tools.limits import Limits
from sightline.tools.results import Box, Region

PICTURE = Image.new("RGB", (320, 240), "gray")
PHOTO = Image.new("RGB", (320, 240), "green")
PAGE = Image.new("RGB", (320, 240), "white")


def called(reply: Reply) -> list[str]:
    return [s.tool for s in reply.steps if s.role not in ("planner", "verifier")]


def test_an_answer_with_its_evidence_and_steps(assistant: Assistant) -> None:
    reply = assistant.ask("how many cubes?", [PICTURE])
    assert (reply.text, reply.answer, reply.abstained) == ("There are 2 cubes.", "2", False)
    assert [claim.status for claim in reply.claims] == ["verified"]
    boxes = [e for e in reply.evidence if isinstance(e, Box)]
    assert {(b.x0, b.y0) for b in boxes} == {(40, 150), (140, 80)}
    assert [step.role for step in reply.steps] == ["planner", "perception", "verifier"]
    assert reply.steps[1].args == {"question": "how many cubes?", "artifact": "a1"}
    assert Reply.model_validate_json(reply.model_dump_json()) == reply


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("is there a sphere?", "Yes, there is a sphere.", "yes"),
        ("what colour is the sphere?", "The sphere is blue.", "blue"),
        (
            "what colour is the cylinder?",
            "There is no cylinder in this picture, so I can't say what colour it is.",
            "none",
        ),
        (
            "what colour is the cube?",
            "There are two cubes: a red one and a green one. Which do you mean?",
            "none",
        ),
        (
            "what is it made of?",
            "I'm not sure what you are referring to; which object do you mean?",
            "none",
        ),
    ],
)
def test_answers_and_false_premises(
    question: str, text: str, answer: str, assistant: Assistant
) -> None:
    reply = assistant.ask(question, [PICTURE])
    assert (reply.text, reply.answer) == (text, answer)


def test_follow_ups_remember_what_was_asked(assistant: Assistant) -> None:
    first = assistant.ask("what colour is the sphere?", [PICTURE])
    assistant.ask("thanks", session=first.session)
    second = assistant.ask("what is it made of?", session=first.session)
    assert (second.answer, second.text) == ("metal", "It is made of metal.")


def test_history_from_elsewhere_in_batch_layout(assistant: Assistant, tmp_path: Path) -> None:
    PICTURE.save(tmp_path / "a.png")
    history = [
        {"role": "user", "text": "how many cubes?", "attachments": [str(tmp_path / "a.png")]},
        {"role": "assistant", "text": "There are 2 cubes."},
        {"role": "user", "text": "thanks", "attachments": []},
        {"role": "assistant", "text": "You're welcome."},
    ]
    reply = assistant.ask("and metal ones?", history=history)
    assert reply.answer == "1"
    again = assistant.ask("how many cubes?", session=reply.session)
    assert again.answer == "2" and len(assistant.history("me", reply.session)) == 8


def test_nothing_is_kept_when_asked_not_to(assistant: Assistant) -> None:
    reply = assistant.ask("how many cubes?", [PICTURE], keep=False)
    assert reply.answer == "2" and reply.session == "" and assistant.sessions() == []


def test_pointing(assistant: Assistant) -> None:
    one = assistant.ask("show me the red cube", [PICTURE])
    assert one.text == "Here it is: a small red rubber cube."
    assert isinstance(one.evidence[0], Box) and one.evidence[0].x1 == 80
    two = assistant.ask("show me metal things", session=one.session)
    assert two.text.startswith("I found 2:") and two.claims[0].status == "verified"
    # Both cubes stand in the left half: the one further to the right is meant.
    leaning = assistant.ask("show me the cube on the right", session=one.session)
    assert leaning.text == "Here it is: a small green metal cube."
    none = assistant.ask("show me the cylinder", session=one.session)
    assert none.answer == "none" and "can't find" in none.text and not none.evidence


def test_photos_get_no_invented_answer(assistant: Assistant) -> None:
    for question in ("how many cubes?", "describe it", "show me the red cube", "what's the total?"):
        reply = assistant.ask(question, [PHOTO])
        assert reply.abstained and reply.answer is None and not reply.evidence
        assert "tabletop" in reply.text and "fine-tuned" in reply.text


def test_pages_and_pictures_go_to_who_can_read_them(assistant: Assistant) -> None:
    page = assistant.ask("how many cubes?", [PAGE])
    assert called(page) == ["document_qa"] and page.steps[1].role == "documents"
    assert page.answer == "none" and page.text == "That is not in this document."
    total = assistant.ask("what's the total?", session=page.session)
    assert total.answer == "12.40" and total.claims[0].status == "verified"
    assert isinstance(total.evidence[0], Region)
    # With a page and a picture in view each tool takes the newest it can look at.
    both = assistant.ask("how many cubes?", [PICTURE], session=page.session)
    assert both.answer == "2"
    assert assistant.ask("what's the total?", session=page.session).answer == "12.40"


def test_nothing_attached(assistant: Assistant) -> None:
    reply = assistant.ask("how many cubes?")
    assert reply.text == "Please attach the picture or document you mean."
    assert called(reply) == ["vqa"]


def test_several_calls_and_a_chain(make) -> None:
    assistant = make()
    assistant.planner.script["do it all"] = Plan(
        calls=(
            PlannedCall(tool="caption", args={"style": "short"}),
            PlannedCall(tool="edit", args={"instruction": "make it blue"}),
            PlannedCall(tool="vqa", args={"question": "how many cubes?"}, after=(1,)),
            PlannedCall(tool="caption", args={"style": "short"}),
        )
    )
    reply = assistant.ask("do it all and make the cube blue"[:9], [PICTURE])
    assert called(reply) == ["caption", "edit", "vqa"]
    assert [s.ok for s in reply.steps if s.tool in ("caption", "edit", "vqa")] == [
        True, False, False,
    ]  # fmt: skip
    assert reply.text.splitlines()[0] == "There is a small red rubber cube."


def test_calls_of_a_turn_are_limited(make) -> None:
    assistant = make(limits=Limits(calls=2))
    phrases = ("the red cube", "metal things", "the cylinder")
    assistant.planner.script["many"] = Plan(
        calls=tuple(PlannedCall(tool="ground", args={"phrase": p}) for p in phrases)
    )
    reply = assistant.ask("many", [PICTURE])
    assert called(reply) == ["ground", "ground"]
    assert reply.notices == ["I did the first 2 things you asked for."]


def test_no_tool_starts_after_the_deadline(make) -> None:
    reply = make(limits=Limits(deadline_seconds=-1.0)).ask("how many cubes?", [PICTURE])
    assert "ran out of time" in reply.text and reply.answer is None


def test_a_bug_in_a_tool_is_a_sentence_and_the_session_goes_on(make) -> None:
    class Broken:
        def answer(self, *_: object) -> None:
            raise ZeroDivisionError("secret 0xdeadbeef")

    assistant = make({"tools.vqa": Broken()})
    reply = assistant.ask("how many cubes?", [PICTURE])
    assert "Something went wrong" in reply.text and "0xdead" not in reply.text
    assert assistant.ask("describe it", session=reply.session).claims


def test_bad_messages_and_files_leave_the_session_intact(
    assistant: Assistant, tmp_path: Path
) -> None:
    first = assistant.ask("how many cubes?", [PICTURE])
    (tmp_path / "fake.png").write_text("no picture at all, only words\n" * 9)
    bad = [
        assistant.ask("", session=first.session),
        assistant.ask("   \n", session=first.session),
        assistant.ask("x" * 20_000, session=first.session),
        assistant.ask("what's this?", [tmp_path / "gone.png"], session=first.session),
        assistant.ask("what's this?", [tmp_path / "fake.png"], session=first.session),
        assistant.ask("what's this?", [b""], session=first.session),
        assistant.ask("hello", [PICTURE] * 11, session=first.session),
        assistant.ask("\x00\x07\u200b", session=first.session),
    ]
    for reply in bad:
        assert reply.text.endswith(".") and reply.text.count(". ") == 0 and not reply.claims
        assert reply.answer is None
    assert "20,000" in bad[2].text and "gone.png" in bad[3].text and "text file" in bad[4].text
    assert assistant.ask("how many cubes?", session=first.session).answer == "2"


def test_a_good_file_beside_a_bad_one_is_answered(assistant: Assistant) -> None:
    reply = assistant.ask("how many cubes?", [PICTURE, ("cut.png", b"\x89PNG\r\n\x1a\n")])
    assert reply.answer == "2" and "cut.png" in reply.text


def test_a_picture_without_words_stays_in_view(assistant: Assistant) -> None:
    first = assistant.ask("", [PICTURE])
    assert "?" in first.text
    assert assistant.ask("how many cubes?", session=first.session).answer == "2"


def test_conversations_survive_a_restart(make) -> None:
    first = make().ask("what colour is the sphere?", [PICTURE], session="s1")
    later = make()
    assert later.ask("what is it made of?", session="s1").answer == "metal"
    messages = later.history("me", "s1")
    assert [m.role for m in messages] == ["user", "assistant"] * 2
    assert messages[1].reply == first
    assert later.sessions()[0].title == "what colour is the sphere?"
    assert later.sessions("you") == [] and later.history("you", "s1") == []


def test_users_do_not_share_a_session_of_the_same_name(assistant: Assistant) -> None:
    assistant.ask("how many cubes?", [PICTURE], user="ann", session="s")
    bob = assistant.ask("how many cubes?", user="bob", session="s")
    assert bob.answer is None and "attach" in bob.text
    assert not assistant.delete("bob", "elsewhere") and assistant.delete("bob", "s")
    assert len(assistant.history("ann", "s")) == 2


def test_streaming_tells_steps_then_text_then_the_reply(assistant: Assistant) -> None:
    events = list(assistant.stream("how many cubes?", [PICTURE]))
    kinds = [event.type for event in events]
    assert kinds[-1] == "finished" and "text_delta" in kinds
    assert kinds.index("step_finished") < kinds.index("text_delta")
    text = "".join(e.text for e in events if e.type == "text_delta").strip()
    final = events[-1]
    assert final.type == "finished" and final.reply.text == text
    assert assistant.history("me", final.reply.session)[1].reply == final.reply


def test_the_domain_is_asked_once_per_picture(make) -> None:
    assistant = make()
    reply = assistant.ask("how many cubes?", [PICTURE])
    for _ in range(3):
        assistant.ask("how many cubes?", session=reply.session)
    assert assistant.toolbox.sense("domain").asked == 1


def test_small_talk_needs_no_planner(assistant: Assistant) -> None:
    first = assistant.ask("how many cubes?", [PICTURE])
    thanks = assistant.ask("thanks!", session=first.session)
    assert thanks.text == "You're welcome." and called(thanks) == [] and thanks.answer is None
    again = assistant.ask("what did you just say?", session=first.session)
    assert "You're welcome." in again.text
    assert "describe a picture" in assistant.ask("what can you do?").text


def test_a_question_that_was_cut_or_misheard_is_asked_whole(make) -> None:
    assistant = make()
    halves = [PlannedCall(tool="vqa", args={"question": q}) for q in ("how many", "cubes?")]
    assistant.planner.script["how many cubes?"] = Plan(calls=tuple(halves))
    edit = PlannedCall(tool="edit", args={"instruction": "is there a sphere?"})
    assistant.planner.script["is there a sphere?"] = Plan(calls=(edit,))
    reply = assistant.ask("how many cubes?", [PICTURE])
    assert called(reply) == ["vqa"] and reply.answer == "2"
    assert called(assistant.ask("is there a sphere?", session=reply.session)) == ["vqa"]
    # "Could you turn ...?" parses as a yes/no question and is an order, so the studio keeps it.
    polite = "could you turn the cube red?"
    order = PlannedCall(tool="edit", args={"instruction": polite})
    assistant.planner.script[polite] = Plan(calls=(order,))
    assert called(assistant.ask(polite, session=reply.session)) == ["edit"]


def test_seeing_the_thing_means_showing_it(make) -> None:
    assistant = make()
    for asked, tools in (("do you see the red cube", ["ground"]), ("is there a sphere?", ["vqa"])):
        call = PlannedCall(tool="vqa", args={"question": asked})
        assistant.planner.script[asked] = Plan(calls=(call,))
        assert called(assistant.ask(asked, [PICTURE])) == tools


def test_quoted_orders_do_not_open_the_studio(make) -> None:
    assistant = make()
    assistant.planner.script['the note says "paint it blue"'] = Plan(
        calls=(PlannedCall(tool="edit", args={"instruction": "paint it blue"}),)
    )
    reply = assistant.ask('the note says "paint it blue"', [PICTURE])
    assert not reply.steps[1].ok
