"""Metadata: every byline shape to the same values, never a date out of the body."""

# ruff: noqa: E501  (Chinese test pages read best in one line)

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from reading_pages import BODY, TITLE, paragraphs, portal

from crawler.model import Page
from crawler.reading import join_pages, may_go_on, next_page, read

URL = "http://www.example.gov.cn/show/12.html"


@pytest.mark.parametrize(
    ("byline", "published", "source"),
    [
        ("2021-05-20 09:30:11 来源： 右江日报", "2021-05-20", "右江日报"),
        (
            "来源：<a href='/s'>右江日报</a> 时间：2021年5月20日 作者：罗小满 【字体：大 中 小】",
            "2021-05-20",
            "右江日报",
        ),
        ("<span>2021/05/20</span><span>右江日报</span><a href='#'>评论</a>", "2021-05-20", "右江日报"),
        ("<span>右江日报</span> <em>2021-05-20</em>", "2021-05-20", "右江日报"),
        ("<p>右江日报</p><p>2021-05-20 09:10</p>", "2021-05-20", "右江日报"),
        ("发布日期：2021-05-20　浏览次数：88　信息来源：县教育局", "2021-05-20", "县教育局"),
        ("发表于2021-05-20 21:30| 1164次阅读| 来源右江日报| 0 条评论| 作者罗小满", "2021-05-20", "右江日报"),
        ("<span class='date'>2021-05-20</span><span class='source'>右江日报</span>", "2021-05-20", "右江日报"),
        ("2021年05月20日 来源：右江时间网-右江日报 编辑：韦东", "2021-05-20", "右江时间网-右江日报"),
        ("时间：2021-05-20", "2021-05-20", None),
        ("2021-05-20 来源：本站", "2021-05-20", None),
    ],
)
def test_bylines(byline: str, published: str, source: str | None) -> None:
    article = read(Page(URL, portal(byline=byline, tail="")))
    assert (article.published, article.source, article.title) == (published, source, TITLE)
    assert article.text == "\n".join(BODY)


def test_no_date_is_taken_from_the_body() -> None:
    body = paragraphs(("2009年12月24日，两地签订第一份协议，当时约定每年互访一次。", *BODY))
    article = read(Page(URL, portal(body, byline="", tail="")))
    assert (article.published, article.published_basis, article.published_precision) == (None, None, "none")


@pytest.mark.parametrize(
    ("head", "url", "published", "basis"),
    [
        ('<meta name="PubDate" content="2021-05-20 09:30">', URL, "2021-05-20", "meta"),
        ('<meta property="article:published_time" content="2021-05-19T22:30:00Z">', URL, "2021-05-20", "meta"),
        ('<script>var ct = "2021-05-20 10:00";</script>', URL, "2021-05-20", "script"),
        ('<script type="application/ld+json">{"datePublished": "2021-05-20T01:00:00+08:00"}</script>', URL, "2021-05-20", "json-ld"),
        ("", "http://example.com/art/2021/5/20/art_1_2.html", "2021-05-20", "url"),
        ("", "http://example.com/xw/202105/t20210520_99.html", "2021-05-20", "url"),
        ("", "http://example.com/2021-05/20/c_112.htm", "2021-05-20", "url"),
        ("", "http://example.com/2021-05/c_112.htm", "2021-05", "url"),
        ("", "http://example.com/p/99999999.html", None, None),
    ],
)  # fmt: skip
def test_dates_elsewhere(head: str, url: str, published: str | None, basis: str | None) -> None:
    html = portal(byline="", tail="").replace("</head>", f"{head}</head>")
    article = read(Page(url, html))
    assert (article.published, article.published_basis) == (published, basis)


def test_a_date_after_fetching_is_refused() -> None:
    fetched = datetime(2021, 5, 20, tzinfo=UTC)
    article = read(Page(URL, portal(byline="有效期至 2030-01-01 2031-02-03"), fetched_at=fetched))
    assert article.published is None


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE}_乐业新闻网",
        f"{TITLE}-乐业县人民政府",
        f"{TITLE} | 要闻 | 乐业网",
        f"乐业新闻网--{TITLE}",
        "乐业新闻网",
    ],
)
def test_heading_inside_the_title_element(title: str) -> None:
    html = portal().replace(f"<title>{TITLE}_乐业新闻网</title>", f"<title>{title}</title>")
    assert read(Page(URL, html)).title == TITLE


def test_title_without_any_heading_line() -> None:
    html = portal().replace(f"<h1>{TITLE}</h1>", "")
    assert read(Page(URL, html)).title == TITLE


def test_reprint_is_told_from_the_source() -> None:
    article = read(Page(URL, portal(tail="<p>转自：右江日报</p>")))
    assert (article.source, article.reprinted_from) == ("乐业县融媒体中心", "右江日报")


def test_credits_by_role() -> None:
    tail = "<p>文/图：罗小满、韦 东</p><p>初审：黄文静　复审：覃国栋　终审：陆一鸣</p>"
    credits = {(one.role, one.name) for one in read(Page(URL, portal(tail=tail))).author}
    assert credits == {("文", "罗小满"), ("图", "罗小满"), ("文", "韦东"), ("图", "韦东"), ("初审", "黄文静"), ("复审", "覃国栋"), ("终审", "陆一鸣")}  # fmt: skip


@pytest.mark.parametrize(
    ("url", "link", "expected"),
    [
        ("http://e.cn/a/12.html", '<a href="12_2.html">下一页</a>', "http://e.cn/a/12_2.html"),
        ("http://e.cn/a/12_2.html", '<a href="12.html">1</a> 2 <a href="12_3.html">3</a>', "http://e.cn/a/12_3.html"),
        ("http://e.cn/s?id=5", '<a href="/s?id=5&page=2">下一页</a>', "http://e.cn/s?id=5&page=2"),
        ("http://e.cn/a/12.html", '<a href="13.html">下一篇</a>', None),
        ("http://e.cn/a/12.html", '<a href="13.html">下一页</a>', None),
        ("http://e.cn/a/12_3.html", '<a href="12_2.html">上一页</a>', None),
        ("http://e.cn/a/12.html", '<a href="http://[bad">下一页</a>', None),
    ],
)
def test_next_page(url: str, link: str, expected: str | None) -> None:
    html = f"<html><body>{link}</body></html>"
    assert next_page(html, url) == expected
    assert expected is None or may_go_on(html.encode(), url)


def test_pages_are_joined_in_mid_sentence() -> None:
    first, second = BODY[0] + BODY[1][:20], BODY[1][20:]
    pages = [
        Page("http://e.cn/1.html", portal(paragraphs((first,)), tail="")),
        Page("http://e.cn/1_2.html", portal(paragraphs((second, *BODY[2:])))),
    ]
    article = join_pages(pages)
    assert article.text == "\n".join((BODY[0] + BODY[1], *BODY[2:]))
    assert (article.url, article.title) == ("http://e.cn/1.html", TITLE)
