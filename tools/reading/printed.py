"""What a page says in so many words: beside a printed label, or in a sentence. Asked only where
the reader has no answer, or where a question is about what people may or should do.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from ...models.common.values import AMOUNT
from ...models.document_reader.matching import likeness
from ...models.document_reader.ocr import TextLine
from ...models.tasks import PageRegion
from ..results import ToolResult
from .grids import rows_of
from .pages import ReadPage
from .telling import Sitting

_STOP = frozenset(
    """
    a an the is are was were be been do does did has have had what which who whom whose when where
    how much many can could may might must should shall will would i you he she it we they me my our
    your his her its their this that these those there here any some of on in at to for from with by
    about and or not no please tell show give find get got say says within without per as if so than
    day days amount number name value big thing things anything something need
    """.split()  # noqa: SIM905
)
_MAY = re.compile(
    r"^(?:what (?:should|must|do|can|may) (?:i|we|one|you)|(?:can|may|must|should) (?:i|we|one)"
    r"|(?:is|are|were|was) there|any\b|within\b|how long|why\b)", re.I
)  # fmt: skip
_FIGURED = re.compile(
    r"\b(?:tax|gst|vat|discount|tip|total|number|phone|fax|email|website|iban|address|date|charge)\b",
    re.I,
)
_ORDER = re.compile(r"\b(?:please|must|you|required|allowed|within|not)\b", re.I)
_BESIDE = re.compile(r"^(?:and )?(?:what|who|whose|how (?:much|big|high|long)|when|[\w' ]+$)", re.I)
_PAID = re.compile(
    r"\bhow (?:did|was|were|is)\b.*\b(?:pay|paid|settled)\b|\bpayment method\b", re.I
)
_CARDS = re.compile(
    r"\b(?:visa|master ?card|amex|american express|maestro|debit card|credit card|girocard"
    r"|contactless|apple pay|google pay|paypal|bank transfer)\b", re.I
)  # fmt: skip
_CASH = re.compile(r"^\W*cash\b(?! sales| bill| register| back)", re.I)
_BARE = re.compile(r"\b(?:without|before|excl\w*|net)\b", re.I)
_TAX = re.compile(r"\b(?:tax|gst|vat)\b", re.I)
_TAX_HEAD = re.compile(r"^(?:tax|gst|vat)(?:\s*amt| amount)?\s*\W*(?:rm|myr)?\W*$", re.I)
_LABEL = 0.9
_PROSE = 4


def from_sentence(sitting: Sitting, pages: Sequence[ReadPage], request: str) -> ToolResult | None:
    """The sentence that a question about what may, must or can be found is answered by."""
    wanted = _stems(request)
    if not _MAY.match(request.strip()) or _FIGURED.search(request) or not wanted:
        return None
    held = [
        (_ORDER.search(sentence) is not None, -number, sentence, regions)
        for page in pages
        for number, (sentence, regions) in enumerate(_sentences(page))
        if wanted <= _stems(sentence)
    ]
    if not held:
        return None
    _, _, sentence, regions = max(held, key=lambda each: each[:2])
    text = f"It says: “{sentence}”."
    return sitting.result(text, sentence, sitting.regions(regions), confidence=0.7)


def beside_label(sitting: Sitting, pages: Sequence[ReadPage], request: str) -> ToolResult | None:
    """The value that stands right of a printed label with all the words of a question."""
    words = _words(request)
    if not words or not _BESIDE.match(request.strip(" ?")):
        return None
    if _PAID.search(request):
        return _payment(sitting, pages)
    name = " ".join(words)
    for page in pages:
        for row in rows_of(page.text.lines):
            label, colon, rest = row[0].text.partition(":")
            value = " ".join([rest.strip(), *(line.text for line in row[1:])]).strip(" :")
            value = re.sub(r"^(?:RM|MYR|[$€£])?\s*:?\s*", "", value)
            if not any(c.isalnum() for c in value) or not _same(name, label):
                continue
            regions = [
                PageRegion(page=page.number, xyxy=page.text.given_box(line.box), text=line.text)
                for line in (row if colon else row[1:])
            ]
            return sitting.result(f"{value}.", value, sitting.regions(regions), confidence=0.5)
    return None


def under_heading(sitting: Sitting, pages: Sequence[ReadPage], request: str) -> ToolResult | None:
    """The tax in a summary of rates: the figure under a heading that says so."""
    if not _TAX.search(request) or _BARE.search(request):
        return None
    for page in pages:
        rows = rows_of(page.text.lines)
        for row, below in pairwise(rows):
            for head in row[1:]:
                under = [line for line in below if line.box[0] < head.box[2]
                         and line.box[2] > head.box[0] and AMOUNT.search(line.text)]  # fmt: skip
                if _TAX_HEAD.match(head.text.strip()) and len(under) == 1:
                    box = page.text.given_box(under[0].box)
                    region = PageRegion(page=page.number, xyxy=box, text=under[0].text)
                    value = under[0].text.strip()
                    return sitting.result(f"{value}.", value, sitting.regions([region]),
                                          confidence=0.5)  # fmt: skip
    return None


def _payment(sitting: Sitting, pages: Sequence[ReadPage]) -> ToolResult | None:
    """How it was paid: a kind of card that is printed, else cash that was handed over."""
    for means in (_CARDS, _CASH):
        for page in pages:
            for line in page.text.lines:
                match = means.search(line.text)
                if match is not None:
                    box = page.text.given_box(line.box)
                    region = PageRegion(page=page.number, xyxy=box, text=line.text)
                    return sitting.result(f"{match[0]}.", match[0], sitting.regions([region]),
                                          confidence=0.6)  # fmt: skip
    return None


def _same(name: str, label: str) -> bool:
    """Whether a label is a thing's name and hardly more."""
    if likeness(name, label) < _LABEL or len(label.split()) > len(name.split()) + 2:
        return False
    return not set(_words(label)) - set(_words(name)) - {"rm", "due"}


def _words(text: str) -> list[str]:
    return [w for w in re.findall(r"[^\W\d_]{2,}", text.lower()) if w not in _STOP]


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in _words(text) if len(word) > 2}


def _stem(word: str) -> str:
    return re.sub(r"(?:able|ing|ed|es|s|ment)$", "", word)[:7] if len(word) > 4 else word


def _sentences(page: ReadPage) -> list[tuple[str, list[PageRegion]]]:
    """The prose of a page, sentence by sentence, with the lines that each stands on."""
    blocks: list[list[TextLine]] = []
    for row in rows_of(page.text.lines):
        line = row[0]
        goes_on = bool(blocks and blocks[-1]) and not re.search(r"\d", line.text)
        prose = len(row) == 1 and (goes_on or len(re.findall(r"[^\W\d_]{2,}", line.text)) >= 2)
        if not prose:
            blocks.append([])
            continue
        if blocks and blocks[-1]:
            last = blocks[-1][-1]
            height = last.box[3] - last.box[1]
            if line.box[1] - last.box[3] > 0.8 * height:
                blocks.append([])
        else:
            blocks.append([])
        blocks[-1].append(line)
    found = []
    for block in blocks:
        text = " ".join(line.text for line in block)
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            if len(re.findall(r"[^\W\d_]{2,}", sentence)) < _PROSE:
                continue
            held = [line for line in block if line.text in sentence or sentence in line.text
                    or likeness(line.text, sentence) > _LABEL]  # fmt: skip
            regions = [
                PageRegion(page=page.number, xyxy=page.text.given_box(ln.box), text=ln.text)
                for ln in held or block
            ]
            found.append((sentence.strip(" ."), regions))
    return found
