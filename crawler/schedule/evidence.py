"""What the store knows of a portal's past, as the schedule needs it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from crawler.portals import Portal
from crawler.schedule.due import Look
from crawler.schedule.outcome import SHANGHAI, moment, outcomes
from crawler.schedule.pattern import Sighting
from crawler.store import Store
from crawler.store.ledger import stamp
from crawler.store.schema import articles, urls

_MEMORY = timedelta(days=200)
_MOST_SIGHTINGS = 1000


@dataclass(frozen=True, slots=True)
class Evidence:
    """``looks`` oldest first; ``sightings`` begin at ``since``; ``pending`` and ``revisits`` count what is left."""

    looks: tuple[Look, ...]
    last_rest: datetime | None
    sightings: tuple[Sighting, ...]
    since: datetime
    pending: int
    revisits: int


def evidence(store: Store, portal: Portal, now: datetime, revisit: tuple[float, float]) -> Evidence:
    """Gather it; ``revisit`` is (hours between two looks at an article, days an article is looked at again)."""
    runs = store.runs(portal.name)[::-1]
    judged = outcomes(runs)
    rest = [run for run, _ in judged if run.arguments.get("part") == "rest"]
    looks = tuple(
        Look(moment(run.started_at), moment(run.ended_at) if run.ended_at else None, outcome)
        for run, outcome in judged
        if run.arguments.get("part") != "rest" and not run.arguments.get("url")
    )
    sightings = _sightings(store, portal.name, looks, now)
    starts = [*(s.after for s in sightings), *(look.started for look in looks[:1])]
    since = max(min(starts, default=now), now - _MEMORY)
    pending = len(store.pending(portal.name, 1000))
    last_rest = moment(rest[-1].started_at) if rest else None
    return Evidence(looks, last_rest, sightings, since, pending, _revisits(store, portal.name, now, revisit))


def sighting(looked_before: datetime | None, discovered: datetime, published: str | None) -> Sighting | None:
    """When an article appeared: between two looks, on its day of publication, or both; None when neither is known.

    ``published`` is an ISO date in Shanghai time, with the time of day if the page told it.
    """
    told = _told(published)
    if told is None:
        return Sighting(looked_before, discovered) if looked_before else None
    if looked_before is None:
        return told
    both = Sighting(max(looked_before, told.after), min(discovered, told.before))
    return both if both.after < both.before else told


def _told(published: str | None) -> Sighting | None:
    if published is None or len(published) < 10:
        return None
    try:
        start = datetime.fromisoformat(published).replace(tzinfo=SHANGHAI)
    except ValueError:
        return None
    return Sighting(start, start + (timedelta(minutes=1) if len(published) > 10 else timedelta(days=1)))


def _sightings(store: Store, portal: str, looks: tuple[Look, ...], now: datetime) -> tuple[Sighting, ...]:
    starts = [look.started for look in looks if look.outcome.good]
    query = (
        select(urls.c.discovered_at, articles.c.published)
        .join(articles, articles.c.article_id == urls.c.article_id)
        .where(urls.c.portal == portal, urls.c.kind == "article", urls.c.discovered_at >= stamp(now - _MEMORY))
        .order_by(urls.c.discovered_at.desc())
        .limit(_MOST_SIGHTINGS)
    )
    with store.read() as connection:
        rows = connection.execute(query).all()
    found = []
    for discovered_at, published in rows:
        discovered = moment(discovered_at)
        # the look that found it started before it did; the one before that had not seen it
        place = bisect_left(starts, discovered) - 2
        found.append(sighting(starts[place] if place >= 0 else None, discovered, published))
    return tuple(s for s in found if s is not None and now - _MEMORY <= s.before <= now + timedelta(days=1))


def _revisits(store: Store, portal: str, now: datetime, revisit: tuple[float, float]) -> int:
    after, days = revisit
    query = (
        select(func.count())
        .select_from(urls)
        .join(articles, articles.c.article_id == urls.c.article_id)
        .where(
            urls.c.portal == portal,
            urls.c.kind == "article",
            urls.c.state == "stored",
            urls.c.redirected_to.is_(None),
            urls.c.fetched_at <= stamp(now - timedelta(hours=after)),
            articles.c.first_seen >= stamp(now - timedelta(days=days)),
        )
    )
    with store.read() as connection:
        return connection.scalar(query) or 0
