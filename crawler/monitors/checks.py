"""The monitors: a run's figures against the portal's own past, each cause of failure with its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Literal

from crawler.monitors.chance import surprise
from crawler.store import RunRow

Kind = Literal["layout", "content", "access", "resources", "custom"]

KEY = "findings"
"""Under which name a run's counts hold its findings."""

_LEAST_PAST = 10  # pages before a portal's past says anything
_MOST_PAST = 2000
_WINDOWS = 6  # runs before this one that are looked at together with it: rare publishers fail one page at a time
_ODD_RUNS = 2
_FEW = 3
_LOST_SHARE, _ASKED = 0.5, 10
_MEMORY_RUNS, _MEMORY_GROWTH, _MEMORY_MORE = 5, 2.0, 300


@dataclass(frozen=True, slots=True)
class Check:
    """One monitor of shares: of ``total`` pages so many are ``bad`` (names of the run's counts).

    It fails when the share of good ones falls to ``keeps`` of what it was, or below, and chance explains that with less
    than ``chance`` only.
    """

    cause: str
    kind: Kind
    what: str
    bad: str
    total: str = "judged"
    keeps: float = 0.5
    chance: float = 5e-4


CHECKS = (
    Check("coverage/title", "layout", "no title", "without/title"),
    Check("coverage/published", "layout", "no date of publication (published)", "without/date"),
    Check("coverage/source", "layout", "no source", "without/source"),
    Check("coverage/text", "layout", "no text", "without/text"),
    # whether a page tells of cooperation is its author's affair: only a collapse counts
    Check("coverage/events", "content", "no event", "without/events", keeps=0.1, chance=1e-6),
    Check("length/text", "layout", "a text of less than a quarter of the usual length", "short", "measured"),
    Check("damage/lost", "content", "lost characters (U+FFFD)", "damaged", keeps=0.7),
    Check("damage/repaired", "content", "damage that was repaired", "repaired", chance=1e-4),
    Check("dates/future", "content", "a date in the future", "future", keeps=0.7),
    Check("lists/empty", "layout", "no article", "lists_empty", "lists", keeps=0.8),
    Check("access/errors", "access", "an error", "lost", "asked", keeps=0.8, chance=1e-4),
)
BY_CAUSE = {check.cause: check for check in CHECKS}
RUN_CAUSES = ("access/unreachable", "access/unread", "resources/memory")
"""Causes that are told from the run as a whole."""

CAUSES: tuple[str, ...] = (*BY_CAUSE, *RUN_CAUSES)


@dataclass(frozen=True, slots=True)
class Finding:
    """One monitor that failed: its cause, what kind of trouble that is, and the sentence to tell."""

    cause: str
    kind: Kind
    message: str

    def to_json(self) -> dict[str, str]:
        """As the run ledger keeps it."""
        return asdict(self)


def judge(cause: str, counts: Mapping[str, Any], part: str | None, past: Sequence[RunRow]) -> Finding | None:
    """Look at one cause; ``past`` are the portal's earlier runs, oldest first."""
    if cause in BY_CAUSE:
        return _share(BY_CAUSE[cause], counts, part, past)
    return _RUN_CHECKS[cause](counts, part, past)


def findings(counts: Mapping[str, Any], part: str | None, past: Sequence[RunRow]) -> list[Finding]:
    """Every monitor that fails."""
    return [found for cause in CAUSES if (found := judge(cause, counts, part, past))]


def settles(cause: str, counts: Mapping[str, Any]) -> bool:
    """Whether a run can tell that a cause is gone: it saw what the monitor looks at."""
    if cause in BY_CAUSE:
        return number(counts, BY_CAUSE[cause].total) > 0
    if cause == "access/unreachable":
        return number(counts, "lists") > 0
    return cause != "access/unread" or number(counts, "pages") > 0


def found_in(run: RunRow) -> list[Finding]:
    """The findings a run was entered with."""
    given = run.counts.get(KEY)
    return [Finding(**one) for one in given] if isinstance(given, list) else []


def usual_length(past: Sequence[RunRow]) -> float | None:
    """Return how many characters an article of the portal usually has; None while too few were seen."""
    sound = [run for run in past if "text_median" in run.counts and not _failed(run, "length/text")][-30:]
    if sum(number(run.counts, "judged") for run in sound) < _LEAST_PAST:
        return None
    return median(number(run.counts, "text_median") for run in sound)


def counts_as_past(run: RunRow) -> bool:
    """Whether a run belongs to what is normal: ended, of the portal as a whole, of pages of its own day."""
    alone = ("url", "path", "index")  # one page by hand, or an archive's past
    return run.ended_at is not None and not any(run.arguments.get(name) for name in alone)


def number(counts: Mapping[str, Any], name: str) -> int:
    """A figure of the run ledger, 0 where there is none."""
    value = counts.get(name, 0)
    return int(value) if isinstance(value, int | float) else 0


def _share(check: Check, counts: Mapping[str, Any], part: str | None, past: Sequence[RunRow]) -> Finding | None:
    bad, total = number(counts, check.bad), number(counts, check.total)
    if not bad:
        return None
    if check.cause == "lists/empty" and bad == total and part != "rest":  # behind the last list page there is nothing
        return Finding(check.cause, check.kind, f"{check.what} on {bad} of {total} list pages")
    if check.cause == "access/errors" and total >= _ASKED and bad >= _LOST_SHARE * total:
        return Finding(check.cause, check.kind, f"{check.what} on {bad} of {total} pages")
    if check.cause == "dates/future" and bad >= _FEW and bad * 2 >= total:
        return Finding(check.cause, check.kind, f"{check.what} on {bad} of {total} articles")
    return _fallen(check, (bad, total), [run for run in past if number(run.counts, check.total) > 0])


def _fallen(check: Check, here: tuple[int, int], rows: Sequence[RunRow]) -> Finding | None:
    """This run, then this run and those just before it, against what was before them."""
    pairs = list(
        zip((_pair(check, run) for run in rows), _broken([_failed(run, check.cause) for run in rows]), strict=True)
    )
    for width in range(min(_WINDOWS, len(pairs)) + 1):
        cut = len(pairs) - width
        sound = _latest([pair for pair, failed in pairs[:cut] if not failed])
        seen_bad, seen = sum(b for b, _ in sound), sum(n for _, n in sound)
        if seen < _LEAST_PAST:
            return None
        near = [*(pair for pair, _ in pairs[cut:]), here]
        bad, total = sum(b for b, _ in near), sum(n for _, n in near)
        bar = check.keeps * (1 - seen_bad / seen)
        if 1 - here[0] / here[1] > bar:
            return None  # this run alone is well enough
        if 1 - bad / total <= bar and surprise(near, sound) < check.chance:
            unit = {"lists": "list pages", "asked": "pages"}.get(check.total, "articles")
            before = f"before on {seen_bad} of {seen}"
            return Finding(check.cause, check.kind, f"{check.what} on {bad} of {total} {unit}; {before}")
    return None


def _broken(failed: Sequence[bool]) -> list[bool]:
    """Which runs belong to a break: several in a row that failed, or the newest ones.

    One or two that failed and then did not were an odd day, and belong to what is normal here.
    """
    broken, start = list(failed), None
    for place, bad in enumerate([*failed, False]):
        if bad and start is None:
            start = place
        elif not bad and start is not None:
            if place < len(failed) and place - start <= _ODD_RUNS:
                broken[start:place] = [False] * (place - start)
            start = None
    return broken


def _pair(check: Check, run: RunRow) -> tuple[int, int]:
    total = number(run.counts, check.total)
    return min(number(run.counts, check.bad), total), total


def _latest(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The newest of them that make up what a past is judged by."""
    kept, seen = [], 0
    for pair in reversed(pairs):
        if seen >= _MOST_PAST:
            break
        kept.append(pair)
        seen += pair[1]
    return kept[::-1]


def _failed(run: RunRow, cause: str) -> bool:
    return any(found.cause == cause for found in found_in(run))


def _unreachable(counts: Mapping[str, Any], part: str | None, past: Sequence[RunRow]) -> Finding | None:
    """Twice in a row: one look in vain is the night's affair."""
    looks = [run for run in past if run.arguments.get("part") != "rest"]
    if part == "rest" or not _silent(counts) or not looks or not _silent(looks[-1].counts):
        return None
    times = 1
    for run in reversed(looks):
        if not _silent(run.counts):
            break
        times += 1
    return Finding("access/unreachable", "access", f"no list page answered, {times} times in a row")


def _silent(counts: Mapping[str, Any]) -> bool:
    return number(counts, "lost") > 0 and not number(counts, "lists") and not number(counts, "pages")


def _unread(counts: Mapping[str, Any], part: str | None, past: Sequence[RunRow]) -> Finding | None:
    unread = number(counts, "lost/read")
    if unread < _FEW or number(counts, "pages"):
        return None
    return Finding("access/unread", "layout", f"none of {unread} articles could be read")


def _memory(counts: Mapping[str, Any], part: str | None, past: Sequence[RunRow]) -> Finding | None:
    peak, limit = number(counts, "peak_mb"), number(counts, "memory_limit_mb")
    if limit and peak > limit:
        return Finding("resources/memory", "resources", f"{peak} MB of memory at the peak, over {limit}")
    known = [number(run.counts, "peak_mb") for run in past if number(run.counts, "peak_mb")][-30:]
    usual = median(known) if len(known) >= _MEMORY_RUNS else None
    if usual is None or peak <= max(_MEMORY_GROWTH * usual, usual + _MEMORY_MORE):
        return None
    return Finding("resources/memory", "resources", f"{peak} MB of memory at the peak, usually {usual:.0f}")


_RUN_CHECKS = {"access/unreachable": _unreachable, "access/unread": _unread, "resources/memory": _memory}
