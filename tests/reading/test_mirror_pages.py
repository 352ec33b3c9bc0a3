"""Plain text of mirror pages: sentences broken into lines, marks escaped twice, a whole page in one line."""

from __future__ import annotations

from itertools import pairwise

import pytest

from crawler.model import Article, Page
from crawler.reading import read


def read_text(text: str) -> Article:
    return read(Page("", text, kind="text"))


def test_lines_broken_before_keywords_are_joined() -> None:
    article = read_text(
        "玉屏縣代表團來訪\n發佈時間:2018-05-09\n24日,\n貴州省\n玉屏縣委書記陸明遠率隊到我市考察,對\n東莞市的幫扶表示感謝。\n"
        "會上,兩地簽訂了協議,我市向\n玉屏縣捐贈資金80萬元。"
    )
    assert article.title == "玉屏县代表团来访"
    assert article.text == (
        "24日,贵州省玉屏县委书记陆明远率队到我市考察,对东莞市的帮扶表示感谢。\n会上,两地签订了协议,我市向玉屏县捐赠资金80万元。"
    )


@pytest.mark.parametrize(
    "lines",
    [
        [
            "书写山海情深,共谱协作新篇",
            "5月9日,两地召开座谈会。",
            "念好“山字经”,唱好“林草戏”",
            "会后,代表团参观了园区。",
        ],
        ["结对帮扶工作", "一、提高站位,压实责任", "全年召开会议3次。", "二、明确任务的目的", "全年投入资金80万元。"],
        ["图为代表团在玉屏县考察,了解茶叶种植", "5月9日,两地召开座谈会。", "图为座谈会现场,张明摄", "会后参观了园区。"],
    ],
)
def test_headings_and_captions_stay_lines(lines: list[str]) -> None:
    text = "对口协作座谈会在玉屏县召开\n发布时间:2018-05-09\n" + "\n".join(lines)
    assert [line for line in read_text(text).text.split("\n") if line in lines] == [
        line for line in lines if line in read_text(text).text
    ]
    assert not any(a + b in read_text(text).text for a, b in pairwise(lines))


def test_marks_escaped_twice() -> None:
    article = read_text(
        "玉屏&middot;東莞協作會召開\n&nbsp;&nbsp;5月9日,&ldquo;玉屏&mdash;東莞&rdquo;協作會在R&D中心召開,兩地簽約。"
    )
    assert "“玉屏—东莞”协作会在R&D中心召开" in article.text


BODY = (
    "5月9日,玉屏縣委書記陸明遠率代表團到東莞市考察協作工作,市長林家和陪同。 會上,兩地簽訂了協議,東莞市捐贈資金80萬元。"
)


@pytest.mark.parametrize(
    ("glued", "title", "published", "source"),
    [
        (f"玉屏縣代表團到東莞考察 發佈時間:2018-05-10 {BODY}", "玉屏县代表团到东莞考察", "2018-05-10", None),
        (
            f"山海攜手 共譜新篇章 2018-05-10 09:30:12 來源:東莞日報 作者:佚名 {BODY}",
            "山海携手 共谱新篇章", "2018-05-10", "东莞日报",
        ),
        (f"玉屏縣(xiàn)代表團到東莞考察 {BODY}", "玉屏县代表团到东莞考察", None, None),
        (BODY, None, None, None),
        (f"本報訊(記者 沈家) {BODY}", None, None, None),
        (f"陸明遠與林家和在東莞座談,共商協作 記者沈家和 {BODY}", None, None, None),
    ],
)  # fmt: skip
def test_a_page_in_one_line(glued: str, title: str | None, published: str | None, source: str | None) -> None:
    article = read_text(glued)
    assert (article.title, article.published, article.source) == (title, published, source)
    assert article.text.endswith("市长林家和陪同。\n会上,两地签订了协议,东莞市捐赠资金80万元。")
    assert title is None or article.text.startswith("5月9日,")


REPORT = (
    "  5月9日,玉屏縣委書記陸明遠率代表團到東莞市考察協作工作,市長林家和陪同考察。\n"
    "  會上,兩地簽訂了協議,東莞市捐贈資金80萬元。"
)


@pytest.mark.parametrize(
    ("head", "published", "source"),
    [
        ("欧美无遮久久精品电影,亚洲精彩视频\n{}\n2018年05月10日 08:27 來源:東莞日報", "2018-05-10", "东莞日报"),
        ('<nav id="mm"></nav>\n • <dd></dd>\n首頁>要聞\n{}\n2018年05月10日 | 來源:新華社', "2018-05-10", "新华社"),
        ("結對幫扶\n欄目:莞城 來源:東莞陽光網 記者 沈家和 發佈:2018-05-10\n{}", "2018-05-10", "东莞阳光网"),
        ("{}\n2018年05月10日 來源:東莞日報 記者 沈家和", "2018-05-10", "东莞日报"),
        ("2018-05-10 來源:東莞陽光網\n{}", "2018-05-10", "东莞阳光网"),
        ("date 2018-05-10 {}", "2018-05-10", None),
        ("{}\n2018-05-10 A02版", "2018-05-10", None),
        ("{}\n發佈於2018-05-10 10:20:11\n小字號\n[摘要]玉屏縣代表團到東莞考察。", "2018-05-10", None),
        ("{}\n2018年05月10日09:57 |\n<image>data:image/s3,x1</image>", "2018-05-10", None),
    ],
)  # fmt: skip
def test_heads_of_mirror_pages(head: str, published: str | None, source: str | None) -> None:
    article = read_text(head.format("玉屏縣黨政代表團到東莞考察協作工作") + "\n" + REPORT)
    assert (article.title, article.published, article.source) == (
        "玉屏县党政代表团到东莞考察协作工作",
        published,
        source,
    )
    assert article.text.startswith("5月9日,玉屏县委书记")


def test_headings_and_captions_are_read_once() -> None:
    heading, caption = "玉屏縣黨政代表團到東莞考察協作工作", "代表團在東莞市常平鎮察看毛織市場。記者 沈家和 攝"
    last = "代表團還考察了規劃館和市場,了解產業發展情況。"
    lines = [heading, "2018-05-10 09:20", REPORT, heading, caption, heading, caption, "合格", "合格", last]
    article = read_text("\n".join(lines))
    assert article.title == "玉屏县党政代表团到东莞考察协作工作"
    assert (article.text.count("到东莞考察协作"), article.text.count("察看毛织市场"), article.text.count("合格")) == (
        0,
        1,
        2,
    )


def test_days_in_running_text_date_no_page() -> None:
    assert read_text("2022年12月27日至29日,副區長魏平帶隊赴遵義市考察東西部協作工作,看望挂職干部。").published is None
    assert read_text("時間回到1995年7月29日。這一天,20所希望學校在三都縣同時開工,村民奔走相告。").published is None


def test_a_text_wrapped_at_the_width_of_a_printed_page_is_joined() -> None:
    lines = (
        "(一)高层互访有序推进",
        "6月14日至15日,清河区委副书记、区长陈立平率党政代",
        "表团来我县考察,召开东西部协作第一次联席会议,签订",
        "了年度协作协议,并向我县捐赠帮扶资金二百万元整。",
        "两地学校结对二十三对、医院结对八对,选派专业技术",
        "人才四十二名到我县开展帮扶,下一步还要继续深化协",
        "作。",
    )
    text = read_text("\n".join(lines)).text
    assert "率党政代表团来我县考察" in text
    assert text.startswith("6月14日")  # the heading of the item is not glued to it
