"""The canonical dump: what the database says, without how it came to say it.

Two databases are equal when their dumps are: ids, times, run numbers, attempts and the order of arrival are left out,
articles stand under their URL and events under what they say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from crawler.store import schema as s

_ARTICLE = (
    "url", "portal", "title", "published", "published_basis", "published_precision", "source", "source_basis",
    "reprinted_from", "author", "script", "encoding", "replacement_chars", "repairs", "attachments", "breadcrumb",
    "warnings", "relevant", "revision", "relation", "relation_score", "state", "code_version", "profile_version",
    "sample",
)  # fmt: skip
_EVENT = (
    "type", "status", "date_start", "date_end", "date_precision", "supporting", "supported", "from_places", "to_places",
    "organizations", "amounts", "amount_cny", "pairs", "tie_label", "tie_scheme", "confidence", "background",
    "articles", "independent", "sample",
)  # fmt: skip


def lines(connection: Connection) -> list[str]:
    """Return sorted JSON lines, one record each."""
    url_of = {row.article_id: row.url for row in connection.execute(select(s.articles.c.article_id, s.articles.c.url))}
    parts = (
        _articles(connection, url_of),
        _revisions(connection, url_of),
        _mentions(connection, url_of),
        _figures(connection, url_of),
        _events(connection, url_of),
        _urls(connection, url_of),
    )
    return sorted(json.dumps(record, ensure_ascii=False, sort_keys=True) for part in parts for record in part)


Records = Iterable[Mapping[str, Any]]


def _articles(connection: Connection, url_of: Mapping[str, str]) -> Records:
    query = select(s.articles, s.texts.c.text).join(s.texts, s.texts.c.text_id == s.articles.c.text_id)
    for row in connection.execute(query).mappings():
        original = url_of[row["original_id"]] if row["relation"] else None
        yield {"record": "article", **_pick(row, _ARTICLE), "text": row["text"], "original": original}


def _revisions(connection: Connection, url_of: Mapping[str, str]) -> Records:
    query = select(s.revisions, s.texts.c.text).join(s.texts, s.texts.c.text_id == s.revisions.c.text_id)
    for row in connection.execute(query).mappings():
        kept = _pick(row, ("revision", "data", "original", "sample"))
        yield {"record": "revision", "url": url_of[row["article_id"]], **kept, "text": row["text"]}


def _mentions(connection: Connection, url_of: Mapping[str, str]) -> Records:
    for row in connection.execute(select(s.mentions)).mappings():
        said = {name: value for name, value in row["data"].items() if name != "id"}
        yield {"record": "mention", "url": url_of[row["article_id"]], "said": said, "sample": row["sample"]}


def _figures(connection: Connection, url_of: Mapping[str, str]) -> Records:
    for row in connection.execute(select(s.figures)).mappings():
        kept = {name: value for name, value in row.items() if name != "article_id"}
        yield {"record": "figure", "url": url_of[row["article_id"]], **kept}


def _events(connection: Connection, url_of: Mapping[str, str]) -> Records:
    persons = _by_event(connection, s.event_persons, ("name", "title", "side", "role"))
    places = _by_event(connection, s.event_places, ("role", "name", "code"))
    told: dict[str, list[list[str]]] = {}
    query = select(s.event_sources.c.event_id, s.mentions.c.article_id, s.mentions.c.data)
    for event_id, article, data in connection.execute(
        query.join(s.mentions, s.mentions.c.mention == s.event_sources.c.mention)
    ):
        quotes = "|".join(sorted(evidence["quote"] for evidence in data["evidence"]))
        told.setdefault(event_id, []).append([url_of[article], quotes])
    led: dict[str, list[list[Any]]] = {}
    for link in connection.execute(select(s.event_links)).mappings():
        led.setdefault(link["earlier"], []).append([sorted(told.get(link["later"], [])), link["score"]])
    for row in connection.execute(select(s.events).where(s.events.c.state == "live")).mappings():
        key = row["event_id"]
        yield {
            "record": "event",
            **_pick(row, _EVENT),
            "conflicts": _named(row["conflicts"], url_of),
            "persons": persons.get(key, []),
            "places": places.get(key, []),
            "told": sorted(told.get(key, [])),
            "leads_to": sorted(led.get(key, [])),
        }


def _named(conflicts: Mapping[str, Any], url_of: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: sorted([json.dumps(said["value"]), sorted(url_of[key] for key in said["articles"])] for said in values)
        for name, values in conflicts.items()
    }


def _by_event(connection: Connection, table: Any, names: tuple[str, ...]) -> dict[str, list[list[Any]]]:
    found: dict[str, list[list[Any]]] = {}
    for row in connection.execute(select(table).order_by(table.c.event_id, table.c.position)).mappings():
        found.setdefault(row["event_id"], []).append([row[name] for name in names])
    return found


def _urls(connection: Connection, url_of: Mapping[str, str]) -> Records:
    for row in connection.execute(select(s.urls)).mappings():
        article = url_of.get(row["article_id"]) if row["article_id"] else None
        yield {"record": "url", **_pick(row, ("url", "kind", "portal", "state", "redirected_to")), "article": article}


def _pick(row: RowMapping, names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}
