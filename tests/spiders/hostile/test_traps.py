"""Address spaces without an end, lists too long, a robots.txt too large: bounded, told, and the run ends."""

from __future__ import annotations

import time
from datetime import date

import pytest
from protego import Protego

from crawler.guard import TrapRule, Traps, trimmed
from crawler.guard.traps import beyond, endless, shape
from tests.spiders.conftest import LIST_1, TEXT, article, article_url, cinic, listing
from tests.spiders.hostile.server import Web, answer

SITE = "http://www.cinic.org.cn/hy/cs/"


def row(url: str, n: int = 0) -> tuple[str, str, str]:
    return (url, f"济南市与湘西州第{n}次扶贫协作联席会议召开", "2020-06-01")


def test_an_endless_calendar_ends(web: Web, crawl):
    """Every month leads to the next, each with an article of its own."""

    def month(exchange):
        n = int(exchange.url.rpartition("=")[2])
        page = listing(
            [row(f"{SITE}{9_000_000 + n}.html", n)], f"/cal/?year={2026 + n // 12}&month={n % 12 + 1}&n={n + 1}"
        )
        answer(page)(exchange)

    web.trees["http://news.example/cal/"] = month
    web.trees[SITE] = answer("<p>没有</p>", 404)
    web.put("http://news.example/cal/index.html", listing([row(f"{SITE}1.html")], "/cal/?year=2026&month=11&n=1"))
    run = crawl("cinic", {"TRAP_DEPTH": 40}, lists="http://news.example/cal/index.html")
    asked = [url for url in web.urls() if "/cal/" in url]
    assert len(asked) < 45
    assert run["traps/calendar"] == 1
    assert any("links not followed (calendar)" in line for line in run.lines)
    assert run.stats["finish_reason"] == "finished"


def test_a_list_without_an_end_ends(web: Web, crawl):
    def page(exchange):
        n = int("".join(c for c in exchange.url.rpartition("_")[2] if c.isdigit()) or 0)
        answer(listing([row(f"{SITE}{8_000_000 + n}.html", n)], f"/hy/cs/index_{n + 1}.html"))(exchange)

    web.trees[f"{SITE}index_"] = page
    web.put(LIST_1, listing([row(article_url(1))], "/hy/cs/index_1.html"))
    run = crawl("cinic", {"TRAP_DEPTH": 12, "HOST_FAILURES": 0})
    lists = [url for url in web.urls() if "index_" in url]
    assert len(lists) == 12
    assert run["traps/depth"] == 1


def test_a_hundred_thousand_links_are_cut_to_what_a_page_may_have(web: Web, crawl, store):
    cinic(web)
    links = (f"<a href='/hy/cs/{5_000_000 + n}.html'>会议</a>" for n in range(100_000))
    web.put(LIST_1, f"<div>{''.join(links)}</div>")
    web.trees[SITE] = answer("<p>没有</p>", 404)
    run = crawl("cinic", {"TRAP_LINKS": 30})
    assert run["found"] == 30
    assert run["traps/links"] >= 19_000
    assert len([url for url in web.urls() if "/5" in url]) == 30


@pytest.mark.parametrize("session", ["?PHPSESSID={}", ";jsessionid={}", "?sid={}", "?sessionid={}"])
def test_a_new_session_in_every_link_makes_no_new_page(web: Web, crawl, store, session):
    """List and articles carry a session that is new each time they are asked for."""
    count = 0

    def fresh() -> str:
        nonlocal count
        count += 1
        return session.format(f"{count:032x}")

    def page(exchange):
        rows = [row(f"{SITE}84000{n}.html{fresh()}", n) for n in (1, 2, 3, 1, 2)]
        answer(listing(rows, f"/hy/cs/index_1.html{fresh()}"))(exchange)

    web.trees[f"{SITE}index_1.html"] = page
    web.trees[f"{SITE}8400"] = answer(article("联席会议召开", TEXT.format(n=1)))
    web.faults[LIST_1] = page
    run = crawl("site", url=LIST_1)
    articles = [url for url in web.urls() if "/8400" in url]
    assert len(articles) == 3
    assert len([url for url in web.urls() if "/index_1" in url]) <= 2
    assert run["new"] + run["duplicate"] + run["unchanged"] + run["changed"] >= 3
    known = store.known([f"{SITE}84000{n}.html" for n in (1, 2, 3)])
    assert len(known) == 3, "they are entered without their session"


def test_a_robots_txt_of_ten_megabytes_binds_us_by_what_is_parsed_of_it(web: Web, crawl):
    cinic(web)
    rules = f"User-agent: *\nDisallow: {article_url(4).partition('.cn')[2]}\n"
    late = f"Disallow: {article_url(5).partition('.cn')[2]}\n"
    filler = "Disallow: /nowhere/%07d\n"
    body = rules + "".join(filler % n for n in range(400_000)) + late
    assert len(body) > 10_000_000
    web.put("http://www.cinic.org.cn/robots.txt", body, Content_Type="text/plain")
    run = crawl("cinic")
    assert article_url(4) not in web.asked
    assert article_url(5) in web.asked
    assert (len(run.items), run["skipped/robots"]) == (6, 1)


def test_robots_txt_keeps_half_a_megabyte_whole_lines_and_no_slow_rule() -> None:
    body = b"User-agent: *\n" + b"Disallow: /x\n" * 60_000
    cut = trimmed(body, 0)
    assert 500 * 1024 - 14 <= len(cut) <= 500 * 1024
    assert cut.endswith(b"Disallow: /x")
    slow = b"User-agent: *\nDisallow: /" + b"a*" * 3000 + b"b$\nAllow: /" + b"a*" * 3000 + b"\nDisallow: /private\n"
    rules = Protego.parse(trimmed(slow, 0).decode())
    started = time.process_time()
    assert not rules.can_fetch("http://a.example/" + "a" * 900, "duikou"), "a cut Disallow forbids more, not less"
    assert not rules.can_fetch("http://a.example/private", "duikou")
    assert rules.can_fetch("http://a.example/other", "duikou")
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://a.cn/news/news/news/1.html", "path"), ("http://a.cn/x/y/x/y/x/y/1.html", "path"),
        ("http://a.cn" + "/d" * 20, "path"), ("http://a.cn/?" + "&".join(f"p{n}=1" for n in range(20)), "parameters"),
        ("http://a.cn/news/2020/06/23/1.html", None), ("http://a.cn/0/0/0/1.html", None),
        ("http://a.cn/art/2020/6/23/art_1_2.html", None),
    ],
)  # fmt: skip
def test_endless_addresses_are_known_by_their_look(url, reason) -> None:
    assert endless(url) == reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://a.cn/cal?year=2031&month=5", "calendar"), ("http://a.cn/cal/2027-02/", "calendar"),
        ("http://a.cn/cal?ym=202702", "calendar"), ("http://a.cn/cal?date=1889-01-01", "calendar"),
        ("http://a.cn/cal?year=2026&month=12", None), ("http://a.cn/cal?ym=202612", None),
        ("http://a.cn/list/2030.html", None), ("http://a.cn/col/2077/index_3.html", None),
        ("http://a.cn/list?page=2031", None), ("http://a.cn/2019/05/", None),
    ],
)  # fmt: skip
def test_months_that_have_not_come_are_calendars(url, reason) -> None:
    assert beyond(url, date(2026, 11, 22)) == reason


def test_addresses_of_one_shape_have_a_budget() -> None:
    traps = Traps(TrapRule(budget=3), date(2026, 11, 22))
    urls = [f"http://a.cn/p/{n}.html?id={n}" for n in range(9)]
    assert list(traps.follow(urls)) == urls[:3]
    assert traps.left_out == {"budget": 6}
    assert list(traps.follow(["http://a.cn/q/1.html"])) == ["http://a.cn/q/1.html"]
    assert shape("http://a.cn/p/77.html?b=1&a=2") == shape("http://a.cn/p/8.html?a=0&b=3")
