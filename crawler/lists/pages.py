"""HTML list pages: which links are articles, by the shape of their URLs or by the run of alike rows they stand in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html

from crawler.lists.listing import ArticleTest, Link, Listing
from crawler.lists.pager import next_page

# Dates as lists print them and as content systems put them into URLs.
_PRINTED = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
_IN_URL = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/]?(\d{1,2})[-/]?(\d{2})(?!\d)")
# URL paths that content systems give to articles: a long number, a date, a TRS name, a named script with an id.
_ARTICLE_PATH = re.compile(
    r"(?:/t20\d{6}_\d+|/art_\d|/content_\d|/20\d\d[-/]?\d\d[-/]?\d\d?/|/20\d{4}/|\d{5,}[^/]*\.s?html?$"
    r"|/(?=\w*\d[A-Za-z]+\d)[0-9A-Za-z]{9,}(?:\.s?html?)?$"
    r"|/[0-9A-Za-z]*\d{4,}\.(?:s?html?|aspx?|jsp|php)$|(?:id|ID)=\d{2,}|/c\d{4,}/|/\d{6,}/?$|/[0-9a-f]{16,}\.s?html?$)"
)
_LIST_PATH = re.compile(r"/(?:index|list|node|more|channel|col\d+)[\w-]*(?:\.\w+)?$|/$|/[A-Za-z]\w*$")
_NOT_A_PAGE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|mp[34]|apk|exe|css|js|xml|rss)$", re.I)
_ENDS = re.compile(r"</(?:html|body)\s*>", re.I)
_CHROME_TAGS = frozenset({"nav", "footer", "header"})
_MIN_TITLE = 8  # characters: shorter link texts are menus
_MIN_ROWS = 3
# Bounds that no honest list meets, so that no page takes long.
_MAX_ANCHORS = 20_000
_MAX_ROW_DEPTH, _MAX_ROW_LINKS, _MAX_ROW_TEXT = 8, 8, 2_000


@dataclass(frozen=True, slots=True)
class _Anchor:
    url: str
    title: str
    row: str  # text of the row around the link
    place: str  # path of tags and classes: rows of one list share it


def read_page(text: str, url: str, is_article: ArticleTest | None = None) -> Listing:
    """The articles and the next page of an HTML list page.

    With ``is_article`` the shape of the URL decides; where it finds nothing (a new layout), and without it, runs of
    alike rows with long titles on the same site do.
    """
    root = parse(text)
    if root is None:
        return Listing()
    base = urljoin(url, str(root.xpath("string(//base/@href)")))
    anchors = list(_anchors(root, base))
    chosen = [a for a in anchors if is_article(a.url)] if is_article else []
    basis = "shape" if chosen else "structure"
    if not chosen:
        chosen = _rows(anchors, url)
    articles = tuple(_distinct(chosen, url))
    return Listing(articles, next_page(root, text, base), basis=basis if articles else "none")


def parse(text: str) -> html.HtmlElement | None:
    """The tree of an HTML text, None when there is nothing in it."""
    text = _ENDS.sub("", text)  # a stray </html> in mid-page would end the tree there
    try:
        return html.fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def columns(text: str, url: str) -> tuple[Link, ...]:
    """Same-site links with short texts that look like list pages (columns, more-links): for a site without a map."""
    root = parse(text)
    if root is None:
        return ()
    host = _site(url)
    found: dict[str, Link] = {}
    for a in _anchors(root, url):
        if _site(a.url) == host and 2 <= len(a.title) <= _MIN_TITLE and a.url != url and looks_like_list(a.url):
            found.setdefault(a.url, Link(a.url, a.title))
    return tuple(found.values())


def links(text: str, url: str) -> tuple[str, ...]:
    """Every address that the page links to, once, in order; documents and pictures left out."""
    root = parse(text)
    return tuple(dict.fromkeys(a.url for a in _anchors(root, url))) if root is not None else ()


def feed_links(text: str, url: str) -> tuple[str, ...]:
    """The feeds that a page names in its head."""
    root = parse(text)
    if root is None:
        return ()
    found = root.xpath("//link[@rel='alternate'][contains(@type, 'rss') or contains(@type, 'atom')]/@href")
    return tuple(dict.fromkeys(urljoin(url, str(href)) for href in found))


def looks_like_article(url: str) -> bool:
    """Whether the path looks as content systems name articles."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return _ARTICLE_PATH.search(target) is not None and not _NOT_A_PAGE.search(parts.path)


def looks_like_list(url: str) -> bool:
    """Whether the path looks like a column's front page."""
    return _LIST_PATH.search(urlsplit(url).path) is not None and not looks_like_article(url)


def date_of(url: str, row: str = "") -> str | None:
    """The date of a listed article: as printed in its row, else as in its URL."""
    for found in (_PRINTED.search(row), _IN_URL.search(urlsplit(url).path)):
        if found:
            try:
                return date(*map(int, found.groups())).isoformat()
            except ValueError:
                continue
    return None


def _anchors(root: html.HtmlElement, base: str) -> Iterator[_Anchor]:
    for a in islice(root.iter("a"), _MAX_ANCHORS):
        href = (a.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        try:
            url = urldefrag(urljoin(base, href)).url
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname or _NOT_A_PAGE.search(parts.path):
            continue
        text = _squeezed(a)
        title = a.get("title", "").strip() if text.endswith(("…", "...")) or not text else text
        yield _Anchor(url, title or text, _row(a), _place(a))


def _rows(anchors: list[_Anchor], url: str) -> list[_Anchor]:
    """The links of every run of alike rows: long titles, same site, most of them distinct."""
    host = _site(url)
    groups: dict[str, list[_Anchor]] = defaultdict(list)
    for a in anchors:
        if _site(a.url) == host and a.url.rstrip("/") != url.rstrip("/"):
            groups[a.place].append(a)
    rows = {a.url for group in groups.values() if _is_list(group) for a in group if _is_row(a)}
    shaped = {
        a.url for a in anchors if len(a.title) >= _MIN_TITLE and _site(a.url) == host and looks_like_article(a.url)
    }
    return [a for a in anchors if a.url in rows | shaped]


def _is_row(anchor: _Anchor) -> bool:
    return len(anchor.title) >= _MIN_TITLE or (len(anchor.title) > 3 and looks_like_article(anchor.url))


def _is_list(group: list[_Anchor]) -> bool:
    titles = {a.url: a.title for a in group}
    most = 0.6 * len(titles)
    long = sum(len(t) >= _MIN_TITLE for t in titles.values())
    pages = sum(not looks_like_list(u) for u in titles)
    dated = sum(date_of(a.url, a.row) is not None for a in group)
    return len(titles) >= _MIN_ROWS and long >= most and (pages >= most or dated >= len(group) / 2)


def _distinct(anchors: list[_Anchor], page_url: str) -> Iterator[Link]:
    best: dict[str, _Anchor] = {}
    for a in anchors:
        known = best.get(a.url)
        # A picture and a headline may carry the same link: the longer text is the title.
        if known is None or len(a.title) > len(known.title):
            best[a.url] = a
    best.pop(page_url, None)
    for a in best.values():
        yield Link(a.url, a.title, date_of(a.url, a.row))


def _row(a: html.HtmlElement) -> str:
    """Text of the widest ancestor that holds no other link target, where a list prints the date."""
    href, row = a.get("href"), a
    for ancestor in islice(a.iterancestors(), _MAX_ROW_DEPTH):
        links = list(islice(ancestor.iter("a"), _MAX_ROW_LINKS + 1))
        if ancestor.tag in ("body", "html") or len(links) > _MAX_ROW_LINKS or any(b.get("href") != href for b in links):
            break
        row = ancestor
    return _squeezed(row)[:_MAX_ROW_TEXT]


def _place(a: html.HtmlElement) -> str:
    steps = [a, *a.iterancestors()]
    if any(step.tag in _CHROME_TAGS for step in steps):
        return "chrome"
    return "/".join(f"{step.tag}.{step.get('class', '').strip()}" for step in steps[1:4]) + f"#{len(steps)}"


def _site(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.")


def _squeezed(element: html.HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
