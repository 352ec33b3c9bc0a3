"""The next page of a list: plain links, numbered pagers, and the scripts of Chinese content systems."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

from lxml import html

_NEXT = re.compile(r"^[\s\[(【]*(?:下一页|下一頁|下页|下頁|后一页|后页|next(?: page)?)[\s\])】>»›]*$", re.I)
_ARROW = re.compile(r"^[>»›]{1,2}$")  # also "more" and breadcrumbs: counts only beside the page it stands on
# createPageHTML(total, current, "index", "shtml"): current counts from 0; with an element's id in front, from 1.
_CREATE = re.compile(
    r"""createPageHTML\s*\(\s*(?P<id>['"][^'"]*['"]\s*,\s*)?(?P<total>\d+)\s*,\s*(?P<current>\d+)\s*,"""
    r"""\s*['"](?P<name>[^'"]*)['"]\s*,\s*['"](?P<ext>\w+)['"]"""
)
# The older inline form: var currentPage = 0; var countPage = 12; … "index_" + n + ".html"
_CURRENT = re.compile(r"var\s+currentPage\s*=\s*(\d+)")
_COUNT = re.compile(r"var\s+countPage\s*=\s*(\d+)")
_INDEX = re.compile(r"""['"](?P<name>[\w/.-]*?)_['"]\s*\+.{0,60}?['"]\.(?P<ext>s?html?)['"]""", re.S)
_NEXT_GROUP = re.compile(r"<nextgroup>.*?href=[\"']([^\"']+)[\"']", re.S | re.I)
_PAGE_KEYS = ("page", "pageno", "pagenum", "pageindex", "current", "currentpage", "_page", "p", "pn", "pageid")


def next_page(root: html.HtmlElement, text: str, url: str) -> str | None:
    """The URL of the next page of the list, None on its last page."""
    return _linked(root, url) or _scripted(text, url) or _numbered(root, url) or _grouped(text, url)


def counted_up(url: str) -> str | None:
    """The same URL with its page number one up, None when no query parameter is a page number."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    for i, (key, value) in enumerate(query):
        if key.lower() in _PAGE_KEYS and value.isdecimal():
            query[i] = (key, str(int(value) + 1))
            return urlunsplit(parts._replace(query=urlencode(query)))
    return None


def _linked(root: html.HtmlElement, url: str) -> str | None:
    for link in root.xpath("//link[@rel='next'][@href] | //a[@rel='next'][@href]"):
        if found := _target(link, url):
            return found
    for a in root.iter("a"):
        label = "".join(a.itertext()).strip() or (a.get("title") or "")
        named = len(label) <= 12 and _NEXT.match(label)
        if (named or _ARROW.match(label)) and (found := _target(a, url)) and (named or _folder(found) == _folder(url)):
            return found
    return None


def _scripted(text: str, url: str) -> str | None:
    if call := _CREATE.search(text):
        first = 1 if call["id"] else 0
        total, current = int(call["total"]), int(call["current"])
        following = current + 1
        if following >= total + first:
            return None
        # The file of the page at position p (from 0) is index_p; counted from 1 it is index_(p+1).
        return urljoin(url, f"{call['name']}_{following}.{call['ext']}")
    current_page, count = _CURRENT.search(text), _COUNT.search(text)
    if current_page and count and int(current_page[1]) + 1 < int(count[1]):
        name = _INDEX.search(text)
        stem, ext = (name["name"], name["ext"]) if name else ("index", "html")
        return urljoin(url, f"{stem}_{int(current_page[1]) + 1}.{ext}")
    return None


def _numbered(root: html.HtmlElement, url: str) -> str | None:
    """In a row of numbers the current page is the one that is no link (or leads here); the next number follows it."""
    pagers: dict[html.HtmlElement, dict[int, str]] = {}
    for a in root.iter("a"):
        label = "".join(a.itertext()).strip().strip("[]()【】")
        if label.isdecimal() and len(label) <= 4:
            parent = a.getparent()
            box = parent.getparent() if parent is not None and parent.tag in ("li", "span", "td") else parent
            target = _target(a, url, itself=True)
            if box is not None and target:
                pagers.setdefault(box, {})[int(label)] = target
    for numbers in pagers.values():
        if max(numbers) > 10000 or (len(numbers) < 2 and 2 not in numbers):
            continue
        here = [n for n, target in numbers.items() if target == urldefrag(url).url]
        missing = [n for n in range(1, max(numbers) + 1) if n not in numbers]
        inside = [n for n in missing if n + 1 in numbers]
        current = here[0] if here else inside[0] if inside else 1 if 1 not in numbers else None
        if current is not None and current + 1 in numbers:
            return numbers[current + 1]
    return None


def _grouped(text: str, url: str) -> str | None:
    """Hanweb's jpage: the list's data names the address of the next group of records."""
    found = _NEXT_GROUP.search(text)
    return urljoin(url, found[1].replace("&amp;", "&")) if found else None


def _folder(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[0]


def _target(a: html.HtmlElement, url: str, itself: bool = False) -> str | None:
    href = (a.get("href") or "").strip()
    if not href or href.startswith(("javascript:", "#")):
        return None
    target = urldefrag(urljoin(url, href)).url
    same_host = urlsplit(target).hostname == urlsplit(url).hostname
    return target if same_host and (itself or target != urldefrag(url).url) else None
