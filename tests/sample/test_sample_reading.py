"""The reader on every sample page, against facts written by hand beside the articles."""

from __future__ import annotations

import difflib
import re
import unicodedata

import pytest

from crawler.model import Article, Page
from crawler.reading import read
from crawler.sample.articles import Expected, SampleArticle, sample_articles
from crawler.sample.site import article_url, lookup

# What the reader is known to get wrong, by test and page; a row goes when its page is right.
OPEN: dict[str, set[str]] = {name: set() for name in ("title", "published", "source", "authors", "body", "chrome")}
OPEN["authors"] = {"44120317", "43801122"}  # the issuer is glued to the first sentence
_READ: dict[str, Article] = {}


def pages(test: str) -> pytest.MarkDecorator:
    """All sample articles as parameters; the open misses of ``test`` are expected to fail."""
    miss = pytest.mark.xfail(reason="open miss of the reader")
    rows = [
        pytest.param(article, id=f"{article.portal}-{article.id}", marks=[miss] if article.id in OPEN[test] else [])
        for article in sample_articles()
    ]
    return pytest.mark.parametrize("article", rows)


def reading(article: SampleArticle) -> Article:
    """What the reader makes of the page as it first appears, without a site profile."""
    if article.id not in _READ:
        url = article_url(article)
        resource = lookup(url, article.first_day)
        _READ[article.id] = read(Page(url=url, content=resource.body, headers=resource.headers))
    return _READ[article.id]


def accepted(facts: Expected, field: str) -> list[str | None]:
    return [facts[field], *facts.get("also", {}).get(field, [])]


def plain(text: str | None) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


@pages("title")
def test_title(article: SampleArticle) -> None:
    assert plain(reading(article).title) == plain(article.expected()["title"])


@pages("published")
def test_published(article: SampleArticle) -> None:
    published = reading(article).published
    assert published in accepted(article.expected(), "published")


@pages("source")
def test_source(article: SampleArticle) -> None:
    assert reading(article).source in accepted(article.expected(), "source")


@pages("authors")
def test_authors(article: SampleArticle) -> None:
    wanted = list(dict.fromkeys(byline["name"] for byline in article.expected()["author"] or ()))
    assert list(dict.fromkeys(byline.name for byline in reading(article).author)) == wanted


@pages("body")
def test_body_starts_and_ends_where_it_should(article: SampleArticle) -> None:
    text, facts = plain(reading(article).text), article.expected()
    assert any(text.startswith(plain(first)) for first in accepted(facts, "body_first"))
    assert text.endswith(plain(facts["body_last"]))


@pages("chrome")
def test_no_chrome_in_the_body(article: SampleArticle) -> None:
    text = plain(reading(article).text)
    assert [snippet for snippet in article.expected()["chrome"] if plain(snippet) in text] == []


@pages("body")
def test_nothing_is_lost_between_the_ends(article: SampleArticle) -> None:
    facts = article.expected()
    text, whole = plain(reading(article).text), plain("".join(article.body).replace("‖", ""))
    if article.portal == "wenku365":
        whole = whole[whole.index(text[:20]) :]
    if "gloss" in article.damage:
        assert difflib.SequenceMatcher(None, text, whole, autojunk=False).ratio() > 0.97, facts["id"]
    else:
        assert text == whole
