"""A consistent copy of the database while others write to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from crawler.archive import make_durable
from crawler.store.engine import DiskFullError, StoreError, database_url


def backup(url: str, target: Path) -> int:
    """Copy the database at ``url`` into the new file ``target`` and return its size in bytes.

    SQLite: one file that opens as a database. PostgreSQL: a ``pg_dump`` archive in custom format for ``pg_restore``.
    The copy is what was committed at one moment; crawls go on meanwhile. ``target`` appears only when it is whole,
    checked and on disk. Raises ``StoreError`` (``DiskFullError`` for want of space) with one clear line.
    """
    if target.exists():
        raise StoreError(f"{target}: exists already; give a new name, a backup overwrites nothing")
    if not target.parent.is_dir():
        raise StoreError(f"{target}: no folder {target.parent}; make it or choose another path")
    parsed = make_url(database_url(url)[0])
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if parsed.get_backend_name() == "sqlite":
            _sqlite(Path(parsed.database or ""), unfinished)
        else:
            _postgresql(parsed, unfinished)
        make_durable(unfinished)
        if target.exists():
            raise StoreError(f"{target}: was made meanwhile; give a new name, a backup overwrites nothing")
        unfinished.rename(target)
        make_durable(target.parent)
    except OSError as error:
        raise _refused(target, str(error.strerror)) from error
    finally:
        for left in (unfinished, *(unfinished.with_name(f"{unfinished.name}{end}") for end in _COMPANIONS)):
            left.unlink(missing_ok=True)
    return target.stat().st_size


_COMPANIONS = ("-journal", "-wal", "-shm")


def _sqlite(database: Path, copy: Path) -> None:
    if not database.is_file():
        raise StoreError(f"{database}: no such database; set DATABASE_URL to the one that is to be backed up")
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True, timeout=60)) as source:
            source.execute("SELECT count(*) FROM alembic_version")  # ours, and readable
            with closing(sqlite3.connect(copy)) as into:
                source.backup(into)  # in one step: a step at a time would begin anew at every write of others
                into.execute("PRAGMA journal_mode=DELETE")  # one file, readable where nothing may be written
                said = into.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        if "full" in str(error) or _is_full(copy.parent):
            raise _refused(copy.parent, str(error)) from error
        raise StoreError(f"{database}: cannot be backed up ({error}); is it a database of this program?") from error
    if said != "ok":
        raise StoreError(f"{database}: the copy is damaged ({said}), so the database is; restore an earlier backup")


def _postgresql(url: URL, copy: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise StoreError("pg_dump is not installed; install PostgreSQL's client programs (Debian: postgresql-client)")
    shown = url.render_as_string(hide_password=True)
    environment = os.environ | ({"PGPASSWORD": url.password} if url.password else {})  # not where ps shows it
    server = url.set(drivername="postgresql", password=None).render_as_string()
    command = [program, "--format=custom", "--no-password", f"--file={copy}", f"--dbname={server}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = " ".join(done.stderr.split())
        if "No space left" in said:
            raise _refused(copy.parent, said)
        raise StoreError(f"{shown}: pg_dump failed: {said}")


def _is_full(folder: Path) -> bool:
    return shutil.disk_usage(folder).free < 1 << 20


def _refused(path: Path, cause: str) -> StoreError:
    if "space" in cause.lower() or "full" in cause.lower():
        return DiskFullError(f"{path}: cannot write the backup ({cause}); free space or choose another disk")
    return StoreError(f"{path}: cannot write the backup ({cause}); choose another path")
