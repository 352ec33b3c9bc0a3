"""Events, slots and figures of our own gold articles (tests/gold), with bootstrap intervals over articles.

An event is found when type and time agree (periods must touch and be of like length); pairs are chosen to agree best.
Slots are counted inside found events; optional events count neither way. ``heldout-*`` articles are never tuned on.
``pages/`` holds whole pages as text, with chrome and damage, which are read before their events are.
"""

from __future__ import annotations

import calendar
import json
import random
import sys
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.events import extract
from crawler.model import Article, Event, Page
from crawler.reading import read

GOLD = Path(__file__).resolve().parents[1] / "gold"
SLOTS = ("supporting", "supported", "from", "to", "persons", "organizations", "amounts", "pairs")
Json = dict[str, Any]


@dataclass
class Tally:
    """Right, predicted and wanted values; ``f1`` is None when there is nothing to count."""

    right: float = 0.0
    predicted: float = 0.0
    wanted: float = 0.0

    def add(self, other: Tally) -> None:
        self.right += other.right
        self.predicted += other.predicted
        self.wanted += other.wanted

    @property
    def f1(self) -> float | None:
        total = self.predicted + self.wanted
        return 2 * self.right / total if total else None


@dataclass
class Score:
    """The tallies of one article, by name, and the confidence bins of its predicted events: [right, all]."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    bins: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    notes: list[str] = field(default_factory=list)


def interval(start: str | None, end: str | None) -> tuple[int, int] | None:
    """First and last day of a known date as ordinals of a 372-day year; without a year, year 0."""
    if not (start or end):
        return None
    low, high = start or end or "", end or start or ""

    if low.startswith("---"):  # a day of a month nobody knows
        return 0, 371

    def number(date: str, last: bool) -> int:
        parts = date.replace("--", "0000-", 1).split("-") if date.startswith("--") else date.split("-")
        year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else (12 if last else 1)
        day = int(parts[2]) if len(parts) > 2 else (calendar.monthrange(year or 2000, month)[1] if last else 1)
        return year * 372 + (month - 1) * 31 + day

    return number(low, False), number(high, True)


def same_time(gold: Json, event: Event) -> bool:
    """Touching periods of like length, or no date on either side (an undated gold event also takes its window)."""
    wanted, got = interval(gold["date_start"], gold["date_end"]), interval(event.date_start, event.date_end)
    if wanted is None and got is not None and gold.get("date_window"):
        low, high = gold["date_window"]
        wanted = interval(low or "0001", high or "9999")
        return wanted is not None and wanted[0] <= got[1] and got[0] <= wanted[1]
    if wanted is None or got is None:
        return wanted is None and got is None
    length = wanted[1] - wanted[0] + 1
    return wanted[0] <= got[1] and got[0] <= wanted[1] and got[1] - got[0] + 1 <= 2 * length + 3


def slot_values(event: Event, slot: str) -> list[Any]:
    return {
        "supporting": list(event.supporting),
        "supported": list(event.supported),
        "from": list(event.from_),
        "to": list(event.to),
        "persons": [p.name for p in event.persons],
        "organizations": list(event.organizations),
        "amounts": [a.value_cny for a in event.amounts],
        "pairs": [tuple(sorted(p)) for p in event.pairs],
    }[slot]


def gold_values(gold: Json, slot: str, *, also: bool = False) -> list[Any]:
    source = gold.get("also", {}) if also else gold
    values = source.get("amounts_cny" if slot == "amounts" else slot, [])
    if slot == "persons":
        return [v["name"] if isinstance(v, dict) else v for v in values]
    return [tuple(sorted(v)) for v in values] if slot == "pairs" else list(values)


def agrees(slot: str, wanted: Any, got: Any) -> bool:
    if slot == "organizations":
        return wanted in got or got in wanted
    return abs(wanted - got) <= 1e-6 * abs(wanted) if slot == "amounts" else wanted == got


def slot_tally(gold: Json, event: Event, slot: str) -> Tally:
    left = slot_values(event, slot)
    wanted = gold_values(gold, slot)
    right = 0
    for value in wanted:
        hit = next((x for x in left if agrees(slot, value, x)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    extra = [x for x in left if not any(agrees(slot, value, x) for value in gold_values(gold, slot, also=True))]
    return Tally(right, right + len(extra), len(wanted))


def match(golds: list[Json], events: list[Event]) -> list[tuple[int, int]]:
    """Greedy one-to-one pairing, required gold and best agreeing slots first."""
    edges = []
    for i, gold in enumerate(golds):
        for j, event in enumerate(events):
            if gold["type"] == event.type and same_time(gold, event):
                exact = (gold["date_start"], gold["date_end"]) == (event.date_start, event.date_end)
                slots = sum(slot_tally(gold, event, s).f1 or 0.0 for s in SLOTS)
                edges.append((bool(gold.get("optional")), -slots - exact, i, j))
    used_gold, used_event, out = set(), set(), []
    for _, _, i, j in sorted(edges):
        if i not in used_gold and j not in used_event:
            used_gold.add(i)
            used_event.add(j)
            out.append((i, j))
    return out


def score(path: Path) -> Score:
    """Score one gold article."""
    gold: Json = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    if path.parent.name == "pages":
        article = read(Page("", text, kind="text"))
    else:
        article = Article(url="", text=text, title=gold["title"], published=gold["published"])
    got = extract(article, home=gold.get("home"), keep_private=True)
    events = [e for e in got.events if e.status != "planned"]
    pairs = match(gold["events"], events)
    out = Score()
    optional = sum(bool(gold["events"][i].get("optional")) for i, _ in pairs)
    need = sum(not g.get("optional") for g in gold["events"])
    out.tallies["events"].add(Tally(len(pairs) - optional, len(events) - optional, need))
    hit = {j for _, j in pairs}
    for j, event in enumerate(events):
        out.bins[event.confidence][0] += j in hit
        out.bins[event.confidence][1] += 1
        if j not in hit:
            out.notes.append(f"{path.stem}: false alarm {event.type} {event.date_start} 「{event.evidence[0].quote}」")
    for i, item in enumerate(gold["events"]):
        if not item.get("optional") and i not in {a for a, _ in pairs}:
            out.notes.append(f"{path.stem}: missed {item['type']} {item['date_start']} 「{item['evidence']}」")
    for i, j in pairs:
        item, event = gold["events"][i], events[j]
        exact = interval(item["date_start"], item["date_end"]) in (interval(event.date_start, event.date_end), None)
        out.tallies["exact dates"].add(Tally(exact, 1, 1))
        for slot in SLOTS:
            if (slot in ("from", "to") and item["type"] != "visit") or (slot == "pairs" and "pairs" not in item):
                continue
            out.tallies[slot].add(slot_tally(item, event, slot))
    if "figures" not in gold:  # a reviewed article: nobody checked its figures
        return out
    figures = [(f["value"], f["unit"], bool(f.get("optional"))) for f in gold["figures"]]
    left = [(f.value, f.unit) for f in got.figures]
    right = optional = 0
    for value, unit, is_optional in sorted(figures, key=lambda f: f[2]):
        found = next(
            (f for f in left if abs(f[0] - value) < 1e-6 and (f[1].startswith(unit) or unit.startswith(f[1]))), None
        )
        if found:
            left.remove(found)
            right, optional = right + (not is_optional), optional + is_optional
    out.tallies["figures"].add(Tally(right, right + len(left), sum(not f[2] for f in figures)))
    return out


def main() -> None:
    """Print scores for the tuned and the held-out articles, or for those of the folders named.

    ``--bins``: the table of confidence in docs/events.md.
    """
    if "--bins" in sys.argv:
        for half, name in enumerate(("calibrated on", "held back")):
            mine = [path for path in sorted(GOLD.glob("*.json")) if zlib.crc32(path.stem.encode()) % 2 == half]
            print("\n".join(table_of_bins([score(path) for path in mine], name)) + "\n")
        return
    verbose = "--verbose" in sys.argv
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    groups = {str(folder): sorted(folder.glob("*.json")) for folder in folders} or {
        group: sorted(GOLD.glob(pattern))
        for group, pattern in {"dev": "dev-*.json", "heldout": "heldout-*.json", "pages": "pages/*.json"}.items()
    }
    for group, paths in groups.items():
        if not paths:
            sys.exit(f"{group}: no gold articles (*.json with their *.txt)")
        scores = [score(path) for path in paths]
        print(f"{group}: {len(scores)} articles, F1 [95 % bootstrap interval over articles]")
        for name in ("events", "exact dates", *SLOTS, "figures"):
            print(f"  {name:<14} {line([s.tallies[name] for s in scores])}")
        bins = all_bins(scores)
        shown = ", ".join(f"{n} {bins[n][0]}/{bins[n][1]}" for n in ("high", "medium", "low"))
        print(f"  confidence     {shown} right")
        if verbose:
            print("\n".join(f"    {note}" for item in scores for note in item.notes))


def all_bins(scores: list[Score]) -> dict[str, list[int]]:
    """Right and predicted events of each confidence bin over all articles."""
    bins: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for item in scores:
        for name, (right, total) in item.bins.items():
            bins[name][0] += right
            bins[name][1] += total
    return bins


def table_of_bins(scores: list[Score], name: str) -> list[str]:
    """Markdown: each bin with its counts, the precision observed and its 95 % Wilson interval."""
    bins = all_bins(scores)
    rows = [
        f"| bin | right of predicted ({len(scores)} articles {name}) | precision | 95 % interval |",
        "|---|---|---|---|",
    ]
    for name in ("high", "medium", "low"):
        right, total = bins[name]
        low, high = wilson(right, total)
        rows.append(f"| {name} | {right} of {total} | {right / max(total, 1):.3f} | {low:.3f}-{high:.3f} |")
    return rows


def wilson(right: int, total: int) -> tuple[float, float]:
    """95 % interval of a proportion."""
    if not total:
        return 0.0, 1.0
    z, share = 1.96, right / total
    middle = share + z * z / (2 * total)
    spread = z * ((share * (1 - share) + z * z / (4 * total)) / total) ** 0.5
    whole = 1 + z * z / total
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def line(tallies: list[Tally]) -> str:
    """F1 with its interval from 500 resamples of the articles (fixed seed)."""
    rng = random.Random(7)
    values = []
    for _ in range(500):
        total = Tally()
        for tally in rng.choices(tallies, k=len(tallies)):
            total.add(tally)
        if total.f1 is not None:
            values.append(total.f1)
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    if whole.f1 is None or not values:
        return "-"
    values.sort()
    low, high = values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]
    counts = f"{whole.right:g} right of {whole.predicted:g} found, {whole.wanted:g} wanted"
    return f"{whole.f1:.3f} [{low:.3f}, {high:.3f}]  {counts}"


if __name__ == "__main__":
    main()
