"""When do two reports tell of one happening, and what do all reports together say of it?

A mention is one article's telling. Two tellings are scored by what they agree and disagree on; the tellings linked to
each other are then put into happenings, best links first, never two tellings of one article into one. The result is
a function of the set of tellings: the order in which they came makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache

from crawler.dedup import blocking
from crawler.dedup.dossier import Dossier, merge
from crawler.dedup.spans import Span, days, overlap, tiers
from crawler.dedup.subjects import distinct, same_thing
from crawler.model import Event, EventType

__all__ = [
    "THRESHOLD", "Dossier", "Linked", "Telling", "agrees", "block_keys", "happenings", "likeness", "merge", "settled",
]  # fmt: skip

THRESHOLD = 4.0
"""Least likeness of two tellings of one happening: say, days that overlap (2) and both sides alike (1 + 1)."""

_APART = -100.0
_ORGANISED = frozenset({"donation", "agreement", "project", "training", "labor", "consumption", "funding"})
_COUNTED = _ORGANISED | {"personnel"}
_DATE_POINTS = {"day": 2.0, "month": 1.0, "period": 0.0}
_NEWS = timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Telling:
    """One mention: ``key`` orders tellings whatever their arrival, ``content`` names the text, ``article`` the page.

    ``numbers`` and ``things`` are what its sentences state besides (``crawler.dedup.details``), ``published`` is the
    article's day: an undated report is of the three weeks before it.
    """

    key: str
    article: str
    content: str
    event: Event
    numbers: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    published: str | None = None


def likeness(a: Telling, b: Telling, *, copies: bool = False) -> float:
    """Return how alike two tellings are; from ``THRESHOLD`` on they tell of one happening. Symmetric.

    ``copies`` says that their articles are copies of one text, which counts for much.
    """
    one, other = a.event, b.event
    if a.article == b.article or one.type != other.type or (one.status == "planned") != (other.status == "planned"):
        return _APART
    sides = _side_points(one, other)
    if sides is None:
        return _APART
    dates = _date_points(a, b, copies)
    if dates is None:
        return _APART
    people, organizations = _person_points(one, other), _organization_points(one, other)
    if not copies and max(sides, people, organizations) <= 0:
        return _APART  # nobody and nowhere in common: an equal day and sum is chance
    return (
        dates
        + sides
        + people
        + organizations
        + _amount_points(one, other)
        + _pair_points(one, other)
        + (_detail_points(a, b) if dates == _DATE_POINTS["day"] and not copies else 0.0)
        + (3.0 + 2.0 * _quote_share(one, other) if copies else 0.0)
    )


def happenings(tellings: Iterable[Telling], links: Mapping[tuple[str, str], float]) -> list[tuple[str, ...]]:
    """Put tellings into happenings: best links first, two of one article never together, contradictions never.

    ``links`` holds the likeness of linked pairs by their keys. Returns sorted tuples of keys, sorted.
    """
    return put_together(tellings, links)[0]


def put_together(
    tellings: Iterable[Telling], links: Mapping[tuple[str, str], float]
) -> tuple[list[tuple[str, ...]], set[tuple[str, str]]]:
    """Return ``happenings``, and the spare links: those that joined nothing, then or ever."""
    told = sorted(tellings, key=lambda telling: telling.key)
    numbers: dict[Face, int] = {}
    faces = [numbers.setdefault(_face(telling.event), len(numbers)) for telling in told]
    known = list(numbers)
    agreeing = cache(lambda one, other: one == other or _agree(known[one], known[other]))
    home = [_Group({at}, {telling.article}, {face}) for at, (telling, face) in enumerate(zip(told, faces, strict=True))]
    place = {telling.key: at for at, telling in enumerate(told)}
    ranked = sorted(
        (-score, *((place[a], place[b]) if a < b else (place[b], place[a])), (a, b)) for (a, b), score in links.items()
    )
    spare = set()
    for _, a, b, pair in ranked:
        one, other = home[a], home[b]
        if (
            one is other
            or not one.articles.isdisjoint(other.articles)
            or not all(agreeing(x, y) for x in one.faces for y in other.faces)
        ):
            spare.add(pair)
            continue
        less, more = (one, other) if len(one.places) <= len(other.places) else (other, one)
        more.places |= less.places
        more.articles |= less.articles
        more.faces |= less.faces
        for at in less.places:
            home[at] = more
    groups = {id(group): group for group in home}
    return sorted(tuple(told[at].key for at in sorted(group.places)) for group in groups.values()), spare


@dataclass(frozen=True, slots=True)
class Linked:
    """A telling that a new one is alike: how much, and the happening it is in."""

    telling: Telling
    score: float
    happening: str


def settled(new: Telling, links: Iterable[Linked]) -> str | None:
    """Return the happening that ``new`` joins without any other changing; None when all must be put together anew.

    ``happenings`` takes the best link first. The rest lead to the same happening, or to tellings that contradict one
    which ``new`` has been joined with by then: such links join nothing. What remains to be asked is whether ``new``
    contradicts nobody there (``agrees``).
    """
    ordered = sorted(links, key=lambda one: (-one.score, *sorted((new.key, one.telling.key))))
    home = ordered[0].happening
    joined: list[Telling] = []
    faces: set[Face] = set()
    for link in ordered:
        face = _face(link.telling.event)
        if link.happening == home:
            joined.append(link.telling)
            faces.add(face)
        elif all(_agree(face, other) for other in faces) and all(t.article != link.telling.article for t in joined):
            return None
    return home


def agrees(new: Telling, happening: Iterable[Telling]) -> bool:
    """Whether ``new`` contradicts no telling of a happening and is of another article than each."""
    own, held = _face(new.event), list(happening)
    faces = {_face(telling.event) for telling in held}
    return all(_agree(own, face) for face in faces) and all(telling.article != new.article for telling in held)


def block_keys(event: Event, published: str | None = None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys to store a mention under and the keys to look up: tellings alike enough to merge share one."""
    return blocking.block_keys(event, _span(event, published))


def _sorted_units(event: Event) -> tuple[str, ...]:
    return tuple(sorted(blocking.units(event)))


def _date_points(one: Telling, other: Telling, copies: bool) -> float | None:
    first, second = _span(one.event, one.published), _span(other.event, other.published)
    if first is None or second is None:
        return 0.0 if copies else None
    grade = overlap(first, second)
    if one.event.date_start and other.event.date_start:
        return None if grade is None else _DATE_POINTS[grade]
    return 0.0 if grade or copies else None  # when an article came out tells little of when a thing happened


def _span(event: Event, published: str | None) -> Span | None:
    """Return when an event was, an undated one by the day its article came out; None when nothing is known."""
    return (event.date_start, event.date_end) if event.date_start else _before(published)


@lru_cache(maxsize=1 << 12)
def _before(published: str | None) -> Span | None:
    known = days((published, None))
    return ((known[0] - _NEWS).isoformat(), known[0].isoformat()) if known and known[0] == known[1] else None


def _detail_points(one: Telling, other: Telling) -> float:
    """Numbers and named things tell apart what was done side by side on one day."""
    counted = one.event.type in _COUNTED
    points = 0.0
    if one.numbers and other.numbers:
        points += 1.0 if one.numbers & other.numbers else -1.0 * counted
    alike = same_thing(one.things, other.things)
    return points + (1.5 if alike else -2.0 * counted if alike is False else 0.0)


def _side_points(one: Event, other: Event) -> float | None:
    """Each side alike gives a point, half when only the province is known; a side that contradicts gives None."""
    giver, taker = _alike(one.supporting, other.supporting), _alike(one.supported, other.supported)
    if giver is None or taker is None:
        return None
    start, goal = _alike(one.from_, other.from_), _alike(one.to, other.to)
    if start is None or goal is None:
        return None
    total = giver + taker
    if total < 1.0:  # sides unknown to one telling: the road travelled, then any common place
        total = max(total, start + goal)
    if total < 1.0 and (shared := _alike(_sorted_units(one), _sorted_units(other))):
        total = max(total, shared)
    return total


def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> float | None:
    """Return 0 when a side is unknown, None when no unit of ``a`` is, holds or lies in one of ``b``."""
    return _shared(a, b) if a and b else 0.0


@lru_cache(maxsize=1 << 14)  # the reports of one happening name few sides among them
def _shared(a: tuple[str, ...], b: tuple[str, ...]) -> float | None:
    shared = [min(x, y, key=len) for x in a for y in b if x.startswith(y) or y.startswith(x)]
    if not shared:
        return None
    return 1.0 if any(tiers(name)[1] for name in shared) else 0.5


def _person_points(one: Event, other: Event) -> float:
    if not one.persons or not other.persons:
        return 0.0
    names, others = {p.name for p in one.persons}, {p.name for p in other.persons}
    if common := names & others:
        return 2.0 if len(common) == 1 else 3.0
    leads = [{p.name for p in event.persons if p.role == "leads"} for event in (one, other)]
    if all(leads):
        return -3.0
    for side in ("supporting", "supported"):
        there = [{p.name for p in event.persons if p.side == side} for event in (one, other)]
        if all(len(names) >= 2 for names in there):
            return -2.0
    return 0.0


def _organization_points(one: Event, other: Event) -> float:
    if not one.organizations or not other.organizations:
        return 0.0
    if any(a in b or b in a or distinct(a, b) for a in one.organizations for b in other.organizations):
        return 1.5
    return -2.0 if one.type in _ORGANISED else 0.0


def _amount_points(one: Event, other: Event) -> float:
    if not one.amounts or not other.amounts:
        return 0.0
    values = [(a.value_cny, b.value_cny) for a in one.amounts for b in other.amounts]
    if any(a == b for a, b in values):
        return 2.0
    return 1.0 if any(abs(a - b) <= 0.05 * max(a, b) for a, b in values) else -2.0


def _pair_points(one: Event, other: Event) -> float:
    if not one.pairs or not other.pairs:
        return 0.0
    return 2.0 if set(one.pairs) & set(other.pairs) else -3.0


def _quote_share(one: Event, other: Event) -> float:
    quotes, others = {e.quote for e in one.evidence}, {e.quote for e in other.evidence}
    return len(quotes & others) / len(quotes | others) if quotes and others else 0.0


Face = tuple[
    EventType, bool, str | None, str | None, tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]
]


@dataclass(slots=True)
class _Group:
    """Tellings put together: their places in order of key, their articles and the numbers of their faces."""

    places: set[int]
    articles: set[str]
    faces: set[int]


def _face(event: Event) -> Face:
    """All of an event that another one can contradict; the reports of one happening have few faces among them."""
    planned = event.status == "planned"
    return (event.type, planned, event.date_start, event.date_end, event.supporting, event.supported, event.from_,
            event.to)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def _agree(a: Face, b: Face) -> bool:
    """Whether two tellings of different articles do not contradict each other."""
    if a == b:
        return True
    one, other = (
        Event(id="", type=f[0], status="planned" if f[1] else "done", date_start=f[2], date_end=f[3],
              supporting=f[4], supported=f[5], from_=f[6], to=f[7])
        for f in (a, b)
    )  # fmt: skip
    return likeness(Telling("a", "a", "", one), Telling("b", "b", "", other), copies=True) > _APART / 2
