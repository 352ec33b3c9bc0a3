"""Which events lead to one another: subjects of mentions and links between events on disk.

The links are a function of the live events and their mentions: those of a changed event are all drawn anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, or_, select

from crawler.dedup.blocking import hashed
from crawler.dedup.chains import Step, chained, is_town, lookup_keys
from crawler.model import Event
from crawler.store.schema import event_links, event_persons, event_places, event_sources, events, mention_subjects
from crawler.store.statements import Statement, among, ask, from_json, inserting, listed, spelt


def subject_rows(number: int, event: Event, named: Iterable[str]) -> list[dict[str, Any]]:
    """Return the rows that say what a mention is about, each thing and sum under the key it is looked up by."""
    amounts = frozenset(amount.value_cny for amount in event.amounts)
    rows: dict[tuple[int, str], None] = {}
    for thing, sums in [(name, frozenset[float]()) for name in named] + [("", amounts)]:
        about = Step("", event.type, event.status, None, None, supported=event.supported, amounts=sums,
                     subjects=frozenset([thing] if thing else []))  # fmt: skip
        rows |= {(hashed(key), thing): None for key in lookup_keys(about)}
    return [{"mention": number, "key": key, "subject": thing} for key, thing in sorted(rows)]


def add_subjects(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Enter rows of ``subject_rows``."""
    _SUBJECT.many(connection, list(rows))


def drop_subjects(connection: Connection, numbers: Iterable[int]) -> None:
    """Take out what mentions were about."""
    _SUBJECTS_GONE.run(connection, mentions=listed(numbers))


def relink(connection: Connection, written: Collection[str], gone: Collection[str], fresh: Collection[str]) -> None:
    """Draw the links of events just written anew; those of ``gone`` events go; ``fresh`` ones had none."""
    if former := {*written, *gone} - {*fresh}:
        _GONE.run(connection, events=listed(former))
    pairs = {tuple(sorted(pair)) for pair in _NEAR.rows(connection, events=listed(written))} if written else set()
    if not pairs:
        return
    steps = _steps(connection, {event_id for pair in pairs for event_id in pair})
    found = [link for a, b in sorted(pairs) if (link := chained(steps[a], steps[b])) is not None]
    rows = [{"earlier": f.earlier, "later": f.later, "score": f.score, "evidence": f.evidence} for f in found]
    _LINK.many(connection, rows)


def _steps(connection: Connection, ids: Iterable[str]) -> dict[str, Step]:
    """Return what chaining needs of these events."""
    asked = {"events": listed(ids)}
    of_people, of_places, of_subjects, steps = ask(
        connection, *((one, asked) for one in (_PEOPLE, _PLACES, _SUBJECTS, _STEPS))
    )
    people: dict[str, set[str]] = {}
    towns: dict[str, set[str]] = {}
    named: dict[str, set[str]] = {}
    for event_id, name in of_people:
        people.setdefault(event_id, set()).add(name)
    for event_id, name in of_places:
        if is_town(name):
            towns.setdefault(event_id, set()).add(name)
    for event_id, subject in of_subjects:
        named.setdefault(event_id, set()).add(subject)
    return {
        event_id: Step(
            event_id, kind, status, start, end,
            supporting=tuple(from_json(supporting)),
            supported=tuple(from_json(supported)),
            persons=frozenset(people.get(event_id, ())),
            towns=frozenset(towns.get(event_id, ())) | frozenset(filter(is_town, from_json(supported))),
            amounts=frozenset(amount["value_cny"] for amount in from_json(amounts)),
            subjects=frozenset(named.get(event_id, set()) - {""}),
        )
        for event_id, kind, status, start, end, supporting, supported, amounts in steps
    }  # fmt: skip


def _near(dialect: str) -> Any:
    """Pairs of an event given and another live one that are about things or sums with one key."""
    mine, own = event_sources.alias("mine"), mention_subjects.alias("own")
    theirs, other = event_sources.alias("theirs"), mention_subjects.alias("other")
    one, another = events.alias("one"), events.alias("another")
    sought = (  # each key once, however many reports name it
        select(mine.c.event_id, own.c.key)
        .join(own, own.c.mention == mine.c.mention)
        .join(one, one.c.event_id == mine.c.event_id)
        .where(among(mine.c.event_id, "events", dialect), one.c.state == "live")
        .distinct()
        .subquery("sought")
    )
    return (
        select(sought.c.event_id, theirs.c.event_id)
        .join(other, other.c.key == sought.c.key)
        .join(theirs, theirs.c.mention == other.c.mention)
        .join(another, another.c.event_id == theirs.c.event_id)
        .where(theirs.c.event_id != sought.c.event_id, another.c.state == "live")
        .distinct()
    )


def _of_events(column: Any, *columns: Any) -> Statement:
    return Statement(lambda dialect: select(column, *columns).where(among(column, "events", dialect)))


def _subjects(dialect: str) -> Any:
    query = select(event_sources.c.event_id, mention_subjects.c.subject)
    query = query.join(mention_subjects, mention_subjects.c.mention == event_sources.c.mention)
    return query.where(among(event_sources.c.event_id, "events", dialect)).distinct()


_SUBJECT = inserting(mention_subjects, missing=True)
_SUBJECTS_GONE = Statement(
    lambda dialect: delete(mention_subjects).where(among(mention_subjects.c.mention, "mentions", dialect))
)
_NEAR = Statement(_near)
_STEPS = _of_events(
    events.c.event_id, events.c.type, events.c.status, events.c.date_start, events.c.date_end,
    spelt(events.c.supporting), spelt(events.c.supported), spelt(events.c.amounts),
)  # fmt: skip
_PEOPLE = _of_events(event_persons.c.event_id, event_persons.c.name)
_PLACES = _of_events(event_places.c.event_id, event_places.c.name)
_SUBJECTS = Statement(_subjects)
_LINK = inserting(event_links, missing=True)
_GONE = Statement(
    lambda dialect: delete(event_links).where(
        or_(*(among(end, "events", dialect) for end in (event_links.c.earlier, event_links.c.later)))
    )
)
