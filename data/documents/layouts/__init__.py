"""All layouts by name; a named set over all kinds is kept out of training."""

from . import (
    bill,
    cards,
    form,
    invoice,
    letter,
    lists,
    receipt,
    report,
    statement,
    ticket,
    timetable,
)
from .base import Layout

_MODULES = (
    receipt, invoice, form, letter, lists, ticket, bill, report, cards, timetable, statement,
)  # fmt: skip
LAYOUTS: dict[str, Layout] = {
    layout.name: layout for module in _MODULES for layout in module.LAYOUTS
}
TRAIN_LAYOUTS = tuple(name for name, layout in LAYOUTS.items() if not layout.kept_out)
TEST_LAYOUTS = tuple(name for name, layout in LAYOUTS.items() if layout.kept_out)
KINDS = tuple(dict.fromkeys(layout.kind for layout in LAYOUTS.values()))
