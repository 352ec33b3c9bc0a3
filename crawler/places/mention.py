"""The record of one place found in a text, and the match it grows from."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.places.forms import Candidate, Entry
from crawler.places.gazetteer import Unit


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place as written; ``text[start:end] == quote``.

    ``name`` is the official full name with parents on the text's date (village or zone appended), or the quote when the
    unit is open. ``basis`` says how it was resolved: full (official name), parents (parent written before it), short,
    context (rest of the text), home, tie, abbreviation, anaphora, village, zone, unique; or why not: ambiguous or
    unknown; or organisation: the place stands inside an organisation's name and is no place of action.
    """

    start: int
    end: int
    quote: str
    name: str
    unit: Unit | None
    candidates: tuple[Unit, ...]
    basis: str


@dataclass(slots=True)
class Hit:
    """A match on its way to a mention."""

    start: int
    end: int
    entry: Entry
    candidates: list[Candidate] = field(default_factory=list)
    strong: bool = True
    basis: str = ""
    chained: bool = False
    guarded: bool = False
    abuts: bool = False  # stands right behind a county it does not belong to
    village: str = ""
    zone: str = ""
