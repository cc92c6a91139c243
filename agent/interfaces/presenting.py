"""Words for what a reply carries beside its text: steps, claims, evidence. Shared by all chats."""

from collections.abc import Sequence

from ...tools.results import Box, Edge, Evidence, Memory, Region, Span
from ..events import StepStarted
from ..memory.album_search import ALBUM
from ..reply import Claim, Reply, Step
from .drawing import legend_lines, marks_by_view

KNOWS = (
    "It knows tabletop scenes of cubes, spheres and cylinders, and documents such as receipts, "
    "invoices, forms and letters. Shown anything else, it says so instead of guessing."
)
TAGLINE = "Ask about a picture, a document or a clip; every answer shows what it rests on."

_ROLES = {
    "planner": "Planner",
    "perception": "Perception",
    "documents": "Documents",
    "verifier": "Verifier",
    "librarian": "Librarian",
    "memory_keeper": "Memory keeper",
    "studio": "Studio",
    "video": "Video",
    "writer": "Writer",
}
_DOES = {
    "plan": "decided what to do",
    "vqa": "looked for the answer",
    "ground": "looked where it is",
    "caption": "described the picture",
    "document_qa": "read the document",
    "video_qa": "watched the clip",
    "recall": "searched earlier conversations",
    "retrieve": "searched the album",
    "check": "checked it another way",
    "look_again": "looked once more",
}
_MARKS = {"verified": "✓", "unverified": "·", "contradicted": "?"}
_STATUS = {
    "verified": "another route came to the same",
    "unverified": "no other route to check it",
    "contradicted": "another route disagreed, also at a second look",
}


def step_title(step: Step | StepStarted) -> str:
    """ "Perception looked for the answer"."""
    role = _ROLES.get(step.role, step.role.replace("_", " ").capitalize())
    does = _DOES.get(step.tool, step.tool.replace("_", " "))
    if step.tool in _DOES:
        return f"{role} {does}"
    return f"{role}: {does}" if does else role


def step_detail(step: Step) -> str:
    """Arguments, model and note of a step, a line each."""
    shown = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in step.args.items()
    }
    lines = [f"{name}: {value}" for name, value in shown.items() if value not in ("", None)]
    if step.model:
        lines.append(f"model: {step.model}")
    if step.note:
        lines.append(step.note if step.ok else f"could not: {step.note}")
    elif not step.ok:
        lines.append("could not be done")
    return "\n".join(lines)


def claim_lines(claims: Sequence[Claim]) -> list[str]:
    """One line a claim: sign, sentence, and what the sign means."""
    return [f"{_MARKS[c.status]} {c.text} ({_STATUS[c.status]})" for c in claims]


def evidence_lines(evidence: Sequence[Evidence]) -> list[str]:
    """One line for each thing that an answer rests on; boxes and regions as numbered marks."""
    lines = [line for marks in marks_by_view(evidence).values() for line in legend_lines(marks)]
    for item in evidence:
        match item:
            case Box() | Region():
                continue
            case Span(start=start, end=end, label=label):
                lines.append(f"{label} ({start:.1f}-{end:.1f} s)".strip())
            case Edge(subject=subject, predicate=predicate, object=thing):
                lines.append(f"{subject} {predicate} {thing}")
            case Memory(label=label, id=id_) if id_.startswith(ALBUM):
                lines.append(f"in your album: {label}")
            case Memory(label=label, id=id_):
                lines.append(f"from memory: {label or id_}")
    return list(dict.fromkeys(lines))


def took(steps: Sequence[Step]) -> str:
    """ "4 steps, 0.3 s"."""
    number = len(steps)
    seconds = sum(step.ms for step in steps) / 1000
    return f"{number} step{'s' if number != 1 else ''}, {seconds:.1f} s"


def alt_text(reply: Reply) -> str:
    """What a drawn picture shows, for people who cannot see it."""
    lines = evidence_lines(reply.evidence)
    return f"Marked on the picture: {'; '.join(lines)}" if lines else "The picture"
