"""What a portal is: the few facts that tell one from another. Declarations only, no behaviour of crawling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was different on pages published before a day: shape of article or list URLs, body selector (None = not)."""

    before: date
    article: str | None = None
    listing: str | None = None
    body: str | None = None


@dataclass(frozen=True)
class Portal:
    """One portal.

    ``article`` and ``listing`` are regular expressions searched in an URL's path and query (``/dy/article/X.html``,
    ``/list.asp?id=3``): what a page of each kind looks like. ``start_urls`` are its newest list pages, further ones are
    found through the pager. ``body`` is a CSS selector of the article body, for the rare site where the generic reader
    needs one; ``earlier`` says what was different before which day, so old pages stay readable. ``mirrors`` says that
    the same article paths are served by other hosts as well. ``home`` is the adcode of the publisher's jurisdiction
    (None = the whole country). ``verified`` is the day a person last saw the declaration hold on the live site (None =
    never). A scheduled harvest looks at it not sooner than ``min_interval`` hours after the last look, and not later
    than ``max_interval`` hours, a week at most. ``render`` says that its pages are built by scripts, so a browser must
    build them (``pip install 'duikou[render]'``).
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
    body: str | None = None
    earlier: tuple[Earlier, ...] = ()
    note: str = ""
    min_interval: float = 1.0
    max_interval: float = 72.0
    render: bool = False

    def owns(self, url: str) -> bool:
        """Whether the URL is on one of the portal's hosts."""
        return (urlsplit(url).hostname or "") in self.hosts

    def is_article(self, url: str) -> bool:
        """Whether the URL looks like an article of this portal, of any time (on any host when it has mirrors)."""
        return (self.mirrors or self.owns(url)) and _any(self._articles, url)

    def is_listing(self, url: str) -> bool:
        """Whether the URL looks like a list page of this portal, of any time."""
        return self.owns(url) and _any(self._listings, url) and not self.is_article(url)

    def bodies(self, published: date | None) -> tuple[str, ...]:
        """The body selectors to try: the one in force on the day of publication; without a day all, newest first."""
        newest_first = sorted(self.earlier, key=lambda one: one.before, reverse=True)
        if published is not None:
            held = [one for one in newest_first if published < one.before and one.body]
            newest_first, current = held[-1:], None if held else self.body
        else:
            current = self.body
        found = (current, *(one.body for one in newest_first))
        return tuple(dict.fromkeys(one for one in found if one))

    @cached_property
    def _articles(self) -> tuple[re.Pattern[str], ...]:
        return _compiled(self.article, *(one.article for one in self.earlier))

    @cached_property
    def _listings(self) -> tuple[re.Pattern[str], ...]:
        return _compiled(self.listing, *(one.listing for one in self.earlier))


def _compiled(*patterns: str | None) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one) for one in patterns if one is not None)


def _any(patterns: tuple[re.Pattern[str], ...], url: str) -> bool:
    target = _target(url)
    return any(pattern.search(target) for pattern in patterns)


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
