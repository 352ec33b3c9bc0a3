"""Copies and happenings on our own labelled articles (dedup_groups.py): through recipe and store, as a crawl would.

    python tests/scores/score_dedup.py [--errors] [--second]

Article relation: pairs of articles put into one cluster of copies, F1. Spun: articles called spun of the right
original. Original: clusters of two and more whose original is the right one. Events: B-cubed over the labelled mentions
that the extractor found; mentions it missed are counted apart and, in the next figure, as found alone. Chains: pairs of
found mentions of two steps of one chain that are linked, over any number of links, F1. Intervals are 95 % bootstrap
intervals over groups. ``held out`` is the third of the groups whose single errors were never looked at; ``--second``
scores the second set instead, which was written after the rules that the first was scored by.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from dedup_groups import SECOND, Told, all_articles, read_as, telling
from dedup_makers import MAKERS, swapped
from sqlalchemy import select

from crawler.dedup import article_id
from crawler.store import Store
from crawler.store.schema import articles, event_links, event_sources, mentions

ROUNDS = 1000
LEAST_SWAPS = 4  # a copy with fewer words swapped is no spun one
RELATIONS = {
    "copy": "same", "reprint": "reprint", "spun": "spun",
    "cut": "same", "edited": "same", "damaged": "same", "traditional": "same", "wrapped": "same",
    "reprinted": "reprint", "spun_light": "spun", "spun_heavy": "spun",
}  # fmt: skip


@dataclass
class Found:
    """What the store made of the articles, by article name."""

    original: dict[str, str]
    relation: dict[str, str | None]
    event: dict[tuple[str, str], str | None]
    chain: dict[str, str]


@dataclass
class Tally:
    """Counts of one group: right, predicted and wanted of pairs and of spun articles, originals, B-cubed shares."""

    pairs: list[int] = field(default_factory=lambda: [0, 0, 0])
    spun: list[int] = field(default_factory=lambda: [0, 0, 0])
    chains: list[int] = field(default_factory=lambda: [0, 0, 0])
    originals: list[int] = field(default_factory=lambda: [0, 0])
    found: list[tuple[float, float]] = field(default_factory=list)
    every: list[tuple[float, float]] = field(default_factory=list)
    missed: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="name what went wrong (never of held-out groups)")
    parser.add_argument("--second", action="store_true", help="score the second set, as a whole")
    options = parser.parse_args()
    if options.second:
        score_second(errors_too=options.errors)
        return
    written = all_articles()
    held_out = sum(t.held_out for t in written)
    print(f"{len(written)} articles in {len({t.group for t in written})} groups, {held_out} of them held out")
    made = list(generated(written))
    print(f"{len(made)} copies made of {len({t.cluster for t in made})} of them")
    own = [told for told in written if told.made_of is None]
    for name, told in (("hand-written", written), ("generated", [*own, *made])):
        found = run(told)
        wanted = [one for one in told if one.relation not in (None, "copy", "reprint", "spun")] if made else []
        for part, chosen in (
            ("tuned on", [t for t in told if not t.held_out]),
            ("held out", [t for t in told if t.held_out]),
            ("all", told),
        ):
            report(f"{name}, {part}", tallies(chosen, found))
        if name == "generated":
            by_maker(wanted, found)
        if options.errors:
            print("\n".join(errors([t for t in told if not t.held_out], found)))


def score_second(*, errors_too: bool) -> None:
    """The hand-written articles of the second set alone."""
    written = [replace(told, held_out=False) for told in all_articles(SECOND)]
    found = run(written)
    report(f"second set, {len(written)} articles", tallies(written, found))
    if errors_too:
        print("\n".join(errors(written, found)))


def generated(written: Sequence[Told]) -> Iterator[Told]:
    """Eight copies of every article in own words of 80 characters and more, without spun ones in which hardly a word
    was swapped; a fourth of the spun ones bear an earlier date than theirs.
    """
    for number, told in enumerate(t for t in written if t.made_of is None and len(t.body) >= 80):
        for place, (maker, make) in enumerate(MAKERS.items()):
            chance = random.Random(f"{told.name} {maker}")
            early = maker.startswith("spun") and (number + place) % 4 == 0
            day = date.fromisoformat(told.published) + timedelta(days=-1 if early else 1 + place)
            body = make(told.body, chance)
            if maker.startswith("spun") and swapped(told.body, body) < LEAST_SWAPS:
                continue
            home, source = (
                (told.home, told.source) if maker == "reprinted" else (None, chance.choice(["资讯在线", None]))
            )
            yield replace(
                told, letter=f"{told.letter}-{maker}", published=day.isoformat(), source=source, home=home,
                title=make(told.title, chance) if maker in ("traditional", "spun_heavy") else told.title,
                body=body, relation=maker, made_of=told.letter,
            )  # fmt: skip


def run(told: Sequence[Told]) -> Found:
    """Read and save every article in the given order; return what the store says at the end."""
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{Path(folder) / 'score.db'}") as store:
        records = {one.name: read_as(one.page) for one in told}
        for one in told:
            store.save(records[one.name], portal="score")
        ids = {article_id(one.url): one.name for one in told}
        with store.read() as connection:
            rows = connection.execute(select(articles.c.article_id, articles.c.original_id, articles.c.relation)).all()
            query = select(mentions.c.article_id, mentions.c.mention_id, event_sources.c.event_id)
            query = query.join(event_sources, event_sources.c.mention == mentions.c.mention)
            homes = {(ids[row[0]], row[1]): row[2] for row in connection.execute(query)}
            chain: dict[str, str] = {}
            for earlier, later in connection.execute(select(event_links.c.earlier, event_links.c.later)).all():
                one, other = chain.setdefault(earlier, earlier), chain.setdefault(later, later)
                chain |= {key: one for key, name in chain.items() if name == other}
    event: dict[tuple[str, str], str | None] = {}
    for one in told:
        for kind in one.happenings:
            place = telling(one, records[one.name], kind)
            name = records[one.name].events[place].id if place is not None else None
            event[one.name, kind] = homes.get((one.name, name)) if name else None
    return Found({ids[a]: ids[b] for a, b, _ in rows}, {ids[a]: kind for a, _, kind in rows}, event, chain)


def tallies(told: Sequence[Told], found: Found) -> dict[str, Tally]:
    """The counts of every group; a wrong pair of two groups counts for the first."""
    sums: dict[str, Tally] = defaultdict(Tally)
    by_name = {one.name: one for one in told}
    for clusters, place in ((_by(told, lambda t: t.cluster), 2), (_by(told, lambda t: found.original[t.name]), 1)):
        for members in clusters.values():
            for a, b in combinations(members, 2):
                sums[by_name[a].group].pairs[place] += 1
                if place == 2 and found.original[a] == found.original[b]:
                    sums[by_name[a].group].pairs[0] += 1
    for one in told:
        tally, wanted = sums[one.group], RELATIONS.get(one.relation or "") == "spun"
        called = found.relation[one.name] == "spun"
        home = by_name.get(found.original[one.name])
        right = wanted and called and home is not None and home.cluster == one.cluster
        tally.spun = [a + b for a, b in zip(tally.spun, (right, called, wanted), strict=True)]
    for cluster, members in _by(told, lambda t: t.cluster).items():
        if len(members) > 1:
            tally = sums[by_name[members[0]].group]
            tally.originals[1] += 1
            tally.originals[0] += found.original[cluster] == cluster
    cubed(told, found, sums)
    steps(told, found, sums)
    return sums


def steps(told: Sequence[Told], found: Found, sums: dict[str, Tally]) -> None:
    """Pairs of events of one group's chain: mentions of two steps, linked over any number of links."""
    chain = {
        (one.name, kind): one.group if one.stage else None
        for one in told
        for kind in one.happenings
        if found.event[one.name, kind]
    }
    group = {one.name: one.group for one in told}
    wanted_of = {(one.name, kind): name for one in told for kind, name in one.happenings.items()}
    for a, b in combinations(chain, 2):
        events = [str(found.event[key]) for key in (a, b)]
        if events[0] == events[1] or wanted_of[a] == wanted_of[b]:
            continue
        linked = found.chain.get(events[0]) == found.chain.get(events[1], "")
        wanted = chain[a] is not None and chain[a] == chain[b]
        for place, count in enumerate((linked and wanted, linked, wanted)):
            sums[group[a[0]]].chains[place] += count


def cubed(told: Sequence[Told], found: Found, sums: dict[str, Tally]) -> None:
    """B-cubed precision and recall of every labelled mention, over those found and over all."""
    wanted = {(one.name, kind): name for one in told for kind, name in one.happenings.items()}
    alone = {key: found.event[key] or f"missed {key}" for key in wanted}
    group = {one.name: one.group for one in told}
    for every in (False, True):
        keys = [key for key in wanted if every or found.event[key]]
        told_by, put = _groups(keys, wanted.__getitem__), _groups(keys, alone.__getitem__)
        for key in keys:
            a, b = told_by[wanted[key]], put[alone[key]]
            share = (len(a & b) / len(b), len(a & b) / len(a))
            tally = sums[group[key[0]]]
            (tally.every if every else tally.found).append(share)
            tally.missed += every and not found.event[key]


def report(name: str, sums: dict[str, Tally]) -> None:
    print(f"\n{name}: {len(sums)} groups")
    values: dict[str, Callable[[Iterable[Tally]], float]] = {
        "article relation F1": lambda t: _f1([x.pairs for x in t]),
        "spun F1": lambda t: _f1([x.spun for x in t]),
        "right original": lambda t: _share([x.originals for x in t]),
        "events B3 F1": lambda t: _cubed([s for x in t for s in x.found]),
        "events B3 F1, missed ones alone": lambda t: _cubed([s for x in t for s in x.every]),
        "steps of chains F1": lambda t: _f1([x.chains for x in t]),
    }
    chosen = list(sums.values())
    chance = random.Random(8)
    samples = [chance.choices(chosen, k=len(chosen)) for _ in range(ROUNDS)]
    for label, value in values.items():
        spread = sorted(value(sample) for sample in samples)
        low, high = spread[ROUNDS // 40], spread[-ROUNDS // 40]
        print(f"  {label:<34}{value(chosen):6.3f}  [{low:.3f}, {high:.3f}]")
    pairs, spun, chains = ([sum(getattr(t, name)[n] for t in chosen) for n in range(3)] for name in
                           ("pairs", "spun", "chains"))  # fmt: skip
    for what, counts in (("pairs", pairs), ("spun", spun), ("steps of chains", chains)):
        print(f"  {what}: {counts[0]} right of {counts[1]} found, {counts[2]} wanted")
    told = sum(len(t.every) for t in chosen)
    print(f"  mentions: {told}, {sum(t.missed for t in chosen)} of them missed by the extractor")


def by_maker(made: Sequence[Told], found: Found) -> None:
    """How each kind of copy fared: put to its original, and called what it is."""
    print("\nby kind of copy:          found   called so")
    for maker in MAKERS:
        chosen = [one for one in made if one.relation == maker]
        hit = [found.original[one.name] == found.original[one.cluster] for one in chosen]
        named = [found.relation[one.name] == RELATIONS[maker] and h for one, h in zip(chosen, hit, strict=True)]
        print(f"  {maker:<20}{sum(hit) / len(hit):11.3f}{sum(named) / len(named):12.3f}")


def errors(told: Sequence[Told], found: Found) -> Iterator[str]:
    """One line a mistake."""
    by_name = {one.name: one for one in told}
    for a, b in combinations(told, 2):
        same, put = a.cluster == b.cluster, found.original[a.name] == found.original[b.name]
        if same != put:
            yield f"pair {'missed' if same else 'wrong'}: {a.name} {b.name}"
    for one in told:
        wanted = RELATIONS.get(one.relation or "")
        if found.relation[one.name] != wanted:
            yield f"relation of {one.name}: {found.relation[one.name]}, wanted {wanted}"
    wanted_of = {(one.name, kind): name for one in told for kind, name in one.happenings.items()}
    for key in wanted_of:
        if found.event[key] is None:
            yield f"mention missed: {key[0]} {key[1]}"
    keys = [key for key in wanted_of if found.event[key]]
    for a, b in combinations(keys, 2):
        same, put = wanted_of[a] == wanted_of[b], found.event[a] == found.event[b]
        if same != put:
            yield f"events {'apart' if same else 'merged'}: {a} {b}"
    counted = Counter(by_name[name].kind for name, _ in keys)
    yield f"mentions by kind of group: {dict(counted)}"


def _by(told: Sequence[Told], key: Callable[[Told], str]) -> dict[str, list[str]]:
    made: dict[str, list[str]] = defaultdict(list)
    for one in told:
        made[key(one)].append(one.name)
    return made


def _groups(keys: Iterable[tuple[str, str]], name: Callable[[tuple[str, str]], str]) -> dict[str, set[tuple[str, str]]]:
    made: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for key in keys:
        made[name(key)].add(key)
    return made


def _f1(counts: Sequence[Sequence[int]]) -> float:
    right, predicted, wanted = (sum(c[n] for c in counts) for n in range(3))
    return 2 * right / (predicted + wanted) if predicted + wanted else 1.0


def _share(counts: Sequence[Sequence[int]]) -> float:
    right, every = (sum(c[n] for c in counts) for n in range(2))
    return right / every if every else 1.0


def _cubed(shares: Sequence[tuple[float, float]]) -> float:
    if not shares:
        return 1.0
    precision, recall = (sum(s[n] for s in shares) / len(shares) for n in range(2))
    return 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    main()
