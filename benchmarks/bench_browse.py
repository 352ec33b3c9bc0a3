"""How long the pages of scrapy browse take on a large snapshot, beside plain Datasette on the same file.

Run: python benchmarks/bench_browse.py [--events 100000]
Both answer inside one process over ASGI, without a network; each page is asked for several times, a different filter
each time, and the median counts. The bar is 300 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent))

from bench_export import fill
from datasette.app import Datasette

from crawler.browse.application import application
from crawler.exports import publish
from crawler.store import Store

PLACES = ("凌云县", "巫山县", "通渭县", "重庆市", "甘肃省", "广西壮族自治区")
TYPES = ("visit", "meeting", "donation", "agreement", "training", "project")
OURS = {
    "first page of all events": ["/events"] * 6,
    "page 200 of all events": [f"/events?start={10_000 + 50 * n}" for n in range(6)],
    "filter by type and place": [f"/events?type={t}&supported={quote(p)}" for t, p in zip(TYPES, PLACES, strict=True)],
    "filter by date and money": [f"/events?since=20{16 + n}&until=20{17 + n}&least={n}00000000" for n in range(6)],
    "search two characters": [f"/events?words={quote(w)}" for w in ("教师", "凌云", "考察", "选派", "巫山", "区长")],
    "search three words": [f"/events?words={quote(f'教师 {p}')}" for p in PLACES],
    "an event": [f"/event/{n * 1000:020x}" for n in range(6)],
    "new": ["/"] * 6,
    "a county": ["/place/{451027}"] * 6,
}
PLAIN = {
    "first page of all events": ["/snapshot/events"] * 6,
    "filter by type and place": [
        f"/snapshot/events?type={t}&supported__contains={quote(p)}" for t, p in zip(TYPES, PLACES, strict=True)
    ],
    "filter by date and money": [
        f"/snapshot/events?date_start__gte=20{16 + n}&date_start__lt=20{18 + n}&amount_cny__gte={n}00000000"
        for n in range(6)
    ],
}


async def main(events: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Path(folder) / "snapshot.sqlite"
        fill(Path(folder) / "bench.sqlite", events)
        with Store(f"sqlite:///{folder}/bench.sqlite") as store:
            publish(store, snapshot, with_text=True)
        print(f"{events:,} events, {snapshot.stat().st_size / 1e6:,.0f} MB")
        ours, plain = application(snapshot), Datasette(immutables=[str(snapshot)])
        for one in (ours, plain):
            await one.invoke_startup()
        (county,) = await ours.get_database("duikou").execute("SELECT unit_id FROM units WHERE code = '451027'")
        worst = 0.0
        for name, paths in OURS.items():
            median = await _median(ours, [path.replace("{451027}", county["unit_id"]) for path in paths])
            beside = f"   plain Datasette {await _median(plain, PLAIN[name]):7.0f} ms" if name in PLAIN else ""
            print(f"  {name:<26} {median:7.0f} ms{beside}", flush=True)
            worst = max(worst, median)
        print(f"  slowest median {worst:.0f} ms (bar 300)")


async def _median(datasette: Datasette, paths: list[str]) -> float:
    spent = []
    for path in [paths[0], *paths]:
        begun = time.perf_counter()
        answer = await datasette.client.get(path)
        spent.append(time.perf_counter() - begun)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[-300:])
    return statistics.median(spent[1:]) * 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=100_000)
    asyncio.run(main(parser.parse_args().events))
