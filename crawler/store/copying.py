"""Which articles are copies of one another: the bands on disk, links between contents, the original of each cluster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, or_, select, update

from crawler.dedup import Anchors, Copy, Text, bands, copies
from crawler.store.schema import articles, content_links, contents, texts
from crawler.store.schema import bands as bands_table
from crawler.store.statements import Statement, among, from_json, inserting, listed, spelt


@dataclass(frozen=True, slots=True)
class Related:
    """How an article is a copy (None: it is not) and the id of the original."""

    kind: str | None
    original: str | None


class Link(NamedTuple):
    """Two contents that are copies of one another."""

    a: int
    b: int
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Entered:
    """The content of a text; a ``fresh`` one comes with all its links, of one met before they stand in the database."""

    content: int
    fresh: bool
    links: Sequence[Link] = ()


class StoredBands:
    """The band index of all contents in the database, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sharing(self, values: Sequence[int], limit: int) -> list[tuple[int, Text]]:
        """Return up to ``limit`` contents that share a band, most shared bands first, then by content id."""
        return _texts(_SHARING.rows(self._connection, bands=listed(values), limit=limit))


def enter(connection: Connection, text: Text, mirror: str | None) -> Entered:
    """Return the content of ``text``; a new one is compared with its candidates and indexed."""
    known = _KNOWN.one(connection, id=text.id)
    if known is not None:
        return Entered(known[0], fresh=False)
    besides = _texts(_MIRRORS.rows(connection, mirror=mirror)) if mirror else []
    found = copies(text, StoredBands(connection), besides=besides) if text.plain else []
    (content,) = _CONTENT.many_returning(connection, [{"content_id": text.id, "anchors": _dump(text.anchors)}])
    if text.plain:
        _BAND.many(connection, [{"band": band, "content": content} for band in listed(bands(text))])
    rows = [_link(content, other, copy) for other, copy in found]
    _LINK.many(connection, rows)
    return Entered(content, True, [Link(row["a"], row["b"], row["kind"], row["score"]) for row in rows])


def copied(connection: Connection, entered: Entered) -> set[int]:
    """Return a content and those linked to it."""
    links = entered.links if entered.fresh else _linked(connection, [entered.content])
    return {entered.content}.union(*((link.a, link.b) for link in links))


def recluster(connection: Connection, entered: Entered, former: int | None, article: str) -> tuple[Related, set[str]]:
    """Find the original of every article in the clusters of ``article``'s content and of its ``former`` one.

    Return how ``article`` is related, and the ids of the articles that have another original than before.
    """
    if former is None and entered.fresh and not entered.links:
        return Related(None, None), set()
    result, moved = Related(None, None), set()
    for start in sorted({entered.content, former or entered.content}):
        keys, links = _component(connection, start)
        members = _members(connection, keys)
        if len(members) == 1 and not members[0].relation and members[0].original_id == members[0].article_id:
            continue
        for row, related, score in _related(members, links):
            original = related.original or row.article_id
            if (row.original_id, row.relation, row.relation_score) != (original, related.kind, score):
                _RELATE.run(
                    connection,
                    article=row.article_id,
                    original_id=original,
                    relation=related.kind,
                    relation_score=score,
                )
                moved |= {row.article_id} if row.original_id != original else set()
            if row.article_id == article:
                result = related
    return result, moved


def content_id_of(connection: Connection, content: int) -> str:
    """Return the content id of a content's key."""
    row = _CONTENT_ID.one(connection, content=content)
    assert row is not None
    return str(row[0])


class _Member(NamedTuple):
    article_id: str
    url: str
    content: int
    published: str | None
    source: str | None
    reprinted_from: str | None
    original_id: str
    relation: str | None
    relation_score: float | None


def _component(connection: Connection, start: int) -> tuple[set[int], set[Link]]:
    """Return the contents linked to ``start`` through contents that some article has today, and their links."""
    keys, edge = {start}, {start}
    links: set[Link] = set()
    while edge:
        more = _linked(connection, edge)
        links.update(more)
        near = {end for link in more for end in (link.a, link.b)} - keys
        edge = set(_USED.column(connection, contents=listed(near))) if near else set()
        keys |= edge
    return keys, links


def _linked(connection: Connection, keys: Iterable[int]) -> list[Link]:
    return [Link(*row) for row in _LINKED.rows(connection, contents=listed(keys))]


def _members(connection: Connection, keys: set[int]) -> list[_Member]:
    return [_Member(*row) for row in _MEMBERS.rows(connection, contents=listed(keys))]


def _related(members: list[_Member], links: Iterable[Link]) -> Iterable[tuple[_Member, Related, float | None]]:
    """Yield each article with its relation to the cluster's original: the earliest that credits nobody else."""
    if not members:
        return
    original = min(members, key=lambda row: (row.reprinted_from is not None, row.published or "9999", row.url))
    how = _strongest(original.content, {row.content for row in members}, links)
    for row in members:
        if row.article_id == original.article_id:
            yield row, Related(None, None), None
            continue
        kind, score = how[row.content]
        if kind == "same" and _credits(row, original):
            kind = "reprint"
        yield row, Related(kind, original.article_id), score


def _strongest(original: int, members: set[int], links: Iterable[Link]) -> dict[int, tuple[str, float]]:
    """How each content is a copy: by its link to the original, else by its strongest link to any other member."""
    direct: dict[int, tuple[str, float]] = {original: ("same", 1.0)}
    best: dict[int, tuple[bool, float]] = {}
    for link in links:
        for one, other in ((link.a, link.b), (link.b, link.a)):
            if other == original:
                direct.setdefault(one, (link.kind, link.score))
            if other in members:
                best[one] = max(best.get(one, (False, -1.0)), (link.kind == "same", link.score))
    rest = {key: ("same" if same else "spun", score) for key, (same, score) in best.items()}
    return dict.fromkeys(members, ("same", 1.0)) | rest | direct


def _credits(row: _Member, original: _Member) -> bool:
    """Whether the article names where it comes from: a reprint note, or the outlet the original names too."""
    return row.reprinted_from is not None or (row.source is not None and row.source == original.source)


def _link(content: int, other: int, copy: Copy) -> dict[str, Any]:
    a, b = sorted((content, other))
    return {"a": a, "b": b, "kind": copy.kind, "score": round(copy.score, 3), "evidence": dict(copy.evidence)}


def _texts(rows: Iterable[tuple[Any, ...]]) -> list[tuple[int, Text]]:
    return [(content, Text(text, _load(from_json(anchors)))) for content, anchors, text in rows]


def _dump(anchors: Anchors) -> dict[str, list[str]]:
    return {name: sorted(getattr(anchors, name)) for name in ("dates", "numbers", "names", "places")}


def _load(stored: Mapping[str, list[str]]) -> Anchors:
    return Anchors(**{name: frozenset(values) for name, values in stored.items()})


def _sharing(dialect: str) -> Any:
    shared = (
        select(bands_table.c.content, func.count().label("shared"))
        .where(among(bands_table.c.band, "bands", dialect))
        .group_by(bands_table.c.content)
        .subquery()
    )
    query = select(contents.c.content, spelt(contents.c.anchors), _TEXT_OF)
    query = query.join(shared, shared.c.content == contents.c.content)
    return query.order_by(shared.c.shared.desc(), contents.c.content_id).limit(bindparam("limit"))


def _mirrors(_: str) -> Any:
    named = select(articles.c.content).where(articles.c.mirror_key == bindparam("mirror"))
    return select(contents.c.content, spelt(contents.c.anchors), _TEXT_OF).where(contents.c.content.in_(named))


def _touching(dialect: str) -> Any:
    ends = (among(content_links.c[end], "contents", dialect) for end in ("a", "b"))
    return select(*(content_links.c[name] for name in Link._fields)).where(or_(*ends))


_TEXT_OF = (
    select(func.min(texts.c.text)).where(texts.c.content == contents.c.content).correlate(contents).scalar_subquery()
)
_SHARING = Statement(_sharing)
_MIRRORS = Statement(_mirrors)
_KNOWN = Statement(lambda _: select(contents.c.content).where(contents.c.content_id == bindparam("id")))
_CONTENT_ID = Statement(lambda _: select(contents.c.content_id).where(contents.c.content == bindparam("content")))
_CONTENT = inserting(contents, returning="content")
_BAND = inserting(bands_table)
_LINK = inserting(content_links, missing=True)
_LINKED = Statement(_touching)
_USED = Statement(
    lambda dialect: select(articles.c.content).where(among(articles.c.content, "contents", dialect)).distinct()
)
_MEMBERS = Statement(
    lambda dialect: select(*(articles.c[name] for name in _Member._fields)).where(
        among(articles.c.content, "contents", dialect)
    )
)
_RELATE = Statement(
    lambda _: update(articles).where(articles.c.article_id == bindparam("article")),
    sets=["original_id", "relation", "relation_score"],
)
