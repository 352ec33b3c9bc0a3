"""Every declaration is consistent with itself, its saved pages and the sample web."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from crawler.model import Page
from crawler.monitors.fixtures import read_page
from crawler.places import gazetteer
from crawler.portals import NAME, RESERVED, Earlier, Portal, UnknownPortal, portal, portals
from crawler.reading import read_closely
from crawler.sample import sample_articles, sample_portals
from crawler.sample.site import article_url

CASES = Path(__file__).parent / "cases"
NAMES = [p.name for p in portals()]


def test_they_are_declared_by_name():
    assert len(NAMES) == len(set(NAMES)) >= 15
    assert all(portal(name).name == name for name in NAMES)
    assert set(sample_portals()) < set(NAMES)


def test_an_unknown_name_lists_the_known():
    with pytest.raises(UnknownPortal) as error:
        portal("cinnic")
    assert str(error.value) == f"unknown portal 'cinnic'; declared are: {', '.join(NAMES)}"


@pytest.mark.parametrize("declared", portals(), ids=lambda p: p.name)
def test_a_declaration_holds_together(declared: Portal):
    assert NAME.fullmatch(declared.name)
    assert declared.name not in RESERVED
    assert declared.home is None or gazetteer().by_code(declared.home) is not None
    assert declared.start_urls
    for url in declared.start_urls:
        assert declared.owns(url)
        assert declared.is_listing(url)
        assert not declared.is_article(url)


@pytest.mark.parametrize("name", sample_portals())
def test_articles_of_the_sample_have_the_declared_shape(name: str):
    declared = portal(name)
    urls = [article_url(article) for article in sample_articles(name)]
    assert urls
    assert [url for url in urls if not declared.is_article(url)] == []
    assert [url for url in urls if declared.is_listing(url)] == []


@pytest.mark.parametrize("declared", [p for p in portals() if p.name not in sample_portals()], ids=lambda p: p.name)
def test_portals_off_the_sample_have_a_saved_list_and_article_of_the_declared_shape(declared: Portal):
    """What the pages hold is checked by test_portal_cases.py."""
    pages = {folder.name: read_page(folder) for folder in (CASES / declared.name).iterdir()}
    assert declared.is_listing(pages.pop("list").url)
    assert pages
    assert [page.url for page in pages.values() if not declared.is_article(page.url)] == []
    assert {page.home for page in pages.values()} == {declared.home}


@pytest.mark.parametrize("declared", portals(), ids=lambda p: p.name)
def test_nobody_has_seen_them_hold_on_the_live_site_yet(declared: Portal):
    assert declared.verified is None


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("zhaoshang", "http://www.hsfkn.com/shenzhendongtai/400896.html"),
        ("wenku365", "https://www.wenku365.com/p-43364670.html"),
        ("gdfupin", "http://www.gdfupin.org.cn/news_view.asp?id=12"),
        ("netease", "https://www.163.com/news/article/E4H7S2LD0514A5ZQ.html"),
        ("netease", "http://any-mirror.example/dy/article/E4H7S2LD0514A5ZQ.html"),
        ("nrra", "http://www.cpad.gov.cn/art/2019/1/15/art_1461_93105.html"),
        ("xhxczx", "https://xczx.news.cn/2023-10/13/c_1212288386.htm"),
        ("bijie", "http://www.bijie.gov.cn/bm/bjsczj/dt/tzgg/243556.shtml"),
    ],
)
def test_article_addresses(name: str, url: str):
    assert portal(name).is_article(url)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("zhaoshang", "http://www.hsfkn.com/shenzhendongtai/list_2.html"),
        ("zhaoshang", "http://other.example/shenzhendongtai/400896.html"),
        ("gdfupin", "http://www.gdfupin.org.cn/news_list.asp?typeid=25&page=2"),
        ("cinic", "http://www.cinic.org.cn/hy/cs/index_1.html"),
        ("netease", "https://www.163.com/dy/media/T1586412345678.html"),
        ("chinafp", "http://f.china.com.cn/2021-03/08/content_77283299_2.htm"),  # the next part of an article
        ("nxnews", "http://www.nxnews.net/yc/jrww/index_1.html"),
    ],
)
def test_other_addresses_are_no_articles(name: str, url: str):
    assert not portal(name).is_article(url)


RELAUNCHED = Portal(
    "x", "X", ("x.example",), ("http://x.example/a/",), r"^/a/\d{8}/\d+\.html$", r"^/a/$", body="#new",
    earlier=(
        Earlier(before=date(2018, 1, 1), article=r"^/show\.asp\?id=\d+$", listing=r"^/list\.asp$", body="td.old"),
        Earlier(before=date(2012, 6, 1), body="font"),
    ),
)  # fmt: skip


def test_body_selectors_are_those_of_the_day():
    assert RELAUNCHED.bodies(date(2018, 1, 1)) == ("#new",)
    assert RELAUNCHED.bodies(date(2017, 12, 31)) == ("td.old",)
    assert RELAUNCHED.bodies(date(2012, 5, 31)) == ("font",)
    assert RELAUNCHED.bodies(None) == ("#new", "td.old", "font")
    assert replace(RELAUNCHED, earlier=()).bodies(date(2012, 5, 31)) == ("#new",)
    assert portal("cinic").bodies(None) == ()


def test_addresses_of_any_time_are_known():
    assert RELAUNCHED.is_article("http://x.example/a/20200102/7.html")
    assert RELAUNCHED.is_article("http://x.example/show.asp?id=7")
    assert RELAUNCHED.is_listing("http://x.example/list.asp")
    assert not RELAUNCHED.is_listing("http://x.example/show.asp?id=7")


TEXT = "东西部协作联席会议在乐业县召开，双方就产业协作、劳务协作和人才交流作了部署，并看望了挂职干部。"
ASIDE = "本站推荐：读者来信选登，欢迎各界朋友围绕山区生活、家乡变化、读书心得踊跃投稿。"
TODAYS, OLD = "<div id='new'>{}</div>", "<table><tr><td class='old'>{}</td></tr></table>"


@pytest.mark.parametrize(
    ("url", "article", "aside"),
    [("http://x.example/a/20200102/7.html", TODAYS, OLD), ("http://x.example/show.asp?id=7", OLD, "<div>{}</div>")],
    ids=["today", "before the relaunch, no day in the address"],
)
def test_old_and_new_layout_of_one_portal_are_read(monkeypatch, url: str, article: str, aside: str):
    monkeypatch.setattr("crawler.reading.html_page.known", lambda name: RELAUNCHED if name == RELAUNCHED.name else None)
    lines = [f"{n}. {TEXT}" for n in range(1, 5)]
    body = article.format("".join(f"<p>{line}</p>" for line in lines)) + aside.format(f"<p>{ASIDE}</p>")
    html = f"<html><head><title>联席会议召开</title></head><body><h1>联席会议召开</h1>{body}</body></html>"
    reading = read_closely(Page(url, html, portal="x"))
    assert "declared" in reading.opinions
    assert reading.article.text == "\n".join(lines)
