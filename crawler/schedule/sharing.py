"""Crawls that several machines share: what others are at, or died over, is due here too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from crawler.schedule.due import Due
from crawler.store import Store, joint


def with_shared(store: Store, coming: Sequence[Due]) -> list[Due]:
    """Return the agenda with portals whose shared run is under way as due now, after those that have none.

    A run whose crawlers have all died is under way too: it is gone on with, not left for its portal's next turn. Only
    crawls that a harvest began can be joined by one; others keep their portal to themselves until they end.
    """
    with store.read() as connection:
        running = joint.running(connection)
    parts = {run.portal: run.arguments["part"] for run in running if set(run.arguments) == {"part"}}
    alone = [due for due in coming if due.portal not in parts]
    now = datetime.now(UTC)
    return alone + [Due(name, part, now, "a run of it is under way") for name, part in sorted(parts.items())]
