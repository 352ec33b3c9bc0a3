"""Which contents are copies of one another: the bands on disk, and the links between contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, or_, select

from crawler.dedup import Anchors, Copy, Text, copies
from crawler.store.schema import articles, content_links, contents, texts
from crawler.store.schema import bands as bands_table
from crawler.store.statements import Question, Statement, among, from_json, inserting, listed, listing, numbering, spelt

CROWD = 1000
"""A band that more contents have than that tells nothing: it is that of a form filled in over and over."""
_BATCH = 2000


class Link(NamedTuple):
    """Two contents that are copies of one another; ``reworded`` is the one that was made of the other, if known."""

    a: int
    b: int
    kind: str
    score: float
    reworded: int | None


@dataclass(frozen=True, slots=True)
class Entered:
    """The content of a text; a ``fresh`` one comes with all its links, of one met before they stand in the database."""

    content: int
    fresh: bool
    links: Sequence[Link] = ()


class StoredBands:
    """The band index of all contents in the database, within one transaction.

    ``found`` says how many bands each content shares with the one text that is looked for.
    """

    def __init__(self, connection: Connection, found: Mapping[int, int]) -> None:
        self._connection, self._found = connection, found

    def sharing(self, values: Sequence[int], limit: int) -> list[tuple[int, Anchors]]:
        """Return the contents that share most bands, as many numbers of shared bands as ``limit`` leaves room for.

        Those that share equally many are taken or left together, so that it makes no difference which came first.
        """
        found = self._found
        least = fewest_shared(found.values(), limit)
        chosen = [content for content, shared in found.items() if shared >= least]
        rows = _ANCHORS.rows(self._connection, contents=listed(chosen)) if chosen else ()
        return sorted(((c, _load(from_json(a))) for c, a in rows), key=lambda row: (-found[row[0]], row[0]))

    def texts(self, keys: Sequence[int]) -> list[tuple[int, Text]]:
        """Return a text of each of these contents."""
        return _texts(_OF_KEYS.rows(self._connection, contents=listed(keys)))


def name_of(text: Text, article: str) -> str:
    """Return what the content of an article's text is known by.

    A text without a letter, of a page of which nothing could be read, is no copy of another one: each article has an
    empty content of its own.
    """
    return text.id if text.plain else f"empty {article}"


def questions(text: Text, mirror: str | None) -> list[Question]:
    """What is to be asked before a content that is not ``KNOWN`` by its name yet can be entered."""
    bands = listed(text.bands) if text.plain else []
    return [(_NUMBER, {"places": [1]}), (_SHARING, {"bands": bands}), (_MIRRORS, {"mirror": mirror or ""})]


def enter(connection: Connection, name: str, text: Text, answers: Sequence[Sequence[tuple[Any, ...]]]) -> Entered:
    """Compare a content with its candidates, and index it; ``answers`` are those to its ``questions``."""
    ((content,),), shared, mirrors = answers
    found = copies(text, StoredBands(connection, dict(shared)), besides=_texts(mirrors)) if text.plain else []
    _CONTENT.run(connection, content=content, content_id=name, anchors=_dump(text.anchors))
    if text.plain:
        _BAND.many(connection, [{"band": band, "content": content} for band in listed(text.bands)])
    rows = [_link(text, content, other, copy) for other, copy in found]
    _LINK.many(connection, rows)
    return Entered(content, True, [Link(*(row[name] for name in Link._fields)) for row in rows])


def reindex(connection: Connection) -> None:
    """Compute the bands of all contents anew, as this code does; links found before stay."""
    connection.execute(delete(bands_table))
    rows = _texts(_AFTER.rows(connection, content=0))
    while rows:
        made = [(band, content) for content, text in rows if text.plain for band in set(text.bands)]
        _BAND.many(connection, [{"band": band, "content": content} for band, content in sorted(made)])
        rows = _texts(_AFTER.rows(connection, content=rows[-1][0]))


def copied(connection: Connection, entered: Entered) -> set[int]:
    """Return a content and those linked to it."""
    links = entered.links if entered.fresh else linked(connection, [entered.content])
    return {entered.content}.union(*((link.a, link.b) for link in links))


def content_id_of(connection: Connection, content: int) -> str:
    """Return the content id of a content's key."""
    row = _CONTENT_ID.one(connection, content=content)
    assert row is not None
    return str(row[0])


def linked(connection: Connection, keys: Iterable[int]) -> list[Link]:
    """Return every link of these contents."""
    return [Link(*row) for row in _LINKED.rows(connection, contents=listed(keys))]


def _link(text: Text, content: int, other: int, copy: Copy) -> dict[str, Any]:
    a, b = sorted((content, other))
    reworded = None if copy.reworded is None else content if copy.reworded == text.id else other
    row = {"a": a, "b": b, "kind": copy.kind, "score": round(copy.score, 3), "reworded": reworded}
    return row | {"evidence": dict(copy.evidence)}


def _texts(rows: Iterable[tuple[Any, ...]]) -> list[tuple[int, Text]]:
    return [(content, Text(text, _load(from_json(anchors)))) for content, anchors, text in rows]


def _dump(anchors: Anchors) -> dict[str, list[str]]:
    return {name: sorted(getattr(anchors, name)) for name in ("dates", "numbers", "names", "places")}


def _load(stored: Mapping[str, list[str]]) -> Anchors:
    return Anchors(**{name: frozenset(values) for name, values in stored.items()})


def fewest_shared(counts: Iterable[int], limit: int) -> int:
    """Return the least number of shared bands such that at most ``limit`` texts share so many or more; at least 1."""
    least, room = 1, limit
    for shared, texts_ in sorted(Counter(counts).items(), reverse=True):
        room -= texts_
        if room < 0:
            return shared + 1
    return least


def _sharing(dialect: str) -> Any:
    """Contents by the bands given that they have, without the bands that so many have that they tell nothing."""
    given = listing("bands", bands_table.c.band, dialect)
    crowd = bands_table.alias("crowd")
    further = select(crowd.c.content).where(crowd.c.band == given.c.value).limit(1).offset(CROWD).scalar_subquery()
    return (
        select(bands_table.c.content, func.count())
        .join(given, bands_table.c.band == given.c.value)
        .where(further.is_(None))
        .group_by(bands_table.c.content)
    )


def _anchors(dialect: str) -> Any:
    query = select(contents.c.content, spelt(contents.c.anchors))
    return query.where(among(contents.c.content, "contents", dialect))


def _of_keys(dialect: str) -> Any:
    query = select(contents.c.content, spelt(contents.c.anchors), _TEXT_OF)
    return query.where(among(contents.c.content, "contents", dialect))


def _after(_: str) -> Any:
    query = select(contents.c.content, spelt(contents.c.anchors), _TEXT_OF)
    held = contents.c.content.in_(select(texts.c.content))
    later = query.where(contents.c.content > bindparam("content"), held)
    return later.order_by(contents.c.content).limit(_BATCH)


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
_ANCHORS = Statement(_anchors)
_OF_KEYS = Statement(_of_keys)
_AFTER = Statement(_after)
_MIRRORS = Statement(_mirrors)
KNOWN = Statement(lambda _: select(contents.c.content).where(contents.c.content_id == bindparam("id")))
_CONTENT_ID = Statement(lambda _: select(contents.c.content_id).where(contents.c.content == bindparam("content")))
_NUMBER = numbering(contents.c.content)
_CONTENT = inserting(contents)
_BAND = inserting(bands_table)
_LINK = inserting(content_links, missing=True)
_LINKED = Statement(_touching)
