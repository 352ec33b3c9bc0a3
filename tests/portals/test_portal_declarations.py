"""Every declaration is consistent with itself and with the sample web."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.portals import Body, Portal, UnknownPortal, portal, portals
from crawler.sample import sample_articles
from crawler.sample.site import article_url

NAMES = ["cinic", "gdfupin", "netease", "wenku365", "zhaoshang"]


def test_the_five_are_declared_by_name():
    assert [p.name for p in portals()] == NAMES
    assert all(portal(name).name == name for name in NAMES)


def test_an_unknown_name_lists_the_known():
    with pytest.raises(UnknownPortal) as error:
        portal("cinnic")
    assert str(error.value) == f"unknown portal 'cinnic'; declared are: {', '.join(NAMES)}"


@pytest.mark.parametrize("declared", portals(), ids=lambda p: p.name)
def test_start_pages_are_lists_on_the_portals_own_hosts(declared: Portal):
    assert declared.start_urls
    for url in declared.start_urls:
        assert declared.owns(url)
        assert declared.is_listing(url)
        assert not declared.is_article(url)


@pytest.mark.parametrize("declared", portals(), ids=lambda p: p.name)
def test_articles_of_the_sample_have_the_declared_shape(declared: Portal):
    urls = [article_url(article) for article in sample_articles(declared.name)]
    assert urls
    assert [url for url in urls if not declared.is_article(url)] == []
    assert [url for url in urls if declared.is_listing(url)] == []


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
    ],
)
def test_other_addresses_are_no_articles(name: str, url: str):
    assert not portal(name).is_article(url)


def test_body_selectors_are_valid_from_a_date():
    dated = Portal(
        "x", "X", ("x.example",), (), "", "", body=(Body("#old"), Body("#new", date(2018, 1, 1)))
    )  # fmt: skip
    assert dated.body_selector(date(2017, 12, 31)) == "#old"
    assert dated.body_selector(date(2018, 1, 1)) == "#new"
    assert dated.body_selector(None) == "#new"
    assert portal("cinic").body_selector(None) is None
