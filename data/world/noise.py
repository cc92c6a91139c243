"""How people type: frames around a question, punctuation and case, typing errors, shorthand."""

from random import Random
from typing import Final

from .patterns import Pattern, tidy

_FRAMES: Final[tuple[str, ...]] = (
    "[hey|hi|hello|hiya|yo|heya|good morning|greetings] [there|||assistant|friend|bot|buddy],",
    "[hey|hi|ok|okay|so|right|well|um|uh|hmm|alright|now|and|also|oh],",
    "[hey|hi|ok|okay|so|um|uh|hmm|now|and|please|pls|plz|quick one|oh]",
    "[hey|hi||] [a||] [quick|simple|small|another|next|one more|silly|last] question[:|,| -]",
    "[looking at|judging from|going by|based on|according to|from|given|regarding|about]"
    " [the|this|my] [image|picture|photo|pic|scene|photograph],",
    "[in|on|for|within] [the|this|that|my] [image|picture|photo|pic|scene|photograph|render]"
    "[,|][ here|||]",
    "[tell me|please tell me|pls tell me|just tell me|answer this|answer me|help me out][:|,| -|]",
    "[i have|i've got|got] a [quick|simple|] question[:|,| -]",
    "[i was wondering|i'm wondering|just wondering|just curious|i'd like to know|i want to know"
    "|i need to know|wondering|curious|i am curious][,|:|...| -]",
    "[can|could|would] you [please|kindly|quickly|] [tell me|say|check|let me know|have a look]"
    "[:|,| -|]",
    "[do you know|any idea|can you see|can you tell|could you check|would you say][,|:| -]",
    "[sorry|excuse me|pardon|sorry to bother you|apologies],",
    "[look|look here|see|listen|check this out|take a look|look closely|look carefully][,|:|;]",
    "[my kid|my daughter|my son|my boss|my wife|my friend|someone] [asks|wants to know"
    "|is asking][:|,]",
    "[i'm colorblind|my eyes are bad|i can't see well|i don't have my glasses|i lost my glasses"
    "|i'm not sure|i can't tell|not sure about this|i'm confused][.|,|;| -]",
    "[mommy|mom|mum|dad|grandpa|teacher|sir|bro|dude|guys|man|boss|mate|doc][,|:|]",
    "[teacher|grandma|grandpa|my boss|the quiz|my sister|my mum] [asked|wants to know|asks|says]"
    "[:|,|]",
    "[may i ask|can i ask|mind if i ask|pretty please|kindly|quickly|be so kind|if possible][,|:|]",
    "[question|q|query|task|my question is|the question is|here's my question][:| -]",
    "[my [kid|son|daughter|cat|grandson] [left|dropped|arranged|spread] [some|all the|these] toys"
    " [on the table|here|everywhere]|i took this [photo|picture] [yesterday|today|this morning]"
    "|we are playing a game|here is [a|my|the] [picture|photo]|here you go|i uploaded a picture"
    "|this is my [table|desk|photo]|nice picture|what a mess|ok here's the thing][.|;|:|!]",
    "[keep it short|be brief|in one word|one word answer|no need for details|just answer|be honest"
    "|think carefully|take your time|don't guess][:|,|;|.]",
    "[for a quiz|for my homework|for the record|to be sure|just to be sure|honestly|actually"
    "|basically|no wait|hang on|one thing|also|next|then],",
)

_SUFFIXES: Final[tuple[str, ...]] = (
    "[,|] [please|pls|plz|thanks|thank you|thx|ty|tia|cheers|thanks a lot|many thanks]",
    "[in|on] [the|this|that] [image|picture|photo|pic|scene|photograph]",
    "[,|] [do you think|would you say|in your opinion|do you reckon|can you tell|if you can see"
    "|do you know|any idea|tell me|exactly|here|right now|roughly speaking|then]",
    "here",
    "[lol|haha|:)|hmm|huh|eh|mate|dude|sir|bro|dear|buddy|my friend|man]",
    ", [i need it for my homework|it's for a quiz|i can't tell|i'm not sure|asking for a friend"
    "|i can't see it well|it's important|my son wants to know|no rush]",
)

_OPENERS: Final = tuple(Pattern(source) for source in _FRAMES)
_CLOSERS: Final = tuple(Pattern(source) for source in _SUFFIXES)

# Spellings that people use on purpose, or believe to be right. Whole words.
_SHORTHAND: Final[dict[str, tuple[str, ...]]] = {
    "how": ("hw", "how"),
    "many": ("mny", "many", "manny"),
    "what": ("wat", "wut", "waht", "wht", "what"),
    "what's": ("whats", "wats", "what s", "whats'", "what´s", "what’s"),
    "whats": ("what's", "wats"),
    "are": ("r", "are", "ar"),
    "is": ("is", "iz"),
    "you": ("u", "ya", "yu"),
    "your": ("ur",),
    "there": ("ther", "thr", "their", "there"),
    "there's": ("theres",),
    "the": ("teh", "th", "da", "the", "thee"),
    "that's": ("thats", "that s", "that’s"),
    "isn't": ("isnt", "is'nt", "isn’t", "is not"),
    "aren't": ("arent", "are'nt", "aren’t", "are not"),
    "color": ("colur", "coler", "colr", "collor", "couleur", "clr"),
    "colour": ("colur", "coulor", "colou", "clour"),
    "please": ("plz", "pls", "pleas", "plese"),
    "picture": ("pic", "pictur", "img"),
    "cylinder": ("cilinder", "cylindar", "cylinda", "cyllinder", "cylnder", "cyl"),
    "cylinders": ("cilinders", "cylindars", "cyllinders", "cylnders", "cyls"),
    "sphere": ("shpere", "sphear", "spere", "spher", "sfere"),
    "spheres": ("shperes", "sphears", "speres", "sphers", "sferes"),
    "cube": ("qube", "cub", "kube"),
    "cubes": ("qubes", "cubs", "kubes"),
    "metallic": ("metalic", "metalick", "mettalic"),
    "metal": ("mettal", "metall", "metl"),
    "rubber": ("ruber", "rubbr", "rubba"),
    "matte": ("mat", "matt", "mate"),
    "shiny": ("shinny", "shiney", "shyny"),
    "purple": ("purpel", "purpal", "purpule"),
    "yellow": ("yelow", "yello", "yllow"),
    "brown": ("braun", "bown", "brwon"),
    "gray": ("grey", "graey"),
    "cyan": ("cyaan", "cian"),
    "green": ("gren", "grean"),
    "behind": ("bihind", "behnd", "behing", "behid"),
    "front": ("frnt", "font", "fron"),
    "left": ("lefft", "letf", "lft"),
    "right": ("rigth", "rite", "rihgt", "rght"),
    "material": ("materiel", "matirial", "meterial"),
    "objects": ("objs", "objcts", "obejcts", "object's"),
    "object": ("obj", "objct", "obejct"),
    "things": ("thigns", "thingz", "thing's", "tings"),
    "same": ("smae", "sam"),
    "and": ("n", "&", "an"),
    "to": ("2", "too"),
    "other": ("othr", "oter"),
    "number": ("nr", "num", "no."),
}

_NUMBER_DIGITS: Final[dict[str, str]] = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
}

_NEAR_KEYS: Final[dict[str, str]] = {
    letter: near
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for letter, near in (
        (row[i], row[max(0, i - 1) : i] + row[i + 1 : i + 2]) for i in range(len(row))
    )
}


def frame(rng: Random, question: str, mark: str = "?") -> str:
    """Wrap a question in what people say around it; set its punctuation and case.

    Args:
        question: lower case, without end mark.
        mark: its end mark when it has one (`?`, `.`, or nothing).
    """
    text = question
    chance = rng.random()
    if chance < 0.16:
        text = f"{_OPENERS[int(rng.random() * len(_OPENERS))].draw(rng)} {text}"
    suffix = ""
    if rng.random() < 0.07:
        suffix = _CLOSERS[int(rng.random() * len(_CLOSERS))].draw(rng)
        if suffix[0] != ",":
            suffix = " " + suffix
    end = mark if rng.random() < 0.62 else ""
    if end == "?":
        roll = rng.random()
        if roll < 0.06:
            end = ("??", " ?", "???", "?!", "...", " ??")[int(rng.random() * 6)]
        elif roll < 0.1:
            end = "."
    if suffix and rng.random() < 0.3:
        text = f"{text}{end}{suffix if suffix[0] != ',' else suffix[1:]}"
    else:
        text = f"{text}{suffix}{end}"
    return _case(rng, tidy(text))


def _case(rng: Random, text: str) -> str:
    roll = rng.random()
    if roll < 0.5:
        return text[:1].upper() + text[1:]
    if roll < 0.53:
        return text.upper()
    if roll < 0.54:
        return text.title()
    return text


def hesitate(rng: Random, text: str) -> str:
    """Put a filler word somewhere inside: "how many of these are, like, red"."""
    words = text.split(" ")
    if len(words) < 4:
        return text
    at = 1 + int(rng.random() * (len(words) - 2))
    filler = _FILLERS[int(rng.random() * len(_FILLERS))]
    return tidy(" ".join([*words[:at], filler, *words[at:]]))


_FILLERS: Final = (
    "um",
    "uh",
    "er",
    "like",
    ", like,",
    ", um,",
    ", uh,",
    "...",
    "actually",
    ", you know,",
    "exactly",
    "pls",
    "now",
    "really",
)


def telegraphic(rng: Random, text: str) -> str:
    """Drop articles (and "there") as people in a hurry do; now and then only some of them."""
    keep = 0.0 if rng.random() < 0.7 else 0.5
    first, *words = text.split(" ")
    # "is a ball behind the cube" must not become "is ball behind cube": that means "the ball".
    dropped = ("the", "there") if first in ("is", "does", "can") else ("the", "a", "an", "there")
    return " ".join([first, *(w for w in words if w not in dropped or rng.random() < keep)])


def typos(rng: Random, text: str) -> str:
    """Mistype `text`: most texts come back as they are, some with one to three slips."""
    roll = rng.random()
    if roll < 0.80:
        return text
    slips = 1 if roll < 0.95 else 2 if roll < 0.99 else 3
    words = text.split(" ")
    for _ in range(slips):
        at = int(rng.random() * len(words))
        if rng.random() < 0.45:
            words[at] = _shorthand(rng, words[at])
        elif rng.random() < 0.08 and at + 1 < len(words):
            words[at : at + 2] = [words[at] + words[at + 1]]
        else:
            words[at] = _slip(rng, words[at])
    return " ".join(words)


def _shorthand(rng: Random, word: str) -> str:
    core = word.rstrip("?.,!:")
    lower = core.lower()
    if lower in _NUMBER_DIGITS:
        return _NUMBER_DIGITS[lower] + word[len(core) :]
    ways = _SHORTHAND.get(lower)
    if ways is None:
        return word
    return ways[int(rng.random() * len(ways))] + word[len(core) :]


def _slip(rng: Random, word: str) -> str:
    core = word.rstrip("?.,!:")
    size = len(core)
    if size < 4:
        return word
    at = 1 + int(rng.random() * (size - 1))
    kind = int(rng.random() * 5)
    if kind == 0:  # transposed
        if at == size - 1:
            at -= 1
        changed = core[:at] + core[at + 1] + core[at] + core[at + 2 :]
    elif kind == 1:  # dropped
        changed = core[:at] + core[at + 1 :]
    elif kind == 2:  # doubled
        changed = core[:at] + core[at] + core[at:]
    elif kind == 3:  # a neighbouring key
        near = _NEAR_KEYS.get(core[at].lower(), "")
        if not near:
            return word
        changed = core[:at] + near[int(rng.random() * len(near))] + core[at + 1 :]
    else:  # the apostrophe goes, or a letter is put in twice
        changed = core.replace("'", "") if "'" in core else core[:at] + core[at] + core[at:]
    return changed + word[size:]
