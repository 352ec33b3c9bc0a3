"""Replays of the archive as the store books them, so that one that was stopped goes on where it was."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from crawler.extractors import code_version
from crawler.store.ledger import now
from crawler.store.schema import replays


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """One replay: how far it came (``last_capture``) and what it found so far."""

    replay: int
    last_capture: int
    counts: dict[str, int]


def begin(
    connection: Connection, *, applied: bool, quarantine: bool, portal: str | None, anew: bool
) -> tuple[ReplayRow, bool]:
    """Return the unfinished replay of this code version, kind and portal, else a new one; and whether it goes on.

    ``anew`` closes the unfinished one first.
    """
    code = f"{code_version()} {portal}" if portal else code_version()
    query = select(replays).where(
        replays.c.code_version == code,
        replays.c.applied == applied,
        replays.c.quarantine == quarantine,
        replays.c.ended_at.is_(None),
    )
    if anew:
        for number in connection.scalars(query.with_only_columns(replays.c.replay)).all():
            end(connection, number)
    row = connection.execute(query.order_by(replays.c.replay.desc()).limit(1)).mappings().first()
    if row:
        return ReplayRow(row["replay"], row["last_capture"], dict(row["counts"])), True
    values = {"code_version": code, "applied": applied, "quarantine": quarantine, "last_capture": 0}
    number = connection.scalars(
        insert(replays).values(**values, counts={}, started_at=now()).returning(replays.c.replay)
    ).one()
    return ReplayRow(number, 0, {}), False


def advance(connection: Connection, replay: int, capture: int, counts: dict[str, int]) -> None:
    """Note that everything up to ``capture`` is done."""
    connection.execute(update(replays).where(replays.c.replay == replay).values(last_capture=capture, counts=counts))


def end(connection: Connection, replay: int) -> None:
    """Close a replay that came to the end."""
    connection.execute(update(replays).where(replays.c.replay == replay).values(ended_at=now()))
