"""List pages in, links to articles out: HTML lists, their pagers, JSON endpoints, feeds and sitemaps."""

from __future__ import annotations

from collections.abc import Callable

from crawler.lists.answers import endpoints, read_answer, records
from crawler.lists.feeds import read_feed
from crawler.lists.listing import Link, Listing
from crawler.lists.pages import columns, feed_links, links, looks_like_article, looks_like_list, read_page

__all__ = [
    "Link",
    "Listing",
    "columns",
    "feed_links",
    "links",
    "looks_like_article",
    "looks_like_list",
    "read_list",
]


def read_list(content: bytes, text: str, url: str, is_article: Callable[[str], bool] | None = None) -> Listing:
    """Read one list page: ``content`` as fetched, ``text`` the same decoded, ``url`` where it came from.

    ``is_article`` tells an article by its URL; without it the structure of the page does. Never raises on bad input: a
    page without a list is an empty Listing.
    """
    if answer := read_answer(text, url, is_article):
        return answer
    head = content[:400].lstrip().lower()
    is_xml = head.startswith((b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"<rdf"))
    if is_xml and (feed := read_feed(content, url, is_article)):
        return feed
    page = read_page(text + records(text), url, is_article)
    if page.basis == "shape":
        return page
    return Listing(page.articles, page.next, endpoints(text, url), page.basis)
