"""Which events to ask a person about: the least sure ones, with every other event of the articles that tell of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from crawler.events.correcting import values
from crawler.exports.tables import Tables
from crawler.model import Event
from crawler.store import schema as s
from crawler.store.coding import event_from_json


@dataclass(frozen=True, slots=True)
class Question:
    """One event to be reviewed, as the record has it, and the article to review it in.

    ``why`` says what makes it unsure; empty when it is only here because its article is. ``values`` are its correctable
    fields, ``mention`` what this article says, ``sources`` how many articles tell of it.
    """

    event_id: str
    article_id: str
    why: tuple[str, ...]
    values: Mapping[str, Any]
    mention: Event
    sources: int


DOUBTS: tuple[tuple[str, int, Callable[[RowMapping, RowMapping], bool]], ...] = (
    ("confidence low", 4, lambda event, _: event["confidence"] == "low"),
    ("confidence medium", 2, lambda event, _: event["confidence"] == "medium"),
    ("no tie known", 2, lambda event, _: event["tie_label"] == "unknown"),
    ("no tie at that time", 1, lambda event, _: event["tie_label"] == "other-tie"),
    ("sources differ", 1, lambda event, _: bool(event["conflicts"])),
    ("no full date", 1, lambda event, _: event["date_precision"] not in ("day", "range")),
    ("a side is missing", 1, lambda event, _: not (event["supporting"] and event["supported"])),
    ("repair was a guess", 1, lambda _, article: any(not repair["exact"] for repair in article["repairs"])),
    ("one source", 1, lambda event, _: event["independent"] <= 1),
)
"""What makes an event unsure, and how much."""


def questions(view: Tables, limit: int) -> list[Question]:
    """Return the least sure events of a view, and the other events of their articles.

    ``limit`` of them, none reviewed yet; least sure first, the events of one article together.
    """
    found = [row for row in view.events() if row["review"] is None]
    articles = {row["event_id"]: row for row in _articles(view.connection)}
    doubts = {}
    for row in found:
        if article := articles.get(row["event_id"]):
            reasons = [(weight, name) for name, weight, holds in DOUBTS if holds(row, article)]  # type: ignore[arg-type]
            doubts[row["event_id"]] = -sum(weight for weight, _ in reasons), tuple(name for _, name in reasons)
    asked = sorted(doubts, key=lambda key: (doubts[key][0], key))[:limit]
    pages = dict.fromkeys(articles[key]["article_id"] for key in asked)
    return [
        _question(row, page, doubts[row["event_id"]][1] if row["event_id"] in asked else ())
        for page in pages
        for row in sorted(told_by(view.connection, page), key=lambda row: (row["mention"], row["event_id"]))
    ]


def _question(row: Mapping[str, Any], page: str, why: tuple[str, ...]) -> Question:
    said = {
        **{name: row[name] for name in ("type", "status", "date_start", "date_end", "supporting", "supported")},
        "from": row["from_places"],
        "to": row["to_places"],
        "persons": row["people"],
        "organizations": row["organizations"],
        "amounts_cny": sorted(amount["value_cny"] for amount in row["amounts"]),
        "pairs": [list(pair) for pair in row["pairs"]],
    }
    mention = event_from_json(row["data"])
    return Question(
        row["event_id"], page, why, {name: said[name] for name in values(mention)}, mention, row["articles"]
    )


def _articles(connection: Connection) -> Sequence[RowMapping]:
    """One article of each live event: the first published that is no copy."""
    a = s.articles.c
    query = (
        select(s.event_sources.c.event_id, a.article_id, a.repairs)
        .join(s.articles, a.article_id == s.event_sources.c.article_id)
        .order_by(a.relation.is_not(None).desc(), a.published.desc(), a.article_id.desc())
    )
    return connection.execute(query).mappings().all()  # the last one stays when put into a dictionary


def told_by(connection: Connection, page: str) -> list[dict[str, Any]]:
    """Return the live events an article tells of: their rows with its mention's ``data`` and the event's ``people``."""
    query = (
        select(s.events, s.mentions.c.mention, s.mentions.c.data)
        .join(s.event_sources, s.event_sources.c.event_id == s.events.c.event_id)
        .join(s.mentions, s.mentions.c.mention == s.event_sources.c.mention)
        .where(s.event_sources.c.article_id == page, s.events.c.state == "live")
    )
    rows = connection.execute(query).mappings().all()
    p = s.event_persons.c
    people: dict[str, list[dict[str, Any]]] = {}
    listed = select(s.event_persons).where(p.event_id.in_([row["event_id"] for row in rows])).order_by(p.position)
    for person in connection.execute(listed).mappings():
        kept = {name: person[name] for name in ("name", "title", "side")}
        people.setdefault(person["event_id"], []).append(kept)
    return [{**row, "people": people.get(row["event_id"], [])} for row in rows]
