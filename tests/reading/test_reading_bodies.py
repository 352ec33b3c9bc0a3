"""Bodies: whole, without chrome, in every layout that breaks plain extractors."""

# ruff: noqa: E501  (Chinese test pages read best in one line)

from __future__ import annotations

import json

import pytest
from reading_pages import BODY, RELATED, TITLE, old_table, page_lines, paragraphs, portal

from crawler.model import Page
from crawler.reading import ReadingError, explain_reading, looks_like_html, read

URL = "http://www.example.gov.cn/xw/202105/t20210520_1.html"
WHOLE = "\n".join(BODY)


def text_of(html: str | bytes) -> str:
    return read(Page(URL, html)).text


def test_portal_page_keeps_the_body_and_nothing_else() -> None:
    article = read(Page(URL, portal().encode()))
    assert article.text == WHOLE
    assert article.original == WHOLE
    assert article.title == TITLE
    assert (article.published, article.published_basis, article.published_precision) == ("2021-05-20", "byline", "day")
    assert (article.source, article.source_basis) == ("乐业县融媒体中心", "label")
    assert [(one.role, one.name) for one in article.author] == [("责任编辑", "黄文静")]
    assert article.breadcrumb == ("首页", "要闻")


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("bare sections", portal(paragraphs(tag="section"))),
        ("divs", portal(paragraphs(tag="div"))),
        ("line breaks only", portal("<br><br>".join(BODY))),
        ("spans in a paragraph each", portal("".join(f"<p><span>{line[:9]}</span><span>{line[9:]}</span></p>" for line in BODY))),
        ("stray end of the page", portal(paragraphs(BODY[:2]) + "</body></html>" + paragraphs(BODY[2:]))),
        ("hidden until a script runs", portal(f'<div id="js_content" style="visibility: hidden">{paragraphs()}</div>')),
        ("inside a form", portal(f'<form name="f">{paragraphs()}</form>')),
        ("table cells", portal("<table>" + "".join(f"<tr><td>{line}</td></tr>" for line in BODY) + "</table>")),
        ("unclosed paragraphs", portal("".join(f"<p>{line}" for line in BODY))),
        ("deep nesting", portal("<div>" * 400 + paragraphs() + "</div>" * 400)),
        ("empty paragraphs and figures", portal("<p>&nbsp;</p>".join(f"<p>　　{line}</p><p><img src='a.jpg'></p>" for line in BODY))),
        ("null bytes", portal().replace("<p>", "\x00<p>")),
    ],
)  # fmt: skip
def test_layouts(name: str, html: str) -> None:
    assert text_of(html) == WHOLE, name


def test_old_table_layout_in_gbk() -> None:
    article = read(Page("http://www.example.org.cn/show.asp?id=12", old_table().encode("gb18030")))
    assert article.text == WHOLE
    assert (article.title, article.published, article.source) == (TITLE, "2011-05-20", "右江晚报")
    assert article.encoding == "gb18030"


def test_short_notice_is_not_taken_for_the_menu() -> None:
    notice = "因线路检修，5月21日8时至12时同乐镇片区暂停供水，请居民提前储水，给您带来不便敬请谅解。"
    assert text_of(portal(f"<p>{notice}</p>", tail="", title="关于同乐镇片区暂停供水的通知")) == notice


@pytest.mark.parametrize("wrap", ["var pageData = {};", "window.__DATA__ = {};", "INIT({});"])
def test_article_held_by_a_script(wrap: str) -> None:
    data = {"doc": {"title": TITLE, "source": "右江日报", "newsTime": "2021-05-20 08:00:00", "content": [paragraphs()]}}
    others = [{"title": "无关的推荐标题一则"}]
    script = wrap.replace("{}", json.dumps({"recommend": others, **data}))
    html = (
        f"<html><head><title>{TITLE}_新闻</title></head><body><div id=app></div><script>{script}</script></body></html>"
    )
    article = read(Page("http://example.com/c/1", html))
    assert article.text == WHOLE
    assert (article.title, article.published, article.source) == (TITLE, "2021-05-20", "右江日报")


@pytest.mark.parametrize(
    "tail",
    [
        "责任编辑：黄文静_N123", "（责编：黄文静、韦东）", "【编辑：黄文静】", "责编|黄文静", "编 辑：黄文静", "来源：右江日报", "图文：罗小满",
        "一审：黄文静 二审：韦东 三审：覃国栋", "扫一扫在手机打开当前页", "扫描下方二维码关注我们", "声明：本文转载自网络，仅供参考。",
        "未经书面授权禁止转载", "凡本网注明“来源：乐业新闻网”的作品，转载请注明出处。", "以上内容仅代表作者个人观点，不代表本网立场。",
        "更多资讯请关注官方微信公众号：乐业发布", "新闻热线：0776-0000000", "原标题：考察团来了", "—END—", "【打印本页】 【关闭窗口】",
        "（新闻来源：右江日报 转载：黄文静）", "上一篇：全县春耕备耕进度过半", "点个“在看”支持一下",
    ],
)  # fmt: skip
def test_tail_lines_go(tail: str) -> None:
    assert text_of(portal(tail=f"<p>{tail}</p>")) == WHOLE


@pytest.mark.parametrize(
    "line",
    [
        "（应受访者要求，文中韦某为化名。）",
        "（作者单位：乐业县教育局）来稿反映，学校教师流动问题已经解决，孩子们有了音乐课。",
        "（实习生罗小满对此文亦有贡献）",
    ],
)
def test_notes_in_brackets_are_body(line: str) -> None:
    assert line in text_of(portal(paragraphs((*BODY[:3], line, *BODY[3:]))))


def test_a_sentence_about_copyright_in_mid_article_stays() -> None:
    line = "会上还通报了转载须注明来源的规定，要求各单位严格遵守，未经授权不得转载。"
    assert line in text_of(portal(paragraphs((BODY[0], line, *BODY[1:], *BODY[1:]))))


def test_credit_glued_to_the_last_sentence_is_cut_and_remembered() -> None:
    lines = (*BODY[:-1], BODY[-1] + "（责任编辑：黄文静）")
    article = read(Page(URL, portal(paragraphs(lines), tail="")))
    assert article.text == WHOLE
    assert ("责任编辑", "黄文静") in [(one.role, one.name) for one in article.author]


def test_traditional_page_is_read_with_the_same_rules() -> None:
    lines = (
        "5月18日，清河區考察團到樂業縣對接東西部協作工作，並簽訂了協議。",
        "雙方表示，將繼續加強產業與勞務合作，幫助群眾增收。",
    ) * 2
    html = portal(
        paragraphs(lines),
        title="清河區考察團赴樂業縣",
        byline="來源：右江日報　2021-05-20",
        tail="<p>責任編輯：黃文靜</p>",
    )
    article = read(Page(URL, html))
    assert article.script == "traditional"
    assert article.text.startswith("5月18日，清河区考察团到乐业县对接东西部协作工作")
    assert "责任编辑" not in article.text
    assert article.original.startswith("5月18日，清河區")
    assert (article.title, article.source) == ("清河区考察团赴乐业县", "右江日报")


def test_plain_text_page() -> None:
    article = read(Page("", page_lines(), kind="text"))
    assert article.text == WHOLE
    assert (article.title, article.published, article.source) == (TITLE, "2021-05-20", "乐业县融媒体中心")
    assert {(one.role, one.name) for one in article.author} >= {("编辑", "黄文静"), ("监制", "覃国栋")}


def test_plain_text_without_heading_or_byline() -> None:
    article = read(Page("", "\n".join((*BODY, "编辑:黄文静", "热门跟帖", *RELATED)), kind="text"))
    assert article.text == WHOLE
    assert (article.title, article.published, article.source) == (None, None, None)


def test_numbered_preview_pieces_are_stitched() -> None:
    report = "乐业县东西部协作工作汇报(2018年3月6日)中共乐业县委乐业县人民政府各位领导:" + "".join(BODY) * 4
    cuts = [report[i : i + 180] for i in range(0, len(report), 180)]
    cuts = [f"{number}、{piece}" for number, piece in enumerate(cuts, 1)]
    article = read(Page("", "\n".join(["工作汇报", "ID:123", "页数:5页", "时间:2020-01-01", "资源描述:", *cuts, "当前文档最多预览五页,下载文档查看全文"]), kind="text"))  # fmt: skip
    assert article.text == "各位领导:" + "".join(BODY) * 4
    assert (article.title, article.published, article.published_basis) == (
        "乐业县东西部协作工作汇报",
        "2018-03-06",
        "heading",
    )
    assert [one.name for one in article.author] == ["中共乐业县委", "乐业县人民政府"]


def test_a_real_enumeration_is_left_alone() -> None:
    items = tuple(f"{number}、{BODY[number]}" for number in range(1, 5))
    assert text_of(portal(paragraphs((BODY[0], *items)))) == "\n".join((BODY[0], *items))


def test_attachments_are_noted() -> None:
    link = '<p>附件：<a href="/files/1.pdf">协议书.pdf</a></p>'
    article = read(Page(URL, portal(paragraphs() + link)))
    assert [(one.url, one.label) for one in article.attachments] == [
        ("http://www.example.gov.cn/files/1.pdf", "协议书.pdf")
    ]


def test_explanation_names_a_rule_for_every_dropped_line() -> None:
    explanation = explain_reading(Page(URL, portal()))
    assert [line.text for line in explanation.lines if line.kept] == list(BODY)
    assert all(line.rule for line in explanation.lines if not line.kept)
    assert explanation.opinions[0] == "trafilatura"


@pytest.mark.parametrize(("content", "reason"), [(b"", "empty"), (b" \n\t", "empty"), (b"%PDF-1.7 x", "document"), (b"\x00" * 50, "empty")])  # fmt: skip
def test_unreadable_pages_say_why(content: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read(Page(URL, content))


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (b"<html><body>x</body></html>", (("Content-Type", "text/html"),), True),
        (b"<html><body>x</body></html>", (("Content-Type", "application/octet-stream"),), True),
        (b"\xff\xd8\xff\xe0", (("Content-Type", "text/html"),), False),
        (b'{"a": 1}', (("Content-Type", "application/json"),), False),
        (b"", (), False),
    ],
)
def test_looks_like_html(body: bytes, headers: tuple[tuple[str, str], ...], expected: bool) -> None:
    assert looks_like_html(body, headers) is expected


def test_a_name_of_chrome_on_every_paragraph_is_none() -> None:
    html = portal("".join(f'<p class="nav-text">{line}</p>' for line in BODY))
    assert text_of(html) == WHOLE


def test_headings_of_link_boxes_in_the_body_go_with_their_links() -> None:
    box = "".join(f'<p><a href="/b/{i}.html">{line}</a></p>' for i, line in enumerate(RELATED))
    html = portal(paragraphs() + f"<p>证券要闻</p>{box}<p>行业动态</p>{box}")
    assert text_of(html) == WHOLE


def test_a_linked_reference_does_not_end_the_article() -> None:
    link = '<p><a href="/jd/1.html">相关解读：《乐业县协作工作情况》解读</a></p>'
    assert text_of(portal(paragraphs(BODY[:3]) + link + paragraphs(BODY[3:]))) == WHOLE


@pytest.mark.parametrize("cells", ["<td>发布日期：2021-05-21</td>", "<td>发布日期：</td><td>2021-05-21</td>"])
def test_a_date_in_the_table_of_particulars_outranks_a_bare_one_in_the_text(cells: str) -> None:
    table = f"<table><tr><td>索引号：</td><td>0147/2021-1</td></tr><tr>{cells}</tr><tr><td>公开方式：</td><td>主动公开</td></tr></table>"
    html = (
        portal(byline="访问量：1632", lead="section")
        .replace("<h1>", f"{table}<h1>")
        .replace("</h1>", "</h1><p>（2021年4月2日）</p>")
    )
    article = read(Page("http://www.example.gov.cn/xw/1.html", html))
    assert (article.published, article.published_basis) == ("2021-05-21", "byline")


def test_a_program_is_no_page() -> None:
    with pytest.raises(ReadingError, match="not text but binary data"):
        read(Page(URL, b"\x7fELF" + b"\x00\x00\x00\x8bE\x00\x00\xff" * 300 + b"libc.so.6"))


NOTICE = "3月5日，两县共建的白茶加工厂在陵江镇举行奠基仪式，项目总投资1200万元，两地代表60余人参加奠基。"


@pytest.mark.parametrize(
    ("credit", "source", "reprinted"),
    [
        ("来源：苍溪县融媒体中心", "苍溪县融媒体中心", None),
        ("（转自：苍溪发布）", "苍溪发布", "苍溪发布"),
        ("(来源：苍溪发布 作者：李四)", "苍溪发布", None),
    ],
)
@pytest.mark.parametrize("kind", ["html", "text"])
def test_a_body_of_one_paragraph_loses_its_credit_and_nothing_else(
    kind: str, credit: str, source: str, reprinted: str | None
) -> None:
    html = f"<h1>白茶加工厂奠基</h1>\n<p>{NOTICE}{credit}</p>"
    page = (
        html if kind == "html" else html.replace("<h1>", "").replace("</h1>", "").replace("<p>", "").replace("</p>", "")
    )
    article = read(Page(URL, page, kind=kind))  # type: ignore[arg-type]  # one of the two kinds
    assert (article.text, article.source, article.reprinted_from) == (NOTICE, source, reprinted)


@pytest.mark.parametrize(
    "reporters",
    ["□记者 王小川 报道", "本报讯 记者王小川", "本报讯（记者 王小川 通讯员 李四）", "□本报记者 王小川 通讯员 李四"],
)
def test_a_line_of_reporters_is_neither_title_nor_body(reporters: str) -> None:
    bare = read(Page(URL, f"{reporters}\n{NOTICE}", kind="text"))
    assert (bare.title, bare.text) == (None, NOTICE)
    headed = read(Page(URL, f"<h2>白茶加工厂在陵江镇奠基</h2><p>{reporters}</p><p>{NOTICE}</p>"))
    assert (headed.title, headed.text) == ("白茶加工厂在陵江镇奠基", NOTICE)


def test_a_credit_glued_to_the_first_paragraph_takes_only_itself_away() -> None:
    lead = "本报济南讯 6月5日,天津市西青区代表团到甘肃省天水市麦积区考察,对接东西部协作工作,签订合作协议。"
    page = Page(
        "https://news.example.cn/1.txt",
        f"2023-06-06 08:05:00\n来源: 海河网--海河日报{lead}\n双方表示,将加强协作。".encode(),
    )
    article = read(page)
    assert (article.text[: len(lead)], article.source) == (lead, "海河网--海河日报")


@pytest.mark.parametrize(
    "chrome",
    [
        "首页 热点 时尚 直播 热图 科技 快消 小镇 专题 联盟",
        "上一期 下一期",
        "□海河日报/观海新闻记者 莫庸",
    ],
)
def test_menus_and_pagers_are_no_headings(chrome: str) -> None:
    heading = "西青区代表团赴麦积区考察落实东西部协作工作"
    body = "6月1日,天津市西青区代表团赴甘肃省天水市麦积区考察,双方就东西部协作签订合作协议,并走访产业园。"
    page = Page("https://news.example.cn/1.txt", f"{chrome}\n\n{heading}\n\n2019-06-03 17:52\n\n{body}\n".encode())
    assert read(page).title == heading
    page = Page("https://news.example.cn/1.txt", f"{heading}\n\n{chrome}\n\n2019-06-03 17:52\n\n{body}\n".encode())
    assert read(page).title == heading


def test_an_address_with_a_date_is_a_byline() -> None:
    heading = "西青区代表团赴麦积区考察落实东西部协作工作"
    body = "6月1日,天津市西青区代表团赴甘肃省天水市麦积区考察,双方就东西部协作签订合作协议,并走访产业园。"
    byline = "http://www.example.com  2019-06-03 17:52:06     【字号"
    article = read(Page("https://news.example.cn/1.txt", f"{heading}\n\n{byline}\n\n{body}\n".encode()))
    assert (article.title, article.published, article.text) == (heading, "2019-06-03", body)
