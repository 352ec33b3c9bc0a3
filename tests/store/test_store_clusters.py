# ruff: noqa: E501
"""Which copy is the original, chains between events, saves by the batch and by several processes at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from records import LINGYUN, LONG, YANTIAN, harvest, record
from sqlalchemy import select

from crawler.dedup import article_id
from crawler.model import Amount, Event, Evidence, Record, Repair
from crawler.store import ForgottenError, SaveRequest, Store, clusters, copying
from crawler.store.failpoints import set_hook
from crawler.store.schema import articles, bands, event_links, events

HERE = Path(__file__).parent
SPUN = LONG
for word, other in {
    "考察": "查看", "工作": "作业", "先后": "接连", "走访": "拜访", "召开": "举办", "联席会议": "联席会", "介绍": "讲解", "情况": "状况",
    "投入": "投进", "实施": "施行", "项目": "工程", "选派": "遴选", "教师": "老师",
}.items():  # fmt: skip
    SPUN = SPUN.replace(word, other)
FARM, PAPER, GOV = "http://farm.example.com/9.html", "http://paper.example.com/5.html", "http://x.gov.cn/a/1.html"


def relations(store: Store) -> dict[str, tuple[str, str | None]]:
    """Original's URL and relation of every article, by URL."""
    with store.read() as connection:
        rows = connection.execute(select(articles.c.url, articles.c.original_id, articles.c.relation)).all()
    url_of = {article_id(url): url for url, _, _ in rows}
    return {url: (url_of[original], relation) for url, original, relation in rows}


def dated(url: str, text: str, day: str, **values: object) -> Record:
    return record(url, text, published=day, source=None, **values)


DAMAGED = (Repair("gloss", 5, True),)
ORIGINALS = [
    ("reworded", dated(FARM, SPUN, "2018-03-15"), dated(PAPER, LONG, "2018-03-17"), "spun"),
    ("credited", dated(FARM, LONG, "2018-03-15", reprinted_from="某报"), dated(PAPER, LONG, "2018-03-17"), "reprint"),
    ("damaged", dated(FARM, LONG, "2018-03-15", repairs=DAMAGED), dated(PAPER, LONG, "2018-03-17"), "same"),
    ("no authority", dated(FARM, LONG, "2018-03-17"), dated(GOV, LONG, "2018-03-17"), "same"),
    ("later", dated(GOV, LONG, "2018-03-18"), dated(PAPER, LONG, "2018-03-17"), "same"),
]


@pytest.mark.parametrize(("copy", "original", "relation"), [c[1:] for c in ORIGINALS], ids=[c[0] for c in ORIGINALS])
def test_a_copy_is_none_the_less_for_its_date(make_store, copy: Record, original: Record, relation: str) -> None:
    for order in ((copy, original), (original, copy)):
        store = make_store()
        for one in order:
            store.save(one, portal="p")
        found = relations(store)
        assert found[original.article.url] == (original.article.url, None)
        assert found[copy.article.url] == (original.article.url, relation)


def test_a_wording_on_one_page_is_the_copy_of_one_on_many(make_store) -> None:
    slightly = LONG.replace("先后走访", "接连拜访").replace("介绍", "讲解").replace("实施项目", "施行项目")
    pages = [dated(FARM, slightly, "2018-03-10")]
    pages += [dated(f"http://p{n}.example.com/1.html", LONG, f"2018-03-1{n}") for n in (5, 6, 7)]
    store = make_store()
    for page in pages:
        store.save(page, portal="p")
    found = relations(store)
    assert {found[page.article.url][0] for page in pages} == {pages[1].article.url}
    assert found[FARM][1] == "spun"


def test_bands_computed_anew_are_those_the_saves_entered(store: Store) -> None:
    for told in (LONG, SPUN, "  ", LONG[:-30]):
        store.save(dated(f"http://x.example.com/{len(told)}.html", told, "2018-03-15"), portal="p")
    with store.write() as connection:
        entered = connection.execute(select(bands).order_by(*bands.c)).all()
        connection.execute(bands.update().values(band=bands.c.band + 1))
        copying.reindex(connection)
        assert connection.execute(select(bands).order_by(*bands.c)).all() == entered != []


def test_pages_of_which_nothing_was_read_are_no_copies(store: Store) -> None:
    for url in (FARM, PAPER):
        assert store.save(dated(url, "", "2018-03-15"), portal="p").relation is None


def step(kind: str, day: str, url: str, text: str) -> Record:
    place = Evidence("type", text[:4], 0, 4)
    event = Event(
        id=kind, type=kind, date_start=day, date_end=day, date_precision="day", supporting=(YANTIAN,),
        supported=(LINGYUN,), amounts=(Amount(8.6e6, None, False, "860万元"),), evidence=(place,),
    )  # fmt: skip
    return record(url, text, event, published=day)


def cooperation() -> list[Record]:
    """A chain told by two articles a step, another project of the pair, and copies of several kinds."""
    thing = "泗城镇白毫茶精制加工厂"
    steps = [
        ("visit", "2018-03-14", f"盐田区代表团赴凌云县，商谈共建{thing}。随后走访了港口。"),
        ("agreement", "2018-05-20", f"两地签订协议，盐田出资860万元援建{thing}。仪式在深圳举行。"),
        ("project", "2018-09-02", f"由盐田区援建的{thing}开工，投资860万元。工期一年。"),
        ("project", "2019-10-11", f"投资860万元的{thing}投产，凌云茶农受益。首批茶叶发往深圳。"),
    ]
    made = [step(kind, day, f"http://a{n}.gov.cn/1.html", text) for n, (kind, day, text) in enumerate(steps)]
    made += [
        step(kind, day, f"http://b{n}.example.com/1.html", f"记者获悉，{text}")
        for n, (kind, day, text) in enumerate(steps)
    ]
    other = "盐田区援建的下甲镇平怀村人饮工程开工，总投资120万元。群众盼了多年。"
    apart = step("project", "2019-03-02", "http://c.gov.cn/1.html", other)
    made.append(replace(apart, events=(replace(apart.events[0], amounts=()),)))
    made += [dated(FARM, SPUN, "2018-03-12"), dated(PAPER, LONG, "2018-03-17"), dated(GOV, LONG[:-30], "2018-03-18")]
    return made


def test_chains_and_clusters_do_not_depend_on_the_order_of_arrival(make_store) -> None:
    records, straight = cooperation(), make_store()
    for one in records:
        straight.save(one, portal="p")
    with straight.read() as connection:
        kinds = dict(connection.execute(select(events.c.event_id, events.c.type)).all())
        links = connection.execute(select(event_links.c.earlier, event_links.c.later)).all()
    assert len(kinds) == 5, "two articles tell of each step"
    assert len(links) == 6, "each step leads to every later one, and the other project to none"
    assert sorted(kinds[later] for _, later in links) == ["agreement"] + ["project"] * 5
    for seed in range(3):
        other, turned = make_store(), records[:]
        random.Random(seed).shuffle(turned)
        for batch in (turned[:4], turned[4:5], turned[5:]):
            other.save_many([SaveRequest(one, portal="p") for one in batch])
        assert other.dump() == straight.dump()


def test_a_chain_goes_when_its_event_does(store: Store) -> None:
    records = cooperation()[:2]
    for one in records:
        store.save(one, portal="p")
    store.save(replace(records[0], events=(), relevant=False), portal="p")
    with store.read() as connection:
        assert connection.execute(select(event_links)).all() == []


@pytest.mark.parametrize("seed", range(4))
def test_joining_a_cluster_says_what_reading_it_whole_would(make_store, monkeypatch, seed: int) -> None:
    chance = random.Random(seed)
    texts = [
        LONG,
        LONG[:-25],
        LONG + "（记者 文心）",
        LONG.replace("一行12人", "一行"),
        SPUN if seed % 2 else LONG[:-12],
    ]
    pages = [
        dated(
            f"http://{chance.choice(['a.gov.cn', 'b.example.com'])}/{n}.html", chance.choice(texts),
            f"2018-03-{chance.randint(10, 20)}", reprinted_from=chance.choice([None, None, "某报"]),
        )
        for n in range(14)
    ]  # fmt: skip
    joined, whole = make_store(), make_store()
    for page in pages:
        joined.save(page, portal="p")
    monkeypatch.setattr(clusters, "_join", lambda *_: None)
    for page in pages:
        whole.save(page, portal="p")
    assert joined.dump() == whole.dump()


def test_a_batch_is_kept_whole_or_not_at_all(store: Store) -> None:
    requests = [SaveRequest(told, portal=portal) for portal, told in harvest()]

    def fail(name: str) -> None:
        if name == "save:before-commit":
            raise RuntimeError("killed here")

    set_hook(fail)
    try:
        with pytest.raises(RuntimeError):
            store.save_many(requests)
    finally:
        set_hook(None)
    assert store.dump() == []
    store.forget_page(requests[2].record.article.url, None)
    saved = store.save_many(requests)
    assert isinstance(saved[2], ForgottenError)
    assert [one.outcome for one in saved if not isinstance(one, Exception)][:2] == ["new", "duplicate"]
    assert [getattr(one, "outcome", None) for one in store.save_many(requests[:2])] == ["unchanged"] * 2


CHILD = """
import sys
sys.path.insert(0, sys.argv[2])
from test_store_clusters import cooperation
from crawler.store import SaveRequest, Store
first, step, batch = map(int, sys.argv[3:])
records = cooperation()[first::step]
with Store(sys.argv[1]) as store:
    for start in range(0, len(records), batch):
        store.save_many([SaveRequest(one, portal="p") for one in records[start : start + batch]])
"""


def child(url: str, first: int, step: int, batch: int, armed: str = "") -> subprocess.Popen[bytes]:
    """A process that saves every ``step``-th record of ``cooperation()``, ``batch`` to a transaction."""
    command = [sys.executable, "-c", CHILD, url, str(HERE), *map(str, (first, step, batch))]
    environment = os.environ | ({"DUIKOU_FAILPOINT": armed} if armed else {})
    return subprocess.Popen(command, cwd=HERE.parent.parent, env=environment)


def test_killed_in_mid_batch_the_clusters_are_those_of_whole_batches(make_store, make_database_url) -> None:
    """In the third batch of four: in the middle of its events, and just before its commit."""
    records, url, whole = cooperation(), make_database_url(), make_store()
    Store(url).close()
    whole.save_many([SaveRequest(one, portal="p") for one in records[:8]])
    for armed in ("save:events:10", "save:before-commit:3"):
        assert child(url, 0, 1, 4, armed).wait() == -signal.SIGKILL
        with Store(url) as killed:
            assert killed.dump() == whole.dump()
    assert child(url, 0, 1, 4).wait() == 0
    alone = make_store()
    alone.save_many([SaveRequest(one, portal="p") for one in records])
    with Store(url) as killed:
        assert killed.dump() == alone.dump()


def test_two_processes_at_once_leave_what_one_would(make_store, make_database_url) -> None:
    alone, url = make_store(), make_database_url()
    for one in cooperation():
        alone.save(one, portal="p")
    Store(url).close()
    children = [child(url, first, 2, batch) for first, batch in ((0, 1), (1, 3))]
    assert [process.wait() for process in children] == [0, 0]
    with Store(url) as shared:
        assert shared.dump() == alone.dump()


@pytest.mark.parametrize("forgotten", range(4))
def test_forgetting_one_copy_leaves_what_would_be_without_it(make_store, forgotten: int) -> None:
    """Whichever of a cluster goes, and in whatever order it came."""
    copies = [
        record(FARM, LONG, published="2018-03-18"),
        record(PAPER, LONG + "（记者 文心）", published="2018-03-17"),
        record(GOV, LONG[: len(LONG) * 4 // 5], published="2018-03-16"),
        record("http://again.example.com/1.html", LONG, published="2018-03-19"),
    ]
    left = [one for number, one in enumerate(copies) if number != forgotten]
    told = select(articles.c.url, articles.c.original_id, articles.c.relation).order_by(articles.c.url)

    def related(given: list[Record], gone: Record | None) -> list[tuple[str, str, str | None]]:
        store = make_store()
        for one in given:
            store.save(one, portal="p")
        if gone is not None:
            store.forget_page(gone.article.url, None)
        kept = {one.article.url for one in left}
        with store.read() as connection:
            return [tuple(row) for row in connection.execute(told) if row.url in kept]

    wanted = related(left, None)
    assert len(wanted) == 3
    for seed in range(4):
        order = random.Random(seed).sample(copies, 4)
        assert related(order, copies[forgotten]) == wanted, [one.article.url for one in order]
