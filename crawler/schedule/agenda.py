"""What is to be done now, and what next: the portals' histories, one plan for all of them, and who is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crawler.portals import Portal
from crawler.schedule.due import Due, news_due, rest_due
from crawler.schedule.evidence import evidence
from crawler.schedule.pattern import learn
from crawler.schedule.planning import Bounds, plan
from crawler.store import Store


def agenda(
    store: Store,
    portals: Sequence[Portal],
    now: datetime,
    *,
    looks_per_day: float = 1.0,
    revisit: tuple[float, float] = (20, 30),
) -> list[Due]:
    """Return what each portal waits for next, earliest first, news before what is left.

    ``looks_per_day`` per portal on average; ``revisit`` as ``evidence`` takes it. Raises StoreError.
    """
    past = {portal.name: evidence(store, portal, now, revisit) for portal in portals}
    patterns = {name: learn(known.sightings, known.since, now) for name, known in past.items()}
    bounds = {portal.name: Bounds(portal.min_interval, portal.max_interval) for portal in portals}
    hours = plan(patterns, bounds, looks_per_day)
    found: list[Due] = []
    for name, known in past.items():
        news = news_due(name, known.looks, hours[name], patterns[name], bounds[name], now)
        found.append(news)
        answers = bool(known.looks) and known.looks[-1].outcome.good
        rest = rest_due(name, known.last_rest, patterns[name], known.pending, known.revisits, now) if answers else None
        if rest is not None and rest.at < news.at:  # news first; what is left can wait until after it
            found.append(rest)
    return sorted(found, key=lambda due: (due.at, due.part != "news", due.portal))
