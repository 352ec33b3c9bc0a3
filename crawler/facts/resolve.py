"""Which day, month or year a time expression means: from the page date, its own markers, or the date before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from crawler.facts.bare_days import month_beside, month_told_later, month_within, named_month, recent_month
from crawler.facts.calendar import iso, last_day, month_shifted, next_month, parts, shifted
from crawler.facts.expressions import Atom, Word
from crawler.facts.numbers import numeral
from crawler.facts.present_year import NAMED, sums_up, year_labelled, year_marked, year_reached
from crawler.facts.records import DateBasis
from crawler.model import Precision


class Resolved(NamedTuple):
    """First and last day as far as known, how precise, and how the year was found."""

    start: str | None
    end: str | None
    precision: Precision
    basis: DateBasis
    anchor: bool = True  # may later words (当天, 21日) refer to it?


@dataclass
class Context:
    """What is known of the present and of the dates named so far."""

    flat: str
    published: str | None
    present: tuple[int, DateBasis] | None  # the year the text calls 今年
    last: Resolved | None = None
    last_at: int = 0
    last_day: Resolved | None = None
    last_day_at: int = 0
    scene: Resolved | None = None  # the last day that opens a sentence: what happens 当天 happens on it
    today: str | None = None  # the day of a dateline (本报7月9日讯), which 今天 means
    dated: int | None = None  # the year of the last day written with its year
    years: list[tuple[int, int]] = field(default_factory=list)  # position, year written out
    month: Resolved | None = (
        None  # the month that stands alone on the last such line: 二月, above the days of a chronicle
    )
    labelled: int | None = None  # the year that papers signed and events held are named by, where nothing else tells

    @classmethod
    def of(cls, flat: str, published: str | None) -> Context:
        """The context at the beginning of a text."""
        year = parts(published)[0] if published and _DATED.match(published) else None
        if year is not None:
            return cls(flat, published, (year, "published"))
        if marked := year_marked(flat):
            return cls(flat, None, (marked, "text marker"))
        return cls(flat, None, None, labelled=year_labelled(flat))

    def note(self, resolved: Resolved, at: int) -> None:
        """Remember a date for the words that refer to it."""
        if not resolved.anchor or resolved.start is None:
            return
        self.last, self.last_at = resolved, at
        year, _, day = parts(resolved.start)
        if day is not None:
            self.last_day, self.last_day_at = resolved, at
            if self.scene is None or _OPENING.search(self.flat, max(0, at - 24), at):
                self.scene = resolved
        if resolved.basis in ("explicit", "text marker") and year is not None:
            self.years.append((at, year))
            if day is not None and resolved.basis == "explicit":
                self.dated = year

    def note_heading(self, resolved: Resolved, start: int, end: int) -> None:
        """Remember a month alone on its line, which heads the bare days below it (二月 / 21日 …)."""
        flat = self.flat
        if (
            resolved.precision == "month"
            and flat[start - 1 : start] in ("", "\n")
            and flat[end : end + 1] in ("", "\n")
        ):
            self.month = resolved

    def note_dateline(self, resolved: Resolved, start: int, end: int) -> None:
        """Remember the day of a dateline."""
        if (
            resolved.precision == "day"
            and _WIRE.match(self.flat, end)
            and _AGENCY.search(self.flat, max(0, start - 16), start)
        ):
            self.today = resolved.start

    def now(self) -> tuple[int, DateBasis] | None:
        """The year of 今年: fixed for the text, else that of the last full date written out."""
        if self.present is not None:
            return self.present
        if self.dated is not None:
            return self.dated, "preceding date"
        return None if self.labelled is None else (self.labelled, "text marker")

    def year_before(self, at: int) -> int | None:
        """The last year written out earlier in the same sentence."""
        if not self.years:
            return None
        where, year = self.years[-1]
        return year if self._together(where, at) else None

    def _together(self, earlier: int, later: int) -> bool:
        return later - earlier <= _REACH and not _SENTENCE_END.search(self.flat, earlier, later)

    def year_behind(self, at: int) -> int | None:
        """The first year written out later in the same sentence (2月14日,2023年“春风行动”招聘会)."""
        stop = _SENTENCE_END.search(self.flat, at, at + _REACH)
        found = _FULL_YEAR.search(self.flat, at, stop.start() if stop else at + _REACH)
        return int(found.group()) if found else None

    def year_told_on(self, atom: Atom) -> int | None:
        """1996年9月23日,… 。10月15日,…: a story told on keeps its year while its months go on, within a paragraph."""
        told = self.last_day
        year, month, day = parts(told.start) if told is not None and told.basis == "explicit" else (None, None, None)
        near = atom.start - self.last_day_at <= _STORY and "\n" not in self.flat[self.last_day_at : atom.start]
        return year if near and day and month and month <= (atom.month or 0) else None

    def day_before(self, at: int) -> Resolved | None:
        """The date whose month a bare day (``26日``) takes: of the same sentence, else the scene's, else the last."""
        if self.month is not None and self.flat[at - 1 : at] == "\n":
            return self.month
        # 10月26日电:2023年…活动26日举行: a year alone in between tells no month
        if self.last is not None and self._together(self.last_at, at) and parts(self.last.start)[1] is not None:
            return self.last
        return self.scene or self.last_day or self.last

    def same_day(self, at: int) -> Resolved | None:
        """The day that 当天 means: the last one of the same sentence, else the scene's."""
        if self.last_day is not None and self._together(self.last_day_at, at):
            return self.last_day
        return self.scene or self.last_day


_STORY = 120  # characters between two days of one story
_REACH = 600
"""No sentence reaches further: bounds the look around a date on pages without full stops."""

_DATED = re.compile(r"\d{4}")
_SENTENCE_END = re.compile(r"[。!?？\n]")
_OPENING = re.compile(r"(?:^|[。!?？\n\r])[\s\d”\"、.()]{0,8}(?:(?:本报|新华社|记者)[\u3400-\u9fff]{0,8})?$")
_AGENCY = re.compile(r"(?:本报|本网|新华社|中新社|中新网|人民网|[日晚早时商导快]报|社|网)[\u3400-\u9fff]{0,8}\s?$")
_WIRE = re.compile(r"\s?(?:讯|电(?![力网视影话商信动子站厂缆]))")
_FULL_YEAR = re.compile(rf"(?<![\d.])(?:19|20)\d\d(?=年(?![底末初至到以]|度)|{NAMED})")


def resolve_atom(atom: Atom, context: Context) -> Resolved | None:
    """A written date or range; None when its day does not exist."""
    year, basis = _year_of(atom, context)
    month = atom.month
    if atom.day is not None and month is None:
        base = context.day_before(atom.start)
        known = parts(base.start) if base else (None, None, None)
        if atom.month_word and atom.month_word != "当月" and context.published and parts(context.published)[1]:
            year, month, basis = named_month(context.published, atom.month_word)
        elif known[1] is not None:
            basis = "preceding date" if year is None else basis
            year, month = month_within(base and base.start, base and base.end, atom.day)
            basis = base.basis if base and base.basis != "explicit" else "preceding date"
        elif context.published and parts(context.published)[1] is not None:
            year, month, basis = recent_month(context.published, atom.day)
        else:
            month = month_told_later(context.flat, atom.end, atom.day)
    start = iso(year, month, atom.day)
    if start is None:
        return None
    end = start
    if atom.last is not None:
        tail = atom.last
        last_year = tail.year if tail.year is not None else year
        last_month = tail.month if tail.month is not None else month
        if tail.month is None and month is not None and (tail.day or 31) <= _TURN < (atom.day or 0) - _TURN:
            last_year, last_month = next_month(last_year, month)  # 31日至1日
        found = iso(last_year, last_month, tail.day)
        if found is None:
            return None
        end = found
        if atom.year is None and tail.year is None and end < start and year is not None and tail.month is not None:
            end = iso(year + 1, last_month, tail.day) or start  # 12月30日至1月2日
        elif end < start:
            end = start
    first, last, precision = _narrowed(start, end, atom)
    if atom.until:
        return Resolved(None, last, "period", basis)
    if atom.suffix:
        return Resolved(first, context.published, "period", basis, anchor=not atom.since)
    return Resolved(first, last, precision, basis, anchor=not atom.since)


_TURN = 10  # days around the end of a month within which a range without a second month crosses it


def _year_of(atom: Atom, context: Context) -> tuple[int | None, DateBasis]:
    if atom.year is not None:
        return atom.year, "explicit"
    if atom.last is not None and atom.last.year is not None:
        return atom.last.year, "explicit"
    if atom.year_word:
        return _word_year(atom.year_word, context)
    if atom.month is None and atom.day is not None:
        return None, "none"  # inherits month and year together
    written = context.year_before(atom.start)
    if written is not None:
        return written, "preceding date"
    if (told := context.year_told_on(atom)) is not None:
        return told, "preceding date"
    if context.present is not None and context.present[1] == "published" and context.published:
        return _nearest_year(atom, context), "published"
    if context.present is not None:
        return context.present
    behind = context.year_behind(atom.end)
    if behind is not None:
        # 1月8日电: 2023年 … 2024年,…将 …: a review printed when the next year has begun
        return behind + (atom.month == 1 and sums_up(context.flat, behind)), "text marker"
    if context.years:
        return context.years[-1][1], "preceding date"
    if context.labelled is not None and atom.month is not None and 1 < atom.month < 12:
        return context.labelled, "text marker"  # in December and January it may be the next year's paper, or the last's
    if atom.month is not None and (reached := year_reached(context.flat, atom.month)) is not None:
        return reached, "text marker"
    return None, "none"


_YEAR_WORDS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_PLANNED = re.compile(r"(?:将|拟|定)(?:于|在)$|计划(?:于|在)$|预计$")


def _word_year(word: str, context: Context) -> tuple[int | None, DateBasis]:
    now = context.now()
    if word in _YEAR_WORDS:
        if now is None:
            return None, "none"
        return now[0] + _YEAR_WORDS[word], now[1]
    known = parts(context.last.start)[0] if context.last else None
    if known is None:
        return (now[0], now[1]) if now and word == "当年" else (None, "none")
    return known + (1 if word in ("次年", "翌年") else 0), "preceding date"


def _nearest_year(atom: Atom, context: Context) -> int:
    """The year that puts a month and day just before the page date (or after it, when it is announced)."""
    year, month, day = parts(context.published)
    assert year is not None
    if month is None or atom.month is None:
        return year
    ahead = (atom.month - month) * 30 + ((atom.day or 1) - (day or 15))
    before = context.flat[max(0, atom.start - 4) : atom.start]
    if _PLANNED.search(before):
        return year + 1 if ahead < -180 else year
    return year - 1 if ahead > 60 else year


def _narrowed(start: str, end: str, atom: Atom) -> tuple[str, str, Precision]:
    """Apply 上旬, 底, 上半年 …; name the precision."""
    part = atom.part or ""
    year, month, day = parts(start)
    if day is not None:
        return start, end, "day" if start == end else "range"
    if part and month is None and start == end:
        whole = _year_part(part)
        if whole:
            first, last = (f"{start}-{m:02d}" for m in whole)
            return first, last, "month" if first == last else "period"
    if part and month is not None and year is not None and start == end:
        days = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, last_day(year, month))}.get(part)
        if days:
            return f"{start}-{days[0]:02d}", f"{start}-{days[1]:02d}", "range"
    if start != end:
        return start, end, "period"
    return start, end, "month" if month is not None else "year"


def _year_part(part: str) -> tuple[int, int] | None:
    if part.endswith("季度"):
        number = "一二三四".find(part.replace("第", "").replace("前", "")[0])
        return (1, number * 3 + 3) if part.startswith("前") else (number * 3 + 1, number * 3 + 3)
    return {
        "初": (1, 1), "年初": (1, 1), "底": (12, 12), "年底": (12, 12), "末": (12, 12), "年末": (12, 12),
        "上半年": (1, 6), "下半年": (7, 12), "元旦": (1, 1), "国庆": (10, 10),
    }.get(part)  # fmt: skip


def resolve_word(word: Word, context: Context) -> Resolved | None:
    """A time word of the table, or ``5年来``."""
    return _RULES[word.kind](word, context)


def _recent(word: Word, context: Context) -> Resolved:
    """近日: some day up to the page date, open otherwise."""
    return Resolved(None, context.published, "none", "published" if context.published else "none", anchor=False)


def _day(word: Word, context: Context) -> Resolved | None:
    today = context.today or context.published
    first, _, last = word.value.partition("/")  # 前昨两天: -2/-1
    moved = shifted(today, int(first)) if today else None
    end = shifted(today, int(last)) if today and last else moved
    if moved is None or end is None:
        return Resolved(None, None, "none", "none", anchor=False)
    return Resolved(moved, end, "day" if moved == end else "range", "published")


def _month(word: Word, context: Context) -> Resolved | None:
    year, month, _ = parts(context.published)
    if year is None or month is None:
        beside = month_beside(context.scene.start, int(word.value)) if context.scene and not word.suffix else None
        return Resolved(beside, beside, "month" if beside else "none", "none", anchor=False)
    value = "{:04d}-{:02d}".format(*month_shifted(year, month, int(word.value)))
    return Resolved(
        value, context.published if word.suffix else value, "period" if word.suffix else "month", "published"
    )


def _year(word: Word, context: Context) -> Resolved | None:
    now = context.now()
    if now is None:
        return Resolved(None, None, "none", "none", anchor=False)
    value = f"{now[0] + int(word.value):04d}"
    if word.suffix and word.value != "0":
        return Resolved(value, context.published, "period", now[1], anchor=False)
    return Resolved(value, value, "period" if word.suffix else "year", now[1], anchor=False)


def _same_day(word: Word, context: Context) -> Resolved | None:
    known = context.same_day(word.start)
    if known is None or known.start is None:
        return Resolved(None, None, "none", "none", anchor=False)
    days = int(word.value)
    base = known.end if days > 0 and known.end else known.start
    if known.start != known.end and not days:
        return Resolved(known.start, known.end, known.precision, "preceding date", anchor=False)
    if not days:
        return Resolved(base, base, "day", "preceding date")
    moved = shifted(base, days) or iso(*parts(base)[:2], (parts(base)[2] or 0) + days)
    return Resolved(moved, moved, "day" if moved else "none", "preceding date")


def _same_month(word: Word, context: Context) -> Resolved | None:
    year, month, _ = parts(context.last.start) if context.last else (None, None, None)
    if month is None:
        return Resolved(None, None, "none", "none", anchor=False)
    if year is not None:
        year, month = month_shifted(year, month, int(word.value))
    value = iso(year, month)
    return Resolved(value, value, "month", "preceding date")


def _same_year(word: Word, context: Context) -> Resolved | None:
    now = context.now()
    known = parts(context.last.start)[0] if context.last else None
    if known is None:
        if now is None or int(word.value):
            return Resolved(None, None, "none", "none", anchor=False)
        value = f"{now[0]:04d}"
        return Resolved(value, value, "year", now[1], anchor=False)
    value = f"{known + int(word.value):04d}"
    return Resolved(value, value, "year", "preceding date", anchor=False)


def _during(word: Word, context: Context) -> Resolved | None:
    known = context.last_day or context.last
    if known is None:
        return Resolved(None, None, "none", "none", anchor=False)
    return Resolved(known.start, known.end, known.precision, "preceding date", anchor=False)


def _plan(word: Word, context: Context) -> Resolved | None:
    first, last = word.value.split("/")
    if word.suffix:
        return Resolved(first, context.published, "period", "explicit", anchor=False)
    return Resolved(first, last, "period", "explicit", anchor=False)


def _years_back(word: Word, context: Context) -> Resolved | None:
    """``5年来``: five calendar years, the present one the last of them."""
    now = context.now()
    count_text, unit = word.value.split("/")
    count = int(numeral(count_text) or 0)
    if unit != "年":
        year, month, _ = parts(context.published)
        if year is None or month is None or not count:
            return Resolved(None, None, "none", "none", anchor=False)
        first = "{:04d}-{:02d}".format(*month_shifted(year, month, 1 - count))
        return Resolved(first, f"{year:04d}-{month:02d}", "period", "published", anchor=False)
    if now is None or not 0 < count < 100:
        return Resolved(None, None, "none", "none", anchor=False)
    year, basis = now
    return Resolved(f"{year - count + 1:04d}", f"{year:04d}", "period", basis, anchor=False)


_RULES = {
    "recent": _recent, "day": _day, "month": _month, "year": _year, "same-day": _same_day, "same-month": _same_month,
    "same-year": _same_year, "during": _during, "plan": _plan, "recent-years": _recent, "years-back": _years_back,
}  # fmt: skip
