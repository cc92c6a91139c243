"""Questions about cells of other tables, and about what kind of document it is."""
# ruff: noqa: E501 - tables of phrases, one row per thing

from collections import Counter

from ..lexicon.people import LAST
from ..lexicon.places import STATIONS, TRAIN_CITIES
from ..lexicon.prose import CLASSES, SUBJECTS, TALKS, TRANSACTIONS
from ..types import DocQuestion, DocTable, column_tag
from .patterns import doc_word, typed
from .source import Source, plain_amount
from .voices import VOICES

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_KEYED: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "departure": ("destination", {
        "time": ("when does the train to {k} leave?", "departure to {k}?", "what time does it go to {k}",
                 "when can I leave for {k}", "what time is the one to {k}?", "when's the {k} departure"),
        "platform": ("from which platform does it leave for {k}?", "platform for {k}?", "which track to {k}",
                     "where do I board for {k}"),
        "number": ("which train goes to {k}?", "what's the number of the service to {k}", "what line goes to {k}?"),
    }),
    "session": ("title", {
        "time": ("when is {k}?", "what time does {k} start", "at what time is {k}?", "{k} - when?", "when does {k} take place"),
        "room": ("where is {k}?", "in which room is {k}", "room for {k}?", "where does {k} take place"),
        "person": ("who gives {k}?", "who runs {k}", "who is the speaker for {k}?", "who leads {k}", "{k} is with whom?"),
    }),
    "transaction": ("description", {
        "amount": ("how much was the {k}?", "how much went to {k}", "amount of {k}?", "what was booked for {k}", "{k} - how much?"),
        "date": ("when was the {k} booked?", "on which day was {k}", "date of the {k} transaction?", "when did {k} happen"),
        "balance": ("what was the balance after {k}?", "how much was left after {k}", "balance following {k}?"),
    }),
    "stop": ("stop", {
        "t1": ("when is the first bus at {k}?", "first departure at {k}", "earliest time at {k}?", "what time does the first one stop at {k}"),
        "t2": ("when is the second bus at {k}?", "second departure at {k}?", "what time is the second run at {k}"),
        "last": ("when is the last bus at {k}?", "last departure at {k}", "latest time at {k}?"),
    }),
    "period": ("time", {
        "monday": ("what is on Monday at {k}?", "which lesson is Monday {k}", "Monday at {k}, what do we have?"),
        "tuesday": ("what is on Tuesday at {k}?", "which lesson is Tuesday {k}", "Tuesday {k}?"),
        "wednesday": ("what is on Wednesday at {k}?", "which subject Wednesday at {k}", "Wednesday {k}, what's on"),
        "thursday": ("what is on Thursday at {k}?", "Thursday at {k}, which lesson?", "what do they have Thursday {k}"),
        "friday": ("what is on Friday at {k}?", "which lesson is Friday at {k}", "Friday {k}?"),
    }),
    "agenda": ("topic", {
        "person": ("who is in charge of {k}?", "who presents {k}", "who deals with {k}?", "{k}: who?"),
        "time": ("when is {k} discussed?", "at what time is {k} on", "time for {k}?"),
    }),
    "figure": ("name", {
        "value": ("what is the value for {k}?", "how much is {k}", "figure for {k}?", "what does it say for {k}", "{k}?"),
        "previous": ("what was {k} in the year before?", "last year's {k}?", "previous value of {k}"),
    }),
}  # fmt: skip
_BY_ROW: dict[str, dict[str, tuple[str, ...]]] = {
    "departure": {
        "time": ("departure of the {o} train?", "when does the {o} train leave", "what time is the {o} departure"),
        "destination": ("where does the {o} train go?", "destination of the {o} departure", "where is the {o} one going"),
        "platform": ("platform of the {o} train?", "from which track is the {o} departure"),
    },
    "session": {
        "title": ("what is the {o} item on the programme?", "what comes {o}", "which is the {o} session", "what's on {o}?"),
        "time": ("when is the {o} session?", "what time is the {o} one"),
    },
    "transaction": {
        "description": ("what is the {o} transaction?", "which booking is {o} on the list", "what's the {o} entry for"),
        "amount": ("how much is the {o} transaction?", "amount of the {o} entry", "what was the {o} booking worth"),
        "date": ("date of the {o} transaction?", "when was the {o} entry"),
    },
    "stop": {"stop": ("what is the {o} stop?", "which stop comes {o}", "name of the {o} stop")},
    "agenda": {"topic": ("what is the {o} point on the agenda?", "agenda item {n}?", "what's the {o} topic")},
    "item": {
        "description": ("what is the {o} item?", "which product comes {o}", "name of the {o} article", "what's {o} on the list?"),
        "amount": ("what does the {o} item cost?", "amount of the {o} line", "price of the {o} item"),
    },
    "offer": {
        "description": ("what is the {o} item on the list?", "which one comes {o}", "name the {o} thing on the list"),
        "price": ("what does the {o} item cost?", "price of the {o} entry"),
    },
}  # fmt: skip
_ABSENT_KEYS = {
    "departure": TRAIN_CITIES, "session": CLASSES + TALKS, "transaction": TRANSACTIONS,
    "stop": STATIONS, "agenda": LAST,
}  # fmt: skip
_FIND_PERIOD = ("when is {s} on {d}?", "at what time is {s} on {d}", "{d}, when do we have {s}?")
_HOW_MANY = {
    "departure": ("how many departures are listed?", "how many trains are there", "number of departures?"),
    "session": ("how many sessions are there?", "how many items on the programme", "number of entries in the schedule?"),
    "transaction": ("how many transactions are there?", "how many bookings", "number of entries?", "count the transactions"),
    "stop": ("how many stops are there?", "how many stops does it make", "number of stops?"),
    "agenda": ("how many points are on the agenda?", "how many topics", "number of agenda items?"),
}  # fmt: skip
_LIST_ALL = {
    "departure": ("list all destinations", "where do the trains go?", "which destinations are there"),
    "session": ("list the sessions", "what's on the programme?", "what classes are there", "list everything on the schedule"),
    "transaction": ("list the transactions", "which bookings are there?", "what was booked"),
    "stop": ("list the stops", "which stops does it serve?", "where does it stop"),
    "agenda": ("list the agenda", "what was discussed?", "which topics are on the agenda"),
}  # fmt: skip
_MAIN = {"departure": "destination", "session": "title", "transaction": "description", "stop": "stop", "agenda": "topic"}  # fmt: skip
KIND_WORDS = {
    "receipt": "receipt", "invoice": "invoice", "form": "form", "letter": "letter",
    "price_list": "price list", "menu": "menu", "ticket": "ticket", "bill": "utility bill",
    "report": "report", "card": "business card", "badge": "badge", "timetable": "timetable",
    "statement": "bank statement",
}  # fmt: skip
_KIND = (
    "what kind of document is this?", "what is this", "what type of document is it?", "what sort of paper is that",
    "what am I looking at?", "which kind of document did I upload", "is this an invoice, a receipt or what?",
    "what document is this", "tell me what this is",
)  # fmt: skip
_TITLE = (
    "what is the title?", "what does the heading say", "what's the headline", "title of the {doc}?",
    "what is written at the top as the title", "how is the {doc} titled", "what's it called at the top?",
    *VOICES["title"],
)  # fmt: skip


def _unique(table: DocTable, column: str) -> list[int]:
    at = table.columns.index(column)
    seen = Counter(row[at].text.lower() for row in table.rows)
    return [
        i
        for i, row in enumerate(table.rows)
        if row[at].line is not None and seen[row[at].text.lower()] == 1
    ]


def table_cell(source: Source) -> DocQuestion | None:
    """A cell found by its row's name or by its place."""
    rng = source.rng
    tables = [t for t in source.tables if t.name in _KEYED or t.name in _BY_ROW]
    if not tables:
        return None
    table = rng.choice(tables)
    keyed = _KEYED.get(table.name)
    if keyed is not None and (table.name not in _BY_ROW or rng.random() < 0.7):
        key_column, asks = keyed
        columns = [c for c in asks if c in table.columns]
        rows = _unique(table, key_column)
        if not columns or not rows:
            return None
        column, number = rng.choice(columns), rng.choice(rows)
        name = table.rows[number][table.columns.index(key_column)].text
        text = rng.choice(asks[column]).format(k=name)
        op, names = "cell", (name,)
    else:
        asks = _BY_ROW[table.name]
        columns = [c for c in asks if c in table.columns]
        if not columns or len(table.rows) < 2:
            return None
        column = rng.choice(columns)
        number = rng.randrange(min(len(table.rows), len(_ORDINALS)))
        ordinal = _ORDINALS[number]
        if number == len(table.rows) - 1 and rng.random() < 0.5:
            ordinal = "last"
        text = rng.choice(asks[column]).format(o=ordinal, n=number + 1)
        op, names = "nth", ()
    cell = table.rows[number][table.columns.index(column)]
    if cell.line is None:
        return None
    return DocQuestion(
        text=typed(rng, text), answer=plain_amount(cell.text), found=True, kind="table_cell", lines=(cell.line,),
        key=column, op=op, target=column_tag(table, column), names=names,
    )  # fmt: skip


def absent_row(source: Source) -> DocQuestion | None:
    """A cell of a row that the table lacks."""
    rng = source.rng
    tables = [t for t in source.tables if t.name in _KEYED and t.name in _ABSENT_KEYS]
    if not tables:
        return None
    table = rng.choice(tables)
    asks = _KEYED[table.name][1]
    columns = [c for c in asks if c in table.columns]
    page = " ".join(source.texts).lower()
    names = [
        name for name in rng.sample(list(_ABSENT_KEYS[table.name]), 6) if name.lower() not in page
    ]
    if not names or not columns:
        return None
    column = rng.choice(columns)
    text = rng.choice(asks[column]).format(k=names[0])
    return DocQuestion(
        text=typed(rng, text), answer="none", found=False, kind="not_there", key=column, op="cell",
        target=column_tag(table, column), names=(names[0],),
    )  # fmt: skip


def table_count(source: Source) -> DocQuestion | None:
    """How many rows a table has."""
    tables = [t for t in source.tables if t.name in _HOW_MANY]
    if not tables:
        return None
    table = source.rng.choice(tables)
    return DocQuestion(
        text=typed(source.rng, source.rng.choice(_HOW_MANY[table.name])), answer=str(len(table.rows)),
        found=True, kind="count", lines=_main_lines(table), key=_MAIN[table.name], op="count",
        target=column_tag(table, _MAIN[table.name]),
    )  # fmt: skip


def table_list(source: Source) -> DocQuestion | None:
    """All names of a table's rows."""
    tables = [t for t in source.tables if t.name in _LIST_ALL]
    if not tables:
        return None
    table = source.rng.choice(tables)
    at = table.columns.index(_MAIN[table.name])
    return DocQuestion(
        text=typed(source.rng, source.rng.choice(_LIST_ALL[table.name])),
        answer=", ".join(row[at].text for row in table.rows), found=True, kind="list",
        lines=_main_lines(table), key=_MAIN[table.name], op="list",
        target=column_tag(table, _MAIN[table.name]),
    )  # fmt: skip


def _main_lines(table: DocTable) -> tuple[int, ...]:
    at = table.columns.index(_MAIN[table.name])
    return tuple(row[at].line for row in table.rows if row[at].line is not None)  # type: ignore[misc]


def find_period(source: Source) -> DocQuestion | None:
    """When a subject is taught on a day of a school week."""
    rng = source.rng
    tables = [t for t in source.tables if t.name == "period"]
    if not tables:
        return None
    table = tables[0]
    day = rng.choice([c for c in table.columns if c != "time"])
    at = table.columns.index(day)
    rows = [i for i in _unique(table, day) if table.rows[i][0].line is not None]
    if not rows:
        return None
    row = table.rows[rng.choice(rows)]
    absent = [s for s in rng.sample(SUBJECTS, 8) if s not in {r[at].text for r in table.rows}]
    if absent and rng.random() < 0.3:
        text = rng.choice(_FIND_PERIOD).format(s=absent[0], d=day.title())
        return DocQuestion(
            text=typed(rng, text), answer="none", found=False, kind="not_there", key=day,
            op="find", target=f"period.{day}", names=(absent[0],),
        )  # fmt: skip
    text = rng.choice(_FIND_PERIOD).format(s=row[at].text, d=day.title())
    return DocQuestion(
        text=typed(rng, text), answer=row[0].text, found=True, kind="table_cell",
        lines=(row[0].line or 0,), key="time", op="find", target=f"period.{day}",
        names=(row[at].text,),
    )  # fmt: skip


def title(source: Source) -> DocQuestion | None:
    """What kind of document it is, or its printed title."""
    rng = source.rng
    if source.title_lines and rng.random() < 0.5:
        text = rng.choice(_TITLE).format(doc=doc_word(rng, source.kind))
        answer = " ".join(source.texts[i] for i in source.title_lines)
        return DocQuestion(
            text=typed(rng, text), answer=answer, found=True, kind="title",
            lines=source.title_lines, key="title", op="title", target="title",
        )  # fmt: skip
    return DocQuestion(
        text=typed(rng, rng.choice(_KIND)), answer=source.word or KIND_WORDS[source.kind], found=True, kind="title",
        lines=source.title_lines, key="kind", op="kind",
    )  # fmt: skip


__all__ = [
    "KIND_WORDS", "absent_row", "find_period", "table_cell", "table_count", "table_list", "title",
]  # fmt: skip
