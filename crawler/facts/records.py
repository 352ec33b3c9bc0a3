"""The facts one text states: frozen records with true offsets and the rule that made them.

For every mention ``text[start:end] == quote``. Dates are ISO strings of the known part, as in ``crawler.model``; money
is plain CNY; ``rule`` names the table row or the pattern behind the mention.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crawler.model import Precision

if TYPE_CHECKING:
    from crawler.places import PlaceMention

DateBasis = Literal["explicit", "published", "text marker", "preceding date", "none"]
Role = Literal["leads", "hosts", "takes_part"]
Meaning = Literal["total", "this_year", "agreed", "paid", "in_kind", "sales"]
OrganizationKind = Literal[
    "company", "school", "hospital", "association", "agency", "museum", "park", "farm", "base", "institute", "site"
]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression. ``date_start``/``date_end`` are equal for one day, open ends of a period are None.

    ``basis`` says how the year was found: written (explicit), from the page date (published), from a phrase that fixes
    the present year (text marker), from a date before it (preceding date), or not at all (none).
    """

    start: int
    end: int
    quote: str
    date_start: str | None
    date_end: str | None
    precision: Precision
    basis: DateBasis
    rule: str


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A named person. ``title`` is as printed (joined titles with ``、``), ``unit_quote`` its place or organisation.

    ``role`` comes from the verb ``cue`` near the group of names; members of one list share ``group``. ``cited``: a
    leader quoted for a speech, who takes no part. ``private``: a beneficiary, villager or pupil, to be masked.
    ``byline``: a reporter, editor or photographer.
    """

    start: int
    end: int
    quote: str
    name: str
    title: str | None
    title_start: int | None
    title_end: int | None
    unit_quote: str | None
    role: Role | None
    cue: str | None
    group: int
    cited: bool
    private: bool
    byline: bool
    rule: str


@dataclass(frozen=True, slots=True)
class OrganizationMention:
    """A company, school, hospital …; ``canonical`` is the longest form of its name in the text."""

    start: int
    end: int
    quote: str
    name: str
    canonical: str
    kind: OrganizationKind
    rule: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """Money or a count. ``unit`` is CNY for money, else the measure word as written; ``what`` the noun phrase counted.

    ``period`` is a date, ``start/end`` or ``/end`` as in the gold figures. ``expected``: a plan, target or possible
    result. ``ordinal``: 第N次. ``delegation``: the size of a travelling party. ``each``: per head or per year, no sum.
    """

    start: int
    end: int
    quote: str
    value: float
    unit: str
    what: str
    period: str | None
    cumulative: bool
    approx: bool
    meaning: Meaning | None
    expected: bool
    ordinal: bool
    delegation: bool
    each: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one text, each list in order of appearance."""

    text: str
    places: tuple[PlaceMention, ...]
    dates: tuple[DateMention, ...]
    people: tuple[PersonMention, ...]
    organizations: tuple[OrganizationMention, ...]
    quantities: tuple[Quantity, ...]
    sentences: tuple[tuple[int, int], ...]
