"""How a host takes being crawled: when to wait, and when to leave it alone for the rest of the run.

Pure bookkeeping on a clock given by the caller (seconds, any origin), so that months pass in a test in no time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal, get_args

Trouble = Literal["failed", "refused", "busy"]
Closing = Literal["site_down", "banned", "throttled"]

CLOSINGS: frozenset[str] = frozenset(get_args(Closing))

_CLOSES: dict[Trouble, Closing] = {"failed": "site_down", "refused": "banned", "busy": "throttled"}


@dataclass(frozen=True, slots=True)
class Patience:
    """``start`` and ``most`` seconds of a pause; in a row, so many failures or refusals and the host is left alone.

    ``failures`` counts answers that fail (5xx, no connection, too slow, cut short), ``refusals`` those that turn us
    away (ban and challenge pages) or say that we ask too much (429).
    """

    start: float = 5.0
    most: float = 120.0
    failures: int = 10
    refusals: int = 3


class HostState:
    """One host in one run."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._in_row: dict[Trouble, int] = {"failed": 0, "refused": 0, "busy": 0}
        self._until = 0.0
        self.closed: Closing | None = None
        """Why the host is left alone for the rest of the run; None while it is not."""

    def wait(self, now: float) -> float:
        """Seconds until the host may be asked again."""
        return max(0.0, self._until - now)

    def good(self) -> None:
        """The host answered as a site does: what it did before weighs less."""
        self._in_row["failed"] = 0
        for trouble in ("refused", "busy"):
            self._in_row[trouble] = max(0, self._in_row[trouble] - 1)

    def trouble(self, kind: Trouble, now: float, asked: float | None = None, *, certain: bool = True) -> Closing | None:
        """Take in a bad answer; ``asked`` is what its Retry-After asks for, in seconds.

        Returns why the host is closed when this answer was the one too many. One failure alone costs no pause, and
        neither does one refusal that is not ``certain`` (a bare 403): single broken pages are common.
        """
        self._in_row[kind] += 1
        count, patience = self._in_row[kind], self._patience
        if asked is not None and asked > patience.most:
            return self._close("busy")
        if count >= (patience.failures if kind == "failed" else patience.refusals):
            return self._close(kind)
        doubled = count - 1 if kind != "failed" and certain else count - 2
        pause = min(patience.most, patience.start * 2**doubled) if doubled >= 0 else 0.0
        self._until = max(self._until, now + max(pause, asked or 0.0))
        return None

    def _close(self, kind: Trouble) -> Closing | None:
        if self.closed is not None:
            return None
        self.closed = _CLOSES[kind]
        return self.closed


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110: a number or an HTTP date), None when it says nothing."""
    text = (value or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
