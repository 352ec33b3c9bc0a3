"""The ``-a`` arguments of our spiders, checked before anything is fetched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlsplit

_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})


class ArgumentError(ValueError):
    """A spider argument that cannot be used; one line with the argument, the cause and the remedy."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """``full``: go on past known list pages and read known articles again. ``since``: nothing published before (ISO
    date). ``url``: this page only (spider ``site``: this site). ``lists``: further list pages. ``home``: adcode of the
    publisher's jurisdiction. ``part``: ``news`` for the newest list pages and what is new on them, ``rest`` for what
    that leaves: further list pages, what an interrupted run left, stored articles to look at again.
    """  # fmt: skip

    full: bool = False
    since: str | None = None
    url: str | None = None
    lists: tuple[str, ...] = ()
    home: str | None = None
    part: str | None = None

    def shown(self) -> dict[str, Any]:
        """Those that were given, for the run's entry."""
        return {k: v for k, v in asdict(self).items() if v}


@dataclass(frozen=True, slots=True)
class ArchiveArguments(Arguments):
    """Those of the spider ``archive``: ``path`` of WARC or WACZ files, or a CDX ``index`` with a ``host``; ``until`` is
    the last day of capture, ``data`` where an index's WARC files lie.
    """  # fmt: skip

    path: str | None = None
    index: str | None = None
    host: str | None = None
    until: str | None = None
    data: str | None = None


def read_arguments(given: dict[str, Any], kind: type[Arguments] = Arguments) -> Arguments:
    """Check spider arguments as given on the command line; raises ArgumentError. Names with a leading ``_`` pass."""
    names = [field.name for field in fields(kind)]
    unknown = sorted(name for name in given if not name.startswith("_") and name not in names)
    if unknown:
        raise ArgumentError(f"-a {unknown[0]}: unknown argument; the spider takes {', '.join(names)}")
    return kind(**{name: _READERS[name](name, given[name]) for name in names if name in given})


def _flag(name: str, value: Any) -> bool:
    text = str(value).strip().lower()
    if text not in _YES | _NO:
        raise ArgumentError(f"-a {name}={value}: neither yes nor no; write -a {name}=1 or leave it out")
    return text in _YES


def _day(name: str, value: Any) -> str | None:
    if not value:
        return None
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise ArgumentError(f"-a {name}={value}: not a date; write it as 2020-06-23") from None


def _url(name: str, value: Any) -> str | None:
    url = str(value or "").strip()
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ArgumentError(f"-a {name}={value}: not a web address; write it with http:// or https://")
    return url


def _urls(name: str, value: Any) -> tuple[str, ...]:
    return tuple(url for part in str(value or "").split(",") if (url := _url(name, part)))


def _text(name: str, value: Any) -> str | None:
    return str(value or "").strip() or None


def _part(name: str, value: Any) -> str | None:
    part = str(value or "").strip()
    if part not in ("", "news", "rest"):
        raise ArgumentError(f"-a {name}={value}: neither news nor rest; leave it out for both")
    return part or None


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "full": _flag,
    "since": _day,
    "url": _url,
    "lists": _urls,
    "home": _text,
    "part": _part,
    "path": _text,
    "index": _url,
    "host": _text,
    "until": _day,
    "data": _url,
}
