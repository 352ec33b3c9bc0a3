"""How sure an event is, in three bins; docs/events.md prints the precision observed in each."""

from __future__ import annotations

from crawler.events.draft import Draft
from crawler.model import Confidence, Tie


def confidence(draft: Draft, tie: Tie) -> Confidence:
    """High, medium or low by how much of the event the text states itself."""
    points = 0
    points += 2 if draft.explicit else 0
    points += 2 if draft.when.own and draft.when.precision in ("day", "range") else 1 if draft.when.known else 0
    points += 1 if tie.label == "in-pairing" else 0
    points += 1 if draft.type in ("visit", "meeting", "agreement") else 0
    points -= 1 if draft.background else 0
    return "high" if points >= 5 else "medium" if points >= 3 else "low"
