"""What all tellings of one happening say together: one value a field, and what contradicts it with who says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from crawler.model import Amount, Event, EventPerson, EventPlace

T = TypeVar("T")

_PRECISION = {"day": 0, "range": 0, "month": 1, "period": 2, "year": 3, "none": 4}
_STATUS = {"done": 0, "agreed": 1, "planned": 2}
_CONFIDENCE = {"high": 0, "medium": 1, "low": 2}


class Told(Protocol):
    """What merging needs of a telling: its article and what it says."""

    @property
    def article(self) -> str:
        """The article's id."""

    @property
    def key(self) -> str:
        """A key that orders tellings whatever their arrival."""

    @property
    def event(self) -> Event:
        """What the article says."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One happening: ``event`` holds the merged values (id empty), ``conflicts`` what single articles say otherwise.

    ``conflicts`` maps a field to ``[{"value", "articles"}]`` over all values said, the one chosen first.
    """

    event: Event
    conflicts: dict[str, list[dict[str, Any]]]


def merge(tellings: Sequence[Told], origin: Callable[[str], str] = lambda article: article) -> Dossier:
    """Merge the tellings of one happening; ``origin`` names the original of an article, so that copies vote once."""
    told = sorted(tellings, key=lambda telling: telling.key)
    events = [telling.event for telling in told]
    best = min(
        told, key=lambda telling: (_CONFIDENCE[telling.event.confidence], -_fullness(telling.event), telling.key)
    )
    start, end, precision, basis = _chosen(told, origin, _date, _date_order)
    status = min((event.status for event in events), key=_STATUS.__getitem__)
    merged = replace(
        best.event,
        id="",
        status=status,
        date_start=start,
        date_end=end,
        date_precision=precision,
        date_basis=basis,
        supporting=_places(event.supporting for event in events),
        supported=_places(event.supported for event in events),
        from_=_places(event.from_ for event in events),
        to=_places(event.to for event in events),
        places=_event_places(events),
        persons=_persons(events),
        organizations=_organizations(events),
        amounts=_amounts(events),
        pairs=tuple(sorted({pair for event in events for pair in event.pairs})),
        tie=min((event.tie for event in events), key=lambda tie: (tie.label == "unknown", tie.label, tie.scheme or "")),
        confidence=min((event.confidence for event in events), key=_CONFIDENCE.__getitem__),
        background=all(event.background for event in events),
        evidence=(),
    )
    return Dossier(merged, _conflicts(told, merged) if len(told) > 1 else {})


def _conflicts(told: Sequence[Told], merged: Event) -> dict[str, list[dict[str, Any]]]:
    """Who says what of the fields that tellings differ on, the chosen value first; the silent are left out."""
    chosen: dict[str, Any] = {"date": (merged.date_start, merged.date_end), "status": merged.status}
    for person in merged.persons:
        chosen |= {f"title:{person.name}": person.title, f"side:{person.name}": person.side}
    said: defaultdict[str, defaultdict[Any, set[str]]] = defaultdict(lambda: defaultdict(set))
    for telling in told:
        for name, value in _values(telling.event):
            said[name][value].add(telling.article)
    found = {}
    for name, by_value in said.items():
        if len(by_value) > 1:
            wanted = chosen.get(name)
            order = sorted(by_value, key=lambda v: (v != wanted, -len(by_value[v]), repr(_plain(name, v))))
            found[name] = [{"value": _plain(name, value), "articles": sorted(by_value[value])} for value in order]
    return found


def _values(event: Event) -> Iterator[tuple[str, Any]]:
    """What one telling says of the fields that are compared; the first of several people of one name counts."""
    if event.date_start:
        yield "date", (event.date_start, event.date_end)
    yield "status", event.status
    if event.amounts:
        yield "amounts", tuple(sorted(amount.value_cny for amount in event.amounts))
    for person in {person.name: person for person in reversed(event.persons)}.values():
        if person.title is not None:
            yield f"title:{person.name}", person.title
        if person.side is not None:
            yield f"side:{person.name}", person.side


def _plain(name: str, value: Any) -> Any:
    return list(value) if name == "amounts" else value


def _fullness(event: Event) -> int:
    return len(event.persons) + len(event.places) + len(event.organizations) + len(event.amounts)


def _date(event: Event) -> tuple[str | None, str | None, Any, str | None]:
    return event.date_start, event.date_end, event.date_precision, event.date_basis


def _date_order(value: tuple[str | None, str | None, Any, str | None]) -> tuple[Any, ...]:
    start, _, precision, _ = value
    return _PRECISION[precision], (start or "-").startswith("-")


def _chosen(
    told: Sequence[Told],
    origin: Callable[[str], str],
    value: Callable[[Event], tuple[str | None, str | None, Any, str | None]],
    order: Callable[[Any], tuple[Any, ...]],
) -> tuple[str | None, str | None, Any, str | None]:
    """Choose the date: the most precise, then the widest span that most independent tellings' dates lie in."""
    values = sorted({value(t.event) for t in told}, key=lambda v: tuple(str(part) for part in v))
    finest = min(order(v) for v in values)
    fine = [v for v in values if order(v) == finest]

    def votes(candidate: tuple[str | None, str | None, Any, str | None]) -> int:
        return len({origin(t.article) for t in told if _inside(value(t.event), candidate)})

    return min(fine, key=lambda v: (-votes(v), tuple(str(part) for part in v)))


def _inside(a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
    if not a[0] or not b[0]:
        return False
    return bool(b[0] <= a[0] and (a[1] or a[0]) <= (b[1] or b[0]))


def _places(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All units named, without those that merely hold another one named."""
    names = {name for names in lists for name in names}
    return tuple(sorted(n for n in names if not any(other != n and other.startswith(n) for other in names)))


def _event_places(events: Sequence[Event]) -> tuple[EventPlace, ...]:
    found: dict[tuple[str, str], EventPlace] = {}
    for event in events:
        for place in event.places:
            known = found.get((place.role, place.name))
            if known is None or (known.code is None and place.code is not None):
                found[place.role, place.name] = place
    return tuple(found[key] for key in sorted(found))


def _persons(events: Sequence[Event]) -> tuple[EventPerson, ...]:
    """Each name once, leaders and hosts first, then as often named; the fullest title stands."""
    by_name: dict[str, list[EventPerson]] = {}
    for event in events:
        for person in event.persons:
            by_name.setdefault(person.name, []).append(person)
    rank = {"leads": 0, "hosts": 1, "takes_part": 2}
    merged = [
        EventPerson(
            name=name,
            title=_fullest(person.title for person in same),
            side=_commonest(person.side for person in same),
            role=min((person.role for person in same), key=rank.__getitem__),
        )
        for name, same in by_name.items()
    ]
    return tuple(sorted(merged, key=lambda p: (rank[p.role], -len(by_name[p.name]), p.name)))


def _fullest(titles: Iterable[str | None]) -> str | None:
    given = {title for title in titles if title}
    return min(given, key=lambda title: (-len(title), title)) if given else None


def _commonest(values: Iterable[T | None]) -> T | None:
    counted = Counter(value for value in values if value is not None)
    return min(counted, key=lambda value: (-counted[value], str(value))) if counted else None


def _organizations(events: Sequence[Event]) -> tuple[str, ...]:
    names = {name for event in events for name in event.organizations}
    return tuple(sorted(n for n in names if not any(other != n and n in other for other in names)))


def _amounts(events: Sequence[Event]) -> tuple[Amount, ...]:
    """Each value once, the exact and explained one where several say it; contradicting values all stand."""
    found: dict[float, list[Amount]] = {}
    for event in events:
        for amount in event.amounts:
            found.setdefault(amount.value_cny, []).append(amount)
    return tuple(
        min(found[value], key=lambda a: (a.approx, a.meaning is None, a.meaning or "", a.quote))
        for value in sorted(found)
    )
