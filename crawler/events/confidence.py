"""How sure an event is, in three bins; docs/events.md prints the precision observed in each."""

from __future__ import annotations

from crawler.events.draft import Draft
from crawler.model import Confidence, EventType, Tie

# types whose words hardly ever mean anything else, and types that background and plain work reports look like
_SURE: tuple[EventType, ...] = ("agreement", "meeting", "pairing", "training", "labor", "funding")
_DOUBTFUL: tuple[EventType, ...] = ("project", "personnel")
_FINE = ("day", "range", "month")


def points(draft: Draft, tie: Tie) -> int:
    """How much of the event the text and the record of official ties bear out."""
    out = 2 if draft.explicit else 0
    if draft.when.own:
        out += 2 if draft.when.precision in _FINE else 1
    elif draft.when.precision == "day":
        out += 1
    out += {"in-pairing": 1, "other-tie": -1}.get(tie.label, 0)
    out += 1 if draft.type in _SURE else -1 if draft.type in _DOUBTFUL else 0
    return out + (1 if draft.also_at else 0)


def confidence(draft: Draft, tie: Tie) -> Confidence:
    """High from five points on, medium from three."""
    sure = points(draft, tie)
    return "high" if sure >= 5 else "medium" if sure >= 3 else "low"
