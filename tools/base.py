"""What every tool is: a LangChain tool with a schema, examples and an owner among the roles.

A tool takes artifact ids, never pixels, and returns a `ToolResult` (as LangChain's artifact; its
content is the result's text). Write one in a file of its own and name it under the entry-point
group `sightline.tools`.
"""

import threading
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol, Self

from langchain_core.tools import BaseTool, ToolException
from PIL.Image import Image
from pydantic import BaseModel, ConfigDict, Field, SkipValidation

from .artifacts import Artifact, ArtifactStore
from .results import ModelRef, ToolError, ToolResult
from .scenes import name_in_box
from .toolbox import Toolbox

STOPPED = "Stopped."
Specialist = Literal["perception", "documents", "librarian", "studio", "video"]


class Keeper(Protocol):
    """One user's memory in one turn; it knows what the person wrote, and acts on nothing else."""

    def recall(self, words: str, picture: Image | None = None, artifact: str = "") -> ToolResult:
        """What fits the words, or looks like the picture (`artifact` is its id)."""
        ...

    def remember(self, fact: str) -> ToolResult:
        """Keep a fact that the person stated in this very turn."""
        ...

    def forget(self, what: str, artifact: str = "") -> ToolResult:
        """Forget what the person asks to be forgotten in this very turn."""
        ...


class Searcher(Protocol):
    """One user's album, as the retrieve tool asks for it."""

    def search(self, words: str, like: Artifact | None = None) -> ToolResult:
        """Files that fit the words, that are like a file, or like it but for what is said."""
        ...


@dataclass(frozen=True, kw_only=True)
class ToolContext:
    """What a turn gives its tools.

    Attributes:
        user: whose turn it is, from the interface's authentication.
        store: that user's artifacts.
        toolbox: the models, loaded when asked for.
        attachments: artifacts in view, oldest first; the planner calls them a1, a2, ...
        questions: earlier questions of the conversation about an artifact, oldest first.
        orders: earlier instructions of the conversation to edit, oldest first.
        memory: that user's memory, if it is open.
        album: that user's album, if it is open.
        cancelled: set when nobody waits for the turn any more.
    """

    user: str
    store: ArtifactStore
    toolbox: Toolbox
    attachments: tuple[Artifact, ...] = ()
    questions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    orders: tuple[str, ...] = ()
    memory: Keeper | None = None
    album: Searcher | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)

    def go_on(self) -> None:
        """Called between the rounds of a long loop.

        Raises:
            ToolError: the turn was stopped.
        """
        if self.cancelled.is_set():
            raise ToolError(STOPPED)

    def artifact(self, reference: str = "") -> Artifact:
        """The artifact called `reference` (a1, a2, ... or its full id; "" is the newest).

        Raises:
            ToolError: nothing is attached, or nothing of that name.
        """
        if not self.attachments:
            raise ToolError("Please attach the picture or document you mean.")
        if not reference:
            return self.attachments[-1]
        for number, artifact in enumerate(self.attachments, start=1):
            if reference in (f"a{number}", artifact.id):
                return artifact
        raise ToolError(
            f"There is no attachment {reference}; there are {len(self.attachments)} in view."
        )

    def keeper(self) -> Keeper:
        """The memory of this turn.

        Raises:
            ToolError: there is none.
        """
        if self.memory is None:
            raise ToolError("My memory is not open here, so I can't do that.")
        return self.memory

    def asked(self, artifact: Artifact) -> tuple[str, ...]:
        """What was said of `artifact` in this conversation, oldest first: what thing was changed in
        it, by name, then the questions asked about it.
        """
        asked = self.questions.get(artifact.id, ())
        return asked if artifact.focus is None else (*self._changed(artifact), *asked)

    def _changed(self, artifact: Artifact) -> tuple[str, ...]:
        assert artifact.focus is not None  # see `asked`
        try:
            graph = self.toolbox.part("scene").parse([self.store.image(artifact.id)])[0]
        except ToolError:  # a profile of answers without parsed scenes
            return ()
        name = name_in_box(graph, artifact.focus)
        return (f"the {name}",) if name else ()


class ToolArgs(BaseModel):
    """Base of argument schemas: unknown arguments are errors."""

    model_config = ConfigDict(extra="forbid")


class OnAttachment(ToolArgs):
    """Arguments of a tool that looks at one attachment."""

    artifact: str = Field(
        default="",
        max_length=64,
        description="which attachment: a1, a2, ...; empty for the newest; $0 for what the first "
        "call of this plan gave, $0.items for each file that it found",
    )


class SightlineTool(BaseTool):
    """A tool of the assistant.

    Class attributes:
        examples: requests in people's words that need this tool, shown in the planner's prompt.
        specialist: the role that uses it.
        argument: the argument that holds the person's words ("" where there is none).
        wants: the kind of attachment it looks at ("" where it needs none).
        finds: it gives back files that were stored earlier.
        changes: it changes something, so it runs only when the user's own turn asks for it.
    """

    examples: ClassVar[tuple[str, ...]] = ()
    specialist: ClassVar[Specialist] = "perception"
    argument: ClassVar[str] = ""
    wants: ClassVar[Literal["", "picture", "document", "video"]] = ""
    finds: ClassVar[bool] = False
    changes: ClassVar[bool] = False

    response_format: Literal["content", "content_and_artifact"] = "content_and_artifact"
    # An agent of LangChain reads what went wrong; the assistant's own team takes `use`.
    handle_tool_error: bool | str | Callable[[ToolException], str] | None = True
    context: SkipValidation[ToolContext]

    @abstractmethod
    def look(self, **arguments: Any) -> ToolResult:
        """Do the work; arguments are those of `args_schema`.

        Raises:
            ToolError: a problem the planner and the person may see and mend.
        """

    def _run(self, **arguments: Any) -> tuple[str, ToolResult]:
        arguments.pop("run_manager", None)
        try:
            result = self.look(**arguments)
        except ToolError as error:
            raise ToolException(str(error)) from error
        return result.text, result

    @classmethod
    def given(cls, context: ToolContext) -> Self:
        """The tool, ready to look at what `context` holds."""
        return cls.model_validate({"context": context})

    def use(self, **arguments: Any) -> ToolResult:
        """Validate `arguments` against the schema and run.

        Raises:
            ToolError: as `look`.
            pydantic.ValidationError: arguments that do not fit the schema.
        """
        return self.look(**self.checked(arguments))

    @classmethod
    def checked(cls, arguments: dict[str, Any]) -> dict[str, Any]:
        """`arguments` as the schema understands them, defaults filled in."""
        schema = cls.model_fields["args_schema"].default
        return schema.model_validate(arguments).model_dump()

    def model_for(self, artifact: Artifact) -> Any:
        """The model that answers for what `artifact` shows; see `models.tasks` for what it offers.

        A tool that does not abstain (see `gate.abstention`, to be asked before) has one.
        """
        return self.context.toolbox.tool(self.name, self._domain(artifact))

    def check_for(self, artifact: Artifact) -> Any | None:
        """The model of the other route, or None where there is none for what `artifact` shows."""
        return self.context.toolbox.check(self.name, self._domain(artifact))

    def model_ref(self, role: str, artifact: Artifact | None = None) -> ModelRef:
        """Name and weights hash of the model that serves `role`, for `artifact` if one is given."""
        toolbox = self.context.toolbox
        if artifact is None:
            return toolbox.ref(role)
        return toolbox.ref(role, toolbox.serving(role, self._domain(artifact)) or "tools")

    def _domain(self, artifact: Artifact) -> str:
        # What the gate told of it is in the store; the artifact in hand may be older.
        return artifact.domain or self.context.store.get(artifact.id).domain


def first_sentence_case(text: str) -> str:
    """`text` with a capital first letter and a full stop."""
    text = text.strip()
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else f"{text}."


def joined(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
