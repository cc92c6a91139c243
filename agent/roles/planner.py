"""The planner's role: ask the planner, then fit its plan to what is in view and to the budget."""

from dataclasses import replace
from typing import Any

from langgraph.runtime import Runtime

from ...tools.artifacts import Artifact
from ...tools.gate import domain_of
from ...tools.results import ToolError
from ..planning import Plan, PlannedCall, checked
from ..policy import stale_changes
from ..turn import TurnContext, TurnState, Update
from . import smalltalk
from .hearing import reheard
from .hearing_clip import clip_heard
from .hearing_edit import edit_heard

PAGE = "document"
_LOOKING = ("vqa", "caption", "ground")


def plan_turn(state: TurnState, runtime: Runtime[TurnContext]) -> Update:
    """Plan the turn: which calls, on which attachments, in which order."""
    turn = runtime.context
    with turn.step("planner", "plan", order=-1) as step:
        if smalltalk.certain(turn.text):
            plan = Plan(reply="smalltalk", model="nearest-example")
        else:
            plan = _fitted(
                _about_page(
                    turn.planner.plan(turn.turns, turn.tools, cancelled=turn.cancelled), turn
                ),
                turn,
            )
        plan = edit_heard(plan, turn) or clip_heard(reheard(plan, turn), turn)
        step.model = plan.model
        step.args = {"calls": [call.tool for call in plan.calls]}
        if plan.reply:
            step.args = {"calls": [], "reply": plan.reply}
        if plan.notice:
            step.ok, step.note = False, plan.notice
            turn.notices.append(plan.notice)
    return {"plan": plan, "outcomes": {}, "checks": {}, "looked_again": False}


def _about_page(plan: Plan, turn: TurnContext) -> Plan:
    """What comes with a page is asked of the page: "um, fax no" is no small talk."""
    if plan.calls or not plan.reply or not turn.fresh:
        return plan
    newest = domain_of(turn.tool_context, turn.attachments[-1])
    if newest.domain != PAGE:
        return plan
    asked = PlannedCall(
        tool="document_qa",
        args={"question": turn.text, "artifact": f"a{len(turn.attachments)}"},
    )
    return replace(plan, calls=(asked,), reply="")


def _fitted(plan: Plan, turn: TurnContext) -> Plan:
    calls: list[PlannedCall] = []
    moved: dict[int, int] = {}
    words = [str(c.args.get(turn.tools[c.tool].argument, "")) for c in plan.calls]
    told = [(turn.tools[call.tool], said) for call, said in zip(plan.calls, words, strict=True)]
    stale = stale_changes(told, turn.text)
    for index, call in enumerate(plan.calls):
        if index in stale:
            continue
        fitted = _fit_call(call, turn)
        fitted = replace(fitted, after=tuple(sorted({moved[i] for i in call.after if i in moved})))
        same = [n for n, made in enumerate(calls) if _key(made) == _key(fitted)]
        if same:  # a repeated call is one call
            moved[index] = same[0]
            continue
        if len(calls) == turn.limits.calls:
            turn.notices.append(f"I did the first {turn.limits.calls} things you asked for.")
            break
        moved[index] = len(calls)
        calls.append(fitted)
    return checked(replace(plan, calls=tuple(calls)), turn.tools)


def _key(call: PlannedCall) -> tuple[Any, ...]:
    return call.tool, tuple(sorted(call.args.items())), call.after


def _fit_call(call: PlannedCall, turn: TurnContext) -> PlannedCall:
    tool = turn.tools[call.tool]
    args = dict(call.args)
    if tool.argument and args.get(tool.argument) == "$turn":
        args[tool.argument] = turn.text
    if call.tool == "recall" and turn.fresh and not args.get("artifact"):
        # "Have I shown you this before?": what came with the question is what is looked for.
        args["artifact"] = f"a{len(turn.attachments)}"
    if not tool.wants or not turn.attachments:
        return replace(call, args=args)
    if not args.get("artifact"):
        args["artifact"] = _newest_fitting(tool.wants, turn)
    try:
        artifact = turn.tool_context.artifact(args["artifact"])
    except ToolError:
        return replace(call, args=args)
    return _handed_over(replace(call, args=args), domain_of(turn.tool_context, artifact), turn)


def _handed_over(call: PlannedCall, artifact: Artifact, turn: TurnContext) -> PlannedCall:
    """A page goes to the documents specialist, a tabletop picture to perception."""
    args = dict(call.args)
    if call.tool in (*_LOOKING, "document_qa", "scene_graph") and artifact.kind == "video":
        asked = args.get("question") or turn.text
        return PlannedCall(
            tool="video_qa", args={"question": asked, "artifact": args["artifact"]},
            after=call.after,
        )  # fmt: skip
    if call.tool == "video_qa" and artifact.kind == "picture" and artifact.domain == "tabletop":
        return PlannedCall(tool="vqa", args=args, after=call.after)
    overridden = call.tool in turn.tool_context.toolbox.profile.overridden
    if call.tool in _LOOKING and artifact.domain == PAGE and not overridden:
        asked = args.get("question") or turn.text
        return PlannedCall(
            tool="document_qa", args={"question": asked, "artifact": args["artifact"]},
            after=call.after,
        )  # fmt: skip
    if call.tool == "document_qa" and artifact.domain == "tabletop" and not overridden:
        return PlannedCall(tool="vqa", args=args, after=call.after)
    return call


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
