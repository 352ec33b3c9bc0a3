"""From the outbox to people: what waits for a channel goes out as one message, and is noted as sent."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from crawler.notices.channels import ChannelError, Message, Send
from crawler.store import Store, incidents, outbox
from crawler.store.incidents import IncidentRow
from crawler.store.outbox import Notice
from crawler.watch import Hit, happenings

logger = logging.getLogger(__name__)

TRIES = 3
_PAUSE = 1.0  # seconds before the second try, doubled before the third


def post(
    connection: Connection,
    channels: Sequence[str],
    opened: Sequence[IncidentRow],
    closed: Sequence[IncidentRow],
    hits: Sequence[Hit],
) -> None:
    """Put into the outbox what a run opened, closed and hit; an event is told once per watch, when it is new."""
    told: list[tuple[str, Mapping[str, Any]]] = []
    for kind, rows in (("opened", opened), ("closed", closed)):
        told += [(f"incident:{row.incident}:{kind}", {"kind": kind, "incident": row.incident}) for row in rows]
    for hit in hits:
        event = hit.happening.event.event_id
        told.append((f"watch:{hit.watch}:{event}", {"kind": "hit", "watch": hit.watch, "event": event}))
    outbox.post(connection, channels, told)


def deliver(store: Store, channels: Mapping[str, Send], pause: Callable[[float], None] = time.sleep) -> None:
    """Send what waits, through each channel as one message; what cannot be sent waits for the next run."""
    for name, send in channels.items():
        with store.write() as connection:
            waiting = outbox.claim(connection, name)
            message = compose(connection, waiting)
        ids = [notice.notice for notice in waiting]
        if not ids:
            continue
        error = _try(send, message, pause) if message else None
        with store.write() as connection:
            if error is None:
                outbox.sent(connection, ids)
            else:
                outbox.unsent(connection, ids, error)
        if error is not None:
            logger.error("%s: %d notices not sent: %s; the next run tries again", name, len(ids), error)


def compose(connection: Connection, waiting: Sequence[Notice]) -> Message | None:
    """Make one message of what waits; None when nothing of it is true any more."""
    rows = {row.incident: row for row in incidents.listed(connection)} if waiting else {}
    told = [(notice.message["kind"], rows[number]) for notice in waiting if (number := _number(notice)) in rows]
    hits = _hits(connection, [notice.message for notice in waiting if notice.message["kind"] == "hit"])
    if not told and not hits:
        return None
    parts, lines = [], []
    for kind, heading in (("opened", "Failing monitors"), ("closed", "Over")):
        here = [row for one, row in told if one == kind]
        if here:
            parts.append(
                f"{here[0].portal}: {here[0].message}" if len(here) == 1 else f"{heading.lower()}: {len(here)}"
            )
            lines += [heading, *(f"  {line}" for row in here for line in _incident_lines(row)), ""]
    if hits:
        parts.append(f"{len(hits)} watchlist hit{'s' if len(hits) > 1 else ''}")
        lines += ["Watchlist hits", *(f"  {line}" for hit in hits for line in _hit_lines(hit))]
    data = {
        "schema": "1",
        "time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "incidents": [_incident_data(kind, row) for kind, row in told],
        "hits": hits,
    }
    return Message(f"duikou: {'; '.join(parts)}"[:160], "\n".join(lines).rstrip() + "\n", data)


def _try(send: Send, message: Message, pause: Callable[[float], None]) -> str | None:
    """Send with a few tries; returns why it failed, None when it went out."""
    for turn in range(TRIES):
        if turn:
            pause(_PAUSE * 2 ** (turn - 1))
        try:
            send(message)
        except ChannelError as error:
            told = str(error)
        except Exception as error:  # a channel must never break a harvest; what it says could hold a secret
            told = type(error).__name__
        else:
            return None
    return told


def _number(notice: Notice) -> int:
    return int(notice.message.get("incident", 0))


def _incident_lines(row: IncidentRow) -> list[str]:
    case = [f"    ready case: {row.folder}"] if row.folder else []
    return [f"{row.portal}: {row.message} (since {row.opened_at})", *case]


def _incident_data(kind: str, row: IncidentRow) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in ("portal", "cause", "kind", "message", "opened_at", "closed_at")}
    return {"state": "failing" if kind == "opened" else "over", **told, "case": row.folder}


def _hits(connection: Connection, told: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found = {one.event.event_id: one for one in happenings(connection, sorted({one["event"] for one in told}))}
    hits = []
    for one in told:
        happening = found.get(one["event"])
        if happening is not None and happening.quotes:  # a withdrawn event has no source any more
            quotes = [{"text": q.text, "url": q.url, "title": q.title} for q in happening.quotes]
            hits.append({"watch": one["watch"], "event": one["event"], "line": happening.line, "quotes": quotes})
    return hits


def _hit_lines(hit: Mapping[str, Any]) -> list[str]:
    quotes = [f"    “{quote['text']}” {quote['url']}".rstrip() for quote in hit["quotes"][:1]]
    return [f"[{hit['watch']}] {hit['line']}", *quotes]
