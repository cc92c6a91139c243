"""A second try without a language model: what a rule can mend of calls that failed.

Another attachment of the kind that the tool wants, else another tool for what the call looked at;
else nothing, and the person reads why.
"""

from collections.abc import Sequence
from dataclasses import replace

from ..planning import Failed, Plan, PlannedCall, Tools, Turn

# Who else can answer a question, by what it is asked of.
_ASKED = {"picture": "vqa", "document": "document_qa", "video": "video_qa"}
_WORDS = {"caption": "what does it show?"}


def repaired(failed: Sequence[Failed], turns: Sequence[Turn], tools: Tools) -> Plan:
    """Calls that stand in for the failed ones, as far as rules go."""
    kinds = [kind for turn in turns for kind in turn.attachments]
    calls = [
        replace(call, instead_of=number)
        for number, each in enumerate(failed)
        if (call := _repaired(each.call, kinds, tools)) is not None
    ]
    return Plan(calls=tuple(calls), model="rules")


def _repaired(call: PlannedCall, kinds: Sequence[str], tools: Tools) -> PlannedCall | None:
    tool = tools[call.tool]
    reference = str(call.args.get("artifact", ""))
    if not tool.wants or tool.changes or not kinds or reference.startswith("$"):
        return None
    number = reference.removeprefix("a")
    looked_at = int(number) - 1 if number.isdigit() else len(kinds) - 1
    kind = kinds[looked_at] if 0 <= looked_at < len(kinds) else ""
    if kind != tool.wants:
        fitting = [i for i, other in enumerate(kinds, start=1) if other == tool.wants]
        if fitting:
            return replace(call, args={**call.args, "artifact": f"a{fitting[-1]}"}, after=())
    other = tools.get(_ASKED.get(kind, ""))
    if other is None or _ASKED[kind] == call.tool:
        return None
    words = str(call.args.get(tool.argument, "")) or _WORDS.get(call.tool, "what is it?")
    return PlannedCall(
        tool=_ASKED[kind], args={other.argument: words, "artifact": f"a{looked_at + 1}"}
    )
