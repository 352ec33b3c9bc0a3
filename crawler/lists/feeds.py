"""RSS, Atom and sitemaps: the lists a site publishes for machines."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from lxml import etree

from crawler.lists.listing import ArticleTest, Link, Listing
from crawler.lists.pages import looks_like_article

_CHINA = ZoneInfo("Asia/Shanghai")


def read_feed(content: bytes, url: str, is_article: ArticleTest | None = None) -> Listing | None:
    """The articles of a feed or a sitemap (whose index names further ones in ``lists``); None when it is neither."""
    try:
        # No entities, no network: a feed is untrusted XML.
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(content.strip(), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or not isinstance(root.tag, str):
        return None
    name = etree.QName(root).localname.lower()
    if name == "sitemapindex":
        maps = [(_text(s, "lastmod") or "", _text(s, "loc")) for s in root if isinstance(s.tag, str)]
        newest_first = [loc for _, loc in sorted(maps, key=lambda m: m[0], reverse=True) if loc]
        return Listing(lists=tuple(urljoin(url, loc) for loc in newest_first), basis="sitemap")
    if name == "urlset":
        found = [link for u in root if isinstance(u.tag, str) and (link := _mapped(u, url))]
        is_article = is_article or looks_like_article  # a map names every page of the site
        found.sort(key=lambda link: link.date or "", reverse=True)
        basis = "sitemap"
    elif name in ("rss", "feed", "rdf"):
        entries = [e for e in root.iter() if isinstance(e.tag, str) and etree.QName(e).localname in ("item", "entry")]
        found = [link for e in entries if (link := _entry(e, url))]
        basis = "feed"
    else:
        return None
    return Listing(tuple(link for link in found if is_article is None or is_article(link.url)), basis=basis)


def _mapped(entry: etree._Element, base: str) -> Link | None:
    address = _text(entry, "loc")
    day = _day(_text(entry, "publication_date") or _text(entry, "lastmod"))
    return Link(urljoin(base, address), _text(entry, "title") or "", day) if address else None


def _entry(entry: etree._Element, base: str) -> Link | None:
    address = _text(entry, "link") or next(
        (e.get("href") for e in entry if isinstance(e.tag, str) and etree.QName(e).localname == "link"
         and e.get("rel", "alternate") == "alternate"), None)  # fmt: skip
    if not address:
        return None
    day = next((d for n in ("pubDate", "published", "date", "updated") if (d := _day(_text(entry, n)))), None)
    return Link(urljoin(base, address.strip()), _text(entry, "title") or "", day)


def _text(element: etree._Element, name: str) -> str | None:
    for child in element.iter():
        if isinstance(child.tag, str) and etree.QName(child).localname == name and child.text and child.text.strip():
            return str(child.text.strip())
    return None


def _day(text: str | None) -> str | None:
    """The day in China of an ISO or mail-style time."""
    if not text:
        return None
    if len(text) >= 10 and text[4] == "-" and text[7] == "-":
        return text[:10]
    try:
        return parsedate_to_datetime(text).astimezone(_CHINA).date().isoformat()
    except ValueError:
        return None
