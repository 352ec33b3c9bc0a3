"""A robots.txt of any size and shape, cut to what can be parsed in bounded time (RFC 9309, section 2.5)."""

from __future__ import annotations

import re

LEAST = 500 * 1024
"""What RFC 9309 asks a crawler to parse at least, in bytes."""

_MOST_STARS = 8  # wildcards in one rule; a matcher that backtracks takes time exponential in them
_LONGEST = 2_048  # bytes of one line; no URL we ask for is longer
_STARS = re.compile(rb"\*+")


def trimmed(body: bytes, limit: int) -> bytes:
    """At most ``limit`` bytes (not fewer than :data:`LEAST`), cut at a line's end, its rules simplified.

    A rule with very many wildcards or a very long path is cut behind as much as is kept: for ``Disallow`` that forbids
    more, never less; an ``Allow`` rule of that kind goes away for the same reason.
    """
    limit = max(limit, LEAST)
    if len(body) > limit:
        body = body[: limit + 1]
        end = max(body.rfind(b"\n"), body.rfind(b"\r"))
        body = body[:end] if end > 0 else body[:limit]
    if body.count(b"*") <= _MOST_STARS and len(body) <= _LONGEST:
        return body
    return b"\n".join(line for line in map(_line, body.splitlines()) if line is not None)


def _line(line: bytes) -> bytes | None:
    line = _STARS.sub(b"*", line)
    if len(line) <= _LONGEST and line.count(b"*") <= _MOST_STARS:
        return line
    if not line.lstrip().lower().startswith(b"disallow"):
        return None
    pieces = line[:_LONGEST].split(b"*")
    return b"*".join(pieces[: _MOST_STARS + 1])
