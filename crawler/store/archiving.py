"""What the archive holds: files with their committed size, and every capture's place in them.

Functions over one open transaction; ``Store`` opens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, update

from crawler.archive import Earlier, Location, Written
from crawler.dedup import canonical_url
from crawler.store import ledger
from crawler.store.rows import Fetch
from crawler.store.schema import archive_files, captures, urls
from crawler.store.statements import Statement


@dataclass(frozen=True, slots=True)
class Arrival:
    """A response as the ledger books it.

    ``url`` answered; ``ledger_url`` is the page asked for, None for what the ledger does not follow (robots.txt, one
    stop of a redirect). ``kind`` is article, list or other.
    """

    url: str
    ledger_url: str | None
    kind: str
    portal: str
    status: int
    fetched_at: datetime
    home: str | None = None
    run_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """One archived response and where its bytes lie; ``base`` is where the payload lies when this is a revisit."""

    capture: int
    url: str
    ledger_url: str | None
    portal: str
    home: str | None
    status: int
    fetched_at: str
    location: Location
    base: Location | None


def committed(connection: Connection) -> dict[str, int]:
    """Return the committed size of every archive file."""
    return {row.file: row.committed for row in connection.execute(select(archive_files))}


def opened(connection: Connection, file: str) -> None:
    """Enter a new file of which nothing is committed yet."""
    connection.execute(insert(archive_files).values(file=file, committed=0, opened_at=ledger.now()))


def earlier(connection: Connection, digest: str) -> Earlier | None:
    """Return a full capture of the same payload."""
    row = _EARLIER.one(connection, digest=digest)
    return Earlier(row[0], datetime.fromisoformat(row[1])) if row else None


def archived(connection: Connection, arrival: Arrival, written: Written) -> None:
    """Book a capture: its row, the file's new committed size, and the page's state ``archived``."""
    location = written.location
    _CAPTURE.run(
        connection,
        url=arrival.url,
        ledger_url=canonical_url(arrival.ledger_url) if arrival.ledger_url else None,
        kind=arrival.kind,
        portal=arrival.portal,
        home=arrival.home,
        run_id=arrival.run_id,
        status=arrival.status,
        digest=written.digest,
        record_type=written.record_type,
        file=location.file,
        offset=location.offset,
        length=location.length,
        fetched_at=arrival.fetched_at.isoformat(),
    )
    _COMMITTED.run(connection, name=location.file, committed=location.offset + location.length)
    if arrival.kind == "article" and arrival.ledger_url and arrival.status == 200:
        fetch = Fetch(arrival.status, None, None, None, location.file, location.offset, location.length)
        ledger.mark_archived(connection, arrival.ledger_url, fetch, ledger.stamp(arrival.fetched_at))


_EARLIER = Statement(
    lambda _: (
        select(captures.c.url, captures.c.fetched_at)
        .where(captures.c.digest == bindparam("digest"), captures.c.record_type == "response")
        .order_by(captures.c.capture)
        .limit(1)
    )
)
_CAPTURE = Statement(
    lambda _: insert(captures), sets=[column.name for column in captures.columns if column.name != "capture"]
)
_COMMITTED = Statement(
    lambda _: update(archive_files).where(archive_files.c.file == bindparam("name")), sets=["committed"]
)


def latest_articles(
    connection: Connection, after: int, limit: int, *, quarantined: bool, portal: str | None
) -> list[CaptureRow]:
    """Return the newest capture of each article page, in order, those after capture number ``after``.

    ``quarantined``: only pages whose reading failed.
    """
    query = _latest(after, quarantined=quarantined, portal=portal)
    rows = connection.execute(query.order_by(captures.c.capture).limit(limit)).mappings().all()
    return [_row(connection, dict(row)) for row in rows]


def count_latest(connection: Connection, after: int, *, quarantined: bool, portal: str | None) -> int:
    """Return how many captures :func:`latest_articles` has from ``after`` on."""
    found = _latest(after, quarantined=quarantined, portal=portal).with_only_columns(captures.c.capture).subquery()
    return connection.scalar(select(func.count()).select_from(found)) or 0


def _latest(after: int, *, quarantined: bool, portal: str | None) -> Select[Any]:
    # Asked page by page along the captures: a list of the newest of all would be made anew for every batch.
    later = captures.alias("later")
    superseded = (
        select(later.c.capture)
        .where(later.c.ledger_url == captures.c.ledger_url, later.c.capture > captures.c.capture)
        .where(later.c.kind == "article", later.c.status == 200)
        .exists()
    )
    query = select(captures).where(captures.c.capture > after, captures.c.kind == "article", captures.c.status == 200)
    query = query.where(captures.c.ledger_url.is_not(None), ~superseded)
    if portal:
        query = query.where(captures.c.portal == portal)
    if quarantined:
        query = query.join(urls, urls.c.url == captures.c.ledger_url).where(
            urls.c.state == "failed", urls.c.error_stage.in_(["read", "time", "worker"])
        )
    return query


def parts_of(connection: Connection, row: CaptureRow) -> list[CaptureRow]:
    """Return the captures of an article's further pages that came with this capture of its first, in order."""
    query = select(captures).where(
        captures.c.kind == "part",
        captures.c.status == 200,
        captures.c.ledger_url == row.ledger_url,
        captures.c.capture > row.capture,
    )
    found = connection.execute(query.order_by(captures.c.capture)).mappings().all()
    rows = [_row(connection, dict(part)) for part in found]
    return list({part.url: part for part in rows}.values())


def capture_of(
    connection: Connection, url: str, kind: str = "article", before_run: int | None = None
) -> CaptureRow | None:
    """Return the newest archived response of that kind for a page asked for as ``url``, of runs before one if given."""
    query = select(captures).where(
        captures.c.ledger_url == canonical_url(url), captures.c.kind == kind, captures.c.status == 200
    )
    if before_run is not None:
        query = query.where(captures.c.run_id < before_run)
    row = connection.execute(query.order_by(captures.c.capture.desc()).limit(1)).mappings().first()
    return _row(connection, dict(row)) if row else None


def files_before(connection: Connection, day: str) -> list[str]:
    """Return the files whose captures, and the captures that refer to their payloads, are all older than ``day``."""
    newest = dict(
        connection.execute(select(captures.c.file, func.max(captures.c.fetched_at)).group_by(captures.c.file)).all()
    )
    base = captures.alias("base")
    referred = connection.execute(
        select(base.c.file, func.max(captures.c.fetched_at))
        .join(base, base.c.digest == captures.c.digest)
        .where(captures.c.record_type == "revisit", base.c.record_type == "response")
        .group_by(base.c.file)
    )
    for file, moment in referred:
        newest[file] = max(newest[file], moment)
    return sorted(file for file, moment in newest.items() if moment < day)


def drop_file(connection: Connection, file: str) -> int:
    """Take a file and its captures out of the books; return how many captures that was."""
    gone = connection.execute(delete(captures).where(captures.c.file == file)).rowcount
    connection.execute(delete(archive_files).where(archive_files.c.file == file))
    connection.execute(
        update(urls)
        .where(urls.c.archive_file == file)
        .values(archive_file=None, archive_offset=None, archive_length=None)
    )
    return gone


def _row(connection: Connection, row: dict[str, object]) -> CaptureRow:
    base = None
    if row["record_type"] == "revisit":
        query = select(captures).where(captures.c.digest == row["digest"], captures.c.record_type == "response")
        found = connection.execute(query.order_by(captures.c.capture).limit(1)).mappings().first()
        base = Location(found["file"], found["offset"], found["length"]) if found else None
    return CaptureRow(
        capture=int(str(row["capture"])),
        url=str(row["url"]),
        ledger_url=row["ledger_url"] if isinstance(row["ledger_url"], str) else None,
        portal=str(row["portal"]),
        home=row["home"] if isinstance(row["home"], str) else None,
        status=int(str(row["status"])),
        fetched_at=str(row["fetched_at"]),
        location=Location(str(row["file"]), int(str(row["offset"])), int(str(row["length"]))),
        base=base,
    )
