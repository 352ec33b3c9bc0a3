"""By which rule a field was read from a page, and what has become of its place on another page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.lists import Listing, read_list
from crawler.model import Page
from crawler.portals import known
from crawler.reading import Explanation, ReadingError, decode, explain_reading
from crawler.reading.blocks import squeeze
from crawler.reading.claims import published_claims
from crawler.reading.dom import Element, parse
from crawler.reading.profile import find_path, path_of

Field = str
"""``title``, ``published``, ``source``, ``text``, or of a list page ``articles``."""

_SHOWN = 80
_NAMED = ("meta", "url", "script", "json-ld")
"""Bases that are no place in the page's body."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a field was read: its value, the kind of rule, the line it stood in and that line's element as a path."""

    field: Field
    value: str
    basis: str
    line: str | None
    path: str | None

    def told(self) -> str:
        """The rule in one line."""
        place = f" in the line “{self.line}” at {self.path}" if self.line and self.path else ""
        place = f" at {self.path}" if self.path and not self.line else place
        return f"{self.basis}{place}"


def rule_of(field: Field, page: Page) -> Rule | None:
    """Tell by which rule today's code reads ``field`` from ``page``; None when it does not."""
    if field == "articles":
        return _list_rule(page)
    try:
        explanation = explain_reading(page)
    except ReadingError:
        return None
    article = explanation.article
    value, basis = {
        "title": (article.title, "the heading"),
        "published": (article.published, article.published_basis),
        "source": (article.source, article.source_basis),
        "text": (article.text[:_SHOWN], " + ".join(explanation.opinions)),
    }[field]
    if not value:
        return None
    if field == "text":
        return Rule(field, value, basis or "", None, explanation.container)
    line = None if basis in _NAMED else _line(field, value, explanation)
    return Rule(field, value, basis or "", line, _place(line, page) if line else None)


def listing_of(page: Page) -> Listing:
    """Read a list page as the harvest of its portal does."""
    portal = known(page.portal)
    shape = portal.is_article if portal else None
    content = page.content if isinstance(page.content, bytes) else page.content.encode()
    return read_list(content, _decoded(page), page.url, shape)


def standing(path: str, page: Page) -> str | None:
    """Return the text that stands at ``path`` on a page now, None when no element (or more than one) has that path."""
    tree = _tree(page)
    element = find_path(tree, path) if tree is not None else None
    return None if element is None else " ".join("".join(element.itertext()).split())[:_SHOWN]


def _list_rule(page: Page) -> Rule | None:
    listing = listing_of(page)
    if not listing.articles:
        return None
    first, tree = listing.articles[0], _tree(page)
    links = tree.iter("a") if tree is not None else ()
    titled = (link for link in links if first.title and squeeze(first.title) in _text(link))
    place = next((path_of(link) for link in titled), None)
    return Rule("articles", f"{len(listing.articles)} articles", f"links by {listing.basis}", first.title, place)


def _line(field: Field, value: str, explanation: Explanation) -> str | None:
    head: Iterable[str] = explanation.head
    if field == "published":
        return next((line for line in head if any(published_claims([line]))), None)
    return next((line for line in head if value in line), None)


def _place(line: str, page: Page) -> str | None:
    """The path of the innermost element that holds the line."""
    tree, wanted = _tree(page), squeeze(line)
    body = tree.find("body") if tree is not None else None
    if body is None or not wanted:
        return None
    element = body
    while (inner := next((child for child in element if wanted in _text(child)), None)) is not None:
        element = inner
    return None if element is body else path_of(element)


def _text(element: Element) -> str:
    return squeeze("".join(element.itertext())) if isinstance(element.tag, str) else ""


def _tree(page: Page) -> Element | None:
    return parse(_decoded(page))


def _decoded(page: Page) -> str:
    content = page.content
    return decode(content, page.headers).text if isinstance(content, bytes) else content
