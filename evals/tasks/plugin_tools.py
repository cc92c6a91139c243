"""Six small plug-in tools that no planner was trained on: what `sightline eval plugins` routes.

Each stands for somebody's own tool; together they take words, typed values, choices and patterns.
"""

import random
import re
from datetime import date
from typing import Any, ClassVar, Literal

from PIL import ImageColor
from pydantic import BaseModel, Field

from ...tools.base import SightlineTool, Specialist, ToolArgs
from ...tools.results import ToolError, ToolResult


class DiceArgs(ToolArgs):
    """Arguments of `dice`."""

    count: int = Field(default=1, ge=1, le=100, description="how many dice")
    sides: int = Field(
        default=6, ge=2, le=1000, description="sides or faces of each: the 20 of a d20"
    )


class DiceTool(SightlineTool):
    """Rolls dice."""

    name: str = "dice"
    description: str = "Roll dice and add them up."
    args_schema: type[BaseModel] = DiceArgs
    specialist: ClassVar[Specialist] = "librarian"
    examples: ClassVar[tuple[str, ...]] = (
        "roll a die",
        "throw two dice for me",
        "roll 3d6",
        "give me a d20 roll",
        "roll four ten-sided dice",
        "cast the dice",
        "I need a random number from a 12 sided die",
        "let's see what the dice say",
        "roll for initiative",
        "throw a six-sided die twice",
    )

    def look(self, count: int = 1, sides: int = 6, **_: Any) -> ToolResult:
        """Roll `count` dice of `sides` sides."""
        rolled = [random.randint(1, sides) for _ in range(count)]
        each = f" ({' + '.join(map(str, rolled))})" if count > 1 else ""
        return ToolResult(text=f"You rolled {sum(rolled)}{each}.", answer=str(sum(rolled)))


class CalendarArgs(ToolArgs):
    """Arguments of `calendar`."""

    question: str = Field(
        min_length=1, max_length=300, description="one or two dates, as 2024-02-29 or 1 May 2026"
    )


_MONTHS: list[str] = [date(2000, month, 1).strftime("%b").lower() for month in range(1, 13)]
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9}),? (\d{4})\b", re.I)
_MONTH_FIRST = re.compile(r"\b([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b", re.I)


class CalendarTool(SightlineTool):
    """Weekdays, and days between dates."""

    name: str = "calendar"
    description: str = "Say which weekday a date falls on, or how many days lie between two dates."
    args_schema: type[BaseModel] = CalendarArgs
    specialist: ClassVar[Specialist] = "librarian"
    argument: ClassVar[str] = "question"
    examples: ClassVar[tuple[str, ...]] = (
        "what weekday is 1 May 2026?",
        "how many days are there between 3 March 2025 and 10 June 2025?",
        "which day of the week was 14 July 1989?",
        "how long is it from 2024-01-01 to 2024-12-24?",
        "is 25 December 2027 a Saturday?",
        "number of days from 5 April 2026 until 1 September 2026",
        "on what day does 29 February 2028 fall?",
        "count the days from Jan 3 2025 to Feb 14 2025",
        "was I born on a Monday? 12 August 1990",
        "days between two dates",
        "how many weeks are between 1 June 2026 and 1 August 2026?",
    )

    def look(self, question: str, **_: Any) -> ToolResult:
        """Read the dates off `question` and reckon."""
        days = _dates(question)
        if not days:
            raise ToolError("Please write the date out, such as 1 May 2026.")
        if len(days) == 1:
            name = days[0].strftime("%A")
            return ToolResult(text=f"{days[0].isoformat()} is a {name}.", answer=name)
        between = abs((days[1] - days[0]).days)
        return ToolResult(text=f"There are {between} days between them.", answer=str(between))


def _dates(text: str) -> list[date]:
    found = [(m.start(), int(m[1]), int(m[2]), int(m[3])) for m in _ISO.finditer(text)]
    for pattern, day, month in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
        found += [
            (m.start(), int(m[3]), _MONTHS.index(m[month][:3].lower()) + 1, int(m[day]))
            for m in pattern.finditer(text)
            if m[month][:3].lower() in _MONTHS
        ]
    try:
        return [date(year, month, day) for _, year, month, day in sorted(found)]
    except ValueError as error:
        raise ToolError("There is no such date in the calendar.") from error


class ColourArgs(ToolArgs):
    """Arguments of `colour_name`."""

    code: str = Field(pattern=r"^#?[0-9a-fA-F]{6}$", description="a hex code such as #ff8800")


class ColourTool(SightlineTool):
    """The nearest named colour of a hex code."""

    name: str = "colour_name"
    description: str = "Name the colour that a hex code stands for."
    args_schema: type[BaseModel] = ColourArgs
    specialist: ClassVar[Specialist] = "librarian"
    argument: ClassVar[str] = "code"
    examples: ClassVar[tuple[str, ...]] = (
        "what colour is #ff8800?",
        "name the hex colour #00ffcc",
        "which color has the code 1e90ff?",
        "what is #2f4f4f called?",
        "look up colour code #aabbcc",
        "what does the html colour ffd700 look like?",
        "give me a name for #808000",
        "hex code 4b0082, which shade is that?",
        "is #ff00ff pink or purple?",
        "translate #123456 into a colour name",
    )

    def look(self, code: str, **_: Any) -> ToolResult:
        """Find the named colour nearest to `code`."""
        wanted = ImageColor.getrgb(f"#{code.removeprefix('#')}")

        def distance(name: str) -> int:
            named = ImageColor.getrgb(name)
            return sum((a - b) ** 2 for a, b in zip(wanted, named, strict=False))

        name = min(ImageColor.colormap, key=distance)
        return ToolResult(text=f"{code} is closest to {name}.", answer=name)


class CheckDigitArgs(ToolArgs):
    """Arguments of `barcode`."""

    number: str = Field(pattern=r"^\d{8}$|^\d{12,13}$", description="8, 12 or 13 digits in a row")


class BarcodeTool(SightlineTool):
    """Check digits of EAN and UPC codes."""

    name: str = "barcode"
    description: str = "Say whether the check digit of a barcode number (EAN, UPC, ISBN) is right."
    args_schema: type[BaseModel] = CheckDigitArgs
    specialist: ClassVar[Specialist] = "librarian"
    argument: ClassVar[str] = "number"
    examples: ClassVar[tuple[str, ...]] = (
        "is 4006381333931 a valid barcode?",
        "check the EAN 5901234123457",
        "verify barcode number 036000291452",
        "does the check digit of 9780306406157 add up?",
        "validate this ISBN: 9783161484100",
        "is the UPC 012345678905 correct?",
        "test the checksum of 73513537",
        "barcode 4012345678901, is it genuine?",
        "can you validate an EAN-8 like 96385074?",
        "did I mistype the ISBN 9781861972712?",
    )

    def look(self, number: str, **_: Any) -> ToolResult:
        """Reckon the check digit of `number`."""
        body = number[:-1]
        total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(body)))
        digit = (10 - total % 10) % 10
        if digit == int(number[-1]):
            return ToolResult(text=f"Yes, {number} is a valid number.", answer="yes")
        return ToolResult(text=f"No, {number} should end in {digit}.", answer="no")


class CountArgs(ToolArgs):
    """Arguments of `count_words`."""

    text: str = Field(min_length=1, max_length=4000, description="the text, in quotation marks")
    unit: Literal["words", "characters", "vowels"] = Field(
        default="words", description="what to count"
    )


class CountTool(SightlineTool):
    """Counts words, characters or vowels of a text the person typed."""

    name: str = "count_words"
    description: str = "Count the words, characters or vowels of a text that stands in the message."
    args_schema: type[BaseModel] = CountArgs
    specialist: ClassVar[Specialist] = "librarian"
    argument: ClassVar[str] = "text"
    examples: ClassVar[tuple[str, ...]] = (
        'how many words are in "the quick brown fox"?',
        'count the characters in "hello world"',
        'word count of "to be or not to be"',
        'how long is the sentence "I came, I saw, I conquered" in words?',
        'count the vowels in "onomatopoeia"',
        'does "roses are red" have more than two words?',
        'number of letters in "Mississippi"',
        'how many characters does "supercalifragilistic" have?',
        'tell me the length of this text: "see you soon"',
        'please count the words: "all good things come to an end"',
    )

    def look(self, text: str, unit: str = "words", **_: Any) -> ToolResult:
        """Count what stands in quotation marks, else all of `text`."""
        quoted = re.search(r"[\"“'‘](.+)[\"”'’]", text, re.S)
        said = quoted[1] if quoted else text
        counted = {
            "words": len(said.split()),
            "characters": len(said),
            "vowels": sum(letter in "aeiou" for letter in said.lower()),
        }[unit]
        return ToolResult(text=f"It has {counted} {unit}.", answer=str(counted))


class RomanArgs(ToolArgs):
    """Arguments of `roman`."""

    number: int = Field(ge=1, le=3999, description="a whole number from 1 to 3999")


class RomanTool(SightlineTool):
    """Writes numbers in Roman numerals."""

    name: str = "roman"
    description: str = "Write a number in Roman numerals."
    args_schema: type[BaseModel] = RomanArgs
    specialist: ClassVar[Specialist] = "librarian"
    examples: ClassVar[tuple[str, ...]] = (
        "write 1984 in Roman numerals",
        "what is 49 as a Roman numeral?",
        "how did the Romans write 7?",
        "convert 2026 to roman",
        "roman numeral for 14",
        "give me 500 in roman numbers",
        "turn the year 1666 into Roman numerals",
        "how would 99 look on a Roman clock?",
        "what's the latin numeral of 3?",
        "spell 888 with the letters M, D, C, L, X, V and I",
    )

    def look(self, number: int, **_: Any) -> ToolResult:
        """Write `number` in Roman numerals."""
        values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
        letters = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
        left, text = number, ""
        for value, letter in zip(values, letters, strict=True):
            text += letter * (left // value)
            left %= value
        return ToolResult(text=f"{number} is {text}.", answer=text)


PLUGINS: dict[str, type[SightlineTool]] = {
    tool.model_fields["name"].default: tool
    for tool in (DiceTool, CalendarTool, ColourTool, BarcodeTool, CountTool, RomanTool)
}
