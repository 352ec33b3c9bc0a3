"""Mentions as they are compared: read back from the database, with the links between them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, or_, select, union, update

from crawler.dedup import Telling
from crawler.dedup.details import Details
from crawler.model import Event
from crawler.store.coding import event_from_text
from crawler.store.schema import articles, event_sources, mention_links, mentions
from crawler.store.statements import Statement, among, from_json, listed, spelt


@dataclass(frozen=True, slots=True)
class Mention:
    """A stored telling: its row number, the content its article has, the event it belongs to.

    ``wanted`` are the hashed blocking keys to look up for a new one.
    """

    number: int
    content: int
    telling: Telling
    event_id: str | None
    wanted: frozenset[int] = frozenset()


def of_articles(connection: Connection, articles_: Iterable[str]) -> list[Mention]:
    """Return the mentions of these articles."""
    return _mentions(_OF_ARTICLES, connection, articles=listed(articles_))


def of_events(connection: Connection, events: Iterable[str]) -> list[Mention]:
    """Return the mentions that make up these events."""
    return _mentions(_OF_EVENTS, connection, events=listed(events))


def near(connection: Connection, numbers: Iterable[int], contents: Iterable[int]) -> list[Mention]:
    """Return mentions by their numbers, and those of the articles that have one of the contents."""
    return _mentions(_NEAR, connection, mentions=listed(numbers), contents=listed(contents))


class Link(NamedTuple):
    """How alike two mentions are, and whether better links are known to join them."""

    score: float
    spare: bool


def links_among(connection: Connection, numbers: Iterable[int], *, spare: bool) -> dict[tuple[int, int], Link]:
    """Return the links among these mentions, the ``spare`` ones only if asked for."""
    held = {*numbers}
    statement = _FROM if spare else _NEEDED  # asked for both ends, SQLite would try every pair
    rows = statement.rows(connection, mentions=listed(held))
    return {(a, b): Link(score, bool(is_spare)) for a, b, score, is_spare in rows if b in held}


def mark_spare(connection: Connection, pairs: Collection[tuple[int, int]], *, spare: bool) -> None:
    """Note of links whether they are spare."""
    _MARKED.many(connection, [{"one": a, "other": b, "spare": spare} for a, b in sorted(pairs)])


def neighbours(connection: Connection, numbers: Collection[int]) -> set[int]:
    """Return the other mentions that these are linked to."""
    return {end for pair in _LINKED.rows(connection, mentions=listed(numbers)) for end in pair} - {*numbers}


def linking(dialect: str) -> ColumnElement[bool]:
    """Whether a link has an end among the parameter ``mentions``."""
    return or_(*(among(mention_links.c[end], "mentions", dialect) for end in ("a", "b")))


def telling(article: str, name: str, content: int, event: Event, stated: str, published: str | None) -> Telling:
    """Return what is compared of a mention, from its columns; ``stated`` are its details as JSON."""
    more = _details(stated)
    return Telling(f"{article}|{name}", article, str(content), event, more.numbers, more.things, published)


def _mentions(statement: Statement, connection: Connection, **values: list[Any]) -> list[Mention]:
    return [
        Mention(number, content, telling(article, name, content, event_from_text(data), stated, published), event_id)
        for number, article, name, data, stated, content, published, event_id in statement.rows(connection, **values)
    ]


@lru_cache(maxsize=2048)
def _details(stated: str) -> Details:
    return Details(**{name: frozenset(values) for name, values in from_json(stated).items()})


def _told(condition: Callable[[str], ColumnElement[bool]]) -> Statement:
    """The mentions that meet a condition, with their article's content and their event."""
    columns = (*(mentions.c[name] for name in ("mention", "article_id", "mention_id")),
               *(spelt(mentions.c[name]) for name in ("data", "stated")))  # fmt: skip
    query = (
        select(*columns, articles.c.content, articles.c.published, event_sources.c.event_id)
        .join(articles, articles.c.article_id == mentions.c.article_id)
        .outerjoin(event_sources, event_sources.c.mention == mentions.c.mention)
    )
    return Statement(lambda dialect: query.where(condition(dialect)).order_by(mentions.c.mention))


def _near(dialect: str) -> ColumnElement[bool]:
    """Mentions by number, and those of the articles that have one of the contents."""
    by_number = select(mentions.c.mention).where(among(mentions.c.mention, "mentions", dialect))
    by_content = select(mentions.c.mention).join(articles, articles.c.article_id == mentions.c.article_id)
    of_copies = by_content.where(among(articles.c.content, "contents", dialect))
    return mentions.c.mention.in_(union(by_number, of_copies))


def _part_of(dialect: str) -> ColumnElement[bool]:
    """Mentions of events; asked of the outer join itself, SQLite would read all mentions there are."""
    members = select(event_sources.c.mention).where(among(event_sources.c.event_id, "events", dialect))
    return mentions.c.mention.in_(members)


_OF_ARTICLES = _told(lambda dialect: among(mentions.c.article_id, "articles", dialect))
_OF_EVENTS = _told(_part_of)
_NEAR = _told(_near)
_LINKED = Statement(lambda dialect: select(mention_links.c.a, mention_links.c.b).where(linking(dialect)))
_LINK_FIELDS = tuple(mention_links.c[name] for name in ("a", "b", "score", "spare"))
_FROM = Statement(lambda dialect: select(*_LINK_FIELDS).where(among(mention_links.c.a, "mentions", dialect)))
_NEEDED = Statement(
    lambda dialect: select(*_LINK_FIELDS).where(among(mention_links.c.a, "mentions", dialect), ~mention_links.c.spare)
)
_MARKED = Statement(
    lambda _: update(mention_links).where(
        mention_links.c.a == bindparam("one"), mention_links.c.b == bindparam("other")
    ),
    sets=["spare"],
)
