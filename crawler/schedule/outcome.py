"""How a run ended, in one word that tells silence from failure, and the days of a portal as a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

from crawler.monitors import KEY, Finding, findings, found_in, number
from crawler.store import RunRow

Word = Literal["news", "no news", "layout broke", "banned", "site down", "failed", "unfinished", "back-fill"]
Day = Literal["news", "no news", "layout broke", "banned", "site down", "failed", "unfinished", "not run"]

SHANGHAI = timezone(timedelta(hours=8))
"""Portals keep Chinese time; it has known no daylight saving since 1991."""

GOOD: frozenset[Word] = frozenset({"news", "no news", "back-fill"})


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
    """Say how each run ended; what was amiss with the layout its monitors found (``crawler.monitors``)."""
    return [(run, _judge(run)) for run in runs]


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


_LEFT_ALONE: dict[str, tuple[Word, str]] = {
    "banned": ("banned", "the site turned us away"),
    "throttled": ("banned", "the site asked us to come back much later"),
    "site_down": ("site down", "too many answers in a row failed"),
}

_RANK: tuple[Word, ...] = (
    "layout broke", "news", "no news", "banned", "site down", "failed", "unfinished", "back-fill",
)  # fmt: skip


def _judge(run: RunRow) -> Outcome:
    lists = number(run.counts, "lists")
    if run.ended_at is None:
        return Outcome("unfinished", "it still goes on, or was killed")
    if run.reason in ("disk", "database", "cluster"):
        return Outcome("failed", f"for want of {run.reason}")
    if run.reason in _LEFT_ALONE:
        return _left_alone(run)
    if broken := [found.message for found in _found(run) if found.kind == "layout"]:
        return Outcome("layout broke", "; ".join(broken))
    if run.arguments.get("part") == "rest":
        return Outcome("back-fill")
    if not lists and not number(run.counts, "pages"):
        return _silent(run, number(run.counts, "lost"))
    return Outcome("news" if number(run.counts, "new") + number(run.counts, "changed") else "no news")


def _left_alone(run: RunRow) -> Outcome:
    """A run whose site gave no more: the crawler had enough refusals or failures and stopped asking."""
    word, why = _LEFT_ALONE[run.reason or ""]
    kinds = ("challenge", "captcha", "ban")
    refused = ", ".join(f"{kind} {n}" for kind in kinds if (n := number(run.counts, f"refused/{kind}")))
    return Outcome(word, f"{why} ({refused})" if refused else why)


def _found(run: RunRow) -> list[Finding]:
    """What the run's monitors found; of a run without monitors what its figures alone tell."""
    return found_in(run) if KEY in run.counts else findings(run.counts, run.arguments.get("part"), ())


def _silent(run: RunRow, lost: int) -> Outcome:
    if lost:
        return Outcome("site down", "no list page answered")
    return Outcome("failed", f"ended ({run.reason}) before any list page was read")
