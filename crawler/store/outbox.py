"""The outbox: notices to be sent, each once per channel, and how sending went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from crawler.store.ledger import insert_missing, now, stamp
from crawler.store.schema import notices

CLAIM_MINUTES = 10
"""A process that takes notices to send has them for so long; after a crash the next one takes them."""

MAX_ATTEMPTS = 20
"""Sendings tried in all, one a run; then a notice is given up."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell through one channel; ``message`` is what ``crawler.notices`` made of it."""

    notice: int
    channel: str
    subject: str
    message: dict[str, Any]
    created_at: str
    attempts: int


def post(connection: Connection, channels: Iterable[str], given: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Enter (subject, message) pairs for each channel; a subject that was entered before is left as it is."""
    rows = list(given)
    for channel in channels:
        fresh = {"channel": channel, "created_at": now(), "attempts": 0}
        insert_missing(connection, notices, [{**fresh, "subject": s, "message": dict(m)} for s, m in rows])


def claim(connection: Connection, channel: str) -> list[Notice]:
    """Take what waits for a channel; nobody else gets it until it is sent, given back or the claim runs out."""
    n = notices.c
    free = n.claimed_until.is_(None) | (n.claimed_until < now())
    waiting = (n.channel == channel) & n.sent_at.is_(None) & (n.attempts < MAX_ATTEMPTS) & free
    rows = connection.execute(select(notices).where(waiting).order_by(n.notice)).mappings().all()
    until = stamp(datetime.now(UTC) + timedelta(minutes=CLAIM_MINUTES))
    ids = [row["notice"] for row in rows]
    if ids:
        connection.execute(update(notices).where(n.notice.in_(ids)).values(claimed_until=until))
    names = ("notice", "channel", "subject", "message", "created_at", "attempts")
    return [Notice(**{name: row[name] for name in names}) for row in rows]


def sent(connection: Connection, ids: Sequence[int]) -> None:
    """Note that claimed notices are sent."""
    done = {"sent_at": now(), "claimed_until": None, "error": None, "attempts": notices.c.attempts + 1}
    connection.execute(update(notices).where(notices.c.notice.in_(ids)).values(done))


def unsent(connection: Connection, ids: Sequence[int], error: str) -> None:
    """Give claimed notices back with the reason; a later run tries again."""
    back = {"claimed_until": None, "error": error, "attempts": notices.c.attempts + 1}
    connection.execute(update(notices).where(notices.c.notice.in_(ids)).values(back))


def waiting(connection: Connection) -> list[tuple[str, int, str | None]]:
    """Return what is not sent yet as (channel, how many, the last error)."""
    n = notices.c
    rows = connection.execute(select(n.channel, n.error).where(n.sent_at.is_(None)).order_by(n.notice)).all()
    found: dict[str, tuple[int, str | None]] = {}
    for channel, error in rows:
        count, last = found.get(channel, (0, None))
        found[channel] = (count + 1, error or last)
    return [(channel, count, error) for channel, (count, error) in sorted(found.items())]
