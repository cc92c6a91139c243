"""Ten-round dialogues over a scene: coreference, ellipsis, corrections, topic changes.

    for dialog in (sample_dialog(scene, Random(i)) for i, scene in enumerate(scenes)): ...

Every turn's program runs in the state that the turns before it left
(`programs.DialogState`), so answers are right by construction; what the files beside this
one add is that a person could tell what each turn means.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from .dialog_ellipsis import REPEATS
from .dialog_followups import ABOUT_IT, ABOUT_THEM, Move
from .dialog_relations import AMONG_OTHERS
from .dialog_repeat_patterns import LEAD_INS, TOPIC_CHANGE
from .dialog_starts import STARTS
from .dialog_talk import Said, Talk
from .functions import canonical
from .patterns import draw
from .programs import Call, FalsePremise, execute, to_tokens
from .sampler import sample_scenes
from .scene import Scene
from .vocabulary import check_training_seed
from .wording import frame, typos

ROUNDS: Final = 10
_TRIES: Final = 40
_TRIES_PER_KIND: Final = 8
_MARKS: Final = str.maketrans(",.?!:;-", "       ")
_SCENES_AT_ONCE: Final = 16
_DIALOGS_PER_SCENE: Final = 16


@dataclass(frozen=True, kw_only=True)
class DialogTurn:
    """One round.

    Attributes:
        question: as typed.
        program: its meaning, to be run in the state of the turns before.
        answer: `programs.answer_text`; `none` for a false premise.
        premise: `holds`, `absent`, `ambiguous` or `dialogue` (nothing to refer back to).
        template: name of the kind of turn.
    """

    question: str
    program: Call
    answer: str
    premise: str
    template: str


@dataclass(frozen=True, kw_only=True)
class Dialog:
    """A dialogue about one scene; `caption` is what may be said of it beforehand."""

    caption: str
    turns: tuple[DialogTurn, ...]


def sample_dialog(scene: Scene, rng: Random, rounds: int = ROUNDS, *, caption: str = "") -> Dialog:
    """Draw one dialogue.

    Args:
        scene: with two objects or more.
        rounds: number of turns.
    """
    talk = Talk(scene, rng)
    turns: list[DialogTurn] = []
    asked: set[tuple[object, ...]] = set()
    while len(turns) < rounds:
        said, fresh = _next(talk, asked)
        asked.add(_key(talk, said))
        text = _dress(rng, said, change=fresh and bool(turns))
        program = canonical(said.program)
        answer, premise = talk.take(said.text, program)
        turns.append(
            DialogTurn(
                question=text,
                program=program,
                answer=answer,
                premise=premise,
                template=said.template,
            )
        )
    return Dialog(caption=caption, turns=tuple(turns))


def _next(talk: Talk, asked: set[tuple[object, ...]]) -> tuple[Said, bool]:
    """A clear turn that was not taken yet, and whether it opens a topic."""
    for attempt in range(_TRIES):
        moves = _kind(talk) if attempt < _TRIES - 10 else STARTS
        fresh = moves is STARTS
        # A kind is tried a few times before another takes its place: clear repeats are rarer
        # than fresh questions, and would be drowned by them.
        for _ in range(_TRIES_PER_KIND):
            said = _draw_move(talk.rng, moves)(talk)
            if said is None or said.text in talk.asked or _key(talk, said) in asked:
                continue
            # "The red one" in a fresh question might be taken for one of those spoken of.
            if fresh and talk.last is not None and _sounds_bound(said.text):
                continue
            if said.may_fail or _holds(talk, said.program):
                return said, fresh
    raise ValueError("no clear question could be found; does the scene have objects?")


def _kind(talk: Talk) -> Sequence[tuple[float, Move]]:
    last = talk.last
    if last is None:
        return STARTS
    failed = last.premise != "holds"
    roll = talk.rng.random()
    if roll < (0.7 if failed else 0.45):
        return REPEATS
    if roll < 0.85 and not failed and talk.focus != "none":
        return (*ABOUT_IT, *AMONG_OTHERS) if talk.focus == "one" else ABOUT_THEM
    return STARTS


def _draw_move(rng: Random, moves: Sequence[tuple[float, Move]]) -> Move:
    return rng.choices([move for _, move in moves], [weight for weight, _ in moves])[0]


def _key(talk: Talk, said: Said) -> tuple[object, ...]:
    """What makes a question the same as one asked before."""
    tokens = tuple(to_tokens(said.program))
    if "it" in tokens or "other" in tokens or tokens[0] == "again":
        return (*tokens, talk.state.it, talk.state.query)
    return (*tokens, talk.state.them) if "them" in tokens else tokens


def _holds(talk: Talk, program: Call) -> bool:
    try:
        execute(program, talk.scene, talk.state)
    except FalsePremise:
        return False
    return True


def _sounds_bound(text: str) -> bool:
    words = text.lower().translate(_MARKS).split()
    return any(word in ("one", "ones", "that", "those", "it", "its", "they") for word in words)


def _dress(rng: Random, said: Said, *, change: bool) -> str:
    """Frame, punctuation, case and typing errors."""
    text = said.text
    if said.dressed:
        return text
    if change and rng.random() < 0.25:
        text = f"{draw(rng, TOPIC_CHANGE[int(rng.random() * len(TOPIC_CHANGE))])} {text}"
        return typos(rng, _close(rng, text))
    if not said.short:
        return typos(rng, frame(rng, text))
    if rng.random() < 0.08:
        text = f"{LEAD_INS[int(rng.random() * len(LEAD_INS))]} {text}"
    elif rng.random() < 0.05:
        return typos(rng, frame(rng, text))
    return typos(rng, _close(rng, text))


def _close(rng: Random, text: str) -> str:
    end = rng.random()
    text += "?" if end < 0.62 else "." if end < 0.68 else "??" if end < 0.7 else ""
    return text[:1].upper() + text[1:] if rng.random() < 0.5 else text


def dialog_parser_pairs(seed: int, n: int) -> Iterator[tuple[list[str], str, list[str]]]:
    """`n` training samples of the semantic parser, turn by turn.

    Yields:
        the user's earlier questions (oldest first), the turn, the program's tokens.

    Raises:
        ValueError: `seed` is kept for testing.
    """
    check_training_seed(seed)
    made = 0
    first = 0
    while made < n:
        for scene in sample_scenes(seed, _SCENES_AT_ONCE, first=first, width=160, height=120):
            for k in range(_DIALOGS_PER_SCENE):
                dialog = sample_dialog(scene, Random(f"{seed}/{scene.image_index}/{k}"))
                texts = [turn.question for turn in dialog.turns]
                for i, turn in enumerate(dialog.turns):
                    if made == n:
                        return
                    made += 1
                    yield texts[:i], turn.question, to_tokens(turn.program)
        first += _SCENES_AT_ONCE
