"""The URL ledger: which pages are known, which are due, who works on them, how each went.

Functions over one open transaction; ``Store`` opens it. Every function takes URLs as found and stores their canonical
form, so that two spellings of one page are one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from itertools import islice
from typing import Any, get_args

from sqlalchemy import Connection, and_, bindparam, func, literal, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from crawler.dedup import canonical_url
from crawler.store.rows import Fetch, Found, UrlRow, UrlState, Validators
from crawler.store.schema import crawlers, urls
from crawler.store.statements import Statement

MAX_ATTEMPTS = 5
"""A URL that failed this often waits for a run that asks for it by name."""

SKIPPED = ("moved", "type", "since", "robots", "refused", "gone")
"""Stages of pages that are left out for good and are no loss."""

_UNFINISHED: tuple[UrlState, ...] = ("found", "fetched", "archived", "read", "failed")
_CHUNK = 500


def now() -> str:
    """Return this moment as the store writes times: UTC, to the second."""
    return stamp(datetime.now(UTC))


def stamp(moment: datetime) -> str:
    """Return a moment as the store writes times; a naive one is taken as UTC."""
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def in_state(connection: Connection, given: Iterable[str], states: Iterable[UrlState] | None = None) -> set[str]:
    """Return those of ``given``, spelt as given, whose page the ledger holds (in one of ``states``)."""
    by_canonical: dict[str, list[str]] = {}
    for url in given:
        by_canonical.setdefault(canonical_url(url), []).append(url)
    held: set[str] = set()
    for chunk in _chunks(by_canonical):
        query = select(urls.c.url).where(urls.c.url.in_(chunk))
        if states is not None:
            query = query.where(urls.c.state.in_(list(states)))
        for url in connection.scalars(query):
            held.update(by_canonical[url])
    return held


def found(
    connection: Connection,
    portal: str,
    list_url: str | None,
    article_urls: Sequence[str],
    next_lists: Sequence[str],
    run_id: int,
    queued: Sequence[str] = (),
) -> Found:
    """Enter what a list page named, queue those of ``queued`` and mark the page itself done in this run."""
    here = canonical_url(list_url) if list_url else None
    depth = connection.scalar(select(urls.c.depth).where(urls.c.url == here)) if here else None
    depth = 0 if depth is None else depth
    known = in_state(connection, article_urls)
    entry = {"portal": portal, "list_url": here, "discovered_at": now(), "found_run": run_id, "state": "found"}
    rows = [
        entry | {"url": canonical_url(url), "found_url": url, "kind": "article", "depth": depth + 1, "position": place}
        for place, url in enumerate(article_urls)
        if url not in known
    ]
    _insert_missing(connection, rows)
    lists = [
        entry | {"url": canonical_url(url), "found_url": url, "kind": "list", "depth": depth + 1, "position": place}
        for place, url in enumerate(next_lists)
    ]
    _insert_missing(connection, lists)
    due_again = [row["url"] for row in lists if row["url"] != here]
    if due_again:
        connection.execute(
            update(urls)
            .where(urls.c.url.in_(due_again), urls.c.kind == "list")
            .where(or_(urls.c.done_run.is_(None), urls.c.done_run != run_id))
            .values(state="found")
        )
    if here and list_url:
        finished = entry | {"url": here, "found_url": list_url, "kind": "list", "depth": 0, "position": 0}
        _insert_missing(connection, [finished | {"list_url": None}])
        done = _DONE | {"done_run": run_id}
        _set(connection, [list_url], **done, state="stored", error=None, error_stage=None, attempts=0)
    if queued:
        queue(connection, run_id, queued)
    return Found(
        tuple(url for url in dict.fromkeys(article_urls) if url not in known),
        tuple(url for url in dict.fromkeys(article_urls) if url in known),
    )


def queue(connection: Connection, run_id: int, given: Iterable[str]) -> set[str]:
    """Put known URLs into the queue of a shared run, those it has done left out; return, canonical, what waits in it.

    A URL is in one queue at most: that of the run which asked for it last.
    """
    waiting: set[str] = set()
    for chunk in _chunks(dict.fromkeys(map(canonical_url, given))):
        here = urls.c.url.in_(chunk)
        undone = urls.c.done_run.is_distinct_from(run_id) & urls.c.queued_run.is_distinct_from(run_id)
        connection.execute(update(urls).where(here, undone).values(queued_run=run_id))
        free = select(urls.c.url).where(here, urls.c.queued_run == run_id, urls.c.lease_owner.is_(None))
        waiting.update(connection.scalars(free))
    return waiting


def pending(connection: Connection, portal: str, limit: int, at: str | None = None) -> list[UrlRow]:
    """Return what is left to do, list pages first, in the order found: unfinished, failed but due, in nobody's hands.
    """  # fmt: skip
    moment = at or now()
    query = (
        select(urls)
        .where(urls.c.portal == portal)
        .where(_open_for_work(moment))
        .order_by((urls.c.kind == "article"), urls.c.depth, urls.c.discovered_at, urls.c.position, urls.c.url)
        .limit(limit)
    )
    return [url_of(row) for row in connection.execute(query).mappings()]


def mark_fetched(connection: Connection, url: str, fetch: Fetch, fetched_at: str) -> None:
    """Note that the bytes came, and where the archive keeps them if it does."""
    state: UrlState = "archived" if fetch.archive_file else "fetched"
    _set(connection, [url], state=state, fetched_at=fetched_at, **fetch_columns(fetch))


def mark_archived(connection: Connection, url: str, fetch: Fetch, fetched_at: str) -> None:
    """Do what ``mark_fetched`` does for a page whose place in the archive is all that is known yet."""
    _ARCHIVED.run(
        connection,
        page=canonical_url(url),
        state="archived",
        fetched_at=fetched_at,
        **{name: getattr(fetch, name) for name in _PLACED},
    )


def mark_failed(
    connection: Connection, url: str, stage: str, error: str, status: int | None, final: bool, next_due: str | None
) -> None:
    """Note a failure; the URL is pending again until ``MAX_ATTEMPTS``, never again when ``final``."""
    _set(
        connection,
        [url],
        state="failed",
        error_stage=stage,
        error=error,
        status=status,
        next_due=next_due,
        attempts=MAX_ATTEMPTS if final else urls.c.attempts + 1,
        **_DONE,
    )


def mark_gone(connection: Connection, url: str, status: int) -> str | None:
    """Note that the server has the page no longer; return the id of its article if one was stored."""
    _set(connection, [url], state="gone", status=status, **_DONE)
    return connection.scalar(select(urls.c.article_id).where(urls.c.url == canonical_url(url)))


def mark_unchanged(connection: Connection, url: str, moment: str) -> str | None:
    """Note that the server said 304 or sent the same bytes; return the id of its article."""
    _set(connection, [url], state="stored", fetched_at=moment, error=None, error_stage=None, attempts=0, **_DONE)
    return connection.scalar(select(urls.c.article_id).where(urls.c.url == canonical_url(url)))


def mark_stored(
    connection: Connection, url: str, article: str, fetched_at: str, fetch: Fetch, *, portal: str, run_id: int | None,
    redirected_to: str | None = None,
) -> None:  # fmt: skip
    """Note that the page is in the store as ``article``; a URL that no list page named is entered."""
    _STORED.run(
        connection,
        url=canonical_url(url),
        found_url=url,
        portal=portal,
        discovered_at=now(),
        found_run=run_id,
        done_run=run_id,
        article_id=article,
        fetched_at=fetched_at,
        redirected_to=redirected_to,
        **{name: getattr(fetch, name) for name in _FETCHED},
    )


_FETCHED = tuple(field.name for field in fields(Fetch))
_PLACED = ("status", "archive_file", "archive_offset", "archive_length")
_ARCHIVED = Statement(
    lambda _: update(urls).where(urls.c.url == bindparam("page")), sets=["state", "fetched_at", *_PLACED]
)
_FRESH = {"kind": "article", "state": "stored", "depth": 0, "position": 0, "attempts": 0}


def _storing(dialect: str) -> Any:
    adding = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(urls)
    adding = adding.values({name: literal(value, urls.c[name].type) for name, value in _FRESH.items()})
    given = {name: adding.excluded[name] for name in ("state", "attempts", "article_id", "fetched_at")}
    kept = {
        name: func.coalesce(adding.excluded[name], urls.c[name]) for name in (*_FETCHED, "redirected_to", "done_run")
    }
    cleared = dict.fromkeys(("error", "error_stage", "queued_run", "lease_owner", "next_due"), null())
    return adding.on_conflict_do_update(index_elements=["url"], set_=given | kept | cleared)


_STORED = Statement(
    _storing,
    sets=[
        "url", "found_url", "portal", "discovered_at", "found_run", "done_run", "article_id", "fetched_at",
        "redirected_to", *_FETCHED, *_FRESH,
    ],
)  # fmt: skip


def validators(connection: Connection, url: str) -> Validators:
    """Return what a conditional request for ``url`` can send; empty when the page is not stored."""
    query = select(urls.c.etag, urls.c.last_modified)
    row = connection.execute(query.where(urls.c.url == canonical_url(url), urls.c.state == "stored")).first()
    return Validators(row.etag, row.last_modified) if row else Validators(None, None)


def url_row(connection: Connection, url: str) -> UrlRow | None:
    """Return the ledger's row for ``url``, or None."""
    row = connection.execute(select(urls).where(urls.c.url == canonical_url(url))).mappings().first()
    return url_of(row) if row else None


def fetch_columns(fetch: Fetch) -> dict[str, Any]:
    """Return the fields of a fetch that are known, by column name."""
    given = {field.name: getattr(fetch, field.name) for field in fields(Fetch)}
    return {name: value for name, value in given.items() if value is not None}


def _open_for_work(moment: str) -> Any:
    due = or_(urls.c.next_due.is_(None), urls.c.next_due <= moment)
    alive = select(crawlers.c.crawler).where(crawlers.c.left_at.is_(None), crawlers.c.alive_until > moment)
    free = or_(urls.c.lease_owner.is_(None), urls.c.lease_owner.not_in(alive))
    return and_(urls.c.state.in_(_UNFINISHED), urls.c.attempts < MAX_ATTEMPTS, due, free)


# Whatever becomes of a page, the run in whose queue it stood has done it, and nobody works on it any more.
_DONE: dict[str, Any] = {
    "done_run": func.coalesce(urls.c.queued_run, urls.c.done_run),
    "queued_run": None,
    "lease_owner": None,
}


def _set(connection: Connection, given: Sequence[str], **values: Any) -> None:
    connection.execute(update(urls).where(urls.c.url.in_([canonical_url(url) for url in given])).values(**values))


def insert_missing(connection: Connection, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows whose key is not there yet."""
    if rows:
        insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
        connection.execute(insert(table).on_conflict_do_nothing(), rows)


def _insert_missing(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    insert_missing(connection, urls, list({row["url"]: row for row in reversed(rows)}.values())[::-1])


def _chunks(items: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


_ROW_FIELDS = tuple(field.name for field in fields(UrlRow))


def url_of(row: Any) -> UrlRow:
    """Return a row of the table as what is handed out."""
    assert row["state"] in get_args(UrlState)
    return UrlRow(**{name: row[name] for name in _ROW_FIELDS})
