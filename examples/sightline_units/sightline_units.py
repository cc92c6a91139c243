"""The `units` tool: "how many kilometres are 3 miles?". All there is to a plug-in is in this file.

pip install . && sightline tools check units
"""

import re
from typing import Any, ClassVar

from pydantic import BaseModel, Field
from sightline.tools.base import SightlineTool, Specialist, ToolArgs
from sightline.tools.results import ToolError, ToolResult

# One unit of each kind is 1; temperatures have a scale and an offset to degrees Celsius.
_LENGTH = {
    "mm": 0.001, "cm": 0.01, "m": 1.0, "km": 1000.0, "inch": 0.0254, "foot": 0.3048,
    "yard": 0.9144, "mile": 1609.344,
}  # fmt: skip
_MASS = {
    "g": 1.0, "kg": 1000.0, "ounce": 28.349523125, "pound": 453.59237, "stone": 6350.29318,
}  # fmt: skip
_VOLUME = {
    "ml": 0.001, "l": 1.0, "cup": 0.2365882365, "pint": 0.473176473, "gallon": 3.785411784,
}  # fmt: skip
_DEGREES = {"celsius": (1.0, 0.0), "fahrenheit": (5 / 9, -160 / 9), "kelvin": (1.0, -273.15)}
_SPELT = {
    "millimetre": "mm", "centimetre": "cm", "metre": "m", "kilometre": "km", "in": "inch",
    "feet": "foot", "ft": "foot", "yd": "yard", "gram": "g", "kilogram": "kg", "kilo": "kg",
    "oz": "ounce", "lb": "pound", "st": "stone", "millilitre": "ml", "litre": "l", "gal": "gallon",
    "centigrade": "celsius", "c": "celsius", "f": "fahrenheit", "k": "kelvin",
} | {unit: unit for units in (_LENGTH, _MASS, _VOLUME, _DEGREES) for unit in units}  # fmt: skip
_WORTH = {"two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "ten": 10.0, "half": 0.5}
_NUMBER = re.compile(r"(?P<over>\d+)/(?P<under>\d+)|(?P<digits>-?\d[\d,]*(?:\.\d+)?)")


class UnitsArgs(ToolArgs):
    """Arguments of `units`."""

    question: str = Field(
        min_length=1, max_length=300, description="an amount, its unit, and the unit wanted"
    )


class UnitsTool(SightlineTool):
    """Converts lengths, weights, volumes and temperatures."""

    name: str = "units"
    description: str = "Convert an amount from one unit of measurement to another."
    args_schema: type[BaseModel] = UnitsArgs
    specialist: ClassVar[Specialist] = "librarian"
    argument: ClassVar[str] = "question"
    examples: ClassVar[tuple[str, ...]] = (
        "convert 3 miles to kilometres",
        "how many grams are in two pounds?",
        "what is 70 fahrenheit in celsius?",
        "5 feet in centimetres please",
        "how much is a gallon in litres?",
        "turn 250 ml into cups",
        "how far is 10 km in miles?",
        "what's 100 kg in stone?",
        "20 inches in cm",
        "how hot is 180 C in Fahrenheit?",
        "change 6 yards to metres",
        "how many ounces in a kilo?",
    )

    def look(self, question: str, **_: Any) -> ToolResult:
        """Read amount and units off `question` and convert."""
        amount, units = _amount(question), _units(question)
        if len(units) < 2:
            raise ToolError("Please name two units, such as miles and kilometres.")
        given, wanted = units[:2]
        if re.match(r"\W*how many\b", question, re.IGNORECASE):
            given, wanted = wanted, given  # "how many grams are in 2 pounds?"
        value = _converted(amount, given, wanted)
        text = f"{amount:g} {given} is {value:.4g} {wanted}."
        return ToolResult(text=text, answer=f"{value:.4g}")


def _amount(question: str) -> float:
    number = _NUMBER.search(question)
    if number is None:
        said = [word for word in re.findall(r"[a-z]+", question.lower()) if word in _WORTH]
        return _WORTH[said[0]] if said else 1.0
    if number["over"]:
        return int(number["over"]) / int(number["under"])
    return float(number["digits"].replace(",", ""))


def _units(question: str) -> list[str]:
    """Units that are named, in order, each once."""
    words = re.findall(r"[a-z]+", question.lower())
    found = [_unit(word) for word in words]
    # "20 inches in cm": between two units "in" is no inch.
    named = [unit for word, unit in zip(words, found, strict=True) if unit and word != "in"]
    if len(named) < 2:
        named = [unit for unit in found if unit]
    return list(dict.fromkeys(named))


def _unit(word: str) -> str:
    """The unit that a word spells, "" for other words; "meters" are "metres"."""
    if word == "inches":
        return "inch"
    word = re.sub(r"(met|lit)er", r"\1re", word)
    return _SPELT.get(word) or _SPELT.get(word.removesuffix("s"), "")


def _converted(amount: float, given: str, wanted: str) -> float:
    for kind in (_LENGTH, _MASS, _VOLUME):
        if given in kind and wanted in kind:
            return amount * kind[given] / kind[wanted]
    if given in _DEGREES and wanted in _DEGREES:
        scale, offset = _DEGREES[given]
        other, shift = _DEGREES[wanted]
        return (amount * scale + offset - shift) / other
    raise ToolError(f"{given} and {wanted} do not measure the same thing.")
