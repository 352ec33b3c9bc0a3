"""One request and its response as they crossed the wire, and where it lies in the archive."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

Headers = tuple[tuple[str, str], ...]


class ArchiveError(Exception):
    """The archive cannot be written or read; the message names the file, the cause and the remedy."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A response with the request that asked for it.

    ``payload`` is the body as sent (still content-encoded, transfer coding removed); ``fetched_at`` is UTC;
    ``fields`` become the ``metadata`` record (portal, run, list page …).
    """

    url: str
    status: int
    headers: Headers
    payload: bytes
    fetched_at: datetime
    reason: str = ""
    method: str = "GET"
    request_headers: Headers = ()
    fields: Headers = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier capture with the same payload, which a ``revisit`` record points to."""

    url: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Location:
    """Where a capture's records lie: file name inside the archive folder, byte offset and length."""

    file: str
    offset: int
    length: int


def payload_digest(payload: bytes) -> str:
    """``sha1:`` and base32, as web archives write it in ``WARC-Payload-Digest`` and CDX files."""
    return "sha1:" + base64.b32encode(hashlib.sha1(payload, usedforsecurity=False).digest()).decode()
