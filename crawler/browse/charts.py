"""Pictures of the chosen events: who helps whom on a map, a timeline, pairs by year, money by year and meaning."""

from __future__ import annotations

import gzip
import json
from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import altair
import vl_convert

from crawler.browse.filters import Filters
from crawler.browse.labels import Labels
from crawler.browse.queries import Row, Snapshot

KINDS = ("map", "timeline", "matrix", "money")
_WIDTH = 760
_PAIRS = 30
_INK = {"config": {"font": "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif"}}


async def draw(
    snapshot: Snapshot, kind: str, filters: Filters, labels: Labels
) -> tuple[altair.TopLevelMixin, list[Row]]:
    """Return one of ``KINDS`` for the chosen events, and the rows it shows. Planned events are left out."""
    rows = await _ROWS[kind](snapshot, filters)
    return _CHARTS[kind](rows, labels), rows


def render(chart: altair.TopLevelMixin, form: str) -> bytes:
    """Return a chart as ``svg`` or ``png``; nothing is loaded from anywhere."""
    spec = {**chart.to_dict(), "background": "white"}
    if form == "png":
        return bytes(vl_convert.vegalite_to_png(spec, scale=2))
    return str(vl_convert.vegalite_to_svg(spec)).encode()


def alternative(kind: str, rows: Sequence[Row], labels: Labels) -> str:
    """What a picture shows, in words, for readers who do not see it: its largest values."""
    told = sorted(rows, key=lambda row: -row["value"])[:3]
    largest = "; ".join(f"{_name(row, labels)} {row['value']:,.0f}" for row in told)
    return f"{labels('chart_' + kind)}: {largest or labels('nothing')}"


def _name(row: Row, labels: Labels) -> str:
    if "donor" in row:
        return f"{row['donor']} → {row['recipient']} {row.get('year') or ''}".strip()
    kind = labels.value("meaning", row["meaning"]) if "meaning" in row else labels.value("event_type", row["type"])
    return f"{row.get('month') or row.get('year')} {kind}"


async def _edges(snapshot: Snapshot, filters: Filters) -> list[Row]:
    """Province to county (or what is named above it), with the middle of each."""
    where, given = filters.sql()
    return await snapshot.rows(
        f"""
        SELECT d.name AS donor, r.full_name AS recipient, d.lat AS from_lat, d.lon AS from_lon, r.lat AS to_lat,
               r.lon AS to_lon, count(DISTINCT e.rowid) AS value
        FROM events e JOIN event_units x ON x.event = e.rowid AND x.role = 'supporting'
        JOIN units d ON d.unit_id = x.unit_id AND d.level = 'province'
        JOIN event_units y ON y.event = e.rowid AND y.role = 'supported' AND y.named
        JOIN units r ON r.unit_id = y.unit_id AND r.lat IS NOT NULL
        WHERE {where} AND e.status != 'planned' AND d.lat IS NOT NULL
        GROUP BY d.unit_id, r.unit_id ORDER BY value, d.code, r.code""",
        given,
    )


async def _months(snapshot: Snapshot, filters: Filters) -> list[Row]:
    """Events whose month is known, by month and type."""
    where, given = filters.sql()
    return await snapshot.rows(
        f"""
        SELECT substr(e.date_start, 1, 7) AS month, e.type, count(*) AS value
        FROM events e WHERE {where} AND e.status != 'planned' AND e.date_start GLOB '[12]???-??*'
              AND substr(e.date_start, 1, 7) = substr(e.date_end, 1, 7)
        GROUP BY 1, 2 ORDER BY 1, 2""",
        given,
    )


async def _pair_years(snapshot: Snapshot, filters: Filters) -> list[Row]:
    where, given = filters.sql()
    return await snapshot.rows(
        f"""
        SELECT d.name AS donor, r.name AS recipient, substr(e.date_start, 1, 4) AS year,
               count(DISTINCT e.rowid) AS value
        FROM events e JOIN event_units x ON x.event = e.rowid AND x.role = 'supporting'
        JOIN units d ON d.unit_id = x.unit_id AND d.level = 'province'
        JOIN event_units y ON y.event = e.rowid AND y.role = 'supported'
        JOIN units r ON r.unit_id = y.unit_id AND r.level = 'province'
        WHERE {where} AND e.status != 'planned' AND e.date_start GLOB '[12]*'
        GROUP BY d.unit_id, r.unit_id, 3 ORDER BY 3, d.code, r.code""",
        given,
    )


_MEANINGS = ("total", "this_year", "agreed", "paid", "in_kind", "sales", "unstated")
_RUNNING = ("total", "this_year")


async def _sums(snapshot: Snapshot, filters: Filters) -> list[Row]:
    """Money by year and meaning: running totals by their largest, the others added up."""
    where, given = filters.sql()
    parts = (
        f"""
        SELECT substr(e.date_start, 1, 4) AS year, '{meaning}' AS meaning,
               {"max" if meaning in _RUNNING else "sum"}(e.amount_{meaning}_cny) AS value
        FROM events e WHERE {where} AND e.status != 'planned' AND e.date_start GLOB '[12]*'
              AND e.amount_{meaning}_cny IS NOT NULL GROUP BY 1"""
        for meaning in _MEANINGS
    )
    return await snapshot.rows(" UNION ALL ".join(parts) + " ORDER BY 1, 2", given)


def _map(rows: list[Row], labels: Labels) -> altair.TopLevelMixin:
    land = [_feature(one["name"], "Polygon" if one["closed"] else "LineString", one["rings"]) for one in _outlines()]
    lines = [
        {
            "type": "Feature",
            "geometry": {
                "type": "LineString",
                "coordinates": [[row["from_lon"], row["from_lat"]], [row["to_lon"], row["to_lat"]]],
            },
            "value": row["value"],
        }
        for row in rows
    ]
    points = ([row["to_lon"], row["to_lat"]] for row in rows)
    ends = [{"type": "Feature", "geometry": {"type": "Point", "coordinates": point}} for point in points]
    ground = altair.Chart(_data(land)).mark_geoshape(fill="#f2f1ee", stroke="#b9b6ae", strokeWidth=0.6)
    layers = [ground]
    if rows:
        edges = altair.Chart(_data(lines)).mark_geoshape(filled=False, stroke="#0b5cad", opacity=0.55)
        width = altair.StrokeWidth("value:Q", scale=altair.Scale(range=[0.6, 5]), title=labels("events"))
        layers.append(edges.encode(strokeWidth=width))
        layers.append(altair.Chart(_data(ends)).mark_geoshape(fill="#9a3412", stroke=None))
    drawn = altair.layer(*layers).project(type="mercator", pointRadius=2.2)
    return _titled(drawn.properties(width=_WIDTH, height=620), "map", labels)


def _timeline(rows: list[Row], labels: Labels) -> altair.TopLevelMixin:
    told = [{**row, "type": labels.value("event_type", row["type"])} for row in rows]
    years = {row["month"][:4] for row in rows}
    # bars of single months are too thin to see over many years
    unit = "yearmonth" if len(years) <= 4 else "yearquarter"
    bars = altair.Chart(_data(told)).mark_bar().encode(
        x=altair.X(f"{unit}(month):T", title=None, axis=altair.Axis(format="%Y-%m")),
        y=altair.Y("sum(value):Q", title=labels("events")),
        color=altair.Color("type:N", title=labels("type"), scale=altair.Scale(scheme="tableau20")),
    )  # fmt: skip
    return _titled(bars.properties(width=_WIDTH, height=280), "timeline", labels)


def _matrix(rows: list[Row], labels: Labels) -> altair.TopLevelMixin:
    totals: dict[str, float] = {}
    for row in rows:
        totals[_pair(row)] = totals.get(_pair(row), 0) + row["value"]
    kept = sorted(totals, key=lambda pair: (-totals[pair], pair))[:_PAIRS]
    told = [{**row, "pair": _pair(row)} for row in rows if _pair(row) in kept]
    base = altair.Chart(_data(told)).encode(
        x=altair.X("year:O", title=None), y=altair.Y("pair:N", title=None, sort=kept)
    )
    cells = base.mark_rect().encode(
        color=altair.Color("value:Q", title=labels("events"), scale=altair.Scale(scheme="blues"))
    )
    dark = altair.datum.value > max((row["value"] for row in told), default=0) / 2
    numbers = base.mark_text(fontSize=10).encode(
        text="value:Q", color=altair.condition(dark, altair.value("white"), altair.value("black"))
    )
    return _titled((cells + numbers).properties(width=_WIDTH), "matrix", labels)


def _money(rows: list[Row], labels: Labels) -> altair.TopLevelMixin:
    told = [{**row, "wan": row["value"] / 1e4, "meaning": labels.value("meaning", row["meaning"])} for row in rows]
    order = [labels.value("meaning", meaning) for meaning in _MEANINGS]
    bars = altair.Chart(_data(told)).mark_bar().encode(
        x=altair.X("year:O", title=None),
        y=altair.Y("wan:Q", title=labels("wan")),
        # meanings are never stacked: their sums would count money twice
        row=altair.Row("meaning:N", title=None, sort=order, header=altair.Header(labelAngle=0, labelAlign="left")),
        color=altair.Color("meaning:N", legend=None, sort=order),
    )  # fmt: skip
    return _titled(bars.properties(width=_WIDTH - 120, height=70).resolve_scale(y="independent"), "money", labels)


def _data(rows: list[Any]) -> altair.Data:
    return altair.Data(values=rows)  # type: ignore[no-untyped-call]


def _titled(chart: Any, kind: str, labels: Labels) -> altair.TopLevelMixin:
    made: altair.TopLevelMixin = chart.properties(title=labels("chart_" + kind)).configure(**_INK["config"])
    return made


def _pair(row: Row) -> str:
    return f"{row['donor']} → {row['recipient']}"


def _feature(name: str, kind: str, rings: list[Any]) -> dict[str, Any]:
    # the projection wants outer rings clockwise: as many polygons as rings, each wound so
    if kind == "Polygon":
        geometry = {"type": "MultiPolygon", "coordinates": [[_clockwise(ring)] for ring in rings]}
    else:
        geometry = {"type": "MultiLineString", "coordinates": rings}
    return {"type": "Feature", "geometry": geometry, "name": name}


def _clockwise(ring: list[list[float]]) -> list[list[float]]:
    around = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in zip(ring, ring[1:] + ring[:1], strict=True))
    return ring if around > 0 else ring[::-1]


@cache
def _outlines() -> list[dict[str, Any]]:
    data = (files("crawler.browse") / "data" / "outlines.json.gz").read_bytes()
    found: list[dict[str, Any]] = json.loads(gzip.decompress(data))
    return found


_ROWS: dict[str, Callable[[Snapshot, Filters], Awaitable[list[Row]]]] = {
    "map": _edges, "timeline": _months, "matrix": _pair_years, "money": _sums,
}  # fmt: skip
_CHARTS: dict[str, Callable[[list[Row], Labels], altair.TopLevelMixin]] = {
    "map": _map, "timeline": _timeline, "matrix": _matrix, "money": _money,
}  # fmt: skip
