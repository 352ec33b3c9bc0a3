"""Write an archive file anew without some of its captures, or with other payloads in them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.capture import ArchiveError, Earlier, Location, payload_digest
from crawler.archive.writer import make_durable, refused, warcinfo


@dataclass(frozen=True, slots=True)
class Piece:
    """One capture of the new file: copied byte for byte from ``place`` unless it says otherwise.

    With ``payload`` it becomes a full response of these bytes, with ``earlier`` a revisit of that one, whose payload
    digest is ``digest``. ``plain``: the payload has no Content-Encoding any more.
    """

    place: Location
    payload: bytes | None = None
    earlier: Earlier | None = None
    digest: str = ""
    plain: bool = False


def rewrite(folder: Path, name: str, pieces: Sequence[Piece]) -> list[Location]:
    """Write the file ``name`` with these captures and return their places; it is on disk when this returns.

    The file must be there, empty and locked by the caller, who also removes it when this raises ArchiveError.
    """
    path = folder / name
    places = []
    try:
        with path.open("wb") as out:
            out.write(warcinfo(name))
            for piece in pieces:
                block = _block(folder, piece)
                places.append(Location(name, out.tell(), len(block)))
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        make_durable(folder)
    except OSError as error:
        raise refused(path, error) from error
    return places


def _block(folder: Path, piece: Piece) -> bytes:
    place = piece.place
    with (folder / place.file).open("rb") as stream:
        stream.seek(place.offset)
        block = stream.read(place.length)
    if len(block) != place.length:
        raise ArchiveError(
            f"{folder / place.file}: ends before {place.offset + place.length}; restore it from a backup"
        )
    if piece.payload is None and piece.earlier is None:
        return block
    records = ArchiveIterator(BytesIO(block))
    first = next(iter(records))
    status = _status(first.http_headers, piece)
    kept = {key: first.rec_headers.get_header(key) for key in ("WARC-Record-ID", "WARC-Date")}
    url = first.rec_headers.get_header("WARC-Target-URI")
    first.raw_stream.read()
    records.read_to_end(first)
    rest = block[records.get_record_offset() + records.get_record_length() :]
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    if piece.earlier is not None:
        earlier = piece.earlier
        date = earlier.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        record = writer.create_revisit_record(
            url, piece.digest, earlier.url, date, http_headers=status, warc_headers_dict=kept
        )
    else:
        assert piece.payload is not None
        kept["WARC-Payload-Digest"] = payload_digest(piece.payload)
        record = writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(piece.payload),
            length=len(piece.payload),
            http_headers=status,
            warc_headers_dict=kept,
        )
    writer.write_record(record)
    return out.getvalue() + rest


def _status(headers: StatusAndHeaders, piece: Piece) -> StatusAndHeaders:
    """Return the HTTP headers, saying under another name what the payload is not any more."""
    untrue = {"content-encoding", "content-length"} if piece.plain else set()
    lines = [(f"X-Archive-Orig-{n}" if n.lower() in untrue else n, value) for n, value in headers.headers]
    return StatusAndHeaders(headers.statusline, lines, protocol=headers.protocol)
