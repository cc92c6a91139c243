"""Times in people's words: "yesterday", "on Monday", "last week" to a span of seconds."""

import re
from datetime import datetime, timedelta

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# What `span_of` reads, to be taken out of what else is said.
TIMES = re.compile(
    r"\b(?:from |of |taken |made |added |sent |on |in |during |since )*(?:the )?(?:"
    r"this morning|earlier today|today|yesterday|last (?:night|evening|week|month)"
    r"|this (?:week|month)"
    r"|(?:last|past) \d+ (?:days|weeks)|(?:\d+|a|an|two|three) (?:day|week)s? ago"
    rf"|(?:last |this past )?(?:{'|'.join(_DAYS)})(?:'?s)?"
    rf"|(?<=in )(?:{'|'.join(_MONTHS)})(?: \d{{4}})?)\b",
    re.IGNORECASE,
)


def span_of(text: str, now: datetime) -> tuple[float, float] | None:
    """Start and end (POSIX seconds) of the time `text` speaks of, or None."""
    words = text.lower()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    day = timedelta(days=1)
    if re.search(r"\b(today|this morning|earlier today)\b", words):
        return today.timestamp(), now.timestamp()
    if re.search(r"\byesterday\b|\blast (night|evening)\b", words):
        return (today - day).timestamp(), today.timestamp()
    if re.search(r"\blast week\b", words):
        monday = today - day * today.weekday()
        return (monday - 7 * day).timestamp(), monday.timestamp()
    if re.search(r"\bthis week\b", words):
        return (today - day * today.weekday()).timestamp(), now.timestamp()
    if re.search(r"\b(this|last) month\b", words):
        first = today.replace(day=1)
        if "this month" in words:
            return first.timestamp(), now.timestamp()
        return (first - day).replace(day=1).timestamp(), first.timestamp()
    if past := re.search(r"\b(?:last|past) (\d+) (day|week)s\b", words):
        days = int(past[1]) * (7 if past[2] == "week" else 1)
        return (now - day * days).timestamp(), now.timestamp()
    if named := re.search(rf"\bin ({'|'.join(_MONTHS)})(?: (\d{{4}}))?\b", words):
        month = _MONTHS.index(named[1]) + 1
        year = int(named[2]) if named[2] else now.year - (month > now.month)
        first = today.replace(year=year, month=month, day=1)
        after = first.replace(year=year + month // 12, month=month % 12 + 1)
        return first.timestamp(), after.timestamp()
    if ago := re.search(r"\b(\d+|a|an|two|three) (day|week)s? ago\b", words):
        number = {"a": 1, "an": 1, "two": 2, "three": 3}.get(ago[1]) or int(ago[1])
        days = number * (7 if ago[2] == "week" else 1)
        slack = 3 if ago[2] == "week" else 0
        start = today - (days + slack) * day
        return start.timestamp(), (today - (days - slack - 1) * day).timestamp()
    for index, name in enumerate(_DAYS):
        if re.search(rf"\b(on|last|this past) {name}\b|\b{name}'?s?\b", words):
            back = (today.weekday() - index) % 7 or 7
            start = today - back * day
            return start.timestamp(), (start + day).timestamp()
    return None


def told(moment: float, now: datetime) -> str:
    """A moment as people say it: "today at 14:05", "yesterday", "on Monday 23 November"."""
    then = datetime.fromtimestamp(moment)
    days = (now.date() - then.date()).days
    if days == 0:
        return f"today at {then:%H:%M}"
    if days == 1:
        return f"yesterday at {then:%H:%M}"
    return f"on {then:%A} {then.day} {then:%B}" + (f" {then.year}" if then.year != now.year else "")
