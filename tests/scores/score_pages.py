"""Columns read from the page itself: authors, script and reprint notes, on the pages of the bundled sample.

What is wanted is what was written into each page. The reader was tuned on these pages: no score of unseen ones.
"""

from __future__ import annotations

from score_events import Tally

from crawler.model import Page
from crawler.reading import read
from crawler.sample.articles import SampleArticle, sample_articles
from crawler.sample.site import article_url, lookup

NAMES = ("authors", "scripts", "reprints")


def scores() -> list[dict[str, Tally]]:
    """The tallies of every sample page, by name."""
    return [_score(article) for article in sample_articles()]


def _score(sample: SampleArticle) -> dict[str, Tally]:
    """Authors count with their roles; simplified pages are not counted, as they are the rule."""
    url = article_url(sample)
    resource = lookup(url, sample.first_day)
    got = read(Page(url=url, content=resource.body, headers=resource.headers))
    authors = {(byline["role"], byline["name"]) for byline in sample.expected()["author"] or ()}
    return {
        "authors": _tally(authors, {(byline.role, byline.name) for byline in got.author}),
        "scripts": _tally({sample.script} - {"simplified"}, {got.script} - {"simplified"}),
        "reprints": _tally(_origins(sample), {got.reprinted_from} - {None}),
    }


def _origins(sample: SampleArticle) -> set[str]:
    """The outlet behind 转自, or that of a closing 来源 where the head of the page shows another one."""
    closing = {line.removeprefix("来源:") for line in sample.footer if line.startswith("来源:")}
    return {sample.origin} - {""} or (closing - {sample.source} if sample.source and sample.dated else set())


def _tally(wanted: set[object], got: set[object]) -> Tally:
    return Tally(len(wanted & got), len(got), len(wanted))
