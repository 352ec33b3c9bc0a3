"""An event as a person corrected it: new values over the code's, with codes, precision and tie worked out anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from crawler.model import Amount, Event, EventPerson, EventPlace, Precision
from crawler.places import gazetteer, tie_on, year_known

CORRECTABLE = (
    "type", "status", "date_start", "date_end", "supporting", "supported", "from", "to", "persons", "organizations",
    "amounts_cny", "pairs",
)  # fmt: skip
"""Fields a person can correct, by the names of the schema.

Values are those of ``scrapy extract``: ISO dates or None, lists of full official names, persons as
``{"name", "title", "side"}``, amounts in CNY, pairs as ``[supported, supporting]``.
"""

PLACE_ROLES = ("supporting", "supported", "from", "to")


def corrected(event: Event, changes: Mapping[str, Any]) -> Event:
    """Return the event with the fields of ``changes`` (a subset of ``CORRECTABLE``) as given there.

    What follows from them is worked out anew: precision, adcodes, tie. A person has checked it, so it is sure.
    """
    for name in CORRECTABLE:
        if name in changes:
            event = _SETTERS[name](event, changes[name])
    donor, recipient = (next(iter(names), None) for names in (event.supporting, event.supported))
    if changes.keys() & {"supporting", "supported", "date_start"} and donor and recipient:
        event = replace(event, tie=tie_on(event.date_start, donor, recipient))
    if changes.keys() & {"date_start", "date_end"}:
        event = replace(event, date_precision=_precision(event.date_start, event.date_end), date_basis="review")
    return replace(event, confidence="high")


def values(event: Event) -> dict[str, Any]:
    """Return the correctable fields of an event as plain values."""
    return {
        "type": event.type,
        "status": event.status,
        "date_start": event.date_start,
        "date_end": event.date_end,
        "supporting": list(event.supporting),
        "supported": list(event.supported),
        "from": list(event.from_),
        "to": list(event.to),
        "persons": [{"name": p.name, "title": p.title, "side": p.side} for p in event.persons],
        "organizations": list(event.organizations),
        "amounts_cny": [amount.value_cny for amount in event.amounts],
        "pairs": [list(pair) for pair in event.pairs],
    }


def _plain(name: str) -> Callable[[Event, Any], Event]:
    return lambda event, value: replace(event, **{name: value})


def _organizations(event: Event, names: list[str]) -> Event:
    return replace(event, organizations=tuple(names))


def _places(role: str) -> Callable[[Event, Any], Event]:
    """Sets the names of a role and its places; a place that stays keeps its quote."""

    def put(event: Event, names: list[str]) -> Event:
        had = {place.name: place for place in event.places if place.role == role}
        kept = [place for place in event.places if place.role != role]
        now = [had.get(name) or EventPlace(name, _code(name, event.date_start), role, "") for name in names]  # type: ignore[arg-type]
        given: dict[str, Any] = {"from_" if role == "from" else role: tuple(names), "places": (*kept, *now)}
        return replace(event, **given)

    return put


def _persons(event: Event, people: list[dict[str, Any]]) -> Event:
    roles = {person.name: person.role for person in event.persons}
    now = (EventPerson(p["name"], p["title"], p["side"], roles.get(p["name"], "takes_part")) for p in people)
    return replace(event, persons=tuple(now))


def _amounts(event: Event, sums: list[float]) -> Event:
    had = {amount.value_cny: amount for amount in event.amounts}
    return replace(event, amounts=tuple(had.get(value) or Amount(value, None, False, "") for value in sums))


def _pairs(event: Event, pairs: list[list[str]]) -> Event:
    return replace(event, pairs=tuple((pair[0], pair[1]) for pair in pairs))


_SETTERS: dict[str, Callable[[Event, Any], Event]] = {
    **{name: _plain(name) for name in ("type", "status", "date_start", "date_end")},
    **{role: _places(role) for role in PLACE_ROLES},
    "persons": _persons,
    "organizations": _organizations,
    "amounts_cny": _amounts,
    "pairs": _pairs,
}


def _code(name: str, on: str | None) -> str | None:
    unit = gazetteer().place(name, year_known(on))
    return unit.code if unit else None


def _precision(start: str | None, end: str | None) -> Precision:
    if not start:
        return "none"
    if end and end != start:
        return "range" if len(start) >= 10 else "period"
    sizes: dict[int, Precision] = {4: "year", 7: "month"}
    return sizes.get(len(start.lstrip("-")) if not start.startswith("-") else 10, "day")
