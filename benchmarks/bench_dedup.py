"""Copies found on our labelled articles beside datasketch, simhash and rensa; growth of the index on disk.

    python benchmarks/bench_dedup.py [--index 1000000 [--folder DIR] [--chunk 50000]]

Compared is F1 over pairs of articles put into one cluster, on the 150 labelled articles and the copies made of them
(tests/scores), all tools given the same clean text. Each peer runs at that threshold of a sweep at which it does best
here; ours has none to choose. Peers that are not installed are left out::

    pip install --target /tmp/peers datasketch simhash
    PYTHONPATH=/tmp/peers python benchmarks/bench_dedup.py

``--index`` puts so many generated short articles, a tenth of them copies, through the index of the store, 100 to a
transaction, and tells every 100,000 what an insert costs, and the process's peak memory. With ``--folder`` the index is
kept and a further call goes on where the last one ended, ``--chunk`` articles at a time.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import version
from itertools import combinations, islice
from pathlib import Path
from typing import Any

from rensa import RMinHash, RMinHashLSH

from crawler.dedup import Anchors, Text, anchors, anchors_of, copies
from crawler.store import Store, copying
from crawler.store.saving import text_hash
from crawler.store.schema import texts
from crawler.store.statements import ask, inserting

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "scores"))
from dedup_groups import all_articles, read_as
from score_dedup import generated

Pairs = set[tuple[int, int]]
Tool = Callable[[Sequence[Text], float], Pairs]
ROW = inserting(texts, missing=True)
STEP, BATCH = 10_000, 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=int, metavar="N", help="grow an index to N articles instead")
    parser.add_argument("--folder", type=Path, help="where to keep the index (default: a temporary folder)")
    parser.add_argument("--chunk", type=int, help="stop after so many articles more")
    options = parser.parse_args()
    if not options.index:
        compare_tools()
    elif options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        grow(options.index, options.folder, options.chunk)
    else:
        with tempfile.TemporaryDirectory() as folder:
            grow(options.index, Path(folder), options.chunk)


def compare_tools() -> None:
    written = all_articles()
    told = [*written, *generated(written)]
    records = [read_as(one.page) for one in told]
    made = [Text(record.article.text, anchors_of(record)) for record in records]
    kept = [number for number, text in enumerate(made) if text.plain]
    made, told = [made[n] for n in kept], [told[n] for n in kept]
    wanted = {(a, b) for a, b in combinations(range(len(told)), 2) if told[a].cluster == told[b].cluster}
    print(f"{len(made)} articles, {len(wanted)} pairs of copies")
    tools: list[tuple[str, Tool, Sequence[float]]] = [
        ("duikou", ours, (0.0,)),
        (f"rensa {version('rensa')}", rensa, (0.3, 0.4, 0.5, 0.6, 0.7)),
    ]
    for module, tool, sweep in (
        ("datasketch", datasketch, (0.3, 0.4, 0.5, 0.6, 0.7)),
        ("simhash", simhash, (3, 6, 9, 12, 15)),
    ):
        try:
            import_module(module)
        except ImportError:
            print(f"{module}: not installed, left out")
            continue
        tools.append((f"{module} {version(module)}", tool, sweep))
    for name, tool, sweep in tools:
        runs = []
        for threshold in sweep:
            started = time.process_time()
            found = clustered(len(made), tool([Text(t.text, t.anchors) for t in made], threshold))
            spent = time.process_time() - started
            right = len(found & wanted)
            f1 = 2 * right / (len(found) + len(wanted))
            runs.append((f1, right / max(1, len(found)), right / len(wanted), 1000 * spent / len(made), threshold))
        f1, precision, recall, cost, threshold = max(runs)
        at = f"at {threshold:g}" if len(sweep) > 1 else ""
        shares = f"F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}"
        print(f"{name:<20}{at:<9} {shares}  {cost:6.2f} ms CPU an article")


class Shelf:
    """Our bands in memory, as the store keeps them on disk."""

    def __init__(self) -> None:
        self.held: list[Text] = []
        self._bands: dict[int, list[int]] = defaultdict(list)

    def sharing(self, values: Sequence[int], limit: int) -> list[tuple[int, Anchors]]:
        shared: dict[int, int] = defaultdict(int)
        for value in values:
            for number in self._bands.get(value, ()):
                shared[number] += 1
        least = copying.fewest_shared(shared.values(), limit)
        return [(number, self.held[number].anchors) for number, bands in shared.items() if bands >= least]

    def texts(self, keys: Sequence[int]) -> list[tuple[int, Text]]:
        return [(number, self.held[number]) for number in keys]

    def add(self, text: Text) -> None:
        for value in set(text.bands):
            self._bands[value].append(len(self.held))
        self.held.append(text)


def ours(made: Sequence[Text], _: float) -> Pairs:
    shelf, by_id, found = Shelf(), {}, set()
    for number, text in enumerate(made):
        if (same := by_id.setdefault(text.id, number)) != number:
            found.add((same, number))
        found |= {(other, number) for other, _ in copies(text, shelf)}
        shelf.add(text)
    return found


def rensa(made: Sequence[Text], threshold: float) -> Pairs:
    lsh, sketches, found = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=32), [], set()
    for number, text in enumerate(made):
        sketch = RMinHash(128, 1)
        sketch.update(list(text.shingles))
        near = [other for other in lsh.query(sketch) if sketch.jaccard(sketches[other]) >= threshold]
        found |= {(other, number) for other in near}
        sketches.append(sketch)
        lsh.insert(number, sketch)
    return found


def datasketch(made: Sequence[Text], threshold: float) -> Pairs:
    module = import_module("datasketch")
    lsh, found = module.MinHashLSH(threshold=threshold, num_perm=128), set()
    for number, text in enumerate(made):
        sketch = module.MinHash(num_perm=128)
        sketch.update_batch([shingle.encode() for shingle in text.shingles])
        found |= {(other, number) for other in lsh.query(sketch)}
        lsh.insert(number, sketch)
    return found


def simhash(made: Sequence[Text], distance: float) -> Pairs:
    module = import_module("simhash")
    hashes = [module.Simhash(sorted(text.shingles)) for text in made]
    return {(a, b) for a, b in combinations(range(len(made)), 2) if hashes[a].distance(hashes[b]) <= distance}


def clustered(count: int, links: Pairs) -> Pairs:
    """All pairs that are linked over any number of links."""
    home = {number: {number} for number in range(count)}
    for a, b in links:
        if home[a] is not home[b]:
            joined = home[a] | home[b]
            home |= dict.fromkeys(joined, joined)
    groups = {id(group): group for group in home.values()}
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华", "明华志强文秀英国平建军晓丽春海燕立波天佑"
PROVINCES = ["广西", "贵州", "云南", "四川", "甘肃", "青海", "宁夏", "新疆", "西藏", "内蒙古"]
COUNTIES = [f"{a}{b}县" for a in "安宁永兴新福泰和康昌清平" for b in "阳山川江河水林原化远"]
DEEDS = ("交流", "对接", "调研", "座谈", "签约", "推进", "落实", "建设", "合作", "考察", "验收")
FIELDS = ("扶贫", "协作", "产业", "劳务", "培训", "教育", "医疗", "消费", "项目", "人才", "茶叶", "光伏", "搬迁")
PHRASES = [field + deed for field in FIELDS for deed in DEEDS]


def short_articles(start: int, stop: int) -> Iterator[Text]:
    """Notices of some 90 characters, each its own by its number; every tenth is the one before without a clause.

    Anchors as a reader would find them: days, numbers, one person, the county and its province.
    """
    for number in range(start, stop):
        chance = random.Random(number - (number % 10 == 9))
        day = f"{chance.randint(2012, 2023)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日"
        lead = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
        clauses = ["".join(chance.choices(PHRASES, k=3)) for _ in range(4)]
        sums = f"投入{chance.randint(10, 99999)}万元，惠及{chance.randint(100, 9999)}人。"
        province, county = chance.choice(PROVINCES), chance.choice(COUNTIES)
        body = "，".join([f"{day}，{lead}赴{province}{county}", *clauses[number % 10 == 9 :], sums])
        yield Text(body, anchors(body, [lead], [province, county]))


def grow(goal: int, folder: Path, chunk: int | None) -> None:
    """Insert up to ``goal`` articles, ``BATCH`` to a transaction, noting what each ``STEP`` cost."""
    notes = folder / "costs.json"
    costs: list[dict[str, Any]] = json.loads(notes.read_text()) if notes.exists() else []
    start = costs[-1]["articles"] if costs else 0
    stop = min(goal, start + chunk) if chunk else goal
    with Store(f"sqlite:///{folder / 'index.db'}") as store:
        for first in range(start, stop, STEP):
            wall, cpu = time.perf_counter(), time.process_time()
            found = 0
            made = enumerate(short_articles(first, min(first + STEP, stop)), first)
            for part in batched(made):
                with store._database.write() as connection:
                    for number, text in part:
                        answers = ask(connection, *copying.questions(text, None))
                        entered = copying.enter(connection, copying.name_of(text, str(number)), text, answers)
                        ROW.run(connection, text_id=text_hash(text.text), content=entered.content, text=text.text)
                        found += bool(entered.links)
            done = min(first + STEP, stop)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            spent = {
                "cpu_ms": 1000 * (time.process_time() - cpu) / STEP,
                "wall_ms": 1000 * (time.perf_counter() - wall) / STEP,
            }
            costs.append({"articles": done, "copies": found, "peak_mb": peak, **spent})
            notes.write_text(json.dumps(costs))
            cost = f"{spent['cpu_ms']:.2f} ms CPU, {spent['wall_ms']:.2f} ms an insert"
            print(f"{done:>9,} articles  {cost}, peak {peak:.0f} MB", flush=True)
    report(costs)


def batched(made: Iterator[tuple[int, Text]]) -> Iterator[list[tuple[int, Text]]]:
    """The articles of one transaction at a time."""
    while part := list(islice(made, BATCH)):
        yield part


def report(costs: Sequence[dict[str, Any]]) -> None:
    """The last five steps up to 100,000 and the last five of all."""
    early = [c for c in costs if c["articles"] <= 100_000][-5:]
    for name, part in (("up to 100,000", early), ("at the end", costs[-5:])):
        cpu, wall = (sum(c[key] for c in part) / len(part) for key in ("cpu_ms", "wall_ms"))
        print(f"{name}: {cpu:.2f} ms CPU, {wall:.2f} ms an insert")
    copied = sum(c["copies"] for c in costs)
    peak = max(c["peak_mb"] for c in costs)
    print(f"{costs[-1]['articles']:,} articles, {copied:,} found to be copies, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
