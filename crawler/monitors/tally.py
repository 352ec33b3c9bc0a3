"""What a run's articles looked like, counted as they come: the figures the monitors judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from statistics import median
from typing import Any

_SHANGHAI = timezone(timedelta(hours=8))
_EXAMPLES = 5
_REPLACED_MIN, _REPLACED_SHARE = 3, 0.001
_SHORT = 0.25
"""An article shorter than this share of the portal's usual length is short."""


@dataclass(slots=True)
class Tally:
    """Counts of one run's articles by the names the run ledger uses, and examples of the bad ones.

    ``without/X`` for title, date, source, text and events; ``damaged`` (at least 3 and one in a thousand characters are
    U+FFFD), ``repaired`` (damage undone), ``future`` (published, or something done, after the page was fetched).
    """

    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)

    def add(
        self,
        url: str,
        *,
        title: str | None,
        published: str | None,
        source: str | None,
        text: str,
        events: Sequence[Mapping[str, Any]],
        repairs: Sequence[Mapping[str, Any]],
        fetched: datetime,
    ) -> None:
        """Take in one article that is new or changed."""
        self._count("judged", None)
        body = text.strip()
        lost = text.count("\N{REPLACEMENT CHARACTER}")
        bad = {
            "without/title": not title,
            "without/date": not published,
            "without/source": not source,
            "without/text": not body,
            "without/events": not events,
            "damaged": lost >= _REPLACED_MIN and lost >= _REPLACED_SHARE * len(text),
            "repaired": any(repair["count"] for repair in repairs),
            "future": _in_future(published, events, fetched),
        }
        for name, holds in bad.items():
            if holds:
                self._count(name, url)
        if body:
            self.lengths[url] = len(body)

    def close(self, usual_length: float | None) -> None:
        """Enter the lengths: ``text_median`` in characters, and how many are short beside the portal's usual length."""
        if not self.lengths:
            return
        self.counts["text_median"] = int(median(self.lengths.values()))
        if usual_length is None:
            return
        self.counts["measured"] = len(self.lengths)
        for url, length in self.lengths.items():
            if length < _SHORT * usual_length:
                self._count("short", url)

    def _count(self, name: str, url: str | None) -> None:
        self.counts[name] = self.counts.get(name, 0) + 1
        if url is not None and len(kept := self.examples.setdefault(name, [])) < _EXAMPLES:
            kept.append(url)


def _in_future(published: str | None, events: Sequence[Mapping[str, Any]], fetched: datetime) -> bool:
    """Whether anything said to have happened lies a day or more behind the fetching, at the precision it is told."""
    last = (fetched.astimezone(_SHANGHAI) + timedelta(days=1)).date().isoformat()
    told = [published, *(event["date_start"] for event in events if event["status"] == "done")]
    return any(day[0] != "-" and day[:10] > last[: len(day[:10])] for day in told if day)
