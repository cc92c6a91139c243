"""Files by name: "the second picture", "the other receipt" in a person's words.

Which file is meant is for the plan; a tool that looks at one picture takes "the second" for one of
the things in it, so the naming is left out of what it is asked.
"""

import re
from collections.abc import Sequence

NOUN = (
    r"(?:pictures?|photos?|photographs?|images?|pics?|shots?|scenes?|snaps?|receipts?|invoices?"
    r"|bills?|documents?|docs?|papers?|pages?|slips?|scans?|files?|tickets?|statements?|letters?)"
)
_NUMBER = {
    "first": 0, "1st": 0, "former": 0, "left": 0, "left-hand": 0, "second": 1, "2nd": 1,
    "latter": 1, "right": 1, "right-hand": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
}  # fmt: skip
PLACES = "|".join(_NUMBER)
_NAMED = re.compile(
    rf"\s*\b(?:(?:that is|that's|which is)\s+)?(?:(?:in|on|of|from|within|inside)\s+)?"
    rf"(?:the|my)\s+(?P<place>{PLACES})\s+(?:one of the\s+)?{NOUN}\b"
    # "The second one" may be a cube; what something stands in is a picture.
    rf"|\s*\b(?:in|on)\s+the\s+(?P<one>{PLACES})(?:\s+one)?(?=\s*(?:$|[,.?!]|\band\b|\bis\b|\bare\b))",
    re.IGNORECASE,
)


def place_of(word: str, count: int) -> int | None:
    """Which of `count` files, oldest first, is called `word` ("first", "latter"); from 0."""
    number = _NUMBER.get(word.lower())
    return number if number is not None and number < count else None


def files_named(text: str, files: Sequence[str]) -> tuple[str, list[str]]:
    """`text` without the names of files, and those of `files` (oldest first) that it names."""
    found: list[str] = []

    def left_out(match: re.Match[str]) -> str:
        place = place_of(match["place"] or match["one"], len(files))
        if place is None:
            return match[0]
        found.append(files[place])
        return ""

    bare = _NAMED.sub(left_out, text).strip(" ,")
    return (bare, found) if found else (text, [])
