"""HTML lists: articles by shape and by structure, dates, titles."""

from __future__ import annotations

import re
import time

import pytest

from crawler.lists import Link, columns, links, looks_like_article, read_list


def read(html: str, url: str = "http://www.example.gov.cn/xw/", shape: str | None = None):
    test = re.compile(shape).search if shape else None
    return read_list(html.encode(), html, url, (lambda u: bool(test(u))) if test else None)


ROWS = "".join(
    f'<li><a href="./t2020062{n}_10{n}.html">两地召开第{n}次扶贫协作联席会议</a><span>2020-06-2{n}</span></li>'
    for n in range(1, 6)
)
MENU = '<ul><li><a href="/">首页</a></li><li><a href="/xw/">新闻</a></li><li><a href="/zw/">政务公开</a></li></ul>'
LIST = f'<html><body>{MENU}<ul class="list">{ROWS}</ul><p><a href="/about/">关于我们</a></p></body></html>'


def test_shape_decides_where_it_is_known():
    listing = read(LIST, shape=r"/t\d{8}_\d+\.html$")
    assert listing.basis == "shape"
    assert [link.url for link in listing.articles] == [
        f"http://www.example.gov.cn/xw/t2020062{n}_10{n}.html" for n in range(1, 6)
    ]
    assert listing.articles[0] == Link(
        "http://www.example.gov.cn/xw/t20200621_101.html", "两地召开第1次扶贫协作联席会议", "2020-06-21"
    )


def test_structure_finds_the_same_when_the_shape_has_changed():
    listing = read(LIST, shape=r"/old/\d+\.htm$")
    assert listing.basis == "structure"
    assert len(listing.articles) == 5


def test_rows_without_a_known_url_shape_are_found_by_their_run():
    rows = "".join(f'<dd><a href="/show/{c}{c}.html">乡镇干部赴东部结对地区跟岗学习第{c}批</a></dd>' for c in "abcdef")
    listing = read(f"<body>{MENU}<dl>{rows}</dl></body>")
    assert [link.url[-7:] for link in listing.articles] == [f"{c}{c}.html" for c in "abcdef"]


def test_a_menu_is_no_list():
    assert read(f"<body>{MENU}</body>").articles == ()
    assert read(f"<body>{MENU}</body>").basis == "none"


def test_a_shortened_title_comes_from_the_attribute():
    html = '<body><a href="/a/100234.html" title="甲市代表团赴乙县对接协作工作">甲市代表团赴乙县...</a></body>'
    assert read(html, shape=r"/a/\d+").articles[0].title == "甲市代表团赴乙县对接协作工作"


def test_picture_and_headline_of_one_article_are_one_link():
    html = '<body><a href="/a/1002.html"><img src="x.jpg"></a><a href="/a/1002.html">甲市代表团赴乙县</a></body>'
    assert read(html, shape=r"/a/\d+").articles == (Link("http://www.example.gov.cn/a/1002.html", "甲市代表团赴乙县"),)


def test_base_element_is_heeded():
    html = '<head><base href="http://cdn.example.cn/x/"></head><body><a href="1002.html">甲市代表团</a></body>'
    assert read(html, shape=r"/x/\d+").articles[0].url == "http://cdn.example.cn/x/1002.html"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("2013-9-2", "2013-09-02"), ("[2019/11/05]", "2019-11-05"), ("2018年3月7日", "2018-03-07"), ("06-23", None)],
)
def test_dates_as_lists_print_them(printed: str, expected: str | None):
    html = f'<table><tr><td><a href="/show/1002.html">甲市代表团赴乙县</a></td><td>{printed}</td></tr></table>'
    assert read(html, shape=r"/show/\d+").articles[0].date == expected


def test_impossible_dates_are_none():
    html = '<body><p><a href="/show/1002.html">甲市代表团赴乙县</a> 2020-13-41</p></body>'
    assert read(html, shape=r"/show/").articles[0].date is None


@pytest.mark.parametrize("html", ["", "   ", "<", "<html>", "\x00\x01", "<a href='http://[bad/'>x</a>", "{", "[1, 2"])
def test_broken_pages_are_empty_lists(html: str):
    assert read(html).articles == ()


@pytest.mark.parametrize(
    "url",
    [
        "http://x.gov.cn/art/2020/6/23/art_1229_456.html",
        "http://x.gov.cn/zwgk/202006/t20200623_12345.shtml",
        "http://x.gov.cn/content/2020/content_5521.htm",
        "http://x.cn/n1/2020/0623/c14562-31756789.html",
        "http://x.cn/show.asp?id=4821",
        "https://news.x.cn/c/7abKNxg6PU9",
        "https://www.x.cn/dy/article/JR1A2B3C0514K9QP.html",
    ],
)
def test_article_addresses_of_content_systems(url: str):
    assert looks_like_article(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://x.gov.cn/",
        "http://x.gov.cn/xwzx/",
        "http://x.cn/xinwenzhongxin2/",
        "http://x.cn/zhuanti2020",
        "http://x.gov.cn/index_2.html",
    ],
)
def test_list_addresses_are_no_articles(url: str):
    assert not looks_like_article(url)


def test_columns_and_links_of_a_front_page():
    html = '<body><a href="/xwzx/">新闻中心</a><a href="/fpxz/index.html">扶贫协作</a>'
    html += '<a href="/a/t20200623_1.html">要闻</a>'
    html += '<a href="http://other.cn/xw/">友情链接</a></body>'
    assert columns(html, "http://www.x.gov.cn/") == (
        Link("http://www.x.gov.cn/xwzx/", "新闻中心"),
        Link("http://www.x.gov.cn/fpxz/index.html", "扶贫协作"),
    )
    assert links(html, "http://www.x.gov.cn/")[2:] == ("http://www.x.gov.cn/a/t20200623_1.html", "http://other.cn/xw/")


def test_what_follows_a_stray_end_of_the_document_still_counts():
    listing = read(f"<html><body>{MENU}</body></html><ul>{ROWS}</ul></body></html>")
    assert len(listing.articles) == 5


@pytest.mark.parametrize("href", ["/", "/a/{n}.html"])
def test_a_hundred_thousand_links_take_seconds_at_most(href: str):
    html = "<body><div>" + "".join(f"<a href='{href.format(n=n)}'>x</a>" for n in range(100_000)) + "</div></body>"
    started = time.monotonic()
    assert len(read(html, shape=r"/a/").articles) <= 20_000
    assert time.monotonic() - started < 10
