"""The plain records every floor shares: a page comes in, an article with its events and figures goes out.

Nothing here does any work or imports anything of the project; every class is a frozen dataclass that pickles.
Offsets are character offsets into ``Article.text`` (half open); ``text[start:end] == quote`` holds for every fact.
Dates are ISO strings of the known part: ``2017-12-24``, ``2017-12``, ``2017``, ``--12-24`` (year unknown), ``---24``
(only a day known) or None. Places are official full names with parents (``广西壮族自治区百色市凌云县``) beside
GB/T 2260 adcodes. Money is plain CNY.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, Literal

SCHEMA_VERSION = "1"

EventType = Literal[
    "visit", "meeting", "agreement", "donation", "funding", "project",
    "personnel", "training", "labor", "consumption", "pairing",
]  # fmt: skip
EVENT_TYPES: tuple[EventType, ...] = (
    "visit", "meeting", "agreement", "donation", "funding", "project",
    "personnel", "training", "labor", "consumption", "pairing",
)  # fmt: skip
EVENT_LABELS: dict[EventType, str] = {
    "visit": "考察", "meeting": "会议", "agreement": "签约", "donation": "捐赠", "funding": "资金", "project": "项目",
    "personnel": "人才", "training": "培训", "labor": "劳务", "consumption": "消费", "pairing": "结对",
}  # fmt: skip

Status = Literal["done", "agreed", "planned"]
Side = Literal["supporting", "supported"]
Confidence = Literal["high", "medium", "low"]
Precision = Literal["day", "range", "month", "year", "period", "none"]


class _Small:
    """Pickles as its class and fields: a page has dozens, and a dataclass with slots runs Python for each field."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        kind: Any = type(self)
        return kind, _fields(kind)(self)


@cache
def _fields(kind: Any) -> attrgetter[Any]:
    return attrgetter(*kind.__slots__)


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched page, before anything is read from it.

    ``content`` is raw bytes (charset still to be found), or decoded HTML, or with ``kind="text"`` the plain text of a
    whole page, chrome lines and all. ``home`` is the adcode or full name of the publisher's jurisdiction (for 我县,
    来莞). ``fetched_at`` is UTC. ``headers`` keeps the response's names and values as they came.
    ``further`` are the next pages of an article that goes over several, in order. ``judged``: somebody has looked
    already whether ``content`` is a block page, and it is none.
    """

    url: str
    content: bytes | str
    kind: Literal["html", "text"] = "html"
    headers: tuple[tuple[str, str], ...] = ()
    fetched_at: datetime | None = None
    home: str | None = None
    portal: str | None = None
    further: tuple[Page, ...] = ()
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Repair(_Small):
    """How often one kind of damage was undone on a page, and whether the result is exact or the best guess."""

    kind: str
    count: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Byline(_Small):
    """One credited name with its role label as printed (记者, 编辑, 图文, 监制 …)."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Attachment(_Small):
    """A linked document (PDF, DOC, XLS …) of an article."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Article:
    """A page as read: clean simplified body plus metadata; ``original`` is the body before repair and conversion."""

    url: str
    text: str
    title: str | None = None
    published: str | None = None
    published_basis: str | None = None
    published_precision: Precision = "none"
    source: str | None = None
    source_basis: str | None = None
    reprinted_from: str | None = None
    author: tuple[Byline, ...] = ()
    script: Literal["simplified", "traditional", "mixed", "none"] = "simplified"
    original: str = ""
    repairs: tuple[Repair, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    encoding: str | None = None
    replacement_chars: int = 0
    breadcrumb: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence(_Small):
    """The span of ``Article.text`` that states one field of an event."""

    field: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EventPlace(_Small):
    """A place of an event: official name, adcode (None when unknown), role, quote, other codes it could be."""

    name: str
    code: str | None
    role: Literal["supporting", "supported", "from", "to", "site"]
    quote: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventPerson(_Small):
    """A named person who takes part; ``title`` as printed; ``role`` is leads, hosts or takes_part."""

    name: str
    title: str | None = None
    side: Side | None = None
    role: Literal["leads", "hosts", "takes_part"] = "takes_part"


@dataclass(frozen=True, slots=True)
class Amount(_Small):
    """Money inside an event, in CNY; ``meaning`` is one of total, this_year, agreed, paid, in_kind, sales, or None."""

    value_cny: float
    meaning: str | None
    approx: bool
    quote: str


@dataclass(frozen=True, slots=True)
class Tie(_Small):
    """The official relation in force on the event's date: label is in-pairing, other-tie or unknown."""

    label: Literal["in-pairing", "other-tie", "unknown"]
    scheme: str | None = None
    certainty: str | None = None


@dataclass(frozen=True, slots=True)
class Event(_Small):
    """One happening as one article tells it (a mention). Field meanings follow the schema in docs/schema.md."""

    id: str
    type: EventType
    status: Status = "done"
    date_start: str | None = None
    date_end: str | None = None
    date_precision: Precision = "none"
    date_basis: str | None = None
    supporting: tuple[str, ...] = ()
    supported: tuple[str, ...] = ()
    from_: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    places: tuple[EventPlace, ...] = ()
    persons: tuple[EventPerson, ...] = ()
    organizations: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    tie: Tie = field(default_factory=lambda: Tie("unknown"))
    confidence: Confidence = "medium"
    background: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure(_Small):
    """A number the article states about the cooperation; ``unit`` is CNY or the measure word as written."""

    value: float
    unit: str
    what: str
    period: str | None
    cumulative: bool
    approx: bool
    meaning: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """What the recipe makes of one page: the article, whether it is relevant, its event mentions and its figures."""

    article: Article
    relevant: bool
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
