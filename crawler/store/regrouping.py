"""Put happenings together anew where reports came or went, and only there.

Happenings are made best link first (``crawler.dedup.happenings``), and a link between two of them stands for a
contradiction that kept them apart. While a happening keeps all its reports, such links join nothing now either: what
lies behind them stays as it is and need not be read. Only the neighbours of one that lost a report, or falls apart, are
put together anew with it. The outcome is that of putting everything together anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from crawler.dedup import happenings
from crawler.store import tellings
from crawler.store.schema import event_sources
from crawler.store.statements import Statement, among, listed
from crawler.store.tellings import Mention


@dataclass(slots=True)
class _Reach:
    """What is put together anew: reports by number, the links that touch them, the happenings read."""

    members: dict[int, Mention]
    links: dict[tuple[int, int], float] = field(default_factory=dict)
    events: set[str] = field(default_factory=set)

    def read(self, connection: Connection, events: set[str]) -> None:
        """Take in happenings with the links of their reports."""
        found = {mention.number: mention for mention in tellings.of_events(connection, events)}
        self.events |= events
        self.members |= found
        self.links |= tellings.linked(connection, found)

    def together(self) -> list[list[Mention]]:
        """The happenings that the reports make."""
        key = {number: mention.telling.key for number, mention in self.members.items()}
        inner = {(key[a], key[b]): score for (a, b), score in self.links.items() if a in key and b in key}
        told = {mention.telling.key: mention for mention in self.members.values()}
        made = happenings([mention.telling for mention in self.members.values()], inner)
        return [[told[one] for one in keys] for keys in made]

    def across(self, events: Collection[str]) -> set[int]:
        """The reports not read that those of these happenings are linked to."""
        own = {number for number, mention in self.members.items() if mention.event_id in events}
        ends = {end for pair in self.links if not own.isdisjoint(pair) for end in pair}
        return ends - self.members.keys()


def regroup(
    connection: Connection, added: Sequence[Mention], touched: Iterable[int], opened: Collection[str]
) -> list[list[Mention]]:
    """Return the happenings that change, or may, as new lists of reports.

    ``added`` are new reports, their links stored; ``touched`` stored ones that they are linked to or whose event is to
    be written anew; ``opened`` are events that lost a report.
    """
    reach = _Reach({mention.number: mention for mention in added})
    reach.links |= tellings.linked(connection, reach.members) if added else {}
    due = _events(connection, touched) | {*opened}
    while True:
        reach.read(connection, due)
        made = reach.together()
        due = _events(connection, reach.across(_apart(made) | {*opened})) - reach.events
        if not due:
            return made


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
