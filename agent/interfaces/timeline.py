"""A turn as a timeline: when each step began, how long it took, what it gave, what was checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ...tools.artifacts import ArtifactStore
from ...tools.results import ToolError
from ..reply import Gave, Reply, Step
from .presenting import claim_lines, evidence_lines, step_detail, step_title

_FULL, _EMPTY = "█", "░"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Where a step lies in its turn.

    Attributes:
        began, ended: milliseconds after the turn's beginning.
        of: milliseconds until the last step had ended.
    """

    step: Step
    began: float
    ended: float
    of: float

    def drawn(self, width: int) -> str:
        """The bar in `width` characters; the shortest step has one that is full."""
        scale = width / self.of if self.of else 0.0
        first = min(int(self.began * scale), width - 1)
        last = max(first + 1, min(width, round(self.ended * scale)))
        return f"{_EMPTY * first}{_FULL * (last - first)}{_EMPTY * (width - last)}"

    def told(self) -> str:
        """ "12 ms, after 3 ms": how long, and how long after the turn's beginning."""
        return f"{_ms(self.step.ms)}, after {_ms(self.began)}"


def bars(steps: Sequence[Step]) -> list[Bar]:
    """A bar for each step, in the order of the steps.

    Steps kept before beginnings were noted are taken one after the other.
    """
    begins = [step.began for step in steps]
    if not any(begins):
        begins = [sum(step.ms for step in steps[:i]) for i in range(len(steps))]
    ends = [began + step.ms for began, step in zip(begins, steps, strict=True)]
    of = max(ends, default=0.0)
    return [
        Bar(step=step, began=began, ended=ended, of=of)
        for step, began, ended in zip(steps, begins, ends, strict=True)
    ]


def gave_lines(gave: Gave | None) -> list[str]:
    """What a call gave, a line each: text, answer, evidence."""
    if gave is None:
        return []
    lines = [f"gave: {gave.text}"] if gave.text else []
    if gave.answer is not None and gave.answer != gave.text:
        lines.append(f"answer: {gave.answer}")
    lines += [f"evidence: {line}" for line in evidence_lines(gave.evidence)]
    more = gave.pieces - len(gave.evidence)
    return [*lines, f"evidence: and {more} more"] if more > 0 else lines


def timeline_lines(steps: Sequence[Step], width: int = 16) -> list[str]:
    """One line a step: its bar, what it did, how long it took."""
    return [f"{bar.drawn(width)} {step_title(bar.step)} ({bar.told()})" for bar in bars(steps)]


def steps_table(steps: Sequence[Step], width: int = 24) -> Table:
    """The steps for the terminal, with what each gave; `width` is a bar's, in characters."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
    for column in ("what", "bar", "took"):
        table.add_column(column, overflow="fold", no_wrap=column != "what",
                         justify="right" if column == "took" else "left")  # fmt: skip
    for bar in bars(steps):
        step = bar.step
        words = Text(f"{'✓' if step.ok else '✗'} {step_title(step)}")
        told = "\n".join([step_detail(step), *gave_lines(step.gave)]).strip()
        cell = Group(words, Padding(Text(told, style="dim"), (0, 0, 0, 4))) if told else words
        table.add_row(cell, Text(bar.drawn(width), style="cyan"), Text(_ms(step.ms)))
    return table


def drawn(asked: str, files: Sequence[str], reply: Reply) -> RenderableType:
    """A turn for the terminal: what was asked, the steps, the reply, its claims.

    Args:
        files: names of what came with the turn.
    """
    came = f"  [{', '.join(files)}]" if files else ""
    rests = [*claim_lines(reply.claims), *evidence_lines(reply.evidence)]
    return Group(
        Text(f"you> {asked}{came}", style="bold"),
        steps_table(reply.steps),
        Text(f"sightline> {reply.text}", style="bold"),
        *(Text(f"  {line}") for line in rests),
    )


def names_of(store: ArtifactStore, artifacts: Sequence[str]) -> list[str]:
    """The files' names, for people."""
    names = []
    for artifact in artifacts:
        try:
            names.append(store.get(artifact).name)
        except ToolError:
            names.append("a file that is gone")
    return names


def _ms(value: float) -> str:
    return f"{value:.1f} ms" if value < 10 else f"{value:,.0f} ms"
