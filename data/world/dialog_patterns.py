"""What people say in the later turns of a dialogue about a picture, as data.

The little language is that of `patterns.py`. Slots: `{it}`/`{that}` the object spoken of as
subject or after a preposition, `{they}`/`{them}` several, `{adj}` an attribute word,
`{np}`/`{nps}` a full name for one or several objects, `{ones}` a plural noun phrase without
article, `{rel}` a relation with its anchor ("to its left", "behind that one"), `{pred}` what
can follow "is".
"""

from typing import Final

IT_SUBJECT: Final = (
    "[it|it|it|it|it|it|it|it|it|it|that|that one|that one|this one|that thing|this|that object]"
)
IT_OBJECT: Final = (
    "[it|it|it|it|it|it|it|it|it|it|it|that one|that one|this one|that thing|that|that object]"
)
THEY: Final = "[they|they|they|they|they|those|those|these|those ones|these ones]"
THEM: Final = "[them|them|them|them|them|them|those|those|these|those ones]"
THING: Final = "[thing|object|one|item|thing|object|one]"
THINGS: Final = "[things|objects|items|things|objects|shapes]"

# Attribute questions about one object, pronoun as subject; `{its}` is "its" or "that one's".
ATTRIBUTE_IT: Final[dict[str, tuple[str, ...]]] = {
    "color": (
        "[what|which] [color|colour] is {it}",
        "what's {its} [color|colour]",
        "what is {its} [color|colour]",
        "what [color|colour] does {it} have",
        "[what|which] [color|colour] would you say {it} is",
        "what is the [color|colour] of {that}",
        "what's the [color|colour] of {that}",
        "[tell me|give me] {its} [color|colour]",
        "{it} is what [color|colour]",
        "and {it} is what [color|colour]",
        "how is {it} [colored|coloured]",
        "can you tell {its} [color|colour]",
        "do you know what [color|colour] {it} is",
    ),
    "size": (
        "how [big|large] is {it}",
        "what size is {it}",
        "what's {its} size",
        "what is {its} size",
        "is {it} [big or small|large or small|small or large|small or big|big or little]",
        "which size is {it}",
        "what is the size of {that}",
        "[tell me|give me] {its} size",
        "what size does {it} have",
        "is {it} a [big|large] one or a [small|little] one",
        "{it} is [big or small|large or small]",
    ),
    "material": (
        "what is {it} made [of|out of|from]",
        "what's {it} made [of|out of|from]",
        "what material is {it}",
        "which material is {it} [made of|made from|]",
        "what's {its} material",
        "what is {its} material",
        "is {it} [metal or rubber|rubber or metal|shiny or matte|matte or shiny|metallic or rubber"
        "|metal or matte|shiny or dull]",
        "[tell me|give me] {its} material",
        "what material does {it} have",
        "what is the material of {that}",
        "is {it} made of [metal or rubber|rubber or metal]",
        "[what|which] [stuff|material] is {it} made [of|out of|from]",
        "of what is {it} made",
    ),
    "shape": (
        "what shape is {it}",
        "what's {its} shape",
        "what is {its} shape",
        "which shape is {it}",
        "what shape does {it} have",
        "what is the shape of {that}",
        "[tell me|give me] {its} shape",
        "which [shape|form] does {it} have",
        "what form does {it} have",
        "what kind of shape is {it}",
        "is {it} a [cube, a ball or a cylinder|cube, sphere or cylinder|box, a ball or a can]",
    ),
}

# The attribute alone is enough after a turn about the object.
ATTRIBUTE_ALONE: Final = (
    "and {its} {attribute}",
    "and {its} {attribute}",
    "{its} {attribute}",
    "and the {attribute}",
    "and {attribute}",
    "{attribute}",
    "[what|how] about {its} {attribute}",
    "[what|how] about the {attribute}",
    "what about {attribute}",
    "the {attribute} too[, please|]",
    "and what {attribute}",
    "what {attribute}",
    "{attribute} as well[, please|]",
    "now {its} {attribute}",
    "also {its} {attribute}",
    "and in terms of {attribute}",
    "same for {its} {attribute}",
)

DESCRIBE_IT: Final = (
    "what is {it}",
    "what's {it}",
    "what exactly is {it}",
    "describe {that}",
    "can you describe {that}",
    "describe {that} [for me|in full|fully|please]",
    "what does {it} look like",
    "tell me [more|all|everything] about {that}",
    "tell me about {that}",
    "so what is {it}",
    "and what is {it}",
    "what sort of thing is {it}",
    "what kind of [object|thing] is {it}",
    "give me [all its details|its details|a full description of it]",
)

LOCATE_IT: Final = (
    "where is {it}",
    "where's {it}",
    "whereabouts is {it}",
    "where is {it} [located|placed|standing|sitting]",
    "where in the [picture|image|scene|photo] is {it}",
    "[which|what] part of the [picture|image] is {it} in",
    "and where is {it}",
    "where can i find {that}",
    "where do you see {that}",
    "what's {its} [position|location|place]",
    "{its} [position|location]",
    "and {its} [position|location]",
)

IS_IT: Final = (
    "is {it} {pred}",
    "is {it} {pred}",
    "is {it} {pred}",
    "is {it} really {pred}",
    "{it} is {pred}, right",
    "{it} is {pred}, isn't it",
    "so {it} is {pred}",
    "so is {it} {pred}",
    "and is {it} {pred}",
    "would you say {it} is {pred}",
    "is {it} maybe {pred}",
    "can you confirm {it} is {pred}",
    "does {it} look {pred}",
)

COUNT_BY_IT: Final = (
    "how many {ones} are {rel}",
    "how many {ones} are there {rel}",
    "how many {ones} can you see {rel}",
    "how many {ones} do you see {rel}",
    "count the {ones} {rel}",
    "what number of {ones} are {rel}",
    "what is the number of {ones} {rel}",
    "and how many {ones} are {rel}",
    "{rel}, how many {ones} are there",
    "how many {ones} {rel}",
)

EXIST_BY_IT: Final = (
    "are there any {ones} {rel}",
    "are there {ones} {rel}",
    "any {ones} {rel}",
    "do you see any {ones} {rel}",
    "can you see any {ones} {rel}",
    "is there {a_one} {rel}",
    "do you see {a_one} {rel}",
    "and is there {a_one} {rel}",
    "{a_one} {rel}",
    "do any {ones} stand {rel}",
)

ANYTHING_BY_IT: Final = (
    "is there anything {rel}",
    "is there something {rel}",
    "anything {rel}",
    "is anything {rel}",
    "is there any [thing|object] {rel}",
    "do you see anything {rel}",
    "can you see something {rel}",
    "and is there anything {rel}",
    "something {rel}",
    "is there anything else {rel}",
    "are there any {things} {rel}",
)

WHAT_BY_IT: Final = (
    "what is {rel}",
    "what's {rel}",
    "what do you see {rel}",
    "what can you see {rel}",
    "what is there {rel}",
    "and what is {rel}",
    "which {things} are {rel}",
    "what {things} are {rel}",
    "list the {things} {rel}",
    "name the {things} {rel}",
    "what stands {rel}",
    "describe what is {rel}",
)

# "and the one behind it?": the last question once more about a neighbour.
AGAIN_BY_IT: Final = (
    "and the {thing} {rel}",
    "and the {thing} {rel}",
    "what about the {thing} {rel}",
    "how about the {thing} {rel}",
    "and what about the {thing} {rel}",
    "the {thing} {rel}",
    "same for the {thing} {rel}",
    "same question for the {thing} {rel}",
    "and for the {thing} {rel}",
    "and that of the {thing} {rel}",
    "now the {thing} {rel}",
    "ok and the {thing} {rel}",
)
AGAIN_SET_BY_IT: Final = (
    "and {rel}",
    "what about {rel}",
    "how about {rel}",
    "and what about {rel}",
    "{rel}",
    "same {rel}",
    "and if you look {rel}",
)

SAME_EXIST: Final[dict[str, tuple[str, ...]]] = {
    "color": (
        "is there anything else [of|with|in] [the same|its] [color|colour]",
        "does anything else have [the same|its] [color|colour]",
        "is anything else the same [color|colour]",
        "do any other {things} have [the same|its] [color|colour]",
        "anything else [in|of|with] that [color|colour]",
        "is there another {thing} of that [color|colour]",
        "does {it} share its [color|colour] with anything [else|]",
    ),
    "size": (
        "is there anything else of [the same|its] size",
        "does anything else have [the same|its] size",
        "is anything else [the same size|as big as it|just as big]",
        "do any other {things} have [the same|its] size",
        "is there another {thing} of that size",
    ),
    "material": (
        "is there anything else [of|made of|in] the same material",
        "does anything else have [the same|its] material",
        "is anything else made of [the same material|the same stuff|that material]",
        "do any other {things} share its material",
        "is there another {thing} of that material",
    ),
    "shape": (
        "is there anything else [of|with] [the same|its] shape",
        "does anything else have [the same|its] shape",
        "is anything else the same shape",
        "do any other {things} have [the same|its] shape",
        "is there another {thing} of that shape",
        "anything else shaped like [it|that]",
    ),
}
SAME_COUNT: Final = (
    "how many other {things} have [the same|its] {attribute}",
    "how many other {things} are the same {attribute} as {that}",
    "how many [others|other ones] share its {attribute}",
    "how many {things} have the same {attribute} as {that}",
    "how many other {things} have that {attribute}",
    "what number of other {things} share its {attribute}",
)
SAME_DESCRIBE: Final = (
    "what else has [the same|its] {attribute}",
    "which other {things} have [the same|its] {attribute}",
    "which {things} share its {attribute}",
    "what else is the same {attribute} as {that}",
)

COMPARE_EQUAL: Final = (
    "is {it} the same {attribute} as {np}",
    "does {it} have the same {attribute} as {np}",
    "is its {attribute} the same as that of {np}",
    "do {that} and {np} have the same {attribute}",
    "does {it} share its {attribute} with {np}",
    "does its {attribute} match {np}",
    "is {it} of the same {attribute} as {np}",
)
COMPARE_BIGGER: Final = (
    "is {it} [bigger|larger] than {np}",
    "is {it} [bigger|larger] than {np}",
    "would {it} be [bigger|larger] than {np}",
    "and is {it} [bigger|larger] than {np}",
    "is {it} of greater size than {np}",
)
COMPARE_SMALLER: Final = (
    "is {it} smaller than {np}",
    "is {it} smaller than {np}",
    "and is {it} smaller than {np}",
    "is {it} tinier than {np}",
    "is {it} of smaller size than {np}",
)
COMPARE_AGAIN: Final = (
    "and than {np}",
    "than {np} too",
    "what about than {np}",
    "or than {np}",
    "and than {np}, is it",
)
COMPARE_AS_AGAIN: Final = (
    "and as {np}",
    "or as {np}",
    "what about as {np}",
    "and the same as {np}",
)

NEAREST_DESCRIBE: Final = (
    "what is [closest|nearest] to {that}",
    "what's [closest|nearest] to {that}",
    "which {thing} is [closest|nearest] to {that}",
    "what [stands|is standing|sits] [closest|nearest] to {that}",
    "what is the [closest|nearest] {bare} to {that}",
    "what's its [closest|nearest] neighbour",
    "what is its nearest neighbor",
    "describe the {bare} [closest|nearest] to {that}",
)
NEAREST_AGAIN: Final = (
    "and the {thing} [closest|nearest] to {that}",
    "what about the {thing} [closest|nearest] to {that}",
    "and its [closest|nearest] neighbour",
    "how about the [closest|nearest] {bare} to {that}",
    "and its nearest neighbor",
)
