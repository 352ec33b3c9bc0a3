"""What is looked at to draft a portal: list pages and their second pages, a few articles; which to look at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.lists import Link, Listing, columns, read_list
from crawler.model import Page
from crawler.reading import decode
from crawler.scouting.shapes import article_shape, matcher

MAX_LISTS, MAX_ARTICLES = 2, 3
_FRONT = ("", "/", "/index.html", "/index.htm", "/index.shtml", "/index.asp", "/index.php", "/index.jsp")
# Words in the name of a column or a title, by how much they promise.
_AID = ("扶贫", "帮扶", "协作", "支援", "援疆", "援藏", "援青", "合作交流", "乡村振兴", "对口", "结对")
_NEWS = ("要闻", "动态", "新闻", "资讯", "时政", "报道", "快讯")


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list page and what stands on it; ``behind`` is the page whose script fills its list from this one, if any."""

    page: Page
    listing: Listing
    behind: str | None = None

    @property
    def start(self) -> str:
        """Where a harvest begins: the page a reader sees, which leads to the data behind it."""
        return self.behind or self.page.url


@dataclass(slots=True)
class Survey:
    """What was seen of a site; ``problems`` holds a line for each page that could not be had or read."""

    name: str
    url: str
    front: Page | None = None
    lists: list[ListPage] = field(default_factory=list)
    seconds: dict[str, ListPage] = field(default_factory=dict)
    """The second page of a list, by the first one's address."""
    articles: list[Page] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def text_of(page: Page) -> str:
    """The page decoded, its charset judged from the bytes."""
    return decode(page.content, page.headers).text if isinstance(page.content, bytes) else page.content


def listed(page: Page) -> Listing:
    """The page read as a list, by structure: there is no declared shape yet."""
    content = page.content if isinstance(page.content, bytes) else page.content.encode()
    return read_list(content, text_of(page), page.url)


def is_front(url: str) -> bool:
    """Whether the address is a site's front page, not one of its columns."""
    parts = urlsplit(url)
    return parts.path.lower() in _FRONT and not parts.query


def best_columns(page: Page) -> tuple[str, ...]:
    """The columns of a front page that promise news of assistance, else news; none when their names promise neither."""
    found = columns(text_of(page), page.url)
    for words in (_AID, _NEWS):
        named = tuple(one.url for one in found if any(word in one.title for word in words))
        if named:
            return named[:MAX_LISTS]
    return ()


def best_articles(links: Sequence[Link]) -> tuple[str, ...]:
    """The articles to look at: of the commonest shape of address, those whose titles speak of assistance first."""
    shape = article_shape([link.url for link in links])
    fits = matcher(shape) if shape is not None else lambda url: True
    ranked = sorted(links, key=lambda link: (not fits(link.url), not any(word in link.title for word in _AID)))
    return tuple(dict.fromkeys(link.url for link in ranked))[:MAX_ARTICLES]
