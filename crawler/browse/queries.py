"""Everything the pages show, read from a snapshot; rows are plain dictionaries."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from crawler.browse.filters import Filters

Row = dict[str, Any]
PAGE = 50
COUNTED = 10_000
"""Counting further would take longer than finding a page."""

_SHOWN = """
SELECT e.event_id, e.type, e.status, e.date_start, e.date_end, e.supporting, e.supported, e.from_places, e.to_places,
       e.amount_cny, e.tie_label, e.tie_scheme, e.confidence, e.review, e.independent, t.persons, t.quotes
FROM events e JOIN timeline t ON t.event_id = e.event_id
"""


class Snapshot(Protocol):
    """What is needed of a database: rows of a query as mappings."""

    async def rows(self, sql: str, given: Mapping[str, Any] | None = None) -> list[Row]:
        """Run one query."""


async def events(snapshot: Snapshot, filters: Filters, *, start: int = 0, limit: int = PAGE) -> list[Row]:
    """The chosen events, newest first, undated ones last."""
    where, given = filters.sql()
    ids = await snapshot.rows(
        f"""
        SELECT e.event_id FROM events e WHERE {where}
        ORDER BY e.date_start DESC, e.event_id LIMIT :limit OFFSET :start""",
        {**given, "limit": limit, "start": start},
    )
    return await _shown(snapshot, [row["event_id"] for row in ids])


async def count(snapshot: Snapshot, filters: Filters) -> int:
    """How many events are chosen, ``COUNTED`` when there are more."""
    where, given = filters.sql()
    (row,) = await snapshot.rows(
        f"SELECT count(*) AS n FROM (SELECT 1 FROM events e WHERE {where} LIMIT {COUNTED})", given
    )
    return int(row["n"])


async def newest(snapshot: Snapshot, limit: int = 20) -> list[Row]:
    """The events that came in last, with the day they came."""
    arrived = await snapshot.rows(
        "SELECT event_id, substr(at, 1, 10) AS day FROM arrivals ORDER BY at DESC, event_id LIMIT :limit",
        {"limit": limit},
    )
    days = {row["event_id"]: row["day"] for row in arrived}
    return [row | {"arrived": days[row["event_id"]]} for row in await _shown(snapshot, list(days))]


async def event(snapshot: Snapshot, event_id: str) -> Row | None:
    """One event with its persons, quotes by article, conflicts, chain, history and the official ties of its sides."""
    found = await snapshot.rows("SELECT rowid AS number, * FROM events WHERE event_id = :id", {"id": event_id})
    if not found:
        return None
    given = {"id": event_id}
    persons = await snapshot.rows("SELECT * FROM persons WHERE event_id = :id ORDER BY position", given)
    text = "a.text" if await _has_text(snapshot) else "NULL"
    quotes = await snapshot.rows(
        f"""
        SELECT s.*, a.title, a.original_id, a.relation, a.state, {text} AS text
        FROM event_sources s JOIN articles a ON a.article_id = s.article_id
        WHERE s.event_id = :id ORDER BY a.published, s.article_id, s.quote_start""",
        given,
    )
    conflicts = await snapshot.rows(
        "SELECT c.field, c.value, c.article_id, a.title, a.portal FROM conflicts c "
        "JOIN articles a ON a.article_id = c.article_id WHERE c.event_id = :id ORDER BY c.rowid",
        given,
    )
    linked = await snapshot.rows(
        "SELECT earlier, later, evidence FROM chains WHERE earlier = :id OR later = :id ORDER BY earlier, later", given
    )
    steps = {(r["later"] if r["earlier"] == event_id else r["earlier"]): json.loads(r["evidence"]) for r in linked}
    chain = [row | {"why": steps[row["event_id"]]} for row in await _shown(snapshot, list(steps))]
    history = await snapshot.rows("SELECT * FROM changes WHERE event_id = :id ORDER BY rowid", given)
    ties = await snapshot.rows(
        """
        SELECT DISTINCT t.* FROM ties t JOIN event_units d ON d.unit_id = t.donor_unit AND d.role = 'supporting'
        JOIN event_units r ON r.unit_id = t.recipient_unit AND r.role = 'supported' AND r.event = d.event
        WHERE d.event = :number ORDER BY t.valid_from""",
        {"number": found[0]["number"]},
    )
    places = await snapshot.rows(
        "SELECT p.role, u.unit_id, u.full_name FROM event_units p JOIN units u ON u.unit_id = p.unit_id "
        "WHERE p.event = :number AND p.named ORDER BY u.code",
        {"number": found[0]["number"]},
    )
    return {
        **found[0],
        "persons": persons,
        "sources": _by_article(quotes),
        "conflicts": _by_field(conflicts),
        "chain": sorted(chain, key=lambda row: (row["date_start"] or "", row["event_id"])),
        "history": [row | {"detail": json.loads(row["detail"])} for row in history],
        "ties": ties,
        "places": places,
    }


async def unit(snapshot: Snapshot, unit_id: str) -> Row | None:
    """A unit with its parent, its partners by year, its years in the panel and its newest events."""
    given = {"id": unit_id}
    found = await snapshot.rows(
        """
        SELECT u.*, p.full_name AS parent_name FROM units u LEFT JOIN units p ON p.unit_id = u.parent
        WHERE u.unit_id = :id""",
        given,
    )
    if not found:
        return None
    partners = await snapshot.rows(
        """
        SELECT 'gives' AS direction, u.unit_id, u.full_name, p.events, p.visits, p.first, p.last
        FROM partners p JOIN units u ON u.unit_id = p.recipient WHERE p.donor = :id AND p.recipient_named
        UNION ALL SELECT 'gets', u.unit_id, u.full_name, p.events, p.visits, p.first, p.last
        FROM partners p JOIN units u ON u.unit_id = p.donor WHERE p.recipient = :id AND p.donor_named
        ORDER BY 4 DESC, 3 LIMIT 60""",
        given,
    )
    years = await snapshot.rows(
        "SELECT * FROM panel WHERE unit_id = :id AND (events > 0 OR watching_pages > 0) ORDER BY year DESC", given
    )
    parts = await snapshot.rows(
        "SELECT u.unit_id, u.name, c.events FROM units u JOIN unit_counts c ON c.unit_id = u.unit_id "
        "WHERE u.parent = :id ORDER BY u.code",
        given,
    )
    latest = await events(snapshot, Filters(place=unit_id), limit=20)
    return {**found[0], "partners": partners, "years": years, "parts": parts, "latest": latest}


async def units(snapshot: Snapshot, words: str = "") -> list[Row]:
    """Provinces with events, or the units whose name begins with some words."""
    condition = "u.name LIKE :words || '%' OR u.full_name LIKE :words || '%'" if words else "u.level = 'province'"
    return await snapshot.rows(
        f"""
        SELECT u.unit_id, u.full_name, u.level, c.gives, c.gets FROM units u
        JOIN unit_counts c ON c.unit_id = u.unit_id WHERE {condition} ORDER BY u.code LIMIT 200""",
        {"words": words} if words else {},
    )


async def pairs(snapshot: Snapshot) -> list[Row]:
    """Who helps whom, province by province, most told first."""
    return await snapshot.rows(
        """
        SELECT a.unit_id AS donor, a.full_name AS donor_name, b.unit_id AS recipient, b.full_name AS recipient_name,
               p.events, p.first, p.last
        FROM partners p JOIN units a ON a.unit_id = p.donor AND a.level = 'province'
        JOIN units b ON b.unit_id = p.recipient AND b.level = 'province' ORDER BY p.events DESC, a.code, b.code"""
    )


async def pair(snapshot: Snapshot, donor: str, recipient: str) -> Row | None:
    """What one unit gave another, year by year, with the official ties between them."""
    found = await snapshot.rows(
        "SELECT d.full_name AS donor_name, r.full_name AS recipient_name FROM units d, units r "
        "WHERE d.unit_id = :donor AND r.unit_id = :recipient",
        {"donor": donor, "recipient": recipient},
    )
    if not found:
        return None
    filters = Filters(supporting=donor, supported=recipient)
    where, given = filters.sql()
    years = await snapshot.rows(
        f"""
        SELECT substr(e.date_start, 1, 4) AS year, count(*) AS events, sum(e.type = 'visit') AS visits,
               sum(e.type = 'meeting') AS meetings, sum(e.type = 'agreement') AS agreements,
               sum(e.amount_paid_cny) AS paid, sum(e.amount_agreed_cny) AS agreed
        FROM events e WHERE {where} AND e.status != 'planned' AND e.date_start NOT LIKE '-%'
        GROUP BY 1 ORDER BY 1 DESC""",
        given,
    )
    ties = await snapshot.rows(
        "SELECT * FROM ties WHERE donor_unit = :donor AND recipient_unit = :recipient ORDER BY valid_from",
        {"donor": donor, "recipient": recipient},
    )
    latest = await events(snapshot, filters, limit=20)
    return {**found[0], "donor": donor, "recipient": recipient, "years": years, "ties": ties, "latest": latest}


async def person(snapshot: Snapshot, name: str) -> list[Row]:
    """The public roles under a name, by time; people of one name are not told apart."""
    return await snapshot.rows(
        """
        SELECT p.title, p.side, p.role, e.event_id, e.type, e.date_start, e.date_end, e.supporting, e.supported
        FROM persons p JOIN events e ON e.event_id = p.event_id
        WHERE p.name = :name ORDER BY e.date_start DESC LIMIT 200""",
        {"name": name},
    )


async def portals(snapshot: Snapshot) -> list[Row]:
    """Portals with their articles and events."""
    return await snapshot.rows(
        "SELECT a.portal, count(*) AS articles, sum(a.relevant) AS relevant, min(a.published) AS first, "
        "max(a.published) AS last, (SELECT count(DISTINCT s.event_id) FROM event_sources s WHERE s.portal = a.portal) "
        "AS events FROM articles a GROUP BY a.portal ORDER BY a.portal"
    )


async def portal(snapshot: Snapshot, name: str) -> Row | None:
    """One portal's figures, its days of the last year or so, newest week last, and its newest events."""
    found = [row for row in await portals(snapshot) if row["portal"] == name]
    if not found:
        return None
    days = await snapshot.rows(
        "SELECT day, word, why FROM portal_days WHERE portal = :name ORDER BY day DESC LIMIT 371", {"name": name}
    )
    latest = await events(snapshot, Filters(portal=name), limit=20)
    return {**found[0], "days": days[::-1], "latest": latest}


async def choices(snapshot: Snapshot) -> dict[str, list[str]]:
    """The values that closed filters can take here."""
    found = {}
    for name, sql in (
        ("scheme", "SELECT DISTINCT tie_scheme AS v FROM events WHERE tie_scheme IS NOT NULL ORDER BY 1"),
        ("portal", "SELECT DISTINCT portal AS v FROM event_sources ORDER BY 1"),
    ):
        found[name] = [row["v"] for row in await snapshot.rows(sql)]
    return found


async def _shown(snapshot: Snapshot, ids: Sequence[str]) -> list[Row]:
    """The events with these ids as lists show them, in this order."""
    names = {f"id{n}": key for n, key in enumerate(ids)}
    among = ", ".join(f":{name}" for name in names)
    rows = {row["event_id"]: row for row in await snapshot.rows(f"{_SHOWN} WHERE e.event_id IN ({among})", names)}
    return [rows[key] for key in ids]


async def _has_text(snapshot: Snapshot) -> bool:
    columns = await snapshot.rows("SELECT name FROM pragma_table_info('articles') WHERE name = 'text'")
    return bool(columns)


def _by_article(quotes: Sequence[Row]) -> list[Row]:
    """Articles with the quotes each gives."""
    found: dict[str, Row] = {}
    for row in quotes:
        page = found.setdefault(row["article_id"], {**row, "quotes": []})
        if row["quote"]:
            page["quotes"].append({name: row[name] for name in ("field", "quote", "quote_start", "quote_end")})
    return list(found.values())


def _by_field(conflicts: Sequence[Row]) -> list[Row]:
    """Fields with the values said, and by whom; the value chosen first."""
    found: dict[str, dict[str, list[Row]]] = {}
    for row in conflicts:
        found.setdefault(row["field"], {}).setdefault(row["value"], []).append(row)
    return [
        {"field": name, "values": [{"value": _told(json.loads(v)), "by": by} for v, by in values.items()]}
        for name, values in found.items()
    ]


def _told(value: Any) -> str:
    if isinstance(value, list):
        return " – ".join(dict.fromkeys(str(part) for part in value))
    return str(value)
