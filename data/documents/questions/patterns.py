"""Shared sentence patterns, and the ways people type: case, marks, fillers, slips."""
# ruff: noqa: E501 - tables of phrases, one row per thing

from random import Random

FIELD_PATTERNS = (
    "what is the {n}?", "what's the {n}?", "whats the {n}", "{n}?", "{n} please", "{n} pls", "the {n}?",
    "tell me the {n}", "can you find the {n}?", "give me the {n}", "I need the {n}", "find the {n}",
    "could you read me the {n}?", "looking for the {n}", "what {n} is shown here?", "read off the {n}",
    "what {n} does the {doc} show?", "which {n} is on this {doc}?", "show me the {n}", "what is the {n} on this {doc}?",
    "what's the {n} in the {doc}?", "can you tell me the {n}", "do you know the {n}? I can't find it",
    "what does it say for {n}?", "please extract the {n}", "get me the {n} from this {doc}",
    "what is given as the {n}?", "what is {n}", "I'm looking for the {n} on this {doc}", "what was the {n}?",
    "need {n}", "check the {n} for me", "what {n} do they state?", "could you look up the {n}?",
)  # fmt: skip
LABEL_PATTERNS = (
    'what does it say next to "{l}"?', "what is the value of {l}?", "what's written beside {l}?", "{l}?",
    "what is printed after '{l}'?", "what stands next to {l}", "read the field {l}", "what is in the {l} field?",
    "{l} - what does it say?", "what's under {l}?",
)  # fmt: skip
OPENERS = ("", "", "", "", "", "", "hi, ", "hey ", "please, ", "ok so ", "sorry, ", "quick one: ", "and ", "hello! ", "so ", "um, ")  # fmt: skip
CLOSERS = ("", "", "", "", "", "", "", " please", " pls", " thanks", ", can you see it", " thx")  # fmt: skip
DOC_WORDS = {
    "receipt": ("receipt", "bill", "slip", "receipt", "till receipt", "paper", "document"),
    "invoice": ("invoice", "bill", "document", "invoice", "page"),
    "form": ("form", "sheet", "document", "application", "page"),
    "letter": ("letter", "page", "document", "note"),
    "price_list": ("price list", "list", "page", "document"),
    "menu": ("menu", "card", "list", "page"),
    "ticket": ("ticket", "document", "paper", "slip"),
    "bill": ("bill", "statement", "document", "page"),
    "report": ("document", "page", "notice", "paper"),
    "card": ("card", "business card", "visiting card"),
    "badge": ("badge", "card", "ID", "pass"),
    "timetable": ("timetable", "schedule", "plan", "page"),
    "statement": ("statement", "document", "page", "paper"),
}


def doc_word(rng: Random, kind: str) -> str:
    """A word people use for a kind of document."""
    return rng.choice(DOC_WORDS.get(kind, ("document", "page", "paper")))


def typed(rng: Random, text: str) -> str:
    """The question as somebody might type it."""
    text = text.strip()
    roll = rng.random()
    if roll < 0.30:
        text = f"{rng.choice(OPENERS)}{text.rstrip('?')}{rng.choice(CLOSERS)}"
    mark = rng.random()
    bare = text.rstrip("?")
    if mark < 0.35:
        text = bare
    elif mark < 0.85 and _asks(bare):
        text = bare + "?"
    elif mark < 0.90:
        text = bare + "??"
    case = rng.random()
    if case < 0.40:
        text = text[:1].upper() + text[1:]
    elif case < 0.70:
        text = text.lower()
    elif case < 0.72:
        text = text.upper()
    if rng.random() < 0.07:
        text = slip(rng, text)
    if rng.random() < 0.05:
        text = text.replace(" the ", " ", 1)
    return text


def _asks(text: str) -> bool:
    first = text.lower().split(" ", 1)[0]
    return not first.startswith(("tell", "give", "find", "show", "read", "need", "list", "check"))


def slip(rng: Random, text: str) -> str:
    """One typing slip: two letters swapped, one dropped or one doubled."""
    spots = [i for i in range(1, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    if not spots:
        return text
    at = rng.choice(spots)
    roll = rng.random()
    if roll < 0.4:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if roll < 0.75:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at] + text[at:]
