"""Heads of papers' and accounts' pages kept as text: what names the outlet and the day is no heading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.events import extract
from crawler.model import Article, Page
from crawler.reading import read
from crawler.reading.mastheads import masthead

BODY = (
    "3月12日至14日,市委副书记、市长高远山率党政代表团赴贵州省铜仁市考察对接东西部协作工作。铜仁市委书记陈立新陪同考察。\n"
    "代表团一行先后到碧江区、万山区的产业园区和安置社区,看望慰问了挂职干部。13日下午,双方召开联席会议,签订了三项合作协议。"
)


def read_text(head: str, body: str = BODY, tail: str = "") -> Article:
    return read(Page("", f"{head}\n{body}\n{tail}", kind="text"))


@pytest.mark.parametrize(
    ("head", "title", "published", "source"),
    [
        ("平湖日报 2018年7月16日 第2版\n山海同心写新篇", "山海同心写新篇", "2018-07-16", "平湖日报"),
        (
            "平湖日报 数字报 2018年07月16日 星期一 第01版:要闻 往期回顾 上一版 下一版\n我市党政代表团赴铜仁考察",
            "我市党政代表团赴铜仁考察",
            "2018-07-16",
            "平湖日报",
        ),
        (
            "平湖发布\n东西协作 | “把好茶卖到东部去!”\n平湖市融媒体中心 2024年08月14日 17:33 浙江",
            "东西协作 | “把好茶卖到东部去!”",
            "2024-08-14",
            "平湖市融媒体中心",
        ),
        ("好物出山来!\n原创 玉屏融媒 玉屏发布 2022-11-21 18:06 发表于贵州", "好物出山来!", "2022-11-21", "玉屏发布"),
        (
            "江苏省考察团来我县考察\n2007-11-09 15:20:33 三峡秭归 字体:大 中 小 【打印】",
            "江苏省考察团来我县考察",
            "2007-11-09",
            "三峡秭归",
        ),
        (
            "学习时评 | 让协作走深走实\n2021-06-08 07:15 西部学刊网 作者:罗文涛",
            "学习时评 | 让协作走深走实",
            "2021-06-08",
            "西部学刊网",
        ),
        (
            "共青团德宏州委\n团情快讯\n沪滇青年手拉手 聚力促振兴\n德宏团州委 2023-08-15 18:30 发表于云南",
            "沪滇青年手拉手 聚力促振兴",
            "2023-08-15",
            "德宏团州委",
        ),
        (
            "碧江区中心医院\n【医院动态】东西协作结硕果\n原创 宣传科 碧江区中心医院 2018-06-29",
            "【医院动态】东西协作结硕果",
            "2018-06-29",
            "碧江区中心医院",
        ),
        (
            "平湖市工商业联合会(总商会)\n首页 商会动态 政策法规\n民企入黔 共助碧江\n阅读量:89",
            "民企入黔 共助碧江",
            None,
            None,
        ),
        ("碧江区人民政府 政府信息公开\n碧江区2022年协作工作总结", "碧江区2022年协作工作总结", None, None),
        ("[2018-05-06] 平湖代表团来铜考察", "平湖代表团来铜考察", "2018-05-06", None),
        ("平湖代表团来铜考察(2018-05-06)", "平湖代表团来铜考察", "2018-05-06", None),
        ("平湖代表团来铜考察\n[ 2018/11/20 16:03 | by 办公室 ]", "平湖代表团来铜考察", "2018-11-20", "办公室"),
        ("平湖代表团来铜考察\n2018-05-06 08:33 来源:铜仁日报 我要评论", "平湖代表团来铜考察", "2018-05-06", "铜仁日报"),
        ("平湖代表团来铜考察\n铜仁广播电视台\n05-06 10:11\n铜仁广播电视台官方账号", "平湖代表团来铜考察", None, None),
        ("平湖代表团来铜考察\n2018年5月6日 铜仁日报(记者 张文龙)", "平湖代表团来铜考察", "2018-05-06", "铜仁日报"),
        (
            "碧江教育网 → 新闻动态 → 正文\n平湖代表团来铜考察\n更新时间:2018-5-6",
            "平湖代表团来铜考察",
            "2018-05-06",
            None,
        ),
        (
            "平湖代表团来铜考察\n编辑:小张 铜仁市工商联 2018-05-06 点击 22 次",
            "平湖代表团来铜考察",
            "2018-05-06",
            "铜仁市工商联",
        ),
        ("平湖代表团来铜考察\n天眼新闻\n发布于 2018-05-06 08:33 贵州", "平湖代表团来铜考察", "2018-05-06", "天眼新闻"),
        ("首页 新闻 铜仁 专题 视频\n平湖代表团来铜考察\n铜仁发布 昨天 08:33", "平湖代表团来铜考察", None, None),
        ("兰溪新闻 返回列表", None, None, None),
        (
            "第A02版:要闻\n2019年3月15日 星期五\n铜仁平湖携手同行\n本报记者 王小明",
            "铜仁平湖携手同行",
            "2019-03-15",
            None,
        ),
        (
            "铜仁日报 2019年03月15日 星期五\n国内统一刊号:CN52-0018\n铜仁平湖携手同行",
            "铜仁平湖携手同行",
            "2019-03-15",
            "铜仁日报",
        ),
        ("《平湖日报》2003年4月20日第1版\n铜仁客人来平湖", "铜仁客人来平湖", "2003-04-20", "平湖日报"),
        (
            "今日碧江 2017年第15期 总第233期 2017年4月20日 编辑部主办\n平湖客人来碧江",
            "平湖客人来碧江",
            "2017-04-20",
            "今日碧江",
        ),
        (
            "扶贫简报\n第15期\n铜仁市扶贫开发办公室 2017年4月20日\n平湖市党政代表团来铜考察",
            "平湖市党政代表团来铜考察",
            "2017-04-20",
            "铜仁市扶贫开发办公室",
        ),
        (
            "平湖代表团来铜考察\n铜仁市人民政府门户网站 发布日期:2017年04月20日 字体:[大 中 小] 打印本页 关闭窗口",
            "平湖代表团来铜考察",
            "2017-04-20",
            "铜仁市人民政府门户网站",
        ),
        (
            "碧江旧报数据库\n版次:第3版 人物   日期:2001年7月12日\n武陵山里的平湖人",
            "武陵山里的平湖人",
            "2001-07-12",
            None,
        ),
    ],
)
def test_heads(head: str, title: str | None, published: str | None, source: str | None) -> None:
    article = read_text(head)
    assert (article.title, article.published) == (title, published)
    assert source is None or article.source == source
    assert article.text.startswith("3月12日")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("毕节报 2006年第38期 (总第812期) 一版\n远方的客人来了\n——深圳市代表团访问侧记", "远方的客人来了"),
        ("毕节日报电子档案 > 2006年 > 8月 > 一版\n深圳考察团到毕节落实帮扶项目", "深圳考察团到毕节落实帮扶项目"),
    ],
)
def test_the_year_a_page_is_kept_under_dates_what_it_tells(head: str, title: str) -> None:
    body = "5月12日至14日,深圳市副市长高远山率代表团赴贵州省毕节地区考察对口帮扶工作,13日与毕节地区召开座谈会。"
    article = read_text(head, body)
    assert (article.title, article.published) == (title, None)
    assert "2006年" in article.breadcrumb
    assert {event.date_start for event in extract(article).events} == {"2006-05-12", "2006-05-13"}


@pytest.mark.parametrize(
    "line",
    [
        "东西部协作新闻发布会召开",
        "我市召开新闻发布会 2019-03-15",
        "剑阁县东西部协作工作动态(2022年第6期)",
        "珠海对口帮扶兰坪县工作简报第7期",
        "2019年3月15日,党政代表团赴铜仁",
        "铜仁市人民政府",
        "中山大学附属第一医院",
    ],
)
def test_headings_are_no_mastheads(line: str) -> None:
    assert masthead(line) is None


@given(st.text(alphabet="报网第期版一年月日2019 :|()·发布融媒", max_size=40))
def test_any_line_is_told_or_not(line: str) -> None:
    found = masthead(line)
    assert found is None or all(found.outlets) is True


@pytest.mark.parametrize(
    "tail",
    [
        "(区教体局 王倩)",
        "(马世才)",
        "上一篇 下一篇 放大 缩小 默认",
        "[ 返回目录 ]   [ 上一篇 ]   [ 下一篇 ]",
        "相关附件: 上一篇 下一篇 分享到",
        "A- A+",
        "打印 分享到:",
        "【打印】【收藏】【推荐给好友】",
        "【关闭窗口】 责任编辑:周攀",
        "1 / 4  下一页 >",
        "(图片由受访者提供)",
        "附件:参会企业岗位信息表.xlsx",
        "更多图集:秋到坝上 | 草原那达慕",
        "[相关新闻] 大学生暑期赴碧江支教",
        "金沙手机投注官网",
        "点击关注铜仁发布,了解更多资讯",
        "(铜仁日报 2018-05-06 第1版)",
        "碧江区人民政府办公室 2018年5月6日印发",
        "抄送:各乡镇人民政府",
    ],
)
def test_what_stands_below_the_body_goes(tail: str) -> None:
    assert read_text("平湖代表团来铜考察\n2017-04-20 10:11 来源:铜仁日报", tail=tail).text == BODY


@pytest.mark.parametrize(
    "credit",
    ["(马世才)", "(区教体局 王倩)", "(图片由受访者提供)", "(原载《铜仁日报》2018年5月6日)"],
)
def test_credits_glued_to_the_last_sentence_are_cut(credit: str) -> None:
    assert read_text("平湖代表团来铜考察\n2017-04-20 10:11 来源:铜仁日报", BODY + credit).text == BODY
