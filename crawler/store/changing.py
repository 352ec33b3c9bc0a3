"""The journal of changes: what happened to which article or event, when, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from crawler.store.ledger import now
from crawler.store.schema import changes
from crawler.store.statements import inserting

_NOTE = inserting(changes, returning="change")


def note(
    connection: Connection, run_id: int | None, subject: str, subject_id: str, kind: str, detail: Mapping[str, Any]
) -> None:
    """Enter one change of an ``article`` or ``event``.

    Kinds: revised, read again, gone, back (articles); merged, split, corrected, withdrawn (events).
    """
    row = {"at": now(), "run_id": run_id, "subject": subject, "subject_id": subject_id, "kind": kind}
    _NOTE.one(connection, **row, detail=dict(detail))
