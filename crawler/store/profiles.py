"""What was learnt of sites: the sketches their profiles are made from, and articles read with another profile.

Functions over one open transaction; ``Store`` opens it. A sketch is entered in the transaction that saves its article,
so a killed crawl has learnt from exactly the articles it stored. It holds hashes only, no text.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from crawler.model import Record
from crawler.reading import PageSketch, SiteLearner
from crawler.reading.profile import KEPT, host_of
from crawler.store import archiving, saving
from crawler.store.archiving import CaptureRow
from crawler.store.rows import Fetch
from crawler.store.schema import articles, captures, changes, profiles, revisions, sketches, urls
from crawler.store.statements import Statement, inserting


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An article that another profile would read: where its bytes are, and the profile it was read with."""

    article_id: str
    portal: str
    last_seen: str
    version: str | None
    capture: CaptureRow


def learner(connection: Connection, host: str) -> SiteLearner:
    """Return what is known of a host."""
    known = SiteLearner(host)
    for row in connection.execute(select(sketches).where(sketches.c.host == host)):
        known.add(PageSketch(row.host, row.layout, row.key, row.seen, tuple(row.lines), row.body, row.container))
    return known


def learn(connection: Connection, sketch: PageSketch) -> None:
    """Enter one page's sketch; of a layout those with the smallest URL hashes are kept."""
    layout = {"of_host": sketch.host, "of_layout": sketch.layout}
    row = {
        "host": sketch.host,
        "layout": sketch.layout,
        "key": sketch.key,
        "seen": sketch.seen,
        "lines": list(sketch.lines),
        "body": sketch.body,
        "container": sketch.container,
    }
    _SKETCH.run(connection, **row)
    newer = {name: row[name] for name in _TAUGHT}
    _RENEWED.run(connection, **layout, this=sketch.key, before=sketch.seen, less=sketch.body, **newer)
    _SURPLUS.run(connection, **layout)
    _PROFILE.run(connection, host=sketch.host, settled=False)


def _of_layout() -> ColumnElement[bool]:
    return and_(sketches.c.host == bindparam("of_host"), sketches.c.layout == bindparam("of_layout"))


def _renewing(_: str) -> Any:
    same_day = and_(sketches.c.seen == bindparam("before"), sketches.c.body < bindparam("less"))
    older = or_(sketches.c.seen < bindparam("before"), same_day)
    return update(sketches).where(_of_layout(), sketches.c.key == bindparam("this"), older)


def _unsettling(dialect: str) -> Any:
    adding = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(profiles)
    return adding.on_conflict_do_update(index_elements=["host"], set_={"settled": adding.excluded.settled})


def _surplus(_: str) -> Any:
    last_kept = select(sketches.c.key).where(_of_layout()).order_by(sketches.c.key).offset(KEPT - 1).limit(1)
    return delete(sketches).where(_of_layout(), sketches.c.key > last_kept.scalar_subquery())


_TAUGHT = ("seen", "lines", "body", "container")
_SKETCH = inserting(sketches, missing=True)
_RENEWED = Statement(_renewing, sets=_TAUGHT)
_SURPLUS = Statement(_surplus)
_PROFILE = Statement(_unsettling, sets=["host", "settled"])


def hosts_unsettled(connection: Connection) -> list[str]:
    """Return hosts of which something was learnt since their articles were last read again."""
    return list(connection.scalars(select(profiles.c.host).where(~profiles.c.settled).order_by(profiles.c.host)))


def unsettled(connection: Connection, host: str, version: str | None) -> Iterator[Unsettled]:
    """Yield the host's articles that were read with another profile than ``version`` and whose bytes are archived."""
    of_host = or_(*(articles.c.url.startswith(f"http://{www}{host}", autoescape=True) for www in ("", "www.")))
    other = articles.c.profile_version.is_distinct_from(version)
    query = select(articles).where(of_host, other, articles.c.state == "live").order_by(articles.c.url)
    for row in connection.execute(query).mappings().all():
        if host_of(row["url"]) != host:
            continue
        newest = (
            select(captures.c.ledger_url)
            .join(urls, urls.c.url == captures.c.ledger_url)
            .where(urls.c.article_id == row["article_id"], captures.c.kind == "article", captures.c.status == 200)
            .order_by(captures.c.capture.desc())
        )
        asked = connection.scalar(newest.limit(1))
        capture = archiving.capture_of(connection, asked) if asked else None
        if capture is not None:
            yield Unsettled(row["article_id"], row["portal"], row["last_seen"], row["profile_version"], capture)


def settle(
    connection: Connection, page: Unsettled, record: Record, version: str | None, run_id: int | None, sample: bool
) -> bool:
    """Write an article as the settled profile reads it; return whether that differs.

    Nothing was published anew: the revision is rewritten, none is added. Nothing is written when more was learnt
    meanwhile: the crawl that learnt it settles the host at its end, and may have done so already.
    """
    here = articles.c.article_id == page.article_id
    before = connection.execute(select(articles.c.url, articles.c.revision).where(here)).one()
    if learner(connection, host_of(before.url)).profile().version != version:
        return False
    place = page.capture.location
    job = saving.Job(
        record,
        run_id=run_id,
        portal=page.portal,
        url=page.capture.ledger_url or page.capture.url,
        fetched_at=page.last_seen,
        fetch=Fetch(page.capture.status, None, None, None, place.file, place.offset, place.length),
        anchors=None,
        profile_version=version,
        sample=sample,
    )
    saved = saving.save(connection, job)
    if saved.revision != before.revision:
        _rewrite_revision(connection, page.article_id, saved.revision, before.revision)
    connection.execute(update(articles).where(here).values(profile_version=version, revision=before.revision))
    return saved.outcome != "unchanged"


def settled(connection: Connection, host: str, version: str | None, seen: Container[str]) -> None:
    """Note that all of a host's articles are as ``version`` reads them, unless more was learnt meanwhile.

    Nor when another crawl has meanwhile stored an article as another profile reads it, which is none of those ``seen``
    (article ids): it settles that at its own end.
    """
    if learner(connection, host).profile().version != version:
        return
    if all(page.article_id in seen for page in unsettled(connection, host, version)):
        connection.execute(update(profiles).where(profiles.c.host == host).values(version=version, settled=True))


def _rewrite_revision(connection: Connection, article_id: str, new: int, old: int) -> None:
    at = revisions.c.article_id == article_id
    query = select(revisions.c.text_id, revisions.c.data, revisions.c.original, revisions.c.code_version)
    row = connection.execute(query.where(at, revisions.c.revision == new)).mappings().one()
    connection.execute(delete(revisions).where(at, revisions.c.revision == new))
    connection.execute(update(revisions).where(at, revisions.c.revision == old).values(dict(row)))
    told = (
        select(func.max(changes.c.change))
        .where(changes.c.subject == "article", changes.c.subject_id == article_id)
        .scalar_subquery()
    )
    entry = {"kind": "read again", "detail": {"revision": old}}
    connection.execute(update(changes).where(changes.c.change == told, changes.c.kind == "revised").values(entry))
