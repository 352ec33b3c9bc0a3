"""Address spaces without an end: calendars, paths that grow, sessions that make every link new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlsplit

_MAX_SEGMENTS = 16
_MAX_PARAMS = 16
_FIRST_YEAR = 1990  # before the first Chinese web pages
_NUMBER = re.compile(r"\d+")
_HEX = re.compile(r"(?=[0-9a-f]*\d)[0-9a-f]{16,}", re.I)
# One to four segments, at least one of them a word, three times in a row.
_REPEATED = re.compile(r"(?:^|/)((?=[^/]*[A-Za-z])(?:[^/]+/){1,4}?)\1{2,}")
# A year and a month as paths of calendars write them; a number alone may count columns.
_PATH_MONTH = re.compile(r"(?<=[/_-])((?:1[89]|2[01])\d\d)[-/_]?(0?[1-9]|1[0-2])(?=[-/_.]|$)")
_PARAM_MONTH = re.compile(r"^((?:1[0-9]|2[0-9])\d\d)[-/_.]?(0?[1-9]|1[0-2])?(?!\d{3})")
_YEAR_KEYS = frozenset({"y", "year", "nian", "date", "month", "day", "ym", "ymd", "yuefen"})
_MONTH_KEYS = frozenset({"m", "month", "yue"})


@dataclass(frozen=True, slots=True)
class TrapRule:
    """``budget`` addresses of one shape per run (0 = any number), ``links`` per page, ``depth`` pages in one list."""

    budget: int = 50_000
    links: int = 5_000
    depth: int = 5_000


class Traps:
    """What one run follows: bounded, and with a tally of what was left out and why."""

    def __init__(self, rule: TrapRule, today: date) -> None:
        self._rule, self._today = rule, today
        self._shapes: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        """Addresses not followed, by reason."""

    def follow(self, urls: Iterable[str], *, lists: bool = False) -> Iterator[str]:
        """Those of ``urls`` that lead somewhere; ``lists`` says that they are list pages, where calendars are."""
        for url in urls:
            reason = endless(url) or (beyond(url, self._today) if lists else None) or self._spent(url)
            if reason is None:
                yield url
            else:
                self.left_out[reason] += 1

    def too_many(self, count: int) -> int:
        """How many of ``count`` links of one page are over the bound."""
        over = max(0, count - self._rule.links)
        self.left_out["links"] += over
        return over

    def too_deep(self, depth: int) -> bool:
        """Whether a list goes on longer than any list should."""
        deep = depth >= self._rule.depth
        self.left_out["depth"] += deep
        return deep

    def _spent(self, url: str) -> str | None:
        if not self._rule.budget:
            return None
        form = shape(url)
        self._shapes[form] += 1
        return "budget" if self._shapes[form] > self._rule.budget else None


def shape(url: str) -> str:
    """The address with its numbers and parameter values taken out: pages made by one script share it."""
    parts = urlsplit(url)
    path = _NUMBER.sub("0", _HEX.sub("0", parts.path))
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return f"{parts.hostname}{path}?{'&'.join(names)}"


def endless(url: str) -> str | None:
    """``path`` when the path repeats itself or is deeper than any, ``parameters`` when there are too many; or None."""
    parts = urlsplit(url)
    if parts.path.count("/") > _MAX_SEGMENTS or _REPEATED.search(parts.path + "/"):
        return "path"
    if parts.query.count("&") >= _MAX_PARAMS:
        return "parameters"
    return None


def beyond(url: str, today: date) -> str | None:
    """``calendar`` when a list page is of a month after the next one, or of before the web; or None."""
    parts = urlsplit(url)
    given = parse_qsl(parts.query)
    month = next((v for k, v in given if k.lower() in _MONTH_KEYS and v.isdecimal()), "1")
    found = list(_PATH_MONTH.finditer(parts.path))
    found += [m for k, v in given if k.lower() in _YEAR_KEYS and (m := _PARAM_MONTH.match(v))]
    last = today.year * 12 + today.month + 1
    for told in found:
        year = int(told[1])
        if year < _FIRST_YEAR or year * 12 + min(int(told[2] or month[:4]), 12) > last:
            return "calendar"
    return None
