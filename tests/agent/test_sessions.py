"""The session log: order, restart, privacy, several writers."""

import threading
from pathlib import Path

from sightline.agent.reply import Claim, Reply, Step
from sightline.agent.sessions import Message, SessionLog
from sightline.tools.results import Box


def test_messages_come_back_in_full_after_a_restart(tmp_path: Path) -> None:
    box = Box(artifact="f" * 64, x0=1, y0=2, x1=3, y1=4, label="cube")
    reply = Reply(
        text="There is 1 cube.", answer="1", evidence=[box],
        claims=[Claim(text="There is 1 cube.", evidence=[box], status="verified")],
        steps=[Step(role="perception", tool="vqa", args={"question": "?"}, ms=2.5)],
    )  # fmt: skip
    log = SessionLog(tmp_path / "s.sqlite")
    session = log.start("me")
    asked = Message(role="user", text="how many?", attachments=["f" * 64])
    log.append("me", session, [asked, Message(role="assistant", text=reply.text, reply=reply)])
    log.close()
    again = SessionLog(tmp_path / "s.sqlite")
    messages = again.messages("me", session)
    assert messages[0].attachments == ["f" * 64] and messages[1].reply == reply
    assert again.sessions("me")[0].title == "how many?" and again.sessions("me")[0].messages == 2


def test_rename_and_delete_touch_only_the_owners(tmp_path: Path) -> None:
    log = SessionLog(tmp_path / "s.sqlite")
    log.start("ann", "s")
    log.append("ann", "s", [Message(role="user", text="mine")])
    assert not log.rename("bob", "s", "stolen") and not log.delete("bob", "s")
    assert log.rename("ann", "s", "  my   receipts ") and log.sessions("ann")[0].title == (
        "my receipts"
    )
    assert log.delete("ann", "s") and log.messages("ann", "s") == [] and log.sessions("ann") == []


def test_the_latest_conversation_is_listed_first(tmp_path: Path) -> None:
    log = SessionLog(tmp_path / "s.sqlite")
    for name in ("a", "b"):
        log.start("me", name)
        log.append("me", name, [Message(role="user", text=name)])
    log.append("me", "a", [Message(role="user", text="again")])
    assert [s.id for s in log.sessions("me")] == ["a", "b"]


def test_two_processes_worth_of_writers(tmp_path: Path) -> None:
    logs = [SessionLog(tmp_path / "s.sqlite") for _ in range(2)]
    logs[0].start("me", "s")

    def write(log: SessionLog) -> None:
        for number in range(20):
            log.append("me", "s", [Message(role="user", text=str(number))])

    threads = [threading.Thread(target=write, args=(log,)) for log in logs for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(logs[0].messages("me", "s")) == 80
