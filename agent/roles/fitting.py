"""Fitting a plan to what is in view: whole words, the right attachment, the tool of its kind."""

from dataclasses import replace
from typing import Any

from ...tools.artifacts import Artifact
from ...tools.gate import domain_of
from ...tools.results import ToolError
from ..memory.album import Album
from ..memory.summary import Shown, meant_earlier
from ..planning import Plan, PlannedCall, checked
from ..policy import stale_changes
from ..references import named, renumbered
from ..turn import TurnContext
from .naming import files_named

PAGE = "document"
_LOOKING = ("vqa", "caption", "ground")


def fitted(plan: Plan, turn: TurnContext) -> Plan:
    """`plan` with every argument filled in, and a repeated call made once.

    Raises:
        PlannerUnavailable: calls that do not fit their tools' schemas.
    """
    calls: list[PlannedCall] = []
    moved: dict[int, int] = {}
    words = [str(c.args.get(turn.tools[c.tool].argument, "")) for c in plan.calls]
    told = [(turn.tools[call.tool], said) for call, said in zip(plan.calls, words, strict=True)]
    stale = stale_changes(told, turn.text)
    for index, call in enumerate(plan.calls):
        if index in stale:
            continue
        args = {**call.args, "artifact": ""} if named(call.args) & stale else call.args
        fitting = _fit_call(replace(call, args=renumbered(args, moved)), turn)
        fitting = replace(
            fitting, after=tuple(sorted({moved[i] for i in call.after if i in moved}))
        )
        same = [n for n, made in enumerate(calls) if call_key(made) == call_key(fitting)]
        if same:  # a repeated call is one call
            moved[index] = same[0]
            continue
        moved[index] = len(calls)
        calls.append(fitting)
    return checked(replace(plan, calls=tuple(calls)), turn.tools)


def unnamed(plan: Plan, turn: TurnContext) -> tuple[Plan, TurnContext]:
    """`plan` and `turn` with "in the second picture" taken for the file and out of the words.

    Where each call names its own file, or the turn one file for all of them.
    """
    files = [f"a{i}" for i, a in enumerate(turn.attachments, start=1) if a.kind != "video"]
    bare, found = files_named(turn.text, files[-turn.fresh :] if turn.fresh > 1 else files)
    looking = all(call.tool in _LOOKING for call in plan.calls)
    if len(files) < 2 or not found or not looking or not plan.calls or not bare:
        return plan, turn
    calls: list[PlannedCall] = []
    for index, call in enumerate(plan.calls):
        argument = turn.tools[call.tool].argument
        args = dict(call.args)
        words, own = files_named(str(args.get(argument, "")), files)
        if own or len(set(found)) == 1:
            args["artifact"] = (own or found)[0]
        elif len(found) == len(plan.calls):
            args["artifact"] = found[index]
        if argument:
            args[argument] = words or bare
        calls.append(replace(call, args=args))
    return replace(plan, calls=tuple(calls)), replace(turn, text=bare)


def call_key(call: PlannedCall) -> tuple[Any, ...]:
    """What makes two calls the same."""
    return call.tool, tuple(sorted(call.args.items())), call.after


def handed_over(call: PlannedCall, artifact: Artifact, turn: TurnContext) -> PlannedCall:
    """`call` by the tool for what `artifact` is: a page goes to the documents specialist, a
    tabletop picture to perception."""
    args = dict(call.args)
    if call.tool in (*_LOOKING, "document_qa", "scene_graph") and artifact.kind == "video":
        asked = args.get("question") or turn.text
        given = {"question": asked, "artifact": args["artifact"]}
        return replace(call, tool="video_qa", args=given)
    if call.tool == "video_qa" and artifact.kind == "picture" and artifact.domain == "tabletop":
        return replace(call, tool="vqa")
    overridden = call.tool in turn.tool_context.toolbox.profile.overridden
    if call.tool in _LOOKING and artifact.domain == PAGE and not overridden:
        asked = args.get("question") or turn.text
        given = {"question": asked, "artifact": args["artifact"]}
        return replace(call, tool="document_qa", args=given)
    if call.tool == "document_qa" and artifact.domain == "tabletop" and not overridden:
        return replace(call, tool="vqa")
    return call


def _fit_call(call: PlannedCall, turn: TurnContext) -> PlannedCall:
    tool = turn.tools[call.tool]
    args = dict(call.args)
    if tool.argument and args.get(tool.argument) == "$turn":
        args[tool.argument] = turn.text
    if call.tool == "recall" and turn.fresh and not args.get("artifact"):
        # "Have I shown you this before?": what came with the question is what is looked for.
        args["artifact"] = f"a{len(turn.attachments)}"
    if not tool.wants or not turn.attachments or named(args):
        return replace(call, args=args)
    if earlier := _earlier(turn):
        args["artifact"] = earlier
    if not args.get("artifact"):
        args["artifact"] = _newest_fitting(tool.wants, turn)
    try:
        artifact = turn.tool_context.artifact(args["artifact"])
    except ToolError:
        return replace(call, args=args)
    return handed_over(replace(call, args=args), domain_of(turn.tool_context, artifact), turn)


def _earlier(turn: TurnContext) -> str:
    """The file that "the receipt from the beginning" means in a long conversation, or ""."""
    album = turn.tool_context.album
    shown = [Shown(number=i, artifact=a) for i, a in enumerate(turn.attachments, start=1)]

    def kinds(artifact: str) -> frozenset[str]:
        if not isinstance(album, Album):
            return frozenset()
        album.note_new()
        return album.kinds(artifact)

    found = meant_earlier(turn.text, shown, kinds)
    return f"a{found.number}" if found else ""


def _fits(artifact: Artifact, wants: str) -> bool:
    if "video" in (artifact.kind, wants):
        return artifact.kind == wants
    return (artifact.domain == PAGE) == (wants == PAGE)


def _newest_fitting(wants: str, turn: TurnContext) -> str:
    """The newest attachment of the kind a tool wants, else the newest of all."""
    numbered = list(enumerate(turn.attachments, start=1))
    fitting = [
        number
        for number, artifact in numbered
        if _fits(domain_of(turn.tool_context, artifact), wants)
    ]
    return f"a{fitting[-1] if fitting else numbered[-1][0]}"
