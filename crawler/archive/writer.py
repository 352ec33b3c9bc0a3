"""Append captures to WARC files, durably: one file per process, rotated by size, one gzip member per record."""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from warcio.warcwriter import WARCWriter

from crawler import __version__
from crawler.archive.capture import ArchiveError, Capture, Earlier, Location, payload_digest
from crawler.archive.records import records


@dataclass(frozen=True, slots=True)
class Written:
    """What :meth:`WarcWriter.write` did: where, with which payload digest, as ``response`` or ``revisit``."""

    location: Location
    digest: str
    record_type: str


class WarcWriter:
    """The one writer of this process; what :meth:`append` wrote is on disk (fsync) when :meth:`sync` returns.

    ``earlier(digest)`` finds a capture with the same payload (then only a ``revisit`` record is written);
    ``opened(name)`` is told of each new file before anything is written, so that a database can cut the file back to
    what it has committed after a crash. A lock on the open file tells other processes that it is in use.
    """

    def __init__(
        self,
        folder: Path,
        *,
        max_bytes: int = 1 << 30,
        earlier: Callable[[str], Earlier | None] = lambda digest: None,
        opened: Callable[[str], None] = lambda name: None,
    ) -> None:
        self.folder = folder
        self.max_bytes = max_bytes
        self._earlier = earlier
        self._opened = opened
        self._serial = 0
        self._file: int | None = None
        self._name = ""
        self._size = 0
        self._synced = 0
        self._fresh: dict[str, Earlier] = {}

    def write(self, capture: Capture) -> Written:
        """Append one capture and have it on disk; raises as :meth:`append` does."""
        written = self.append(capture)
        self.sync()
        return written

    def append(self, capture: Capture) -> Written:
        """Append response (or revisit), request and metadata records of one capture; :meth:`sync` makes them safe.

        Raises :class:`ArchiveError` when the disk refuses; the file then ends where it ended before.
        """
        digest = payload_digest(capture.payload)
        earlier = (self._fresh.get(digest) or self._earlier(digest)) if capture.payload else None
        block = records(capture, digest, earlier)
        if self._file is None or self._size >= self.max_bytes:
            self._rotate()
        offset = self._append(block)
        if earlier is None:  # no database knows of it before it is on disk
            self._fresh[digest] = Earlier(capture.url, capture.fetched_at)
        return Written(Location(self._name, offset, len(block)), digest, "revisit" if earlier else "response")

    def sync(self) -> None:
        """Have all that was appended on disk; raises ArchiveError when that fails, and takes it all back."""
        self._fresh.clear()
        if self._file is None or self._synced == self._size:
            return
        try:
            os.fsync(self._file)
        except OSError as error:
            os.ftruncate(self._file, self._synced)
            self._size = self._synced
            raise refused(self.folder / self._name, error) from error
        self._synced = self._size

    def close(self) -> None:
        """Close the current file; the next write opens another."""
        if self._file is not None:
            self.sync()
            os.close(self._file)
            self._file = None

    def _rotate(self) -> None:
        self.close()
        self._serial += 1
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")[:17]
        name = f"duikou-{stamp}-{socket.gethostname()}-{os.getpid()}{secrets.token_hex(2)}-{self._serial:05}.warc.gz"
        path = self.folder / name
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o644)
        except OSError as error:
            raise refused(path, error) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            self._opened(name)
            self._file, self._name, self._size, self._synced = handle, name, 0, 0
            self._append(warcinfo(name))
            self.sync()
            make_durable(self.folder)
        except BaseException as error:
            self._file = None
            os.close(handle)
            path.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise refused(path, error) from error
            raise
        if os.fstat(handle).st_nlink == 0:  # another process took it for a leftover before it was locked
            self._rotate()

    def _append(self, block: bytes) -> int:
        assert self._file is not None
        offset = self._size
        try:
            view = memoryview(block)
            while view:
                view = view[os.write(self._file, view) :]
        except OSError as error:
            os.ftruncate(self._file, offset)
            raise refused(self.folder / self._name, error) from error
        self._size += len(block)
        return offset


def warcinfo(name: str) -> bytes:
    """Return the record a WARC file begins with."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    about = {"software": f"duikou/{__version__}", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name, about))
    return out.getvalue()


def make_durable(path: Path) -> None:
    """Have the disk hold a file's bytes, or a folder's names of files."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refused(path: Path, error: OSError) -> ArchiveError:
    """Return what to say when the system refuses to write ``path``."""
    return ArchiveError(f"{path}: cannot write the archive: {error.strerror}; free space or set ARCHIVE_DIR elsewhere")
