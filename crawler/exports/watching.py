"""Exposure: which portals could have told of a unit in a year, and how many pages they published then."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

from sqlalchemy import Connection, func, select

from crawler.exports.choosing import Choice
from crawler.places import gazetteer
from crawler.places.ties import tie_rows
from crawler.portals import portals
from crawler.store.schema import articles, captures


class Watch:
    """Pages of each portal by year of publication, and each portal's home.

    A portal could tell of a unit when it is nationwide (no home), or when its home is the unit, one of its parents or
    parts, or is tied to one of these by an official tie in force in the year.
    """

    def __init__(self, connection: Connection, choice: Choice) -> None:
        self._pages: dict[int, Counter[str]] = defaultdict(Counter)
        year = func.substr(articles.c.published, 1, 4)
        query = select(articles.c.portal, year, func.count()).group_by(articles.c.portal, year)
        for portal, published, count in connection.execute(query.where(articles.c.published.is_not(None))):
            if published.isdigit() and (not choice.portals or portal in choice.portals):
                self._pages[int(published)][portal] = count
        homes = _homes(connection)
        self._homes = {portal: homes.get(portal) for pages in self._pages.values() for portal in pages}

    def years(self) -> list[int]:
        """The years something was published in."""
        return sorted(self._pages)

    def over(self, unit_id: str, year: int) -> tuple[int, int]:
        """How many portals could have told of the unit in the year, and how many pages they published."""
        told = [
            n for portal, n in self._pages.get(year, Counter()).items() if _covers(self._homes[portal], unit_id, year)
        ]
        return len(told), sum(told)


def _homes(connection: Connection) -> dict[str, str]:
    """The home of every portal that has one: as its pages were read, and as declared, which wins."""
    c = captures.c
    read = select(c.portal, c.home, func.count()).where(c.home.is_not(None)).group_by(c.portal, c.home)
    found = sorted(connection.execute(read), key=lambda row: (row[2], row[1]))
    homes = {portal: _unit_id(home) for portal, home, _ in found}
    homes |= {portal.name: _unit_id(portal.home) for portal in portals() if portal.home}
    return {portal: unit_id for portal, unit_id in homes.items() if unit_id}


def _unit_id(home: str) -> str | None:
    unit = gazetteer().place(home)
    return unit.unit_id if unit else None


def _covers(home: str | None, unit_id: str, year: int) -> bool:
    if home is None:
        return True
    partners, above_partners = _watched(home, year)
    return unit_id in above_partners or bool(partners & {unit_id, *gazetteer().lineage(unit_id)})


@cache
def _watched(home: str, year: int) -> tuple[frozenset[str], frozenset[str]]:
    """Home and its official partners in a year; and these with all their parents."""
    g, partners = gazetteer(), {home}
    for tie in tie_rows():
        if tie.holds(str(year)):
            for one, other in ((tie.donor_unit, tie.recipient_unit), (tie.recipient_unit, tie.donor_unit)):
                if one == home or one in g.lineage(home) or home in g.lineage(one):
                    partners.add(other)
    return frozenset(partners), frozenset(partners).union(*(g.lineage(unit) for unit in partners))
