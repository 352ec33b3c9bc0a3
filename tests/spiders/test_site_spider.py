"""Any news site: sitemap, feed, list pages found by themselves, list endpoints of content systems."""

from __future__ import annotations

import json

import pytest

from tests.spiders.conftest import TEXT, article, listing

SITE = "http://www.lianghe.example/"


def page(n: int) -> str:
    return f"{SITE}xwzx/t2020060{n}_10{n}.html"


def title(n: int) -> str:
    return f"济南市与湘西州第{n}次扶贫协作联席会议召开"


def fill(web, numbers: range) -> list[str]:
    for n in numbers:
        web.put(page(n), article(title(n), TEXT.format(n=n), f"2020-06-0{n}"))
    return [page(n) for n in numbers]


def found(run) -> list[str]:
    return sorted(item.url for item in run.items)


def test_a_sitemap_named_in_robots(web, crawl):
    urls = fill(web, range(1, 4))
    web.put(SITE, "<html><body><a href='/xwzx/'>新闻中心</a></body></html>")
    web.put(f"{SITE}robots.txt", f"User-agent: *\nDisallow:\nSitemap: {SITE}news.xml\n", Content_Type="text/plain")
    locs = "".join(f"<url><loc>{u}</loc></url>" for u in [*urls, f"{SITE}about/"])
    web.put(f"{SITE}news.xml", f"<?xml version='1.0'?><urlset>{locs}</urlset>", Content_Type="application/xml")
    assert found(crawl("site", url=SITE)) == urls
    assert f"{SITE}xwzx/" not in web.urls()


def test_a_feed(web, crawl):
    urls = fill(web, range(1, 3))
    head = "<link rel='alternate' type='application/rss+xml' href='/rss.xml'>"
    web.put(SITE, f"<html><head>{head}</head><body><p>首页</p></body></html>")
    items = "".join(f"<item><title>{title(n)}</title><link>{page(n)}</link></item>" for n in range(1, 3))
    web.put(f"{SITE}rss.xml", f"<?xml version='1.0'?><rss><channel>{items}</channel></rss>", Content_Type="text/xml")
    assert found(crawl("site", url=SITE)) == urls


def test_list_pages_found_from_the_front_page_with_script_paging(web, crawl):
    urls = fill(web, range(1, 7))
    web.put(
        SITE, "<html><body><a href='/'>首页</a><a href='/xwzx/'>新闻中心</a><a href='/bsfw/'>办事</a></body></html>"
    )
    web.put(f"{SITE}bsfw/", "<html><body><a href='/bsfw/a.html'>表格</a></body></html>")
    for k, numbers in enumerate(([6, 5, 4], [3, 2, 1])):
        rows = listing([(page(n), title(n), f"2020-06-0{n}") for n in numbers])
        script = f"<script>createPageHTML(2, {k}, 'index', 'html');</script></body>"
        web.put(f"{SITE}xwzx/{'index_1.html' if k else ''}", rows.replace("</body>", script))
    run = crawl("site", url=SITE)
    assert found(run) == urls
    assert crawl("site", url=SITE).items == [], "the site keeps its own books"


def test_one_column_only(web, crawl):
    fill(web, range(1, 4))
    web.put(f"{SITE}xwzx/", listing([(page(n), title(n), "2020-06-01") for n in (1, 2, 3)]))
    assert len(found(crawl("site", url=f"{SITE}xwzx/"))) == 3
    assert f"{SITE}sitemap.xml" not in web.urls()


def test_a_json_endpoint_that_fills_the_list(web, crawl):
    urls = fill(web, range(1, 5))
    endpoint = f"{SITE}common/search/queryList?unitid=9&page="
    web.put(f"{SITE}xwzx/", f"<html><body><ul id='list'></ul><script>load('{endpoint}1')</script></body></html>")
    for k, numbers in enumerate(([4, 3], [2, 1], [])):
        rows = [{"title": title(n), "url": page(n), "pubDate": f"2020-06-0{n}"} for n in numbers]
        web.put(f"{endpoint}{k + 1}", json.dumps({"data": {"results": rows}}), Content_Type="application/json")
    assert found(crawl("site", url=f"{SITE}xwzx/")) == urls


def test_home_is_handed_to_the_recipe(web, crawl):
    web.put(f"{SITE}xwzx/", listing([(page(n), title(n), "2020-06-01") for n in (1, 2, 3)]))
    text = "6月1日,我县党政代表团赴济南市对接东西部协作工作,召开联席会议。|会上,双方签署了协作协议。"
    web.put(page(1), article("我县党政代表团赴济南市对接东西部协作工作", text))
    run = crawl("site", url=f"{SITE}xwzx/", home="433124")
    names = {place["name"] for item in run.items for event in item.events for place in event["places"]}
    assert any("花垣县" in name for name in names)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ({"status": 404}, "HTTP 404: the page is gone"),
        ({"status": 503}, "HTTP 503 (Service Unavailable); the next run tries again"),
        ({"body": b"<p>" + b"x" * 70_000}, "larger than 0.0572205 MB; raise the limit: -s DOWNLOAD_MAXSIZE=BYTES"),
    ],
)
def test_a_front_page_that_cannot_be_had_is_named_with_the_cause(web, crawl, reply, said):
    web.put(SITE, **({"body": b"<html></html>"} | reply))
    run = crawl("site", {"DOWNLOAD_MAXSIZE": 60_000}, url=SITE)
    assert f"{SITE}: {said}" in run.lines
    assert run["lost"] == 1
