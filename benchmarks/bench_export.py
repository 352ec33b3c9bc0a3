"""Time and memory of exporting generated events in every format, and of publishing a snapshot.

Run: python benchmarks/bench_export.py [--events 100000]
The events are written straight into the tables (one source, two persons, four places each): not the store is
measured here but the way out. Each format runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from crawler.exports import FORMATS, TABLES, export, publish
from crawler.model import EVENT_TYPES
from crawler.store import Store
from crawler.store import schema as s

DONORS = {"广东省深圳市盐田区": "440308", "福建省厦门市湖里区": "350206", "江苏省苏州市吴江区": "320509"}
RECIPIENTS = {"广西壮族自治区百色市凌云县": "451027", "重庆市巫山县": "500237", "甘肃省定西市通渭县": "621121"}
MEANINGS = ("total", "this_year", "agreed", "paid", "in_kind", "sales", None)
NOW = "2026-01-01T00:00:00Z"
BATCH = 2000


def fill(path: Path, count: int) -> None:
    """A database with ``count`` events and as many articles, each telling of one event."""
    chance = random.Random(1)
    with Store(f"sqlite:///{path}") as store, store._database.write() as connection:
        connection.execute(s.contents.insert(), {"content": 1, "content_id": "c", "anchors": []})
        for low in range(0, count, BATCH):
            made = [_made(number, count, chance) for number in range(low, min(low + BATCH, count))]
            for table in (s.texts, s.articles, s.mentions, s.events, s.event_sources, s.event_persons, s.event_places):
                connection.execute(table.insert(), [row for rows in made for row in rows[table.name]])


def _made(number: int, count: int, chance: random.Random) -> dict[str, list[dict[str, object]]]:
    donor, recipient = chance.choice(list(DONORS)), chance.choice(list(RECIPIENTS))
    kind, meaning = chance.choice(EVENT_TYPES), chance.choice(MEANINGS)
    day = f"{chance.randint(2016, 2024)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    key, article = f"{number:020x}", f"{number:020x}"
    text = f"{day}，{donor}党政代表团赴{recipient}考察，选派{number % 40 + 1}名教师，投入{number}万元。" * 3
    sides = {"supporting": [donor], "supported": [recipient], "from_places": [], "to_places": []}
    if kind == "visit":
        sides |= {"from_places": [donor], "to_places": [recipient]}
    amounts = [{"value_cny": number * 1e4, "meaning": meaning, "approx": False, "quote": f"{number}万元"}]
    at = text.index("选派")
    quotes = [{"field": "type", "quote": text[at : at + 4], "start": at, "end": at + 4}]
    data = {"evidence": [*quotes, {"field": "date", "quote": day, "start": 0, "end": len(day)}]}
    mention = {"type": kind, "status": "done", "date_start": day, "date_end": day, "background": False, "sample": False}
    names = [("supporting", donor), ("supported", recipient), ("from", donor), ("to", recipient)]
    codes = DONORS | RECIPIENTS
    return {
        "texts": [{"text_id": key, "content": 1, "text": text}],
        "articles": [
            {
                "article_id": article, "url": f"http://bench.example.cn/{number}", "found_url": f"http://b/{number}",
                "portal": "cinic", "title": f"第{number}篇", "published": day, "published_precision": "day",
                "author": [], "script": "simplified", "replacement_chars": 0, "repairs": [], "attachments": [],
                "breadcrumb": [], "warnings": [], "relevant": True, "content": 1, "text_id": key, "revision": 1,
                "article_hash": key, "record_hash": key, "original_id": article, "state": "live", "first_seen": NOW,
                "last_seen": NOW, "code_version": "0", "sample": False,
            }
        ],
        "mentions": [{"mention": number, "article_id": article, "mention_id": key, "data": data, **mention}],
        "events": [
            {
                "event_id": key, "date_precision": "day", **sides, "organizations": [], "amounts": amounts,
                "amount_cny": number * 1e4, "pairs": [], "tie_label": "unknown", "confidence": "high", "conflicts": {},
                "articles": 1, "independent": 1, "state": "live", "created_at": NOW, "updated_at": NOW, **mention,
            }
        ],
        "event_sources": [{"mention": number, "event_id": key, "article_id": article}],
        "event_persons": [
            {"event_id": key, "position": n, "name": name, "title": "区长", "side": "supporting", "role": "leads"}
            for n, name in enumerate(("郭予安", "罗显奎"))
        ],
        "event_places": [
            {"event_id": key, "position": n, "role": role, "name": name, "code": codes[name]}
            for n, (role, name) in enumerate(names)
        ],
    }  # fmt: skip


def measure(database: str, folder: str, format_: str) -> None:
    """Print seconds, peak memory and bytes of one format, as JSON."""
    out = Path(folder)
    with Store(f"sqlite:///{database}") as store:
        started = time.perf_counter()
        if format_ == "snapshot":
            publish(store, out / "snapshot.sqlite")
        else:
            export(store, out, tables=TABLES, formats=[format_])
        spent = time.perf_counter() - started
    size = sum(path.stat().st_size for path in out.iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([spent, peak, size / 1e6]))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(*options.measure)
        return
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bench.sqlite"
        fill(database, options.events)
        print(f"{options.events:,} events, all {len(TABLES)} tables")
        for format_ in (*FORMATS, "snapshot"):
            out = Path(folder) / format_
            out.mkdir()
            command = [sys.executable, __file__, "--measure", str(database), str(out), format_]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            spent, peak, size = json.loads(done.stdout)
            print(f"  {format_:<9} {spent:6.1f} s  {peak:6.0f} MB peak  {size:7.1f} MB written", flush=True)


if __name__ == "__main__":
    main()
