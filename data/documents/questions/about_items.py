"""Questions about things bought: prices, counts, lists, sums, comparisons."""
# ruff: noqa: E501 - tables of phrases, one row per thing

from dataclasses import dataclass

from ..lexicon.goods import Good, clash, goods
from ..types import DocQuestion, DocTable, column_tag
from .patterns import doc_word, typed
from .source import Source, parse_amount, plain_amount

_PRICE = (
    "how much was the {i}?", "price of {i}", "price of the {i}?", "what did the {i} cost", "how much is the {i}",
    "how much did I pay for the {i}?", "what's the price for {i}", "how much for the {i}", "{i} price?",
    "what do they charge for the {i}?", "cost of {i}?", "how expensive was the {i}", "what was paid for {i}?",
    "how much does {i} cost", "how much did the {i} come to", "tell me what {i} cost", "whats the amount for {i}",
    "how much money went on {i}", "the {i}, how much was it?", "and the {i}?", "can you find what the {i} cost?",
)  # fmt: skip
_LINE_TOTAL = (
    "how much did I pay for the {i} in total?", "what's the line total of {i}", "amount for {i}?",
    "how much were the {i} altogether", "what did all the {i} cost", "total for {i}", "what does {i} add up to",
    "sum charged for {i}?",
)  # fmt: skip
_UNIT = (
    "what's the unit price of {i}?", "price per piece for {i}", "how much is one {i}", "what does a single {i} cost",
    "unit price {i}?", "how much each for {i}", "price of one {i}?",
)  # fmt: skip
_QUANTITY = (
    "how many {i} were bought?", "how many {i} did I get", "quantity of {i}?", "how many {i}", "what's the quantity for {i}",
    "number of {i}?", "how many {i} are on the {doc}", "how many times {i}", "what amount of {i} was ordered",
)  # fmt: skip
_CODE = (
    "what is the code of {i}?",
    "item code of {i}",
    "article number for {i}?",
    "sku of the {i}",
)
_DEAREST = (
    "what's the most expensive item?", "which item cost the most", "most expensive thing?", "what was the priciest item",
    "what cost the most", "which is the dearest item", "highest priced item?", "which article has the highest price",
)  # fmt: skip
_CHEAPEST = (
    "what's the cheapest item?", "which item cost the least", "cheapest thing on the {doc}?", "what was cheapest",
    "which is the least expensive item", "lowest priced item?", "which article is cheapest",
)  # fmt: skip
_DEAREST_PRICE = (
    "how much is the most expensive item?", "what does the dearest item cost", "highest price on the {doc}?",
    "price of the most expensive thing",
)  # fmt: skip
_CHEAPEST_PRICE = (
    "how much is the cheapest item?", "what does the cheapest thing cost", "lowest item price?",
)  # fmt: skip
_LIST = {
    "item": (
        "list the items", "what was bought?", "what did I buy", "which items are on the {doc}?", "list everything",
        "what is on the {doc}", "give me all items", "which products were bought", "items?", "show all the articles",
        "what things were purchased?", "name all the items", "what did they get", "list all products please",
        "what was ordered?",
    ),
    "offer": (
        "list the items", "what do they offer?", "which items are on the {doc}", "what can I get here", "list everything",
        "what do they have", "name all the items", "what's on the {doc}?", "give me all items with a price",
        "which things are for sale", "list all of it please",
    ),
    "charge": (
        "list the charges", "what am I charged for?", "which charges are on the {doc}", "what positions does the {doc} have",
        "name all the charges", "list everything I pay for", "what is it made up of?",
    ),
}  # fmt: skip
_COUNT = (
    "how many items are there?", "how many different items", "how many articles are listed", "number of items?",
    "count the items", "how many lines of items", "how many products are on the {doc}?", "how many different things are on it",
)  # fmt: skip
_PIECES = (
    "how many pieces were bought in total?", "total number of pieces", "how many units altogether", "sum of the quantities?",
    "adding up quantities, how many pieces", "how many pieces in all",
)  # fmt: skip
_SUM_TWO = (
    "what do {a} and {b} cost together?", "how much are {a} and {b} in total", "{a} plus {b}?", "sum of {a} and {b}",
    "what did I pay for {a} and {b} together", "how much for {a} and {b} combined", "add up {a} and {b}",
    "if I only take {a} and {b}, how much is it", "price of {a} and {b} together?",
)  # fmt: skip
_SUM_ALL = (
    "what's the sum of all items?", "add up all the items", "what do the items add up to", "sum of all line amounts?",
    "how much are all items together", "total of the single prices?", "sum up the item prices",
)  # fmt: skip
_VERSUS = (
    "which costs more, {a} or {b}?", "what is more expensive: {a} or {b}", "{a} or {b}, which is dearer?",
    "which one is pricier, the {a} or the {b}",
)  # fmt: skip
_DEARER = (
    "is {a} more expensive than {b}?", "does {a} cost more than {b}", "is the {a} dearer than the {b}?",
    "did {a} cost more than {b}",
)  # fmt: skip
_BOUGHT = {
    "item": (
        "did I buy {i}?", "is there {i} on the {doc}", "was {i} bought?", "is {i} on it", "any {i} on the {doc}?",
        "did they get {i}", "does it include {i}",
    ),
    "offer": (
        "do they have {i}?", "is there {i} on the {doc}", "can I get {i} here", "is {i} on it?", "any {i}?",
        "do they offer {i}", "does the {doc} include {i}",
    ),
    "charge": (
        "is there a charge for {i}?", "am I charged for {i}", "does the {doc} include {i}", "is {i} on the {doc}?",
    ),
}  # fmt: skip
ITEM_TABLES = ("item", "offer", "charge")


@dataclass
class _Row:
    spoken: str
    name: str
    name_line: int
    amount: str
    amount_line: int
    value: float
    quantity: int


def _table(source: Source) -> tuple[int, DocTable] | None:
    for index, table in enumerate(source.tables):
        if table.name in ITEM_TABLES and table.rows:
            return index, table
    return None


def _rows(source: Source, index: int, table: DocTable) -> list[_Row]:
    at = {key: i for i, key in enumerate(table.columns)}
    if "description" not in at or not ("amount" in at or "price" in at):
        return []
    priced = at["amount"] if "amount" in at else at["price"]
    rows = []
    for number, cells in enumerate(table.rows):
        name, amount = cells[at["description"]], cells[priced]
        value = parse_amount(amount.text)
        if name.line is None or amount.line is None or value is None:
            return []
        quantity = 1
        if "quantity" in at:
            text = cells[at["quantity"]].text.split(" ")[0]
            quantity = int(text) if text.isdigit() else 0
        spoken = source.aliases.get((index, number), name.text.lower())
        rows.append(
            _Row(
                spoken,
                name.text,
                name.line,
                plain_amount(amount.text),
                amount.line,
                value,
                quantity,
            )
        )
    return rows


def line_item(source: Source) -> DocQuestion | None:
    """The price, quantity or code of one thing."""
    found = _table(source)
    if found is None:
        return None
    rng, (index, table) = source.rng, found
    rows = _rows(source, index, table)
    if not rows:
        return None
    at = {key: i for i, key in enumerate(table.columns)}
    number = rng.randrange(len(rows))
    row, cells = rows[number], table.rows[number]
    options = ["amount"] * 5
    options += [key for key in ("quantity", "quantity", "price", "code", "unit") if key in at]
    key = rng.choice(options)
    if key == "amount":
        many = row.quantity != 1 and "price" in at and "amount" in at
        patterns, answer, line = (_LINE_TOTAL if many else _PRICE), row.amount, row.amount_line
    elif key == "unit":
        return None
    else:
        cell = cells[at[key]]
        if cell.line is None or (key == "quantity" and not row.quantity):
            return None
        patterns = {"quantity": _QUANTITY, "price": _UNIT, "code": _CODE}[key]
        if key == "price" and "amount" not in at:
            patterns = _PRICE
        answer, line = plain_amount(cell.text), cell.line
    spoken = _spoken(source, row)
    text = rng.choice(patterns).format(i=spoken, doc=doc_word(rng, source.kind))
    return DocQuestion(
        text=typed(rng, text), answer=answer, found=True, kind="line_item", lines=(line,), key=key,
        op="cell", target=column_tag(table, key) if key != "amount" else "item.amount",
        names=(spoken,),
    )  # fmt: skip


def _spoken(source: Source, row: _Row) -> str:
    return row.spoken if source.rng.random() < 0.7 else row.name


def absent_item(source: Source) -> DocQuestion | None:
    """The price of something that is not on the list."""
    found = _table(source)
    if found is None:
        return None
    rng, (index, table) = source.rng, found
    rows = _rows(source, index, table)
    spoken = _missing(source, rows)
    if spoken is None:
        return None
    quantity = "quantity" in table.columns and rng.random() < 0.2
    text = rng.choice(_QUANTITY if quantity else _PRICE).format(
        i=spoken, doc=doc_word(rng, source.kind)
    )
    return DocQuestion(
        text=typed(rng, text), answer="none", found=False, kind="not_there",
        key="quantity" if quantity else "amount", op="cell",
        target="item.quantity" if quantity else "item.amount", names=(spoken,),
    )  # fmt: skip


def _missing(source: Source, rows: list[_Row]) -> str | None:
    rng = source.rng
    page = set(" ".join(source.texts).lower().replace("/", " ").split())
    trades = (
        "grocery",
        "food",
        "drinks",
        "hardware",
        "stationery",
        "services",
        "office",
        "pharmacy",
    )
    here = {row.spoken for row in rows}
    near = [t for t in trades if any(g.spoken in here for g in goods(t))]
    for _ in range(10):
        trade = rng.choice(near) if near and rng.random() < 0.75 else rng.choice(trades)
        good = rng.choice(goods(trade))
        if set(good.spoken.split()) & page:
            continue
        if any(clash(good.spoken, Good(row.name, row.spoken, trade)) for row in rows):
            continue
        return good.spoken
    return None


def listing(source: Source) -> DocQuestion | None:
    """All items, joined by commas."""
    found = _table(source)
    rows = _rows(source, *found) if found else []
    if found is None or not rows:
        return None
    text = source.rng.choice(_LIST[found[1].name]).format(doc=doc_word(source.rng, source.kind))
    return DocQuestion(
        text=typed(source.rng, text), answer=", ".join(row.name for row in rows), found=True,
        kind="list", lines=tuple(row.name_line for row in rows), key="items", op="list",
        target="item.description",
    )  # fmt: skip


def counting(source: Source) -> DocQuestion | None:
    """How many items, or pieces."""
    found = _table(source)
    rows = _rows(source, *found) if found else []
    if found is None or not rows or "quantity_total" in source.present:
        return None
    rng = source.rng
    pieces = "quantity" in found[1].columns and all(row.quantity > 0 for row in rows)
    if pieces and rng.random() < 0.35:
        at = found[1].columns.index("quantity")
        lines = tuple(cells[at].line or 0 for cells in found[1].rows)
        answer, patterns, op = sum(row.quantity for row in rows), _PIECES, "pieces"
    else:
        lines = tuple(row.name_line for row in rows)
        answer, patterns, op = len(rows), _COUNT, "count"
    text = rng.choice(patterns).format(doc=doc_word(rng, source.kind))
    return DocQuestion(
        text=typed(rng, text),
        answer=str(answer),
        found=True,
        kind="count",
        lines=lines,
        key="items",
        op=op,
        target="item.quantity" if op == "pieces" else "item.description",
    )


def summing(source: Source) -> DocQuestion | None:
    """The cost of two items together, or of all."""
    found = _table(source)
    rows = _rows(source, *found) if found else []
    if found is None or len(rows) < 2:
        return None
    rng = source.rng
    if rng.random() < 0.65 or found[1].name == "offer":
        if not _plain_prices(found[1], rows):
            return None
        chosen = rng.sample(rows, 2)
        text = rng.choice(_SUM_TWO).format(a=chosen[0].spoken, b=chosen[1].spoken)
        op, names = "sum_named", (chosen[0].spoken, chosen[1].spoken)
    else:
        chosen, text = rows, rng.choice(_SUM_ALL)
        op, names = "sum_all", ()
    return DocQuestion(
        text=typed(rng, text), answer=f"{sum(row.value for row in chosen):.2f}", found=True,
        kind="sum", lines=tuple(row.amount_line for row in chosen), key="amount", op=op,
        target="item.amount", names=names,
    )  # fmt: skip


def _plain_prices(table: DocTable, rows: list[_Row]) -> bool:
    """Whether "what X costs" means one figure: no row has both a unit price and an amount."""
    both = "price" in table.columns and "amount" in table.columns
    return not both or all(row.quantity == 1 for row in rows)


def comparing(source: Source) -> DocQuestion | None:
    """Dearest, cheapest, or which of two."""
    found = _table(source)
    rows = _rows(source, *found) if found else []
    if found is None or len(rows) < 2 or not _plain_prices(found[1], rows):
        return None
    rng, word = source.rng, doc_word(source.rng, source.kind)
    if rng.random() < 0.6:
        most = rng.random() < 0.6
        ordered = sorted(rows, key=lambda row: row.value, reverse=most)
        if ordered[0].value == ordered[1].value:
            return None
        priced = rng.random() < 0.3
        patterns = ((_DEAREST, _CHEAPEST), (_DEAREST_PRICE, _CHEAPEST_PRICE))[priced][not most]
        top = ordered[0]
        return DocQuestion(
            text=typed(rng, rng.choice(patterns).format(doc=word)),
            answer=top.amount if priced else top.name, found=True, kind="compare",
            lines=(top.amount_line if priced else top.name_line,), key="amount",
            op=("dearest" if most else "cheapest") + ("_price" if priced else ""),
            target="item.amount",
        )  # fmt: skip
    a, b = rng.sample(rows, 2)
    if a.value == b.value:
        return None
    if rng.random() < 0.5:
        dear = a if a.value > b.value else b
        text = rng.choice(_VERSUS).format(a=a.spoken, b=b.spoken)
        return DocQuestion(
            text=typed(rng, text), answer=dear.name, found=True, kind="compare",
            lines=(dear.name_line,), key="amount", op="which_dearer", target="item.amount",
            names=(a.spoken, b.spoken),
        )  # fmt: skip
    text = rng.choice(_DEARER).format(a=a.spoken, b=b.spoken)
    return DocQuestion(
        text=typed(rng, text), answer="yes" if a.value > b.value else "no", found=True,
        kind="yes_no", lines=(a.amount_line, b.amount_line), key="amount", op="is_dearer",
        target="item.amount", names=(a.spoken, b.spoken),
    )  # fmt: skip


def bought(source: Source) -> DocQuestion | None:
    """Is there milk on it?"""
    found = _table(source)
    rows = _rows(source, *found) if found else []
    if found is None or not rows:
        return None
    rng = source.rng
    row = rng.choice(rows)
    yes = rng.random() < 0.5
    spoken = row.spoken if yes else _missing(source, rows)
    if spoken is None:
        return None
    text = rng.choice(_BOUGHT[found[1].name]).format(i=spoken, doc=doc_word(rng, source.kind))
    return DocQuestion(
        text=typed(rng, text), answer="yes" if yes else "no", found=True, kind="yes_no",
        lines=(row.name_line,) if yes else (), key="items", op="bought",
        target="item.description", names=(spoken,),
    )  # fmt: skip
