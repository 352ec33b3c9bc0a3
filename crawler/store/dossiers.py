"""Write happenings as events: ids carried on, merged values, persons and places, and the journal of what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Connection, Table, bindparam, delete, select, update

from crawler.dedup import Dossier, merge
from crawler.store import chaining, reviews
from crawler.store.changing import Cause, note
from crawler.store.ledger import now
from crawler.store.schema import articles, event_persons, event_places, event_sources, events
from crawler.store.statements import Question, Statement, among, ask, from_json, inserting, listed, spelt, to_json

if TYPE_CHECKING:
    from crawler.store.tellings import Mention

Cluster = Sequence["Mention"]


def rewrite(
    connection: Connection,
    clusters: Sequence[Cluster],
    before: Mapping[int, str],
    shrunk: set[str],
    moved: set[str],
    cause: Cause,
) -> tuple[str, ...]:
    """Bring the events in line with the clusters of mentions; return the ids newly minted.

    ``before`` says which event each mention belonged to (or stands in for), ``shrunk`` which events lost
    a mention, ``moved`` which articles copy another original than before.
    """
    carried = _carry(clusters, before)
    held = Counter(before.values())
    as_before = {
        place
        for place, event_id in carried.items()
        if event_id not in shrunk and _as_before(event_id, clusters[place], held[event_id], moved)
    }
    changed = {place: cluster for place, cluster in enumerate(clusters) if place not in as_before}
    open_ = {place: cluster for place, cluster in changed.items() if place not in carried}
    minted, origins = _mint(connection, open_, {m.telling.article for cluster in changed.values() for m in cluster})
    ids = carried | minted
    due = {ids[place]: cluster for place, cluster in changed.items()}
    formers = {
        ids[place]: {before[m.number] for m in cluster if m.number in before} for place, cluster in enumerate(clusters)
    }
    joined = {key: formers[key] - set(carried.values()) for key in due}
    _write(connection, due, origins, set(minted.values()), joined, cause)
    _journal(connection, clusters, ids, before, cause)
    vanished = (set(before.values()) | shrunk) - set(carried.values())
    for event_id in sorted(vanished):
        _withdraw(connection, event_id, _successor(event_id, clusters, before, connection), cause)
    chaining.relink(connection, due, vanished, minted.values())
    return tuple(sorted(minted.values()))


def _carry(clusters: Sequence[Cluster], before: Mapping[int, str]) -> dict[int, str]:
    """Give each former event to the cluster that holds most of its mentions, greatest overlaps first."""
    overlaps: Counter[tuple[int, str]] = Counter()
    for place, cluster in enumerate(clusters):
        overlaps.update((place, before[mention.number]) for mention in cluster if mention.number in before)
    carried: dict[int, str] = {}
    for place, event_id in sorted(overlaps, key=lambda pair: (-overlaps[pair], pair[1], pair[0])):
        if place not in carried and event_id not in carried.values():
            carried[place] = event_id
    return carried


def _as_before(event_id: str, cluster: Cluster, held: int, moved: set[str]) -> bool:
    """Whether the event has exactly the mentions, ``held`` by number, and originals it had."""
    if held != len(cluster):
        return False
    return not any(mention.event_id != event_id or mention.telling.article in moved for mention in cluster)


def _mint(
    connection: Connection, clusters: Mapping[int, Cluster], told_by: set[str]
) -> tuple[dict[int, str], dict[str, str]]:
    """Make ids from the clusters' first mentions' keys; a number is added while an older event has the id.

    With the ids come, asked for in the same round trip, the originals of the articles ``told_by``.
    """
    ids: dict[int, str] = {}
    keys = {place: min(m.telling.key for m in cluster) for place, cluster in clusters.items()}
    made = {place: _id(key, 0) for place, key in keys.items()}
    found, origins = ask(connection, (_TAKEN, {"events": listed(made.values())}), _origins_of(told_by))
    taken, turn = {row[0] for row in found}, 1
    while made:
        ids |= {place: event_id for place, event_id in made.items() if event_id not in taken}
        made = {place: _id(keys[place], turn) for place, event_id in made.items() if event_id in taken}
        taken = set(_TAKEN.column(connection, events=listed(made.values()))) if made else set()
        turn += 1
    return ids, dict(origins)


def _id(key: str, turn: int) -> str:
    return blake2b(f"{key}|{turn}".encode(), digest_size=10).hexdigest()


def write_again(connection: Connection, clusters: Mapping[str, Cluster], cause: Cause) -> None:
    """Write events whose mentions are as they were, because something else is said of them now."""
    (origins,) = ask(connection, _origins_of({m.telling.article for cluster in clusters.values() for m in cluster}))
    _write(connection, clusters, dict(origins), set(), {}, cause)
    chaining.relink(connection, clusters, (), ())


def _write(
    connection: Connection,
    due: Mapping[str, Cluster],
    origins: Mapping[str, str],
    fresh: set[str],
    joined: Mapping[str, set[str]],
    cause: Cause,
) -> None:
    """Write the events of these clusters, all tables at once; ``joined`` are the events each has swallowed."""
    if not due:
        return
    dossiers = {key: merge([m.telling for m in cluster], origins.__getitem__) for key, cluster in due.items()}
    known = {key: joined.get(key, ()) for key in due if key not in fresh or joined.get(key)}
    spoken = reviews.spoken(connection, known) if known else {}
    dossiers = {key: replace(d, event=spoken[key].over(d.event)) if key in spoken else d for key, d in dossiers.items()}
    rows = {
        key: _row(dossiers[key], [origins[m.telling.article] for m in due[key]], due[key], spoken.get(key), cause)
        for key in due
    }
    first = {"first_run": cause.run_id, "changed_run": cause.run_id, "created_at": now(), "updated_at": now()}
    _EVENT.many(connection, [{"event_id": key, **rows[key], **first} for key in due if key in fresh])
    former = {key: row for key, row in rows.items() if key not in fresh}
    if former:
        _correct(connection, former, cause)
        for statement in _PARTS_GONE:
            statement.run(connection, events=listed(former))
    told = [(key, dossier.event) for key, dossier in dossiers.items()]
    persons = [
        {"event_id": key, "position": n, "name": p.name, "title": p.title, "side": p.side, "role": p.role}
        for key, event in told
        for n, p in enumerate(event.persons)
    ]
    _PERSON.many(connection, persons)
    places = [
        {"event_id": key, "position": n, "role": place.role, "name": place.name, "code": place.code}
        for key, event in told
        for n, place in enumerate(event.places)
    ]
    _PLACE.many(connection, places)
    come = [(key, mention) for key, cluster in due.items() for mention in cluster if mention.event_id != key]
    if held := [mention.number for _, mention in come if mention.event_id]:
        _SOURCES_GONE.run(connection, mentions=listed(held))
    sources = [
        {"mention": mention.number, "event_id": key, "article_id": mention.telling.article} for key, mention in come
    ]
    _SOURCE.many(connection, sources)


def _row(
    dossier: Dossier, origins: Sequence[str], cluster: Cluster, spoken: reviews.Spoken | None, cause: Cause
) -> dict[str, Any]:
    event = dossier.event
    return {
        "type": event.type,
        "status": event.status,
        "date_start": event.date_start,
        "date_end": event.date_end,
        "date_precision": event.date_precision,
        "supporting": event.supporting,
        "supported": event.supported,
        "from_places": event.from_,
        "to_places": event.to,
        "organizations": event.organizations,
        "amounts": event.amounts,
        "amount_cny": max((amount.value_cny for amount in event.amounts), default=None),
        "pairs": event.pairs,
        "tie_label": event.tie.label,
        "tie_scheme": event.tie.scheme,
        "confidence": event.confidence,
        "background": event.background,
        "conflicts": dossier.conflicts,
        "articles": len({mention.telling.article for mention in cluster}),
        "independent": len(set(origins)),
        "state": "rejected" if spoken and spoken.verdict == "rejected" else "live",
        "merged_into": None,
        "review": spoken.verdict if spoken else None,
        "sample": cause.sample,
    }


_VALUES = ("type", "status", "date_start", "date_end", "supporting", "supported", "from_places", "to_places", "amounts")


def _correct(connection: Connection, rows: Mapping[str, dict[str, Any]], cause: Cause) -> None:
    """Update the events that are other than before, and journal corrected values."""
    for key, *stored in _STORED.rows(connection, events=listed(rows)):
        old = dict(zip(_COLUMNS, stored, strict=True))
        row = {name: to_json(value) if name in _LISTS else value for name, value in rows[key].items()}
        differ = [name for name in _COLUMNS if old[name] != row[name]]
        other = {name for name in differ if _value(name, old[name]) != _value(name, row[name])}
        if not other:
            continue
        _CORRECTED.run(connection, event=key, **row, changed_run=cause.run_id, updated_at=now())
        corrected = {name: [_value(name, old[name]), _value(name, row[name])] for name in _VALUES if name in other}
        if corrected:
            note(connection, cause.run_id, "event", key, "corrected", {**cause.detail, **corrected})


def _value(name: str, stored: Any) -> Any:
    """A column's value: lists from their JSON text."""
    return from_json(stored) if name in _LISTS else stored


def _origins_of(ids: set[str]) -> Question:
    return _ORIGINS, {"articles": listed(ids)}


def _journal(
    connection: Connection, clusters: Sequence[Cluster], ids: Mapping[int, str], before: Mapping[int, str], cause: Cause
) -> None:
    """Journal events whose mentions now belong to several: the rest was split off."""
    for place, cluster in enumerate(clusters):
        for former in sorted({before[m.number] for m in cluster if m.number in before} - {ids[place]}):
            if former in ids.values():
                detail = {"into": ids[place], **cause.detail}
                note(connection, cause.run_id, "event", former, "split", detail)


def _successor(
    event_id: str, clusters: Sequence[Cluster], before: Mapping[int, str], connection: Connection
) -> str | None:
    """Return the event that holds most of a vanished event's mentions now, or None."""
    numbers = [m.number for cluster in clusters for m in cluster if before.get(m.number) == event_id]
    heirs = Counter(_HEIRS.column(connection, mentions=numbers)) if numbers else Counter()
    return min(heirs, key=lambda heir: (-heirs[heir], heir)) if heirs else None


def _withdraw(connection: Connection, event_id: str, heir: str | None, cause: Cause) -> None:
    """Mark an event as merged into another, or withdrawn when no article tells of it any more; its id stays listed."""
    state = "merged" if heir else "withdrawn"
    _WITHDRAWN.run(
        connection, event=event_id, state=state, merged_into=heir, articles=0, independent=0,
        changed_run=cause.run_id, updated_at=now(), review=None,
    )  # fmt: skip
    for statement in _PARTS_GONE:
        statement.run(connection, events=[event_id])
    if heir:
        reviews.follow(connection, event_id, heir)
    note(connection, cause.run_id, "event", event_id, state, {"into": heir, **cause.detail})


_COLUMNS = tuple(
    c.name for c in events.columns
    if c.name not in ("event_id", "first_run", "changed_run", "created_at", "updated_at")
)  # fmt: skip
_LISTS = frozenset(c.name for c in events.columns if isinstance(c.type, JSON))
_THIS = events.c.event_id == bindparam("event")


def _stored(dialect: str) -> Any:
    columns = (spelt(events.c[name]) if name in _LISTS else events.c[name] for name in _COLUMNS)
    return select(events.c.event_id, *columns).where(among(events.c.event_id, "events", dialect))


def _deleting(table: Table, key: str, name: str) -> Statement:
    return Statement(lambda dialect: delete(table).where(among(table.c[key], name, dialect)))


_TAKEN = Statement(lambda dialect: select(events.c.event_id).where(among(events.c.event_id, "events", dialect)))
_ORIGINS = Statement(
    lambda dialect: select(articles.c.article_id, articles.c.original_id).where(
        among(articles.c.article_id, "articles", dialect)
    )
)
_HEIRS = Statement(
    lambda dialect: select(event_sources.c.event_id).where(among(event_sources.c.mention, "mentions", dialect))
)
_STORED = Statement(_stored)
_EVENT, _PERSON, _PLACE, _SOURCE = (inserting(table) for table in (events, event_persons, event_places, event_sources))
_CORRECTED = Statement(lambda _: update(events).where(_THIS), sets=[*_COLUMNS, "changed_run", "updated_at"])
_WITHDRAWN = Statement(
    lambda _: update(events).where(_THIS),
    sets=["state", "merged_into", "articles", "independent", "changed_run", "updated_at", "review"],
)
_SOURCES_GONE = _deleting(event_sources, "mention", "mentions")
_PARTS_GONE = tuple(_deleting(table, "event_id", "events") for table in (event_persons, event_places))
