"""The planner's role: ask the planner, fit its plan to what is in view, and plan again once."""

from dataclasses import replace

from langgraph.runtime import Runtime

from ...tools.gate import domain_of
from ...tools.reading.wishes import certain as asks_a_page
from ..planning import Failed, Plan, PlannedCall, PlannerUnavailable, Turn
from ..references import renumbered
from ..turn import TurnContext, TurnState, Update
from . import smalltalk
from .clauses import clauses
from .comparing import compared
from .fitting import PAGE, call_key, fitted, unnamed
from .hearing import one_question, reheard
from .hearing_clip import clip_heard
from .hearing_edit import edit_heard, own_orders, sheet_turned
from .hearing_leaning import before_change, leaning_heard, with_lead
from .hearing_memory import memory_heard, of_page_in_view, offered, with_facts
from .hearing_search import album_heard, kind_sought, search_heard
from .linking import linked, linked_to_finds
from .listed import of_listed

TOO_MANY = "I did the first {} things you asked for."
AGAIN_THE_SAME = "Planning again came to the same calls, so I left it at that."
TOO_MANY_TOKENS = "Planning took more than {:,} tokens, so I did not plan again."
_PARTS = 4


def plan_turn(state: TurnState, runtime: Runtime[TurnContext]) -> Update:
    """Plan the turn: which calls, on which attachments, in which order."""
    turn = runtime.context
    with turn.step("planner", "plan", order=-1) as step:
        if getattr(turn.planner, "exact", False):
            plan = fitted(turn.planner.plan(turn.turns, turn.tools), turn)
        elif (heard := _about_memory(turn)) is not None:
            plan = heard
        elif not turn.fresh and not _for_a_plugin(turn) and smalltalk.certain(turn.text):
            plan = Plan(reply="smalltalk", model="nearest-example")
        else:
            plan = with_facts(within_limits(linked(_in_parts(turn), turn), turn), turn)
        step.model = plan.model
        step.args = {"calls": [call.tool for call in plan.calls]}
        if plan.reply:
            step.args = {"calls": [], "reply": plan.reply}
        if plan.notice:
            step.ok, step.note = False, plan.notice
            turn.notices.append(plan.notice)
    return {
        "plan": plan, "outcomes": {}, "checks": {}, "planned_again": False, "looked_again": False,
    }  # fmt: skip


def plan_again(state: TurnState, runtime: Runtime[TurnContext]) -> Update:
    """Plan once more for what failed, with the errors in sight; what waited for it goes along."""
    turn, plan, outcomes = runtime.context, state["plan"], state["outcomes"]
    failed = [i for i in sorted(outcomes) if outcomes[i].mendable]
    with turn.step("planner", "plan again", order=len(plan.calls)) as step:
        told = [Failed(call=plan.calls[i], why=outcomes[i].problem) for i in failed]
        step.args = {"failed": [f"{each.call.tool}: {each.why}" for each in told]}
        second = _second(turn, told)
        made = {call_key(replace(call, after=())) for call in plan.calls}
        fresh = tuple(c for c in second.calls if call_key(replace(c, after=())) not in made)
        if second.calls and not fresh:
            step.note = AGAIN_THE_SAME
        plan = within_limits(_joined(plan, replace(second, calls=fresh), failed), turn)
        step.model = second.model
        added = plan.calls[len(state["plan"].calls) :]
        step.args["calls"] = [call.tool for call in added]
        step.ok = bool(added)
    return {"plan": plan, "planned_again": True}


def within_limits(plan: Plan, turn: TurnContext) -> Plan:
    """`plan` cut to the calls that a turn may make, and the person told."""
    most = turn.limits.calls
    if len(plan.calls) <= most:
        return plan
    turn.notices.append(TOO_MANY.format(most))
    kept = tuple(c for c in plan.comparisons if all(i < most for i in c.calls))
    return replace(plan, calls=plan.calls[:most], comparisons=kept)


def _in_parts(turn: TurnContext) -> Plan:
    """The plan of the turn as a whole; where that leaves clauses out, of each clause by itself."""
    parts = clauses(turn.text)[:_PARTS]
    if len(parts) == 1:
        return compared(Plan(model="rules"), turn) or _planned(turn)
    plan = _planned(turn)
    weighs = compared(Plan(), turn) is not None
    searches = any(turn.tools[call.tool].finds for call in plan.calls)
    # "Rotate it after you blur the ball" is planned as it reads, and meant the other way round.
    places = [turn.text.find(part) for part in parts]
    in_order = places == sorted(places) and places[0] >= 0
    enough = (in_order and len(plan.calls) >= len(parts)) or one_question(plan, parts, turn)
    if enough and not weighs and not searches:
        return plan
    plans = _by_clause(parts, weighs, turn)
    if weighs and not any(one.comparisons for one in plans):
        return compared(Plan(model="rules"), turn) or plan
    if len(plans) < len(parts) or any(one.reply in ("clarify", "scope") for one in plans):
        return plan
    together = _chained(plans, turn)
    changing = [turn.tools[call.tool].changes for call in together.calls]
    # The studio tells several orders in one instruction apart itself, in the order they stand.
    return plan if plan.calls and all(changing) and in_order else together


def _by_clause(parts: list[str], weighs: bool, turn: TurnContext) -> list[Plan]:
    """A plan for each clause, as if said in a turn of its own; fewer where the tokens run out.

    `weighs`: there is a comparison of files among them.
    """
    turns = list(turn.turns[:-1])
    plans: list[Plan] = []
    for number, part in enumerate(parts):
        if turn.tokens > turn.limits.planner_tokens or turn.cancelled.is_set():
            break
        said = replace(turn.turns[-1], text=part)
        alone = replace(turn, text=part, turns=[*turns, said])
        made = compared(Plan(model="rules"), alone) if weighs else None
        if made is None:
            # Of what was just found it is asked, not of what was told before.
            finding = any(turn.tools[c.tool].finds for one in plans for c in one.calls)
            made = _planned(alone, remembers=not finding)
            made = _in_own_words(made, alone) if number else made
            turn.tokens = alone.tokens
        plans.append(made)
        # What one clause finds is in view for the next.
        found = any(turn.tools[call.tool].finds for call in made.calls)
        shown = (kind_sought(part),) if found else ()
        done = Turn(role="assistant", text="Done.", attachments=shown)
        turns += [Turn(role="user", text=part), done]
    return plans


def _about_memory(turn: TurnContext) -> Plan | None:
    return None if _for_a_plugin(turn) else memory_heard(turn)


def _for_a_plugin(turn: TurnContext) -> bool:
    """Whether the planner knows the turn for one of a plug-in: "what is my horoscope?"."""
    claims = getattr(turn.planner, "claims", None)
    return claims is not None and claims(turn.turns, turn.tools)


def _in_own_words(plan: Plan, turn: TurnContext) -> Plan:
    """Words taken from an earlier clause give way to the clause itself: links say what is meant."""
    calls: list[PlannedCall] = []
    for call in plan.calls:
        argument = turn.tools[call.tool].argument
        if argument and str(call.args.get(argument, "")) not in turn.text:
            call = replace(call, args={**call.args, argument: turn.text})
        calls.append(call)
    return replace(plan, calls=tuple(calls))


def _planned(turn: TurnContext, remembers: bool = True) -> Plan:
    if remembers and (kept := _about_memory(turn)) is not None:
        return kept
    made = turn.planner.plan(turn.turns, offered(turn.text, turn.tools), cancelled=turn.cancelled)
    turn.tokens += made.tokens
    made = album_heard(search_heard(_about_page(made, turn), turn), turn)
    if made.reply == "kept":
        return made
    made, turn = of_listed(of_page_in_view(sheet_turned(made, turn), turn), turn)
    plan = fitted(linked_to_finds(made, turn), turn)
    if plan.shown:
        return plan
    plan, heard = unnamed(plan, turn)
    if (leaning := leaning_heard(plan, heard)) is not None:
        return leaning
    ordered = edit_heard(plan, heard) or clip_heard(reheard(plan, heard), heard)
    return before_change(own_orders(with_lead(ordered, heard)), heard)


def _chained(plans: list[Plan], turn: TurnContext) -> Plan:
    """Several plans as one, what is numbered in each numbered anew."""
    calls: list[PlannedCall] = []
    comparisons = []
    for plan in plans:
        number = {i: i + len(calls) for i in range(len(plan.calls))}
        comparisons += [
            replace(each, calls=tuple(number[i] for i in each.calls)) for each in plan.comparisons
        ]
        known = [call_key(call) for call in calls]
        for call in plan.calls:
            moved = replace(
                call,
                args=renumbered(call.args, number),
                after=tuple(number[i] for i in call.after),
            )
            if call_key(moved) in known and not plan.comparisons:
                continue
            calls.append(moved)
    found = [plan for plan in plans if plan.calls] or plans
    whole = replace(found[0], calls=tuple(calls), comparisons=tuple(comparisons))
    return linked_to_finds(whole, turn)


def _second(turn: TurnContext, failed: list[Failed]) -> Plan:
    if turn.tokens > turn.limits.planner_tokens:
        turn.notices.append(TOO_MANY_TOKENS.format(turn.limits.planner_tokens))
        return Plan()
    try:
        plan = turn.planner.plan(
            turn.turns, offered(turn.text, turn.tools), cancelled=turn.cancelled, failed=failed
        )  # fmt: skip
    except PlannerUnavailable:
        return Plan()
    turn.tokens += plan.tokens
    return fitted(plan, turn)


def _joined(plan: Plan, second: Plan, failed: list[int]) -> Plan:
    """`plan` with the calls of the second plan, and once more those that waited for what failed."""
    if not second.calls:
        return plan
    first = len(plan.calls)
    calls = list(plan.calls)
    number = {i: first + i for i in range(len(second.calls))}
    for i, call in enumerate(second.calls):
        moved = {
            "args": renumbered(call.args, number), "after": tuple(number[k] for k in call.after),
            "instead_of": failed[min(_or(call.instead_of, i), len(failed) - 1)],
        }  # fmt: skip
        calls.append(replace(call, **moved))
    again = {call.instead_of: i for i, call in enumerate(calls) if i >= first}
    for i, call in enumerate(plan.calls):
        if i not in again and any(k in again for k in call.after):
            again[i] = len(calls)
            moved = {k: v for k, v in again.items() if k is not None}
            after = tuple(sorted(moved.get(k, k) for k in call.after))
            args = renumbered(call.args, moved)
            calls.append(replace(call, args=args, after=after, instead_of=i))
    return replace(plan, calls=tuple(calls))


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number


def _about_page(plan: Plan, turn: TurnContext) -> Plan:
    """What comes with a page is asked of the page: "um, fax no" is no small talk; so is later what
    only a page can give: "export the table as csv"."""
    asked_of_page = turn.fresh or (turn.attachments and asks_a_page(turn.text))
    if plan.calls or not plan.reply or not asked_of_page:
        return plan
    newest = domain_of(turn.tool_context, turn.attachments[-1])
    if newest.domain != PAGE:
        return plan
    asked = PlannedCall(
        tool="document_qa",
        args={"question": turn.text, "artifact": f"a{len(turn.attachments)}"},
    )
    return replace(plan, calls=(asked,), reply="")
