"""What the reader knows that a page may print and that a question may ask for.

A tag is a field ("total") or a column of a table ("item.amount"); each word of a page carries any
number of them. A column named as its table's anchor says which row is which: its cells are the
names that people use ("the price of milk").
"""

FIELDS = (
    "account_holder", "account_number", "address", "allergies", "arrears", "arrival_time",
    "attendees", "bank", "bank_name", "birth_date", "blood_group", "boarding_time",
    "booking_reference", "card_number", "cash", "cashier", "chair", "change", "class",
    "closing_balance", "coach", "company", "company_number", "consumption", "contact",
    "credit_limit", "current_reading", "customer", "customer_address", "customer_number", "date",
    "delivery_date", "delivery_fee", "department", "departure_time", "destination", "discount",
    "doctor", "doors", "due_date", "email", "emergency_contact", "employee_id", "end_date",
    "event", "event_date", "event_time", "fax", "first_name", "flight_number", "gate", "gender",
    "guests", "home_address", "iban", "invoice_date", "invoice_number", "issue_date", "job_title",
    "last_name", "marital_status", "member_number", "meter_number", "minimum_payment",
    "minutes_by", "mobile", "name", "nationality", "next_meeting", "occupation",
    "opening_balance", "opening_hours", "order_number", "organizer", "origin", "passenger",
    "payment_method", "payment_terms", "period", "phone", "plate", "platform", "prepared_by",
    "previous_reading", "price", "pump", "quantity_total", "reason", "receipt_number",
    "recipient", "recipient_address", "reference", "rounding", "route", "row", "school", "seat",
    "section", "sender", "service_charge", "signature", "start_date", "subject", "subtotal",
    "table_number", "tax", "tax_number", "ticket_number", "time", "tip", "title", "total",
    "train_number", "travel_date", "unit_price", "valid_from", "valid_until", "venue", "volume",
    "website", "wifi", "days",
)  # fmt: skip

ANCHORS = {
    "item": "description", "departure": "destination", "session": "title",
    "transaction": "description", "stop": "stop", "period": "time", "agenda": "topic",
    "figure": "name",
}  # fmt: skip
"""Table -> the column that names its rows."""

COLUMNS = (
    "item.description", "item.amount", "item.quantity", "item.price", "item.code",
    "item.position", "item.unit", "departure.time", "departure.destination", "departure.number",
    "departure.platform", "session.time", "session.title", "session.room", "session.person",
    "transaction.date", "transaction.description", "transaction.amount", "transaction.balance",
    "stop.stop", "stop.t1", "stop.t2", "stop.t3", "stop.t4", "stop.last", "period.time",
    "period.monday", "period.tuesday", "period.wednesday", "period.thursday", "period.friday",
    "agenda.topic", "agenda.person", "agenda.time", "figure.name", "figure.value",
    "figure.previous",
)  # fmt: skip

TAGS = (*FIELDS, *COLUMNS)

OVER_LINES = frozenset(
    """
    address home_address customer_address recipient_address company title subject attendees
    payment_terms opening_hours reason event venue sender recipient organizer allergies school
    bank_name customer name item.description session.title agenda.topic transaction.description
    """.split()  # noqa: SIM905
)
"""Tags whose values may go on on the next line; a number or a date does not."""

OTHER = len(TAGS)
"""What a question asks for when it is none of the tags."""

OPS = (
    "field", "label", "title", "kind", "presence", "paid_cash", "paid_card", "limit", "cell",
    "nth", "find", "list", "count", "pieces", "sum_named", "sum_all", "dearest", "cheapest",
    "dearest_price", "cheapest_price", "which_dearer", "is_dearer", "bought",
)  # fmt: skip
"""What is done to answer: read a field, what stands beside a label, the title, the kind of
document; whether a field is there, how it was paid, a figure against a limit; a cell by its row's
name, by its place, or the row that holds a cell; all names, how many, their pieces; sums of named
rows or all; the dearest and cheapest item or its price; which of two, whether one is dearer than
another; whether a thing is listed."""

DOCUMENT_KINDS = (
    "receipt", "invoice", "form", "letter", "price list", "menu", "ticket", "utility bill",
    "report", "business card", "badge", "timetable", "bank statement", "notice", "minutes",
)  # fmt: skip


def anchor_of(tag: str) -> str:
    """The anchor column of a column's table ("item.amount" -> "item.description")."""
    table = tag.split(".")[0]
    return f"{table}.{ANCHORS[table]}"
