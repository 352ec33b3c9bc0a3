"""The journal of changes: what happened to which article or event, when, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from crawler.store.ledger import now
from crawler.store.schema import changes
from crawler.store.statements import inserting


@dataclass(frozen=True, slots=True)
class Cause:
    """Why events change: in which run, by which article or reviewer (``detail``), and whether of sample data."""

    run_id: int | None
    detail: Mapping[str, Any]
    sample: bool


_NOTE = inserting(changes, returning="change")


def note(
    connection: Connection, run_id: int | None, subject: str, subject_id: str, kind: str, detail: Mapping[str, Any]
) -> None:
    """Enter one change of an ``article`` or ``event``.

    Kinds: revised, read again, gone, back (articles); merged, split, corrected, withdrawn (events).
    """
    row = {"at": now(), "run_id": run_id, "subject": subject, "subject_id": subject_id, "kind": kind}
    _NOTE.run(connection, **row, detail=dict(detail))
