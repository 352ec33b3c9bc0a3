"""Schema v1: the JSON shape of one record, and the JSON Schema that describes it.

Adding a key is a minor change; renaming, removing or retyping one is a major change and a new ``SCHEMA_VERSION``.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields
from functools import cache
from typing import Any

from crawler.model import EVENT_TYPES, SCHEMA_VERSION, Amount, Event, Figure, Record

Json = dict[str, Any]


def record_to_json(record: Record, id: str) -> Json:
    """One record in the contract of ``scrapy extract``; ``id`` is the caller's name for the document."""
    article = record.article
    return {
        "id": id,
        "url": article.url or None,
        "schema": SCHEMA_VERSION,
        "title": article.title,
        "published": article.published,
        "published_basis": article.published_basis,
        "source": article.source,
        "author": [_flat(byline) for byline in article.author],
        "text": article.text,
        "script": article.script,
        "repairs": [_flat(repair) for repair in article.repairs],
        "relevant": record.relevant,
        "reprinted_from": article.reprinted_from,
        "attachments": [_flat(attachment) for attachment in article.attachments],
        "warnings": list(article.warnings),
        "events": [event_to_json(event) for event in record.events],
        "figures": [figure_to_json(figure) for figure in record.figures],
    }


def event_to_json(event: Event) -> Json:
    """One event mention; flat keys (names, plain numbers) stand beside the rich ones."""
    return {
        "id": event.id,
        "type": event.type,
        "status": event.status,
        "date_start": event.date_start,
        "date_end": event.date_end,
        "date_precision": event.date_precision,
        "date_basis": event.date_basis,
        "supporting": list(event.supporting),
        "supported": list(event.supported),
        "from": list(event.from_),
        "to": list(event.to),
        "places": [{**_flat(place), "candidates": list(place.candidates)} for place in event.places],
        "persons": [_flat(person) for person in event.persons],
        "organizations": list(event.organizations),
        "amounts_cny": [_plain(amount.value_cny) for amount in event.amounts],
        "amounts": [_amount(amount) for amount in event.amounts],
        "pairs": [list(pair) for pair in event.pairs],
        "tie": _flat(event.tie),
        "confidence": event.confidence,
        "background": event.background,
        "evidence": [_flat(quote) for quote in event.evidence],
    }


def figure_to_json(figure: Figure) -> Json:
    """One figure; ``value`` is an int where it is whole."""
    return {**_flat(figure), "value": _plain(figure.value)}


def _amount(amount: Amount) -> Json:
    return {**_flat(amount), "value_cny": _plain(amount.value_cny)}


def _flat(one: Any) -> Json:
    """A dataclass without dataclasses in it, as a dict; asdict() copies every value deeply."""
    return {name: getattr(one, name) for name in _names(one.__class__)}


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))  # type: ignore[arg-type]  # always a dataclass


def _plain(value: float) -> int | float:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


# --------------------------------------------------------------------------- JSON Schema
_TEXT: Json = {"type": "string"}
_MAYBE: Json = {"type": ["string", "null"]}
_FLAG: Json = {"type": "boolean"}
_OFFSET: Json = {"type": "integer", "minimum": 0}
_NUMBER: Json = {"type": "number"}
_DATE: Json = {
    "type": ["string", "null"],
    "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?|--\d{2}(-\d{2})?|---\d{2})$",
    "description": "ISO date, as much as is known: 2017-12-24, 2017-12, 2017, --12-24 (year unknown), ---24.",
}
_PLACES: Json = {"type": "array", "items": _TEXT, "description": "Official full names with parents."}


def _object(properties: Json, description: str) -> Json:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


_EVENT = _object(
    {
        "id": {**_TEXT, "description": "Mention id: hash of content id, type and spans."},
        "type": {"enum": list(EVENT_TYPES)},
        "status": {"enum": ["done", "agreed", "planned"]},
        "date_start": _DATE,
        "date_end": _DATE,
        "date_precision": {"enum": ["day", "range", "month", "year", "period", "none"]},
        "date_basis": {**_MAYBE, "description": "How the date, and its year, was found."},
        "supporting": {**_PLACES, "description": "Who gives aid, whoever travels."},
        "supported": {**_PLACES, "description": "Who gets aid, whoever travels."},
        "from": {**_PLACES, "description": "Visits only: who travels."},
        "to": {**_PLACES, "description": "Visits only: who hosts."},
        "places": _list(
            _object(
                {
                    "name": _TEXT,
                    "code": {**_MAYBE, "description": "GB/T 2260 adcode; null where unknown or ambiguous."},
                    "role": {"enum": ["supporting", "supported", "from", "to", "site"]},
                    "quote": _TEXT,
                    "candidates": {**_list(_TEXT), "description": "Adcodes it could be, when ambiguous."},
                },
                "A place of the event.",
            )
        ),
        "persons": _list(
            _object(
                {
                    "name": _TEXT,
                    "title": {**_MAYBE, "description": "As printed."},
                    "side": {"enum": ["supporting", "supported", None]},
                    "role": {"enum": ["leads", "hosts", "takes_part"]},
                },
                "A named person who takes part.",
            )
        ),
        "organizations": {**_list(_TEXT), "description": "Companies, schools, hospitals … that act."},
        "amounts_cny": {**_list(_NUMBER), "description": "Money in the event, plain CNY."},
        "amounts": _list(
            _object(
                {"value_cny": _NUMBER, "meaning": _MAYBE, "approx": _FLAG, "quote": _TEXT},
                "Money with its meaning: total, this_year, agreed, paid, in_kind, sales.",
            )
        ),
        "pairs": {
            **_list({"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}),
            "description": "Pairings only: [supported, supporting].",
        },
        "tie": _object(
            {"label": {"enum": ["in-pairing", "other-tie", "unknown"]}, "scheme": _MAYBE, "certainty": _MAYBE},
            "The official relation in force on the event's date.",
        ),
        "confidence": {"enum": ["high", "medium", "low"]},
        "background": {**_FLAG, "description": "True for undated or old background, false for the news."},
        "evidence": _list(
            _object(
                {"field": _TEXT, "quote": _TEXT, "start": _OFFSET, "end": _OFFSET},
                "The span of text that states a field; text[start:end] == quote.",
            )
        ),
    },
    "One happening as this article tells it.",
)

_FIGURE = _object(
    {
        "value": _NUMBER,
        "unit": {**_TEXT, "description": "CNY, or the measure word as written."},
        "what": _TEXT,
        "period": {**_MAYBE, "description": "date, start/end, /end or null."},
        "cumulative": _FLAG,
        "approx": _FLAG,
        "meaning": _MAYBE,
        "quote": _TEXT,
        "start": _OFFSET,
        "end": _OFFSET,
    },
    "A number stated about the cooperation.",
)

JSON_SCHEMA: Json = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": f"duikou record, schema {SCHEMA_VERSION}",
    **_object(
        {
            "id": {"type": ["string", "integer"], "description": "The caller's name for the document."},
            "url": _MAYBE,
            "schema": {"const": SCHEMA_VERSION},
            "title": _MAYBE,
            "published": _DATE,
            "published_basis": {**_MAYBE, "description": "byline, meta, url, script …: where the date was read."},
            "source": {**_MAYBE, "description": "The outlet credited."},
            "author": _list(_object({"role": _TEXT, "name": _TEXT}, "A credited name.")),
            "text": {**_TEXT, "description": "Clean body in simplified script; all offsets index it."},
            "script": {"enum": ["simplified", "traditional", "mixed", "none"]},
            "repairs": _list(_object({"kind": _TEXT, "count": _OFFSET, "exact": _FLAG}, "Damage undone, by kind.")),
            "relevant": _FLAG,
            "reprinted_from": _MAYBE,
            "attachments": _list(_object({"url": _TEXT, "label": _TEXT}, "A linked document.")),
            "warnings": _list(_TEXT),
            "events": _list(_EVENT),
            "figures": _list(_FIGURE),
        },
        "One article as read, with its cooperation events and figures.",
    ),
}
