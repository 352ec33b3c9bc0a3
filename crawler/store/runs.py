"""The run ledger: when a portal was harvested, with what arguments, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from crawler import __version__
from crawler.store.ledger import insert_missing, now
from crawler.store.rows import RunRow
from crawler.store.schema import portals, runs


def begin(connection: Connection, portal: str, arguments: Mapping[str, Any], sample: bool) -> int:
    """Enter a run and return its id."""
    row = {"portal": portal, "arguments": dict(arguments), "sample": sample, "code_version": __version__}
    inserted = connection.execute(insert(runs).values(row | {"started_at": now()}))
    assert inserted.inserted_primary_key is not None
    run_id = int(inserted.inserted_primary_key[0])
    insert_missing(connection, portals, [{"name": portal, "first_run": run_id}])
    connection.execute(update(portals).where(portals.c.name == portal).values(last_run=run_id))
    return run_id


def end(connection: Connection, run_id: int, reason: str, counts: Mapping[str, Any]) -> None:
    """Close a run."""
    closed = update(runs).where(runs.c.run_id == run_id)
    connection.execute(closed.values(ended_at=now(), reason=reason, counts=dict(counts)))


def listed(connection: Connection, portal: str | None, limit: int | None = None) -> list[RunRow]:
    """Return the runs, newest first."""
    query = select(runs).order_by(runs.c.run_id.desc()).limit(limit)
    if portal is not None:
        query = query.where(runs.c.portal == portal)
    rows = connection.execute(query).mappings()
    return [RunRow(**{**row, "counts": row["counts"] or {}}) for row in rows]
