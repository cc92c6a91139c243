"""Parse and execute: words to a program, the picture to a scene, the program run on the scene.

The neuro-symbolic route (Yi et al. 2018, https://arxiv.org/abs/1810.02338). It serves `Answerer`
and `Grounder`, dialogues included: earlier questions are parsed again and run in order, so that
"it" means what it meant to the person, whatever process answered before.
"""

from collections.abc import Sequence
from contextlib import suppress

from PIL.Image import Image

from ..data.world.functions import filters, split_filters
from ..data.world.programs import (
    Call,
    DialogState,
    Execution,
    FalsePremise,
    answer_text,
    execute,
    from_tokens,
    to_tokens,
)
from ..data.world.scene import Scene
from ..models.program_parser.model import Parsed
from ..models.program_parser.parser import ProgramParser
from ..models.tasks import Answer, Box, SceneGraph, SceneParser
from .scenes import scene_of
from .spelling import SpellingParser

# A turn parsed with less than this was no question about the picture; it leaves no trace.
_HEARD = 0.2


class ParseAndExecute:
    """Serves `Answerer` and `Grounder`.

    Args:
        words: turns a question into a program.
        eyes: turns a picture into a scene.
    """

    def __init__(self, words: ProgramParser | SpellingParser, eyes: SceneParser) -> None:
        self.words = words
        self.eyes = eyes
        self.weights = "+".join(
            str(part) for part in (getattr(words, "weights", ""), getattr(eyes, "weights", ""))
        )

    def answer(
        self,
        images: Sequence[Image],
        questions: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[Answer]:
        """Answer questions; `history[i]` are the earlier questions about image i."""
        graphs = self.eyes.parse(images)
        return [
            self._answer(graph, question, list(history[i]) if history else [])
            for i, (graph, question) in enumerate(zip(graphs, questions, strict=True))
        ]

    def ground(
        self,
        images: Sequence[Image],
        phrases: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[list[Box]]:
        """Boxes of what each phrase speaks of; none where it is not there."""
        graphs = self.eyes.parse(images)
        found = []
        for i, (graph, phrase) in enumerate(zip(graphs, phrases, strict=True)):
            parsed, state = self._listen(graph, phrase, list(history[i]) if history else [])
            ids = _pointed_at(from_tokens(parsed.tokens), scene_of(graph), state)
            found.append(_boxes(graph, ids, parsed.confidence))
        return found

    def refer(
        self,
        graph: SceneGraph,
        meant: str | Call,
        earlier: Sequence[str] = (),
        it: int | None = None,
    ) -> tuple[int, ...]:
        """Which nodes of `graph` a phrase, or its program, means.

        Args:
            it: what was spoken of last, if that is known.

        Raises:
            FalsePremise: there is no such thing, or there are several of what should be one.
        """
        heard, state = self._listen(graph, "" if isinstance(meant, Call) else meant, list(earlier))
        if it is not None:
            state = DialogState(it=it, them=(it,))
        program = meant if isinstance(meant, Call) else from_tokens(heard.tokens)
        return _run(program, scene_of(graph), state).objects

    def _listen(
        self, graph: SceneGraph, text: str, earlier: list[str]
    ) -> tuple[Parsed, DialogState]:
        """The program of `text`, and the dialogue state that the earlier turns left."""
        turns = [*earlier, text]
        parsed = self.words.parse(turns, ["", *turns[:-1]])
        state = DialogState()
        scene = scene_of(graph)
        for heard in parsed[:-1]:
            if heard.confidence < _HEARD:
                continue
            try:
                state = _run(from_tokens(heard.tokens), scene, state).state
            except FalsePremise as wrong:
                state = wrong.state or state
        return parsed[-1], state

    def _answer(self, graph: SceneGraph, question: str, earlier: list[str]) -> Answer:
        parsed, state = self._listen(graph, question, earlier)
        program = from_tokens(parsed.tokens)
        scene = scene_of(graph)
        detail: dict[str, object] = {
            "program": list(parsed.tokens), "heard": parsed.confidence,
        }  # fmt: skip
        try:
            run = _run(program, scene, state)
        except FalsePremise as wrong:
            detail["described"] = to_tokens(wrong.described)
            return Answer(
                text="none",
                confidence=parsed.confidence * _certainty(graph, wrong.candidates),
                boxes=tuple(_boxes(graph, wrong.candidates, parsed.confidence)),
                premise=wrong.kind,
                detail=detail,
            )
        if program.function == "again" and state.query is not None:
            asked = Call(state.query.function, program.args, state.query.value)
            detail["program"] = to_tokens(asked)
        certain = parsed.confidence * _certainty(graph, run.objects)
        return Answer(
            text=_short_answer(run, scene),
            confidence=certain,
            boxes=tuple(_boxes(graph, run.objects, parsed.confidence)),
            detail=detail,
        )


def _run(program: Call, scene: Scene, state: DialogState) -> Execution:
    """`execute`; where "the big one" could be several, the one that is being spoken of.

    Raises:
        FalsePremise: as `execute`, where that does not settle it.
    """
    try:
        return execute(program, scene, state)
    except FalsePremise as wrong:
        # "The ball" is said anew and must be the only one; "the big one" leans on what was said.
        leans = all(node.function != "filter_shape" for node in wrong.described.walk())
        if wrong.kind == "ambiguous" and leans and len(state.them) > 1:
            with suppress(FalsePremise):
                return execute(_among_them(program, wrong.described), scene, state)
        raise


def _among_them(node: Call, described: Call) -> Call:
    """`node` with the one thing `described` looked for among the things spoken of last."""
    if node == Call("unique", (described,)):
        return Call("unique", (Call("intersect", (described, Call("them"))),))
    return Call(node.function, tuple(_among_them(arg, described) for arg in node.args), node.value)


def _pointed_at(program: Call, scene: Scene, state: DialogState) -> tuple[int, ...]:
    """What a phrase points at; where "the cube" could be two, both: the person can choose."""
    try:
        return _run(program, scene, state).objects
    except FalsePremise as wrong:
        leaning = _leaning(program)
        if leaning == program:
            return wrong.candidates
        return _pointed_at(leaning, scene, state)


def _leaning(node: Call) -> Call:
    """Read "the ball on the left" as the leftmost ball: no single one stands on that side."""
    if node.function == "unique":
        values, base = split_filters(node.args[0])
        if base.function == "side":
            return Call("extreme", (filters(base.args[0], **values),), base.value)
    return Call(node.function, tuple(_leaning(arg) for arg in node.args), node.value)


def _short_answer(run: Execution, scene: Scene) -> str:
    if run.answer is None:
        # A bare noun phrase asks what there is of it.
        return ", ".join(scene.objects[i].name for i in run.objects) or "none"
    return answer_text(run.answer)


def _boxes(graph: SceneGraph, ids: Sequence[int], heard: float) -> list[Box]:
    nodes = [graph.nodes[i] for i in ids]
    return [
        Box(
            xyxy=node.box.xyxy,
            confidence=min(1.0, heard * node.box.confidence),
            label=" ".join(node.attributes.values()),
        )
        for node in nodes
    ]


def _certainty(graph: SceneGraph, ids: Sequence[int]) -> float:
    """How sure the least sure reading of the objects in question is (of all, where none is)."""
    nodes = [graph.nodes[i] for i in ids] or list(graph.nodes)
    return min((min(node.confidences.values()) for node in nodes), default=0.5)
