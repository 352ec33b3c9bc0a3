"""Take a filled-in sheet into the store, row by row; what cannot be understood is said and left out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from crawler.dedup import article_id
from crawler.events.correcting import CORRECTABLE, corrected
from crawler.model import Event, Evidence
from crawler.review.cells import CellError, changes
from crawler.review.sheet import VERDICTS, ReviewError
from crawler.sheets import Row, Sheet, SheetError, read_sheet
from crawler.store import Store, StoreError
from crawler.store import schema as s
from crawler.store.coding import event_from_json
from crawler.store.reviews import Review, Verdict


@dataclass(slots=True)
class Applied:
    """What became of a sheet: how many events by verdict, ids by row, articles said to be complete, rows not taken."""

    counts: dict[str, int] = field(default_factory=dict)
    complete: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def count(self, what: str) -> None:
        """Count one row."""
        self.counts[what] = self.counts.get(what, 0) + 1


def apply_sheet(store: Store, path: Path, reviewer: str) -> Applied:
    """Store the verdicts and corrections of a filled-in sheet; applying it again changes nothing.

    ``Applied.problems`` has one line a row that could not be taken. Raises ``ReviewError`` when the file is no review
    sheet.
    """
    try:
        events, given, articles = (read_sheet(path, name) for name in ("events", "given", "articles"))
    except SheetError as error:
        raise ReviewError(f"{error}" if str(path) in str(error) else f"{path}: {error}") from error
    for sheet, needed in ((events, ("event_id", "verdict", *CORRECTABLE)), (given, ("event_id", "article_id"))):
        if missing := [name for name in needed if name not in sheet.header]:
            raise ReviewError(f"{path}: column {missing[0]} is missing; review a fresh sheet")
    was = {row["event_id"]: row for row in given.rows}
    applied = Applied()
    for row in events.rows:
        try:
            review = _review(store, row, was, reviewer)
            if review is None:
                applied.count("not looked at")
            elif _known(store, review):
                applied.count("known already")
            else:
                store.review(review)
                applied.count(review.verdict)
        except (CellError, StoreError) as error:
            applied.problems.append(f"{path}: row {row.number}: {error}")
    applied.complete = _complete(articles, path, applied)
    return applied


def _review(store: Store, row: Row, was: Mapping[str, Row], reviewer: str) -> Review | None:
    verdict = row["verdict"].lower()
    if verdict and verdict not in VERDICTS:
        raise CellError(f"verdict: {row['verdict']!r} is none of {', '.join(VERDICTS)}")
    if not row["event_id"]:
        return _addition(store, row, reviewer)
    if row["event_id"] not in was:
        raise CellError(f"event_id: {row['event_id']!r} was not on the sheet; leave it empty to add an event")
    given = was[row["event_id"]]
    changed = changes(given.cells, row.cells)
    if not verdict and not changed:
        return None
    if verdict == "wrong" and changed:
        raise CellError("verdict wrong and changed cells: is the event wrong as a whole, or right as corrected?")
    mention = _mention(store, row["event_id"], given["article_id"])
    said: Verdict = "rejected" if verdict == "wrong" else "corrected" if changed else "confirmed"
    return Review(row["event_id"], given["article_id"], said, changed, mention, reviewer, row["note"] or None)


def _addition(store: Store, row: Row, reviewer: str) -> Review:
    """An event the code missed; its words in the article make it traceable."""
    url, quote = row["article_url"], row["quote"]
    if not (url and quote and row["type"]):
        raise CellError("a new event needs type, article_url and quote")
    with store.read() as connection:
        a = s.articles.c
        found = connection.execute(
            select(a.article_id, s.texts.c.text)
            .join(s.texts, s.texts.c.text_id == a.text_id)
            .where(a.article_id == article_id(url))
        ).first()
    if found is None:
        raise CellError(f"article_url: {url} is not in the database")
    start = found.text.find(quote)
    if start < 0:
        raise CellError(f"quote: {quote[:30]!r} does not stand in the article; copy its own words")
    said = changes({}, row.cells)
    key = f"{found.article_id}|{said['type']}|{start}:{start + len(quote)}"
    bare = Event(
        id=f"added-{hashlib.sha256(key.encode()).hexdigest()[:10]}",
        type=said["type"],
        evidence=(Evidence("type", quote, start, start + len(quote)),),
    )
    if said.get("date_start") and not said.get("date_end"):
        said["date_end"] = said["date_start"]
    return Review("", found.article_id, "added", {}, corrected(bare, said), reviewer, row["note"] or None)


def _mention(store: Store, event_id: str, article: str) -> Event:
    """What the article of the sheet says of the event, or another that tells of it when that one no longer does."""
    with store.read() as connection:
        rows = connection.execute(
            select(s.mentions.c.article_id, s.mentions.c.data)
            .join(s.event_sources, s.event_sources.c.mention == s.mentions.c.mention)
            .where(s.event_sources.c.event_id == event_id)
            .order_by(s.mentions.c.mention)
        ).all()
    if not rows:
        raise CellError(f"event {event_id} is not live any more; review a fresh sheet")
    data: Any = next((row.data for row in rows if row.article_id == article), rows[0].data)
    return event_from_json(data)


def _known(store: Store, review: Review) -> bool:
    """Whether the same person said the same of it last."""
    r = s.reviews.c
    query = select(r.verdict, r.changes, r.mention, r.reviewer).order_by(r.review.desc())
    if review.verdict == "added":
        query = query.where(r.article_id == review.article_id, r.verdict == "added")
    else:
        query = query.where(r.event_id == review.event_id)
    with store.read() as connection:
        rows = connection.execute(query).all()
    if review.verdict == "added":
        return any(row.mention["id"] == review.mention.id for row in rows)
    return bool(rows) and (rows[0].verdict, dict(rows[0].changes), rows[0].reviewer) == (
        review.verdict,
        dict(review.changes),
        review.reviewer,
    )


def _complete(articles: Sheet, path: Path, applied: Applied) -> list[str]:
    found = []
    for row in articles.rows:
        said = row["complete"].lower()
        if said in ("yes", "y", "是", "1"):
            found.append(article_id(row["article_url"]))
        elif said not in ("", "no", "n", "否", "0"):
            applied.problems.append(
                f"{path}: articles, row {row.number}: complete: {row['complete']!r} is not yes or no"
            )
    return found
