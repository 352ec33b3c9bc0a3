"""Our own events in comparable form."""

from __future__ import annotations

from crawler.compare.listed import Listed, event
from crawler.exports.tables import Tables
from crawler.model import EventType


def ours(view: Tables) -> list[Listed]:
    """Return the chosen live events of a view, without planned ones, by id."""
    people: dict[str, list[str]] = {}
    for row in view.persons():
        people.setdefault(row["event_id"], []).append(row["name"])
    return [_listed(row, people.get(row["event_id"], [])) for row in view.events() if row["status"] != "planned"]


def _listed(row: dict[str, object], people: list[str]) -> Listed:
    kind: EventType = row["type"]  # type: ignore[assignment]
    start, end, amount = row["date_start"], row["date_end"], row["amount_cny"]
    places = {
        "supporting": row["supporting"],
        "supported": row["supported"],
        "from": row["from_places"],
        "to": row["to_places"],
    }
    return event(str(row["event_id"]), kind, (start, end), places, people, amount)  # type: ignore[arg-type]
