"""Words for things that no tabletop scene holds.

The program parser knows the words of its world and would take "dog" for just another thing. A
question about one of these is answered by what is there: none of them.
"""

import re

_NOUNS = """
people person persons woman women child children kid kids boy girl human humans dog dogs cat cats
bird birds horse horses cow cows sheep animal animals fish elephant bear lion puppy kitten mouse
rabbit snake car cars truck trucks bus buses bike bikes bicycle motorbike motorcycle train trains
plane planes airplane boat boats ship vehicle vehicles wheel wheels road street bridge tree trees
flower flowers grass plant plants leaf leaves cloud clouds moon mountain mountains hill river lake
sea ocean beach sand snow rain water house houses building buildings window windows door doors
roof tower castle chair chairs sofa couch bed lamp desk shelf curtain carpet kitchen food pizza
cake apple apples banana bananas bread sandwich cheese egg eggs coffee tea beer wine cup cups mug
bottle bottles bowl fork knife spoon phone phones laptop computer keyboard tv television book
books newspaper pen pencil bag bags backpack umbrella hat hats cap shirt shirts jacket coat dress
trousers jeans shoe shoes sock glasses sunglasses foot feet hair eyes nose smile teeth guitar
piano football basketball soccer tennis skateboard surfboard snowboard frisbee kite swing sign
signs flag clock watch triangle triangles pyramid pyramids cone cones heart hearts pentagon
hexagon donut torus player players crowd team bride wedding soldier policeman doctor farmer
"""
_FOREIGN = re.compile(
    r"\b(" + "|".join(sorted(_NOUNS.split(), key=len, reverse=True)) + r")\b", re.IGNORECASE
)
# "My mum asked", "for the kids", "I have a cat; how many ...": said about the asker's world.
_ASKED_OF = re.compile(
    r"\b(how many|any|is there|are there|there are|there is|where|what|which|see|find|show|"
    r"point|mark|count|number of|circle|highlight)\b[^,;.!?]{0,40}$",
    re.IGNORECASE,
)
_OWNERS = re.compile(r"\b(my|our|your|his|her|their|for the|says?|asked|asks)\s+(\w+\s+)?$", re.I)


def foreign_noun(text: str) -> str:
    """The thing of another world that `text` asks for, "" where it asks for none."""
    for match in _FOREIGN.finditer(text):
        before = text[: match.start()]
        if _ASKED_OF.search(before) and not _OWNERS.search(before):
            return match.group(0).lower()
    return ""
