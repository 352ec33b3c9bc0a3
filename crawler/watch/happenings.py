"""Events as people read them: one line, the sentences that state them, links to where these stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from crawler.store import EventRow, event_line
from crawler.store.schema import articles, event_sources, events, mentions, texts
from crawler.store.summary import event_rows
from crawler.text import sentences

_MOST_QUOTES = 3
_LONGEST = 200
_CHUNK = 500
_MARKS = {"planned": "（计划）", "agreed": "（议定）"}
# overriding, isolating and marking direction: they turn what stands beside them around
_DIRECTION = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that states an event, and the article it stands in; ``url`` is http(s) or empty."""

    text: str
    url: str
    title: str
    portal: str
    source: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: ``line`` for people, its sources, when it was first and last entered (UTC, as stored)."""

    event: EventRow
    line: str
    quotes: tuple[Quote, ...]
    created_at: str
    updated_at: str


def happenings(connection: Connection, ids: Sequence[str]) -> list[Happening]:
    """Return these events in the order given."""
    found: dict[str, Happening] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = list(ids[start : start + _CHUNK])
        rows = connection.execute(select(events).where(events.c.event_id.in_(chunk))).mappings().all()
        quotes = _quotes(connection, chunk)
        for row, event in zip(rows, event_rows(connection, rows), strict=True):
            told = tuple(quotes.get(event.event_id, ()))
            line = plain(event_line(event)) + _MARKS.get(event.status, "")
            found[event.event_id] = Happening(event, line, told, row["created_at"], row["updated_at"])
    return [found[one] for one in ids if one in found]


def plain(text: str) -> str:
    """Crawled text for one line anywhere: white space as spaces, no control characters, nothing that turns text."""
    kept = "".join(" " if c.isspace() else c for c in text if c.isprintable() or c.isspace())
    return " ".join("".join(c for c in kept if c not in _DIRECTION).split())


def web_address(url: str) -> str:
    """The address if a link may carry it, else an empty string."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    safe = parts.scheme in ("http", "https") and parts.hostname and url.isprintable() and " " not in url
    return url if safe else ""


def _quotes(connection: Connection, ids: Sequence[str]) -> dict[str, list[Quote]]:
    """The statement of each event in each article, originals first, a few for each event."""
    a = articles.c
    query = (
        select(event_sources.c.event_id, mentions.c.data, texts.c.text, a.found_url, a.title, a.portal, a.source)
        .join(mentions, mentions.c.mention == event_sources.c.mention)
        .join(articles, a.article_id == event_sources.c.article_id)
        .join(texts, texts.c.text_id == a.text_id)
        .where(event_sources.c.event_id.in_(ids))
        .order_by(a.relation.is_not(None), a.published, a.article_id, mentions.c.mention)
    )
    found: dict[str, dict[str, Quote]] = {}
    for event_id, data, text, url, title, portal, source in connection.execute(query):
        kept = found.setdefault(event_id, {})
        if len(kept) < _MOST_QUOTES and url not in kept:
            kept[url] = Quote(_statement(data, text), web_address(url), plain(title or ""), portal, plain(source or ""))
    return {event_id: list(kept.values()) for event_id, kept in found.items()}


def _statement(data: Mapping[str, Any], text: str) -> str:
    """The sentence that states the event, cut around the statement itself when it is long."""
    quotes = data.get("evidence") or ()
    stated = next((quote for quote in quotes if quote["field"] == "type"), quotes[0] if quotes else None)
    if stated is None:
        return ""
    at, stop = stated["start"], stated["end"]
    if text[at:stop] != stated["quote"]:  # the article was read anew, and this event not yet
        return plain(stated["quote"])[:_LONGEST]
    start, end = next(((s, e) for s, e in sentences(text) if s <= at < e), (at, stop))
    low = max(start, at - _LONGEST // 2)
    high = min(end, low + _LONGEST)
    return ("…" if low > start else "") + plain(text[low:high]) + ("…" if high < end else "")
