"""What the team itself costs per tool step, beside langchain's `create_agent`: same process,
same turns, taken in turn.

    python -m benchmarks.agent_overhead            # some 20 s

Planner and tool cost no time, so what is left is the team: graph, checks of a plan, events, steps,
verifier, writer, and what is written to SQLite. Each call waits for the one before it. Ours is
`Assistant.ask` on a new conversation, kept in the session log and the memory's queue. Theirs is
`create_agent(...).invoke` on a new thread with its SQLite saver, whose file is opened with the same
`synchronous=NORMAL` as our log: as it comes (a checkpoint each superstep), and with
`durability="exit"` (one checkpoint when the turn is over, which is when our log is written).

Prints milliseconds per tool step, by the clock and of the processor, medians, then one line of
JSON; its `ratio` is ours over theirs as it comes, by the clock, the worst over the turn lengths.
Below 1 the team is the cheaper one.
"""

import argparse
import json
import os
import sqlite3
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar, Literal

from langchain.agents import create_agent
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolCall, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.tools import BaseTool, tool
from langgraph.checkpoint.sqlite import SqliteSaver
from pydantic import BaseModel
from sightline.agent.assistant import Assistant
from sightline.agent.planning import Plan, PlannedCall, Turn
from sightline.tools.base import SightlineTool, Specialist, ToolArgs
from sightline.tools.limits import Limits
from sightline.tools.results import ToolResult

LENGTHS = (1, 4, 8)
OURS, THEIRS, AT_EXIT = "sightline", "create_agent", "create_agent, at exit"
ASKED = "look {} times at the counter, one after the other"
GAVE = "It stands at {}."
Turns = Callable[[int], None]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Milliseconds per tool step: by the clock, and of processor time, which other programs on the
    machine disturb less."""

    ms: float
    cpu_ms: float


class CountArgs(ToolArgs):
    """What the instant tool is told."""

    number: int


class Counter(SightlineTool):
    """Answers at once."""

    name: str = "counter"
    description: str = "Look at the counter."
    args_schema: type[BaseModel] = CountArgs
    specialist: ClassVar[Specialist] = "perception"

    def look(self, *, number: int) -> ToolResult:
        """What the counter shows."""
        return ToolResult(text=GAVE.format(number), answer=str(number))


class Scripted:
    """Plans the calls that the request names, each after the one before it."""

    def plan(self, turns: Sequence[Turn], tools: Any, **_: Any) -> Plan:
        """See `Planner.plan`."""
        calls = tuple(
            PlannedCall(tool="counter", args={"number": i}, after=(i - 1,) if i else ())
            for i in range(_wanted(turns[-1].text))
        )
        return Plan(calls=calls, model="scripted")

    def claims(self, turns: Sequence[Turn], tools: Any) -> bool:
        """No rule of ours reads these requests first: none of theirs does."""
        return True


class ScriptedChat(BaseChatModel):
    """Asks for one call after another, as many as the request names, then is done."""

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Any, **kwargs: Any) -> "ScriptedChat":
        """It knows its tool."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        done = sum(isinstance(message, ToolMessage) for message in messages)
        wanted = _wanted(str(messages[0].content))
        calls = [ToolCall(name="counter", args={"number": done}, id=f"call-{done}")]
        said = AIMessage("Done.") if done == wanted else AIMessage("", tool_calls=calls)
        return ChatResult(generations=[ChatGeneration(message=said)])


def ours(home: Path) -> Turns:
    """A turn of so many steps through the real team, kept in the session log."""
    models = {"senses.domain": SimpleNamespace(), "senses.embed": SimpleNamespace()}
    limits = Limits(calls=max(LENGTHS))
    assistant = Assistant(home=home, planner=Scripted(), models=models, limits=limits)
    assistant.tools = dict[str, type[SightlineTool]](counter=Counter)

    def turn(steps: int) -> None:
        reply = assistant.ask(ASKED.format(steps), session=uuid.uuid4().hex)
        assert reply.text.count("It stands at") == steps, reply.text

    return turn


def theirs(file: Path, durability: Literal["async", "exit"]) -> Turns:
    """A turn of so many steps through `create_agent`, checkpointed in SQLite."""
    connection = sqlite3.connect(file, check_same_thread=False)
    connection.execute("PRAGMA synchronous=NORMAL")
    agent = create_agent(ScriptedChat(), [_counter()], checkpointer=SqliteSaver(connection))

    def turn(steps: int) -> None:
        asked = {"messages": [{"role": "user", "content": ASKED.format(steps)}]}
        thread = {"configurable": {"thread_id": uuid.uuid4().hex}}
        state = agent.invoke(asked, thread, durability=durability)  # type: ignore[arg-type]
        assert len(state["messages"]) == 2 + 2 * steps

    return turn


def measure(engines: Mapping[str, Turns], steps: int, rounds: int) -> dict[str, Figures]:
    """Medians of each engine, their turns interleaved."""
    took: dict[str, list[float]] = {name: [] for name in engines}
    worked: dict[str, list[float]] = {name: [] for name in engines}
    names = list(engines)
    for number in range(rounds + 2):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            began, before = time.perf_counter(), time.process_time()
            engines[name](steps)
            if number >= 2:  # the first ones import and build
                took[name].append((time.perf_counter() - began) * 1000 / steps)
                worked[name].append((time.process_time() - before) * 1000 / steps)
    return {
        name: Figures(
            ms=round(statistics.median(took[name]), 2),
            cpu_ms=round(statistics.median(worked[name]), 2),
        )
        for name in names
    }


def _wanted(text: str) -> int:
    return int(text.split()[1])


def _counter() -> BaseTool:
    @tool
    def counter(number: int) -> str:
        """Look at the counter."""
        return GAVE.format(number)

    return counter


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description="Overhead per tool step: ours and langchain's.")
    options.add_argument("--rounds", type=int, default=60, help="turns of each length and engine")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        engines = {
            OURS: ours(Path(folder) / "home"),
            THEIRS: theirs(Path(folder) / "each.sqlite", "async"),
            AT_EXIT: theirs(Path(folder) / "exit.sqlite", "exit"),
        }
        table = {steps: measure(engines, steps, given.rounds) for steps in LENGTHS}
    print(f"{'ms (cpu ms) a tool step':24}" + "".join(f"{f'{n} a turn':>18}" for n in LENGTHS))
    for name in engines:
        cells = (f"{row[name].ms} ({row[name].cpu_ms})" for row in table.values())
        print(f"{name:24}" + "".join(f"{cell:>18}" for cell in cells))
    over = {
        name: [round(row[OURS].ms / row[name].ms, 3) for row in table.values()]
        for name in (THEIRS, AT_EXIT)
    }
    print(
        json.dumps({
            "benchmark": "agent_overhead",
            "rounds": given.rounds,
            "cores": os.cpu_count(),
            "steps_a_turn": LENGTHS,
            "engines": {
                name: [asdict(row[name]) for row in table.values()] for name in engines
            },
            "ours_over": over,
            "ratio": max(over[THEIRS]),
        })
    )  # fmt: skip


if __name__ == "__main__":
    main()
