"""Documents in, records out, line by line: the engine under ``scrapy extract``.

One JSON object a line goes in, one comes out, in the same order and as soon as it is done; a bad line becomes
``{"id", "error"}`` and never stops the stream.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from crawler.guard import one_line
from crawler.model import Page
from crawler.reading import ReadingError
from crawler.recipe import recipe
from crawler.schema import Json, record_to_json

_CONTENT_KEYS = ("html", "html_b64", "text")


class DocumentError(ValueError):
    """An input document that cannot be used; the message says what is wrong with it."""


def extract_lines(lines: Iterable[bytes], home: str | None = None, *, keep_private: bool = False) -> Iterator[Json]:
    """Records for JSON lines ``{"id", "url"?, "html" | "html_b64" | "text", "fetched_at"?, "home"?}``."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        document: Json = {}
        try:
            document = _parse(line)
            yield extract_page(document["id"], _page(document, home), keep_private=keep_private)
        except Exception as error:  # one bad document must not end the stream
            yield {"id": document.get("id", f"line {number}"), "error": _reason(error)}


def extract_files(paths: Iterable[Path], home: str | None = None, *, keep_private: bool = False) -> Iterator[Json]:
    """Records for saved pages; the id is the path as given. ``.txt`` files are the plain text of a whole page."""
    for path in paths:
        try:
            content = path.read_bytes()
            if path.suffix.lower() == ".txt":
                page = Page(url="", content=content.decode("utf-8-sig"), kind="text", home=home)
            else:
                page = Page(url="", content=content, home=home)
            yield extract_page(str(path), page, keep_private=keep_private)
        except Exception as error:  # one bad file must not end the run
            yield {"id": str(path), "error": _reason(error)}


def extract_page(id: str, page: Page, *, keep_private: bool = False) -> Json:
    """One page as JSON in schema v1."""
    return record_to_json(recipe(page, keep_private=keep_private), id)


def _parse(line: bytes) -> Json:
    try:
        document = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DocumentError(f"not UTF-8: {error.reason} at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise DocumentError(f"not JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise DocumentError("not usable JSON: nested too deeply") from error
    if not isinstance(document, dict):
        raise DocumentError("not a JSON object; give one object a line")
    if "id" not in document or not isinstance(document["id"], str | int):
        raise DocumentError('no "id"; give each document a string id')
    return document


def _page(document: Json, home: str | None) -> Page:
    given = [key for key in _CONTENT_KEYS if document.get(key) is not None]
    if len(given) != 1:
        said = " and ".join(given) if given else "none"
        raise DocumentError(f'give exactly one of "html", "html_b64", "text" (given: {said})')
    key = given[0]
    value = document[key]
    if not isinstance(value, str):
        raise DocumentError(f'"{key}" must be a string, not {type(value).__name__}')
    url = document.get("url") or ""
    if not isinstance(url, str):
        raise DocumentError('"url" must be a string')
    return Page(
        url=url,
        content=_bytes(value) if key == "html_b64" else _characters(value),
        kind="text" if key == "text" else "html",
        fetched_at=_time(document.get("fetched_at")),
        home=document.get("home") or home,
    )


def _bytes(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise DocumentError(f'"html_b64" is not base64: {error}') from error


def _characters(value: str) -> str:
    """JSON may escape half a character (a lone surrogate), which no text can hold: it is shown as lost."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _time(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(str(value))
    except ValueError as error:
        raise DocumentError(f'"fetched_at" is not an ISO 8601 time: {value!r}') from error


def _reason(error: Exception) -> str:
    if isinstance(error, DocumentError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, ReadingError):
        return error.reason
    return one_line(error)
