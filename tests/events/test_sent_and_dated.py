"""People who are sent, and the day of what is told beside other days: one test for each general mechanism."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def told(text: str, published: str, home: str | None = None) -> list[Event]:
    return list(extract(Article(url="", text=text, title="东西部协作动态", published=published), home=home).events)


def dates(kind: str, text: str, published: str, home: str | None = None) -> list[tuple[str | None, str | None]]:
    return [(e.date_start, e.date_end) for e in told(text, published, home) if e.type == kind]


SENT = [
    "3月4日，浙江省湖州市长兴县选派3名校长到四川省广安市武胜县挂职。",
    "3月4日，浙江省湖州市长兴县派出6人医疗小组赴四川省广安市武胜县支医。",
    "3月4日，浙江省湖州市长兴县选派2名园艺师帮扶四川省广安市武胜县的柑橘基地。",
    "3月4日，浙江省湖州市长兴县派出5名农技专家组成的服务团，赴四川省广安市武胜县指导种桑。",
    "3月4日，浙江省湖州市长兴县银龄教师7人抵达四川省广安市武胜县任教。",
]


@pytest.mark.parametrize("text", SENT)
def test_a_counted_team_on_a_known_day_is_sent_whatever_its_trade(text: str) -> None:
    (event,) = told(text, "2022-03-06")
    assert (event.type, event.date_start) == ("personnel", "2022-03-04")
    assert (event.supporting, event.supported) == (("浙江省湖州市长兴县",), ("四川省广安市武胜县",))


@pytest.mark.parametrize(
    "text",
    [
        "3月4日，浙江省湖州市长兴县选派30名学员到四川省广安市武胜县参加对口帮扶培训。",
        "3月4日，四川省广安市武胜县选派30名干部到浙江省湖州市长兴县跟岗，助力东西部协作。",
        "五年来，浙江省湖州市长兴县选派3名校长到四川省广安市武胜县对口帮扶。",
        "浙江省湖州市长兴县选派3名校长、8名园艺师到四川省广安市武胜县对口帮扶。",
    ],
)
def test_trainees_and_totals_are_nobody_sent(text: str) -> None:
    assert dates("personnel", text, "2022-03-06") == []


@pytest.mark.parametrize("posted", ["派驻我县的挂职干部", "派驻武胜县的支教教师", "选派到武胜县的支医专家"])
def test_those_who_were_posted_are_visited_not_sent(posted: str) -> None:
    text = f"3月4日，浙江省湖州市长兴县委书记骆青山率队到四川省广安市武胜县考察，看望了长兴县{posted}。"
    assert [e.type for e in told(text, "2022-03-06", "四川省广安市武胜县")] == ["visit"]


@pytest.mark.parametrize("year", ["2019年该县", "2019年，长兴县", "2019年长兴县教育局"])
def test_a_year_that_opens_the_clause_keeps_background_off_the_day_of_the_news(year: str) -> None:
    text = (
        "6月3日，浙江省湖州市长兴县代表团到四川省广安市武胜县考察东西部协作工作。"
        f"{year}选派支教教师到武胜县，深受好评。"
    )
    assert ("2019-06-03", "2019-06-03") not in dates("personnel", text, "2019-06-05")


def test_a_year_behind_the_undated_news_dates_what_was_done_in_it() -> None:
    text = "近日，浙江省湖州市长兴县向四川省广安市武胜县捐赠桑苗，2019年长兴县选派支教教师到武胜县支教。"
    assert dates("personnel", text, "2021-06-05") == [("2019", "2019")]
    assert dates("donation", text, "2021-06-05") == [("2021-05", "2021-06")]


def test_a_gift_told_behind_one_day_of_a_visit_is_of_that_day() -> None:
    text = (
        "4月9日至11日，浙江省湖州市长兴县委书记骆青山率队到四川省广安市武胜县考察东西部协作工作。\n"
        "4月10日上午，代表团来到武胜县中心小学，了解教学情况。长兴县向武胜县中心小学捐赠图书2000册。"
    )
    assert dates("visit", text, "2021-04-12") == [("2021-04-09", "2021-04-11")]
    assert dates("donation", text, "2021-04-12") == [("2021-04-10", "2021-04-10")]


@pytest.mark.parametrize("lead", ["本报6月18日电 6月16日，", "6月16日，"])
@pytest.mark.parametrize("then", ["当天，", "\n当天，", "记者6月18日获悉，当天，"])
def test_that_day_is_the_day_of_the_report_not_of_its_wire(lead: str, then: str) -> None:
    text = (
        f"{lead}浙江省湖州市长兴县代表团到四川省广安市武胜县考察东西部协作工作。"
        f"{then}长兴县向武胜县捐赠帮扶资金80万元。"
    )
    assert dates("donation", text, "2021-06-18") == [("2021-06-16", "2021-06-16")]


BAIYUN = "广东省广州市白云区"


def test_a_paper_that_names_only_its_partner_is_read_by_the_official_tie() -> None:
    text = "2月20日，我区18家企业在荔波县茂兰镇摆开招聘摊位，带去岗位900个。"
    (event,) = told_plainly(text, BAIYUN)
    assert (event.type, event.supporting) == ("labor", (BAIYUN,))
    assert event.supported[0].startswith("贵州省黔南布依族苗族自治州荔波县")
    assert told_plainly(text, None) == []


def test_a_place_without_a_tie_is_no_partner() -> None:
    assert told_plainly("2月20日，我区18家企业在武安市摆开招聘摊位，带去岗位900个。", BAIYUN) == []


def test_a_leader_who_comes_with_firms_pays_a_visit() -> None:
    text = "2月20日，区工商联主席梁青岳带着6家企业来到荔波县，看园区、谈合作。"
    assert [(e.type, e.from_) for e in told_plainly(text, BAIYUN)] == [("visit", (BAIYUN,))]


def test_what_is_signed_at_the_meeting_just_told_is_signed_then() -> None:
    text = "3月4日，长兴、武胜两县东西部协作联席会议在武胜县举行。会上签下的桑蚕产业合作协议，让武胜蚕茧有了销路。"
    text = text.replace("长兴、武胜两县", "浙江省湖州市长兴县与四川省广安市武胜县")
    assert dates("agreement", text, "2022-03-06") == [("2022-03-04", "2022-03-04")]
    assert dates("agreement", text.replace("会上签下的", "去年签下的"), "2022-03-06") == []


def told_plainly(text: str, home: str | None) -> list[Event]:
    return list(extract(Article(url="", text=text, published="2019-02-22"), home=home).events)


def test_a_papers_own_town_needs_no_county_beside_it() -> None:
    longlin = "广西壮族自治区百色市隆林各族自治县"
    text = "14日，罗湖区政协主席梁青岳一行来到者浪乡走访贫困户，县委副书记骆青山陪同。"
    (event,) = told_plainly(text, longlin)
    assert (event.type, event.from_) == ("visit", ("广东省深圳市罗湖区",))
    assert event.to[0].startswith(longlin)


@pytest.mark.parametrize(
    "text",
    [
        "3月4日，浙江省湖州市长兴县12名支教教师跨越2000多公里，顺利抵达四川省广安市武胜县。",
        "3月4日，浙江省湖州市长兴县第二批5名医务人员历经十小时车程，平安抵达四川省广安市武胜县。",
        "3月4日，浙江省湖州市长兴县9名教师组成支教团，奔赴四川省广安市武胜县。",
        "3月4日，浙江省湖州市长兴县8名援川教师踏上征程，前往四川省广安市武胜县。",
    ],
)
def test_a_team_sets_off_or_arrives_behind_a_comma(text: str) -> None:
    (event,) = [e for e in told(text, "2022-03-06") if e.type == "personnel"]
    assert (event.date_start, event.supported) == ("2022-03-04", ("四川省广安市武胜县",))


def test_a_duty_and_a_director_are_nobody_taking_up_a_post() -> None:
    text = "2021年3月，四川省广安市武胜县援川干部胸怀强烈的责任感，浙江省湖州市长兴县主任医师很受欢迎。"
    assert dates("personnel", text, "2022-03-06") == []


def test_a_summary_that_repeats_the_lead_tells_nothing_new() -> None:
    lead = "2021年3月，浙江省湖州市第三批援川医疗队怀着热情来到四川省广安市武胜县，开始新的工作。"
    assert dates("personnel", f"{lead}\n{lead}", "2022-03-06") == [("2021-03", "2021-03")]


@pytest.mark.parametrize(
    "told_of", ["介绍了2021年以来的协作情况", "汇报了2020年至2021年工作", "回顾了2019年以来的帮扶成效"]
)
def test_the_years_a_report_covers_date_nothing_behind_it(told_of: str) -> None:
    text = (
        "3月4日，浙江省湖州市长兴县党政代表团赴四川省广安市武胜县考察东西部协作。"
        f"座谈会上，双方{told_of}，并签订《2022年东西部协作协议》。"
    )
    assert dates("agreement", text, "2022-03-06") == [("2022-03-04", "2022-03-04")]


def test_this_year_is_not_the_year_of_a_scene_gone_by() -> None:
    text = (
        "3月4日，浙江省湖州市长兴县的武胜特产馆顾客盈门。2021年5月，长兴县与四川省广安市武胜县签订东西部协作协议。"
        "今年长兴县已选派16名医生到武胜县支援交流。"
    )
    assert [e.type for e in told(text, "2022-03-06")] == ["agreement"]
