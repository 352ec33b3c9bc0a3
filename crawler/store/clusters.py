"""Which article of a cluster of copies is the original, and how the others are related to it.

The outcome is a function of the articles and links that stand, whatever their order of arrival. In a cluster without
reworded copies a new article that is no better an original costs the same however large the cluster is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import Connection, and_, bindparam, or_, select, update

from crawler.store.copying import Entered, Link, linked
from crawler.store.schema import articles, content_links
from crawler.store.statements import Statement, among, from_json, listed, spelt

DAMAGED = 3
"""So many damaged places make a page a mirror of another."""


CARRIED = 3
"""A wording on so many pages is no copy of one that stands on a single page."""


@dataclass(frozen=True, slots=True)
class Related:
    """How an article is a copy (None: it is not) and the id of the original."""

    kind: str | None
    original: str | None


def recluster(connection: Connection, entered: Entered, former: int | None, article: str) -> tuple[Related, set[str]]:
    """Find the original of every article in the clusters of ``article``'s content and of its ``former`` one.

    Return how ``article`` is related, and the ids of the articles that have another original than before.
    """
    if former is None:
        if entered.fresh and not entered.links:
            return Related(None, None), set()
        if (joined := _join(connection, entered, article)) is not None:
            return joined, set()
    result, moved = Related(None, None), set()
    for start in sorted({entered.content, former or entered.content}):
        keys, links = _component(connection, start)
        members = _members(connection, keys)
        if len(members) == 1 and not members[0].relation and members[0].original_id == members[0].article_id:
            continue
        for row, related, score in _related(members, links):
            if row.original_id != (related.original or row.article_id):
                moved.add(row.article_id)
            _relate(connection, row, related, score)
            if row.article_id == article:
                result = related
    return result, moved


class Member(NamedTuple):
    """An article of a cluster: what tells whether it is the original, and how it is related so far."""

    article_id: str
    url: str
    content: int
    published: str | None
    source: str | None
    reprinted_from: str | None
    replacement_chars: int
    original_id: str
    relation: str | None
    relation_score: float | None
    repairs: str


def rank(row: Member, reworded: set[int]) -> tuple[Any, ...]:
    """Return what orders the articles of a cluster: the least is the original.

    First come those that credit nobody else, are not the reworded ones and not a mirror's damaged ones; then the
    earliest; of one day the one that an authority published. When a page was fetched counts for nothing.
    """
    return (
        row.reprinted_from is not None,
        row.content in reworded,
        is_damaged(row.replacement_chars, from_json(row.repairs)),
        row.published or "9999",
        not is_official(row.url),
        row.url,
    )


def is_damaged(replacement_chars: int, repairs: Iterable[Mapping[str, Any]]) -> bool:
    """Whether so much of a page had to be repaired that it is a mirror of another."""
    return replacement_chars + sum(int(repair["count"]) for repair in repairs) >= DAMAGED


def is_official(url: str) -> bool:
    """Whether the host is an authority's."""
    host = urlsplit(url).hostname or ""
    return host.endswith(".gov.cn")


def _join(connection: Connection, entered: Entered, article: str) -> Related | None:
    """Relate a new article to the one cluster it joins; None when that needs the whole cluster to be looked at."""
    links = entered.links if entered.fresh else linked(connection, [entered.content])
    near = {end for link in links for end in (link.a, link.b)} | {entered.content}
    originals = set(_ORIGINALS.column(connection, contents=listed(near), article=article))
    if len(originals) != 1:
        return None
    if any(link.kind == "spun" for link in links) or _HOLDS_SPUN.one(connection, original=min(originals)):
        return None  # who was reworded is judged by all pages together
    (old,) = (Member(*row) for row in _BY_ID.rows(connection, articles=listed(originals)))
    (new,) = (Member(*row) for row in _BY_ID.rows(connection, articles=[article]))
    if rank(new, set()) < rank(old, set()):
        return None
    used = set(_USED.column(connection, contents=listed(near)))
    links = [link for link in links if link.a in used and link.b in used]
    kind, score = _strongest(old.content, used, links)[new.content]
    related = _as_related(new, old, kind)
    _relate(connection, new, related, score)
    _strengthen(connection, old, new.content, links)
    return related


def _strengthen(connection: Connection, original: Member, content: int, links: Iterable[Link]) -> None:
    """Raise copies that are no direct copies of the original when ``content`` is more like them than any other is."""
    by_content = {end: link for link in links for end in (link.a, link.b) if end not in (content, original.content)}
    for one, other in _DIRECT.rows(connection, original=original.content, contents=listed(by_content)):
        by_content.pop(one, None)
        by_content.pop(other, None)
    for row in _members(connection, set(by_content)) if by_content else ():
        link = by_content[row.content]
        if (link.kind == "same", link.score) > (row.relation != "spun", row.relation_score or 0.0):
            _relate(connection, row, _as_related(row, original, link.kind), link.score)


def _component(connection: Connection, start: int) -> tuple[set[int], set[Link]]:
    """Return the contents linked to ``start`` through contents that some article has today, and their links."""
    keys, edge = {start}, {start}
    links: set[Link] = set()
    while edge:
        more = linked(connection, edge)
        links.update(more)
        near = {end for link in more for end in (link.a, link.b)} - keys
        edge = set(_USED.column(connection, contents=listed(near))) if near else set()
        keys |= edge
    return keys, links


def _members(connection: Connection, keys: set[int]) -> list[Member]:
    return [Member(*row) for row in _MEMBERS.rows(connection, contents=listed(keys))]


def _related(members: list[Member], links: Iterable[Link]) -> Iterator[tuple[Member, Related, float | None]]:
    """Yield each article with its relation to the cluster's original."""
    if not members:
        return
    used = {row.content for row in members}
    links = [link for link in links if link.a in used and link.b in used]
    reworded = _reworded(members, links)
    original = min(members, key=lambda row: rank(row, reworded))
    how = _strongest(original.content, used, links)
    for row in members:
        if row.article_id == original.article_id:
            yield row, Related(None, None), None
        else:
            kind, score = how[row.content]
            yield row, _as_related(row, original, kind), score


def _as_related(row: Member, original: Member, kind: str) -> Related:
    return Related("reprint" if kind == "same" and _credits(row, original) else kind, original.article_id)


def _relate(connection: Connection, row: Member, related: Related, score: float | None) -> None:
    """Write how an article is related, if that is other than before."""
    original = related.original or row.article_id
    if (row.original_id, row.relation, row.relation_score) != (original, related.kind, score):
        _RELATE.run(
            connection, article=row.article_id, original_id=original, relation=related.kind, relation_score=score
        )


def _reworded(members: Iterable[Member], links: Iterable[Link]) -> set[int]:
    """Return the contents that were made of others: their words say so, or else that nobody carries them.

    A wording that stands on one page only, while several carry the other, is the copy; an authority's page never is.
    """
    carried: dict[int, set[str]] = {}
    for row in members:
        carried.setdefault(row.content, set()).add(row.url)
    alike = {content: set(urls) for content, urls in carried.items()}
    for link in links:
        if link.kind == "same":
            alike[link.a] |= carried[link.b]
            alike[link.b] |= carried[link.a]
    found = set()
    for link in links:
        if link.reworded is not None:
            found.add(link.reworded)
        elif link.kind == "spun":
            for one, other in ((link.a, link.b), (link.b, link.a)):
                if len(alike[one]) == 1 and len(alike[other]) >= CARRIED and not any(map(is_official, alike[one])):
                    found.add(one)
    return found


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


def _credits(row: Member, original: Member) -> bool:
    """Whether the article names where it comes from: a reprint note, or the outlet the original names too."""
    return row.reprinted_from is not None or (row.source is not None and row.source == original.source)


def _telling(condition: Any) -> Statement:
    columns = [articles.c[name] for name in Member._fields[:-1]] + [spelt(articles.c.repairs)]
    return Statement(lambda dialect: select(*columns).where(condition(dialect)))


def _pairs(dialect: str) -> Any:
    one, other = content_links.c.a, content_links.c.b
    from_it = and_(one == bindparam("original"), among(other, "contents", dialect))
    to_it = and_(other == bindparam("original"), among(one, "contents", dialect))
    return select(one, other).where(or_(from_it, to_it))


_USED = Statement(
    lambda dialect: select(articles.c.content).where(among(articles.c.content, "contents", dialect)).distinct()
)
_MEMBERS = _telling(lambda dialect: among(articles.c.content, "contents", dialect))
_BY_ID = _telling(lambda dialect: among(articles.c.article_id, "articles", dialect))
_ORIGINALS = Statement(
    lambda dialect: (
        select(articles.c.original_id)
        .where(among(articles.c.content, "contents", dialect), articles.c.article_id != bindparam("article"))
        .distinct()
    )
)
_DIRECT = Statement(_pairs)
_HOLDS_SPUN = Statement(
    lambda _: (
        select(articles.c.article_id)
        .where(articles.c.original_id == bindparam("original"), articles.c.relation == "spun")
        .limit(1)
    )
)
_RELATE = Statement(
    lambda _: update(articles).where(articles.c.article_id == bindparam("article")),
    sets=["original_id", "relation", "relation_score"],
)
