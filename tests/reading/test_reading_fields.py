"""Metadata: every byline shape to the same values, never a date out of the body."""

# ruff: noqa: E501  (Chinese test pages read best in one line)

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import pytest
from reading_pages import BODY, TITLE, paragraphs, portal

from crawler.model import Page
from crawler.reading import join_pages, may_go_on, next_page, read
from crawler.reading.signed import signatures

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
        ("2021-05-20 来源：右江日报 发布开发区：百东新区", "2021-05-20", "右江日报"),
        ("右江日报2021-05-20 09:30:11", "2021-05-20", "右江日报"),
        ("时间：2021-05-20 【转载】 来自：右江時報", "2021-05-20", "右江时报"),
    ],
)
def test_bylines(byline: str, published: str, source: str | None) -> None:
    article = read(Page(URL, portal(byline=byline, tail="")))
    assert (article.published, article.source, article.title) == (published, source, TITLE)
    assert article.text == "\n".join(BODY)


CLOCKS = ("2024-11-22 07:28:14", "2024年11月22日 星期五 07:28", "今天是2024年11月22日 星期五", "2024-11-22")


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize(
    ("byline", "source"),
    [("发布时间:2018-10-28", None), ("2018-10-28 来源：右江日报", "右江日报"), ("2018-10-28", None)],
)
def test_the_clock_of_the_page_is_no_date(clock: str, byline: str, source: str | None) -> None:
    html = portal(byline=byline, tail="").replace('<div class="crumb">', f'<div>{clock}</div><div class="crumb">')
    article = read(Page(URL, html))
    assert (article.published, article.source) == ("2018-10-28", source)


@pytest.mark.parametrize(
    ("above", "published"),
    [
        *((clock, None) for clock in CLOCKS),
        ("2024-11-20 07:28", "2024-11-20"),
        ("第4版 要闻 2024年11月21日 星期四", "2024-11-21"),
    ],
)
def test_a_date_above_the_heading_is_the_articles_unless_it_is_the_day_of_the_visit(
    above: str, published: str | None
) -> None:
    html = portal(byline="", tail="").replace('<div class="crumb">', f'<div>{above}</div><div class="crumb">')
    article = read(Page(URL, html, fetched_at=datetime(2024, 11, 21, 23, 28, tzinfo=UTC)))
    assert article.published == published


@pytest.mark.parametrize("clock", ["2024-11-22 07:28:14", "今天是2024年11月22日 星期五"])
def test_the_clock_of_a_page_kept_as_text_is_no_date(clock: str) -> None:
    text = "\n".join(("清河区人民政府门户网站", clock, TITLE, "发布时间：2018-10-28", *BODY))
    article = read(Page(URL, text, kind="text"))
    assert (article.title, article.published, article.text) == (TITLE, "2018-10-28", "\n".join(BODY))


@pytest.mark.parametrize(
    ("byline", "published"),
    [
        ("17.06.2019 15:51", "2019-06-17"),
        ("发布时间：17-06-2019", "2019-06-17"),
        ("17/06/2019 15:51", "2019-06-17"),
        ("06/17/2019 15:51", "2019-06-17"),
        ("2021 05/14 07:49", "2021-05-14"),
        ("23-07-11 08:07", "2023-07-11"),
        ("右江日报 98.7.1 08:07", "1998-07-01"),
        ("<span>发布时间：</span><span>23-07-11</span>", "2023-07-11"),
        ("05/06/2019", None),  # May or June
        ("栏目编号 23-07-11", None),
    ],
)
def test_dates_in_other_orders_and_with_short_years(byline: str, published: str | None) -> None:
    article = read(Page(URL, portal(byline=byline, tail="")))
    assert (article.published, article.text) == (published, "\n".join(BODY))


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


@pytest.mark.parametrize(
    ("ending", "outlet"),
    [
        ("<p>来源：右江日报</p>", "右江日报"),
        ("<p>（来源：右江日报）</p><p>编辑：黄文静</p>", "右江日报"),
        ("<p>来源 | 右江日报</p>", "右江日报"),
        ("<p>来源/右江日报</p>", "右江日报"),
        ("<p>（来源：右江日报 记者 林予安）</p>", "右江日报"),
        ("<p>本文转载自右江日报</p>", "右江日报"),
        ("<p>（原载《右江日报》）</p>", "《右江日报》"),
        ("<p>图片来源：右江日报</p>", None),
        ("<p>来源：乐业县融媒体中心客户端</p>", None),  # the outlet of the byline, named more closely
    ],
)
def test_an_outlet_in_the_last_line_is_kept(ending: str, outlet: str | None) -> None:
    article = read(Page(URL, portal(tail=ending)))
    assert (article.source, article.reprinted_from) == ("乐业县融媒体中心", outlet)
    assert article.text == "\n".join(BODY)
    bare = read(Page(URL, portal(byline="发布时间：2021-05-20", tail=ending)))
    assert bare.source == (outlet or ("乐业县融媒体中心客户端" if "融媒体" in ending else None))


@pytest.mark.parametrize(
    ("ending", "published"),
    [
        ("发布时间：2021-05-20", "2021-05-20"),
        ("创建时间：2021-05-20 15:21", "2021-05-20"),
        ("2021-05-20 15:21", "2021-05-20"),
        ("2021-05-20 15:21 来源：右江日报", "2021-05-20"),
        ("右江新闻网 2021-05-20", "2021-05-20"),
        ("（右江新闻网 2021-05-20）", "2021-05-20"),
        ("2021年5月20日", "2021-05-20"),
        ("（2021-05-20）", "2021-05-20"),
        ("两地于2021年5月20日结对。", None),
        ("会议定于2021年5月20日召开", None),
    ],
)
def test_a_date_below_the_text_is_the_pages_when_none_stands_above(ending: str, published: str | None) -> None:
    page = Page("", "\n".join((TITLE, *BODY, ending)), kind="text")
    assert read(page).published == published
    dated = Page("", "\n".join((TITLE, "2021-05-18 来源：右江日报", *BODY, ending)), kind="text")
    assert read(dated).published == "2021-05-18"


@pytest.mark.parametrize("ending", ["来源：右江日报", "（来源：右江日报）", "【来源：右江日报】", "(来源 右江日报)"])
@pytest.mark.parametrize("kind", ["html", "text"])
def test_an_outlet_glued_to_the_last_paragraph_is_kept(ending: str, kind: Literal["html", "text"]) -> None:
    byline = "2021-05-20 09:30　来源：乐业县融媒体中心"
    page = portal(paragraphs((*BODY[:-1], BODY[-1] + ending)), byline=byline, tail="")
    if kind == "text":
        page = "\n".join((TITLE, byline, *BODY[:-1], BODY[-1] + ending))
    article = read(Page(URL, page, kind=kind))
    assert (article.source, article.reprinted_from) == ("乐业县融媒体中心", "右江日报")
    assert article.text == "\n".join(BODY)


REPORTERS = [
    ("四川在线记者 林予安", {("记者", "林予安")}),
    ("□记者 林予安 报道", {("记者", "林予安")}),
    ("本报讯 记者林予安", {("记者", "林予安")}),
    ("（记者 林予安 通讯员 覃晓 欧阳明）", {("记者", "林予安"), ("通讯员", "覃晓"), ("通讯员", "欧阳明")}),
    ("右江日报全媒体记者 林予安 文/图", {("全媒体记者", "林予安")}),
    ("新华社记者林予安、扎西才让", {("记者", "林予安"), ("记者", "扎西才让")}),
    ("四川在线记者林予安 乐业报道", {("记者", "林予安")}),
]


@pytest.mark.parametrize(("line", "names"), REPORTERS)
def test_reporters_in_a_line_of_their_own_are_authors(line: str, names: set[tuple[str, str]]) -> None:
    for html in (
        portal(paragraphs((line, *BODY)), tail=""),
        portal(paragraphs((*BODY, line)), tail=""),
        portal(byline=f"<p>{line}</p><p>2021-05-20　来源：乐业县融媒体中心</p>", tail=""),
    ):
        article = read(Page(URL, html))
        assert {(one.role, one.name) for one in article.author} == names
        assert (article.title, article.text, article.source) == (TITLE, "\n".join(BODY), "乐业县融媒体中心")


@pytest.mark.parametrize(
    ("first", "last"), [("右江日报讯（记者 林予安 通讯员 覃晓）", ""), ("", "（记者 林予安 通讯员 覃晓）")]
)
def test_reporters_in_a_paragraph_are_authors_and_stay(first: str, last: str) -> None:
    lines = (first + BODY[0], *BODY[1:-1], BODY[-1] + last)
    article = read(Page(URL, portal(paragraphs(lines), tail="")))
    assert [(one.role, one.name) for one in article.author] == [("记者", "林予安"), ("通讯员", "覃晓")]
    assert article.text == "\n".join(lines)


@pytest.mark.parametrize("line", ["记者手记", "本网记者走访乐业", "记者站 成立仪式", "通讯员培训班", "记者 直击现场"])
def test_a_line_that_only_speaks_of_reporters_names_nobody(line: str) -> None:
    assert read(Page(URL, portal(paragraphs((*BODY[:2], line, *BODY[2:])), tail=""))).text == "\n".join(
        (*BODY[:2], line, *BODY[2:])
    )
    assert list(signatures(line)) == []


def test_an_outlet_is_no_reporter_and_no_date() -> None:
    beside = read(Page(URL, portal(byline="四川在线记者 林予安 2021-05-20 09:30", tail="")))
    assert (beside.source, [one.name for one in beside.author]) == (None, ["林予安"])
    named = read(Page(URL, portal(byline="<span class='source'>2021年5月20日 09:30 右江日报</span>", tail="")))
    assert (named.source, named.published) == ("右江日报", "2021-05-20")


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


def test_an_outlet_beside_the_date_loses_its_note() -> None:
    byline = "<p>2021-05-20 11:10 乐业发布厅[整理]</p>"
    html = f"<h1>百色市党政代表团到我县考察东西部协作</h1>{byline}" + "".join(f"<p>{line}</p>" for line in BODY)
    assert read(Page("http://www.example.gov.cn/a.html", html)).source == "乐业发布厅"


def test_an_address_is_no_outlet() -> None:
    html = portal().replace("乐业县融媒体中心", "http://www.example.gov.cn")
    assert read(Page("http://www.example.gov.cn/a.html", html)).source is None


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ((TITLE, "梁以恒 潘素云前往车站迎接"), TITLE),
        ((TITLE, "梁 以", "县委常委、县人民政府副县长", "(2020年5月29日)"), TITLE),
        ((TITLE, "", "右江日报2021-05-20 09:30:11", ""), TITLE),
        (("右江河谷东西部协作工作信息网站", TITLE), TITLE),
        (("首页 | 新闻", "扶贫动态", TITLE), TITLE),
        (("要闻 | 时政 | 县区 | 专题 | 视频", TITLE, "2021-05-20"), TITLE),
        (("首页 资讯 正文", TITLE, "• 2021年05月20日 09时30分", "• 编辑:黄文静"), TITLE),
        ((TITLE, "■考察团在乐业县看望师生 覃晓供图"), TITLE),
        ((TITLE, "——记清河区对口帮扶乐业县", "2021-05-20 09:30"), TITLE),
        (("首页 > 扶贫动态", TITLE, "梁以恒 潘素云出席并讲话", "日期:2021-05-20 来源:右江日报"), TITLE),
        (("首页 > 扶贫动态", "要闻", "梁以恒会见考察团一行并讲话", "日期:2021-05-20"), "梁以恒会见考察团一行并讲话"),
        (("国内统一刊号:CN45-0000 右江日报社出版", "2021年05月20日", TITLE), TITLE),
        (("这是旧版,请看新版!", "我知道了", "2021年05月20日", TITLE, "本文字数:645"), TITLE),
        (
            (
                "2024年05月20日 星期一",
                f"{TITLE} 乐业天坑迎来游客 茶农忙采茶",
                "第3版:县区 2021-05-20",
                "千里结对写新篇",
                TITLE,
            ),
            TITLE,
        ),
        ((TITLE, "林予安", "2021年05月20日", "一、用心结对"), TITLE),
        (("5月18日上午,清河区党政代表团来到乐业县、凌云县对接工作",), None),
        (("本篇文章615字,读完约2分钟",), None),
        (("图为签约仪式。 林予安 摄",), None),
        (("(资料图片仅供参考)",), None),
        ((f"原标题:{TITLE}",), TITLE),
        ((f"{TITLE} 发布时间:2021-05-20 09:30",), TITLE),
        (
            ("清河区党政代表团赴乐业县、凌云县、田林县对接东西部协作工作",),
            "清河区党政代表团赴乐业县、凌云县、田林县对接东西部协作工作",
        ),
        (("乐业县的春茶进城了!住在清河区的市民今后随时都能品尝到高山上的新鲜味道!",), None),
    ],
)
def test_the_heading_of_a_page_kept_as_text(above: tuple[str, ...], title: str | None) -> None:
    article = read(Page(URL, "\n".join((*above, *BODY)), kind="text"))
    assert article.title == title
    assert article.text.endswith("\n".join(BODY))


@pytest.mark.parametrize(
    "table",
    [
        "索引号:000-2021 发布机构:乐业县乡村振兴局 成文日期:2021-05-20",
        "索引号 | 000-2021 | 发布机构 | 乐业县乡村振兴局 |\n信息分类 | 公告公示 | 成文日期 | 2021-05-20",
    ],
)
def test_the_office_that_issues_an_official_page_is_its_source(table: str) -> None:
    article = read(Page(URL, "\n".join((table, TITLE, *BODY)), kind="text"))
    assert (article.source, article.published) == ("乐业县乡村振兴局", "2021-05-20")


@pytest.mark.parametrize(
    "opening", ["2021年5月18日,清河区与乐业县开展东西部协作。", "两地对接工作。2021年5月18日,双方签约。"]
)
def test_a_day_in_the_opening_of_the_body_is_no_publication_date(opening: str) -> None:
    assert read(Page(URL, "\n".join((opening, *BODY)), kind="text")).published is None


@pytest.mark.parametrize(
    ("first", "source"),
    [
        ("右江日报乐业5月18日讯 ", "右江日报"),
        ("(右江日报全媒体记者 林予安)", "右江日报"),
        ("右江日报社/天坑新闻5月18日讯 ", "右江日报社/天坑新闻"),
        ("新华社南宁5月18日电(记者林予安)", "新华社"),
        ("本报讯(记者 林予安)", None),
        ("本网讯 ", None),
    ],
)
def test_the_outlet_of_a_dateline_is_the_source_of_a_page_that_names_no_other(first: str, source: str | None) -> None:
    article = read(Page(URL, "\n".join((TITLE, first + BODY[0], *BODY[1:])), kind="text"))
    assert article.source == source
    labelled = read(Page(URL, "\n".join((TITLE, "来源:乐业县融媒体中心", first + BODY[0], *BODY[1:])), kind="text"))
    assert labelled.source == "乐业县融媒体中心"


@pytest.mark.parametrize(
    ("byline", "source"),
    [
        ("来源:    时间:2021年05月20日", None),
        ("信息来源:乐业县人民政府办公室 发布日期:2021-05-20 分享:", "乐业县人民政府办公室"),
        ("2021-05-20 09:30:11姚文静", None),
        ("2021-05-20 09:30:11右江网", "右江网"),
    ],
)
def test_what_stands_beside_a_date_is_an_outlet_only_if_it_can_be_one(byline: str, source: str | None) -> None:
    assert read(Page(URL, "\n".join((TITLE, byline, *BODY)), kind="text")).source == source


def test_an_outlet_alone_in_brackets_below_the_body_is_the_source() -> None:
    article = read(Page(URL, "\n".join((TITLE, *BODY, "(右江日报)", "分享", "搜索")), kind="text"))
    assert article.source == "右江日报"
    assert article.text.endswith("\n".join(BODY))
