"""The archive: every fetched response as WARC, written before anything is parsed, and read back from anywhere."""

from crawler.archive.capture import ArchiveError, Capture, Earlier, Location, payload_digest
from crawler.archive.cdx import (
    CaptureName,
    CdxPage,
    CdxRow,
    capture_request,
    count_query,
    is_wayback,
    newest_unlike,
    page_count,
    parse_page,
    query,
)
from crawler.archive.erase import Piece, rewrite
from crawler.archive.index import Entry, Source, archive_files, index, opened, sources
from crawler.archive.reader import decoded, read_captures, read_file, read_member, read_place
from crawler.archive.recovery import COMMITTED_TOGETHER, Recovered, locked, recover
from crawler.archive.writer import WarcWriter, Written, make_durable

__all__ = [
    "COMMITTED_TOGETHER",
    "ArchiveError",
    "Capture",
    "CaptureName",
    "CdxPage",
    "CdxRow",
    "Earlier",
    "Entry",
    "Location",
    "Piece",
    "Recovered",
    "Source",
    "WarcWriter",
    "Written",
    "archive_files",
    "capture_request",
    "count_query",
    "decoded",
    "index",
    "is_wayback",
    "locked",
    "make_durable",
    "newest_unlike",
    "opened",
    "page_count",
    "parse_page",
    "payload_digest",
    "query",
    "read_captures",
    "read_file",
    "read_member",
    "read_place",
    "recover",
    "rewrite",
    "sources",
]
