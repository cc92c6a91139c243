"""What a picture shows (tabletop, document, other), and abstaining from what no model knows."""

from .artifacts import Artifact
from .base import ToolContext
from .results import ToolResult

OTHER = "other"


def domain_of(context: ToolContext, artifact: Artifact) -> Artifact:
    """`artifact` with its `domain` told; the domain model is asked once per picture.

    Without a domain model the domain stays "", and no tool abstains.
    """
    if artifact.domain or not context.toolbox.has("senses", "domain"):
        return artifact
    model = context.toolbox.sense("domain")
    assert model is not None  # `has` said there is one
    guess = model.classify([context.store.image(artifact.id)])[0]
    return context.store.set_domain(artifact.id, guess.kind, guess.confidence)


def abstention(context: ToolContext, artifact: Artifact, role: str) -> ToolResult | None:
    """The result that says "I don't know this kind of picture", or None where `role` may answer."""
    known = domain_of(context, artifact)
    if context.toolbox.knows(role, known.domain):
        return None
    about = context.toolbox.profile.about
    return ToolResult(
        text=(
            f"I don't want to guess at this picture: {about}, and this looks like neither. "
            "Another profile with larger models, or a tool fine-tuned on such pictures "
            "(`sightline finetune ground --data FOLDER`), would help."
        ),
        model=context.toolbox.ref("domain", "senses"),
        confidence=known.domain_confidence,
        abstained=True,
    )
