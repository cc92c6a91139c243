"""What people say about several things in mind and about "the others", as data.

Slots as in `dialog_patterns.py`.
"""

from typing import Final

OTHER_EXIST: Final = (
    "are there others",
    "are there any others",
    "any others",
    "are there any other ones",
    "any other ones",
    "is there another one",
    "another one",
    "do you see any others",
    "can you see others",
    "do you see another one",
    "are there any more of [them|those|these]",
    "are there more like [it|that]",
    "is it the only one, or are there others",
)
OTHER_COUNT: Final = (
    "how many others [are there|do you see|can you see]",
    "how many others",
    "how many other ones are there",
    "how many more of [them|those] are there",
    "how many more like [it|that] are there",
    "and how many others",
)
OTHER_ONE: Final = (
    "and the other one",
    "what about the other one",
    "how about the other one",
    "and the other",
    "the other one",
    "same for the other one",
    "same question for the other one",
    "and for the other one",
    "and what about the other",
    "now the other one",
)
OTHER_CORRECTION: Final = (
    "no, the other one",
    "no the other one",
    "no, not that one, the other one",
    "not that one, the other one",
    "not this one, the other",
    "i meant the other one",
    "i mean the other one",
    "sorry, i meant the other one",
    "sorry, the other one",
    "sorry the other one i meant",
    "wrong one, i meant the other",
    "oh no, i was asking about the other one",
    "nope, the other one",
    "no no, the other one",
    "i was talking about the other one",
)
OTHER_ATTRIBUTE: Final[dict[str, tuple[str, ...]]] = {
    "color": (
        "[what|which] [color|colour] is the other one",
        "what's the [color|colour] of the other [one|]",
        "what [color|colour] does the other one have",
    ),
    "size": (
        "how big is the other one",
        "what size is the other one",
        "is the other one big or small",
    ),
    "material": (
        "what is the other one made [of|out of|from]",
        "what's the other one made of",
        "what material is the other one",
        "is the other one metal or rubber",
    ),
    "shape": (
        "what shape is the other one",
        "what is the shape of the other one",
        "what shape does the other one have",
    ),
}
OTHER_IS: Final = (
    "is the other one {pred}",
    "is the other one {pred} too",
    "and is the other one {pred}",
    "is the other also {pred}",
    "the other one is {pred}, right",
)
OTHER_WHERE: Final = (
    "where is the other one",
    "where's the other one",
    "and where is the other",
    "where can i find the other one",
)
OTHERS_EACH: Final = (
    "what {attributes} are the others",
    "what are the {attributes} of the others",
    "which {attributes} do the others have",
    "and the {attributes} of the others",
)
OTHERS_COUNT: Final = (
    "how many of the others are {pred}",
    "how many of the other ones are {pred}",
    "and how many of the others are {pred}",
    "of the others, how many are {pred}",
)
OTHERS_DESCRIBE: Final = (
    "what are the others",
    "describe the others",
    "what do the others look like",
    "list the others",
)

THEM_COUNT: Final = (
    "how many of {them} are {pred}",
    "how many of {them} are {pred}",
    "how many of {them} are {pred}",
    "of {them}, how many are {pred}",
    "and how many of {them} are {pred}",
    "what number of {them} are {pred}",
    "count how many of {them} are {pred}",
    "how many among {them} are {pred}",
    "how many {pred} ones are there among {them}",
)
THEM_EXIST: Final = (
    "are any of {them} {pred}",
    "is any of {them} {pred}",
    "is one of {them} {pred}",
    "is at least one of {them} {pred}",
    "are some of {them} {pred}",
    "any of {them} {pred}",
    "is there one of {them} that is {pred}",
    "and are any of {them} {pred}",
)
THEM_A: Final = (
    "is there {a_one} among {them}",
    "are there any {ones} among {them}",
    "any {ones} among {them}",
    "do {they} include {a_one}",
)
THEM_ALL: Final = (
    "are {they} all {pred}",
    "are all of {them} {pred}",
    "are {they} all {pred}, or not",
    "all of {them} {pred}",
    "is each of {them} {pred}",
    "is every one of {them} {pred}",
    "and are {they} all {pred}",
)
THEM_EACH: Final = (
    "what {attributes} are {they}",
    "which {attributes} are {they}",
    "what are their {attributes}",
    "what {attributes} do {they} have",
    "which {attributes} do {they} have",
    "their {attributes}",
    "and their {attributes}",
    "what about their {attributes}",
    "list their {attributes}",
    "tell me their {attributes}",
    "and what {attributes} are {they}",
)
THEM_MADE: Final = (
    "what are {they} made [of|out of|from]",
    "and what are {they} made of",
    "which materials are {they} made of",
)
THEM_AGREE: Final = (
    "are {they} [all |]the same {attribute}",
    "do {they} [all |]have the same {attribute}",
    "are {they} all of the same {attribute}",
    "do {they} share [a|the same|one] {attribute}",
    "is their {attribute} the same",
    "are {they} equal in {attribute}",
    "do {they} all share the same {attribute}",
)
THEM_DISTINCT: Final = (
    "how many different {attributes} do {they} have",
    "how many {attributes} do {they} have",
    "how many different {attributes} are there among {them}",
    "how many distinct {attributes} are there among {them}",
)
THEM_DESCRIBE: Final = (
    "what are {they}",
    "list {them}",
    "describe {them}",
    "can you list {them}",
    "can you describe {them}",
    "name {them}",
    "what do {they} look like",
    "tell me [about|more about] {them}",
    "describe each of {them}",
    "what exactly are {they}",
)
THEM_LOCATE: Final = (
    "where are {they}",
    "where are {they} [located|placed]",
    "where can i find {them}",
    "and where are {they}",
)
THEM_WHICH: Final = (
    "which of {them} are {pred}",
    "which of {them} is {pred}",
    "which ones of {them} are {pred}",
    "which one of {them} is {pred}",
)
THEM_HOW_MANY: Final = (
    "how many are there",
    "how many of {them} are there",
    "how many of {them} do you see",
    "and how many are there",
    "how many are they",
    "count {them}",
)
THEM_EXTREME: Final[dict[str, tuple[str, ...]]] = {
    "color": (
        "[what|which] [color|colour] is the {extreme} of {them}",
        "what's the [color|colour] of the {extreme} of {them}",
    ),
    "size": ("how big is the {extreme} of {them}", "what size is the {extreme} of {them}"),
    "material": (
        "what is the {extreme} of {them} made of",
        "what material is the {extreme} of {them}",
    ),
    "shape": ("what shape is the {extreme} of {them}", "which shape is the {extreme} of {them}"),
}
THEM_EXTREME_WHAT: Final = (
    "which of {them} is {extreme_pred}",
    "which one of {them} is {extreme_pred}",
    "what is the {extreme} of {them}",
)
THEM_RELATED: Final = (
    "how many of {them} are {rel}",
    "how many of {them} stand {rel}",
    "of {them}, how many are {rel}",
)
THEM_UNIQUE: Final[dict[str, tuple[str, ...]]] = {
    "color": (
        "[what|which] [color|colour] is the {adj} one of {them}",
        "of {them}, what [color|colour] is the {adj} one",
        "what's the [color|colour] of the {adj} one among {them}",
    ),
    "size": (
        "how big is the {adj} one of {them}",
        "of {them}, what size is the {adj} one",
    ),
    "material": (
        "what is the {adj} one of {them} made of",
        "of {them}, what is the {adj} one made of",
        "what material is the {adj} one among {them}",
    ),
    "shape": (
        "what shape is the {adj} one of {them}",
        "of {them}, what shape is the {adj} one",
    ),
}
