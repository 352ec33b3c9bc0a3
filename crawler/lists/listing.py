"""The records of list reading: a link to an article, and what one list page holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

ArticleTest = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an article: absolute URL, title as listed, date (ISO) where the list or the URL states one."""

    url: str
    title: str = ""
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One list page: its articles in order, the next page of the same list, other lists it leads to.

    ``basis`` says how the articles were told from other links: ``shape`` (of their URLs), ``structure`` (a run of alike
    rows), ``json``, ``feed``, ``sitemap`` or ``none``.
    """

    articles: tuple[Link, ...] = ()
    next: str | None = None
    lists: tuple[str, ...] = ()
    basis: str = "none"
