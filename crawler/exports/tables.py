"""The rows of every exported table except the panel, in a fixed order, read in batches."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from crawler.exports.choosing import Choice, known_year, unit_of
from crawler.exports.columns import Row, values
from crawler.exports.sent import people_sent
from crawler.places import gazetteer
from crawler.places.ties import tie_rows
from crawler.store import schema as s

_BATCH = 500
_SIDES = {"supporting": "supporting", "supported": "supported", "from_places": "from", "to_places": "to"}


class Tables:
    """What one connection's consistent view gives for one choice; every method yields rows by column name."""

    def __init__(self, connection: Connection, choice: Choice, *, sample: bool, with_text: bool = False) -> None:
        self.connection = connection
        self.choice = choice
        self.sample = sample
        self._with_text = with_text
        self._narrowed: tuple[frozenset[str], frozenset[str]] | None = None

    def events(self) -> Iterator[Row]:
        """One row an event, by id."""
        query = select(s.events).where(self.choice.event_condition()).order_by(s.events.c.event_id)
        for batch in _batches(self.connection, query):
            chosen = [row for row in batch if self.choice.holds_on(*_span(row["date_start"], row["date_end"]))]
            ids = [row["event_id"] for row in chosen]
            places = self._parts(select(s.event_places), s.event_places, ids)
            sent = self._sent([row["event_id"] for row in chosen if row["type"] == "personnel"])
            for row in chosen:
                codes = [place["code"] for place in places[row["event_id"]] if place["code"]]
                if self.choice.holds_for(codes, row["date_start"]):
                    yield self._event(row, places[row["event_id"]], sent.get(row["event_id"]))

    def articles(self) -> Iterator[Row]:
        """One row an article, by id; with a choice of events those that tell of one."""
        a = s.articles.c
        query = select(s.articles, s.texts.c.text).join(s.texts, s.texts.c.text_id == a.text_id).order_by(a.article_id)
        for row in self._of_articles(query, a.article_id, a.portal):
            given = {**row, "author": [f"{b['role']} {b['name']}".strip() for b in row["author"]]}
            yield {**given, "characters": len(row["text"]), "text": row["text"] if self._with_text else None}

    def event_sources(self) -> Iterator[Row]:
        """One row a quote: every span of an article that states a field of an event."""
        m, a = s.mentions.c, s.articles.c
        query = (
            select(
                s.event_sources.c.event_id, m.article_id, m.mention_id, m.data, m.sample,
                a.url, a.portal, a.published, a.source,
            )
            .select_from(s.event_sources)
            .join(s.mentions, m.mention == s.event_sources.c.mention)
            .join(s.articles, a.article_id == m.article_id)
            .order_by(s.event_sources.c.event_id, m.article_id, m.mention)
        )  # fmt: skip
        if self.choice.portals:
            query = query.where(a.portal.in_(self.choice.portals))
        chosen = self._chosen()[0] if self._is_narrow() else None
        for batch in _batches(self.connection, query):
            for row in batch:
                if chosen is None or row["event_id"] in chosen:
                    for quote in row["data"]["evidence"] or [dict.fromkeys(("field", "quote", "start", "end"))]:
                        span = {"quote_start": quote["start"], "quote_end": quote["end"]}
                        yield {**row, "field": quote["field"], "quote": quote["quote"], **span}

    def event_links(self) -> Iterator[Row]:
        """One row a step of a chain between two live events, both of them chosen."""
        link, live = s.event_links.c, select(s.events.c.event_id).where(s.events.c.state == "live")
        query = select(s.event_links).where(link.earlier.in_(live), link.later.in_(live))
        chosen = self._chosen()[0] if self._is_narrow() else None
        for batch in _batches(self.connection, query.order_by(link.earlier, link.later)):
            for row in batch:
                if chosen is None or {row["earlier"], row["later"]} <= chosen:
                    evidence = json.dumps(row["evidence"], ensure_ascii=False, sort_keys=True)
                    yield {**row, "evidence": evidence, "sample": self.sample}

    def figures(self) -> Iterator[Row]:
        """One row a figure, by article and place in it."""
        f, a = s.figures.c, s.articles.c
        query = select(s.figures, a.url, a.portal, a.published).join(s.articles, a.article_id == f.article_id)
        for row in self._of_articles(query.order_by(f.article_id, f.position), f.article_id, a.portal):
            yield {**row, "quote_start": row["start"], "quote_end": row["end"]}

    def persons(self) -> Iterator[Row]:
        """One row a person of an event."""
        p, e = s.event_persons.c, s.events.c
        query = select(s.event_persons, e.type, e.date_start, e.sample).join(s.events, e.event_id == p.event_id)
        query = query.where(e.state == "live").order_by(p.event_id, p.position)
        chosen = self._chosen()[0] if self._is_narrow() else None
        for batch in _batches(self.connection, query):
            yield from (dict(row) for row in batch if chosen is None or row["event_id"] in chosen)

    def ties(self) -> Iterator[Row]:
        """One row an official tie, as our table has them: real, also beside sample data."""
        g, choice = gazetteer(), self.choice
        for tie in tie_rows():
            began = tie.valid_from or tie.valid_to
            codes = []
            for unit_id in (tie.donor_unit, tie.recipient_unit):
                rows = g.rows(unit_id)
                codes.append((g.at(rows[-1], began) if rows else g.by_code(unit_id)).code)  # type: ignore[union-attr]
            named = not choice.schemes or tie.scheme in choice.schemes
            if named and choice.holds_on(tie.valid_from, tie.valid_to) and choice.holds_for(codes, began):
                fields = ("scheme", "donor", "recipient", "level", "valid_from", "valid_to", "source", "certainty",
                          "donor_unit", "recipient_unit")  # fmt: skip
                yield {
                    **{name: getattr(tie, name) for name in fields},
                    "donor_code": codes[0],
                    "recipient_code": codes[1],
                }

    def _event(self, row: RowMapping, places: Sequence[RowMapping], sent: int | None) -> Row:
        year = known_year(row["date_start"])
        given = {**row, "year": int(year) if year else None, "people_sent": sent}
        for column, role in _SIDES.items():
            codes = {place["name"]: place["code"] for place in places if place["role"] == role}
            found = [unit_of(code, year) if (code := codes.get(name)) else None for name in row[column]]
            given[f"{column}_codes"] = [codes.get(name) or "" for name in row[column]]
            given[f"{column}_units"] = [unit.unit_id if unit else "" for unit in found]
        for meaning in values("meaning"):
            told = [a["value_cny"] for a in row["amounts"] if (a["meaning"] or "unstated") == meaning.value]
            given[f"amount_{meaning.value}_cny"] = max(told, default=None)
        given["pairs"] = ["=".join(pair) for pair in row["pairs"]]
        given["conflicts"] = sorted(row["conflicts"])
        return given

    def _sent(self, ids: Sequence[str]) -> dict[str, int]:
        """The most people that any telling of these events sends."""
        m = s.mentions.c
        query = (
            select(s.event_sources.c.event_id, m.data, s.texts.c.text)
            .join(s.mentions, m.mention == s.event_sources.c.mention)
            .join(s.articles, s.articles.c.article_id == m.article_id)
            .join(s.texts, s.texts.c.text_id == s.articles.c.text_id)
            .where(s.event_sources.c.event_id.in_(ids))
        )
        most: dict[str, int] = {}
        for event_id, data, text in self.connection.execute(query) if ids else ():
            if (count := people_sent(text, data)) is not None:
                most[event_id] = max(count, most.get(event_id, 0))
        return most

    def _parts(self, query: Select[Any], table: Any, ids: Sequence[str]) -> Mapping[str, list[RowMapping]]:
        parts: dict[str, list[RowMapping]] = defaultdict(list)
        if ids:
            query = query.where(table.c.event_id.in_(ids)).order_by(table.c.event_id, table.c.position)
            for row in self.connection.execute(query).mappings():
                parts[row["event_id"]].append(row)
        return parts

    def _of_articles(self, query: Select[Any], key: Any, portal: Any) -> Iterator[RowMapping]:
        if self.choice.portals:
            query = query.where(portal.in_(self.choice.portals))
        chosen = self._chosen()[1] if self.choice.by_event else None
        for batch in _batches(self.connection, query):
            yield from (row for row in batch if chosen is None or row[key.name] in chosen)

    def _is_narrow(self) -> bool:
        return self.choice.by_event or bool(self.choice.portals)

    def _chosen(self) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of the chosen events, and of the articles that tell of them."""
        if self._narrowed is None:
            ids = frozenset(row["event_id"] for row in self.events())
            pairs = self.connection.execute(select(s.event_sources.c.event_id, s.event_sources.c.article_id))
            self._narrowed = ids, frozenset(article for event, article in pairs if event in ids)
        return self._narrowed


def _span(start: str | None, end: str | None) -> tuple[str | None, str | None]:
    return start, end if end and end[0] != "-" else start


def _batches(connection: Connection, query: Select[Any]) -> Iterable[Sequence[RowMapping]]:
    result = iter(connection.execution_options(yield_per=_BATCH).execute(query).mappings())
    return iter(lambda: list(islice(result, _BATCH)), [])
