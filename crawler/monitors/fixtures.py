"""A saved page with what it must be read as: the form of a ready case, and of the cases beside a portal's tests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.model import Page, Record
from crawler.monitors.rules import listing_of
from crawler.reading import ReadingError
from crawler.recipe import recipe

PAGE, HEADERS, EXPECTED = "page.html", "headers.txt", "expected.json"
UNKNOWN = "?"
"""What a person has to fill in."""


class FixtureError(Exception):
    """A case that cannot be checked; the message names its file and the cause."""


def read_page(folder: Path, stem: str = "page") -> Page:
    """The saved page of a case, as the recipe takes it; raises FixtureError."""
    try:
        told = json.loads((folder / EXPECTED).read_text("utf-8"))
        content = (folder / f"{stem}.html").read_bytes()
        lines = (folder / HEADERS).read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise FixtureError(f"{folder}: not a case ({error})") from error
    headers = tuple((name, value.strip()) for name, _, value in (line.partition(":") for line in lines if line.strip()))
    fetched = datetime.fromisoformat(told["fetched_at"]) if told.get("fetched_at") else None
    return Page(told["url"], content, "html", headers, fetched, told.get("home"), told.get("portal"))


def mismatches(folder: Path) -> Iterator[str]:
    """Yield a line for each field that today's code reads otherwise than a case expects, or that is still ``?``."""
    page = read_page(folder)
    told = json.loads((folder / EXPECTED).read_text("utf-8"))
    try:
        found = list_skeleton(page) if "articles" in told["expected"] else skeleton(page)
    except ReadingError as error:
        yield f"{folder.name}: {error.reason}"
        return
    if "checked" in told and not told["checked"]:
        yield f'{folder.name}: nobody has read {EXPECTED} beside {PAGE} yet; who has sets the day as its "checked"'
    for name, value in told["expected"].items():
        if value == UNKNOWN:
            yield f"{folder.name}: {EXPECTED} still says {UNKNOWN!r} for {name}; today's code reads {found[name]!r}"
        elif found[name] != value:
            yield f"{folder.name}: {name} is {found[name]!r}, expected {value!r}"


def skeleton(page: Page) -> dict[str, Any]:
    """What a case expects of an article: title, date, source, begin and end of the text, its events by type and day.

    Raises ReadingError when nothing can be read.
    """
    return skeleton_of(recipe(page))


def skeleton_of(record: Record) -> dict[str, Any]:
    """The same of a page that has been read."""
    article = record.article
    return {
        "title": article.title,
        "published": article.published,
        "source": article.source,
        "text_begins": article.text[:30],
        "text_ends": article.text[-30:],
        "events": [f"{event.type} {event.date_start}" for event in record.events],
    }


def list_skeleton(page: Page) -> dict[str, Any]:
    """What a case expects of a list page: the addresses of its articles, in order."""
    return {"articles": [link.url for link in listing_of(page).articles]}


def write_fixture(folder: Path, page: Page, expected: Mapping[str, Any], *, unchecked: bool = False) -> None:
    """Write page, headers and expectation; raises OSError.

    An ``unchecked`` one is what today's code reads: it fails its test until a person has set the day of reading it.
    """
    assert isinstance(page.content, bytes)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PAGE).write_bytes(page.content)
    (folder / HEADERS).write_text("".join(f"{name}: {value}\n" for name, value in page.headers), "utf-8")
    told = {key: value for key, value in asdict(page).items() if key in ("url", "home", "portal")}
    told["fetched_at"] = page.fetched_at.isoformat() if page.fetched_at else None
    if unchecked:
        told["checked"] = None
    told["expected"] = dict(expected)
    (folder / EXPECTED).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
