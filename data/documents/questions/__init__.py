"""Questions in people's words about one document, with true answers and evidence lines."""

from collections.abc import Callable

from ..types import DocQuestion
from . import about_fields, about_items, about_tables
from .source import Source

__all__ = ["Source", "make_questions"]

_Maker = Callable[[Source], DocQuestion | None]
_FOUND: tuple[tuple[_Maker, float], ...] = (
    (about_fields.field_question, 30),
    (about_items.line_item, 16),
    (about_tables.table_cell, 10),
    (about_items.listing, 6),
    (about_items.counting, 6),
    (about_items.summing, 10),
    (about_items.comparing, 11),
    (about_items.bought, 3),
    (about_fields.presence, 5),
    (about_fields.paid_how, 3),
    (about_fields.threshold, 4),
    (about_tables.table_count, 2),
    (about_tables.table_list, 2),
    (about_tables.find_period, 3),
    (about_tables.title, 4),
)
_ABSENT: tuple[tuple[_Maker, float], ...] = (
    (about_fields.absent_field, 60),
    (about_items.absent_item, 28),
    (about_tables.absent_row, 12),
)
NOT_THERE_SHARE = 0.25


def make_questions(source: Source, count: int) -> tuple[DocQuestion, ...]:
    """Up to `count` questions, about a quarter of them for things that are not there."""
    rng = source.rng
    made: list[DocQuestion] = []
    seen: set[str] = set()
    for _ in range(count * 3):
        if len(made) == count:
            break
        question = _draw(source, _ABSENT if rng.random() < NOT_THERE_SHARE else _FOUND)
        if question is not None and question.text not in seen:
            seen.add(question.text)
            made.append(question)
    return tuple(made)


def _draw(source: Source, pool: tuple[tuple[_Maker, float], ...]) -> DocQuestion | None:
    """A question of the pool; makers that do not fit the document are passed over."""
    makers, weights = [m for m, _ in pool], [w for _, w in pool]
    for maker in source.rng.choices(makers, weights, k=8):
        question = maker(source)
        if question is not None:
            return question
    return None
