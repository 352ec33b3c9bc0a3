"""Where the pages of an archive file lie: one walk over its records, without reading what they hold.

Works on WARC and ARC files, plain or with a gzip member per record, and on those inside WACZ packages. What is damaged
is named and stepped over: the walk goes on at the next place where a record begins.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import SEEK_END, BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, Any

from crawler.archive.capture import ArchiveError
from crawler.archive.reader import MAX_RECORD

ARCHIVE_SUFFIXES = (".warc", ".warc.gz", ".wacz", ".arc", ".arc.gz")

_HEAD = 1 << 16
"""Bytes of a record that are looked at: its headers, and the whole of a short one."""

_STEP = 1 << 20
_MEMBER = zlib.MAX_WBITS | 16
_GZIP = b"\x1f\x8b\x08"
_FILLING = b"\r\n\0"
_BEGINNING = re.compile(rb"\x1f\x8b\x08|(?<=\n)WARC/1\.\d\r?\n")
_WARC = re.compile(rb"WARC/1\.\d\r?\n")
_ARC = re.compile(rb"(?P<url>[a-z]+:\S+) \S+ \d{12,14} (?P<type>\S+)(?: [^\n]*)? (?P<length>\d+)\r?\n", re.I)
_HTTP = re.compile(rb"HTTP/\S+ (\d{3})")
_NO_PAGES = re.compile(rb"(?:image|audio|video|font)/|text/css|(?:text|application)/(?:x-)?javascript", re.I)
_TOO_LARGE = f"a record of more than {MAX_RECORD >> 20} MB; left out"


@dataclass(frozen=True, slots=True)
class Source:
    """An archive file, or one uncompressed inside a WACZ package: ``member``, ``size`` bytes from ``base`` on."""

    path: Path
    member: str | None = None
    base: int = 0
    size: int | None = None

    def __str__(self) -> str:
        return f"{self.path}!{self.member}" if self.member else str(self.path)


@dataclass(frozen=True, slots=True)
class Entry:
    """One response that may be a page: where its record lies, in bytes of the source.

    ``refers``: a ``revisit``, its payload lies where another entry has the same ``digest``. ``error`` says why the
    record cannot be read.
    """

    offset: int
    length: int
    digest: str | None = None
    refers: bool = False
    error: str | None = None


def archive_files(path: Path) -> list[Path]:
    """The archive files in a folder and its folders, by name; a file stands for itself."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.name.lower().endswith(ARCHIVE_SUFFIXES))


def sources(path: Path) -> list[Source]:
    """What is to be walked of one file: itself, or the archive files inside a WACZ package. Raises ArchiveError."""
    try:
        with path.open("rb") as stream:
            if not zipfile.is_zipfile(path):
                return [Source(path)]
            with zipfile.ZipFile(stream) as package:
                inner = [info for info in package.infolist() if info.filename.endswith(ARCHIVE_SUFFIXES)]
            found = [_member_of(path, stream, info) for info in sorted(inner, key=lambda info: info.filename)]
    except (OSError, zipfile.BadZipFile) as error:
        raise ArchiveError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    if not found:
        raise ArchiveError(f"{path}: no WARC file inside; a WACZ package holds archive/*.warc.gz")
    return found


def _member_of(path: Path, stream: IO[bytes], info: zipfile.ZipInfo) -> Source:
    if info.compress_type != zipfile.ZIP_STORED:
        raise ArchiveError(f"{path}: {info.filename} is compressed in the package; unpack it and give the file itself")
    stream.seek(info.header_offset + 26)
    name, extra = struct.unpack("<HH", stream.read(4))
    return Source(path, info.filename, info.header_offset + 30 + name + extra, info.compress_size)


@contextmanager
def opened(source: Source) -> Iterator[IO[bytes]]:
    """The bytes of a source, seekable. Raises ArchiveError."""
    try:
        with source.path.open("rb") as stream:
            yield stream if source.size is None else BufferedReader(_Part(stream, source.base, source.size))
    except OSError as error:
        raise ArchiveError(f"{source}: {error.strerror or error}") from error


class _Part(RawIOBase):
    """``size`` bytes of an open file from ``base`` on, as a file of their own."""

    def __init__(self, stream: IO[bytes], base: int, size: int) -> None:
        self._stream, self._base, self._size, self._at = stream, base, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        self._stream.seek(self._base + self._at)
        data = self._stream.read(min(len(buffer), max(self._size - self._at, 0)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def index(source: Source, start: int = 0, limit: int = 1 << 62) -> tuple[list[Entry], int | None]:
    """Entries of the records from ``start`` on, and where to go on; None at the end of the file.

    ``start`` is 0 or what an earlier call returned; the call ends at the first response behind ``limit`` bytes.
    Responses other than 200 and those whose type is no page's (pictures, styles, scripts) are left out, and so are
    those that our own archive says are lists or other pages. Raises ArchiveError when the file cannot be opened.
    """
    found: list[Entry] = []
    last = b""  # the record id of the newest entry, for the metadata that belongs to it
    with opened(source) as stream:
        offset = start
        while True:
            record = _record(stream, offset)
            if record is None:
                return found, None
            kind = record.fields.get(b"warc-type")
            if offset - start >= limit and kind in (b"response", b"revisit", None):
                return found, offset
            if kind == b"metadata" and last and record.fields.get(b"warc-concurrent-to") == last:
                if re.search(rb"^kind: (?!article|part)", record.content, re.M):
                    found.pop()
                last = b""
            elif (entry := _entry(record)) is not None:
                found.append(entry)
                last = record.fields.get(b"warc-record-id", b"") if entry.error is None else b""
            offset = record.end


@dataclass(frozen=True, slots=True)
class _Record:
    """A record: its own header fields (lower-case names; none if damaged), and what follows them, cut short."""

    offset: int
    end: int
    fields: dict[bytes, bytes] = field(default_factory=dict)
    content: bytes = b""
    error: str | None = None


def _entry(record: _Record) -> Entry | None:
    length = record.end - record.offset
    if not record.fields:
        return Entry(record.offset, length, error=record.error)
    kind = record.fields.get(b"warc-type")
    if kind not in (b"response", b"revisit"):
        return None
    head = record.content.partition(b"\r\n\r\n")[0]
    status = _HTTP.match(head)
    declared = re.search(rb"\r\ncontent-type:\s*([^\r\n]*)", head, re.I)
    if status is None or status[1] != b"200" or (declared and _NO_PAGES.match(declared[1])):
        return None
    digest = record.fields.get(b"warc-payload-digest", b"").decode("latin-1") or None
    return Entry(record.offset, length, digest, kind == b"revisit", record.error)


def _record(stream: IO[bytes], offset: int) -> _Record | None:
    """The record at ``offset``, None at the end of the file; where none can be read, one that says why."""
    stream.seek(offset)
    start = stream.read(_HEAD)
    if not start.strip(_FILLING) and not _filled(stream):
        return None
    if start.startswith(_GZIP):
        return _member(stream, offset)
    blank = len(start) - len(start.lstrip(_FILLING))
    if (parsed := _parsed(start[blank:])) is None:
        return _damaged(stream, offset, "no record begins here")
    fields, header, length = parsed
    end = offset + blank + header + length
    if end > stream.seek(0, SEEK_END):
        return _damaged(stream, offset, "the file ends inside a record")
    content = start[blank + header : blank + header + length]
    return _Record(offset + blank, end, fields, content, _TOO_LARGE if length > MAX_RECORD else None)


def _filled(stream: IO[bytes]) -> bool:
    while part := stream.read(_STEP):
        if part.strip(_FILLING):
            return True
    return False


def _member(stream: IO[bytes], offset: int) -> _Record:
    """The record in the gzip member at ``offset``."""
    stream.seek(offset)
    engine, head, size = zlib.decompressobj(_MEMBER), b"", 0
    try:
        while not engine.eof:
            if not (fed := engine.unconsumed_tail or stream.read(_HEAD)):
                return _damaged(stream, offset, "the file ends inside a record")
            out = engine.decompress(fed, _STEP)
            head += out[: _HEAD - len(head)]
            size += len(out)
            if size > MAX_RECORD + _HEAD:  # it may unpack to any size: what follows is found without it
                fields, header, _ = _parsed(head) or ({}, 0, 0)
                return replace(_damaged(stream, offset, _TOO_LARGE), fields=fields, content=head[header:])
    except zlib.error as error:
        return _damaged(stream, offset, f"the record is damaged ({error})")
    end = stream.tell() - len(engine.unused_data)
    if (parsed := _parsed(head)) is None:
        return _Record(offset, end, error="no WARC or ARC record in this gzip member")
    fields, header, length = parsed
    if size < header + length:
        return _Record(offset, end, error="the record is shorter than it says")
    if size > header + length + len(b"\r\n\r\n"):
        return _Record(offset, end, error="many records in one gzip member; pack them one by one: warcio recompress")
    return _Record(offset, end, fields, head[header : header + length])


def _parsed(head: bytes) -> tuple[dict[bytes, bytes], int, int] | None:
    """A record's fields, the bytes its own header takes and those of what follows; None when no record begins here."""
    if _WARC.match(head):
        end = re.search(rb"\r?\n\r?\n", head)
        lines = re.sub(rb"\r?\n[ \t]+", b" ", head[: end.start()]).splitlines()[1:] if end else []
        pairs = (line.partition(b":") for line in lines)
        fields = {name.strip().lower(): value.strip() for name, _, value in pairs}
        length = fields.get(b"content-length", b"")
        return (fields, end.end(), int(length)) if end and length.isdigit() else None
    if arc := _ARC.match(head):
        kind = b"warcinfo" if arc["url"].startswith(b"filedesc:") else b"response"
        return {b"warc-type": kind}, arc.end(), int(arc["length"])
    return None


def _damaged(stream: IO[bytes], offset: int, cause: str) -> _Record:
    """What cannot be read, up to where the next record begins or the file ends."""
    kept, read = b"", offset + 1
    while True:
        stream.seek(read)
        part = stream.read(_STEP)
        window = kept + part
        for sign in _BEGINNING.finditer(window):
            place = read - len(kept) + sign.start()
            if not sign[0].startswith(_GZIP) or _begins(stream, place):
                return _Record(offset, place, error=cause)
        if not part:
            return _Record(offset, read, error=cause)
        read += len(part)
        kept = window[-16:]  # a sign may lie across two steps


def _begins(stream: IO[bytes], place: int) -> bool:
    """Whether a gzip member with a record begins at ``place``."""
    stream.seek(place)
    try:
        head = zlib.decompressobj(_MEMBER).decompress(stream.read(_HEAD), 1024)
    except zlib.error:
        return False
    return bool(_WARC.match(head) or _ARC.match(head))
