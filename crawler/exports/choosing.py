"""Which records are exported: filters by type, place, scheme, date, money, portal and confidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, and_, select

from crawler.exports.columns import values
from crawler.exports.errors import ExportError
from crawler.places import Unit, gazetteer
from crawler.store.schema import articles, event_sources, events

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Choice:
    """What to export; every field that is set must hold, any of its values will do.

    ``places`` are adcodes or official names, their parts included. ``since`` and ``until`` are ISO dates or parts, both
    inclusive; an event whose known time touches the range is in, one of unknown year is out. Money is plain CNY and
    compared with the largest amount told. Raises ``ExportError`` for values that cannot be meant.
    """

    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_cny: float | None = None
    max_cny: float | None = None
    portals: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _among("type", self.types, [v.value for v in values("event_type")])
        _among("confidence", self.confidence, [v.value for v in values("confidence")])
        for name in ("since", "until"):
            date = getattr(self, name)
            if date is not None and not _DATE.fullmatch(date):
                raise ExportError(f"--{name} {date}: not a date; give 2016, 2016-05 or 2016-05-31")
        if self.since and self.until and self.since > self.until and not self.since.startswith(self.until):
            raise ExportError(f"--since {self.since} is after --until {self.until}; exchange them")
        self.units()

    @property
    def by_event(self) -> bool:
        """Whether articles and figures are restricted to those of the chosen events."""
        plain = (self.types, self.places, self.schemes, self.since, self.until, self.confidence)
        return any(plain) or self.min_cny is not None or self.max_cny is not None

    def units(self) -> frozenset[str]:
        """The unit ids of ``places``."""
        return frozenset(_unit(place).unit_id for place in self.places)

    def holds_for(self, codes: Sequence[str], date: str | None) -> bool:
        """Whether one of these adcodes is, or lay on that date in, a chosen place."""
        wanted = self.units()
        return not wanted or any(wanted & _line(code, known_year(date)) for code in codes)

    def holds_on(self, start: str | None, end: str | None) -> bool:
        """Whether a time touches the range; unknown ends of a tie's time do, an event's unknown start does not."""
        return (not self.until or not start or touches(start, self.until)) and (
            not self.since or not end or touches(self.since, end)
        )

    def event_condition(self) -> ColumnElement[bool]:
        """The part of the choice that the database can tell; ``holds_for`` and ``holds_on`` tell the rest."""
        e = events.c
        parts: list[ColumnElement[bool]] = [e.state == "live"]
        if self.types:
            parts.append(e.type.in_(self.types))
        if self.confidence:
            parts.append(e.confidence.in_(self.confidence))
        if self.schemes:
            parts.append(e.tie_scheme.in_(self.schemes))
        if self.min_cny is not None:
            parts.append(e.amount_cny >= self.min_cny)
        if self.max_cny is not None:
            parts.append(e.amount_cny <= self.max_cny)
        if self.since or self.until:
            parts.append(e.date_start.is_not(None) & ~e.date_start.startswith("-"))
        if self.portals:
            told = select(event_sources.c.event_id).join(articles, articles.c.article_id == event_sources.c.article_id)
            parts.append(e.event_id.in_(told.where(articles.c.portal.in_(self.portals))))
        return and_(*parts)


def touches(low: str, high: str) -> bool:
    """Whether the ISO date ``low`` is not after ``high``, at the precision both have."""
    return low[: len(high)] <= high[: len(low)]


def known_year(date: str | None) -> str | None:
    """The year of an ISO date, None when it is not known."""
    return date[:4] if date and date[0] != "-" else None


@cache
def unit_of(code: str, year: str | None) -> Unit | None:
    """The unit an adcode meant in a year; towns stand for themselves."""
    return gazetteer().by_code(code, year) or gazetteer().by_code(code)


@cache
def above(unit: Unit, year: str | None) -> tuple[Unit, ...]:
    """The unit and its parents in a year, the nearest first."""
    return (unit, *gazetteer().ancestors(unit, year))


@cache
def _line(code: str, year: str | None) -> frozenset[str]:
    unit = unit_of(code, year)
    return frozenset(u.unit_id for u in above(unit, year)) if unit else frozenset()


@cache
def _unit(text: str) -> Unit:
    if unit := gazetteer().place(text):
        return unit
    found = sorted({u.full_name for u in gazetteer().named(text)})
    if found:
        raise ExportError(f"--place {text}: could be {'、'.join(found[:6])}; give the full name or an adcode")
    close = sorted({u.full_name for u in gazetteer().units() if u.name.startswith(text) and not u.valid_to})
    hint = f"do you mean {'、'.join(close[:6])}?" if close else "give an official name with its ending, or an adcode"
    raise ExportError(f"--place {text}: no such place; {hint}")


def _among(name: str, given: Sequence[str], allowed: Sequence[str]) -> None:
    for value in given:
        if value not in allowed:
            raise ExportError(f"--{name} {value}: not known; choose from {', '.join(allowed)}")
