"""One run per portal at a time: a lock that goes with its holders, however they end."""

from __future__ import annotations

import fcntl
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.engine import make_url

from crawler.store import StoreError
from crawler.store.engine import database_url

_CLASS = 0x6475696C
"""First key of the PostgreSQL advisory locks of portals; the second is the CRC of the name."""


class Lock(Protocol):
    """A lock that is held. Every process that inherits ``descriptor`` holds it too, until all have closed it."""

    @property
    def descriptor(self) -> int:
        """The open file or connection the lock hangs on."""

    def release(self) -> None:
        """Let go."""


def take(url: str, portal: str) -> Lock | None:
    """Take the lock of ``portal`` beside the database at ``url``; None when another run holds it.

    With SQLite a file ``DATABASE-locks/PORTAL.lock`` under ``flock``, with PostgreSQL an advisory lock of a connection
    of its own, good for all machines that use the database. Neither needs a heartbeat: the kernel, or the server, lets
    go when the last holder is gone. Raises StoreError.
    """
    parsed = make_url(database_url(url)[0])
    if parsed.get_backend_name() == "sqlite":
        return _take_file(Path(parsed.database or "duikou"), portal)
    return _take_advisory(parsed, portal)


@dataclass(frozen=True, slots=True)
class _FileLock:
    descriptor: int

    def release(self) -> None:
        os.close(self.descriptor)


def _take_file(database: Path, portal: str) -> Lock | None:
    path = database.with_name(f"{database.stem}-locks") / f"{portal}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(f"{path}: cannot be made ({error.strerror}); check the permissions of its folder") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return _FileLock(descriptor)


@dataclass(frozen=True, slots=True)
class _AdvisoryLock:
    connection: Any

    @property
    def descriptor(self) -> int:
        return int(self.connection.fileno())

    def release(self) -> None:
        self.connection.close()


def _take_advisory(parsed: Any, portal: str) -> Lock | None:
    import psycopg  # an extra; who harvests into PostgreSQL has it

    number = zlib.crc32(portal.encode()) - (1 << 31)  # the key is a signed integer
    conninfo = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        connection = psycopg.connect(conninfo, autocommit=True)
        row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (_CLASS, number)).fetchone()
    except psycopg.Error as error:
        shown = parsed.render_as_string(hide_password=True)
        raise StoreError(f"{shown}: no lock for {portal} ({error}); check that the server runs") from error
    if row is None or not row[0]:
        connection.close()
        return None
    return _AdvisoryLock(connection)
