"""Where a turn meets its tape: graph nodes, tool calls and files, recorded or played back.

Planner and verifier are taped as nodes of the graph, with the steps and notices they add; tools by
the call. Everything else of a turn runs as always, so a replay shows what a change of it does.
"""

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, wraps
from typing import Any, Protocol

from langgraph.runtime import Runtime
from pydantic import TypeAdapter

from ..tools.artifacts import Artifact, ArtifactStore
from ..tools.gate import domain_of
from ..tools.results import ToolError, ToolResult
from ..tools.toolbox import Toolbox
from .memory.at_turn import FORGOTTEN
from .planning import Plan, PlannedCall, PlannerUnavailable, Tools, Turn
from .reply import Reply, Step
from .tape import Recorder, Replay, Said, Tape
from .turn import Check, Outcome, TurnContext, TurnState, Update


class Node(Protocol):
    """A node of the team's graph."""

    def __call__(self, state: TurnState, runtime: Runtime[TurnContext]) -> Update: ...


@cache
def _shapes() -> dict[str, TypeAdapter[Any]]:
    """The keys of `TurnState`, and what stands there; made when a tape is first used."""
    return {
        "plan": TypeAdapter(Plan),
        "outcomes": TypeAdapter(dict[int, Outcome]),
        "checks": TypeAdapter(dict[int, Check]),
        "planned_again": TypeAdapter(bool),
        "looked_again": TypeAdapter(bool),
        "reply": TypeAdapter(Reply),
    }


def _as_json(state: Mapping[str, Any]) -> Said:
    return {key: _shapes()[key].dump_python(value, mode="json") for key, value in state.items()}


def taped(role: str, work: Node, when: Callable[[TurnState], bool] = lambda state: True) -> Node:
    """A node that is recorded or replayed in turns that have a tape, where `when` says so."""

    @wraps(work)
    def node(state: TurnState, runtime: Runtime[TurnContext]) -> Update:
        turn = runtime.context
        if turn.tape is None or not when(state):
            return work(state, runtime)
        asked = _asked(turn, f"{role} for “{turn.text}”", state=_as_json(state))
        if isinstance(turn.tape, Replay):
            return _played(turn, turn.tape.find(asked))
        steps, notices = len(turn.steps), len(turn.notices)
        update = work(state, runtime)
        turn.tape.keep(asked, {
            "update": _as_json(update),
            "steps": [[order, step.model_dump(mode="json")] for order, step in turn.steps[steps:]],
            "notices": turn.notices[notices:],
        }, turn.tool_context.user)  # fmt: skip
        return update

    return node


def _played(turn: TurnContext, said: Said) -> Update:
    for order, kept in said["steps"]:
        was = Step.model_validate(kept)
        with turn.step(was.role, was.tool, was.args, order=order) as step:
            step.ok, step.model, step.note, step.gave = was.ok, was.model, was.note, was.gave
    turn.notices += said["notices"]
    return {key: _shapes()[key].validate_python(value) for key, value in said["update"].items()}


def used(
    turn: TurnContext, call: PlannedCall, artifact: str, use: Callable[[], ToolResult]
) -> ToolResult:
    """What the call gives: `use` run, and recorded, or what it gave when it was recorded.

    Args:
        artifact: id of what the call looks at, "" where it looks at nothing.

    Raises:
        ToolError: as the tool does, or did.
        NotRecorded: the tape does not hold this call.
    """
    if turn.tape is None:
        return use()
    args = {**call.args, "artifact": artifact}
    asked = _asked(turn, f"{call.tool} {dict(call.args)}", args=args, after=list(call.after))
    store = turn.tool_context.store
    if isinstance(turn.tape, Replay):
        said = turn.tape.find(asked)
        for id_, files in said["files"].items():
            store.unpack(id_, {name: base64.b64decode(data) for name, data in files.items()})
        if said["problem"] is not None:
            raise ToolError(said["problem"])
        return ToolResult.model_validate(said["result"])
    user = turn.tool_context.user
    try:
        result = use()
    except ToolError as error:
        turn.tape.keep(asked, {"result": None, "problem": str(error), "files": {}}, user)
        raise
    if call.tool == "forget" and result.answer == FORGOTTEN:
        # The wish to forget tells of what is forgotten: it leaves the tape as well.
        turn.tape.drop(user, [turn.text])
        turn.tape = None
        return result
    new = [id_ for id_ in result.artifacts if id_ not in {known.id for known in turn.attachments}]
    for id_ in new:
        domain_of(turn.tool_context, store.get(id_))
    files = {
        id_: {name: base64.b64encode(data).decode() for name, data in store.pack(id_).items()}
        for id_ in new
    }
    kept = {"result": result.model_dump(mode="json"), "problem": None, "files": files}
    turn.tape.keep(asked, kept, user)
    return result


def keep_kinds(tape: Tape | None, artifacts: Iterable[Artifact]) -> None:
    """Record what kind of picture each is, as the domain model has told."""
    if isinstance(tape, Recorder):
        for known in artifacts:
            said = {"domain": known.domain, "confidence": known.domain_confidence}
            tape.keep(_kind_of(known), said)


def play_kinds(
    tape: Tape | None, store: ArtifactStore, shown: Iterable[str], added: Sequence[Artifact]
) -> Sequence[Artifact]:
    """`added`, in a replay with what kind of picture each was; the store is told as well, of those
    that were shown before too.

    Raises:
        NotRecorded: one of them was not there when the tape was made.
    """
    if not isinstance(tape, Replay):
        return added
    told = []
    for known in [*_there(store, shown), *added]:
        said = tape.find(_kind_of(known))
        kept = store.set_domain(known.id, said["domain"], said["confidence"])
        told.append(replace(kept, name=known.name))
    return told[len(told) - len(added) :]


def _there(store: ArtifactStore, ids: Iterable[str]) -> Iterator[Artifact]:
    """What is stored of them, but for files made for other programs: those are not looked at."""
    for id_ in ids:
        try:
            known = store.get(id_)
        except ToolError:
            continue  # deleted since it was shown
        if known.kind != "file":
            yield known


def _kind_of(artifact: Artifact) -> Said:
    return {"what": f"the file {artifact.name}", "artifact": artifact.id}


def _asked(turn: TurnContext, what: str, **more: Any) -> Said:
    """What a turn asks of its tape: all that the answer may depend on, and words for people."""
    return {
        "what": what,
        "turns": [[each.role, each.text, list(each.attachments)] for each in turn.turns],
        "view": [artifact.id for artifact in turn.attachments],
        **more,
    }


class NoModels(Toolbox):
    """The toolbox of a replay: nothing is loaded, and nobody can ask a model."""

    def has(self, section: str, role: str) -> bool:
        """It has nothing."""
        return False

    def _get(self, section: str, role: str) -> Any:
        raise ToolError(f"A replay has no model for {role}.")


class NoPlanner:
    """The planner of a replay."""

    def plan(self, turns: Sequence[Turn], tools: Tools, **_: Any) -> Plan:
        """It has none: see `Planner.plan`."""
        raise PlannerUnavailable("A replay plans nothing anew.")
