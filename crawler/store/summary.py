"""The store in a few lines: figures per portal, the newest events, an event as one readable line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, case, func, select

from crawler.model import EVENT_LABELS
from crawler.store.ledger import SKIPPED
from crawler.store.rows import EventRow, PortalSummary
from crawler.store.schema import articles, event_persons, event_sources, events, urls
from crawler.store.schema import portals as portals_table


def portals(connection: Connection, run_ids: Sequence[int] | None) -> list[PortalSummary]:
    """Return the figures of every portal, by name."""
    fetched = urls.c.fetched_at.is_not(None) | urls.c.done_run.is_not(None)
    pages = _counts(connection, urls.c.portal, urls.c.url, fetched)
    waiting = _counts(connection, urls.c.portal, urls.c.url, urls.c.state.in_(["found", "fetched", "archived"]))
    # what is skipped for good (forbidden, no page, moved to one that is asked for anyway) is no failure
    lost = (urls.c.state == "failed") & (urls.c.error_stage.is_(None) | urls.c.error_stage.not_in(SKIPPED))
    failed = _counts(connection, urls.c.portal, urls.c.url, lost)
    by_portal, one = articles.c.portal, articles.c.article_id
    here = _in_runs(articles.c.first_run, run_ids)
    changed = _in_runs(articles.c.changed_run, run_ids) & (articles.c.revision > 1)
    told = select(articles.c.portal, func.count(events.c.event_id.distinct()))
    told = told.join(event_sources, event_sources.c.article_id == articles.c.article_id)
    told = told.join(events, events.c.event_id == event_sources.c.event_id).where(events.c.status != "planned")
    told = told.group_by(articles.c.portal)
    counts = {
        "pages": pages,
        "articles": _counts(connection, by_portal, one, True),
        "relevant": _counts(connection, by_portal, one, articles.c.relevant),
        "duplicates": _counts(connection, by_portal, one, articles.c.relation.is_not(None)),
        "events": _pairs(connection, told),
        "pending": waiting,
        "new": _counts(connection, by_portal, one, here),
        "changed": _counts(connection, by_portal, one, changed & ~here if run_ids is not None else changed),
        "gone": _counts(connection, by_portal, one, _in_runs(articles.c.gone_run, run_ids)),
        "failed": failed,
        "new_events": _pairs(connection, told.where(_in_runs(events.c.first_run, run_ids))),
    }
    names = set(connection.scalars(select(portals_table.c.name))).union(*counts.values())
    return [PortalSummary(name, **{field: by.get(name, 0) for field, by in counts.items()}) for name in sorted(names)]


def newest(connection: Connection, limit: int) -> list[EventRow]:
    """Return the events with the latest dates, then the undated."""
    dated = case((events.c.date_start.is_(None), 2), (events.c.date_start.startswith("-"), 1), else_=0)
    query = (
        select(events)
        .where(events.c.state == "live", events.c.status != "planned")
        .order_by(dated, events.c.date_start.desc(), events.c.date_end.desc(), events.c.type, events.c.event_id)
        .limit(limit)
    )
    return event_rows(connection, connection.execute(query).mappings().all())


def event_rows(connection: Connection, rows: Sequence[Any]) -> list[EventRow]:
    """Return rows of the table ``events`` with their people and pages, in the order given."""
    ids = [row["event_id"] for row in rows]
    people = _lists(connection, select(event_persons.c.event_id, event_persons.c.name), event_persons, ids)
    told = select(event_sources.c.event_id, articles.c.url).distinct()
    told = told.join(articles, articles.c.article_id == event_sources.c.article_id).order_by(articles.c.url)
    pages: dict[str, list[str]] = {}
    for event_id, url in connection.execute(told.where(event_sources.c.event_id.in_(ids))):
        pages.setdefault(event_id, []).append(url)
    return [_event(row, people.get(row["event_id"], []), pages.get(row["event_id"], [])) for row in rows]


def event_line(event: EventRow) -> str:
    """Return one event as a line: ``2017-12-24…26 考察 visit  广西百色市凌云县 → 广东深圳市盐田区  莫庸、何大功…``."""
    label = EVENT_LABELS.get(event.type, event.type)  # type: ignore[call-overload]
    start, end = (event.from_, event.to) if event.from_ and event.to else (event.supporting, event.supported)
    road = " → ".join(part for part in (_listed(start), _listed(end)) if part)
    money = _money(event.amount_cny) if event.amount_cny else ""
    parts = [f"{_dates(event)} {label} {event.type}", road, _listed(event.persons), money]
    return "  ".join(part for part in parts if part)


def _dates(event: EventRow) -> str:
    start, end = event.date_start, event.date_end
    if not start:
        return "undated"
    if not end or end == start:
        return start
    same = 0
    for a, b in zip(start.split("-")[:-1], end.split("-")[:-1], strict=False):
        if a != b:
            break
        same += 1
    return f"{start}…{'-'.join(end.split('-')[same:])}"


def _listed(names: Sequence[str]) -> str:
    return "、".join(short_place(name) for name in names[:2]) + ("…" if len(names) > 2 else "")


def short_place(name: str) -> str:
    """Return a full place name with its province's short name: 广西百色市凌云县."""
    name = re.sub(r"^(内蒙古|广西|西藏|宁夏|新疆)(?:壮族|回族|维吾尔)?自治区(?=.)", r"\1", name)
    return re.sub(r"^(\w{2,3})省(?=.)", r"\1", name)


def _money(value: float) -> str:
    for unit, size in (("亿元", 1e8), ("万元", 1e4)):
        if value >= size:
            return f"{value / size:.10g}{unit}"
    return f"{value:.10g}元"


def _in_runs(column: Any, run_ids: Sequence[int] | None) -> Any:
    return column.is_not(None) if run_ids is None else column.in_(list(run_ids))


def _counts(connection: Connection, by: Any, what: Any, condition: Any) -> dict[str, int]:
    return _pairs(connection, select(by, func.count(what)).where(condition).group_by(by))


def _pairs(connection: Connection, query: Any) -> dict[str, int]:
    return {str(name): int(count) for name, count in connection.execute(query)}


def _lists(connection: Connection, query: Any, table: Any, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for event_id, value in connection.execute(query.where(table.c.event_id.in_(ids)).order_by(table.c.position)):
        found.setdefault(event_id, []).append(value)
    return found


def _event(row: Any, people: Sequence[str], pages: Sequence[str]) -> EventRow:
    same = {name: row[name] for name in ("event_id", "type", "status", "date_start", "date_end", "date_precision")}
    return EventRow(
        **same,
        supporting=tuple(row["supporting"]),
        supported=tuple(row["supported"]),
        from_=tuple(row["from_places"]),
        to=tuple(row["to_places"]),
        persons=tuple(people),
        organizations=tuple(row["organizations"]),
        amount_cny=row["amount_cny"],
        tie_label=row["tie_label"],
        conflicts=row["conflicts"],
        articles=tuple(pages),
        independent=row["independent"],
        sample=row["sample"],
    )
