"""Articles over several pages: the link to the next one, and the pages joined.

A pager's 下一页 leads to the same article's next file (``t_1.html`` → ``t_1_2.html``, ``?page=2``); 下一篇 leads to
another article and never counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from crawler.model import Article, Page, Repair
from crawler.reading.dom import Element, parse
from crawler.reading.profile import SiteProfile
from crawler.reading.read import read

_NEXT = re.compile(r"^[\s\[(【<]*(?:下一?[页頁]|后一?[页頁]|阅读下一?页|next(?: page)?|›|»|>{1,2})[\s\])】>»]*$", re.I)
_PART = re.compile(r"^(?P<stem>.*?)(?:[_\-](?P<number>\d{1,3}))?(?P<ext>\.\w{2,6})?$")
_PAGE_KEYS = frozenset({"page", "p", "pn", "pageno", "pageindex", "cpage", "currentpage"})
_PAGE_KEY = re.compile(rb"[?&;](?:" + "|".join(sorted(_PAGE_KEYS)).encode() + rb")$", re.I)
_LAST_OF_KEYS = frozenset(key[-1:].encode() for one in _PAGE_KEYS for key in (one, one.upper()))
_LONGEST_KEY = max(map(len, _PAGE_KEYS)) + 1
_STOPPED = re.compile(r"[。！？!?；;：:”’」』）)…]$")


def may_go_on(content: bytes, url: str) -> bool:
    """Whether a page's bytes can hold a link for :func:`next_page`: told without parsing, so a yes is never sure."""
    stem = _article_of(url)[0][2]
    if not stem or not stem.isascii() or "%" in stem or b"\x00" in content[:1000]:
        return True
    name = stem.encode()
    if name in content and (name + b"_" in content or name + b"-" in content):
        return True
    # told by what stands before each = sign: a search through all bytes takes four times as long
    named = content.split(b"=")[:-1]
    return any(before[-1:] in _LAST_OF_KEYS and _PAGE_KEY.search(before[-_LONGEST_KEY:]) for before in named)


def next_page(html: str | Element, url: str) -> str | None:
    """The URL of the next page of the same article, None when this is its last (or only) one."""
    tree = parse(html) if isinstance(html, str) else html
    if tree is None:
        return None
    here, number = _article_of(url)
    numbered: dict[int, str] = {}
    for link in tree.iter("a"):
        label = "".join(link.itertext()).strip()[:40]
        following = link.get("rel") == "next" or _NEXT.match(label)
        if not following and not label.strip("[]()【】第页 ").isdecimal():
            continue
        target = _target(link, url)
        if target is None or target == urldefrag(url).url:
            continue
        article, page = _article_of(target)
        if article != here or page <= number:
            continue
        if following:
            return target
        numbered[page] = target
    return numbered.get(number + 1)


def join_pages(pages: Sequence[Page], profile: SiteProfile | None = None) -> Article:
    """Read the pages of one article, in order, as one; metadata is the first page's, repairs and links are everyone's.

    Raises :class:`crawler.reading.ReadingError` when a page cannot be read, ValueError for no page at all.
    """
    if not pages:
        raise ValueError("no page to join")
    articles = [read(page, profile) for page in pages]
    first = articles[0]
    repairs: dict[tuple[str, bool], int] = {}
    for article in articles:
        for one in article.repairs:
            repairs[one.kind, one.exact] = repairs.get((one.kind, one.exact), 0) + one.count
    return replace(
        first,
        text=_joined([article.text for article in articles]),
        original=_joined([article.original for article in articles]),
        author=tuple(dict.fromkeys(name for article in articles for name in article.author)),
        attachments=tuple(dict.fromkeys(file for article in articles for file in article.attachments)),
        repairs=tuple(Repair(kind, count, exact) for (kind, exact), count in sorted(repairs.items())),
        replacement_chars=sum(article.replacement_chars for article in articles),
        warnings=tuple(dict.fromkeys(warning for article in articles for warning in article.warnings)),
    )


def _joined(texts: Sequence[str]) -> str:
    """One text: a sentence cut by the page break goes on in its line."""
    whole = ""
    for text in texts:
        whole += ("\n" if _STOPPED.search(whole) else "") + text
    return whole


def _article_of(url: str) -> tuple[tuple[str, ...], int]:
    """What names the article in a URL, without its page number, and that number (1 when none is given)."""
    parts = urlsplit(url)
    directory, _, name = parts.path.rpartition("/")
    query = parse_qsl(parts.query)
    paged = [value for key, value in query if key.lower() in _PAGE_KEYS and value.isdecimal()]
    rest = tuple(f"{key}={value}" for key, value in query if key.lower() not in _PAGE_KEYS)
    match = _PART.match(name)
    assert match is not None
    number = int(match["number"]) if match["number"] else 1
    return (parts.netloc.lower(), directory, match["stem"], match["ext"] or "", *rest), int(
        paged[0]
    ) if paged else number


def _target(link: Element, url: str) -> str | None:
    href = (link.get("href") or "").strip()
    if not href or len(href) > 2_000 or href.lower().startswith(("javascript:", "#", "mailto:")):
        return None
    try:
        target = urldefrag(urljoin(url, href)).url
        same = urlsplit(target).hostname == urlsplit(url).hostname
    except ValueError:
        return None
    return target if same else None
