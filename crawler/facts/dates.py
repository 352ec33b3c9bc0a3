"""Dates and periods: what a text says about when, resolved as far as it allows."""

from __future__ import annotations

from crawler.facts.expressions import Atom, Word, expressions, grain
from crawler.facts.odd_days import odd_days
from crawler.facts.records import DateMention
from crawler.facts.resolve import Context, resolve_atom, resolve_word
from crawler.facts.tables import Scan, scan
from crawler.places.making import maker


def find_dates(text: str, *, published: str | None = None) -> list[DateMention]:
    """All time expressions of ``text`` in order; ``published`` is the page's date (ISO, a part will do)."""
    return dates_in(scan(text), published)


def dates_in(scanned: Scan, published: str | None) -> list[DateMention]:
    """``find_dates`` on a text already scanned."""
    text, context = scanned.text, Context.of(scanned.flat, published)
    mentions: list[DateMention] = []
    gloss: tuple[int, int] | None = None  # where a day in brackets begins, and whose gloss it is
    for item in expressions(scanned, odd_days(scanned.flat, published)):
        if isinstance(item, Word):
            resolved, rule = resolve_word(item, context), item.rule
        else:
            resolved, rule = resolve_atom(item, context), _rule(item)
        if resolved is None:
            continue
        end = item.end
        start = max(item.start, text.rfind("\n", item.start, end - 1) + 1)  # 二月, and 21日 below it
        if gloss is not None and start == gloss[0] and resolved.precision == "day":  # 昨天(11月29日)
            told = mentions[gloss[1]]
            mentions[gloss[1]] = _dated(
                told.start, told.end, told.quote, resolved.start, resolved.end, "day", resolved.basis, told.rule
            )
        gloss = (end + 1, len(mentions)) if _is_glossed(item, text) else None
        context.note(resolved, start)
        context.note_dateline(resolved, start, end)
        context.note_heading(resolved, start, end)
        first, last, precision, basis, _ = resolved
        mentions.append(_dated(start, end, text[start:end], first, last, precision, basis, rule))
    _share_year(mentions)
    return mentions


def _share_year(mentions: list[DateMention]) -> None:
    """A lead printed twice tells its day once without a year: the year inferred for the same day is that of both."""
    years = {
        m.date_start[5:]: m for m in mentions if m.date_start and m.basis == "text marker" and m.precision == "day"
    }
    for at, m in enumerate(mentions) if years else ():
        known = years.get(m.date_start[2:]) if m.date_start and m.date_start[:1] == "-" else None
        if known is not None and m.precision == "day":
            mentions[at] = _dated(m.start, m.end, m.quote, known.date_start, known.date_end, "day", known.basis, m.rule)


_dated = maker(DateMention)


def _is_glossed(item: Atom | Word, text: str) -> bool:
    """Whether 昨天, 今天 or 当天 is told in brackets right behind it."""
    return isinstance(item, Word) and item.kind in ("day", "same-day") and text[item.end : item.end + 1] in ("(", "（")


def _rule(atom: Atom) -> str:
    """``until:year`` (截至), ``since:month`` (自 … 起, … 以来) or ``written:day``."""
    return ("until:" if atom.until else "since:" if atom.since else "written:") + grain(atom)
