"""Put happenings together anew where reports came or went, and only there.

Happenings are made best link first (``crawler.dedup.happenings``), and a link between two of them stands for a
contradiction that kept them apart. While a happening keeps all its reports, such links join nothing now either: what
lies behind them stays as it is and need not be read. Only the neighbours of one that lost a report, or falls apart, are
put together anew with it. The outcome is that of putting everything together anew.

Nor need all links of a happening be read, which are as many as the square of its reports: one is spare when better
ones join its ends. As long as the happening holds together, those do so again; when it falls apart, all are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from crawler.dedup.coreference import put_together
from crawler.store import tellings
from crawler.store.schema import event_sources
from crawler.store.statements import Statement, among, listed
from crawler.store.tellings import Link, Mention


def regroup(
    connection: Connection, added: Sequence[Mention], touched: Iterable[int], opened: Collection[str]
) -> list[list[Mention]]:
    """Return the happenings that change, or may, as new lists of reports.

    ``added`` are new reports, their links stored; ``touched`` stored ones that they are linked to or whose event is to
    be written anew; ``opened`` are events that lost a report.
    """
    members = {mention.number: mention for mention in added}
    due, read = _events(connection, touched) | {*opened}, set[str]()
    whole = bool(opened)
    while True:
        members |= {mention.number: mention for mention in tellings.of_events(connection, due)}
        read |= due
        made, links, spare = _together(connection, members, spare=whole)
        if not whole and _apart(made):
            whole, due = True, set()
            continue
        loose = _apart(made) | {*opened}
        numbers = {number for number, mention in members.items() if mention.event_id in loose}
        due = (
            _events(connection, tellings.neighbours(connection, numbers) - members.keys()) - read if numbers else set()
        )
        if not due:
            break
    for is_spare, pairs in ((True, spare), (False, links.keys() - spare)):
        tellings.mark_spare(connection, [p for p in pairs if links[p].spare is not is_spare], spare=is_spare)
    return made


def _together(
    connection: Connection, members: Mapping[int, Mention], *, spare: bool
) -> tuple[list[list[Mention]], Mapping[tuple[int, int], Link], set[tuple[int, int]]]:
    """Return the happenings that these reports make by themselves, their links and those of them that are spare."""
    told = {mention.telling.key: mention for mention in members.values()}
    links = tellings.links_among(connection, members, spare=spare)
    pairs = {(members[a].telling.key, members[b].telling.key): (a, b) for a, b in links}
    made, left = put_together(
        [mention.telling for mention in told.values()], {keys: links[pair].score for keys, pair in pairs.items()}
    )
    return [[told[key] for key in keys] for keys in made], links, {pairs[keys] for keys in left}


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
