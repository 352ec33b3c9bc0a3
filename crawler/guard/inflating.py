"""Undo a Content-Encoding within bounds: no bomb is unpacked whole, no torn stream passes for a page."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Generator, Iterator
from importlib import import_module
from typing import Any

_STEP = 65_536  # bytes unpacked at a time
_FEED = 4_096  # bytes handed to a decompressor at a time


class InflateError(ValueError):
    """A body that cannot be unpacked: one line saying why."""


class TooLargeError(InflateError):
    """Unpacked, the body would be larger than allowed."""


class TornError(InflateError):
    """The compressed stream ends before its end, or is damaged."""


def inflate(body: bytes, coding: str, limit: int) -> bytes:
    """Unpack ``body`` by one coding (``gzip``, ``x-gzip``, ``deflate``, ``br``, ``zstd``), at most ``limit`` bytes.

    Memory stays below twice the limit whatever the body promises. A body that is not compressed at all comes back as
    it is, for servers declare codings they do not use. Raises TooLargeError, TornError; KeyError for other codings.
    """
    parts: list[bytes] = []
    size = 0
    for part in _CODINGS[coding](body):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise TooLargeError(f"unpacks to more than {limit / 2**20:g} MB from {len(body):,} bytes ({coding})")
    return b"".join(parts)


def _gzip(body: bytes) -> Iterator[bytes]:
    if not body.startswith(b"\x1f\x8b"):
        yield body
        return
    at = 0
    while body.startswith(b"\x1f\x8b", at):  # a file may hold several members; what follows the last is padding
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        at = yield from _unpacked(member, body, at)


def _deflate(body: bytes) -> Iterator[bytes]:
    if not body:
        return
    try:
        zlib.decompressobj().decompress(body, 1)
        window = zlib.MAX_WBITS
    except zlib.error:
        window = -zlib.MAX_WBITS  # what some old servers send: a stream without its header
        try:
            zlib.decompressobj(window).decompress(body, 1)
        except zlib.error:
            yield body
            return
    yield from _unpacked(zlib.decompressobj(window), body, 0)


def _unpacked(member: Any, body: bytes, at: int) -> Generator[bytes, None, int]:
    """Unpack what begins at ``at``; return where it ends. Fed in small pieces: a million tiny members stay cheap."""
    try:
        while not member.eof and at < len(body):
            piece = body[at : at + _FEED]
            at += len(piece)
            while part := member.decompress(piece, _STEP):
                yield part
                piece = member.unconsumed_tail
    except zlib.error as error:
        raise TornError(f"the compressed body is damaged ({error})") from error
    if not member.eof:
        raise TornError("the compressed body ends before its end")
    return at - len(member.unused_data)


def _brotli(body: bytes) -> Iterator[bytes]:
    brotli = import_module("brotli")
    stream = brotli.Decompressor()
    try:
        part = stream.process(body, output_buffer_limit=_STEP)
        while part:
            yield part
            part = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=_STEP)
    except brotli.error as error:
        raise TornError(f"the compressed body is damaged ({error})") from error
    if not stream.is_finished():
        raise TornError("the compressed body ends before its end")


def _zstd(body: bytes) -> Iterator[bytes]:
    zstd = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    at = 0
    while at < len(body):
        frame = zstd.ZstdDecompressor()
        try:
            while not frame.eof and at < len(body):
                piece = body[at : at + _FEED]
                at += len(piece)
                while part := frame.decompress(piece, _STEP):
                    yield part
                    piece = b""
                    if frame.eof:
                        break
        except zstd.ZstdError as error:
            raise TornError(f"the compressed body is damaged ({error})") from error
        if not frame.eof:
            raise TornError("the compressed body ends before its end")
        at -= len(frame.unused_data)


_CODINGS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
