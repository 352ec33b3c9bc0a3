"""Which events a page shows: the filters of its address as SQL, and as an address again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from crawler.exports.search import search_query

_PLACES = {
    "supporting": ("supporting",),
    "supported": ("supported",),
    "place": ("supporting", "supported", "from", "to"),
}
_MATCHING = """
SELECT unit_id FROM units WHERE unit_id = :{name} OR code = :{name} OR full_name = :{name} OR name = :{name}
UNION SELECT unit_id FROM units WHERE name LIKE :{name} || '%' AND level != 'town' AND NOT EXISTS (
    SELECT 1 FROM units WHERE unit_id = :{name} OR code = :{name} OR full_name = :{name} OR name = :{name})
"""
_SAYING = """(
e.rowid IN (SELECT rowid FROM event_search WHERE event_search MATCH :words)
OR e.rowid IN (SELECT event FROM tellings
    WHERE article IN (SELECT rowid FROM article_search WHERE article_search MATCH :words)))
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a list of events; empty ones hold for all.

    Places are unit ids, adcodes, official names or their beginning, parts of a place included. ``since`` and ``until``
    are ISO dates or parts of one, ``least`` and ``most`` amounts in yuan, ``words`` is searched in events and articles.
    """

    type: str = ""
    supporting: str = ""
    supported: str = ""
    place: str = ""
    scheme: str = ""
    since: str = ""
    until: str = ""
    least: str = ""
    most: str = ""
    portal: str = ""
    confidence: str = ""
    words: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Filters:
        """Take the filters out of an address's arguments; values that cannot be meant are left out."""
        given = {f.name: (arguments.get(f.name) or "").strip()[:100] for f in fields(cls)}
        for name in ("least", "most"):
            given[name] = given[name] if _is_number(given[name]) else ""
        return cls(**given)

    def address(self, **changed: str) -> str:
        """The filters as the query part of an address, some of them changed."""
        values = {f.name: getattr(self, f.name) for f in fields(self)} | changed
        return urlencode({name: value for name, value in values.items() if value})

    def sql(self) -> tuple[str, dict[str, str | float]]:
        """A condition on ``events e`` and its parameters."""
        parts, given = ["1"], {f.name: getattr(self, f.name) for f in fields(self)}
        for name, column in (("type", "type"), ("scheme", "tie_scheme"), ("confidence", "confidence")):
            if given[name]:
                parts.append(f"e.{column} = :{name}")
        for name, roles in _PLACES.items():
            if given[name]:
                among = ", ".join(f"'{role}'" for role in roles)
                parts.append(
                    f"e.rowid IN (SELECT event FROM event_units WHERE role IN ({among}) "
                    f"AND unit_id IN ({_MATCHING.format(name=name)}))"
                )
        if self.since:
            parts.append(
                "coalesce(e.date_end, e.date_start) >= substr(:since, 1, length(coalesce(e.date_end, e.date_start)))"
            )
        if self.until:
            parts.append("substr(e.date_start, 1, length(:until)) <= :until")
        if self.since or self.until:
            parts.append("e.date_start NOT LIKE '-%'")
        if self.least:
            parts.append("e.amount_cny >= CAST(:least AS REAL)")
        if self.most:
            parts.append("e.amount_cny <= CAST(:most AS REAL)")
        if self.portal:
            parts.append("e.event_id IN (SELECT event_id FROM event_sources WHERE portal = :portal)")
        if self.words:
            given["words"] = search_query(self.words) or '""'
            parts.append(_SAYING)
        used = " ".join(parts)
        return " AND ".join(parts), {name: value for name, value in given.items() if f":{name}" in used}


def _is_number(text: str) -> bool:
    try:
        return float(text) >= 0
    except ValueError:
        return False
