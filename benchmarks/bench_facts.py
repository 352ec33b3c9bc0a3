"""Facts against cpca, jionlp and jieba.posseg on our labelled sentences, and speed beside plain ``jieba.cut``.

``python benchmarks/bench_facts.py [--peers PYTHON] [FILE ...]``. The peers stay out of our environment::

    python -m venv PEERS && PEERS/bin/pip install cpca==0.5.5 jionlp==1.5.31 jieba==0.42.1
    python benchmarks/bench_facts.py --peers PEERS/bin/python

All tools read the same sentences in one run. Places count by full official name down to the county, dates by first and
last day, money by value in CNY, people by name; once a sentence. Files replace our sentences as the text for the speed.
"""

from __future__ import annotations

import calendar
import gc
import json
import subprocess
import sys
import time
import tomllib
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jieba

from crawler.facts import find_dates, find_facts, find_people, find_quantities
from crawler.places import find_places, gazetteer

TESTS = Path(__file__).parent.parent / "tests"
SPLITS = ("developed", "heldout", "blind", "blind2", "blind3", "bugs")
KINDS = {"places": ("cpca", "jionlp"), "dates": ("jionlp",), "money": ("jionlp",), "people": ("posseg",)}


def cases(kind: str) -> list[dict[str, Any]]:
    """Labelled sentences as ``text``, ``on`` and the items of ``wanted``."""
    folder, name = ("places", "") if kind == "places" else ("facts", {"money": "quantities"}.get(kind, kind) + "_")
    out = []
    for split in SPLITS:
        path = TESTS / folder / "cases" / f"{name}{split}.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else ()  # not every kind has every set
        for line in lines:
            row = json.loads(line)
            on = row.get("on") or row.get("published")
            out.append({"text": row["text"], "on": on, "wanted": WANTED[kind](row)})
    return out


def _county(name: str, on: str | None) -> str:
    """A full name cut to its county: towns, villages and zones off."""
    for size in range(len(name), 1, -1):
        unit = gazetteer().by_full_name(name[:size], on)
        if unit is not None and unit.level != "town":
            return name[:size]
    return name


def _days(start: str | None, end: str | None) -> tuple[str, str] | None:
    """First and last day of a dated span; None when an end is open or has no year."""
    if not start or not end or start.startswith("-") or end.startswith("-"):
        return None
    year, month = (int(x) for x in (end + "-12")[:7].split("-"))
    return (start + "-01-01")[:10], end if len(
        end
    ) == 10 else f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]}"


def _spans(spans: Iterable[tuple[str | None, str | None]]) -> set[Any]:
    return {days for start, end in spans if (days := _days(start, end))}


WANTED: dict[str, Callable[[dict[str, Any]], set[Any]]] = {
    "places": lambda row: {_county(p["name"], row["on"]) for p in row["places"] if p["name"]},
    "dates": lambda row: _spans((d["start"], d["end"]) for d in row["dates"]),
    "money": lambda row: {q["value"] for q in row["quantities"] if q["unit"] == "CNY"},
    "people": lambda row: {p["name"] for p in row["people"]},
}


def ours(kind: str, case: dict[str, Any]) -> set[Any]:
    """What our finders say of a sentence."""
    text, on = case["text"], case["on"]
    if kind == "places":
        return {_county(m.name, on) for m in find_places(text, on=on) if m.unit}
    if kind == "dates":
        found = find_dates(text, published=on)
        return _spans((d.date_start, d.date_end) for d in found if d.precision != "none")
    if kind == "money":
        return {q.value for q in find_quantities(text, published=on) if q.unit == "CNY"}
    return {p.name for p in find_people(text)}


def theirs(python: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the peers say of the same sentences."""
    asked = "".join(json.dumps({"text": r["text"], "on": r["on"]}, ensure_ascii=False) + "\n" for r in rows)
    script = str(Path(__file__).with_name("fact_peers.py"))
    done = subprocess.run([python, script], input=asked, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def report(kind: str, tool: str, pairs: Iterable[tuple[set[Any], set[Any]]]) -> None:
    """Precision, recall and F1 of one tool."""
    right = found = wanted = 0
    for gold, got in pairs:
        right, found, wanted = right + len(gold & got), found + len(got), wanted + len(gold)
    p, r = right / max(found, 1), right / max(wanted, 1)
    print(f"{kind:7} {tool:8} P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(p + r, 1e-9):.3f}  of {wanted}")


def compare(python: str | None) -> None:
    """One line a kind and tool."""
    for kind, tools in KINDS.items():
        rows = cases(kind)
        report(kind, "crawler", [(row["wanted"], ours(kind, row)) for row in rows])
        if python:
            answers = theirs(python, rows)
            for tool in tools:
                got = [[tuple(x) if isinstance(x, list) else x for x in a[tool][kind]] for a in answers]
                report(kind, tool, [(row["wanted"], set(g)) for row, g in zip(rows, got, strict=True)])


PAGE = 2000


ROUNDS = 9


def seconds(run: Callable[[str], object], page: str) -> float:
    """Processor time of one tool on a page."""
    start = time.process_time()
    run(page)
    return time.process_time() - start


def rates(name: str, pages: list[str]) -> None:
    """Characters a second of both, by turns, best of the rounds on each page, for other work on the machine slows some;
    tables out of the collector's sight as in a worker."""
    gc.collect()
    gc.freeze()
    total, plain, facts = sum(map(len, pages)), 0.0, 0.0
    for page in pages:
        find_facts(page, published="2019-05")
        times = [
            (seconds(lambda t: list(jieba.cut(t)), page), seconds(lambda t: find_facts(t, published="2019-05"), page))
            for _ in range(ROUNDS)
        ]
        plain, facts = plain + min(t[0] for t in times), facts + min(t[1] for t in times)
    print(
        f"{name:28} {total:>7} characters: jieba.cut {total / plain:>8,.0f}/s  find_facts {total / facts:>8,.0f}/s"
        f"  {plain / facts:.2f} times"
    )


LOADING = """
import os, time
start = time.process_time()
from crawler.facts import find_facts
imported = time.process_time()
find_facts("县长张三来访凌云县,捐款5万元,与县第一中学签约", published="2019")
ready = time.process_time()
pages = int(open("/proc/self/statm").read().split()[1]) if os.path.exists("/proc/self/statm") else 0
print(imported - start, ready - imported, pages * 4 / 1024)
"""


def speed(files: list[str]) -> None:
    """Loading, memory and rates beside jieba, by processor time."""
    jieba.setLogLevel(60)
    start = time.process_time()
    jieba.initialize()
    print(f"jieba loaded in {time.process_time() - start:.2f} s of processor time")
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", LOADING], stdout=subprocess.PIPE, check=True)
    imported, loaded, memory = map(float, done.stdout.split())
    print(f"our modules imported in {imported:.2f} s, all tables and the first text in {loaded:.2f} s; {memory:.0f} MB")
    if files:
        rates("files, one by one", [Path(name).read_text(encoding="utf-8") for name in files])
        return
    dense = "\n".join(r["text"] for k in KINDS for r in cases(k))
    rates("labelled sentences by 2,000", [dense[i : i + PAGE] for i in range(0, len(dense), PAGE)])
    articles = sorted((TESTS.parent / "crawler" / "sample" / "articles").glob("*/*.toml"))
    rates("sample articles one by one", [tomllib.loads(a.read_text(encoding="utf-8"))["body"] for a in articles])
    for size in (10_000, 40_000):
        rates("one text", [(dense * (size // len(dense) + 1))[:size]])


def main() -> None:
    """Compare, then measure."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", metavar="PYTHON", help="interpreter of the peers' environment")
    parser.add_argument("files", nargs="*", metavar="FILE")
    options = parser.parse_args()
    compare(options.peers)
    speed(options.files)


if __name__ == "__main__":
    main()
