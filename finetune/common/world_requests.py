"""Requests about the tabletop world as the router meets them: its questions, phrases and talk.

Questions of every family go whole to `vqa`; a request to be shown something goes to `ground` with
the words that name the thing; the turns of a dialogue go whole to `vqa`, after their talk; orders
to change the scene go whole to `edit`, questions about a clip to `video_qa`. What could be meant
either way ("do you see the ball?", "where is it?", "what's in the picture?") is left to the
hand-written bank.
"""

import re
from collections.abc import Sequence
from itertools import islice
from random import Random

from ...agent.roles.phrasing import program_of, sentence
from ...data.edits import load_instructions
from ...data.requests import Request, RequestCall
from ...data.world.dialogs import sample_dialog
from ...data.world.edits import EDIT_KINDS, sample_edit
from ...data.world.freeform import freeform
from ...data.world.functions import FUNCTIONS, Call
from ...data.world.questions import parser_pairs
from ...data.world.refexps import sample_refexps
from ...data.world.sampler import sample_scenes
from ...data.world.video.freeform import freeform as clip_freeform
from ...data.world.video.questions import parser_pairs as clip_pairs
from ...data.world.vocabulary import check_training_seed

PICTURE = ("picture",)
CLIP = ("video",)
_THINGS = ("set", "object")
_EITHER = re.compile(r"\b(which ones?|do you see|can you see)\b", re.IGNORECASE)
_NAMES_THINGS = re.compile(
    r"\b(objects?|things?|items?|list|name|enumerate|inventory|contents|stuff)\b", re.IGNORECASE
)
_BARE = re.compile(
    r"(the|all|every|both|only|just|that|those|any)\b"
    r"(?!.*\b(show|find|point|mark|highlight|where|pick|please|pls|tell|asked|need|want)\b)",
    re.IGNORECASE,
)
_DIALOGS_EACH = 2
_PHRASES_EACH = 8


def world_questions(seed: int, n: int) -> list[Request]:
    """About `n` questions and bare phrases without a talk before them."""
    found: list[Request] = []
    for text, tokens in islice(parser_pairs(check_training_seed(seed), n), n):
        program = program_of(tokens)
        assert program is not None
        tool = _tool(program, text)
        if tool:
            found.append(whole(tool, (text,)))
    return found


def _tool(program: Call, text: str) -> str:
    """`vqa` or `ground` for the whole of `text`, "" where that is not clear."""
    if program.function == "locate":
        return ""
    if program.function == "describe" and program.args[0].function == "scene":
        return "vqa" if _NAMES_THINGS.search(text) else ""
    if FUNCTIONS[program.function].output in _THINGS:
        return "ground" if _BARE.match(text) else ""
    return "vqa"


def hand_questions(seed: int, answers: Sequence[str]) -> list[Request]:
    """The hand-written questions of `data/world/freeform`.

    Args:
        answers: what the assistant may have said to the question before.
    """
    rng = Random(seed)
    found: list[Request] = []
    for item in freeform("train"):
        output = FUNCTIONS[item.program.function].output
        if item.program.function == "locate" or output in _THINGS:
            continue
        before = (item.before, rng.choice(answers)) if item.before else ()
        found.append(whole("vqa", (*before, item.text)))
    return found


def world_pointing(seed: int, scenes: int) -> list[Request]:
    """Requests to be shown something, the words that name it marked."""
    found: list[Request] = []
    for scene in sample_scenes(check_training_seed(seed), scenes, width=160, height=120):
        rng = Random(f"{seed}/{scene.image_index}/pointing")
        for item in sample_refexps(scene, rng, _PHRASES_EACH):
            start = item.request.lower().find(item.text.lower())
            if start < 0 or _EITHER.search(item.request):
                continue
            end = start + len(item.text)
            call = RequestCall(
                tool="ground", argument=item.request[start:end], span=(0, start, end)
            )
            found.append(Request(kinds=PICTURE, turns=(item.request,), calls=(call,)))
    return found


def world_talk(seed: int, scenes: int) -> list[Request]:
    """Turns of dialogues after some of the rounds before them, answered as the team does."""
    found: list[Request] = []
    for scene in sample_scenes(check_training_seed(seed), scenes, width=160, height=120):
        for k in range(_DIALOGS_EACH):
            rng = Random(f"{seed}/{scene.image_index}/{k}/talk")
            said: list[str] = []
            for turn in sample_dialog(scene, rng).turns:
                output = FUNCTIONS[turn.program.function].output
                if turn.program.function != "locate" and output not in _THINGS:
                    rounds = min(len(said) // 2, rng.choice((0, 1, 1, 1, 2, 2, 3, 5)))
                    talk = said[len(said) - 2 * rounds :]
                    found.append(whole("vqa", (*talk, turn.question)))
                said += [turn.question, _answer(rng, turn.program, turn.answer, turn.premise)]
    return found


def _answer(rng: Random, program: Call, answer: str, premise: str) -> str:
    if premise != "holds":
        return rng.choice(("I don't see that here.", "There is none.", "There is more than one."))
    return answer.capitalize() + "." if rng.random() < 0.3 else sentence(program, answer)


def world_edits(seed: int, scenes: int) -> list[Request]:
    """Orders to change a scene, one of each kind for each of `scenes`; the hand-written ones."""
    found = [whole("edit", (item.text,)) for item in load_instructions("train")]
    drawn = sample_scenes(check_training_seed(seed), scenes, width=160, height=120)
    for scene in drawn:
        rng = Random(f"{seed}/{scene.image_index}/orders")
        edits = (sample_edit(scene, rng, kind) for kind in EDIT_KINDS)
        found.extend(whole("edit", (edit.text,)) for edit in edits if edit is not None)
    return found


def clip_questions(seed: int, n: int) -> list[Request]:
    """`n` drawn questions about clips, and the hand-written ones."""
    texts = [text for text, _ in clip_pairs(check_training_seed(seed), n)]
    texts += [item.text for item in clip_freeform("train")]
    return [whole("video_qa", (text,), CLIP) for text in texts]


def whole(tool: str, turns: tuple[str, ...], kinds: tuple[str, ...] = PICTURE) -> Request:
    """A request whose last turn goes to `tool` as it is."""
    call = RequestCall(tool=tool, argument=turns[-1])
    return Request(kinds=kinds, turns=turns, calls=(call,))
