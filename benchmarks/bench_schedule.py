"""Months of publishing, simulated: how long an article waits for its harvest, and how many looks that takes.

    python benchmarks/bench_schedule.py [--weeks 26]

The schedule (crawler.schedule) against fixed hourly and daily polling, on the same portals, clock and failures. It sees
what a harvest sees: when each look was, which articles it brought, their day of publication. Every timer tick (15
minutes) a due portal is looked at. A look costs one request, also when the site is down. Ends with status 1 when at the
cost of daily polling the median delay is more than half of that of daily polling.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from crawler.schedule import Bounds, Look, Outcome, Sighting, hour_of_week, learn, news_due, plan, sighting
from crawler.schedule.outcome import SHANGHAI

START = datetime(2026, 1, 5, tzinfo=SHANGHAI).astimezone(UTC)
TICK = timedelta(minutes=15)
BOUNDS = Bounds(1, 72)
MEMORY = timedelta(days=200)


@dataclass
class Site:
    """A portal as its editors keep it: when articles appear, and when it does not answer."""

    name: str
    articles: list[datetime]
    down: list[tuple[datetime, datetime]] = field(default_factory=list)

    def answers(self, at: datetime) -> bool:
        return not any(start <= at < end for start, end in self.down)


def sites(weeks: int, seed: int) -> list[Site]:
    """Six ways to publish that local portals show, with rates from two a month to twenty a day."""
    dice = random.Random(seed)
    days = weeks * 7

    def appear(rate, hours, minutes=60):
        """Poisson arrivals: ``rate(day)`` a day, at hours drawn from ``hours``."""
        found = []
        for day in range(days):
            expected, count = rate(day), 0
            limit, product = 2.718281828459045**-expected, dice.random()
            while product > limit:
                count, product = count + 1, product * dice.random()
            for _ in range(count):
                moment = timedelta(days=day, hours=dice.choice(hours(day)), minutes=dice.random() * minutes)
                found.append(START + moment)
        return sorted(found)

    office = [8, 9, 9, 10, 10, 11, 14, 15, 15, 16, 16, 17]
    week = lambda workday, weekend: lambda day: workday if day % 7 < 5 else weekend  # noqa: E731
    half = days // 2
    outage = [(START + timedelta(days=d, hours=5), START + timedelta(days=d + 2)) for d in range(40, days, 60)]
    return [
        Site("county office", appear(week(3, 0.2), lambda _: office)),
        Site("news agency", appear(week(20, 12), lambda _: list(range(7, 23)))),
        Site("weekly bulletin", appear(lambda day: 6 if day % 7 == 1 else 0, lambda _: [9, 10])),
        Site("night upload", appear(week(2.5, 2.5), lambda _: [22, 23])),
        Site("rare notices", appear(week(0.1, 0), lambda _: office)),
        Site(
            "new editor",  # from the afternoon to the early morning, half-way
            appear(week(2, 1), lambda day: [15, 16, 17] if day < half else [5, 6, 7]),
            outage,
        ),
    ]


@dataclass
class Watch:
    """What a harvester knows of one site, and what it has spent."""

    site: Site
    looks: list[Look] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    taken: int = 0

    def look(self, at: datetime) -> None:
        answered = self.site.answers(at)
        before = next((k.started for k in reversed(self.looks) if k.outcome.good), None)
        new = 0
        while answered and self.taken < len(self.site.articles) and self.site.articles[self.taken] <= at:
            appeared = self.site.articles[self.taken]
            self.delays.append((at - appeared).total_seconds() / 3600)
            if seen := sighting(before, at, f"{appeared.astimezone(SHANGHAI):%Y-%m-%d}"):
                self.sightings.append(seen)
            self.taken, new = self.taken + 1, new + 1
        word = "site down" if not answered else "news" if new else "no news"
        self.looks.append(Look(at, at + timedelta(minutes=2), Outcome(word)))


def fixed(site: Site, every: timedelta, phase: timedelta, end: datetime) -> Watch:
    watch, at = Watch(site), START + phase
    while at < end:
        watch.look(at)
        at += every
    return watch


def scheduled(all_sites: list[Site], budget: float, end: datetime) -> list[Watch]:
    watches = {site.name: Watch(site) for site in all_sites}
    bounds = dict.fromkeys(watches, BOUNDS)
    at, patterns, hours = START, {}, {}
    due: dict[str, datetime] = {}
    while at < end:
        if not due or (hour_of_week(at) in (3, 99) and at.minute < 15):  # a new plan twice a week
            patterns = {n: learn(w.sightings[-1000:], max(START, at - MEMORY), at) for n, w in watches.items()}
            hours = plan(patterns, bounds, budget)
            due = {n: _next(w, hours[n], patterns[n], at) for n, w in watches.items()}
        for name, watch in watches.items():
            if due[name] <= at:
                watch.look(at)
                due[name] = _next(watch, hours[name], patterns[name], at)
        at += TICK
    return list(watches.values())


def _next(watch: Watch, hours, pattern, now: datetime) -> datetime:
    return news_due(watch.site.name, watch.looks, hours, pattern, BOUNDS, now).at


def told(name: str, watches: list[Watch], weeks: int, runs: int = 1) -> float:
    delays = [delay for watch in watches for delay in watch.delays]
    looks = sum(len(watch.looks) for watch in watches) / runs
    median, mean = statistics.median(delays), statistics.fmean(delays)
    nine = statistics.quantiles(delays, n=10)[-1]
    print(f"{name:24} {median:8.2f} {mean:8.2f} {nine:8.2f} {looks:8.0f} {looks / weeks / 7 / 6:9.2f}")
    return median


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    all_sites = sites(given.weeks, given.seed)
    end = START + timedelta(weeks=given.weeks)
    print(f"{given.weeks} weeks, {sum(len(s.articles) for s in all_sites)} articles; delays in hours\n")
    print(f"{'':24} {'median':>8} {'mean':>8} {'90 %':>8} {'looks':>8} {'per day':>9}")
    hour, day = timedelta(hours=1), timedelta(days=1)
    told("hourly", [fixed(s, hour, timedelta(), end) for s in all_sites], given.weeks)
    by_phase = [[fixed(s, day, hour * phase, end) for s in all_sites] for phase in range(24)]
    daily = told("daily, at any hour", [w for watches in by_phase for w in watches], given.weeks, 24)
    best = min(by_phase, key=lambda watches: statistics.median(d for w in watches for d in w.delays))
    told(f"daily, at {by_phase.index(best):02}:00, the best", best, given.weeks)
    ours = scheduled(all_sites, 1.0, end)
    median = told("schedule, 1 look a day", ours, given.weeks)
    told("schedule, 2 looks a day", scheduled(all_sites, 2.0, end), given.weeks)
    print(f"\n{'1 look a day, by portal':24} {'median':>8} {'daily':>8} {'looks':>8} {'articles':>9}")
    for place, watch in enumerate(ours):
        fix = statistics.median(d for watches in by_phase for d in watches[place].delays)
        mine = statistics.median(watch.delays)
        print(f"{watch.site.name:24} {mine:8.2f} {fix:8.2f} {len(watch.looks):8} {len(watch.delays):9}")
    spent, allowed = sum(len(w.looks) for w in ours), sum(len(w.looks) for w in by_phase[0])
    good = median <= daily / 2 and spent <= allowed
    share = f"{median / daily:.0%} of the delay of daily polling with {spent / allowed:.0%} of its looks"
    print(f"\n{share}: {'holds' if good else 'FAILS'} the bar (50 %, 100 %)")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
