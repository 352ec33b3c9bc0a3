"""Ask a web archive's CDX index what it holds of a host, in the dialects of the Wayback Machine and Common Crawl.

Nothing here fetches: queries are URLs, answers are bytes, and the caller brings both together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote_plus, urlencode, urljoin, urlsplit

from crawler.archive.capture import ArchiveError

#: Where the records of a Common Crawl index lie, by index host.
_DATA_HOSTS = {"index.commoncrawl.org": "https://data.commoncrawl.org/"}
_NOTHING = "No Captures"  # found for: so Common Crawl says that there are none, with status 404
_WAYBACK_COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_NAMES = {"original": "url", "mimetype": "mime", "statuscode": "status"}


@dataclass(frozen=True, slots=True)
class CdxRow:
    """One capture an index knows: 14-digit UTC ``timestamp``; file, offset and length where the index tells them."""

    url: str
    timestamp: str
    mime: str
    status: int | None
    digest: str
    filename: str | None = None
    offset: int | None = None
    length: int | None = None

    @property
    def revisit(self) -> bool:
        """True for a capture that only says the payload had not changed."""
        return self.mime == "warc/revisit"


@dataclass(frozen=True, slots=True)
class CdxPage:
    """One page of an index answer, and the key that asks for the next (None on the last).

    Servers print the key as it stands in a URL, percent-encoded; here it is plain, for :func:`query` to encode.
    """

    rows: tuple[CdxRow, ...]
    resume_key: str | None


def query(
    index: str, host: str, *, since: str | None = None, until: str | None = None, page: int | None = None,
    resume_key: str | None = None, limit: int = 1000,
) -> str:  # fmt: skip
    """The URL that asks ``index`` for the captures of ``host``; ``since``/``until`` are ISO dates.

    The Wayback Machine pages by resume key (its ``page=`` answers nothing for whole hosts), Common Crawl by number.
    """
    words = {"url": f"{host}/*", "output": "json"}
    if since:
        words["from"] = since.replace("-", "")
    if until:
        words["to"] = until.replace("-", "")
    if is_wayback(index):
        words |= {"limit": str(limit), "showResumeKey": "true"}
        if resume_key:
            words["resumeKey"] = resume_key
    elif page is not None:
        words["page"] = str(page)
    return f"{index}?{urlencode(words)}"


def count_query(index: str, host: str) -> str:
    """The URL that asks a Common Crawl index how many pages :func:`query` has."""
    return f"{index}?{urlencode({'url': f'{host}/*', 'output': 'json', 'showNumPages': 'true'})}"


def page_count(body: bytes) -> int:
    """The number of pages from the answer to :func:`count_query` (JSON object or bare number)."""
    try:
        answer = json.loads(body)
        if isinstance(answer, dict) and _NOTHING in answer.get("message", ""):
            return 0
        return int(answer["pages"] if isinstance(answer, dict) else answer)
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveError(f"index answered no page count: {body[:80]!r}") from error


def is_wayback(index: str) -> bool:
    """Whether ``index`` speaks the Wayback Machine's dialect (arrays, resume keys) or Common Crawl's (objects)."""
    return "/cdx/search" in urlsplit(index).path


def parse_page(body: bytes) -> CdxPage:
    """Rows of one answer: JSON arrays with a header row, one JSON object a line, CDXJ or plain CDX lines.

    "No captures" (an empty answer or Common Crawl's 404 message) is an empty page; anything else that is no index
    answer raises :class:`ArchiveError`.
    """
    text = body.decode("utf-8", "replace").strip()
    if not text or text == "[]":
        return CdxPage((), None)
    if text.startswith("[["):
        return _arrays(text)
    rows: list[CdxRow] = []
    resume_key = None
    for line in text.splitlines():
        if not line.strip():
            continue
        if "{" in line:
            row = _object(line)
            if row is not None:
                rows.append(row)
        elif len(line.split()) == 1 and rows:
            resume_key = unquote_plus(line.strip())
        else:
            rows.append(_row(dict(zip(_WAYBACK_COLUMNS, line.split(), strict=False)), line))
    return CdxPage(tuple(rows), resume_key)


def capture_request(row: CdxRow, index: str, data: str | None = None) -> tuple[str, str | None]:
    """``(url, Range header or None)`` that fetches one capture's bytes.

    A row with file, offset and length is a gzip member of a WARC file under ``data`` (known for Common Crawl); any
    other is the Wayback Machine's unaltered page (``id_``).
    """
    if row.filename is not None and row.offset is not None and row.length is not None:
        base = data or _DATA_HOSTS.get(urlsplit(index).netloc)
        if base is None:
            raise ArchiveError(f"{index}: where its WARC files lie is not known; name it with -a data=URL")
        return urljoin(base, row.filename), f"bytes={row.offset}-{row.offset + row.length - 1}"
    return urljoin(index, f"/web/{row.timestamp}id_/{row.url}"), None


def _arrays(text: str) -> CdxPage:
    try:
        table = json.loads(text)
    except ValueError as error:
        raise ArchiveError(f"index answer is cut short or no JSON: {error}") from error
    header, *lines = table
    resume_key = None
    if len(lines) >= 2 and lines[-2] == []:
        resume_key = unquote_plus(lines[-1][0])
        lines = lines[:-2]
    return CdxPage(tuple(_row(dict(zip(header, line, strict=False)), str(line)) for line in lines if line), resume_key)


def _object(line: str) -> CdxRow | None:
    head, brace, rest = line.partition("{")
    try:
        values = json.loads(brace + rest)
    except ValueError as error:
        raise ArchiveError(f"index line is no JSON: {line[:80]!r}") from error
    if "url" not in values and "message" in values:
        if _NOTHING in values["message"]:
            return None
        raise ArchiveError(f"index answered: {values['message']}")
    if head.strip():
        values.setdefault("timestamp", head.split()[-1])
    return _row(values, line)


def _row(values: dict[str, str], line: str) -> CdxRow:
    named = {_NAMES.get(key, key): value for key, value in values.items()}
    if not named.get("url") or not named.get("timestamp", "").isdigit():
        raise ArchiveError(f"index line has no URL or timestamp: {line[:80]!r}")
    return CdxRow(
        url=named["url"],
        timestamp=named["timestamp"],
        mime=named.get("mime", ""),
        status=_number(named.get("status")),
        digest=named.get("digest", ""),
        filename=named.get("filename"),
        offset=_number(named.get("offset")),
        length=_number(named.get("length")),
    )


def _number(value: str | int | None) -> int | None:
    return int(value) if value is not None and str(value).isdigit() else None


@dataclass(frozen=True, slots=True)
class CaptureName:
    """One capture of an index in one address of our own, so that a ledger can hold it and ask for it again.

    ``fetch`` and ``span`` are what :func:`capture_request` gave.
    """

    url: str
    timestamp: str
    fetch: str
    span: str | None = None

    def __str__(self) -> str:
        words = {"url": self.url, "at": self.timestamp, "fetch": self.fetch}
        if self.span:
            words["span"] = self.span
        return f"capture://{urlsplit(self.fetch).netloc}/?{urlencode(words)}"

    @classmethod
    def parse(cls, name: str) -> CaptureName:
        """The capture a name was made for."""
        words = {key: values[0] for key, values in parse_qs(urlsplit(name).query).items()}
        return cls(words["url"], words["at"], words["fetch"], words.get("span"))


def newest_unlike(rows: Iterable[CdxRow]) -> list[CdxRow]:
    """One row per payload of a URL, in order of time: revisits and repeats of a payload already listed fall away."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for row in sorted(rows, key=lambda row: (row.url, row.timestamp, row.revisit)):
        key = (row.url, row.digest)
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept
