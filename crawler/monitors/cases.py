"""A ready case: the page that failed, what it lacks, the rule that no longer matches and where it last did."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from crawler.archive import ArchiveError, decoded, read_place
from crawler.model import Page
from crawler.monitors.fixtures import EXPECTED, UNKNOWN, list_skeleton, skeleton, write_fixture
from crawler.monitors.rules import Rule, rule_of, standing
from crawler.reading import ReadingError
from crawler.store import Store
from crawler.store.incidents import IncidentRow
from crawler.store.schema import articles, texts

_FIELDS = {
    "coverage/title": "title",
    "coverage/published": "published",
    "coverage/source": "source",
    "coverage/text": "text",
    "coverage/events": "text",
    "length/text": "text",
    "damage/lost": "text",
    "damage/repaired": "text",
    "dates/future": "published",
    "access/unread": "text",
    "lists/empty": "articles",
}
_TRIED = 20  # earlier articles looked at for one whose bytes are in the archive
_NOT_OURS = frozenset({"content-encoding", "content-length", "transfer-encoding", "set-cookie", "connection"})
TESTS = "tests/portals/cases"


@dataclass(frozen=True, slots=True)
class Case:
    """What ``case.json`` holds: the finding, its field, the rule and where it last matched, and pages that failed."""

    portal: str
    cause: str
    field: str | None
    finding: str
    rule: dict[str, Any] | None
    now: str | None
    last_matched: str | None
    failing: list[str]
    runs: list[int]


def case_field(cause: str) -> str | None:
    """The field a cause is about; None for causes that are no matter of an article."""
    return _FIELDS.get(cause)


def write_case(store: Store, archive: Path, target: Path, incident: IncidentRow, failing: Sequence[str]) -> Path | None:
    """Write the case of an incident below ``target`` and return its folder; None when no page of it is archived.

    ``failing`` are addresses of pages that showed the fault. Raises OSError when the folder cannot be written.
    """
    field = case_field(incident.cause)
    kind = "list" if field == "articles" else "article"
    page = _first(store, archive, failing, kind)
    if page is None or not isinstance(page.content, bytes):
        return None
    good = _matched(store, archive, incident, field, page.url) if field else None
    rule = rule_of(field, good) if field and good else None
    name = f"{incident.opened_at[:10]}-{re.sub(r'[^a-z]+', '-', incident.cause)}-{incident.incident}"
    folder = target / re.sub(r"[^\w.-]+", "_", incident.portal) / name
    shutil.rmtree(folder, ignore_errors=True)
    write_fixture(folder, page, _expected(page, field))
    if good is not None and isinstance(good.content, bytes):
        (folder / "matched.html").write_bytes(good.content)
    now = _now(rule, page)
    urls = [page.url, *(url for url in failing if url != page.url)]
    told = Case(
        incident.portal, incident.cause, field, incident.message, asdict(rule) if rule else None, now,
        good.url if good else None, urls, [incident.first_run],
    )  # fmt: skip
    (folder / "case.json").write_text(json.dumps(asdict(told), ensure_ascii=False, indent=2) + "\n", "utf-8")
    (folder / "README.md").write_text(_readme(folder, told, rule), "utf-8")
    return folder


def _expected(page: Page, field: str | None) -> dict[str, Any]:
    """What today's code reads, with a question mark where a person must say what is right."""
    if field == "articles":
        return {name: value or UNKNOWN for name, value in list_skeleton(page).items()}
    try:
        told = skeleton(page)
    except ReadingError:
        return dict.fromkeys(("title", "published", "source", "text_begins", "text_ends", "events"), UNKNOWN)
    doubtful = ("text_begins", "text_ends") if field == "text" else (field,)
    return {name: UNKNOWN if name in doubtful or value in (None, "") else value for name, value in told.items()}


def _matched(store: Store, archive: Path, incident: IncidentRow, field: str, unlike: str) -> Page | None:
    """The newest archived page of the portal, from before the incident, from which the field is read today."""
    if field == "articles":
        earlier = _first(store, archive, [unlike], "list", before_run=incident.first_run)
        return earlier if earlier is not None and rule_of(field, earlier) is not None else None
    a = articles.c
    has = {
        "title": a.title.is_not(None),
        "published": a.published.is_not(None),
        "source": a.source.is_not(None),
        "text": func.length(texts.c.text) > 0,
    }[field]
    query = (
        select(a.found_url)
        .join(texts, texts.c.text_id == a.text_id)
        .where(a.portal == incident.portal, a.first_run < incident.first_run, has, a.found_url != unlike)
        .order_by(a.first_run.desc(), a.first_seen.desc(), a.article_id)
        .limit(_TRIED)
    )
    with store.read() as connection:
        found = list(connection.scalars(query))
    pages = (page for url in found if (page := _first(store, archive, [url])) is not None)
    return next((page for page in pages if rule_of(field, page) is not None), None)


def _first(
    store: Store, archive: Path, urls: Iterable[str], kind: str = "article", before_run: int | None = None
) -> Page | None:
    """The first of these pages that the archive gives back."""
    for url in urls:
        row = store.capture_of(url, kind, before_run)
        if row is None:
            continue
        try:
            capture = read_place(archive, row.location, row.base)
        except ArchiveError:
            continue
        headers = tuple((name, value) for name, value in capture.headers if name.lower() not in _NOT_OURS)
        at = datetime.fromisoformat(row.fetched_at)
        return Page(capture.url, decoded(capture), "html", headers, at, row.home, row.portal)
    return None


def _now(rule: Rule | None, page: Page) -> str | None:
    """What has become of the rule's place on the failing page."""
    if rule is None or rule.path is None:
        return None
    text = standing(rule.path, page)
    return f"nothing stands at {rule.path}" if text is None else f"at {rule.path} stands now: {text}"


def _readme(folder: Path, case: Case, rule: Rule | None) -> str:
    """What happened and what to do, for the engineer who opens the folder."""
    home = f"{TESTS}/{folder.parent.name}"
    matched = f"{_code(case.last_matched)} (saved: `matched.html`)" if case.last_matched else "none in the archive"
    told = rule.told() if rule else "unknown: no earlier article with it is in the archive"
    lines = [
        f"# {case.portal}: {case.finding}",
        "",
        f"- page that fails: {_code(case.failing[0])} (saved: `page.html`, its headers: `headers.txt`)",
        f"- missing or wrong: {case.field or case.cause}",
        f"- rule that no longer matches: {_plain(told)}",
        f"- on the failing page: {_plain(case.now or 'the rule names no place to look at')}",
        f"- last page where it matched: {matched}",
        "",
        f"1. In `{EXPECTED}` write what a reader sees on the page wherever it says `?`; take "
        "out a line that nobody can know.",
        f"2. `mkdir -p {home} && cp -r {folder.resolve()} {home}/`",
        f"3. `python -m pytest tests/portals/test_portal_cases.py -k {folder.name}` fails until the page is read",
        "   right.",
        f"4. `scrapy read --html page.html` shows line by line why; what is declared of the portal stands in "
        f"`crawler/portals/{case.portal}.py`.",
        f"5. `scrapy replay --portal {case.portal} --apply` then reads again what was harvested meanwhile.",
        "",
    ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Crawled text on one line of Markdown, without control characters or markup of its own."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return re.sub(r"([`*_\[\]<>])", r"\\\1", shown)


def _code(url: str) -> str:
    """An address as Markdown code; a backtick would end it."""
    return f"`{''.join(c for c in url if c.isprintable()).replace('`', '%60')}`"
