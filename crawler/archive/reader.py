"""Read captures back: WARC files (plain or gzip), WACZ packages and single gzip members cut out of either."""

from __future__ import annotations

import logging
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader, ChunkedDataReader

from crawler.archive.capture import ArchiveError, Capture, Headers, Location, payload_digest

Resolve = Callable[[str, str], bytes | None]
logger = logging.getLogger(__name__)

MAX_RECORD = 64 << 20
"""Bytes of one record that are read, and bytes it may unpack to; no page is as large."""

_WARC_SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz")


def read_file(path: Path) -> Iterator[tuple[Location, Capture]]:
    """Every response of one WARC or WACZ file with its place; ``revisit`` records take the payload they refer to.

    A file cut short gives all whole records, then raises :class:`ArchiveError` naming file and offset.
    """
    seen: dict[str, bytes] = {}
    resolve: Resolve = lambda url, digest: seen.get(digest)  # noqa: E731  # a three-word closure
    if not path.exists():
        raise ArchiveError(f"{path}: no such file; give a WARC or WACZ file, or a folder of them")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            names = [name for name in package.namelist() if name.endswith(_WARC_SUFFIXES)]
            if not names:
                raise ArchiveError(f"{path}: no WARC file inside; a WACZ package holds archive/*.warc.gz")
            for name in names:
                with package.open(name) as stream:
                    yield from _remember(read_captures(stream, f"{path.name}!{name}", resolve), seen)
        return
    with path.open("rb") as stream:
        yield from _remember(read_captures(stream, path.name, resolve), seen)


def read_member(data: bytes, name: str, resolve: Resolve = lambda url, digest: None) -> Capture:
    """The first response in ``data``: one or more whole gzip members, as a CDX line's offset and length cut them."""
    for _, capture in read_captures(BytesIO(data), name, resolve):
        return capture
    raise ArchiveError(f"{name}: no response record in these bytes; offset or length may be wrong")


def read_place(folder: Path, place: Location, base: Location | None = None) -> Capture:
    """The capture at a known place of an archive folder; ``base`` is where the payload of a revisit lies.

    Raises :class:`ArchiveError` when file or record are not there any more.
    """

    def payload(url: str, digest: str) -> bytes | None:
        return read_place(folder, base).payload if base else None

    try:
        with (folder / place.file).open("rb") as stream:
            stream.seek(place.offset)
            data = stream.read(place.length)
    except OSError as error:
        raise ArchiveError(f"{folder / place.file}: {error.strerror}; restore it from a backup") from error
    return read_member(data, f"{place.file} at {place.offset}", payload)


def read_captures(
    stream: IO[bytes], name: str, resolve: Resolve = lambda url, digest: None
) -> Iterator[tuple[Location, Capture]]:
    """Responses of one open WARC stream in order.

    ``resolve(url, digest)`` finds the payload of a ``revisit``; one it cannot find is skipped.
    """
    records = ArchiveIterator(stream, arc2warc=True)
    offset = end = 0
    try:
        for record in records:
            capture = _capture(record, resolve)
            offset = records.get_record_offset()
            end = offset + records.get_record_length()
            if capture is not None:
                yield Location(name, offset, end - offset), capture
        if _torn(stream, offset):
            raise EOFError("the file ends inside a record")
    except (EOFError, ValueError, OSError) as error:
        raise ArchiveError(f"{name}: damaged after offset {offset}: {error}; what lies before it was read") from error
    except Exception as error:  # warcio raises its own bare exceptions for broken records
        raise ArchiveError(f"{name}: not a readable WARC record after offset {offset}: {error}") from error


def decoded(capture: Capture) -> bytes:
    """The payload with its Content-Encoding undone (gzip, deflate, br); as it is when it is none of them or damaged.

    Raises :class:`ArchiveError` for one that unpacks to more than :data:`MAX_RECORD` bytes.
    """
    coding = next((value.lower() for name, value in capture.headers if name.lower() == "content-encoding"), "")
    if coding not in BufferedReader.get_supported_decompressors():
        return capture.payload
    reader = BufferedReader(BytesIO(capture.payload), decomp_type=coding)
    parts, size = [], 0
    while part := reader.read(1 << 20):
        parts.append(part)
        size += len(part)
        if size > MAX_RECORD:
            raise ArchiveError(f"{capture.url}: unpacks to more than {MAX_RECORD >> 20} MB; left out")
    return b"".join(parts) or capture.payload


def _torn(stream: IO[bytes], offset: int) -> bool:
    """Whether the stream breaks off inside a gzip member at or behind ``offset``, which warcio passes over."""
    if not stream.seekable():
        return False
    stream.seek(offset)
    rest = stream.read()
    if not rest.startswith(b"\x1f\x8b"):
        return False  # a plain WARC: its records know their length
    while rest.startswith(b"\x1f"):
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            member.decompress(rest, 1 << 20)
            while member.unconsumed_tail and not member.eof:
                member.decompress(member.unconsumed_tail, 1 << 20)
        except zlib.error:
            return True
        if not member.eof:
            return True
        rest = member.unused_data
    return bool(rest.strip())


def _remember(
    captures: Iterator[tuple[Location, Capture]], seen: dict[str, bytes]
) -> Iterator[tuple[Location, Capture]]:
    for location, capture in captures:
        seen.setdefault(payload_digest(capture.payload), capture.payload)
        yield location, capture


def _capture(record: Any, resolve: Resolve) -> Capture | None:
    if record.rec_type not in ("response", "revisit") or record.http_headers is None:
        _read(record.raw_stream, record)
        return None
    url = record.rec_headers.get_header("WARC-Target-URI")
    headers: Headers = tuple((str(name), str(value)) for name, value in record.http_headers.headers)
    if record.rec_type == "revisit":
        found = resolve(url, record.rec_headers.get_header("WARC-Payload-Digest") or "")
        if found is None:
            return None
        payload = found
    else:
        read = _payload(record, headers)
        if read is None:
            logger.warning("%s: a record of more than %d MB; left out", url, MAX_RECORD >> 20)
            return None
        payload = read
    code = record.http_headers.get_statuscode()
    capture = Capture(
        url=url,
        status=int(code) if code.isdigit() else 0,
        reason=record.http_headers.statusline.partition(" ")[2],
        headers=headers,
        payload=payload,
        fetched_at=_moment(record.rec_headers.get_header("WARC-Date")),
    )
    return replace(capture, headers=tuple(h for h in headers if h[0].lower() != "transfer-encoding"))


def _payload(record: Any, headers: Headers) -> bytes | None:
    chunked = any(name.lower() == "transfer-encoding" and "chunked" in value.lower() for name, value in headers)
    return _read(ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream, record)


def _read(stream: Any, record: Any) -> bytes | None:
    """The whole stream; None, with the stream read to its end, when it is larger than a record may be."""
    parts: list[bytes] = []
    size = 0
    while part := stream.read(1 << 20):
        size += len(part)
        if size <= MAX_RECORD:
            parts.append(part)
        else:
            parts.clear()
    if getattr(record.raw_stream, "limit", 0) > 0:  # warcio takes the end of the file for the end of the record
        raise EOFError(f"record of {record.rec_headers.get_header('WARC-Target-URI')} is cut short")
    return b"".join(parts) if size <= MAX_RECORD else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
