"""What a request about a document wants beside an answer read off its text.

    wish_of("give me the table as CSV")        # Wish(kind="table", format="csv")

Only plain wording counts; whatever fits nothing here is a question for the reader.
"""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["", "table", "fields", "ticks", "count_pages", "find_page", "page_totals", "compare"]

_FORMAT = re.compile(
    r"\b(?:(?P<csv>csv|spreadsheet|excel|comma[- ]separated)|(?P<json>json))\b", re.I
)
_EXPORT = re.compile(r"\b(export|download|save|extract|convert|turn|pull)\b", re.I)
_TABLE = re.compile(
    r"\b(tables?|items?|line items|rows|products|transactions|articles|entries|departures|list"
    r"|numbers|figures|data points|chart|graph)\b", re.I
)  # fmt: skip
_WHOLE_TABLE = re.compile(
    r"\b(?:give|show|get|read|extract|export|copy|pull|transcribe|list)\b.{0,24}\b(?:the|this|whole"
    r"|full|entire|out)\s+(?:\w+\s+)?table\b", re.I
)  # fmt: skip
_FIELDS = re.compile(
    r"\b(?:extract|export|read|give|get|show|list|pull|capture|find)\b.{0,20}\b(?:everything"
    r"|all (?:of )?(?:the |its |your )?(?:fields|data|values|details|information|info|facts|keys?"
    r"|entries|key[- ]values?(?: pairs)?)|key[- ]values?|every (?:field|detail|value))\b"
    r"|\ball (?:the )?(?:fields|key[- ]values?|details)\b|\bkey[- ]value pairs?\b"
    r"|\bextract (?:the )?(?:data|information|info|fields|details)\b", re.I
)  # fmt: skip
_AMONG = re.compile(r"\b(?:more|less|over|under|above|below|cheaper|dearer)\b", re.I)
_TICKS = re.compile(
    r"\b(tick(?:ed|s|box\w*)?|check ?box\w*|(?:un)?checked|crossed(?: off)?|un ?ticked"
    r"|(?:option|box|field|circle)s? (?:is|are|was|were) (?:\w+ )?(?:marked|selected|filled|chosen)"
    r"|(?:marked|selected|chosen|checked|ticked) (?:option|box)\w*)\b", re.I
)  # fmt: skip
_COUNT_PAGES = re.compile(r"\b(?:how many|number of) pages\b|\bpage count\b", re.I)
_FIND_PAGE = re.compile(r"\b(?:which|what) pages?\b(?! (?:number )?\d)", re.I)
_TOTALS = re.compile(
    r"\b(?:sum|add\w*(?: up)?|total\w*|altogether)\b.*\b(?:all|every|each|over|across|both)\b.*"
    r"\b(?:pages?|receipts|invoices|bills|documents)\b|\b(?:all|both)\b.{0,24}\b(?:pages|receipts"
    r"|invoices|bills)\b.{0,30}\b(?:together|in total|come to|add up|altogether|sum)\b", re.I
)  # fmt: skip
_COMPARE = re.compile(
    r"\b(?:what|where|how|list|show|tell|find|which|any)\b.*\b(?:differ\w*|chang\w*)\b"
    r"|\bcompare (?:the|these|both|them|this|page|my)\b|\bdifferences?\b", re.I
)  # fmt: skip
_SEVERAL = re.compile(
    r"\b(?:two|both|these|them|versions|invoices|receipts|documents|forms|pages|bills"
    r"|letters|other one|the (?:first|second|other|last|previous))\b", re.I
)  # fmt: skip
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
            "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "last": -1}  # fmt: skip
_WORDS = "|".join(_NUMBERS)
_PAGE = re.compile(
    rf"(?:\b(?:on|of|from|in|at)\s+)?(?:\bthe\s+)?(?:\bpages?\s*(?:no\.?|number|#)?\s*"
    rf"(?P<after>\d{{1,3}}|{_WORDS})\b(?:\s*(?:and|&|,)\s*(?:page\s*)?(?P<also>\d{{1,3}}|{_WORDS})\b)?"
    rf"|\b(?P<before>\d{{1,3}}(?:st|nd|rd|th)|{_WORDS})\s+page\b)", re.I
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A wish.

    Attributes:
        kind: what is wanted, "" for an answer from the text.
        format: of the file that is wanted, "" for none.
        pages: the pages that are meant (from 1, -1 for the last), none for all.
        rest: the request without its words about pages.
    """

    kind: Kind = ""
    format: Literal["", "csv", "json"] = ""
    pages: tuple[int, ...] = ()
    rest: str = ""


def wish_of(request: str) -> Wish:
    """What a request wants."""
    match = _FORMAT.search(request)
    form: Literal["", "csv", "json"] = "" if match is None else "csv" if match["csv"] else "json"
    pages, rest = _pages(request)
    return Wish(kind=_kind(request, form), format=form, pages=pages, rest=rest)


def _kind(request: str, form: str) -> Kind:
    if _COMPARE.search(request) and _SEVERAL.search(request):
        return "compare"
    if _TICKS.search(request):
        return "ticks"
    if (
        _FIELDS.search(request)
        and not _AMONG.search(request)
        and not (form == "csv" and _TABLE.search(request))
    ):
        return "fields"
    if form or _WHOLE_TABLE.search(request):
        plain = form == "json" and not _TABLE.search(request)
        return "fields" if plain else "table"
    if _EXPORT.search(request) and re.search(r"\b(?:table|items|rows)\b", request, re.I):
        return "table"
    if _TOTALS.search(request):
        return "page_totals"
    if _COUNT_PAGES.search(request):
        return "count_pages"
    return "find_page" if _FIND_PAGE.search(request) else ""


def _pages(request: str) -> tuple[tuple[int, ...], str]:
    match = _PAGE.search(request)
    if match is None:
        return (), request
    said = [match["after"] or match["before"], match["also"]]
    numbers = [_NUMBERS.get(word.lower()) or int(re.sub(r"\D", "", word)) for word in said if word]
    rest = " ".join((request[: match.start()] + " " + request[match.end() :]).split())
    return tuple(numbers), rest.strip(" ,;:") or request


def certain(request: str) -> bool:
    """Whether a request makes sense of a document alone: no planner needs to be asked."""
    wish = wish_of(request)
    if wish.kind in ("count_pages", "find_page", "page_totals", "fields"):
        return True
    return wish.kind == "table" and (bool(wish.format) or "table" in request.lower())
