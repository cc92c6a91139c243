"""Questions people ask about shop receipts, and what real receipts say in answer.

The public receipts come with four fields only. What else is printed with a clear label (a phone
number, the change) is found by pattern, used only where one value can be meant, and a thing is
taken as absent only where nothing like it is printed.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

FIELD_WORDINGS: dict[str, tuple[str, ...]] = {
    "company": (
        "what is the company name?", "which shop is this from?", "who issued this receipt?",
        "what store is it?", "name of the seller", "where did I buy this?", "who sold it?",
        "what's the name of the business?", "which company?", "merchant name please",
        "what place is this receipt from", "who did I pay?", "vendor?", "whose receipt is this?",
        "what is the shop called?", "company", "what restaurant or shop is it?", "the retailer?",
        "at which store was this bought", "who is the supplier?",
    ),
    "date": (
        "what is the date?", "when was this bought?", "date of purchase", "which day was it?",
        "when did I buy it?", "what's the date on the receipt?", "when was the receipt issued?",
        "date", "on what date did I pay?", "what day is printed here?", "when was this?",
        "the transaction date please", "and when?", "tell me the date", "issue date",
        "what date does it say", "when did this purchase take place?",
    ),
    "address": (
        "what is the address?", "where is the shop?", "where is this store located?",
        "address of the company", "what's the shop's address", "where can I find this place?",
        "location of the seller?", "address", "which street is it on?", "full address please",
        "where are they based?", "give me the store's address", "what address is printed?",
        "where is the business?", "where does the seller sit?",
    ),
    "total": (
        "what is the total?", "how much did I pay in total?", "how much was it?", "total amount",
        "what did it cost altogether?", "grand total?", "how much is the bill?", "the sum total",
        "how much do I owe?", "what's the final amount?", "total please", "amount due",
        "how much was the whole thing?", "what does it come to?", "how much money was spent?",
        "what was the final price?", "what is the amount to pay?", "bill amount", "the damage?",
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PatternQuestion:
    """Something that receipts label clearly.

    Attributes:
        key: the reader's tag for it.
        wordings: how people ask for it.
        value: pattern whose group 1 is the printed value, label and value on one line.
        label: pattern of a line that is the label alone; the value is then next on its row.
        figure: what such a value must look like.
        hint: where this occurs nowhere on the page, the thing is taken as absent.
    """

    key: str
    wordings: tuple[str, ...]
    value: str
    label: str
    figure: str
    hint: str


PATTERN_QUESTIONS: tuple[PatternQuestion, ...] = (
    PatternQuestion(
        key="phone",
        wordings=(
            "what is the phone number?", "telephone number of the shop", "how can I call them?",
            "which number do I ring?", "their phone?", "tel no", "contact number please",
        ),
        value=r"(?:tel|phone|h/p)[a-z. ]*(?:no)?[.: ]*((?:\+?6?0|\(0)[\d() -]{7,13}\d)",
        label=r"(?:tel|phone)[a-z. ]*[.:]*",
        figure=r"\+?[\d() -]{8,15}",
        hint=r"tel|phone|h/p|fax|hotline|call|contact|\b0\d{1,2}-\d",
    ),
    PatternQuestion(
        key="tax_number",
        wordings=(
            "what is the GST number?", "tax registration number?", "the shop's GST ID",
            "what's their tax id", "GST reg no please", "under which tax number are they listed?",
        ),
        value=r"gst\s?(?:reg|id)?[a-z. ]*[#:.) ]*(\d{12})\b",
        label=r"gst\s?(?:reg|id)[a-z. ]*[#:.]*",
        figure=r"\d{12}",
        hint=r"gst|tax|\d{12}",
    ),
    PatternQuestion(
        key="invoice_number",
        wordings=(
            "what is the invoice number?", "receipt number?", "which number does the bill have?",
            "bill no", "the document number please", "number of this invoice", "receipt id",
        ),
        value=(
            r"(?:invoice|receipt|bill|doc(?:ument)?|inv|slip)\s?(?:no|num(?:ber)?|#)"
            r"[.:# ]*([A-Z0-9/-]{4,22})$"
        ),
        label=r"(?:invoice|receipt|bill|doc(?:ument)?|inv|slip)\s?(?:no|number|#)[.: ]*",
        figure=r"[A-Z]*[-/]?\d[A-Z0-9/-]{3,20}",
        hint=r"invoice|receipt|bill|doc|inv|slip|trans|no[.:]|#",
    ),
    PatternQuestion(
        key="change",
        wordings=(
            "how much change was given?", "the change?", "what did I get back?", "change due",
            "how much money was returned to me?",
        ),
        value=r"change[a-z. ]*[:( ]*(?:rm|\$)?[) ]*(\d+\.\d\d)$",
        label=r"(?:total )?change(?: due)?\s?(?:\(?rm\)?)?[.: ]*",
        figure=r"(?:RM ?|\$)?-?\d+\.\d\d",
        hint=r"change|baki|balance|chg",
    ),
    PatternQuestion(
        key="cash",
        wordings=(
            "how much cash was handed over?", "cash paid",
            "what did the customer give in cash?", "cash tendered?",
            "what was paid in cash?",
        ),
        value=r"^cash[a-z. ]*[:( ]*(?:rm|\$)?[) ]*(\d+\.\d\d)$",
        label=r"cash(?: tendered| received| payment)?\s?(?:\(?rm\)?)?[.: ]*",
        figure=r"(?:RM ?|\$)?\d+\.\d\d",
        hint=r"cash|tunai|tender|paid|payment",
    ),
    PatternQuestion(
        key="cashier",
        wordings=(
            "who was the cashier?", "which cashier served me?", "name of the cashier",
            "who rang it up?", "cashier?",
        ),
        value=r"cashier\s?(?:name|id)?\s?[:#]\s?([A-Za-z0-9 ]{2,20})$",
        label=r"cashier\s?[:#.]*",
        figure=r"[A-Za-z0-9 ]{2,20}",
        hint=r"cashier|server|staff|operator|served|sales ?person|user|clerk",
    ),
    PatternQuestion(
        key="email",
        wordings=("what is the email address?", "their e-mail?", "which email can I write to?"),
        value=r"\b([\w.+-]+@[\w-]+\.[\w.]+)",
        label=r"e-?mail\s?[:.]",
        figure=r"[\w.+-]+@[\w-]+\.[\w.]+",
        hint=r"mail|@",
    ),
    PatternQuestion(
        key="website",
        wordings=("which site do they have?", "what is their website?", "web page of the shop"),
        value=r"\b(www\.[\w.-]+)",
        label=r"website\s?[:.]",
        figure=r"www\.[\w.]+",
        hint=r"www|http|web|\.com",
    ),
)  # fmt: skip

ABSENT_WORDINGS: tuple[tuple[str, str, str], ...] = (
    ("what is the IBAN?", r"iban|account|bank", "iban"),
    ("what's the bank account number?", r"iban|account|bank|a/c", "iban"),
    ("when is payment due?", r"due", "due_date"),
    ("what is the due date?", r"due", "due_date"),
    ("which seat do I have?", r"seat", "seat"),
    ("what is the flight number?", r"flight", "flight_number"),
    ("who is the patient?", r"patient", "other"),
    ("what's the passport number?", r"passport", "other"),
    ("when do I check in?", r"check.?in", "other"),
    ("what is the date of birth?", r"birth", "birth_date"),
    ("which doctor signed it?", r"doctor|\bdr\b", "doctor"),
    ("what time does the train leave?", r"train|depart", "departure_time"),
    ("how much is the tip?", r"tip|service", "tip"),
    ("how much was delivery?", r"deliver|ship|postage", "delivery_fee"),
    ("what is the purchase order number?", r"order|p\.?o", "order_number"),
    ("what's the closing balance?", r"balance", "closing_balance"),
    ("how much interest is charged?", r"interest", "other"),
    ("who is the landlord?", r"landlord|rent", "other"),
    ("when does the contract end?", r"contract|expir|valid", "other"),
    ("what's the temperature?", r"temp|celsius", "other"),
    ("how many people attended?", r"attend", "other"),
    ("which hotel room is it?", r"room|hotel", "other"),
    ("what is the meter reading?", r"meter", "current_reading"),
    ("who wrote this letter?", r"letter|sincerely", "sender"),
    ("what's the tracking number?", r"track", "other"),
    ("what is the loyalty discount?", r"disc|loyal|saving|member", "discount"),
    ("what is the licence plate?", r"plate|vehicle|car ", "plate"),
    ("which gate?", r"gate", "gate"),
)


def only_value(question: PatternQuestion, texts: list[str]) -> str | None:
    """The one value the texts print for it, or None."""
    found = {m for text in texts for m in re.findall(question.value, text, re.IGNORECASE)}
    for left, right in pairwise(texts):
        if re.fullmatch(question.label, left, re.IGNORECASE) and re.fullmatch(
            question.figure, right, re.IGNORECASE
        ):
            found.add(right)
    found = {value.strip() for value in found}
    return found.pop() if len(found) == 1 else None


def is_absent(hint: str, texts: list[str]) -> bool:
    """Nothing on the page looks like it."""
    return not any(re.search(hint, text, re.IGNORECASE) for text in texts)
