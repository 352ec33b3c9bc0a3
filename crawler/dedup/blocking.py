"""What mentions are looked up by: two that are alike enough to tell of one happening share a key.

The fewer others share one, the less a save compares in vain; so each key joins as much as the points of
``coreference.likeness`` say that such a pair must have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from math import floor, log
from typing import NamedTuple

from crawler.dedup.spans import Span, day_labels, days, labels, tiers
from crawler.model import Event

_STEP = 0.0513  # two sums within 5 % stand at most one step apart on this logarithmic scale
_MONTHS = 62
"""Days of the longest span that is known to overlap another as finely as by months."""

Timed = tuple[str, str]


class Part(NamedTuple):
    """What besides the time makes a key: as it is stored, its mark, and the spellings it is looked up by."""

    name: str
    mark: str
    meant: tuple[str, ...]


def block_keys(event: Event, span: Span | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys to store a mention under and the keys to look up; ``span`` is when it was, None: unknown.

    Days that overlap give two points and need a place, a person or an organisation in common besides. Where one of two
    knows less of the time, places are not enough: they share a person, a pair of places, a sum and a province, or, if
    both are known to the month, an organisation. A mention also stands under broader times and places than its own,
    marked ``-``: there it meets only mentions that know no better. Where both know one side, it is alike and they meet
    under its place: by people and organisations of a day only those meet that know no side both.
    """
    when = span or (None, None)
    exact = day_labels(when) if event.date_start else []
    people = _parts(person.name for person in event.persons)
    organizations = _parts(end for name in event.organizations for end in (name[:6], name[-6:]))
    places = [Part(unit, mark, (unit,)) for unit, mark in _places(event)]
    pairs = _parts("+".join(pair) for pair in event.pairs)
    by_day = _crossed(
        [(f"{event.type}|{day}", "=") for day in exact], [*places, *_sided(event, [*people, *organizations])]
    )
    # two that both know the day meet under it
    broad = [(f"{event.type}|{time}", "-" if exact else mark) for time, mark in labels(*when)]
    known = [*organizations] if event.date_start and _to_the_month(when) else []
    by_time = _crossed(broad, [*people, *pairs, *_sums(event), *known])
    return by_day[0] | by_time[0], by_day[1] | by_time[1]


@lru_cache(maxsize=1 << 14)
def hashed(key: str) -> int:
    """Return a key as the 64-bit number it is stored under."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little", signed=True)


def units(event: Event) -> frozenset[str]:
    """Return every place an event names."""
    return frozenset([*event.supporting, *event.supported, *event.from_, *event.to, *(p.name for p in event.places)])


def _crossed(times: Sequence[Timed], parts: Sequence[Part]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of all times with all parts, as stored and as looked up."""
    stored = {f"{time}{own}|{part.name}{part.mark}" for time, own in times for part in parts}
    when = [time + mark for time, own in times for mark in _met(own)]
    what = {name + mark for part in parts for name in part.meant for mark in _met(part.mark)}
    return frozenset(stored), frozenset(f"{time}|{part}" for time in when for part in what)


def _met(own: str) -> str:
    """The marks of those to meet: under what a mention knows all, under what is broader those that know no better."""
    return "=-" if own == "=" else "="


def _parts(names: Iterable[str]) -> list[Part]:
    return [Part(name, "=", (name,)) for name in sorted(set(names))]


def _sided(event: Event, parts: Iterable[Part]) -> list[Part]:
    """Return parts that meet only mentions without a side that this one knows too."""
    own = bool(event.supporting) + 2 * bool(event.supported)
    others = [mask for mask in range(4) if not mask & own]
    return [Part(f"{name}^{own}", mark, tuple(f"{name}^{mask}" for mask in others)) for name, mark, _ in parts]


def _places(event: Event) -> list[tuple[str, str]]:
    """Return prefectures and provinces to block by, each marked ``=`` (as precise as known) or ``-`` (broader)."""
    found: dict[str, str] = {}
    for name in units(event):
        province, prefecture = tiers(name)
        if prefecture:
            found[prefecture] = "="
            found.setdefault(province, "-")
        else:
            found[province] = "="
    return sorted(found.items())


def _sums(event: Event) -> list[Part]:
    """Return each sum with each province: a sum alone is chance."""
    steps = {floor(log(amount.value_cny) / _STEP) for amount in event.amounts if amount.value_cny > 0}
    provinces = {tiers(name)[0] for name in units(event)}
    return [
        Part(f"¥{step}@{province}", "=", tuple(f"¥{step + near}@{province}" for near in (-1, 0, 1)))
        for step in sorted(steps)
        for province in sorted(provinces)
    ]


def _to_the_month(span: Span) -> bool:
    """Whether a span may overlap another by months; one without a year may."""
    known = days(span)
    return known is None or (known[1] - known[0]).days <= _MONTHS
