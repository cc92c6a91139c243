"""All layouts by name; a named set over all kinds is kept out of training."""

from . import form, invoice, letter, lists, receipt, ticket
from .base import Layout

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for module in (receipt, invoice, form, letter, lists, ticket)
    for layout in module.LAYOUTS
}
TRAIN_LAYOUTS = tuple(name for name, layout in LAYOUTS.items() if not layout.kept_out)
TEST_LAYOUTS = tuple(name for name, layout in LAYOUTS.items() if layout.kept_out)
KINDS = tuple(dict.fromkeys(layout.kind for layout in LAYOUTS.values()))
