"""Lists that are answered as data: JSON of list endpoints, and HTML or records wrapped in it.

No endpoint's field names are fixed here: a list is the longest array of objects that each carry a link and a title.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from crawler.lists.listing import ArticleTest, Link, Listing
from crawler.lists.pager import counted_up
from crawler.lists.pages import date_of, read_page

_LINK_KEYS = ("url", "urls", "link", "href", "docpuburl", "puburl", "skipurl", "skip_url", "pageurl", "linkurl")
_TITLE_KEYS = ("title", "doctitle", "ltitle", "name", "showtitle", "subject", "headline")
_DATE_KEYS = (
    "ptime",
    "pubdate",
    "publishdate",
    "publishedtimestr",
    "docreltime",
    "date",
    "time",
    "pubtime",
    "createtime",
)
_OFFSET = re.compile(r"/(\d+)-(\d+)(\.html)$")  # …/all/0-20.html: 20 records from the first on
_TAG = re.compile(r"<[^>]+>")
# Where a page's script names the endpoint that fills its list.
_ENDPOINT = re.compile(
    r"""['"](?P<url>(?:https?:)?/[^'"\s<>]*?(?:queryList|dataproxy\.jsp|/common/search/|/page/build/unit|getDocList)[^'"\s<>]*)['"]"""
)
_MAX_DEPTH = 6


def read_answer(text: str, url: str, is_article: ArticleTest | None = None) -> Listing | None:
    """The articles of a JSON (or JSONP) answer; None when the text is neither, or holds no list."""
    data = _loaded(text)
    if data is None:
        return None
    rows = max(_arrays(data), key=len, default=[])
    links = [link for row in rows if (link := _link(row, url))]
    articles = tuple({link.url: link for link in links if is_article is None or is_article(link.url)}.values())
    if articles:
        return Listing(articles, _next(url), basis="json")
    if links:
        return Listing(basis="json")
    markup = max((s for s in _strings(data) if "<a" in s and "href" in s), key=len, default="")
    if markup:
        page = read_page(markup, url, is_article)
        return Listing(page.articles, page.next or (_next(url) if page.articles else None), basis="json")
    return Listing(basis="json")


def endpoints(text: str, url: str) -> tuple[str, ...]:
    """Addresses of list endpoints that a page's markup or scripts name."""
    found = (urljoin(url, html.unescape(m["url"])) for m in _ENDPOINT.finditer(text))
    return tuple(dict.fromkeys(found))


def records(text: str) -> str:
    """The markup inside a page's data records (``<record><![CDATA[…]]></record>``), empty when it has none."""
    return "\n".join(re.findall(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", text, re.S))


def _next(url: str) -> str | None:
    if found := _OFFSET.search(url):
        start, size, ext = int(found[1]), int(found[2]), found[3]
        return f"{url[: found.start()]}/{start + size}-{size}{ext}" if size else None
    return counted_up(url)


def _loaded(text: str) -> Any:
    body = text.strip().lstrip("\ufeff")
    if body.endswith((")", ");")) and (jsonp := re.match(r"^[\w.$]+\s*\((.*)\)\s*;?$", body, re.S)):
        body = jsonp[1]
    if not body.startswith(("{", "[")):
        return None
    try:
        return json.loads(body, strict=False)
    except (ValueError, RecursionError):
        return None


def _arrays(data: Any, depth: int = 0) -> Iterator[list[dict[str, Any]]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, list):
        rows = [row for row in data if isinstance(row, dict)]
        if rows and any(_field(_flat(row), _LINK_KEYS) and _field(_flat(row), _TITLE_KEYS) for row in rows):
            yield rows
    children = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for child in children:
        yield from _arrays(child, depth + 1)


def _link(row: dict[str, Any], base: str) -> Link | None:
    fields = _flat(row)
    address, title = _field(fields, _LINK_KEYS), _field(fields, _TITLE_KEYS)
    if not address or not title:
        return None
    if address.startswith("{"):  # some systems give {"common": "/art/…"} as a string
        inner = _loaded(address)
        address = next((v for v in inner.values() if isinstance(v, str)), "") if isinstance(inner, dict) else ""
    url = urljoin(base, address)
    if not url.startswith(("http://", "https://")):
        return None
    return Link(url, html.unescape(_TAG.sub("", title)).strip(), date_of(url, _field(fields, _DATE_KEYS) or ""))


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """The row's fields, and below them those of objects in it, by lower-case name."""
    fields = {k.lower(): v for inner in row.values() if isinstance(inner, dict) for k, v in inner.items()}
    return fields | {k.lower(): v for k, v in row.items()}


def _field(fields: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next((v for n in names if isinstance(v := fields.get(n), str) and v.strip()), None)


def _strings(data: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif depth <= _MAX_DEPTH and isinstance(data, dict | list):
        for child in data.values() if isinstance(data, dict) else data:
            yield from _strings(child, depth + 1)
