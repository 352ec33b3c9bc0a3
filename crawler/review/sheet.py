"""The workbook a reviewer fills in: events to judge, the articles they stand in, and hidden what was given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from crawler.events.correcting import CORRECTABLE
from crawler.model import EVENT_TYPES
from crawler.review.asking import Question
from crawler.review.cells import STATUSES, spell
from crawler.store import schema as s

VERDICTS = ("right", "wrong")
EVENTS = ("event_id", "verdict", *CORRECTABLE, "quote", "note", "why_asked", "sources", "title", "article_url")
ARTICLES = ("article_url", "complete", "title", "published", "source", "text")
HELP = (
    ("verdict", "right: the event and all its cells are right. wrong: there is no such event. Empty: not looked at,"),
    ("", "unless you changed a cell: then the event is right as corrected."),
    ("cells", "Change what is wrong. One item of a list a line; persons: name | title | side (supporting, supported);"),
    ("", "places: official full names; amounts: plain yuan; pairs: supported = supporting."),
    ("new events", "Add a row without event_id: type, its cells, article_url, and in quote the article's own words."),
    ("complete", "On the sheet articles: yes when no event of the article is missing. Such articles become gold."),
)
_WIDTHS = {"event_id": 12, "verdict": 9, "persons": 34, "quote": 50, "note": 24, "title": 40, "text": 120}
_HIDDEN = "given"


class ReviewError(Exception):
    """The sheet cannot be written or read; the message names the file and the cause in one line."""


def write_sheet(connection: Connection, asked: Sequence[Question], path: Path) -> None:
    """Write the workbook. Raises ``ReviewError``."""
    try:
        openpyxl = import_module("openpyxl")
        validation = import_module("openpyxl.worksheet.datavalidation").DataValidation
    except ModuleNotFoundError as error:
        raise ReviewError("openpyxl is not installed; pip install 'duikou[export]'") from error
    pages = _pages(connection, dict.fromkeys(q.article_id for q in asked))
    book = openpyxl.Workbook()
    events = book.active
    events.title = "events"
    _fill(events, EVENTS, (_row(q, pages[q.article_id]) for q in asked))
    for column, allowed in (("verdict", VERDICTS), ("type", EVENT_TYPES), ("status", STATUSES)):
        rule = validation(type="list", formula1=f'"{",".join(allowed)}"', allow_blank=True)
        letter = events.cell(1, EVENTS.index(column) + 1).column_letter
        rule.add(f"{letter}2:{letter}{len(asked) + 200}")
        events.add_data_validation(rule)
    _fill(book.create_sheet("articles"), ARTICLES, ([page[name] for name in ARTICLES] for page in pages.values()))
    _fill(book.create_sheet("help"), ("what", "how"), HELP)
    given = book.create_sheet(_HIDDEN)
    _fill(given, ("event_id", "article_id", *CORRECTABLE), (_given(q) for q in asked))
    given.sheet_state = "hidden"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
    except OSError as error:
        raise ReviewError(f"{path}: cannot be written ({error.strerror}); choose another name") from error


def _row(question: Question, page: dict[str, Any]) -> list[str]:
    quote = next((e.quote for e in question.mention.evidence if e.field == "type"), "")
    cells = (spell(name, question.values[name]) for name in CORRECTABLE)
    why = ", ".join(question.why)
    return [question.event_id, "", *cells, quote, "", why, str(question.sources), page["title"], page["article_url"]]


def _given(question: Question) -> list[str]:
    return [question.event_id, question.article_id, *(spell(name, question.values[name]) for name in CORRECTABLE)]


def _pages(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    a, asked = s.articles.c, list(ids)
    query = select(a.article_id, a.url, a.title, a.published, a.source, s.texts.c.text).join(
        s.texts, s.texts.c.text_id == a.text_id
    )
    rows = {row.article_id: row for row in connection.execute(query.where(a.article_id.in_(asked)))}
    return {
        key: {
            "article_url": rows[key].url,
            "complete": "",
            "title": rows[key].title or "",
            "published": rows[key].published or "",
            "source": rows[key].source or "",
            "text": rows[key].text[:32_000],
        }
        for key in asked
    }


def _fill(sheet: Any, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Texts as texts: nothing on the sheet runs as a formula."""
    styles = import_module("openpyxl.styles")
    wrapped, bold = styles.Alignment(wrap_text=True, vertical="top"), styles.Font(bold=True)
    for number, row in enumerate((header, *rows), 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.value, cell.data_type = _UNPRINTABLE.sub("", str(value)), "s"
            cell.alignment = wrapped
            if number == 1:
                cell.font = bold
    for place, name in enumerate(header, 1):
        sheet.column_dimensions[sheet.cell(1, place).column_letter].width = _WIDTHS.get(name, 20)
    sheet.freeze_panes = "C2" if len(header) > 2 else "A2"


# what XML, and so a workbook, cannot hold
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
