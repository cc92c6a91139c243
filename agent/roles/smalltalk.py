"""Small talk: a handful of intents, told apart by the nearest example."""

import re
from functools import cache
from typing import Final

import numpy as np

from ..language import embed

_CAN: Final = (
    "I can describe a picture, answer questions about it, point things out and edit it, read "
    "documents, watch short clips, find things in your album, and remember what you tell me. "
    "Attach a picture, a clip or a PDF and ask."
)
INTENTS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "greeting": (
        (
            "hi",
            "hello there",
            "hey",
            "hiya",
            "good morning",
            "good afternoon",
            "hey, how are you?",
            "what's up",
        ),
        "Hello! Attach a picture, a document or a clip and ask me about it.",
    ),
    "thanks": (
        (
            "thanks",
            "thx",
            "thanks a lot!",
            "thank you",
            "thank you so much",
            "many thanks",
            "perfect, thank you",
            "cheers mate",
            "great, that helps",
            "ta",
        ),
        "You're welcome.",
    ),
    "bye": (
        (
            "bye",
            "goodbye",
            "see you",
            "see you later",
            "that was all",
            "good night",
            "have a nice day",
        ),
        "Goodbye! I'll remember our conversation.",
    ),
    "able": (("what can you do?", "how can you help me?", "what are you good at", "help"), _CAN),
    "who": (
        ("who are you?", "what are you?", "are you a robot?", "what's your name?"),
        "I'm Sightline, an assistant that looks at pictures, documents and clips and shows what "
        "its answers rest on.",
    ),
    "praise": (
        ("well done", "you're amazing", "good job", "nice one", "correct!", "I love this"),
        "Glad to hear it.",
    ),
    "blame": (
        ("that's wrong", "you are useless", "this is rubbish", "you made a mistake", "stupid bot"),
        "I'm sorry about that. Tell me what you meant, or ask it another way, and I'll look again.",
    ),
    "joke": (
        ("tell me a joke", "say something funny", "are you bored?", "do you sleep?"),
        "I mostly see cubes and receipts; the receipts have the better punch lines.",
    ),
    "fine": (("ok", "alright", "I see", "hmm", "never mind", "wait"), "All right."),
}
# Of the request bank's 3,565 turns of up to eight words 39 come this close, all of them small talk.
_CERTAIN: Final = 0.65
_SHORT: Final = 8
# "How do you say good morning in Japanese?" is no greeting.
_ASKED_BY_NOBODY: Final = ("greeting", "thanks", "bye", "praise", "blame", "fine")
# Letters struck at random stay below 0.3; "ciao" and "merci" are the farthest that small talk got.
_LEAST: Final = 0.3
# Said by itself it answers nothing that was asked, and orders nothing.
_YES_OR_NO: Final = re.compile(
    r"\W*(?:yes|yep|yeah|no|nope|sure|ok(?:ay)?|right|fine)(?: please| thanks?| thank you)?\W*",
    re.IGNORECASE,
)
_REPEAT: Final = (
    "what did you just say?", "say that again", "can you repeat that?", "pardon?",
    "what did you just do?", "what did you just change?", "what have you just removed?",
    "which things did you change?", "what did you take away?", "what was changed?",
)  # fmt: skip


def answer(text: str, last_reply: str = "") -> str:
    """A sentence in return; "" where `text` is like no example, or asks what none of them asks.

    `last_reply` is repeated when asked for.
    """
    if _YES_OR_NO.fullmatch(text):
        return INTENTS["fine"][1]
    names, vectors = _examples()
    scores = vectors @ embed([text])[0]
    name, near = names[int(np.argmax(scores))], float(scores.max())
    asks = text.rstrip().endswith("?") and name in _ASKED_BY_NOBODY
    if near < (_CERTAIN if asks else _LEAST):
        return ""
    if name == "repeat":
        return f"I said: “{last_reply}”" if last_reply else "I have not said anything yet."
    return INTENTS[name][1]


def certain(text: str) -> bool:
    """Whether `text` is so close to an example that no planner needs to be asked."""
    if len(text.split()) > _SHORT:
        return False
    if _YES_OR_NO.fullmatch(text):
        return True
    _, vectors = _examples()
    return float((vectors @ embed([text])[0]).max()) >= _CERTAIN


@cache
def _examples() -> tuple[tuple[str, ...], np.ndarray]:
    pairs = [(name, text) for name, (texts, _) in INTENTS.items() for text in texts]
    pairs += [("repeat", text) for text in _REPEAT]
    vectors = embed([text for _, text in pairs])
    return tuple(name for name, _ in pairs), vectors
