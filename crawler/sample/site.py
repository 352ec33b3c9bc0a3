"""Which URL of the sample answers what on which day: lists, articles, robots.txt, old addresses, dead links."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from crawler.sample.articles import FOLDER, SampleArticle, sample_articles
from crawler.sample.render import Entry, Listing, render_article, render_list

PRACTICE = "www.lsxz.example"
"""A site that no portal is declared for, the same on every day: what docs/add-a-portal.md practises on."""

SHANGHAI = timezone(timedelta(hours=8))
_KINDS = {".txt": "text/plain", ".json": "application/json"}


@dataclass(frozen=True, slots=True)
class Resource:
    """One answer: status, headers in order, body bytes, and how long the server takes over it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    delay: float = 0.0


@cache
def hosts() -> frozenset[str]:
    """Every host the sample answers for."""
    return frozenset({PRACTICE, *(host for portal in portals() for host in portal["robots"])})


@cache
def portals() -> tuple[dict[str, Any], ...]:
    """The portals' settings, from ``portals/*.toml``."""
    return tuple(tomllib.loads(file.read_text("utf-8")) for file in sorted((FOLDER / "portals").glob("*.toml")))


def lookup(url: str, day: int) -> Resource:
    """What the URL answers on a day, 404 for unknown paths of our hosts; scheme and fragment make no difference."""
    return _web(day).get(_key(url)) or _notice(404, "您访问的页面不存在或已被删除")


def article_url(article: SampleArticle) -> str:
    """Where the portal (or its mirror) publishes the article."""
    portal = next(portal for portal in portals() if portal["name"] == article.portal)
    pattern: str = portal["mirror_article" if article.mirror else "article"]
    return pattern.format(id=article.id)


def _key(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


@cache
def _web(day: int) -> dict[str, Resource]:
    pages = _practice()
    for portal in portals():
        for host, rules in portal["robots"].items():
            pages[f"{host}/robots.txt"] = Resource(200, (("Content-Type", "text/plain"),), rules.encode())
        shown = [now for article in sample_articles(portal["name"]) if (now := article.on(day))]
        for article in shown:
            pages[_key(article_url(article))] = _article(portal, article, shown)
        for article in sample_articles(portal["name"]):
            if article.gone and day > 1:
                pages[_key(article_url(article))] = _notice(article.gone, "该文章已被删除")
        for address, id_ in portal.get("moved", {}).items():
            target = portal["article"].format(id=id_)
            pages[_key(address)] = Resource(301, (("Location", target), ("Content-Type", "text/html")), b"")
        for listing in portal["lists"]:
            for odd in listing.get("odd", ()):
                if odd.get("forbidden"):
                    pages[_key(odd["url"])] = _notice(200, odd["title"])
            pages |= _list_pages(portal, listing, shown)
        if "home" in portal:
            pages[_key(portal["home"])] = pages[_key(portal["lists"][0]["first"])]
    return pages


def _practice() -> dict[str, Resource]:
    """The practice site: files as they are."""
    root = FOLDER / "practice"
    pages = {}
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        kind = _KINDS.get(file.suffix, "text/html")
        path = file.relative_to(root).as_posix().removesuffix("index.html")
        pages[f"{PRACTICE}/{path}"] = Resource(200, (("Content-Type", f"{kind}; charset=utf-8"),), file.read_bytes())
    return pages


def _article(portal: dict[str, Any], article: SampleArticle, shown: list[SampleArticle]) -> Resource:
    neighbours = [_entry(portal, other) for other in shown if other.id != article.id][:6]
    body = render_article(portal, article, article_url(article), neighbours)
    changed = (article.edited or article.published).replace(tzinfo=SHANGHAI)
    return _page(portal, body, changed, delay=article.delay)


def _list_pages(portal: dict[str, Any], listing: dict[str, Any], shown: list[SampleArticle]) -> dict[str, Resource]:
    """The pages of one list: five entries each, the portal's odd links (dead, forbidden, moved) among the articles."""
    wanted = [
        article for article in shown if listing["holds"] == "all" or article.mirror == (listing["holds"] == "mirror")
    ]
    entries = [_entry(portal, article) for article in wanted]
    odd = [Entry(e["url"], e["title"], datetime.fromisoformat(e["published"])) for e in listing.get("odd", ())]
    entries = sorted(entries + odd, key=lambda entry: entry.published, reverse=True)
    size = listing["size"]
    batches = [entries[i : i + size] for i in range(0, len(entries), size)]
    if listing.get("ends_empty"):
        batches.append([])
    pages: dict[str, Resource] = {}
    urls = [_list_url(listing, page) for page in range(1, len(batches) + 1)]
    for page, batch in enumerate(batches, 1):
        body = render_list(portal, Listing(listing["template"], tuple(urls), page, tuple(batch)))
        changed = max((entry.published for entry in batch), default=datetime(2020, 1, 1)).replace(tzinfo=SHANGHAI)
        pages[_key(urls[page - 1])] = _page(portal, body, changed, kind=listing.get("type", "text/html"))
    return pages


def _list_url(listing: dict[str, Any], page: int) -> str:
    pattern: str = listing["first" if page == 1 else "next"]
    return pattern.format(page=page, before=page - 1, offset=(page - 1) * listing["size"])


def _entry(portal: dict[str, Any], article: SampleArticle) -> Entry:
    return Entry(article_url(article), article.title, article.published, article.source, article.id)


def _page(
    portal: dict[str, Any], body: bytes, changed: datetime, *, kind: str = "text/html", delay: float = 0.0
) -> Resource:
    charset = portal["header_charset"]
    headers = (
        ("Content-Type", f"{kind}; charset={charset}" if charset else kind),
        ("Last-Modified", format_datetime(changed.astimezone(UTC), usegmt=True)),
        ("ETag", f'"{hashlib.sha256(body).hexdigest()[:16]}"'),
    )
    return Resource(200, headers, body, delay)


def _notice(status: int, message: str) -> Resource:
    """A page of one line: an error, or an article that robots.txt keeps back."""
    body = f'<html><head><meta charset="utf-8"><title>{status}</title></head><body><h1>{message}</h1></body></html>'
    return Resource(status, (("Content-Type", "text/html; charset=utf-8"),), body.encode())
