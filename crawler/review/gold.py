"""Reviewed articles as gold: what a person has read whole becomes a case that later code is scored on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from crawler.review.asking import told_by
from crawler.store import Store
from crawler.store import schema as s


def write_gold(store: Store, article_ids: Iterable[str], folder: Path) -> tuple[list[Path], list[str]]:
    """Write a case for each article a person declared complete; return the JSON files and what is left out.

    The text stands beside it as ``.txt``. The format is that of ``tests/gold``, without figures, which nobody reviews.
    Left out, with one line each, are articles with an event nobody reviewed, and those with an event that other
    articles tell of too: its values are not this article's alone. Raises ``OSError``.
    """
    written, left = [], []
    for article in dict.fromkeys(article_ids):
        with store.read() as connection:
            row = connection.execute(
                select(s.articles, s.texts.c.text)
                .join(s.texts, s.texts.c.text_id == s.articles.c.text_id)
                .where(s.articles.c.article_id == article)
            ).mappings().first()  # fmt: skip
            events = told_by(connection, article) if row else []
        if row is None:
            left.append(f"{article}: not in the database")
            continue
        if unseen := [event for event in events if event["review"] is None]:
            left.append(f"{row['url']}: {len(unseen)} of its events not reviewed")
        elif any(event["articles"] > 1 for event in events):
            left.append(f"{row['url']}: an event of it is told by other articles too")
        else:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"review-{article}.json"
            path.write_text(json.dumps(_case(row, events), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            path.with_suffix(".txt").write_text(row["text"], encoding="utf-8")
            written.append(path)
    return written, left


def _case(row: Any, events: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": f"review-{row['article_id']}",
        "url": row["url"],
        "style": "reviewed",
        "title": row["title"],
        "published": row["published"],
        "relevant": bool(events),
        "events": [_event(event) for event in events if event["status"] != "planned"],
    }


def _event(row: dict[str, Any]) -> dict[str, Any]:
    quotes = [e["quote"] for e in row["data"]["evidence"] if e["field"] == "type"]
    return {
        **{name: row[name] for name in ("type", "status", "date_start", "date_end", "supporting", "supported")},
        "from": row["from_places"],
        "to": row["to_places"],
        "persons": row["people"],
        "organizations": row["organizations"],
        "amounts_cny": [amount["value_cny"] for amount in row["amounts"]],
        "pairs": row["pairs"],
        "evidence": quotes[0] if quotes else "",
    }
