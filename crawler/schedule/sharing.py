"""Crawls that several machines share: what others are at is due here too, to be joined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from crawler.schedule.due import Due
from crawler.store import Store, joint


def with_shared(store: Store, coming: Sequence[Due]) -> list[Due]:
    """Return the agenda with portals that living crawlers are at as due now, after those that nobody is at.

    Only crawls that a harvest began can be joined by one; others keep their portal to themselves until they end.
    """
    with store.read() as connection:
        running = joint.running(connection)
    parts = {run.portal: run.arguments["part"] for run in running if set(run.arguments) == {"part"}}
    alone = [due for due in coming if due.portal not in parts]
    now = datetime.now(UTC)
    return alone + [Due(name, part, now, "other crawlers are at it") for name, part in sorted(parts.items())]
