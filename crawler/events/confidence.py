"""How sure an event is, in three bins; docs/events.md prints the precision observed in each."""

from __future__ import annotations

from crawler.events.draft import Draft
from crawler.events.tables import everyday_rows
from crawler.events.unnamed import UNNAMED
from crawler.model import Confidence, EventType

# types whose words hardly ever mean anything else, and types that totals and plain work reports look like
_SURE: tuple[EventType, ...] = ("visit", "meeting", "pairing", "agreement")
_DOUBTFUL: tuple[EventType, ...] = ("personnel", "training", "consumption")
_SPAN = ("range", "month")


def points(draft: Draft) -> int:
    """How much of the event the text bears out: named parties and people, a time of its own, a second telling.

    Everyday words (采购, 招聘, 移交) are worth less than words of the trade.
    A day is worth less than a range of days or a month: it is more often the day of something else.
    """
    out = 2 if draft.explicit else 0
    if draft.when.own:
        precision = draft.when.precision
        out += 2 if precision in _SPAN else 1 if precision == "day" else -1
    out += 2 if draft.cast else 0
    out += 1 if draft.type in _SURE else -2 if draft.type in _DOUBTFUL else 0
    out -= 2 if UNNAMED in (*draft.supporting, *draft.supported) else 0
    out -= 2 if draft.frame in everyday_rows() else 0
    return out + (1 if draft.also_at else 0)


def confidence(draft: Draft) -> Confidence:
    """High from five points on, medium from two."""
    sure = points(draft)
    return "high" if sure >= 5 else "medium" if sure >= 2 else "low"
