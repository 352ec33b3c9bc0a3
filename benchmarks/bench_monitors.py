"""How soon monitors tell of a lost field, and how often they cry wolf: simulated portals, a year each.

    python benchmarks/bench_monitors.py [--portals 60]

Each portal has habits of its own: how many articles it publishes a day, how often its pages lack a title, date, source
or event, singly or in lumps (days of picture pages). Half-way through the second half of the year one field vanishes
from every new page. Told are false alarms before that and the days and articles until the alarm, for the monitors of
``crawler.monitors`` and for fixed thresholds of coverage per run, as Spidermon's own field coverage monitor has them.
Ends with status 1 when ours has more than one false alarm in ten years of a portal without lumps, or misses a change.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crawler.monitors import findings
from crawler.store import RunRow

FIELDS = ("title", "date", "source")
DAYS = 365
AT = "2026-03-01T02:00:00Z"


@dataclass
class Portal:
    """Habits: articles a day, share of pages lacking a field, whether these come in lumps, and what vanishes when."""

    size: float
    lacks: dict[str, float]
    lumpy: bool
    vanishes: str
    day: int
    dice: random.Random = field(repr=False)

    def publish(self, day: int) -> dict[str, int]:
        workday = self.size * (1.3 if day % 7 < 5 else 0.25)
        n, left = 0, self.dice.expovariate(1)  # Poisson: how many waiting times fit into the day
        while left < workday:
            n, left = n + 1, left + self.dice.expovariate(1)
        counts = {"lists": 1, "judged": n}
        for name, share in self.lacks.items():
            if self.lumpy and share:
                bad = n if self.dice.random() < share else 0
            else:
                bad = sum(self.dice.random() < share for _ in range(n))
            counts[f"without/{name}"] = n if day >= self.day and name == self.vanishes else bad
        return counts


def portals(count: int, seed: int) -> list[Portal]:
    dice = random.Random(seed)
    made = []
    for _ in range(count):
        vanishes = dice.choice(FIELDS)
        lacks = {name: dice.choice([0, 0, 0.01, 0.05, 0.2]) for name in FIELDS} | {
            "events": dice.choice([0.4, 0.8, 0.95])
        }
        size, lumpy = dice.choice([0.3, 1, 4, 15]), dice.random() < 0.3
        made.append(Portal(size, lacks, lumpy, vanishes, dice.randint(200, 330), random.Random(dice.random())))
    return made


Watcher = Callable[[dict[str, int], Sequence[RunRow]], set[str]]


def ours(counts: dict[str, int], past: Sequence[RunRow]) -> set[str]:
    return {
        found.cause.rpartition("/")[2].replace("published", "date") for found in findings(counts, "news", past[-200:])
    }


def threshold(least: float) -> Watcher:
    def watch(counts: dict[str, int], past: Sequence[RunRow]) -> set[str]:
        n = counts["judged"]
        return {name for name in FIELDS if n and 1 - counts[f"without/{name}"] / n < least}

    return watch


def watch(name: str, watcher: Watcher, count: int, seed: int) -> tuple[float, int]:
    """Print a line; returns false alarms per portal-year and changes missed."""
    false, years = {False: 0, True: 0}, {False: 0.0, True: 0.0}
    days, pages, missed = [], [], 0
    started = time.process_time()
    for portal in portals(count, seed):
        past: list[RunRow] = []
        since = 0
        open_: set[str] = set()
        told = None
        for day in range(DAYS):
            counts = portal.publish(day)
            found = watcher(counts, past)
            entered = [
                {"cause": f"coverage/{f.replace('date', 'published')}", "kind": "", "message": ""} for f in found
            ]
            past.append(RunRow(day, "x", {}, False, "1", AT, AT, "finished", {**counts, "findings": entered}))
            years[portal.lumpy] += (day < portal.day) / DAYS
            if day >= portal.day:
                since += counts["judged"]
                if portal.vanishes in found:
                    told = day
                    break
            elif counts["judged"]:
                false[portal.lumpy] += len(found - open_)  # an alarm that goes on is one alarm
                open_ = found
        if told is None:
            missed += 1
        else:
            days.append(told - portal.day)
            pages.append(since)
    even, lumpy = (false[kind] / years[kind] for kind in (False, True))
    spent = time.process_time() - started
    print(
        f"{name:30} {even:8.2f} {lumpy:8.2f} {missed:8} {statistics.median(days):8.0f} {_ninety(days):8.0f} "
        f"{statistics.median(pages):9.0f} {_ninety(pages):8.0f} {spent:9.1f}"
    )
    return even, missed


def _ninety(values: list[int]) -> float:
    return statistics.quantiles(values, n=10)[-1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--portals", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"{given.portals} portals, one change each\n")
    print(f"{'':34} {'false alarms':>14} {'':8} {'days until told':>17} {'articles until':>18}")
    print(
        f"{'':34} {'a portal-year':>14} {'missed':>8} {'median':>8} {'90 %':>8} {'median':>9} {'90 %':>8} {'CPU s':>9}"
    )
    rate, missed = watch("against the portal's own past", ours, given.portals, given.seed)
    for least in (0.9, 0.5, 0.1):
        watch(f"coverage of a run below {least:.0%}", threshold(least), given.portals, given.seed)
    good = rate <= 0.1 and not missed
    print(f"\n{'holds' if good else 'FAILS'} the bar: at most 0.1 false alarms a year without lumps, no change missed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
