"""Requests for two and three things at once, in many voices: wordings with slots, by family.

`DEV` is for development (seeds below 9000), `TEST` for the benchmark's own seeds; no wording
stands in both. Slots: {t} and {u} single things ("red cube"), {v} a value (a colour or a material),
{n} a kind of things ("metal things"), {q} what pictures of an album show ("two red cubes").
"""

from .dev import WORDINGS as DEV
from .test import WORDINGS as TEST

__all__ = ["DEV", "TEST"]
