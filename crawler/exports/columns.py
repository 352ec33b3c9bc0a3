"""Every exported column, from one table: ``data/columns.tsv`` and the closed lists of ``data/values.tsv``.

Writers, codebook and ``schema.json`` all read it, so no column can be exported that the codebook does not explain.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Kind = Literal["text", "date", "integer", "number", "boolean", "list"]
Row = dict[str, Any]

TABLES = ("articles", "events", "event_sources", "event_links", "figures", "persons", "ties", "panel")
"""What can be exported, in the order of every release."""

TABLE_LABELS = {
    "articles": ("Articles", "文章"),
    "events": ("Events: one happening, all its reports merged", "事件：同一事件的全部报道合为一条"),
    "event_sources": ("Sources of events, quote by quote", "事件的来源与引文"),
    "event_links": ("Chains of events: what led to what", "事件链：前因后续"),
    "figures": ("Figures stated about the cooperation", "协作数据"),
    "persons": ("Persons of events", "事件中的人员"),
    "ties": ("Official ties", "法定结对关系"),
    "panel": ("Panel of units and years", "单位—年份面板"),
}

OPTIONAL = frozenset({("articles", "text")})
"""Columns exported only when asked for."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a closed list with its labels."""

    value: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one table. ``values`` is None or the closed list; ``score`` names its row of ``scores.tsv``.

    ``unscored`` says why a column has none: a value of the list ``measure``.
    """

    table: str
    name: str
    type: Kind
    unit: str
    values: tuple[Value, ...] | None
    en: str
    zh: str
    found_en: str
    found_zh: str
    cases_en: str
    cases_zh: str
    score: str
    unscored: str


def columns(table: str, *, with_text: bool = False) -> tuple[Column, ...]:
    """The columns of one table in their order."""
    return tuple(c for c in all_columns() if c.table == table and (with_text or (table, c.name) not in OPTIONAL))


@cache
def all_columns() -> tuple[Column, ...]:
    """The columns of every table. Raises ValueError naming the row of ``columns.tsv`` that is wrong."""
    return tuple(column for row in rows("columns.tsv") for column in _expanded(row))


@cache
def values(name: str) -> tuple[Value, ...]:
    """One closed list."""
    found = tuple(Value(row["value"], row["en"], row["zh"]) for row in rows("values.tsv") if row["list"] == name)
    if not found:
        raise ValueError(f"values.tsv: no list {name!r}")
    return found


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of this package, by the names of its header line."""
    lines = (files("crawler.exports") / "data" / name).read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    return list(csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def _expanded(row: dict[str, str]) -> list[Column]:
    """A row whose name holds ``{meaning}`` gives one column a meaning of money."""
    if row["table"] not in TABLES or row["type"] not in get_args(Kind) or None in row.values():
        raise ValueError(f"columns.tsv: cannot use the row of {row['table']}.{row['name']}")
    closed = values(row["values"]) if row["values"] else None
    if "{meaning}" not in row["name"]:
        return [Column(**{**row, "values": closed})]  # type: ignore[arg-type]
    return [
        Column(
            **{
                **row,
                "name": row["name"].replace("{meaning}", each.value),
                "values": closed,
                "en": row["en"].replace("{en}", each.en),
                "zh": row["zh"].replace("{zh}", each.zh),
            }  # type: ignore[arg-type]
        )
        for each in values("meaning")
    ]
