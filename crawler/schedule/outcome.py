"""How a run ended, in one word that tells silence from failure, and the days of a portal as a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Literal

from crawler.store import RunRow

Word = Literal["news", "no news", "layout broke", "site down", "failed", "unfinished", "back-fill"]
Day = Literal["news", "no news", "layout broke", "site down", "failed", "unfinished", "not run"]

SHANGHAI = timezone(timedelta(hours=8))
"""Portals keep Chinese time; it has known no daylight saving since 1991."""

GOOD: frozenset[Word] = frozenset({"news", "no news", "back-fill"})
_FIELDS = ("title", "date", "text")
_FEW = 3
"""Articles from which on a field that none of them has is no accident."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``word`` says how the run ended, ``why`` the cause in a few words (empty when all is well)."""

    word: Word
    why: str = ""

    @property
    def good(self) -> bool:
        """Whether the portal answered and was understood."""
        return self.word in GOOD


def outcomes(runs: Iterable[RunRow]) -> list[tuple[RunRow, Outcome]]:
    """Judge the runs of one portal, given and returned oldest first: what was normal before decides what is amiss."""
    judged, seen = [], dict.fromkeys(("articles", *_FIELDS), 0)
    for run in runs:
        judged.append((run, _judge(run, seen)))
        if judged[-1][1].word != "layout broke":
            seen["articles"] += _count(run, "judged")
            for field in _FIELDS:
                seen[field] += _count(run, "judged") - _count(run, f"without/{field}")
    return judged


def calendar(runs: Sequence[RunRow], until: date, days: int) -> Iterator[tuple[date, Day, str]]:
    """Yield the last ``days`` days (Shanghai time) up to ``until``: the day, its word, the cause if there is one.

    ``runs`` are those of one portal, oldest first. A day with several runs takes the word a reader must know first:
    a broken layout, then news, then an answer without news, then why there was none.
    """
    by_day: dict[date, list[Outcome]] = {}
    for run, outcome in outcomes(runs):
        if outcome.word != "back-fill":
            by_day.setdefault(moment(run.started_at).astimezone(SHANGHAI).date(), []).append(outcome)
    for back in range(days - 1, -1, -1):
        day = until - timedelta(days=back)
        told = min(by_day.get(day, ()), key=lambda outcome: _RANK.index(outcome.word), default=None)
        yield (day, "not run", "") if told is None else (day, told.word, told.why)  # type: ignore[misc]  # no back-fill


def moment(stamped: str) -> datetime:
    """A time as the store writes it."""
    return datetime.fromisoformat(stamped).astimezone(UTC)


_RANK: tuple[Word, ...] = (
    "layout broke", "news", "no news", "site down", "failed", "unfinished", "back-fill",
)  # fmt: skip


def _judge(run: RunRow, seen: dict[str, int]) -> Outcome:
    lists, lost = _count(run, "lists"), _count(run, "lost")
    if run.ended_at is None:
        return Outcome("unfinished", "it still goes on, or was killed")
    if run.reason in ("disk", "database", "cluster"):
        return Outcome("failed", f"for want of {run.reason}")
    if lists and _count(run, "lists_empty") == lists:
        return Outcome("layout broke", f"{lists} list pages, no article on them")
    if field := _vanished(run, seen):
        return Outcome("layout broke", f"no {field} on any of {_count(run, 'judged')} articles")
    if unread := _all_unread(run):
        return Outcome("layout broke", f"none of {unread} articles could be read")
    if run.arguments.get("part") == "rest":
        return Outcome("back-fill")
    if not lists and not _count(run, "pages"):
        return _silent(run, lost)
    return Outcome("news" if _count(run, "new") + _count(run, "changed") else "no news")


def _silent(run: RunRow, lost: int) -> Outcome:
    if lost:
        return Outcome("site down", "no list page answered")
    return Outcome("failed", f"ended ({run.reason}) before any list page was read")


def _vanished(run: RunRow, seen: dict[str, int]) -> str | None:
    """The field that all articles of the run lack though most earlier ones had it."""
    articles = _count(run, "judged")
    if articles < _FEW or seen["articles"] < _FEW:
        return None
    lacking = (field for field in _FIELDS if _count(run, f"without/{field}") == articles)
    return next((field for field in lacking if seen[field] * 2 > seen["articles"]), None)


def _all_unread(run: RunRow) -> int:
    unread = _count(run, "lost/read")
    return unread if unread >= _FEW and not _count(run, "pages") else 0


def _count(run: RunRow, name: str) -> int:
    value: Any = run.counts.get(name, 0)
    return int(value) if isinstance(value, int | float) else 0
