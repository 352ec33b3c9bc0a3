"""A portal's harvest: lists, paging, stopping, arguments, looking again."""

from __future__ import annotations

import dataclasses

from crawler.items import ArticleItem
from crawler.schema import JSON_SCHEMA
from tests.spiders.conftest import LIST_1, LIST_2, LIST_3, TEXT, article, article_url, cinic, listing


def test_first_run_reads_every_page_of_the_list(web, crawl, store):
    numbers = cinic(web)
    run = crawl("cinic")
    assert run.stats["finish_reason"] == "finished"
    assert (run["lists"], run["pages"], run["lost"]) == (3, 7, 0)
    assert sorted(item.url for item in run.items) == sorted(article_url(n) for n in numbers)
    assert sorted(web.urls()) == sorted([LIST_1, LIST_2, LIST_3, *map(article_url, numbers)]), "no page fetched twice"
    assert store.pending("cinic") == []
    assert {store.url(article_url(n)).state for n in numbers} == {"stored"}
    assert any(item.events for item in run.items)


def test_items_are_in_the_contract_of_extract(web, crawl):
    cinic(web)
    item = crawl("cinic").items[0]
    assert isinstance(item, ArticleItem)
    fields = [f.name for f in dataclasses.fields(item)]
    assert fields[:-3] == list(JSON_SCHEMA["properties"])
    assert fields[-3:] == ["portal", "fetched_at", "sample"]
    assert (item.portal, item.sample, item.fetched_at[-1]) == ("cinic", False, "Z")


def test_second_run_stops_at_the_known_first_page_and_sends_conditional_requests(web, crawl):
    numbers = cinic(web)
    crawl("cinic")
    web.asked.clear()
    again = crawl("cinic")
    assert again.items == []
    assert LIST_2 not in web.urls()
    assert (again["unchanged"], again["pages"]) == (len(numbers), 0)
    asked = {a.url: a.headers.get("If-None-Match") for a in web.asked}
    assert asked[article_url(7)] == '"7"'


def test_new_articles_on_top_are_found_and_paging_stops_where_all_is_known(web, crawl):
    cinic(web)
    crawl("cinic")
    cinic(web, {LIST_1: [9, 8, 7], LIST_2: [6, 5], LIST_3: [4, 3]})
    web.asked.clear()
    again = crawl("cinic")
    assert sorted(item.url for item in again.items) == [article_url(8), article_url(9)]
    assert LIST_2 in web.urls()
    assert LIST_3 not in web.urls()


def test_full_goes_on_and_reads_everything_again(web, crawl):
    numbers = cinic(web)
    crawl("cinic")
    web.asked.clear()
    again = crawl("cinic", full="1")
    assert LIST_3 in web.urls()
    assert len(again.items) == len(numbers)
    assert again["unchanged"] == len(numbers)
    assert all("If-None-Match" not in a.headers for a in web.asked)


def test_edits_and_withdrawals_are_noticed_even_off_the_lists(web, crawl, store):
    cinic(web)
    crawl("cinic")
    web.put(
        article_url(1),
        article("更正后的标题:联席会议", TEXT.format(n=1) + "|会议还通报了全年协作工作安排。"),
        ETag='"1b"',
    )
    web.put(article_url(2), "<p>gone</p>", 410)
    again = crawl("cinic")
    assert (again["changed"], again["gone"], again["unchanged"]) == (1, 1, 5)
    assert [item.url for item in again.items] == [article_url(1)]
    assert store.url(article_url(2)).state == "gone"


def test_articles_are_left_alone_until_they_are_due(web, crawl):
    cinic(web)
    crawl("cinic")
    web.asked.clear()
    crawl("cinic", {"REVISIT_AFTER": 20})
    assert web.urls() == [LIST_1]


def test_the_same_bytes_without_validators_are_not_read_again(web, crawl):
    cinic(web)
    for page in web.pages.values():
        page.headers.pop("ETag", None)
    crawl("cinic")
    again = crawl("cinic")
    assert (again["unchanged"], again["pages"]) == (7, 0)


def test_since_leaves_older_articles_and_list_pages(web, crawl):
    cinic(web)
    run = crawl("cinic", since="2020-06-05")
    assert sorted(item.url for item in run.items) == [article_url(n) for n in (5, 6, 7)]
    assert LIST_3 not in web.urls()


def test_since_also_judges_articles_whose_list_shows_no_date(web, crawl):
    cinic(web)
    rows = [(article_url(n), f"济南市与湘西州第{n}次扶贫协作联席会议召开", "") for n in (7, 1)]
    web.put(LIST_1, listing(rows))
    run = crawl("cinic", since="2020-06-05")
    assert [item.url for item in run.items] == [article_url(7)]
    assert run["skipped/since"] == 1


def test_url_takes_one_page_and_exports_it_even_when_known(web, crawl):
    cinic(web)
    for _ in range(2):
        web.asked.clear()
        run = crawl("cinic", url=article_url(3))
        assert web.urls() == [article_url(3)]
        assert [item.url for item in run.items] == [article_url(3)]


def test_lists_adds_a_mirror_and_the_shape_counts_on_its_host(web, crawl):
    mirror = "http://mirror.example/dy/list.html"
    url = "http://mirror.example/dy/article/JR1A2B3C0514K9QP.html"
    web.put(mirror, listing([(url, "济南市党政代表团赴湘西州考察", "2020-06-23")]))
    web.put(url, article("济南市党政代表团赴湘西州考察", TEXT.format(n=3)))
    run = crawl("netease", lists=mirror)
    assert [item.url for item in run.items] == [url]


def test_a_changed_layout_is_read_by_structure_and_an_empty_list_is_named(web, crawl):
    rows = [(f"/n{n}/a{n}.htm", f"济南市与湘西州第{n}次扶贫协作联席会议召开", "2020-06-0{n}") for n in (1, 2, 3)]
    web.put(LIST_1, listing(rows))
    assert crawl("cinic")["found"] == 3
    web.put(LIST_1, "<html><body><p>维护中</p></body></html>")
    assert any(LIST_1 in line and "scrapy portals --check cinic" in line for line in crawl("cinic").lines)


def test_redirects_are_entered_under_both_addresses(web, crawl, store):
    cinic(web, {LIST_1: [1]})
    old = "http://www.cinic.org.cn/xw/kx/840001.html"
    web.put(LIST_1, listing([(old, "济南市与湘西州第1次扶贫协作联席会议召开", "2020-06-01")]))
    web.put(old, "", 301, Location=article_url(1))
    run = crawl("cinic")
    assert [item.url for item in run.items] == [article_url(1)]
    assert store.url(old).state == "stored"
    assert store.pending("cinic") == []
    assert crawl("cinic").items == []


def test_a_redirect_to_an_article_of_the_same_run_is_done_with(web, crawl, store):
    cinic(web, {LIST_1: [1]})
    old = "http://www.cinic.org.cn/xw/kx/840001.html"
    title = "济南市与湘西州第1次扶贫协作联席会议召开"
    web.put(LIST_1, listing([(old, title, "2020-06-01"), (article_url(1), title, "2020-06-01")]))
    web.put(old, "", 301, Location=article_url(1))
    run = crawl("cinic")
    assert [item.url for item in run.items] == [article_url(1)]
    assert store.pending("cinic") == []


def test_no_database_keeps_nothing_and_still_exports(web, crawl, database):
    numbers = cinic(web)
    for _ in range(2):
        assert len(crawl("cinic", {"DATABASE_URL": ""}).items) == len(numbers)


def test_robots_are_obeyed_and_the_contact_is_named(web, crawl, store):
    cinic(web)
    web.put("http://www.cinic.org.cn/robots.txt", "User-agent: *\nDisallow: /hy/cs/840001\n", Content_Type="text/plain")
    run = crawl("cinic", {"CONTACT": "mailto:me@example.org"})
    assert article_url(1) not in web.urls()
    assert (run["skipped/robots"], run["lost"]) == (1, 0)
    assert {a.headers["User-Agent"] for a in web.asked} == {"duikou/0.1.0 (+mailto:me@example.org)"}
    assert store.pending("cinic") == []


def test_an_article_of_several_pages_is_read_as_one(web, crawl, store):
    cinic(web, {LIST_1: [1]})
    first, second = article_url(1), article_url(1).replace(".html", "_2.html")
    parts = TEXT.format(n=1).split("|")
    more = f"<div class='page'><b>1</b> <a href='{second}'>2</a> <a href='{second}'>下一页</a></div></body>"
    web.put(first, article("济南市党政代表团赴湘西州考察", parts[0]).replace("</body>", more))
    web.put(second, article("济南市党政代表团赴湘西州考察(2)", "|".join(parts[1:])))
    (item,) = crawl("cinic").items
    assert item.url == first
    assert all(part[:12] in item.text for part in parts)
    assert store.pending("cinic") == []


def test_an_article_whose_second_page_fails_is_left_to_the_next_run(web, crawl, store):
    cinic(web, {LIST_1: [1]})
    first, second = article_url(1), article_url(1).replace(".html", "_2.html")
    more = f"<div class='page'><a href='{second}'>下一页</a></div></body>"
    web.put(first, article("济南市党政代表团赴湘西州考察", TEXT.format(n=1)).replace("</body>", more))
    web.put(second, status=503)
    run = crawl("cinic")
    assert (run["lost"], run.items) == (1, [])
    assert [row.found_url for row in store.pending("cinic")] == [first]


def test_a_list_that_goes_round_in_circles_ends(web, crawl):
    """The last page offers a next page, which is the last page again, without end."""
    cinic(web, {LIST_1: [3, 2]})
    rows = [(article_url(1), "济南市与湘西州第1次扶贫协作联席会议召开", "2020-06-01")]
    web.put(article_url(1), article(rows[0][1], TEXT.format(n=1)))
    web.put(LIST_1, web.pages[LIST_1].body.replace("</body>", "<a href='?page=2'>下一页</a></body>"))
    for n in range(2, 40):
        web.put(f"{LIST_1}?page={n}", listing(rows, f"?page={n + 1}"))
    assert len(crawl("cinic").items) == 3
    assert sum("?page=" in url for url in web.urls()) < 6
    web.asked.clear()
    assert len(crawl("cinic", full="1").items) == 3
    assert sum("?page=" in url for url in web.urls()) < 6


def test_a_list_page_that_repeats_the_first_does_not_hide_the_next(web, crawl):
    cinic(web, {LIST_1: [7, 6], LIST_2: [7, 6], LIST_3: [2, 1]})
    assert len(crawl("cinic").items) == 4


def test_a_second_crawl_asks_once_for_each_page_whether_it_changed(web, crawl, store):
    """Seven articles: five with ETag and one with Last-Modified cost a 304 or a look at the bytes, none is read."""
    cinic(web)
    dated = "Tue, 23 Jun 2020 08:00:00 GMT"
    for n, headers in ((1, {"Last_Modified": dated}), (2, {})):
        web.put(article_url(n), web.pages[article_url(n)].body, **headers)
    crawl("cinic")
    asked = len(web.asked)
    again = crawl("cinic")
    headers = {a.url: a.headers for a in web.asked[asked:]}
    articles = [article_url(n) for n in range(1, 8)]
    assert sorted(a.url for a in web.asked[asked:] if a.url in articles) == articles
    assert [headers[url].get("If-None-Match") for url in articles] == [None, None, *(f'"{n}"' for n in range(3, 8))]
    assert [headers[url].get("If-Modified-Since") for url in articles] == [dated, *[None] * 6]
    assert again.stats["downloader/response_status_count/304"] == 5
    assert (again["unchanged"], again["pages"], again["new"]) == (7, 0, 0)
    with store.read() as connection:
        kinds = "SELECT kind, record_type, count(*) FROM captures WHERE run_id = 2 AND kind = 'article' GROUP BY 1, 2"
        assert connection.exec_driver_sql(kinds).all() == [("article", "revisit", 2)]
