"""Kill a talking process at random moments, again and again, and look whether anything is lost.

    python -m benchmarks.memory_kill --rounds 50

Each round a child process holds a conversation (turns with pictures, facts, now and then a wish to
forget), and says each reply that it has got. It is sent SIGKILL at a random moment. Then everything
that was acknowledged must be in the log, every picture whole, the index the same as one made anew,
the databases sound, and what was forgotten gone. The planner and the models are stand-ins that cost
no time: what is measured is what is kept, and not what is understood.

Prints one JSON line: `rounds`, `acknowledged`, `lost`, `broken`, and `ratio`, the share of what was
acknowledged that is there.
"""

import argparse
import json
import multiprocessing
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
from PIL import Image

USER: Final = "ann"
# Turns after which one is forgotten, and the latest moment of a kill, seconds after the start.
_FORGET_EVERY: Final = 5
_LATEST: Final = 1.5
# A server that has everything imported and no thread forks the processes: they start at once.
_PROCESSES: Final = multiprocessing.get_context("forkserver")
_IMPORTED: Final = (
    "chromadb", "langgraph.graph", "sightline.agent.graph", "sightline.agent.assistant",
    "sightline.agent.memory.index", "PIL.PngImagePlugin",
)  # fmt: skip


@dataclass(kw_only=True)
class Outcome:
    """What a number of rounds came to; `lost` and `broken` say what, in words."""

    rounds: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def kill_rounds(home: Path, rounds: int, seed: int = 0, latest: float = _LATEST) -> Outcome:
    """Run and kill a talking process `rounds` times over one home, checking after each.

    Args:
        latest: seconds after its start within which a process is killed.
    """
    _PROCESSES.set_forkserver_preload(list(_IMPORTED))
    rng = random.Random(seed)
    outcome = Outcome()
    kept: dict[str, str] = {}
    gone: set[str] = set()
    for number in range(rounds):
        said = _killed(home, number, rng.uniform(0.02, latest))
        outcome.rounds += 1
        for line in said:
            outcome.acknowledged += not line["forgets"]
            if line["forgets"]:  # from here on until it is acknowledged it may be there or not
                kept.pop(line["text"], None)
            elif line["forgot"]:
                gone.add(line["text"])
            else:
                kept[line["text"]] = line["artifact"]
        mine, theirs = _PROCESSES.Pipe()
        checking = _PROCESSES.Process(target=_check, args=(home, kept, gone, theirs))
        checking.start()
        theirs.close()
        lost, broken = mine.recv()
        checking.join()
        outcome.lost += lost
        outcome.broken += broken
    return outcome


def _killed(home: Path, number: int, after: float) -> list[dict[str, Any]]:
    """What a process acknowledged until it was killed `after` seconds from its start."""
    mine, theirs = _PROCESSES.Pipe()
    talking = _PROCESSES.Process(target=talk, args=(home, number, theirs))
    talking.start()
    theirs.close()
    mine.recv()  # it has begun
    time.sleep(after)
    talking.kill()
    talking.join()
    said = []
    try:
        while True:
            said.append(mine.recv())
    except (EOFError, OSError):  # the end; a line that was cut off is not acknowledged
        return said


def _check(home: Path, kept: dict[str, str], gone: set[str], told: Connection) -> None:
    """Send what is lost and what is broken."""
    lost: list[str] = []
    broken: list[str] = []
    assistant = _assistant(home)
    memory = assistant.memory(USER)
    turns = {m.text for _, m in assistant.log.since(USER, 0) if m.role == "user"}
    facts = {fact.text for fact in memory.facts()}
    for text, artifact in kept.items():
        if text not in turns or text not in facts:
            lost.append(text)
        if artifact:
            try:
                assistant.store(USER).image(artifact).load()
            except Exception as error:
                lost.append(f"the picture of {text}: {error}")
    broken += [f"{text} was forgotten" for text in gone & turns]
    memory.caught_up()
    if any(lacks or surplus for lacks, surplus in memory.missing().values()):
        broken.append(f"the index differs from the log: {memory.missing()}")
    for file in home.glob("*.sqlite"):
        with sqlite3.connect(file) as database:
            if database.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                broken.append(f"{file.name} is damaged")
    told.send((lost, broken))


def talk(home: Path, number: int, told: Connection) -> None:
    """Hold a conversation until killed, telling what was acknowledged turn by turn."""
    assistant = _assistant(home)
    told.send({"began": number})
    texts: list[str] = []
    for turn in range(10_000):
        if turn % _FORGET_EVERY == _FORGET_EVERY - 1:
            text, forgot = texts.pop(0), True
            told.send({"text": text, "forgets": True})
            reply = assistant.ask(f"forget that {text}", user=USER, session="s")
            assert reply.answer == "forgotten", reply.text
            artifact = ""
        else:
            text, forgot = f"my key number {number}x{turn} is the {number * 31 + turn} one", False
            picture = _picture(number, turn) if turn % 2 else None
            given = [picture] if picture else []
            reply = assistant.ask(text, given, user=USER, session="s")
            artifact = assistant.store(USER).add(picture).id if picture else ""
            texts.append(text)
        told.send({"text": text, "forgets": False, "artifact": artifact, "forgot": forgot})
        # The index is written while the conversation goes on, as it is in a pause.
        assistant.memory(USER).caught_up()


class _NoPlanner:
    """Nothing here is for a planner: the turns state facts and ask to forget."""

    def plan(self, turns: Sequence[Any], tools: Any, **_: Any) -> Any:
        from sightline.agent.planning import Plan

        return Plan(reply="smalltalk", model="none")


class _Embedder:
    """The mean colour, as a direction."""

    weights = "mean-colour"

    def embed_images(self, images: Sequence[Image.Image]) -> np.ndarray:
        """Unit rows (N, 3)."""
        rows = np.stack([np.asarray(image, dtype=np.float32).mean((0, 1)) + 1 for image in images])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class _Tabletop:
    """Takes every picture for a tabletop."""

    def classify(self, images: Sequence[Image.Image]) -> list[Any]:
        """One kind a picture."""
        return [SimpleNamespace(kind="tabletop", confidence=1.0) for _ in images]


def _embed(texts: Sequence[str]) -> np.ndarray:
    """Unit rows (N, 384) that tell texts apart; of their meaning they know nothing."""
    rows = np.stack([np.random.default_rng(list(t.encode())).normal(size=384) for t in texts])
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _assistant(home: Path) -> Any:
    from sightline.agent import language
    from sightline.agent.assistant import Assistant
    from sightline.agent.memory import index
    from sightline.agent.roles import smalltalk

    language.embed = index.embed = smalltalk.embed = _embed
    models = {"senses.embed": _Embedder(), "senses.domain": _Tabletop()}
    return Assistant(home=home, models=models, planner=_NoPlanner())


def _picture(number: int, turn: int) -> tuple[str, bytes]:
    rng = np.random.default_rng((number, turn))
    buffer = BytesIO()
    Image.fromarray(rng.integers(0, 255, (60, 80, 3), dtype=np.uint8)).save(buffer, "PNG")
    return f"picture-{number}-{turn}.png", buffer.getvalue()


def main(arguments: Sequence[str] | None = None) -> Iterator[str]:
    """The lines to print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = kill_rounds(Path(folder) / "home", chosen.rounds, chosen.seed)
    yield from (f"lost: {what}" for what in outcome.lost)
    yield from (f"broken: {what}" for what in outcome.broken)
    there = outcome.acknowledged - len(outcome.lost)
    told = {
        "benchmark": "memory_kill",
        "rounds": outcome.rounds,
        "acknowledged": outcome.acknowledged,
        "lost": len(outcome.lost),
        "broken": len(outcome.broken),
        "seconds": round(time.monotonic() - began, 1),
        "ratio": round(there / max(1, outcome.acknowledged), 4),
    }
    yield json.dumps(told)


if __name__ == "__main__":
    for line in main():
        print(line)
