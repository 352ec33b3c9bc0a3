"""Where the harvest lives: articles, events and the URL ledger, in SQLite or PostgreSQL."""

from crawler.store.engine import DatabaseAwayError, DiskFullError, StoreError
from crawler.store.failpoints import failpoint
from crawler.store.forgetting import Forgotten
from crawler.store.rows import (
    EventRow,
    Fetch,
    Found,
    PortalSummary,
    RunRow,
    Saved,
    SaveRequest,
    UrlRow,
    Validators,
)
from crawler.store.store import Store
from crawler.store.summary import event_line
from crawler.store.tombstones import ForgottenError

__all__ = [
    "DatabaseAwayError",
    "DiskFullError",
    "EventRow",
    "Fetch",
    "Forgotten",
    "ForgottenError",
    "Found",
    "PortalSummary",
    "RunRow",
    "SaveRequest",
    "Saved",
    "Store",
    "StoreError",
    "UrlRow",
    "Validators",
    "event_line",
    "failpoint",
]
