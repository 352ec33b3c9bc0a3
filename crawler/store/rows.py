"""The plain rows the store hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from crawler.archive import Location
from crawler.dedup import Anchors, Prepared
from crawler.model import Record
from crawler.reading import PageSketch

UrlKind = Literal["list", "article"]
UrlState = Literal["found", "fetched", "archived", "read", "stored", "failed", "gone"]
Outcome = Literal["new", "changed", "unchanged", "duplicate"]


@dataclass(frozen=True, slots=True)
class UrlRow:
    """One URL of the ledger. Request ``found_url`` (as found); ``url`` is its canonical form, an identity only."""

    url: str
    found_url: str
    kind: UrlKind
    portal: str
    state: UrlState
    depth: int
    list_url: str | None
    attempts: int
    status: int | None
    etag: str | None
    last_modified: str | None
    content_hash: str | None
    error: str | None
    next_due: str | None
    archive_file: str | None
    archive_offset: int | None
    archive_length: int | None
    article_id: str | None

    @property
    def archive(self) -> Location | None:
        """Where the archive keeps the page's bytes, if it does."""
        if self.archive_file is None or self.archive_offset is None or self.archive_length is None:
            return None
        return Location(self.archive_file, self.archive_offset, self.archive_length)


@dataclass(frozen=True, slots=True)
class Found:
    """What a list page brought: its article URLs as given, split into new ones and ones the ledger had already."""

    new: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request sends back: ``If-None-Match`` and ``If-Modified-Since``."""

    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Fetch:
    """How a page came: HTTP status and validators, hash of the bytes, and where the archive keeps them."""

    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    archive_file: str | None = None
    archive_offset: int | None = None
    archive_length: int | None = None


@dataclass(frozen=True, slots=True)
class SaveRequest:
    """One record to save and how it came; the fields are the arguments of ``Store.save``."""

    record: Record
    run_id: int | None = None
    portal: str = ""
    url: str | None = None
    fetched_at: datetime | None = None
    fetch: Fetch | None = None
    anchors: Anchors | None = None
    profile_version: str | None = None
    sketch: PageSketch | None = None
    prepared: Prepared | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What ``Store.save`` did; ``relation`` (same, reprint, spun) and ``original`` when it copies another article.

    ``record`` is what was saved: the one given, with forgotten names covered.
    """

    outcome: Outcome
    article_id: str
    content_id: str
    revision: int
    relation: str | None = None
    original: str | None = None
    events: tuple[str, ...] = ()
    new_events: tuple[str, ...] = ()
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of one portal; ``ended_at`` is None while it goes on or when it was killed."""

    run_id: int
    portal: str
    arguments: dict[str, Any]
    sample: bool
    code_version: str
    started_at: str
    ended_at: str | None
    reason: str | None
    counts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PortalSummary:
    """One portal in figures. The first six count what the store holds, the rest what the runs asked for did.

    ``duplicates`` are articles that copy another one, ``events`` happenings with a source on this portal.
    """

    portal: str
    pages: int
    articles: int
    relevant: int
    duplicates: int
    events: int
    pending: int
    new: int
    changed: int
    gone: int
    failed: int
    new_events: int


@dataclass(frozen=True, slots=True)
class EventRow:
    """One happening with all its sources, merged; conflicting values stand in ``conflicts`` with who says what."""

    event_id: str
    type: str
    status: str
    date_start: str | None
    date_end: str | None
    date_precision: str
    supporting: tuple[str, ...]
    supported: tuple[str, ...]
    from_: tuple[str, ...]
    to: tuple[str, ...]
    persons: tuple[str, ...]
    organizations: tuple[str, ...]
    amount_cny: float | None
    tie_label: str
    conflicts: dict[str, Any]
    articles: tuple[str, ...]
    independent: int
    sample: bool
