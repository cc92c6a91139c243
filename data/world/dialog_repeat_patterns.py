"""What people say when a turn repeats the last question, mends it, or opens a topic, as data.

Slots as in `dialog_patterns.py`.
"""

from typing import Final

SWAP_ONE: Final = (
    "and the {adj} one",
    "and the {adj} one",
    "and the {adj} one",
    "what about the {adj} one",
    "how about the {adj} one",
    "and what about the {adj} one",
    "the {adj} one",
    "and for the {adj} one",
    "same for the {adj} one",
    "and that of the {adj} one",
    "same question for the {adj} one",
    "and that {adj} one",
    "now the {adj} one",
    "ditto for the {adj} one",
    "and the {adj} one then",
)
SWAP_CORRECTION: Final = (
    "sorry, i meant the {adj} one",
    "sorry i meant the {adj} one",
    "i meant the {adj} one",
    "i mean the {adj} one",
    "no, the {adj} one",
    "no wait, the {adj} one",
    "oops, the {adj} one",
    "not that one, the {adj} one",
    "no, i was asking about the {adj} one",
    "actually the {adj} one",
    "actually, i meant the {adj} one",
    "my mistake, the {adj} one",
    "correction: the {adj} one",
    "i was talking about the {adj} one",
    "er, the {adj} one",
)
SWAP_BARE: Final = ("and {adj}", "what about {adj}", "how about {adj}", "{adj}")
ATTRIBUTE_CORRECTION: Final = (
    "no, its {attribute}",
    "no, the {attribute}",
    "sorry, i meant its {attribute}",
    "sorry, i meant the {attribute}",
    "i meant the {attribute}",
    "i mean its {attribute}",
    "not the {asked}, the {attribute}",
    "not its {asked}, its {attribute}",
    "oops, i wanted the {attribute}",
    "actually its {attribute}",
)
SWAP_ONES: Final = (
    "and the {adj} ones",
    "and {adj} ones",
    "and the {adj} ones",
    "what about the {adj} ones",
    "how about the {adj} ones",
    "what about {adj} ones",
    "the {adj} ones",
    "{adj} ones",
    "and {adj}",
    "what about {adj}",
    "how about {adj}",
    "{adj}",
    "same for the {adj} ones",
    "same question for the {adj} ones",
    "now the {adj} ones",
    "or {adj} ones",
    "and of the {adj} kind",
)
SWAP_A: Final = ("and a {adj} one", "or a {adj} one", "what about a {adj} one", "a {adj} one")
SWAP_SHAPES: Final = (
    "and {nouns}",
    "and the {nouns}",
    "what about {nouns}",
    "what about the {nouns}",
    "how about {nouns}",
    "{nouns}",
    "same for {nouns}",
    "same for the {nouns}",
    "and what about {nouns}",
    "or {nouns}",
    "now {nouns}",
)
IS_IT_AGAIN: Final = (
    "{adj} then",
    "or {adj}",
    "what about {adj}",
    "maybe {adj}",
    "{adj}",
    "and {adj}",
    "then {adj}",
)

FULL_ONE: Final = (
    "and {np}",
    "and {np}",
    "what about {np}",
    "how about {np}",
    "and what about {np}",
    "same for {np}",
    "same question for {np}",
    "same question about {np}",
    "and for {np}",
    "now {np}",
    "ditto for {np}",
    "and that of {np}",
    "{np}",
    "and how about {np}",
)
FULL_CORRECTION: Final = (
    "sorry, i meant {np}",
    "i meant {np}",
    "i mean {np}",
    "no, {np}",
    "no wait, {np}",
    "oops, i mean {np}",
    "actually i meant {np}",
    "not that one, {np}",
    "no, i was asking about {np}",
    "sorry, {np}",
    "i was talking about {np}",
)
FULL_SET: Final = (
    "and {nps}",
    "what about {nps}",
    "how about {nps}",
    "same for {nps}",
    "same question for {nps}",
    "and for {nps}",
    "now {nps}",
    "and what about {nps}",
)
EXTREME_ONE: Final = (
    "and the {extreme}",
    "what about the {extreme}",
    "how about the {extreme}",
    "same for the {extreme}",
)
CLARIFY_EXTREME: Final = (
    "the {extreme}",
    "i mean the {extreme}",
    "i meant the {extreme}",
    "the {extreme}, please",
    "sorry, the {extreme}",
    "the {extreme} i mean",
)

# Fresh questions, and how people turn to another topic.
START_ATTRIBUTE: Final[dict[str, tuple[str, ...]]] = {
    "color": (
        "[what|which] [color|colour] is {np}",
        "what's the [color|colour] of {np}",
        "what is the [color|colour] of {np}",
        "what [color|colour] does {np} have",
        "tell me the [color|colour] of {np}",
    ),
    "size": (
        "how [big|large] is {np}",
        "what size is {np}",
        "is {np} big or small",
        "what's the size of {np}",
    ),
    "material": (
        "what is {np} made [of|out of|from]",
        "what's {np} made of",
        "what material is {np}",
        "is {np} metal or rubber",
    ),
    "shape": ("what shape is {np}", "what's the shape of {np}", "which shape does {np} have"),
}
START_COUNT: Final = (
    "how many {ones} are there",
    "how many {ones} do you see",
    "how many {ones} can you see",
    "count the {ones}",
    "what number of {ones} are there",
    "how many {ones} are in the [picture|image|scene|photo]",
    "how many {ones}",
)
START_EXIST: Final = (
    "are there any {ones}",
    "do you see any {ones}",
    "is there {a_one}",
    "do you see {a_one}",
    "can you see {a_one}",
    "is there {a_one} in the [picture|image|scene]",
    "any {ones}",
)
START_WHERE: Final = ("where is {np}", "where's {np}", "where can i find {np}")
START_BY: Final = ("what is {rel}", "what's {rel}", "what do you see {rel}")
START_COUNT_BY: Final = (
    "how many {ones} are {rel}",
    "how many {ones} are there {rel}",
    "how many {ones} do you see {rel}",
)
START_IS: Final = ("is {np} {pred}", "would you say {np} is {pred}", "is {np} {pred}, or not")

TOPIC_CHANGE: Final = (
    "ok, [next|another|new] question:",
    "[different|another|new|next] [topic|question|thing]:",
    "[forget|leave] that.",
    "moving on,",
    "[something else|different subject]:",
    "[now for|on to] something else:",
    "never mind that,",
    "anyway,",
    "by the way,",
    "btw,",
    "let's move on.",
    "enough of that.",
    "switching topics:",
    "ok, leaving that aside:",
)

LEAD_INS: Final = (
    "ok,",
    "okay,",
    "ok",
    "hmm,",
    "hm,",
    "right,",
    "i see.",
    "i see,",
    "got it.",
    "thanks.",
    "thanks,",
    "great,",
    "good.",
    "cool,",
    "nice,",
    "alright,",
    "aha,",
    "so,",
    "so",
    "well,",
    "oh,",
    "fine.",
    "understood.",
    "perfect,",
)
