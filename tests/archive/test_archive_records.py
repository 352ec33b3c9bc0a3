"""Our records are those that warcio writes, byte for byte, but for the ids they draw."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import Capture, Earlier, payload_digest
from crawler.archive.records import records

MOMENT = datetime(2024, 3, 5, 6, 7, 8, 90_000, UTC)
STAMP = "2024-03-05T06:07:08.090000Z"
EARLIER = Earlier("http://b.example/第一", MOMENT)
CAPTURES = {
    "page": Capture(
        "http://a.example/t/1.html?x=1&y=2", 200, (("Content-Type", "text/html"),), b"<p>\r\n\xff" * 999,
        MOMENT, "OK", "GET", (("Accept", "*/*"),), (("portal", "cinic"), ("requested", "http://a.example/第二")),
    ),
    "bare": Capture("http://a.example", 204, (), b"", MOMENT),
    "odd headers": Capture(
        "https://a.example/%E4%B8%AD?q=", 404, (("X-Name", "é 中 \x85 x"), ("D", 'a; filename="帮扶.pdf"'), ("E", "")),
        b"gone", MOMENT, "Not  Found", "POST", (("Referer", "http://a.example/é"),), (("note", "two\r\nlines"),),
    ),
}  # fmt: skip


def by_warcio(capture: Capture, earlier: Earlier | None) -> bytes:
    """The records as warcio makes and writes them."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    date, digest = {"WARC-Date": STAMP}, payload_digest(capture.payload)
    headers = [(name, " ".join(value.split())) for name, value in capture.headers]
    status = StatusAndHeaders(f"{capture.status} {capture.reason}".strip(), headers, protocol="HTTP/1.1")
    if earlier is None:
        first = writer.create_warc_record(
            capture.url, "response", payload=BytesIO(capture.payload), length=len(capture.payload),
            http_headers=status, warc_headers_dict={**date, "WARC-Payload-Digest": digest},
        )  # fmt: skip
    else:
        first = writer.create_revisit_record(
            capture.url, digest, earlier.url, STAMP, http_headers=status, warc_headers_dict=date
        )
    parts = urlsplit(capture.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    concurrent = {**date, "WARC-Concurrent-To": first.rec_headers.get_header("WARC-Record-ID")}
    asked = StatusAndHeaders(
        f"{capture.method} {target} HTTP/1.1", [("Host", parts.netloc), *capture.request_headers], is_http_request=True
    )
    request = writer.create_warc_record(capture.url, "request", http_headers=asked, warc_headers_dict=dict(concurrent))
    told = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in capture.fields).encode()
    fields = writer.create_warc_record(
        capture.url, "metadata", payload=BytesIO(told), length=len(told), warc_headers_dict=dict(concurrent)
    )
    for record in (first, request, fields):
        writer.write_record(record)
    return out.getvalue()


def unpacked(members: bytes) -> list[bytes]:
    found = []
    while members:
        one = zlib.decompressobj(wbits=31)
        found.append(one.decompress(members))
        assert one.eof
        members = one.unused_data
    return found


def numbered(written: bytes) -> bytes:
    """The ids in the order they are met: warcio draws its own."""
    ids: dict[bytes, bytes] = {}
    return re.sub(rb"<urn:uuid:[^>]+>", lambda found: ids.setdefault(found[0], b"<%d>" % len(ids)), written)


@pytest.mark.parametrize("earlier", [None, EARLIER], ids=["response", "revisit"])
@pytest.mark.parametrize("name", CAPTURES)
def test_the_records_are_warcios(name: str, earlier: Earlier | None) -> None:
    capture = CAPTURES[name]
    members = unpacked(records(capture, payload_digest(capture.payload), earlier))
    assert len(members) == 3
    assert numbered(b"".join(members)) == numbered(by_warcio(capture, earlier))
