"""Mentions as they are compared: read back from the database, with the links between them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, or_, select, union, update

from crawler.dedup import Telling
from crawler.dedup.details import Details
from crawler.model import Event
from crawler.store.coding import event_from_text
from crawler.store.schema import articles, event_sources, mention_links, mentions
from crawler.store.statements import Statement, among, from_json, listed, spelt

KNOWN = 16384
"""Tellings kept in memory: some 30 MB of short ones."""


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
    """How alike two mentions are, and whether it is known to join nothing that better ones leave apart."""

    score: float
    spare: bool


Pair = tuple[int, int]
"""The ends of a link, the smaller number first."""


def joining(connection: Connection, numbers: Iterable[int]) -> dict[Pair, Link]:
    """Return the links from these mentions to ones of greater numbers that are not spare."""
    return _links(_JOINING.rows(connection, mentions=listed(numbers)))


def links_of(connection: Connection, numbers: Iterable[int]) -> dict[Pair, Link]:
    """Return all links that these mentions have."""
    return _links(_LINKED.rows(connection, mentions=listed(numbers)))


def _links(rows: Iterable[tuple[Any, ...]]) -> dict[Pair, Link]:
    return {(a, b): Link(score, bool(spare)) for a, b, score, spare in rows}


def mark_spare(connection: Connection, pairs: Collection[tuple[int, int]], *, spare: bool) -> None:
    """Note of links whether they are spare."""
    _MARKED.many(connection, [{"one": a, "other": b, "spare": spare} for a, b in sorted(pairs)])


def linking(dialect: str) -> ColumnElement[bool]:
    """Whether a link has an end among the parameter ``mentions``."""
    return or_(*(among(mention_links.c[end], "mentions", dialect) for end in ("a", "b")))


class Said(NamedTuple):
    """What makes a telling what it is: whose it is, its article's ``record_hash`` and the text's number."""

    article: str
    name: str
    record: str
    content: int


def telling(said: Said, event: Event, stated: str, published: str | None) -> Telling:
    """Return what is compared of a mention, from its columns, and keep it; ``stated`` are its details as JSON."""
    more = _details(stated)
    key = f"{said.article}|{said.name}"
    told = Telling(key, said.article, str(said.content), event, more.numbers, more.things, published)
    if len(_known) >= KNOWN:
        for old in list(islice(_known, KNOWN // 8)):
            _known.pop(old, None)
    _known[said] = told
    return told


def _mentions(statement: Statement, connection: Connection, **values: list[Any]) -> list[Mention]:
    """The mentions that a statement of ``_told`` finds; what they say is read of those only that are not known."""
    rows = statement.rows(connection, **values)
    told = {row[0]: known for row in rows if (known := _known.get(row[2:]))}
    if unknown := {row[0]: Said(*row[2:]) for row in rows if row[0] not in told}:
        for number, data, stated, published in _READ.rows(connection, mentions=listed(unknown)):
            told[number] = telling(unknown[number], event_from_text(data), stated, published)
    return [Mention(row[0], row[-1], told[row[0]], row[1]) for row in rows]


_known: dict[tuple[Any, ...], Telling] = {}
"""Tellings read before, of any database: a report is read again with each new one that is like it."""


@lru_cache(maxsize=2048)
def _details(stated: str) -> Details:
    return Details(**{name: frozenset(values) for name, values in from_json(stated).items()})


def _told(condition: Callable[[str], ColumnElement[bool]]) -> Statement:
    """The mentions that meet a condition: number, event, and what makes them what they are."""
    query = (
        select(
            mentions.c.mention, event_sources.c.event_id, mentions.c.article_id, mentions.c.mention_id,
            articles.c.record_hash, articles.c.content,
        )
        .join(articles, articles.c.article_id == mentions.c.article_id)
        .outerjoin(event_sources, event_sources.c.mention == mentions.c.mention)
    )  # fmt: skip
    return Statement(lambda dialect: query.where(condition(dialect)).order_by(mentions.c.mention))


def _reading(dialect: str) -> Any:
    query = select(mentions.c.mention, *(spelt(mentions.c[name]) for name in ("data", "stated")), articles.c.published)
    query = query.join(articles, articles.c.article_id == mentions.c.article_id)
    return query.where(among(mentions.c.mention, "mentions", dialect))


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
_READ = Statement(_reading)
_LINK_FIELDS = tuple(mention_links.c[name] for name in ("a", "b", "score", "spare"))
_LINKED = Statement(lambda dialect: select(*_LINK_FIELDS).where(linking(dialect)))
_JOINING = Statement(
    lambda dialect: select(*_LINK_FIELDS).where(among(mention_links.c.a, "mentions", dialect), ~mention_links.c.spare)
)
_MARKED = Statement(
    lambda _: update(mention_links).where(
        mention_links.c.a == bindparam("one"), mention_links.c.b == bindparam("other")
    ),
    sets=["spare"],
)
