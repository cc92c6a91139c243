"""`ask(rng, program)`: a program as a question, an order or a phrase, in people's words.

The text is made from the program, so it cannot mean anything else.
"""

from random import Random
from typing import Final

from .functions import FUNCTIONS, Call
from .noise import frame, hesitate, telegraphic, typos
from .question_families import attributes, counting, existence, listing

_ASKERS: Final = {
    **counting.ASKERS,
    **existence.ASKERS,
    **attributes.ASKERS,
    **listing.ASKERS,
}
_ORDERS: Final = (
    "count", "list", "name", "describe", "show", "find", "point", "tell", "give", "highlight",
    "mark", "locate", "please", "check", "identify", "enumerate", "circle", "select", "pick",
)  # fmt: skip


def ask(rng: Random, program: Call) -> str:
    """One plain wording of `program`: lower case, no end mark, no slips.

    Raises:
        KeyError: no question asks for this function (an attribute compared with a constant, ...).
    """
    if program.function == "not":
        inner = program.args[0].function
        asker = existence.ask_none if inner == "exist" else attributes.ask_different
        return asker(rng, program)
    if FUNCTIONS[program.function].output in ("set", "object"):
        return listing.ask_point(rng, program)
    return _ASKERS[program.function](rng, program)


def finish(rng: Random, text: str, phrase: bool = False) -> str:
    """Put a plain wording as a person would type it: framing, marks, case, shorthand, slips.

    Args:
        phrase: the text is a noun phrase or an order, no question.
    """
    roll = rng.random()
    if roll < 0.05:
        text = telegraphic(rng, text)
    elif roll < 0.065:
        text = hesitate(rng, text)
    if phrase:
        mark = "." if rng.random() < 0.3 else ""
        return typos(rng, frame(rng, text, mark))
    first = text.split(" ", 1)[0]
    mark = ("." if rng.random() < 0.7 else "?") if first in _ORDERS else "?"
    return typos(rng, frame(rng, text, mark))
