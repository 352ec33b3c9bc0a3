"""Hopes, plans, totals, essays, inspections and trips for investment are no cooperation events."""

import pytest

from crawler.events import extract
from crawler.model import Article


def read(text: str, published: str | None = "2021-06-30", title: str | None = None):
    return extract(Article(url="", text=text, title=title, published=published))


NONE = {
    "hope": "宁夏固原市原州区负责人表示,希望福建省厦门市湖里区继续选派教师支教,向原州区捐赠更多物资,签订新的协作协议。",
    "call": "下一步,福建省厦门市湖里区将继续推动闽宁协作,到宁夏固原市原州区考察,举办专场招聘会。",
    "essay": "东西部协作要坚持优势互补。东部地区要选派干部挂职,帮助西部举办培训班,开展消费帮扶。",
    "investment trip": "6月3日,河南省周口市市长康志远率队赴浙江省杭州市开展招商考察,走访企业并召开招商座谈会。",
    "inspection": "6月3日,省乡村振兴局副局长宁致远带领督导组来静宁县督导东西部协作工作,听取汇报。",
    "investors from a tied county": "6月3日,贵州省锦屏县县长龙世昆率队到广东省佛山市招商考察,签订投资意向协议。",
    "group from above": "6月3日,全国政协常委林卓然率海外专家代表团赴新疆伊犁考察,了解江苏对口援疆项目,走访了霍城县。",
    "charity across the strait": "6月3日,贵州省台办人员赴重庆市台办考察,谈两岸、对台宣传,看了台湾基金会援建的教室。",
    "generic meetings": "江苏省南通市帮扶陕西省汉中市西乡县,帮扶资金专项用于参加各类产品推介会。",
    "counted pairs": "2021年,江苏省与陕西省县县结对56个、镇镇结对331个。",
    "counted contracts": "今年1至5月,广州市对口帮扶梅州市引进招商项目,签约项目54个。",
    "strait": "6月3日,应北京市台办邀请,台湾新北市、花莲县负责人组成的参访团到北京参访交流。",
    "national meeting": "6月3日,全县召开会议,传达学习全国东西部协作座谈会上的重要讲话精神。",
    "meeting of the givers": "6月3日,江苏省南通市召开对口帮扶陕西省汉中市工作推进会,市委副书记康志远主持。",
    "meeting of the helped": "6月3日,汉中市召开东西部协作工作推进会。江苏省南通市的帮扶项目受到关注。",
    "anniversary": "9月5日,南水北调工程通水十周年北京市与河南省南阳市对口协作成就展在北京市图书馆揭幕。",
    "figure of speech": "北京市对口协作河南省南阳市。南阳为北京送来了“清水”,北京为南阳送来了“暖流”。",
    "every time": "北京市对口协作河南省南阳市淅川县。12月,北京专家每次来到淅川县,诊室外都排起长队。",
    "sum": "“十四五”以来,广州市财政累计安排14亿元对口帮扶梅州市项目资金。",
    "squad that takes part": "广州市番禺区对口帮扶梅州市五华县,番禺区派驻五华县工作队参加了今天的学习。",
    "statistics": "2020年全市生产总值增长3.2%,农村居民人均可支配收入11260元,东西部协作取得成效。",
}


COUNTS = ("counted pairs",)  # no event, and yet a report of what the aid has come to


@pytest.mark.parametrize("kind", NONE)
def test_nothing_is_found(kind: str) -> None:
    found = read(NONE[kind])
    assert [e for e in found.events if e.status != "planned"] == []
    assert found.relevant == (kind in COUNTS)
    assert kind in COUNTS or found.figures == ()


def test_a_page_that_only_sums_up_aid_keeps_its_figures() -> None:
    text = (
        "今年,浙江省宁波市余姚市与四川省凉山州昭觉县东西部协作任务超额完成。"
        "今年计划实施项目19个。已帮助860名劳动力就业,采购农特产品1360万元。"
    )
    found = read(text, "2024-12-20")
    assert (found.relevant, found.events) == (True, ())
    assert [(f.value, f.unit) for f in found.figures] == [(860, "名"), (13600000, "CNY")]


def test_an_inspection_reports_nobodys_figures() -> None:
    text = (
        "6月3日,省乡村振兴局副局长宁致远带领督导组来静宁县督导天津市武清区东西部协作工作,已投入3000万元,已建项目20个。"
    )
    assert read(text).figures == ()


def test_a_plan_is_kept_and_marked() -> None:
    text = "记者获悉,7月8日,广东省深圳市南山区与广西百色市隆林各族自治县将在隆林召开扶贫协作联席会议。"
    found = read(text)
    assert [(e.type, e.status) for e in found.events] == [("meeting", "planned")]
    assert not found.relevant


def test_running_totals_are_figures() -> None:
    text = (
        "6月2日,山东省威海市与重庆市云阳县东西部协作座谈会在云阳召开。\n"
        "5年来,威海市累计投入帮扶资金1.8亿元,实施项目96个,选派教师、医生210人次到云阳开展支教支医,举办招聘会32场。"
    )
    found = read(text)
    assert [e.type for e in found.events] == ["meeting"]
    assert {(f.value, f.unit) for f in found.figures} >= {(180000000, "CNY"), (96, "个"), (210, "人次")}
    assert all(text[f.start : f.end] == f.quote for f in found.figures)


def test_numbers_of_one_event_are_no_figures() -> None:
    text = "6月2日,江苏省扬州市与陕西省榆林市在榆林举办苏陕协作专场招聘会,提供岗位3200个,达成意向410人。"
    assert read(text).figures == ()


def test_background_is_apart_from_news() -> None:
    text = (
        "6月2日,天津市宝坻区党政代表团赴甘肃省武威市天祝藏族自治县考察东西部协作工作。\n"
        "自2016年宝坻区与天祝县建立结对帮扶关系以来,双方往来密切。"
    )
    found = {e.type: e for e in read(text).events}
    assert not found["visit"].background
    assert found["pairing"].background
    assert (found["pairing"].date_start, found["pairing"].date_end) == ("2016", "2016")


def test_the_same_article_gives_the_same_ids() -> None:
    text = "6月2日,上海市嘉定区代表团赴云南省楚雄彝族自治州大姚县考察沪滇协作工作。"
    first, second = read(text), read(text)
    assert first == second
    assert read(text + "完").events[0].id != first.events[0].id


def test_an_empty_article_is_irrelevant() -> None:
    found = read("")
    assert (found.relevant, found.events, found.figures) == (False, (), ())


@pytest.mark.parametrize(
    "text",
    [
        "6月5日,现场发放宣传单300余份,为麦积区群众提供东西部协作政策咨询。天津市西青区企业参加。",
        "6月5日,天津市西青区与甘肃省天水市麦积区建立了高层联席会议制度,推进东西部协作。",
        "6月5日起,甘肃省天水市麦积区绿色食品入津,天津市西青区消费者在东西部协作平台下单。",
        "6月5日,天津市西青区代表团在麦积区先后考察了环境提升项目、河道生态保护修复工程等东西部协作项目。",
    ],
)
def test_leaflets_standing_meetings_goods_on_the_road_and_works_that_are_toured(text: str) -> None:
    found = extract(Article(url="", text=text, published="2023-06-06")).events
    assert {e.type for e in found} <= {"consumption", "visit"}
    assert "visit" not in {e.type for e in found} or "代表团" in text


@pytest.mark.parametrize(
    "text",
    [
        "天津市西青区与甘肃省天水市麦积区先后举办了东西部协作产销对接会、农产品推介会。",
        "天津市西青区在甘肃省天水市麦积区举办了7场产销对接活动,推进东西部协作。",
        "天津市西青区组织开展学术交流、教学讲座、巡回义诊等活动100多场次,支持甘肃省天水市麦积区东西部协作。",
    ],
)
def test_what_is_held_so_many_times_is_no_single_happening(text: str) -> None:
    assert extract(Article(url="", text=text, published="2023-06-06")).events == ()


@pytest.mark.parametrize(
    "text",
    [
        "2017年5月至今,辽宁省大连市共选派48名优秀教师赴贵州省六盘水市支教,推进东西部教育协作。",
        "西藏自治区代表团还将参加黑龙江省援藏工作座谈会,走进西藏摄影作品展参观。",
    ],
)
def test_sums_up_to_now_and_what_is_still_to_come(text: str) -> None:
    assert {e.status for e in extract(Article(url="", text=text, published="2023-06-06")).events} <= {"planned"}


def test_a_plan_in_a_name_plans_nothing() -> None:
    text = "1月15日,乡村振兴计划签约仪式在福州举行,福州市与宁德市寿宁县开展山海协作。"
    (event,) = extract(Article(url="", text=text, published="2023-01-16")).events
    assert (event.type, event.status) == ("agreement", "done")


def test_a_tie_alone_makes_no_event_of_what_names_neither_side() -> None:
    text = "来自杭州市、重庆市万州区的学者在会上作了报告。5月11日上午,新建的三座观测站竣工。"
    assert extract(Article(url="", text=text, published="2019-05-18")).events == ()
    aided = "杭州市对口支援重庆市万州区的学者在会上作了报告。5月11日上午,新建的三座观测站竣工。"
    (event,) = extract(Article(url="", text=aided, published="2019-05-18")).events
    assert event.type == "project"
