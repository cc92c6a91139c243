"""Questions about tabletop scenes, with their functional programs and answers.

`sample_questions(scene, rng, n)` asks about a scene; `sample_phrases` names things in
it; `parser_pairs(seed, n)` gives (text, program tokens) about no scene, to train a
semantic parser on millions of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from .asking import ask, finish
from .families import FAMILIES, FAMILY_NAMES, Family, draw_phrase
from .functions import canonical
from .lexicon import Choice
from .programs import Call, FalsePremise, answer_text, execute, to_clevr, to_tokens
from .sampling import FreeSource, Retry, SceneSource, is_clear
from .scene import Scene

_BY_WEIGHT: Final = Choice(FAMILIES, tuple(family.weight for family in FAMILIES))
_BY_POSITION: Final = frozenset({"extreme", "ordinal", "nearest", "between", "side", "locate"})
_PHRASE_SHARE: Final = 0.14
# The answer that an empty set gives, in the families that ask whether it is empty.
_EMPTY_WHEN: Final = {
    "none": "yes",
    "between": "no",
    "side": "no",
    **{name: "no" for name in FAMILY_NAMES if name.endswith("_exist")},
}
_COUNTS: Final = Choice((0, 1, 2, 3, 4, 5), (1.0, 1.6, 1.4, 1.1, 0.8, 0.5))


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question, an order or a phrase about a scene.

    Attributes:
        text: as a person would type it.
        program: what it means.
        answer: CLEVR's spelling (`yes`, `3`, `red`; lists joined by commas); `none`
            for a false premise and for phrases.
        family: one of `FAMILY_NAMES`, or `phrase`.
        premise: `holds`, `absent` (names what is not there) or `ambiguous` (fits several).
        objects: ids of the objects that the answer is about.
        anchors: ids of the single objects named on the way.
        image_index, image_filename, split: those of the scene.
    """

    text: str
    program: Call
    answer: str
    family: str
    premise: str = "holds"
    objects: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()
    image_index: int = 0
    image_filename: str = ""
    split: str = "new"

    def to_clevr(
        self, index: int, image_filename: str | None = None, image_index: int | None = None
    ) -> dict[str, Any]:
        """One entry of CLEVR's `questions.json`, plus `family` and `premise`."""
        family = FAMILY_NAMES.index(self.family) if self.family in FAMILY_NAMES else -1
        return {
            "question_index": index,
            "question": self.text,
            "program": to_clevr(self.program),
            "answer": self.answer,
            "question_family_index": family,
            "image_filename": self.image_filename if image_filename is None else image_filename,
            "image_index": self.image_index if image_index is None else image_index,
            "split": self.split,
            "family": self.family,
            "premise": self.premise,
        }


def sample_questions(
    scene: Scene,
    rng: Random,
    n: int,
    families: Sequence[str] | None = None,
    false_premises: float = 0.06,
) -> list[Question]:
    """Ask `n` different questions about `scene`.

    Args:
        families: names from `FAMILY_NAMES` to draw from evenly; all, by weight, if None.
        false_premises: share, among families that name one object, whose description
            fits nothing or several things.

    Raises:
        ValueError: an unknown family.
    """
    chosen = None if families is None else [FAMILIES[FAMILY_NAMES.index(f)] for f in families]
    source = SceneSource(rng, scene)
    asked: list[Question] = []
    seen: set[Call] = set()
    for _ in range(n):
        for _ in range(40):
            family = rng.choice(chosen) if chosen else _BY_WEIGHT.draw(rng)
            question = _try_family(source, family, rng, false_premises, seen)
            if question is not None:
                seen.add(question.program)
                asked.append(question)
                break
    return asked


def sample_phrases(
    scene: Scene, rng: Random, n: int, false_premises: float = 0.06
) -> list[Question]:
    """Name `n` different things or sets of things in `scene`, as one asks to be shown them.

    Sets are never empty unless the premise is `absent`.
    """
    source = SceneSource(rng, scene)
    named: list[Question] = []
    seen: set[Call] = set()
    for _ in range(n):
        wanted = _fault(rng, false_premises)
        for _ in range(40):
            made = _try(source, draw_phrase, wanted, seen)
            if made is not None and (made[2] or wanted != "holds"):
                named.append(_question(scene, "phrase", wanted, made, rng))
                seen.add(made[0])
                break
    return named


def parser_pairs(seed: int, n: int) -> Iterator[tuple[str, list[str]]]:
    """Yield `n` pairs of a text and its program's tokens, about no scene in particular.

    Questions of every family and, one time in seven, phrases and orders to show
    something. The same seed gives the same pairs.
    """
    rng = Random(seed)
    source = FreeSource(rng)
    made = 0
    while made < n:
        phrase = rng.random() < _PHRASE_SHARE
        try:
            built = draw_phrase(source) if phrase else _BY_WEIGHT.draw(rng).build(source)
        except Retry:
            continue
        made += 1
        program = canonical(built)
        yield finish(rng, ask(rng, program), phrase), to_tokens(program)


def _fault(rng: Random, share: float) -> str:
    if rng.random() >= share:
        return "holds"
    return "absent" if rng.random() < 0.5 else "ambiguous"


Made = tuple[Call, str, tuple[int, ...], tuple[int, ...]]


def _try(
    source: SceneSource, build: Any, wanted: str, seen: set[Call], empty: bool = False
) -> Made | None:
    """Draw a program whose premise is `wanted`: (program, answer, objects, anchors)."""
    source.restart(None if wanted == "holds" else wanted, empty)
    try:
        program = canonical(build(source))
    except Retry:
        return None
    if program in seen:
        return None
    assert source.scene is not None
    try:
        done = execute(program, source.scene)
    except FalsePremise as error:
        if error.kind != wanted:
            return None
        return program, "none", error.candidates, ()
    if wanted != "holds" or not _clear(source.scene, program):
        return None
    return program, answer_text(done.answer), done.objects, done.anchors


def _clear(scene: Scene, program: Call) -> bool:
    for node in program.walk():
        if node.function in _BY_POSITION:
            sets = [execute(arg, scene).objects for arg in node.args]
            if node.function == "between":
                ids, anchors = tuple(range(len(scene.objects))), (sets[0][0], sets[1][0])
            else:
                ids, anchors = sets[0], sets[1] if len(sets) > 1 else ()
            if not is_clear(scene, node, ids, anchors):
                return False
    return True


def _try_family(
    source: SceneSource, family: Family, rng: Random, false_premises: float, seen: set[Call]
) -> Question | None:
    wanted = _fault(rng, false_premises) if family.premise else "holds"
    # Draw the answer first, then a few programs in search of it: that balances answers.
    truth = "yes" if rng.random() < 0.5 else "no"
    count = str(_COUNTS.draw(rng))
    nothing = rng.random() < 0.1  # lists may be empty, but seldom
    made: Made | None = None
    for _ in range(6):
        empty = family.name in _EMPTY_WHEN and truth == _EMPTY_WHEN[family.name]
        found = _try(source, family.build, wanted, seen, empty)
        if found is None:
            continue
        answer = found[1]
        if wanted == "holds" and answer == "none" and not nothing:
            continue
        made = found
        if wanted != "holds":
            break
        if answer in ("yes", "no"):
            if answer == truth:
                break
        elif not answer.isdigit() or answer == count:
            break
    if made is None:
        return None
    assert source.scene is not None
    return _question(source.scene, family.name, wanted, made, rng)


def _question(scene: Scene, family: str, premise: str, made: Made, rng: Random) -> Question:
    program, answer, objects, anchors = made
    return Question(
        text=finish(rng, ask(rng, program), family == "phrase"),
        program=program,
        answer=answer,
        family=family,
        premise=premise,
        objects=objects,
        anchors=anchors,
        image_index=scene.image_index,
        image_filename=scene.image_filename,
        split=scene.split,
    )
