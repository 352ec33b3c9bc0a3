"""A survey of files: a saved list page and saved articles, instead of a live site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from crawler.lists.pages import parse
from crawler.model import Page
from crawler.reading import ReadingError, read
from crawler.scouting.survey import ListPage, Survey, listed, text_of

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->")  # what browsers write

_OWN = "//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"


def survey_files(name: str, url: str, files: Sequence[Path]) -> Survey:
    """The first file is the list page at ``url``, the others are articles. Raises OSError.

    An article's address is the one it names itself, else that of the list's link with its title.
    """
    survey = Survey(name, url)
    first = Page(url, files[0].read_bytes())
    survey.lists.append(ListPage(first, listed(first)))
    for file in files[1:]:
        page = Page("", file.read_bytes())
        address = next(_addresses(page, survey), None)
        if address is None:
            survey.problems.append(f"{file}: names no address of its own and no title of the list; left out")
        else:
            survey.articles.append(Page(address, page.content))
    return survey


def _addresses(page: Page, survey: Survey) -> Iterator[str]:
    text = text_of(page)
    if found := _SAVED_FROM.search(text[:4000]):
        yield found[1]
    root = parse(text)
    named = root.xpath(_OWN) if root is not None else ()
    yield from (full for one in named if urlsplit(full := urljoin(survey.url, str(one))).hostname)
    try:
        title = read(page).title
    except ReadingError:
        return
    listing = survey.lists[0].listing
    yield from (link.url for link in listing.articles if title and _same(link.title, title))


def _same(one: str, other: str) -> bool:
    """Whether a list's title, which may be cut, is the article's."""
    short = one.rstrip("….").strip()
    return len(short) > 3 and "".join(other.split()).startswith("".join(short.split()))
