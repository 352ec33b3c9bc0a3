"""Saves per second of the store, beside a naive writer that commits every row on its own.

Run: python benchmarks/bench_store.py [--records 2000] [--reports 3000] [--database-url postgresql://…]
Both write the same generated articles, each with two event mentions of two tellings and five figures. The store also
finds copies, merges events and keeps ledger and revisions; the naive writer only inserts rows, one commit each.
Then the store alone: what a save costs when its event has 10, 100, 1,000 … reports already, up to ``--reports``.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from sqlalchemy import JSON, Column, Float, Integer, MetaData, String, Table, Text, create_engine, insert, text
from sqlalchemy.engine import make_url

from crawler.model import Amount, Article, Event, EventPerson, Evidence, Figure, Record
from crawler.store import Store

DONORS = ["广东省深圳市盐田区", "福建省厦门市湖里区", "江苏省苏州市吴江区", "浙江省宁波市北仑区", "山东省烟台市福山区"]
RECIPIENTS = [
    "广西壮族自治区百色市凌云县",
    "甘肃省临夏回族自治州积石山保安族东乡族撒拉族县",
    "贵州省铜仁市印江土家族苗族自治县",
    "重庆市巫山县",
]
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫", "明华志强文秀英国平建军晓丽春海燕立波天佑"
LOOKED = 20
"""Saves timed at each size of an event."""
WORDS = [a + b for a in "扶贫协作产业劳务培训教育医疗消费资金项目" for b in "交流对接调研座谈签约推进落实建设合作发展"]


def records(count: int, seed: int = 1) -> Iterator[Record]:
    """Every happening is told twice in words of its own; every tenth article is copied once more."""
    chance = random.Random(seed)
    last = ""
    for number in range(count):
        if number % 2 == 0:
            donor, recipient = chance.choice(DONORS), chance.choice(RECIPIENTS)
            day = f"{chance.randint(2016, 2023)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
            lead = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
            sums = [chance.randint(10, 9999) * 10000 for _ in range(5)]
        body = "，".join("".join(chance.choices(WORDS, k=5)) for _ in range(40))
        if number % 10 == 9:
            body = last[:-20]
        else:
            body = f"{day}，{lead}率队赴{donor}考察，{body}，投入{'、'.join(f'{value}元' for value in sums)}。"
        last = body
        url = f"https://bench.example.cn/{number}.html"
        persons = (EventPerson(lead, "县长", "supported", "leads"),)
        shared = {"date_start": day, "date_end": day, "date_precision": "day", "persons": persons}
        sides = {"supporting": (donor,), "supported": (recipient,), "evidence": (Evidence("type", body[:4], 0, 4),)}
        events = tuple(Event(id=f"{kind}-{number}", type=kind, **shared, **sides) for kind in ("visit", "meeting"))
        figures = tuple(Figure(v, "CNY", "资金", None, False, False, "paid", f"{v}元", 0, 4) for v in sums)
        yield Record(Article(url, body, title=f"第{number}篇", published=day), True, events, figures)


def reports(count: int, seed: int = 1) -> Iterator[Record]:
    """One happening told by ``count`` pages in words of their own: other people named, one of a few sums, some of it
    dated to the month; every fifth page is a copy of the one before.
    """
    chance = random.Random(seed)
    people = [surname + given for surname, given in zip(SURNAMES, "明华志强文秀英国平建军晓", strict=True)]
    titles, last = ("县长", "常务副县长"), ""
    for number in range(count):
        day = chance.choice(["2021-05-12", "2021-05-12", "2021-05-12", "2021-05"])
        named = chance.sample(people, chance.randint(2, 5))
        total = chance.choice([30, 30, 30, 31]) * 1e6
        body = f"{day}，{'、'.join(named)}赴{DONORS[0]}考察。" + "，".join(
            "".join(chance.choices(WORDS, k=5)) for _ in range(40)
        )
        body = last = last[:-20] if number % 5 == 4 else body
        event = Event(
            id=f"visit-{number}", type="visit", date_start=day, date_end=day, date_precision="day",
            supporting=(DONORS[0],), supported=(RECIPIENTS[0],),
            persons=tuple(EventPerson(name, chance.choice(titles), "supported", "takes_part") for name in named),
            amounts=(Amount(total, None, False, "3000万元"),),
            evidence=(Evidence("type", body[:4], 0, 4),),
        )  # fmt: skip
        article = Article(
            f"https://bench.example.cn/r{number}.html", body, title=f"第{number}篇", published="2021-05-13"
        )
        yield Record(article, True, (event,), ())


Times = tuple[float, float]
"""Seconds on the clock and seconds of this process's CPU."""


def now() -> Times:
    return time.perf_counter(), time.process_time()


def since(started: Times) -> Times:
    wall, cpu = now()
    return wall - started[0], cpu - started[1]


def bench_store(url: str, made: list[Record]) -> Times:
    with Store(url) as store:
        run = store.begin_run("bench")
        started = now()
        for record in made:
            store.save(record, run_id=run, portal="bench")
        return since(started)


def bench_growth(url: str, most: int) -> None:
    """Print what a save costs at each size of the event, and how often as much as at the first."""
    sizes = [size for size in (10, 100, 1000, 3000, 10000) if size <= most]
    first = 0.0
    with Store(url) as store:
        run = store.begin_run("bench")
        made, done = reports(most + LOOKED), 0
        for size in sizes:
            for record in islice(made, size - done):
                store.save(record, run_id=run, portal="bench")
            started = now()
            for record in islice(made, LOOKED):
                store.save(record, run_id=run, portal="bench")
            wall, cpu = (1000 * spent / LOOKED for spent in since(started))
            done = size + LOOKED
            first = first or cpu
            print(
                f"an event of {size:6,} reports: {wall:7.2f} ms a save, {cpu:7.2f} ms CPU, {cpu / first:5.1f} times",
                flush=True,
            )
        with store.read() as connection:
            events = connection.execute(text("SELECT max(articles) FROM events WHERE state = 'live'")).scalar()
            print(f"the largest event has {events} reports")


def bench_naive(url: str, made: list[Record]) -> Times:
    """Articles, mentions and figures only; one commit a row, as a pipeline of ``session.add(); commit()`` does."""
    metadata = MetaData()
    articles = Table(
        "n_articles", metadata, Column("url", Text, primary_key=True), Column("text", Text), Column("title", Text)
    )
    mentions = Table(
        "n_mentions", metadata, Column("id", Integer, primary_key=True), Column("url", Text), Column("data", JSON)
    )
    figures = Table(
        "n_figures",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("url", Text),
        Column("value", Float),
        Column("unit", String),
    )
    engine = create_engine(url)
    metadata.create_all(engine)
    started = now()
    with engine.connect() as connection:

        def write(statement: object) -> None:
            connection.execute(statement)  # type: ignore[call-overload]
            connection.commit()

        for record in made:
            page = record.article
            write(insert(articles).values(url=page.url, text=page.text, title=page.title))
            for event in record.events:
                write(insert(mentions).values(url=page.url, data=asdict(event)))
            for figure in record.figures:
                write(insert(figures).values(url=page.url, value=figure.value, unit=figure.unit))
    spent = since(started)
    engine.dispose()
    return spent


@contextmanager
def database(server: str | None) -> Iterator[str]:
    """A database of its own, gone afterwards."""
    if server is None:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'bench.db'}"
        return
    name = f"duikou_bench_{uuid.uuid4().hex[:8]}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield engine.url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--reports", type=int, default=1000, help="of one event")
    parser.add_argument("--database-url", help="also on this PostgreSQL server")
    options = parser.parse_args()
    made = list(records(options.records))
    benches: dict[str, Callable[[str, list[Record]], Times]] = {
        "store": bench_store,
        "naive, a commit a row": bench_naive,
    }
    print(
        f"{len(made)} records of {sum(len(r.article.text) for r in made) // len(made)} characters, 2 events, 5 figures"
    )
    for server in [None, options.database_url] if options.database_url else [None]:
        for name, bench in benches.items():
            with database(server) as url:
                wall, cpu = (1000 * spent / len(made) for spent in bench(url, made))
            where = "PostgreSQL" if server else "SQLite"
            print(f"{where:<11}{name:<22}{1000 / wall:8.0f} records/s  {wall:6.2f} ms a record, {cpu:6.2f} ms CPU")
        with database(server) as url:
            bench_growth(url, options.reports)


if __name__ == "__main__":
    main()
