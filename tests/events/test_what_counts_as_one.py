"""Statements that only look like an event of their own, and those that are two."""

from __future__ import annotations

import pytest

from crawler.events import extract
from crawler.model import Article, Event

LEAD = "6月5日，天津市西青区代表团到甘肃省天水市麦积区考察东西部协作工作。"


def told(text: str, kind: str, published: str | None = "2023-06-06") -> list[Event]:
    return [e for e in extract(Article(url="", text=text, published=published)).events if e.type == kind]


@pytest.mark.parametrize(
    "text",
    [
        LEAD + "三年来，西青区12个街道、31个村与麦积区建立了结对关系。",
        LEAD + "西青区对口支援麦积区工作前方指挥部负责人介绍了情况。",
        LEAD + "通知明确对口协作工作期限延长。",
        LEAD + "两地建立结对关系后，往来日益密切。",
    ],
)
def test_a_relation_that_is_counted_named_or_looked_back_on_is_no_pairing(text: str) -> None:
    assert told(text, "pairing") == []


def test_a_state_that_decides_on_help_pairs_the_two() -> None:
    (pairing,) = told(LEAD + "2017年，中央决定西青区对口支持麦积区。", "pairing")
    assert (pairing.date_start, pairing.supporting) == ("2017", ("天津市西青区",))


def test_people_who_are_sent_pay_no_visit_on_their_way() -> None:
    text = "2018年7月，天津市西青区第一批8名援甘干部来到了甘肃省天水市麦积区，开展东西部扶贫协作。"
    assert told(text, "visit", "2021-03-04") == []
    assert [e.date_start for e in told(text, "personnel", "2021-03-04")] == ["2018-07"]


def test_workers_who_leave_and_arrive_on_one_day_travel_once() -> None:
    text = (
        "1月27日，首批60名麦积区务工人员乘坐包机奔赴天津市西青区，拉开今年东西部劳务协作序幕。\n"
        "1月27日下午，首批麦积务工人员抵达天津市西青区。"
    )
    assert len(told(text, "labor", "2023-01-29")) == 1


def test_two_meetings_of_one_sentence_with_other_parties_are_two() -> None:
    text = "6月5日，天津市代表团到甘肃省考察，先后召开天津市对口帮扶麦积区工作座谈会、天津市与甘谷县扶贫协作座谈会。"
    meetings = told(text, "meeting")
    assert [m.supported for m in meetings] == [("甘肃省天水市麦积区",), ("甘肃省天水市甘谷县",)]


def test_a_year_at_the_verb_dates_the_work_it_describes() -> None:
    text = LEAD + "2019年启动的西青·麦积协作产业园，目前已有12家企业入驻。"
    assert [e.date_start for e in told(text, "project")] == ["2019"]


def test_what_is_signed_by_now_or_sent_one_after_the_other_is_a_total() -> None:
    assert told(LEAD + "截止目前，两地已签署15份协作协议。", "agreement") == []
    assert told("2022年秋季学期，天津市西青区先后选派2位校长到甘肃省天水市麦积区。", "personnel") == []


def test_a_place_named_after_a_man_is_no_place() -> None:
    text = "6月5日，江苏省常州市在新疆乌恰县举行中山博爱医院落成仪式，助力对口支援。"
    assert all("中山市" not in name for e in told(text, "project") for name in (*e.supporting, *e.supported))


def test_our_city_is_not_the_city_whose_firms_join_with_it() -> None:
    text = (
        "6月5日，江苏省南京市代表团来商考察。南京市18家企业与我市18个村结成帮扶对子。宁商扶贫协作，陕西省商洛市受益。"
    )
    (pairing,) = told(text, "pairing")
    assert pairing.supported == ("陕西省商洛市",)


@pytest.mark.parametrize(
    "text",
    [
        "今年以来，西青区与麦积区通过召开联席会议、互派干部等方式，推进东西部协作。",
        "2021年至2025年是关键五年。西青区和麦积区举办产销对接大会、展销活动，深化东西部协作。",
    ],
)
def test_what_is_done_in_general_is_no_meeting(text: str) -> None:
    places = "天津市西青区与甘肃省天水市麦积区是东西部协作结对区县。"
    assert told(places + text, "meeting", "2025-06-06") == []


def test_what_is_held_behind_a_meeting_is_of_its_day() -> None:
    text = (
        "8月1日，甘肃省天水市麦积区考察团到天津市西青区对接东西部协作。8月2日上午，西青·麦积东西部协作联席会议召开。\n"
        "联席会议之后，麦积区在西青区举行东西部协作招商推介会。"
    )
    assert {m.date_start for m in told(text, "meeting", "2022-08-03")} == {"2022-08-02"}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("labor", "6月5日，麦积区苹果装上专车发往天津市西青区，助力甘肃省天水市东西部协作。"),
        ("agreement", LEAD + "招聘会上，近万人现场咨询、签约，达成劳务就业意向协议816人。"),
        ("pairing", LEAD + "2022年是西青区与麦积区“结亲”十周年。"),
        ("pairing", LEAD + "今年2月以来，西青区援甘干部在麦积区共结亲200户。"),
        ("project", LEAD + "施工人员在麦积区农村公路上忙碌。"),
        ("donation", LEAD + "30年前，麦积区为西青区人民送来了救灾物资。"),
    ],
)
def test_near_misses(kind: str, text: str) -> None:
    assert told(text, kind) == []


@pytest.mark.parametrize(
    ("kind", "text", "date"),
    [
        ("project", LEAD + "目前，西青区援建的麦积区产业园已全面启动建设。", "2023-06"),
        ("project", "眼下，天津市西青区援建的甘肃省天水市麦积区产业园正在紧张施工，东西部协作项目。", "2023-06"),
        ("pairing", LEAD + "自2004年西青区和麦积区结缘以来，两地协作不断深化。", "2004"),
        ("pairing", LEAD + "自2016年底开展东西部扶贫协作以来，西青区秉持初心，倾力帮扶麦积区。", "2016-12"),
        ("pairing", LEAD + "今年5月，西青区、麦积区正式确定为对口合作关系。", "2023-05"),
    ],
)
def test_what_a_report_tells_in_passing(kind: str, text: str, date: str) -> None:
    assert date in [e.date_start for e in told(text, kind, "2023-06-20")]


def test_a_welcome_tells_of_a_visit() -> None:
    text = (
        "9月10日，上海市虹口区与云南省文山州东西部协作联席会议在文山举行。\n"
        "州长代表州委、州政府对虹口区党政代表团的到来表示欢迎。"
    )
    (visit,) = told(text, "visit", "2021-09-13")
    assert (visit.from_, visit.to) == (("上海市虹口区",), ("云南省文山壮族苗族自治州",))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("donation", LEAD + "麦积区向西青区赠送锦旗。"),
        ("project", LEAD + "现场开通直播间，讲解产业园区。"),
        ("meeting", LEAD + "自2016年以来，西青区与麦积区先后举行了合作峰会。"),
        ("personnel", LEAD + "西青区不断增强智力帮扶，选派243名专业技术人才到麦积区。"),
        ("pairing", LEAD + "去年，西青区慈善会向对口帮扶贫困县麦积区捐赠100万元。"),
        ("visit", "6月5日，甘肃省天水市麦积区52名干部到对口协作地区天津市西青区进行集中培训。"),
        ("visit", "6月5日，天津市西青区第四批援甘医疗队从天津出发，抵达甘肃省天水市麦积区。"),
    ],
)
def test_more_near_misses(kind: str, text: str) -> None:
    assert told(text, kind) == []


def test_a_year_that_only_names_a_meeting_gives_way_to_the_page() -> None:
    text = "天津市西青区与甘肃省天水市麦积区召开2025年西青·麦积东西部协作联席会议。"
    assert [m.date_start for m in told(text, "meeting", "2025-06-20")] == ["2025-06"]


def test_a_fair_told_again_in_a_caption_is_one() -> None:
    text = (
        "2月2日，天津市西青区在甘肃省天水市麦积区举办东西部劳务协作专场招聘会。\n"
        "2月2日，西青区与麦积区春风行动招聘会现场，60家企业揽才。"
    )
    assert len(told(text, "labor", "2023-02-06")) == 1


def test_news_without_a_day_and_its_dated_ceremony_are_one_gift() -> None:
    text = (
        "近日，三辆校车由天津市西青区捐献给甘肃省天水市麦积区的学校，这是东西部协作的内容。\n"
        "6月3日，麦积区为此举行了捐赠仪式。"
    )
    assert [e.date_start for e in told(text, "donation")] == ["2023-06-03"]


def test_a_ceremony_of_pairing_and_its_signers_are_one() -> None:
    text = (
        "6月5日，天津市西青区企业到甘肃省天水市麦积区石佛镇，举行东西部协作村企结对签约仪式。\n"
        "仪式后，西青区企业分别与石佛镇、花牛镇签订结对帮扶协议。"
    )
    assert len(told(text, "pairing")) == 1


def test_goods_that_travel_and_firms_that_are_urged_pay_no_visit() -> None:
    moved = "6月5日，甘肃省天水市麦积区筹集价值10万元的农副产品驰援东西部协作的天津市西青区。"
    assert told(moved, "visit") == []
    urged = "6月5日，天津市西青区召开东西部协作会议，推动意向企业到甘肃省天水市麦积区投资考察。"
    assert told(urged, "visit") == []


def test_the_hour_of_posting_dates_nothing() -> None:
    text = (
        "6月3日，天津市西青区向东西部协作的甘肃省天水市麦积区捐赠物资。麦积融媒 2023-06-06 14:59\n"
        "据了解，西青区绿岛食品有限公司捐赠了这批生活物资。"
    )
    assert {e.date_start for e in told(text, "donation")} == {"2023-06-03"}


def test_news_of_yesterday_told_again_with_its_day_is_one() -> None:
    text = (
        "昨日,黄平县驻高明区劳务工作站在区就业服务中心揭牌,推进东西部扶贫协作。"
        "\n佛山市高明区与黔东南州黄平县往来密切。\n4月15日,黄平县驻高明区劳务工作站揭牌。"
    )
    events = extract(Article(url="", text=text, title=None, published=None)).events
    assert [(e.type, e.date_start) for e in events] == [("project", "--04-15")]
