"""What questions are made from, and which keys stand for the same thing."""
# ruff: noqa: E501 - tables of phrases, one row per thing

import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from ..types import DocField, DocTable

GROUPS = (
    {"total", "price", "closing_balance", "minimum_payment", "amount_due"},
    {"company", "sender", "organizer", "bank_name", "school", "venue"},
    {"date", "invoice_date", "issue_date", "travel_date", "event_date", "valid_from", "period",
     "start_date", "next_meeting", "end_date"},
    {"time", "event_time", "departure_time", "boarding_time", "doors", "opening_hours"},
    {"phone", "mobile", "contact", "emergency_contact"},
    {"name", "customer", "passenger", "account_holder", "recipient", "first_name", "last_name",
     "signature", "prepared_by", "contact", "sender", "minutes_by", "chair", "attendees"},
    {"invoice_number", "receipt_number", "order_number", "ticket_number", "reference",
     "booking_reference", "employee_id"},
    {"customer_number", "account_number", "member_number", "iban"},
    {"train_number", "flight_number", "route"},
    {"address", "home_address", "customer_address", "venue", "recipient_address"},
    {"subtotal", "total"},
    {"tax"},
    {"cash", "payment_method"},
    {"event", "subject"},
    {"valid_until", "end_date", "due_date", "period"},
    {"occupation", "job_title", "department"},
    {"coach", "seat"},
    {"section", "row", "seat"},
    {"consumption", "volume"},
    {"tip", "service_charge"},
    {"cashier", "contact"},
    {"opening_balance", "arrears"},
)  # fmt: skip
"""Keys of one group are not asked for as absent while another of the group is printed."""
LIKELY_ABSENT = {
    "receipt": ("due_date", "tip", "discount", "change", "customer", "table_number", "member_number",
                "delivery_fee", "service_charge", "tax", "email", "website", "phone", "cashier", "time",
                "card_number", "iban", "payment_terms", "order_number", "tax_number", "fax", "address", "guests"),
    "invoice": ("tip", "change", "cash", "cashier", "table_number", "discount", "due_date", "iban", "delivery_date",
                "delivery_fee", "order_number", "phone", "email", "payment_terms", "fax", "customer_number",
                "signature", "time", "card_number", "website", "tax_number", "service_charge"),
    "form": ("total", "due_date", "allergies", "doctor", "nationality", "occupation", "signature", "email", "phone",
             "birth_date", "marital_status", "emergency_contact", "reason", "seat", "valid_until", "department"),
    "letter": ("total", "reference", "due_date", "phone", "email", "signature", "fax", "website", "iban",
               "customer_number", "time", "invoice_number", "price"),
    "price_list": ("phone", "email", "date", "discount", "total", "opening_hours", "tax", "signature", "website"),
    "menu": ("phone", "opening_hours", "wifi", "total", "date", "service_charge", "website", "signature", "address"),
    "ticket": ("seat", "gate", "platform", "coach", "doors", "row", "passenger", "arrival_time", "booking_reference",
               "class", "email", "phone", "tax", "organizer", "flight_number", "plate", "section"),
    "bill": ("discount", "tip", "arrears", "meter_number", "phone", "email", "iban", "signature", "cash", "change",
             "consumption", "order_number", "delivery_date", "opening_balance"),
    "report": ("total", "signature", "phone", "email", "next_meeting", "contact", "price", "time", "due_date",
               "chair", "minutes_by", "organizer", "website"),
    "card": ("fax", "mobile", "website", "email", "date", "job_title", "address", "birth_date", "total",
             "opening_hours", "department", "iban"),
    "badge": ("birth_date", "blood_group", "valid_until", "department", "address", "phone", "email", "issue_date",
              "nationality", "signature", "seat"),
    "timetable": ("price", "phone", "total", "valid_from", "website", "signature", "email", "date", "wifi"),
    "statement": ("due_date", "credit_limit", "minimum_payment", "phone", "tax", "iban", "email", "discount",
                  "signature", "invoice_number", "address", "delivery_date"),
}  # fmt: skip
_FLAG = re.compile(r"(?<=\d) (?:S|T|A|SR)$")
_NUMBER = re.compile(r"-?\d[\d.,\s']*")


@dataclass
class Source:
    """The truth of one document, as far as questions need it."""

    rng: Random
    kind: str
    texts: list[str]
    fields: tuple[DocField, ...]
    tables: tuple[DocTable, ...] = ()
    aliases: dict[tuple[int, int], str] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    title_lines: tuple[int, ...] = ()
    word: str = ""

    def __post_init__(self) -> None:
        values: dict[str, set[str]] = {}
        for item in self.fields:
            values.setdefault(item.key, set()).add(item.value)
        self.present = set(values)
        single = {key for key, seen in values.items() if len(seen) == 1}
        unique: dict[str, DocField] = {}
        for item in self.fields:
            if item.key in single and item.key not in self.blocked:
                unique.setdefault(item.key, item)
        self.askable = list(unique.values())
        self.label_counts = Counter(item.label.lower() for item in self.fields if item.label)

    def absent(self, key: str) -> bool:
        """Whether a key is printed nowhere, nor anything that could pass for it."""
        if key in self.present or key in self.blocked:
            return False
        return not any(key in group and group & self.present for group in GROUPS)


def plain_amount(text: str) -> str:
    """A printed amount without the tax flag some receipts set behind it."""
    return _FLAG.sub("", text)


def parse_amount(text: str) -> float | None:
    """The value of a printed amount ("RM 1,234.50", "1.234,50 €"), None if it is none."""
    found = _NUMBER.search(plain_amount(text))
    if not found:
        return None
    digits = found.group().strip(" .,'").replace(" ", "").replace("'", "")
    cut = max(digits.rfind("."), digits.rfind(","))
    if cut >= 0 and len(digits) - cut - 1 in (1, 2):
        whole, cents = digits[:cut], digits[cut + 1 :]
        digits = f"{whole.replace('.', '').replace(',', '')}.{cents}"
    else:
        digits = digits.replace(".", "").replace(",", "")
    value = float(digits)
    return -value if "-" in text[: found.end()] and not found.group().startswith("-") else value
