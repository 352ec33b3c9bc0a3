"""Take captures, or a name in them, out of the archive: affected files are written anew and swapped in one commit.

A file with nothing committed is removed by the next start (``crawler.archive.recover``); so a kill before the commit
leaves the old files valid and a kill after it the new ones.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, RowMapping, bindparam, delete, select, update

from crawler.archive import (
    ArchiveError,
    Capture,
    Earlier,
    Location,
    Piece,
    decoded,
    locked,
    payload_digest,
    read_place,
    rewrite,
)
from crawler.store import archiving
from crawler.store.engine import Database, StoreError
from crawler.store.failpoints import failpoint
from crawler.store.masking import Mask
from crawler.store.schema import archive_files, captures, revisions, urls


@dataclass(slots=True)
class Plan:
    """Captures to take out, and those to write otherwise, by capture number."""

    gone: set[int] = field(default_factory=set)
    pieces: dict[int, Piece] = field(default_factory=dict)

    @property
    def touched(self) -> set[int]:
        """All captures that do not stay as they are."""
        return self.gone | self.pieces.keys()


def without(connection: Connection, folder: Path, gone: Iterable[RowMapping]) -> Plan:
    """Plan to take captures out; a payload that others refer to goes to the first of those."""
    rows = list(gone)
    plan = Plan({row["capture"] for row in rows})
    for row in {row["digest"]: row for row in rows if row["record_type"] == "response"}.values():
        others = [other for other in _with_digest(connection, row["digest"]) if other["capture"] not in plan.gone]
        whole = [other for other in others if other["record_type"] == "response"]
        if others and not whole:
            whole = others[:1]
            plan.pieces[whole[0]["capture"]] = Piece(_place(whole[0]), read_place(folder, _place(row)).payload)
        for other in others:
            if other["record_type"] == "revisit" and other is not whole[0]:
                plan.pieces[other["capture"]] = Piece(_place(other), earlier=_earlier(whole[0]), digest=row["digest"])
    return plan


def masked(connection: Connection, folder: Path, mask: Mask) -> Plan:
    """Plan to cover names in every archived page; reads the whole archive."""
    plan = Plan()
    query = select(captures).where(captures.c.record_type == "response").order_by(captures.c.file, captures.c.offset)
    for row in connection.execute(query).mappings().all():
        covered = cover(read_place(folder, _place(row)), mask)
        if covered is None:
            continue
        plan.pieces[row["capture"]] = Piece(_place(row), covered, plain=True)
        for other in _with_digest(connection, row["digest"]):
            if other["record_type"] == "revisit":
                digest = payload_digest(covered)
                plan.pieces[other["capture"]] = Piece(_place(other), None, _earlier(row), digest, plain=True)
    return plan


def cover(capture: Capture, mask: Mask) -> bytes | None:
    """Return the payload, its content coding undone, with the names covered; None when there is none."""
    payload = decoded(capture)
    covered = mask.payload(payload, capture.headers)
    return None if covered == payload else covered


@contextmanager
def rewritten(database: Database, folder: Path, plan: Plan) -> Iterator[Swap]:
    """Write the affected files anew; ``Swap.book`` puts them in place within the transaction that also does the rest.

    Old files go when the block ends well, new ones when it does not. Raises ``StoreError`` when a crawl writes to one.
    """
    with ExitStack() as held:
        swap = Swap(plan)
        with database.read() as connection:
            rows = _rows_of_files(connection, plan)
        for file in rows:
            held.enter_context(_in_use_refused(folder / file))
        made: list[str] = []
        try:
            for file, inside in rows.items():
                kept = [row for row in inside if row["capture"] not in plan.gone]
                name = _successor(file)
                swap.replaced[file] = name if kept else None
                if kept:
                    made.append(name)
                    held.enter_context(_begun(database, folder, name))
                    pieces = [plan.pieces.get(row["capture"], Piece(_place(row))) for row in kept]
                    places = rewrite(folder, name, pieces)
                    swap.moves += zip(kept, pieces, places, strict=True)
            failpoint("forget:copied")
            yield swap
        except BaseException:
            _remove(database, folder, made)
            raise
        failpoint("forget:swapped")
        _remove(database, folder, list(rows))


@dataclass(slots=True)
class Swap:
    """New files beside the old ones, not yet in the books."""

    plan: Plan
    replaced: dict[str, str | None] = field(default_factory=dict)
    moves: list[tuple[RowMapping, Piece, Location]] = field(default_factory=list)

    def book(self, connection: Connection) -> None:
        """Enter the new places of all captures, and leave nothing committed of the old files."""
        gone = sorted(self.plan.gone)
        connection.execute(delete(captures).where(captures.c.capture.in_(gone)))
        places: dict[tuple[str, int], Location] = {}
        for row, piece, place in self.moves:
            values = {"file": place.file, "offset": place.offset, "length": place.length}
            if piece.payload is not None:
                values |= {"record_type": "response", "digest": payload_digest(piece.payload)}
            elif piece.earlier is not None:
                values["digest"] = piece.digest
            connection.execute(update(captures).where(captures.c.capture == row["capture"]).values(values))
            places[row["file"], row["offset"]] = place
        sizes = {place.file: place.offset + place.length for _, _, place in self.moves}
        for file, size in (sizes | dict.fromkeys(self.replaced, 0)).items():
            connection.execute(update(archive_files).where(archive_files.c.file == file).values(committed=size))
        _follow(connection, list(self.replaced), places)


def _follow(connection: Connection, files: list[str], places: Mapping[tuple[str, int], Location]) -> None:
    """Let ledger and revisions point to the new places."""
    held = select(urls.c.url, urls.c.archive_file, urls.c.archive_offset).where(urls.c.archive_file.in_(files))
    for url, file, offset in connection.execute(held).all():
        place = places.get((file, offset))
        values = _columns(place) if place else dict.fromkeys(_COLUMNS)
        connection.execute(update(urls).where(urls.c.url == url).values(values))
    for row in connection.execute(select(revisions.c.article_id, revisions.c.revision, revisions.c.http)).all():
        if row.http and row.http.get("archive_file") in files:
            place = places.get((row.http["archive_file"], row.http["archive_offset"]))
            http = {k: v for k, v in row.http.items() if k not in _COLUMNS} | (_columns(place) if place else {})
            connection.execute(_HTTP, {"article": row.article_id, "number": row.revision, "http": http})


_COLUMNS = ("archive_file", "archive_offset", "archive_length")
_HTTP = (
    update(revisions)
    .where(revisions.c.article_id == bindparam("article"), revisions.c.revision == bindparam("number"))
    .values(http=bindparam("http", type_=revisions.c.http.type))
)


def _columns(place: Location) -> dict[str, str | int]:
    return dict(zip(_COLUMNS, (place.file, place.offset, place.length), strict=True))


def _rows_of_files(connection: Connection, plan: Plan) -> dict[str, list[RowMapping]]:
    files = select(captures.c.file).where(captures.c.capture.in_(sorted(plan.touched)))
    query = select(captures).where(captures.c.file.in_(files)).order_by(captures.c.file, captures.c.offset)
    found: dict[str, list[RowMapping]] = {}
    for row in connection.execute(query).mappings().all():
        found.setdefault(row["file"], []).append(row)
    return found


@contextmanager
def _in_use_refused(path: Path) -> Iterator[None]:
    try:
        with locked(path):
            yield
    except BlockingIOError:
        raise StoreError(
            f"{path}: a running crawl writes to it; end it (the next one goes on where it was), then forget again"
        ) from None
    except FileNotFoundError:
        raise ArchiveError(f"{path}: is missing; restore it from a backup, then forget again") from None


@contextmanager
def _begun(database: Database, folder: Path, name: str) -> Iterator[None]:
    """Make, lock and book a new file as a crawl would, so that no start takes it for a leftover."""
    handle = os.open(folder / name, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with database.write() as connection:
            archiving.opened(connection, name)
        yield
    finally:
        os.close(handle)


def _remove(database: Database, folder: Path, files: list[str]) -> None:
    for file in files:
        (folder / file).unlink(missing_ok=True)
    with database.write() as connection:
        for file in files:
            archiving.drop_file(connection, file)


def _successor(file: str) -> str:
    stem = file.removesuffix(".warc.gz").partition(".r")[0]
    return f"{stem}.r{secrets.token_hex(4)}.warc.gz"


def _with_digest(connection: Connection, digest: str) -> list[RowMapping]:
    query = select(captures).where(captures.c.digest == digest).order_by(captures.c.capture)
    return list(connection.execute(query).mappings().all())


def _place(row: RowMapping) -> Location:
    return Location(row["file"], row["offset"], row["length"])


def _earlier(row: RowMapping) -> Earlier:
    return Earlier(row["url"], datetime.fromisoformat(row["fetched_at"]))
