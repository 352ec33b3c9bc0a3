"""What a portal is: the few facts that tell one from another. Declarations only, no behaviour of crawling."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Body:
    """A CSS selector of the article body, for pages published on or after ``valid_from`` (None = always)."""

    selector: str
    valid_from: date | None = None


@dataclass(frozen=True)
class Portal:
    """One portal.

    ``article`` and ``listing`` are regular expressions searched in an URL's path and query (``/dy/article/X.html``,
    ``/list.asp?id=3``): what a page of each kind looks like. ``start_urls`` are its newest list pages, further ones are
    found through the pager. ``mirrors`` says that the same article paths are served by other hosts as well. ``home`` is
    the adcode of the publisher's jurisdiction (None = the whole country). ``verified`` is the day a person last saw the
    declaration hold on the live site (None = never). A scheduled harvest looks at it not sooner than ``min_interval``
    hours after the last look, and not later than ``max_interval`` hours, a week at most. ``render`` says that its pages
    are built by scripts, so a browser must build them (``pip install 'duikou[render]'``).
    """

    name: str
    title: str
    hosts: tuple[str, ...]
    start_urls: tuple[str, ...]
    article: str
    listing: str
    home: str | None = None
    mirrors: bool = False
    verified: date | None = None
    body: tuple[Body, ...] = field(default=())
    note: str = ""
    min_interval: float = 1.0
    max_interval: float = 72.0
    render: bool = False

    def owns(self, url: str) -> bool:
        """Whether the URL is on one of the portal's hosts."""
        return (urlsplit(url).hostname or "") in self.hosts

    def is_article(self, url: str) -> bool:
        """Whether the URL looks like an article of this portal (on any host when it has mirrors)."""
        return (self.mirrors or self.owns(url)) and self._article.search(_target(url)) is not None

    def is_listing(self, url: str) -> bool:
        """Whether the URL looks like a list page of this portal."""
        return self.owns(url) and self._listing.search(_target(url)) is not None and not self.is_article(url)

    def body_selector(self, published: date | None) -> str | None:
        """The body selector valid on a date of publication; the newest one when the date is unknown."""
        for body in sorted(self.body, key=lambda b: b.valid_from or date.min, reverse=True):
            if published is None or body.valid_from is None or body.valid_from <= published:
                return body.selector
        return None

    @cached_property
    def _article(self) -> re.Pattern[str]:
        return re.compile(self.article)

    @cached_property
    def _listing(self) -> re.Pattern[str]:
        return re.compile(self.listing)


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
