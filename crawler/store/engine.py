"""Connections to SQLite or PostgreSQL, short write transactions, and errors a user can act on."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from crawler.haste import haste
from crawler.store import statements

BUSY_TIMEOUT = 60_000
"""How long a writer waits for another process's transaction, in milliseconds."""

UNCHANGED = "duikou_unchanged"
"""Where a connection keeps answers that cannot change while its transaction is open."""

Sharing = Literal["read", "book", "write"]
"""What calls of one thread do in a transaction they share; ``book`` are writes that no clustering hangs on."""

_WRITER_LOCK = 0x6475696B
"""Key of the PostgreSQL advisory lock that makes clustering see every earlier save."""
_TRY_LOCK, _LOCK = (text(f"SELECT pg_{how}advisory_xact_lock({_WRITER_LOCK})") for how in ("try_", ""))


class StoreError(Exception):
    """The database cannot be used; the message names the path or URL, the cause and the remedy in one line."""


class DatabaseAwayError(StoreError):
    """The database server cannot be reached, or ended the connection; nothing of the transaction is kept."""


class DiskFullError(StoreError):
    """The database cannot grow for want of disk space; what is committed is safe."""


class Database:
    """An engine with one writer per process: writes are serialised here, and between processes by the database."""

    def __init__(self, url: str) -> None:
        self.url, self.shown = database_url(url)
        self._lock = threading.RLock()
        self._shared = _Shared()
        self.engine = _engine(self.url, self.shown)
        self.sqlite = self.engine.dialect.name == "sqlite"
        self._driver_error: type[Exception] = self.engine.dialect.loaded_dbapi.Error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open the one write transaction; commits at the end, rolls back on any error."""
        if self._shared.connection is not None and self._shared.kind == "write":
            yield self._shared.connection
            return
        with self._lock, self._begin(write=True) as connection:
            if self.sqlite or connection.scalar(_TRY_LOCK):
                yield connection
                return
            connection.execute(_LOCK)
            with haste.write():  # others wait too
                yield connection

    @contextmanager
    def touch(self) -> Iterator[Connection]:
        """Open a write transaction that no clustering hangs on: with PostgreSQL it waits for no other's."""
        if self.sqlite and self._shared.connection is not None and self._shared.kind != "read":
            yield self._shared.connection  # SQLite has one writer at a time
            return
        with self._lock if self.sqlite else nullcontext(), self._begin(write=True) as connection:
            yield connection

    @contextmanager
    def book(self) -> Iterator[Connection]:
        """Open a transaction as ``touch`` does, or go on with the one that this thread's writes share."""
        if self._shared.connection is not None and self._shared.kind != "read":
            yield self._shared.connection
            return
        with self.touch() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a consistent view of the database for reading."""
        if self._shared.connection is not None:
            yield self._shared.connection
            return
        with self._begin(write=False) as connection:
            yield connection

    @contextmanager
    def together(self, kind: Sharing) -> Iterator[None]:
        """Have all that this thread reads share one transaction, and all that it writes (``book``: books) too."""
        if self.sqlite and kind == "book":
            kind = "write"  # SQLite has one writer at a time
        opening = {"read": self.read, "book": self.touch, "write": self.write}[kind]
        with opening() as connection:
            self._shared.connection, self._shared.kind = connection, kind
            try:
                yield
            finally:
                self._shared.connection = None

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def compact(self) -> None:
        """Write the SQLite file anew without its unused pages and empty its log; nothing to do for PostgreSQL."""
        if self.sqlite:
            with self._lock, closing(self.engine.raw_connection()) as connection:
                for command in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    connection.cursor().execute(command)

    @contextmanager
    def _begin(self, *, write: bool) -> Iterator[Connection]:
        try:
            connection = self.engine.connect().execution_options(duikou_write=write)
            if not write and not self.sqlite:  # else each statement would see what others commit meanwhile
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        except (DatabaseError, InterfaceError) as error:
            raise self._explained(error) from error
        with connection:
            try:
                with connection.begin():
                    connection.info[UNCHANGED] = {}
                    yield connection
            except (DatabaseError, InterfaceError) as error:
                raise self._explained(error) from error
            except self._driver_error as error:  # from a prepared statement
                raise self._explained(DatabaseError(None, None, error)) from error

    def _explained(self, error: DatabaseError | InterfaceError) -> Exception:
        explained = _explain(self.shown, error)
        if isinstance(explained, DatabaseAwayError):
            self.engine.dispose()  # the other connections in the pool are no better
        return explained


class _Shared(threading.local):
    """The transaction this thread's calls share, if they do."""

    connection: Connection | None = None
    kind: Sharing = "read"


def database_url(url: str) -> tuple[str, str]:
    """Return the SQLAlchemy URL and the name to show (a path, or a URL without its password)."""
    try:
        parsed = make_url(url if "://" in url else f"sqlite:///{url}")
    except ArgumentError as error:
        shown = re.sub(r"//[^/]*@", "//***@", url)  # whatever it is, it may hold a password
        raise StoreError(f"{shown}: not a database URL; give a file name, sqlite:///FILE or postgresql://…") from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        return str(parsed), parsed.database or ":memory:"
    return parsed.render_as_string(hide_password=False), parsed.render_as_string(hide_password=True)


def _engine(url: str, shown: str) -> Engine:
    options: dict[str, Any] = {
        "json_serializer": partial(json.dumps, ensure_ascii=False, sort_keys=True),
        "json_deserializer": msgspec.json.decode,
    }
    if not url.startswith("sqlite"):
        try:
            engine = create_engine(url, **options)
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise StoreError(f"{shown}: no driver ({error}); pip install 'duikou[postgres]'") from error
        event.listen(engine, "before_cursor_execute", lambda connection, *_: statements.flush(connection))
        event.listen(engine, "commit", statements.flush)
        event.listen(engine, "rollback", statements.forget)
        return engine
    if shown in ("", ":memory:"):
        raise StoreError("sqlite in memory: nothing would be kept; give a file name")
    _check_folder(Path(shown))
    engine = create_engine(url, poolclass=QueuePool, connect_args={"timeout": BUSY_TIMEOUT / 1000}, **options)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _check_folder(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; give the name of a database file")
    if not path.parent.is_dir():
        try:
            path.parent.mkdir(parents=True)
        except OSError as error:
            raise StoreError(f"{path}: cannot make its folder ({error.strerror}); choose another path") from error


def _configure(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's begin event below opens every transaction
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
    _use_wal(connection)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "cache_size=-16384", "wal_autocheckpoint=8000"):
        connection.execute(f"PRAGMA {pragma}")


def _use_wal(connection: Any) -> None:
    """Switch to the write-ahead log; SQLite does not wait here while another process makes the same new database."""
    deadline = time.monotonic() + BUSY_TIMEOUT / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("duikou_write", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


_CAUSES = (
    ("file is not a database", "not an SQLite database; choose another path or move the file away"),
    ("malformed", "the file is damaged; restore a backup"),
    ("unable to open", "cannot be opened; check that the folder exists and may be written"),
    ("readonly", "may not be written; check the permissions of the file and its folder"),
    ("read-only", "may not be written; check the permissions of the file and its folder"),
    ("locked", "another process holds the database; end it or wait"),
    ("disk i/o error", "the disk cannot be read or written; check it, then restore a backup if the file is damaged"),
    ("no such table", "has tables of another program or an older version; run Store.upgrade() or choose another path"),
    ("connection", "no connection; check that the server runs and the URL is right"),
    ("does not exist", "does not exist; create the database or correct the URL"),
)


def _explain(shown: str, error: DatabaseError | InterfaceError) -> Exception:
    cause = " ".join(str(error.orig).split())
    if _is_full(shown, cause.lower()):
        return DiskFullError(
            f"{shown}: the disk is full; free space and run again, nothing half-written is kept ({cause})"
        )
    if _is_away(error):
        return DatabaseAwayError(f"{shown}: no connection; check that the server runs and the URL is right ({cause})")
    for sign, remedy in _CAUSES:
        if sign in cause.lower():
            return StoreError(f"{shown}: {remedy} ({cause})")
    return error


def _is_away(error: DatabaseError | InterfaceError) -> bool:
    """Whether a server is not there: no connection, one cut off, or one it ends (57P01 to 57P03) because it stops."""
    if not type(error.orig).__module__.startswith("psycopg"):
        return False
    if state := getattr(error.orig, "sqlstate", None):
        return str(state).startswith(("08", "57P0"))
    # without a code: a connection that was never had, or that broke
    return type(error.orig).__name__ == "OperationalError" and "does not exist" not in str(error.orig)


def _is_full(shown: str, cause: str) -> bool:
    """Whether the cause is a full disk, for which SQLite has several names: some say ``disk I/O error`` only."""
    if "disk is full" in cause or "no space left" in cause:
        return True
    folder = Path(shown).parent
    starved = "disk i/o error" in cause or "unable to open" in cause
    return starved and folder.is_dir() and shutil.disk_usage(folder).free < 1 << 20
