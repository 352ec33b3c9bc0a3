"""Towns whose name many places share: the one that lies where an official tie of the article's other place leads."""

from __future__ import annotations

from dataclasses import replace

from crawler.events.scenes import Sentence
from crawler.events.sides import Party, party, related
from crawler.events.tables import level
from crawler.places import Unit, gazetteer, ties_of

_COUNTY = 2  # level of a county; a province's tie fits towns of any of its counties


def settle_towns(sentences: list[Sentence], date: str | None) -> None:
    """Give a town of several candidates (凤岗镇 赴德江县) its unit where one alone is tied to a place that is clear."""
    open_towns = {m.quote: m.candidates for s in sentences for m in s.places if m.unit is None and m.candidates}
    if not open_towns:
        return
    clear = {p for s in sentences for p in map(party, s.places) if p and 0 < level(p.code) <= _COUNTY}
    known = {quote: found for quote, units in open_towns.items() if (found := _tied(units, clear, date))}
    if not known:
        return
    for sentence in sentences:
        sentence.places = [
            replace(m, unit=unit, name=unit.full_name, basis="tie")
            if m.unit is None and (unit := known.get(m.quote)) is not None
            else m
            for m in sentence.places
        ]


def _tied(units: tuple[Unit, ...], clear: set[Party], date: str | None) -> Unit | None:
    fitting = [u for u in units if u.level == "town" and any(_tie(u, other, date) for other in clear)]
    return fitting[0] if len(fitting) == 1 else None


def _tie(unit: Unit, other: Party, date: str | None) -> bool:
    """Whether a prefecture or county that holds the town is officially tied to ``other`` or what holds it."""
    for row in ties_of(unit.code[:6], date):
        for mine, theirs in ((row.donor, row.recipient), (row.recipient, row.donor)):
            if unit.full_name.startswith(mine) and len(mine) > len(_province(unit)) and related(theirs, other.name):
                return True
    return False


def _province(unit: Unit) -> str:
    found = gazetteer().by_code(unit.code[:2] + "0000")
    return found.full_name if found else ""
