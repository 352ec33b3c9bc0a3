"""``scrapy duplicates``: clusters, revisions, tellings and chains with their evidence; unknown names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.model import Page
from crawler.recipe import recipe
from crawler.store import Store

LEAD = "6月2日，福建省福州市马尾区委副书记田牧野率代表团赴甘肃省定西市岷县考察东西部协作工作，"
BODY = (
    LEAD + "察看了梅川镇黄芪加工厂选址，就在梅川镇共建黄芪加工厂与岷县县长包学勤座谈，马尾区计划投入帮扶资金860万元。"
)
SIGNED = "8月12日，福州市马尾区与岷县签订协议，在梅川镇共建黄芪加工厂，马尾区投入帮扶资金860万元，岷县县长包学勤出席。"
REPRINT = BODY + "\n（转自：马尾新闻）"
PAGES = [
    ("http://mawei.example.gov.cn/a/1.html", "马尾区代表团赴岷县考察", "2021-06-04", "马尾新闻", BODY),
    ("http://agri.example.com/x/9.html", "马尾区代表团赴岷县考察", "2021-06-07", "农业资讯", REPRINT),
    ("http://mawei.example.gov.cn/a/2.html", "马尾岷县签约", "2021-08-13", "马尾新闻", SIGNED),
]


def page(url: str, title: str, day: str, source: str, body: str) -> Page:
    return Page(url, f"{title}\n{day}　来源：{source}\n{body}\n两地将继续深化合作。", "text")


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'kin.sqlite'}"
    with Store(url) as store:
        for given in PAGES:
            store.save(recipe(page(*given)), portal="cinic")
        first = PAGES[0]
        store.save(recipe(page(*first[:4], first[4].replace("选址", "厂址"))), portal="cinic")
    return url


def test_articles_events_and_chains_are_shown_with_their_evidence(database: str, scrapy: Callable[..., list]) -> None:
    setting = ["-s", f"DATABASE_URL={database}"]
    first, second = PAGES[0][0], PAGES[1][0]
    told, as_json, unknown = scrapy(
        [
            ["duplicates", first.replace("http:", "https:") + "?utm_source=wx", *setting],
            ["duplicates", second, "--json", *setting],
            ["duplicates", "no-such-thing", first, *setting],
        ]
    )
    assert told.status == 0, told.err
    assert "one of 2 copies" in told.out
    assert "shared names: " in told.out
    assert "田牧野" in told.out
    assert "revision 2" in told.out
    assert "\n    - " in told.out
    assert "选址" in told.out
    assert "厂址" in told.out
    kin = json.loads(as_json.out)
    assert kin["members"][0]["relation"] is None
    copy = kin["members"][1]
    assert (copy["url"], copy["relation"]) == (second, "reprint")
    assert copy["evidence"]["credits"] == "马尾新闻"
    assert any(len(passage) >= 20 for passage in copy["evidence"]["passages"])
    assert "860万" in copy["evidence"]["numbers"]
    assert unknown.status == 1
    assert unknown.last == "no-such-thing: no article or event of this URL or id in the database; check it"
    assert "one of 2 copies" in unknown.out, "the other argument is still answered"

    by_id, by_event = scrapy(
        [
            ["duplicates", kin["id"], *setting],
            *(["duplicates", event, "--json", *setting] for event in kin["events"][:1]),
        ]
    )
    assert by_id.status == by_event.status == 0
    event = json.loads(by_event.out)
    assert {told["url"] for told in event["tellings"]} == {first, second}
    assert event["independent"] == 1, "a reprint is no independent source"


def test_a_chain_is_told_by_duplicates_and_explain(database: str, scrapy: Callable[..., list]) -> None:
    with Store(database) as store, store.read() as connection:
        links = connection.exec_driver_sql("SELECT earlier, later FROM event_links").all()
    assert {later for _, later in links} == {links[0][1]}, "visit and talks both lead to the agreement"
    (earlier, later) = links[0]
    setting = ["-s", f"DATABASE_URL={database}"]
    shown, explained = scrapy([["duplicates", later, *setting], ["explain", earlier, *setting]])
    for done in (shown, explained):
        assert done.status == 0, done.err
        assert f"chain of {len(links) + 1} events:" in done.out
        assert "黄芪加工厂" in done.out
    assert f" → {len(links) + 1}: " in shown.out


def test_bad_arguments_get_one_clear_line(tmp_path: Path, scrapy: Callable[..., list]) -> None:
    nothing, nowhere, foreign = scrapy(
        [
            ["duplicates"],
            ["duplicates", "x", "-s", "DATABASE_URL="],
            ["duplicates", "x", "-s", f"DATABASE_URL={tmp_path}"],
        ]
    )
    assert [done.status for done in (nothing, nowhere, foreign)] == [2, 2, 2]
    assert "name a URL or an id" in nothing.err
    assert "DATABASE_URL is empty" in nowhere.err
    assert "is a folder" in foreign.err
