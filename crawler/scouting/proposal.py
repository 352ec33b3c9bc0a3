"""From a survey to a declaration with its saved pages, and how sure each field of it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from crawler.lists import links, read_list
from crawler.model import Page, Record
from crawler.monitors.fixtures import skeleton_of
from crawler.portals import Portal
from crawler.reading import ReadingError
from crawler.recipe import recipe
from crawler.scouting.guess import Guess
from crawler.scouting.publisher import home_of, look, site_title
from crawler.scouting.shapes import article_shape, list_shape, matcher
from crawler.scouting.survey import ListPage, Survey, text_of


class SurveyError(Exception):
    """Nothing can be drafted from what was seen; one line with the cause and the remedy."""


@dataclass(frozen=True, slots=True)
class Case:
    """A saved page and what today's code reads from it, for a person to check."""

    name: str
    page: Page
    expected: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A drafted portal: its declaration, how each field was found, its cases, and what went wrong on the way."""

    portal: Portal
    guesses: tuple[Guess, ...]
    cases: tuple[Case, ...]
    problems: tuple[str, ...]


def propose(survey: Survey, home: str | None = None) -> Proposal:
    """Draft a portal; ``home`` (adcode) settles the jurisdiction. Raises SurveyError when no list of articles was seen.
    """  # fmt: skip
    lists = [one for one in survey.lists if one.listing.articles]
    shape = article_shape([link.url for one in lists for link in one.listing.articles])
    if shape is None:
        said = f"; {survey.problems[0]}" if survey.problems else ""
        raise SurveyError(f"{survey.url}: no list of articles found{said}; name one of the site's columns instead")
    pages = [survey.front, *(one.page for one in lists), *survey.articles]
    looks = [look(text_of(page), page.url) for page in pages if page is not None]
    host = urlsplit(lists[0].page.url).hostname or ""
    title = site_title(looks, host)
    code, home_guess = home_of(looks, title.value, host)
    if home is not None:
        code, home_guess = home, Guess("home", home, "sure", "given")
    portal = Portal(
        name=survey.name,
        title=title.value,
        hosts=_hosts(lists, shape),
        start_urls=tuple(one.start for one in lists),
        article=shape,
        listing=list_shape((one.start, one.listing.next) for one in lists),
        home=code,
    )
    records, problems = _read(survey.articles, portal)
    guesses = (
        title, _lists_guess(lists), _shape_guess(lists, portal), _next_guess(lists, survey.seconds), home_guess,
        *_article_guesses(records),
    )  # fmt: skip
    return Proposal(portal, guesses, tuple(_cases(lists, records, portal)), (*survey.problems, *problems))


def _hosts(lists: Sequence[ListPage], shape: str) -> tuple[str, ...]:
    """The hosts of lists and articles, each with and without ``www.``."""
    fits = matcher(shape)
    urls = [one.start for one in lists]
    urls += [link.url for one in lists for link in one.listing.articles if fits(link.url)]
    found = dict.fromkeys(host for url in urls if (host := urlsplit(url).hostname))
    twins = [host.removeprefix("www.") for host in found if host.startswith("www.")]
    return tuple(dict.fromkeys([*found, *twins]))


def _lists_guess(lists: Sequence[ListPage]) -> Guess:
    told = [f"{len(one.listing.articles)} articles by {one.listing.basis}" for one in lists]
    told += [f"which a script has from {one.page.url}" for one in lists if one.behind]
    return Guess("lists", " ".join(one.start for one in lists), "likely", ", ".join(told))


def _shape_guess(lists: Sequence[ListPage], portal: Portal) -> Guess:
    named = {link.url for one in lists for link in one.listing.articles}
    fitting = [url for url in named if portal.is_article(url)]
    own = {one.page.url for one in lists} | {one.listing.next for one in lists if one.listing.next}
    wrong = sorted(url for url in own if portal.is_article(url))
    others = {url for one in lists for url in links(text_of(one.page), one.page.url)} - named
    further = sum(portal.is_article(url) for url in others)
    why = f"fits {len(fitting)} of {len(named)} listed articles and {further} of {len(others)} other links"
    if wrong:
        return Guess("article", portal.article, "a guess", f"{why}; but also the list page {wrong[0]}")
    return Guess("article", portal.article, "sure" if len(fitting) == len(named) > 2 else "likely", why)


def _next_guess(lists: Sequence[ListPage], seconds: Mapping[str, ListPage]) -> Guess:
    following = next((one for one in lists if one.listing.next), None)
    if following is None:
        return Guess("next page", "", "unknown", "no pager found: one page, or a script's doing (try render=True)")
    second = seconds.get(following.page.url)
    if second is None:
        return Guess("next page", following.listing.next or "", "a guess", "not looked at")
    before = {link.url for link in following.listing.articles}
    fresh = [link for link in second.listing.articles if link.url not in before]
    said = f"holds {len(fresh)} further articles"
    return Guess("next page", following.listing.next or "", "sure" if fresh else "a guess", said)


def _read(articles: Sequence[Page], portal: Portal) -> tuple[list[tuple[Page, Record]], list[str]]:
    found, problems = [], []
    for article in articles:
        page = replace(article, home=portal.home, portal=portal.name)
        try:
            found.append((page, recipe(page)))
        except ReadingError as error:
            problems.append(str(error))
    return found, problems


def _article_guesses(records: Sequence[tuple[Page, Record]]) -> Iterator[Guess]:
    total = len(records)
    if not total:
        yield Guess("encoding", "", "unknown", "no article was read")
        return
    read = [record.article for _, record in records]
    lost = sum(article.replacement_chars for article in read)
    encodings = sorted({article.encoding or "unknown" for article in read})
    yield Guess("encoding", " ".join(encodings), "sure" if not lost else "a guess", f"{lost} characters lost")
    for name in ("published", "source"):
        values = [str(value) for article in read if (value := getattr(article, name))]
        commonest = Counter(values).most_common(1)[0][0] if values else ""
        sure = "sure" if len(values) == total else "likely" if values else "unknown"
        yield Guess(name, commonest, sure, f"found on {len(values)} of {total} articles")  # type: ignore[arg-type]
    relevant = sum(record.relevant for _, record in records)
    events = sum(len(record.events) for _, record in records)
    yield Guess("relevance", f"{events} events", "likely", f"{relevant} of {total} articles speak of paired assistance")


def _cases(lists: Sequence[ListPage], records: Sequence[tuple[Page, Record]], portal: Portal) -> Iterator[Case]:
    first = replace(lists[0].page, home=portal.home, portal=portal.name)
    assert isinstance(first.content, bytes)
    listing = read_list(first.content, text_of(first), first.url, portal.is_article)
    yield Case("list", _plain(first), {"articles": [link.url for link in listing.articles]})
    for number, (page, record) in enumerate(records, 1):
        yield Case(f"article-{number}", _plain(page), skeleton_of(record))


def _plain(page: Page) -> Page:
    """The page with the one header that its reading needs."""
    return replace(page, headers=tuple((k, v) for k, v in page.headers if k.lower() == "content-type"))
