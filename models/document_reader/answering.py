"""What is done with what was read: one function per thing that questions ask to be done.

Every answer is printed text, or follows from printed text by counting, adding (exact decimals) or
comparing; what is not printed is said to be absent.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from ..common.values import parse_number, plain, total_of
from ..tasks import DocumentAnswer, PageRegion
from .config import DocumentReaderConfig
from .document import (
    Item,
    Read,
    Wanted,
    beside_label,
    item_named,
    item_spoken_of,
    items_of,
    line_named,
    read_value,
)
from .matching import likeness, ordinal
from .vocabulary import COLUMNS, FIELDS, anchor_of
from .windows import CLEAR, Window
from .wording import parse_versus

UNREADABLE = "I can't read that line clearly."
ABSENT = "none"
_CENT = Decimal("0.01")
_CARD = re.compile(
    r"card|visa|master|amex|maestro|debit|credit|contactless|karte|carte|tarjeta|girocard|pin\b",
    re.I,
)
_CHEAPER = re.compile(r"\b(?:cheap\w*|less|lower|least)\b", re.I)
_LABEL_AT_LEAST = 0.85
_SPOKEN = 0.75
_ASKS = re.compile(r"\b(?:what|which|where|when|who|whom|whose|how)\b", re.I)


def absent(confidence: float) -> DocumentAnswer:
    """The document does not have it."""
    return DocumentAnswer(text=ABSENT, confidence=confidence, found=False)


def said(read: Read, confidence: float) -> DocumentAnswer:
    """A value as it is printed; one that OCR is unsure of is not said."""
    if read.clearness < CLEAR:
        return DocumentAnswer(
            text=UNREADABLE, confidence=min(confidence, 0.2), found=True, regions=read.regions
        )
    text = read.text
    return DocumentAnswer(text=text, confidence=confidence, found=bool(text), regions=read.regions)


class Answering:
    """Answers what `understand` made of a question.

    Args:
        windows: of the document. config: its thresholds.
    """

    def __init__(self, windows: Sequence[Window], config: DocumentReaderConfig) -> None:
        self.windows, self.config = windows, config
        self._by_op: dict[str, Callable[[Wanted], DocumentAnswer]] = {
            "label": self._label, "presence": self._presence, "paid_cash": self._paid,
            "paid_card": self._paid, "cell": self._cell, "nth": self._nth, "find": self._find,
            "list": self._list, "count": self._count, "pieces": self._pieces,
            "sum_named": self._sum_named, "sum_all": self._sum_all, "dearest": self._extreme,
            "cheapest": self._extreme, "dearest_price": self._extreme,
            "cheapest_price": self._extreme, "which_dearer": self._versus,
            "is_dearer": self._versus, "bought": self._bought,
        }  # fmt: skip

    def __call__(self, wanted: Wanted) -> DocumentAnswer:
        return self._by_op.get(wanted.op, self._field)(wanted)

    # Fields ---------------------------------------------------------------------------------

    def _field(self, wanted: Wanted) -> DocumentAnswer:
        if wanted.tag in COLUMNS:
            return self._column(wanted)
        read = read_value(self.windows, wanted.weights)
        if read.strength >= self.config.absent_threshold:
            return said(read, read.strength)
        if wanted.tag == "other":
            beside = beside_label(self.windows, wanted.text, _LABEL_AT_LEAST)
            if beside is not None:
                return said(beside, 0.5 * beside.strength)
        return absent(1 - read.strength)

    def _column(self, wanted: Wanted) -> DocumentAnswer:
        """A column asked for as if it were a field: its cell in the row that is named, or the only
        one there is."""
        items = items_of(self.windows, wanted.tag)
        if self._named(wanted):
            return self._cell(wanted)
        reads = [read for item in items if (read := self._read(item, wanted.tag)) is not None]
        if len(reads) == 1 and not wanted.names:
            return said(reads[0], wanted.sure)
        return self._field_instead(wanted)

    def _label(self, wanted: Wanted) -> DocumentAnswer:
        name = wanted.names[0] if wanted.names else wanted.text
        read = read_value(self.windows, wanted.weights)
        beside = beside_label(self.windows, name, _LABEL_AT_LEAST)
        if read.strength >= self.config.absent_threshold and wanted.tag in FIELDS:
            return said(read, read.strength)
        if beside is not None:
            return said(beside, 0.8 * beside.strength)
        return absent(wanted.sure)

    def _presence(self, wanted: Wanted) -> DocumentAnswer:
        if wanted.tag in COLUMNS and wanted.names:
            return self._bought(wanted)
        if _ASKS.search(wanted.text):
            return self._field(wanted)  # "Do they have a website, which?" wants more than a yes.
        read = read_value(self.windows, wanted.weights)
        there = read.strength >= self.config.absent_threshold
        return DocumentAnswer(
            text="yes" if there else "no",
            confidence=abs(2 * read.strength - 1),
            found=True,
            regions=read.regions if there else (),
        )

    def _paid(self, wanted: Wanted) -> DocumentAnswer:
        index = self.config.tags.index
        best: dict[str, tuple[float, Window]] = {
            tag: max(
                ((float(w.facts.printed[index(tag)]), w) for w in self.windows),
                key=lambda each: each[0],
            )
            for tag in ("payment_method", "cash")
        }
        strength = best["payment_method"][0]
        least = self.config.absent_threshold
        if max(strength, best["cash"][0]) < least:
            return absent(1 - strength)
        tag = "payment_method" if strength >= least else "cash"
        value = best[tag][1].facts.field(tag)
        read = Read(best[tag][1], value.words, value.strength)
        card = tag == "payment_method" and bool(_CARD.search(read.text))
        right = card == (wanted.op == "paid_card")
        return DocumentAnswer(
            text="yes" if right else "no",
            confidence=read.strength,
            found=True,
            regions=read.regions,
        )

    # Tables ---------------------------------------------------------------------------------

    def _items(self, wanted: Wanted) -> list[Item]:
        """Rows of the table asked about; of the one table there is when the page has another."""
        tag = wanted.tag if wanted.tag in COLUMNS else "item.description"
        items = items_of(self.windows, tag)
        if items:
            return items
        anchors = [tag for tag in COLUMNS if anchor_of(tag) == tag]
        return max((items_of(self.windows, anchor) for anchor in anchors), key=len)

    @staticmethod
    def _read(item: Item, tag: str) -> Read | None:
        if tag == anchor_of(tag):
            return item.named()
        return item.read(tag)

    def _named(self, wanted: Wanted) -> list[Item] | None:
        """The rows that a question names; None where one of them is not there."""
        items = self._items(wanted)
        found = []
        if not wanted.names:
            item, score = item_spoken_of(items, wanted.text)
            return [item] if item is not None and score >= _SPOKEN else None
        for name in wanted.names:
            item, score = item_named(items, name)
            if item is None or score < self.config.row_threshold:
                item = line_named(self.windows, name, _LABEL_AT_LEAST)
            if item is None:
                return None
            found.append(item)
        return found

    def _cell(self, wanted: Wanted) -> DocumentAnswer:
        named = self._named(wanted)
        if not named or wanted.tag not in COLUMNS:
            return self._field_instead(wanted)
        read = self._read(named[0], wanted.tag)
        if read is None:
            return absent(wanted.sure)
        return said(read, wanted.sure * read.strength)

    def _field_instead(self, wanted: Wanted) -> DocumentAnswer:
        """ "How much was the service charge?" sounds like an item and is a field."""
        fields = len(FIELDS)
        weights = [shares.copy() for shares in wanted.weights]
        for shares in weights:
            shares[fields:] = 0
        read = read_value(self.windows, weights)
        if read.strength >= self.config.absent_threshold:
            return said(read, read.strength)
        return absent(wanted.sure)

    def _nth(self, wanted: Wanted) -> DocumentAnswer:
        items, place = self._items(wanted), ordinal(wanted.text)
        if place is None or not -len(items) <= place < len(items):
            return absent(wanted.sure)
        read = self._read(items[place], wanted.tag) if wanted.tag in COLUMNS else None
        return said(read, wanted.sure * read.strength) if read else absent(wanted.sure)

    def _find(self, wanted: Wanted) -> DocumentAnswer:
        """The name of the row whose cell holds what is named."""
        items = self._items(wanted)
        cells = [(item, item.read(wanted.tag)) for item in items]
        held = [(item, read) for item, read in cells if read is not None]
        name = wanted.names[0] if wanted.names else wanted.text
        scored = [(likeness(name, read.text), order) for order, (_, read) in enumerate(held)]
        score, order = max(scored, default=(0.0, 0))
        if score < self.config.row_threshold:
            return absent(wanted.sure)
        return said(held[order][0].named(), wanted.sure)

    def _list(self, wanted: Wanted) -> DocumentAnswer:
        reads = [
            read
            for item in self._items(wanted)
            if wanted.tag in COLUMNS and (read := self._read(item, wanted.tag)) is not None
        ]
        return self._joined(reads, wanted.sure) if reads else absent(wanted.sure)

    @staticmethod
    def _joined(reads: Sequence[Read], confidence: float) -> DocumentAnswer:
        regions: list[PageRegion] = []
        for read in reads:
            regions += read.regions
        return DocumentAnswer(
            text=", ".join(read.text for read in reads),
            confidence=confidence,
            found=True,
            regions=tuple(regions),
        )

    def _count(self, wanted: Wanted) -> DocumentAnswer:
        items = self._items(wanted)
        if not items:
            return absent(wanted.sure)
        listed = self._joined([item.named() for item in items], wanted.sure)
        return DocumentAnswer(
            text=str(len(items)), confidence=wanted.sure, found=True, regions=listed.regions
        )

    def _pieces(self, wanted: Wanted) -> DocumentAnswer:
        reads = [item.read("item.quantity") for item in self._items(wanted)]
        return self._added([read for read in reads if read is not None], wanted.sure, money=False)

    def _sum_named(self, wanted: Wanted) -> DocumentAnswer:
        named = self._named(wanted)
        reads = [item.read("item.amount") for item in named or ()]
        known = [read for read in reads if read is not None]
        if not known or len(known) < len(reads):
            return absent(wanted.sure)
        return self._added(known, wanted.sure)

    def _sum_all(self, wanted: Wanted) -> DocumentAnswer:
        tag = wanted.tag if wanted.tag in COLUMNS else "item.amount"
        reads = [item.read(tag) for item in self._items(wanted)]
        return self._added([read for read in reads if read is not None], wanted.sure)

    def _added(
        self, reads: Sequence[Read], confidence: float, money: bool = True
    ) -> DocumentAnswer:
        figures = [parse_number(read.text) for read in reads]
        known = [figure for figure in figures if figure is not None]
        if not known:
            return absent(confidence)
        if len(known) < len(figures):
            confidence = min(confidence, 0.3)
        total = total_of(known)
        text = plain(total.quantize(_CENT) if money else total)
        joined = self._joined(reads, confidence)
        return DocumentAnswer(text=text, confidence=confidence, found=True, regions=joined.regions)

    def _priced(self, wanted: Wanted) -> list[tuple[Decimal, Item, Read]]:
        priced = []
        for item in self._items(wanted):
            read = item.read("item.amount")
            value = parse_number(read.text) if read is not None else None
            if read is not None and value is not None:
                priced.append((value, item, read))
        return priced

    def _extreme(self, wanted: Wanted) -> DocumentAnswer:
        priced = self._priced(wanted)
        if not priced:
            return absent(wanted.sure)
        choose = max if wanted.op.startswith("dearest") else min
        _, item, read = choose(priced, key=lambda each: each[0])
        shown = read if wanted.op.endswith("price") else item.named()
        answer = said(shown, wanted.sure * read.strength)
        regions = (*item.named().regions, *read.regions)
        return DocumentAnswer(
            text=answer.text, confidence=answer.confidence, found=answer.found, regions=regions
        )

    def _versus(self, wanted: Wanted) -> DocumentAnswer:
        versus = parse_versus(wanted.text)
        names = wanted.names
        if len(names) != 2 and versus is not None:
            names = (versus.first, versus.second)
        items = self._items(wanted)
        more = versus.more if versus is not None else not _CHEAPER.search(wanted.text)
        chosen: list[tuple[Item, Decimal, Read]] = []
        for name in names[:2]:
            item, score = item_named(items, name)
            read = item.read("item.amount") if item is not None else None
            value = parse_number(read.text) if read is not None else None
            if item is None or read is None or value is None:
                return absent(wanted.sure)
            if score < self.config.row_threshold:
                return absent(wanted.sure)
            chosen.append((item, value, read))
        if len(chosen) < 2:
            return absent(wanted.sure)
        (one, first, _), (other, second, _) = chosen
        wins = first > second if more else first < second
        if wanted.op == "is_dearer":
            text = "yes" if wins else "no"
        else:
            text = (one if wins else other).name
        regions = (*chosen[0][2].regions, *chosen[1][2].regions)
        return DocumentAnswer(text=text, confidence=wanted.sure, found=True, regions=regions)

    def _bought(self, wanted: Wanted) -> DocumentAnswer:
        items = self._items(wanted)
        name = wanted.names[0] if wanted.names else wanted.text
        item, score = item_named(items, name)
        there = item is not None and score >= self.config.row_threshold
        return DocumentAnswer(
            text="yes" if there else "no",
            confidence=wanted.sure,
            found=True,
            regions=item.named().regions if there and item is not None else (),
        )
