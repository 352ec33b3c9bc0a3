"""The one recipe: a fetched page in, an article with its cooperation events and figures out.

Live crawl, archive replay, ``scrapy extract`` and worker processes all call :func:`recipe`, so the same bytes, site
profile and code version (installed extractors included) give the same record, byte for byte. It does no I/O and
pickles at both ends.
"""

from __future__ import annotations

from typing import NamedTuple

from crawler.dedup import Prepared, prepare
from crawler.extractors import extended
from crawler.model import Article, Page, Record
from crawler.reading import PageSketch, SiteProfile, join_pages, learn, read


class Learnt(NamedTuple):
    """A record, what its page can teach of its site (None: nothing), and what comparing it with others begins with."""

    record: Record
    sketch: PageSketch | None
    prepared: Prepared


def recipe(page: Page, profile: SiteProfile | None = None, *, keep_private: bool = False) -> Record:
    """Read ``page`` and code its events; the events mask names of beneficiaries and pupils unless ``keep_private``.

    Raises :class:`crawler.reading.ReadingError` when nothing can be read from it (empty, not text, over the size cap).
    """
    article = join_pages([page, *page.further], profile) if page.further else read(page, profile)
    return _coded(page, article, keep_private)


def recipe_and_sketch(page: Page, profile: SiteProfile | None = None, *, keep_private: bool = False) -> Learnt:
    """The recipe, and the page's sketch if its site can still learn from it; raises as :func:`recipe` does."""
    if page.further:
        record, sketch = recipe(page, profile, keep_private=keep_private), None
    else:
        reading = learn(page, profile)
        record, sketch = _coded(page, reading.article, keep_private), reading.sketch
    return Learnt(record, sketch, prepare(record))


def _coded(page: Page, article: Article, keep_private: bool) -> Record:
    from crawler.events import extract  # late: where workers read, the program itself never codes an event

    extraction = extract(article, home=page.home, keep_private=keep_private)
    return extended(Record(article, extraction.relevant, extraction.events, extraction.figures))
