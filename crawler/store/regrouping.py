"""Put happenings together anew where reports came or went, and only there.

Happenings are made best link first (``crawler.dedup.happenings``), and a link between two of them stands for a
contradiction that kept them apart. While a happening keeps all its reports, such links join nothing now either: what
lies behind them stays as it is and need not be read. Only the neighbours of one that lost a report, or falls apart, are
put together anew with it. The outcome is that of putting everything together anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from crawler.dedup import happenings
from crawler.store import tellings
from crawler.store.schema import event_sources
from crawler.store.statements import Statement, among, listed
from crawler.store.tellings import Mention


def regroup(
    connection: Connection, added: Sequence[Mention], touched: Iterable[int], opened: Collection[str]
) -> list[list[Mention]]:
    """Return the happenings that change, or may, as new lists of reports.

    ``added`` are new reports, their links stored; ``touched`` stored ones that they are linked to or whose event is to
    be written anew; ``opened`` are events that lost a report.
    """
    members = {mention.number: mention for mention in added}
    due, read = _events(connection, touched) | {*opened}, set[str]()
    while True:
        members |= {mention.number: mention for mention in tellings.of_events(connection, due)}
        read |= due
        made = _together(connection, members)
        loose = _apart(made) | {*opened}
        numbers = {number for number, mention in members.items() if mention.event_id in loose}
        due = (
            _events(connection, tellings.neighbours(connection, numbers) - members.keys()) - read if numbers else set()
        )
        if not due:
            return made


def _together(connection: Connection, members: Mapping[int, Mention]) -> list[list[Mention]]:
    """Return the happenings that these reports make by themselves."""
    told = {mention.telling.key: mention for mention in members.values()}
    links = {
        (members[a].telling.key, members[b].telling.key): score
        for (a, b), score in tellings.links_among(connection, members).items()
    }
    return [[told[key] for key in keys] for keys in happenings([mention.telling for mention in told.values()], links)]


def _apart(made: Sequence[Sequence[Mention]]) -> set[str]:
    """Return the events whose reports are in several happenings now."""
    homes: dict[str, set[int]] = {}
    for place, cluster in enumerate(made):
        for mention in cluster:
            if mention.event_id:
                homes.setdefault(mention.event_id, set()).add(place)
    return {event_id for event_id, places in homes.items() if len(places) > 1}


def _events(connection: Connection, numbers: Iterable[int]) -> set[str]:
    asked = listed(numbers)
    return set(_EVENTS.column(connection, mentions=asked)) if asked else set()


_EVENTS = Statement(
    lambda dialect: select(event_sources.c.event_id).where(among(event_sources.c.mention, "mentions", dialect))
)
