"""What changed between two readings of one page: articles and events added, changed field by field, or lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from crawler.schema import Json

Kind = Literal["added", "changed", "lost"]

_ARTICLE_FIELDS = ("title", "published", "source", "author", "text", "script", "relevant")
_EVENT_FIELDS = (
    "status", "date_start", "date_end", "supporting", "supported", "from", "to", "persons", "organizations",
    "amounts_cny", "pairs", "tie", "confidence", "background",
)  # fmt: skip
_FIGURE_FIELDS = ("what", "period", "cumulative", "approx", "meaning")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; ``field``, ``before`` and ``after`` are set for ``changed``."""

    kind: Kind
    what: Literal["article", "event", "figure"]
    label: str
    field: str | None = None
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        mark = {"added": "+", "changed": "~", "lost": "-"}[self.kind]
        line = f"{mark} {self.what} {self.label}"
        return line if self.field is None else f"{line}: {self.field} {_short(self.before)} → {_short(self.after)}"


def differences(before: Json | None, after: Json | None) -> list[Difference]:
    """Differences between two records in schema v1 (None: there is none) of the same page.

    Events are paired by type and what they share of dates, sides, people and quotes; an event without a partner was
    added or lost.
    """
    if before is None and after is None:
        return []
    if before is None or after is None:
        kind: Kind = "added" if before is None else "lost"
        record = before or after
        assert record is not None
        found = [Difference(kind, "article", _article_label(record))]
        found += [Difference(kind, "event", event_label(event)) for event in record["events"]]
        return found + [Difference(kind, "figure", _figure_label(figure)) for figure in record["figures"]]
    found = [
        Difference("changed", "article", _article_label(after), field, before.get(field), after.get(field))
        for field in _ARTICLE_FIELDS
        if before.get(field) != after.get(field)
    ]
    found += _lists(before["events"], after["events"], "event")
    return found + list(_lists(before["figures"], after["figures"], "figure"))


def event_label(event: Json) -> str:
    """An event in a few words: type, date, who helps whom."""
    when = event["date_start"] or "undated"
    if event["date_end"] not in (None, event["date_start"]):
        when += f"…{event['date_end']}"
    return f"{event['type']} {when} {'、'.join(event['supporting']) or '?'} → {'、'.join(event['supported']) or '?'}"


def _lists(before: list[Json], after: list[Json], what: Literal["event", "figure"]) -> Iterator[Difference]:
    label, fields = (event_label, _EVENT_FIELDS) if what == "event" else (_figure_label, _FIGURE_FIELDS)
    likeness = _event_likeness if what == "event" else _figure_likeness
    scored = sorted(
        ((likeness(old, new), i, j) for i, old in enumerate(before) for j, new in enumerate(after)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, j in scored:
        if score > 0 and i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    for i, old in enumerate(before):
        if i not in partner:
            yield Difference("lost", what, label(old))
            continue
        new = after[partner[i]]
        for field in fields:
            if old.get(field) != new.get(field):
                yield Difference("changed", what, label(new), field, old.get(field), new.get(field))
    for j, new in enumerate(after):
        if j not in taken:
            yield Difference("added", what, label(new))


def _event_likeness(old: Json, new: Json) -> float:
    if old["type"] != new["type"]:
        return 0.0
    same_date = (old["date_start"], old["date_end"]) == (new["date_start"], new["date_end"])
    return (
        0.1 + same_date + sum(_overlap(_traits(old, key), _traits(new, key)) for key in ("sides", "people", "quotes"))
    )


def _traits(event: Json, key: str) -> set[str]:
    if key == "sides":
        return {*event["supporting"], *event["supported"]}
    if key == "people":
        return {person["name"] for person in event["persons"]} | set(event["organizations"])
    return {quote["quote"] for quote in event["evidence"]}


def _figure_likeness(old: Json, new: Json) -> float:
    if (old["value"], old["unit"]) != (new["value"], new["unit"]):
        return 0.0
    return 2.0 if old["quote"] == new["quote"] else 1.0


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _article_label(record: Json) -> str:
    return f"{record.get('url') or record.get('id')} {record.get('title') or ''}".strip()


def _figure_label(figure: Json) -> str:
    return f"{figure['value']} {figure['unit']} {figure['what']}"


def _short(value: Any) -> str:
    if isinstance(value, str) and len(value) > 60:
        return f"{value[:28]}…{value[-28:]} ({len(value)} characters)"
    if isinstance(value, list):
        return (
            "["
            + ", ".join(str(item.get("name", item)) if isinstance(item, dict) else str(item) for item in value)
            + "]"
        )
    return "none" if value is None else str(value)
