"""Append captures to WARC files, durably: one file per process, rotated by size, one gzip member per record."""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler import __version__
from crawler.archive.capture import ArchiveError, Capture, Headers, Location, payload_digest

#: Header lines that describe the transfer, not the payload we keep: kept under another name, as other crawlers do.
_TRANSFER_HEADERS = {"transfer-encoding"}

_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier capture with the same payload, which a ``revisit`` record points to."""

    url: str
    fetched_at: datetime


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
        block = _records(capture, digest, earlier)
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
            sync_folder(self.folder)
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


def _records(capture: Capture, digest: str, earlier: Earlier | None) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    date = {"WARC-Date": _date(capture.fetched_at)}
    status = StatusAndHeaders(f"{capture.status} {capture.reason}".strip(), _kept(capture.headers), protocol="HTTP/1.1")
    if earlier is None:
        response = writer.create_warc_record(
            capture.url,
            "response",
            payload=BytesIO(capture.payload),
            length=len(capture.payload),
            http_headers=status,
            warc_headers_dict={**date, "WARC-Payload-Digest": digest},
        )
    else:
        response = writer.create_revisit_record(
            capture.url, digest, earlier.url, _date(earlier.fetched_at), http_headers=status, warc_headers_dict=date
        )
    concurrent = {**date, "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}
    parts = urlsplit(capture.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    request = writer.create_warc_record(
        capture.url,
        "request",
        http_headers=StatusAndHeaders(
            f"{capture.method} {target} HTTP/1.1",
            [("Host", parts.netloc), *capture.request_headers],
            is_http_request=True,
        ),
        warc_headers_dict=concurrent,
    )
    fields = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in capture.fields).encode()
    metadata = writer.create_warc_record(
        capture.url, "metadata", payload=BytesIO(fields), length=len(fields), warc_headers_dict=concurrent
    )
    return b"".join(_member(writer, out, record) for record in (response, request, metadata))


def _member(writer: WARCWriter, out: BytesIO, record: object) -> bytes:
    """One record as a gzip member; warcio itself packs at level 9: a tenth smaller here, for four times the time."""
    out.seek(0)
    out.truncate()
    writer.write_record(record)
    return zlib.compress(out.getbuffer(), _LEVEL, wbits=31)


def warcinfo(name: str) -> bytes:
    """Return the record a WARC file begins with."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    about = {"software": f"duikou/{__version__}", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name, about))
    return out.getvalue()


def _kept(headers: Headers) -> list[tuple[str, str]]:
    return [
        (f"X-Archive-Orig-{name}" if name.lower() in _TRANSFER_HEADERS else name, _one_line(value))
        for name, value in headers
    ]


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sync_folder(folder: Path) -> None:
    """Make the names of a folder's files durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refused(path: Path, error: OSError) -> ArchiveError:
    """Return what to say when the system refuses to write ``path``."""
    return ArchiveError(f"{path}: cannot write the archive: {error.strerror}; free space or set ARCHIVE_DIR elsewhere")
