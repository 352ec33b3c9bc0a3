"""Put happenings together anew where reports came or went, and only there.

Happenings are made best link first (``crawler.dedup.happenings``), and a link between two of them stands for a
contradiction that kept them apart. While a happening keeps all its reports, such links join nothing now either: what
lies behind them stays as it is and need not be read. Only the neighbours of one that lost a report, or falls apart, are
put together anew with it. The outcome is that of putting everything together anew.

Nor need all links of a happening be read, which are as many as the square of its reports: those are enough that joined
two parts of it when their turn came. A link is spare when better ones had joined its ends by then, or a contradiction
kept them apart. As long as the happenings at its ends hold together, both are so again; of one that falls apart all
links are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from crawler.dedup.coreference import put_together
from crawler.store import tellings
from crawler.store.schema import event_sources
from crawler.store.statements import Statement, among, listed
from crawler.store.tellings import Link, Mention, Pair


def regroup(
    connection: Connection,
    added: Sequence[Mention],
    new: Mapping[Pair, float],
    touched: Iterable[int],
    opened: Collection[str],
) -> tuple[list[list[Mention]], set[Pair]]:
    """Return the happenings that change, or may, as new lists of reports, and which of the ``new`` links are spare.

    ``added`` are new reports, ``new`` their links, not stored yet; ``touched`` stored reports that they are linked to
    or whose event is to be written anew; ``opened`` are events that lost a report.
    """
    members = {mention.number: mention for mention in added}
    links = {pair: Link(score, False) for pair, score in new.items()}
    due, read = _events(connection, touched) | {*opened}, set[str]()
    fallen, loose = {*opened}, {*opened}
    while True:
        came = {mention.number: mention for mention in tellings.of_events(connection, due)} if due else {}
        members |= came
        read |= due
        links |= tellings.joining(connection, came) if came else {}
        if fallen:  # their neighbours come first
            near = tellings.links_of(connection, [n for n, mention in members.items() if mention.event_id in fallen])
            links |= near
            due = _events(connection, {end for pair in near for end in pair} - members.keys()) - read
            fallen = set()
            continue
        made, spare = _together(members, links)
        due, fallen = set(), _apart(made) - loose
        if not fallen:
            break
        loose |= fallen
    for now in (True, False):
        pairs = [pair for pair, link in links.items() if link.spare is not now and (pair in spare) is now]
        tellings.mark_spare(connection, [p for p in pairs if p not in new and {*p} <= members.keys()], spare=now)
    return made, spare & new.keys()


def _together(members: Mapping[int, Mention], links: Mapping[Pair, Link]) -> tuple[list[list[Mention]], set[Pair]]:
    """Return the happenings that these reports make by themselves, and those of their links that join nothing."""
    told = {mention.telling.key: mention for mention in members.values()}
    pairs = {
        (members[a].telling.key, members[b].telling.key): (a, b) for a, b in links if a in members and b in members
    }
    scores = {keys: links[pair].score for keys, pair in pairs.items()}
    made, left = put_together([mention.telling for mention in told.values()], scores)
    return [[told[key] for key in keys] for keys in made], {pairs[keys] for keys in left}


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
