"""Firms and universities of no place that help a county: when they were given it, who goes there, misleading names."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def told(text: str) -> tuple[Event, ...]:
    return extract(Article(url="", text=text)).events


@pytest.mark.parametrize(
    ("text", "start", "takers"),
    [
        (
            "自2015年9月承担定点帮扶任务以来,中国远方集团在云南省永德县投入帮扶资金3亿元。",
            "2015-09",
            ("云南省临沧市永德县",),
        ),
        (
            "2016年,中国远方集团新增定点扶贫贵州省雷山县和甘肃省通渭县。",
            "2016",
            ("贵州省黔东南苗族侗族自治州雷山县", "甘肃省定西市通渭县"),
        ),
        ("2018年,中国远方集团被确定为雷山县的定点帮扶单位。", "2018", ("贵州省黔东南苗族侗族自治州雷山县",)),
    ],
)
def test_the_year_a_unit_was_given_a_county(text: str, start: str, takers: tuple[str, ...]) -> None:
    (event,) = (event for event in told(text) if event.type == "pairing")
    assert (event.date_start, event.supporting, event.supported) == (start, (), takers)


def test_a_chairman_tours_counties_of_two_provinces() -> None:
    text = "2023年7月3日、4日,中国远方集团公司总经理陈立先后调研泽库县、通渭县,深入了解公司定点帮扶工作实施情况。"
    (event,) = told(text)
    assert (event.type, event.supporting) == ("visit", ())
    assert event.supported == ("青海省黄南藏族自治州泽库县", "甘肃省定西市通渭县")


@pytest.mark.parametrize(
    "firm", ["甘肃丰源农业有限公司", "四川新天地食品有限公司"], ids=["of the county's province", "of another"]
)
def test_the_place_in_the_name_of_a_firm_helps_nobody(firm: str) -> None:
    text = (
        "2021年12月7日,东方理工大学副校长陈立带领调研组来秦安县开展定点帮扶工作。"
        f"座谈会上,东方理工大学与{firm}签订了农产品采购协议。"
    )
    events = told(text)
    assert {event.type for event in events} >= {"visit", "agreement"}
    assert all(event.supporting == () for event in events)
    assert all(event.supported == ("甘肃省天水市秦安县",) for event in events)


def test_a_helped_county_of_a_rich_province_helps_no_other() -> None:
    text = "2019年,中国远方集团开始对口支援重庆市奉节县,2020年7月3日又在内蒙古巴林左旗捐建小学一所,落实定点帮扶工作。"
    assert all(event.supporting == () for event in told(text))


def test_two_partners_are_paired_by_a_phrase_though_a_firm_is_there() -> None:
    text = "2021年3月5日,江苏省南通市对口帮扶陕西省汉中市的中国远方集团向汉中市捐赠图书3000册,落实定点帮扶工作。"
    (event,) = told(text)
    assert (event.supporting, event.supported) == (("江苏省南通市",), ("陕西省汉中市",))


def test_graduates_who_teach_for_a_year_are_of_their_university() -> None:
    text = "自2015年8月起,我校研究生支教团成员们选择成为支教老师,在陕西省安康市汉阴县开展支教扶贫工作。"
    (event,) = told(text)
    assert (event.type, event.date_start) == ("personnel", "2015-08")
    assert (event.supporting, event.supported) == ((), ("陕西省安康市汉阴县",))


def test_so_many_central_units_help_a_province() -> None:
    text = (
        "2022年,39家中央单位在贵州省50个县做定点帮扶,直接投入资金11.28亿元,选派干部143名。"
        "2022年9月,中国电子出资860万元建的松桃县数字农机服务站开门迎客。"
    )
    found = extract(Article(url="", text=text, published="2023-02-21"))
    (event,) = found.events
    assert (event.type, event.supporting, event.supported) == ("project", (), ("贵州省铜仁市松桃苗族自治县",))
    assert {figure.value for figure in found.figures} >= {39, 50, 1.128e9, 143}
