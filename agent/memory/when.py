"""Times in people's words: "yesterday", "on Monday", "last week" to a span of seconds."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

Span = tuple[float, float]

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "a couple of": 2, "a couple": 2,
}  # fmt: skip
_FEW: Final = r"(?:a few|few|several|some)"
# The most that people call a few.
_FEW_MEANT: Final = 7
_MONTH: Final = "|".join(_MONTHS)
_DAY: Final = "|".join(_DAYS)
_NUMBER: Final = r"\d+|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
# Hours (start, end) of the parts of a day.
_PARTS: Final = {
    "morning": (0, 12), "afternoon": (12, 18), "evening": (17, 24), "night": (18, 24),
    "tonight": (17, 24),
}  # fmt: skip
# "May 3" needs its "rd": "may 3 cubes be red?" is no date.
_MONTH_FIRST: Final = (
    rf"\b({_MONTH}) (?:the )?((?<!may )\d{{1,2}}\b|\d{{1,2}}(?=st|nd|rd|th))"
    r"(?:st|nd|rd|th)?\b(?:,? (\d{4}))?"
)
_DATE: Final = (
    rf"(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})(?:,? \d{{4}})?"
    rf"|{_MONTH_FIRST}"
    r"|(?<=on )the \d{1,2}(?:st|nd|rd|th)"
)
_STARTS: Final = rf"today|yesterday|last |this |the (?:day|\d)|{_DAY}|{_MONTH}|\d"
# What `span_of` reads, to be taken out of what else is said.
TIMES: Final = re.compile(
    r"\b(?:(?:from|of|taken|made|added|sent|on|in|during|since|before|back|way|over)\s+)*"
    r"(?:the )?(?:"
    r"earlier today|today|the day before yesterday|day before yesterday"
    r"|yesterday(?: (?:morning|afternoon|evening|night))?"
    r"|this (?:morning|afternoon|evening|week|weekend|month|year)|tonight"
    r"|last (?:night|evening|week|weekend|month|year)"
    rf"|(?:last|past) (?:(?:{_NUMBER}|few) )?(?:hours?|days?|weeks?|months?)"
    rf"|(?:{_FEW}|{_NUMBER}) (?:minute|hour|day|week|month)s? (?:ago|back|before)"
    r"|the other (?:day|week|night)"
    rf"|(?:last |this past )?(?:{_DAY})(?:'?s)?(?: (?:last week|morning|afternoon|evening|night))?"
    rf"|{_DATE}"
    rf"|(?<=in )(?:{_MONTH})(?: \d{{4}})?)(?:['’]s)?\b",
    re.IGNORECASE,
)


def span_of(text: str, now: datetime) -> Span | None:
    """Start and end (POSIX seconds) of the time `text` speaks of, or None."""
    words = " ".join(text.lower().split())
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for read in (_recently, _date, _named_day, _ago, _few, _relative_day, _stretch, _month):
        if (span := read(words, now, today)) is not None:
            if re.search(rf"(?<!day )\bbefore (?={_STARTS})", words):
                return 0.0, span[0]
            return (span[0], now.timestamp()) if re.search(r"\bsince\b", words) else span
    return None


def number_of(word: str) -> int:
    """2 of "two", "2" and "a couple of"."""
    return NUMBERS.get(word) or int(word)


def _seconds(start: datetime, end: datetime) -> Span:
    return start.timestamp(), end.timestamp()


def _recently(words: str, now: datetime, today: datetime) -> Span | None:
    """ "in the last two hours", "the past 3 days"."""
    found = re.search(
        rf"\b(?:last|past) (?:({_NUMBER}|few) (hour|day|week|month)s\b|(hour)\b)", words
    )
    if not found:
        return None
    number = 3 if found[1] == "few" else number_of(found[1]) if found[1] else 1
    hours = {"hour": 1, "day": 24, "week": 168, "month": 730}[found[2] or found[3]]
    return _seconds(now - timedelta(hours=hours * number), now)


def _date(words: str, now: datetime, today: datetime) -> Span | None:
    """ "on 12 November", "November 12th", "on the 12th": the last such day."""
    year = None
    if found := re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})(?:,? (\d{{4}}))?",
                          words):  # fmt: skip
        day, month, year = int(found[1]), _MONTHS.index(found[2]) + 1, found[3]
    elif found := re.search(_MONTH_FIRST, words):
        day, month, year = int(found[2]), _MONTHS.index(found[1]) + 1, found[3]
    elif found := re.search(r"\bon the (\d{1,2})(?:st|nd|rd|th)\b", words):
        day, month = int(found[1]), now.month
        if day > now.day:
            month, year = (month - 1, None) if month > 1 else (12, str(now.year - 1))
    else:
        return None
    try:
        start = today.replace(year=int(year or now.year), month=month, day=day)
        if year is None and start > today:
            start = start.replace(year=now.year - 1)
    except ValueError:
        return None
    return _seconds(start, start + timedelta(days=1))


def _named_day(words: str, now: datetime, today: datetime) -> Span | None:
    """ "on Monday", "last Monday evening", "Monday last week": never today itself."""
    for index, name in enumerate(_DAYS):
        found = re.search(
            rf"\b{name}'?s?\b(?: (last week|morning|afternoon|evening|night))?", words
        )
        if not found:
            continue
        start = today - timedelta(days=(today.weekday() - index) % 7 or 7)
        if found[1] == "last week" or re.search(rf"\blast week(?:'s)? (?:on )?{name}", words):
            start = today - timedelta(days=today.weekday() + 7 - index)
        return _part(start, found[1] or "")
    return None


def _ago(words: str, now: datetime, today: datetime) -> Span | None:
    """ "two days ago", "a week ago" (give or take three days), "an hour ago"."""
    found = re.search(rf"\b({_NUMBER}) (minute|hour|day|week|month)s? (?:ago|back|before)\b", words)
    if not found:
        return None
    number = number_of(found[1])
    if found[2] in ("minute", "hour"):
        unit = timedelta(minutes=1 if found[2] == "minute" else 60)
        middle, slack = now - number * unit, max(timedelta(minutes=5), number * unit / 4)
        return _seconds(middle - slack, middle + slack)
    days, slack = {"day": (1, 0), "week": (7, 3), "month": (30, 10)}[found[2]]
    start = today - timedelta(days=number * days + slack)
    return _seconds(start, today - timedelta(days=number * days - slack - 1))


def _few(words: str, now: datetime, today: datetime) -> Span | None:
    """ "a few days back", "several hours ago", "the other day": one to eight ago."""
    found = re.search(
        rf"\b(?:{_FEW} (minute|hour|day|week|month)s (?:ago|back|before)"
        r"|the other (day|night|week))\b",
        words,
    )
    if not found:
        return None
    unit = (found[1] or found[2]).replace("night", "day")
    days = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30}[unit]
    one, end = timedelta(days=days), now if days < 1 else today + timedelta(days=1)
    return _seconds(end - one - _FEW_MEANT * one, end - one)


def _relative_day(words: str, now: datetime, today: datetime) -> Span | None:
    """ "today", "this morning", "yesterday evening", "last night"."""
    day = timedelta(days=1)
    if re.search(r"\bday before yesterday\b", words):
        return _seconds(today - 2 * day, today - day)
    if found := re.search(r"\byesterday(?: (morning|afternoon|evening|night))?\b", words):
        return _part(today - day, found[1] or "")
    if found := re.search(r"\blast (night|evening)\b", words):
        return _part(today - day, found[1])
    if found := re.search(r"\bthis (morning|afternoon|evening)\b|\b(tonight)\b", words):
        start, end = _part(today, found[1] or found[2])
        return start, max(start, min(end, now.timestamp()))
    if re.search(r"\btoday\b", words):
        return _seconds(today, now)
    return None


def _stretch(words: str, now: datetime, today: datetime) -> Span | None:
    """ "last week", "this month", "last weekend", "last year"."""
    day = timedelta(days=1)
    found = re.search(r"\b(this|last|past) (weekend|week|month|year)\b", words)
    if not found:
        return None
    current = found[1] == "this"
    monday = today - day * today.weekday()
    if found[2] == "weekend":
        saturday = monday + 5 * day if current else monday - 2 * day
        return _seconds(saturday, min(saturday + 2 * day, now))
    if found[2] == "week":
        return _seconds(monday, now) if current else _seconds(monday - 7 * day, monday)
    first = today.replace(day=1)
    if found[2] == "month":
        return _seconds(first, now) if current else _seconds(_back(first), first)
    first = first.replace(month=1)
    return _seconds(first, now) if current else _seconds(first.replace(year=now.year - 1), first)


def _month(words: str, now: datetime, today: datetime) -> Span | None:
    """ "in October", "in May 2025"."""
    named = re.search(rf"\bin ({_MONTH})(?: (\d{{4}}))?\b", words)
    if not named:
        return None
    month = _MONTHS.index(named[1]) + 1
    year = int(named[2]) if named[2] else now.year - (month > now.month)
    first = today.replace(year=year, month=month, day=1)
    after = first.replace(year=year + month // 12, month=month % 12 + 1)
    return _seconds(first, after)


def _part(day: datetime, name: str) -> Span:
    """A day, or its morning, afternoon, evening or night."""
    first, last = _PARTS.get(name, (0, 24))
    return _seconds(day + timedelta(hours=first), day + timedelta(hours=last))


def _back(first: datetime) -> datetime:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


Clock = Callable[[], float]
"""Tells the time, POSIX seconds: `time.time`, or what a test wants it to be."""


def told(moment: float, now: datetime) -> str:
    """A moment as people say it: "today at 14:05", "yesterday", "on Monday 23 November"."""
    then = datetime.fromtimestamp(moment)
    days = (now.date() - then.date()).days
    if days == 0:
        return f"today at {then:%H:%M}"
    if days == 1:
        return f"yesterday at {then:%H:%M}"
    return f"on {then:%A} {then.day} {then:%B}" + (f" {then.year}" if then.year != now.year else "")
