"""The months in which news without a day (近日, 日前) happened: those just before the page came out."""

from __future__ import annotations

from datetime import date, timedelta

from crawler.events.draft import When
from crawler.facts.present_year import present_year
from crawler.facts.tables import flatten

_LAG = timedelta(days=14)  # papers tell what happened within two weeks as 近日


def lately_before(published: str | None, text: str) -> When | None:
    """Return when the undated news of a page was, in whole months; None when nothing tells its year.

    The month of ``published`` and, early in it, the one before; without a page date the year the text itself names.
    """
    try:
        day = date.fromisoformat(published or "")
    except ValueError:
        return _in_year(published, text)
    first, last = f"{day - _LAG:%Y-%m}", f"{day:%Y-%m}"
    return When(first, last, "month" if first == last else "range", rule="undated news: the page date (published)")


def _in_year(published: str | None, text: str) -> When | None:
    if published and published[:4].isdecimal():
        return When(
            published, published, "month" if len(published) == 7 else "year", rule="undated news: the page date"
        )
    year = None if published else present_year(flatten(text))
    return When(str(year), str(year), "year", rule="undated news: the year the text names") if year else None
