"""The words in which people hold files against each other, or add them up."""

import re

from .naming import NOUN

_PLACE = (
    r"(?P<{0}>first|1st|one before|second|2nd|third|3rd|other|previous|earlier|former|latter"
    r"|last|newest|newer|older|left|right)"
)
_ABOUT = r"(?:the|that|this|my|on|in|from|of|for|with|at|what's|is|total|amount|date|picture|a)\s+"
THAN = re.compile(
    rf"\b(?:than|as|from|with|to|and|beats?|exceeds?)\s+(?:{_ABOUT})*(?:{_PLACE.format('other')}"
    rf"(?:\s+(?:one|{NOUN}))?(?:'s)?|(?P<its>that one|this one|the one before|the one i sent))"
    r"(?=\s*(?:$|[,.?!;)]|\b(?:is|are|do|does|did|has|have|had|was|and|by|please|pls|show\w*|i)\b))",
    re.IGNORECASE,
)
SPOKEN = re.compile(
    rf"\b(?:(?:the|my|in|on)\s+{_PLACE.format('one')}(?:\s+(?:one|{NOUN}))?|(?P<this>this|it))\b",
    re.IGNORECASE,
)
SEVERAL = re.compile(
    rf"\b(?:(?:the|these|those|my|both|both the|both of the) (?:two|three|2|3|four)(?: {NOUN})?"
    rf"|both(?: of (?:them|these))?|each (?:of|one)|both (?:of )?(?:the |these |my )?{NOUN}"
    rf"|(?:these|those|the) {NOUN}|the two|these two|of them|of these|the pair)\b",
    re.IGNORECASE,
)
WHICH = re.compile(
    rf"\b(?:which|what)(?:'s| is)?(?: the)?\s+(?:(?:one|{NOUN}|of|has|have|shows?|contains?|is|was"
    r"|got|costs?)\b|\w+\s+of\b)",
    re.IGNORECASE,
)
WHICH_FILE = re.compile(
    rf"\b(?:which|what|whose) (?:one|{NOUN})\b|\bwhich (?:has|shows|is|was|cost\w*)\b",
    re.IGNORECASE,
)
ALTERNATIVE = re.compile(r"\bor the (?!other|second|first|last|right|left)", re.IGNORECASE)
MORE = re.compile(
    r"\b(more|most|higher|highest|larger|largest|bigger|biggest|greater|greatest|later|latest"
    r"|newer|newest|more recent|most recent|dearer|dearest|pricier|priciest|expensive|above"
    r"|exceeds?|beats?|longer)\b",
    re.IGNORECASE,
)
LESS = re.compile(
    r"\b(fewer|fewest|less|least|lower|lowest|smaller|smallest|older|oldest|cheaper|cheapest|below"
    r"|under|earlier(?= than| date| due|\?|$)|earliest|sooner|before(?= the))\b",
    re.IGNORECASE,
)
SAME = re.compile(r"\b(same|as many|as much|equal|equally|identical)\b", re.IGNORECASE)
BY_HOW = re.compile(
    r"\b(differen(?:ce|t)|how (?:many|much) (?:more|less|fewer|higher|lower)|by how)\b",
    re.IGNORECASE,
)
WHETHER = re.compile(r"\b(whether|if|is|are|does|do|did|was|has)\b", re.IGNORECASE)
COUNTED = re.compile(
    r"\b(?:(?:more|most|fewer|fewest|less|least|same (?:number|amount|count) of|as many|number of"
    r"|by how many"
    r"|equal number of|equally many|same)|(?:largest|biggest|highest|larger|bigger|higher|greater"
    r"|greatest|smallest|lowest|lower|smaller) (?:number|count|amount) of)\s+(?:of\s+)?"
    r"(?P<noun>(?!than|in|on|of\b|or\b)[a-z][a-z' -]*?)"
    r"(?=\s*(?:$|[,.?!;)]|\b(?:than|in|on|are|is|as|does|do|has|have|had|there|and|between|across"
    r"|or|can|to|at|we|you|i|please|pls|visible|overall|would|from|inside|over)\b))",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"\b((?:grand |sub[- ]?|net |final |overall )?total(?! of)(?: amount| due)?"
    r"|amount(?: due| paid| payable)?|sub-?total"
    r"|balance(?: due)?|sum|tax|vat|gst|discount|change|tip|due date|issue date|invoice date|date"
    r"|price)s?\b",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\b(later|latest|newer|newest|older|oldest|earlier|earliest|recent|sooner)\b", re.IGNORECASE
)
PAGE = re.compile(
    r"\b(?P<page>first|second|third|last)\s+page\b|\bpage\s+(?P<number>\d+|one|two|three)\b",
    re.IGNORECASE,
)
SUMMED = re.compile(
    r"\b(?:add(?:ed|ing)?\b.{0,40}?\b(?:up|together)|add up"
    r"|sum(?: up)?(?= (?:of|the|both|all|these))|together|altogether|combined"
    r"|in all)\b",
    re.IGNORECASE,
)
SPENT = re.compile(
    r"\b(?:spen[dt]|pay|paid|costs?|owed?|come to|makes?|add\w*|sum|how much)\b", re.IGNORECASE
)
HOW_MANY = re.compile(
    r"\bhow many (?P<noun>(?!more|fewer|of\b)[a-z][a-z' -]*?)"
    r"(?=\s+(?:are|do|does|can|is|have|in|on|there|altogether|together)\b)",
    re.IGNORECASE,
)
EACH_HAS = re.compile(
    rf"\b(?:do|does|have|has) (?:both|each|all|all three)(?: of)?(?: (?:them|these|those|my|the))?"
    rf"(?: (?:two|three))?(?: {NOUN})? (?:have|has|show|shows|contain|contains|got|include)"
    r" (?P<what>(?:an?|any|some|at least|more than|two|three|\d+) [^?.!]+)",
    re.IGNORECASE,
)
PLAIN = {"things", "objects", "items", "stuff", "shapes", "pieces", "ones", "things on it"}
