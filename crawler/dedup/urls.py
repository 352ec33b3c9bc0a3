"""One identity for the many spellings of one page's address."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

_ARCHIVED = re.compile(r"^https?://(?:web\.archive\.org/web|[^/]*/wayback)/\d{4,14}(?:[a-z]{2}_)?/(https?:/+.+)$", re.I)
_SIMPLE = re.compile(r"http://[a-z0-9.-]+(?::[1-9]\d*)?(?:/[\w~-][\w.~-]*)*/?", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=65536)
def canonical_url(url: str) -> str:
    """Return the address that stands for every spelling of the page at ``url``; idempotent.

    It is an identity, not an address to request: both schemes give ``http``, mobile, print and web-archive views give
    the plain page, tracking and session parameters, fragments, default ports and directory index names go, parameters
    are sorted. Host-wide rules are rows of ``url_rules.tsv``. A string that is no http(s) URL comes back stripped.
    """
    url = url.strip()
    while archived := _ARCHIVED.match(url):
        url = re.sub(r"^(https?):/+", r"\1://", archived.group(1))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
        return url
    host = _host(parts.hostname)
    default = port in (None, _DEFAULT_PORTS[parts.scheme.lower()])
    path = _path(parts.path, host)
    query = _query(parts.query, host)
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    plain = urlunsplit(("http", host if default else f"{host}:{port}", path, query, fragment))
    if _SIMPLE.fullmatch(plain):  # nothing to escape, sort or drop
        return plain
    return canonicalize_url(plain, keep_blank_values=True, keep_fragments=bool(fragment))


def article_id(url: str) -> str:
    """Return 20 hex digits that name the article at ``url``: a hash of its canonical form."""
    return blake2b(canonical_url(url).encode(), digest_size=10).hexdigest()


def mirror_key(url: str) -> str | None:
    """Return the article number in the path when it is long enough to be the same article on another host, else None.

    Such a number (16 letters and digits mixed, as in ``/article/JS35L1P3053489NX.html``) is evidence, not identity:
    mirrors damage the text, so their copies stay articles of their own.
    """
    found = re.search(r"/([A-Z0-9]{14,24})\.s?html?$", urlsplit(url).path)
    return found.group(1) if found and re.search(r"\d", found.group(1)) and re.search("[A-Z]", found.group(1)) else None


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    host: str
    pattern: re.Pattern[str]
    value: re.Pattern[str] | None
    replacement: str

    def applies(self, host: str) -> bool:
        return self.host == "*" or host == self.host or host.endswith("." + self.host)


@cache
def _rules(kind: str) -> tuple[_Rule, ...]:
    table = files(__package__).joinpath("url_rules.tsv").read_text("utf-8").splitlines()
    rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(_rule(row) for row in rows if row["kind"] == kind)


def _rule(row: dict[str, str]) -> _Rule:
    pattern, value = row["pattern"], None
    if row["kind"] == "param":
        pattern, equals, values = pattern.partition("=")
        value = re.compile(values, re.I) if equals else None
        return _Rule("param", row["host"], re.compile(f"(?:{pattern})", re.I), value, "")
    return _Rule(row["kind"], row["host"], re.compile(pattern), None, row["replacement"])


def _host(host: str) -> str:
    host = host.lower().rstrip(".")
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return host
    for rule in _rules("host"):
        if rule.applies(host):
            host = rule.pattern.sub(rule.replacement, host)
    return host


def _path(path: str, host: str) -> str:
    path = path if "://" in path else re.sub(r"/{2,}", "/", path)
    while True:
        before = path
        for rule in _rules("path"):
            if rule.applies(host):
                path = rule.pattern.sub(rule.replacement, path)
        if path == before:
            return path or "/"


def _query(query: str, host: str) -> str:
    if not query:
        return ""
    kept = [pair for pair in query.split("&") if pair and not _tracks(pair, host)]
    return "&".join(kept)


def _tracks(pair: str, host: str) -> bool:
    parsed = parse_qsl(pair, keep_blank_values=True, errors="replace")
    name, value = parsed[0] if parsed else (pair, "")
    return any(
        rule.applies(host) and rule.pattern.fullmatch(name) and (rule.value is None or rule.value.fullmatch(value))
        for rule in _rules("param")
    )
