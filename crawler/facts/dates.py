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
    for item in expressions(scanned, odd_days(scanned.flat, published)):
        if isinstance(item, Word):
            resolved, rule = resolve_word(item, context), item.rule
        else:
            resolved, rule = resolve_atom(item, context), _rule(item)
        if resolved is None:
            continue
        start, end = item.start, item.end
        context.note(resolved, start)
        context.note_dateline(resolved, start, end)
        first, last, precision, basis, _ = resolved
        mentions.append(_dated(start, end, text[start:end], first, last, precision, basis, rule))
    return mentions


_dated = maker(DateMention)


def _rule(atom: Atom) -> str:
    """``until:year`` (截至), ``since:month`` (自 … 起, … 以来) or ``written:day``."""
    return ("until:" if atom.until else "since:" if atom.since else "written:") + grain(atom)
