"""A side that only calls itself 我校, 我院 or 我市: its events are told with the other side alone."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def told(text: str) -> tuple[Event, ...]:
    return extract(Article(url="", text=text, published="2022-03-10")).events


@pytest.mark.parametrize(
    ("text", "kind", "taker"),
    [
        (
            "3月5日,学校党委副书记范宏率队赴凉山州美姑县调研,实地了解我校定点帮扶工作。",
            "visit",
            "四川省凉山彝族自治州美姑县",
        ),
        (
            "3月5日,我院派出5名医生赴云南省怒江州福贡县人民医院开展对口支援工作。",
            "personnel",
            "云南省怒江傈僳族自治州福贡县",
        ),
        (
            "3月5日,区委书记李明率我区代表团在陕西汉中西乡县考察,看望挂职干部,我区与西乡县结对帮扶。",
            "visit",
            "陕西省汉中市西乡县",
        ),
    ],
)
def test_who_helps_may_stay_unnamed(text: str, kind: str, taker: str) -> None:
    (event,) = (event for event in told(text) if event.type == kind)
    assert (event.date_start, event.supporting, event.supported) == ("2022-03-05", (), (taker,))
    assert event.confidence != "high" or event.type == "visit"
    assert all("〇" not in place.name for place in event.places)


@pytest.mark.parametrize(
    "text",
    [
        "3月5日,天水市副市长李明到我区调研东西部协作工作。",
        "3月5日,我县召开东西部协作推进会。",
        "3月5日,我市党政代表团赴深圳市招商,推动乡村振兴和帮扶产业发展。",
        "3月5日,县委书记李明到我县石门镇调研结对帮扶工作。",
    ],
)
def test_ones_own_affairs_and_superiors_are_no_second_side(text: str) -> None:
    assert told(text) == ()


def test_our_city_is_not_the_one_it_is_paired_with() -> None:
    text = (
        "3月4日至5日,副市长袁康率领市府办负责人等9人,到云南省昭通市开展结对对接工作。"
        "我市由石岐区、中山市小榄镇分别结对云南省昭通市的盐津县、绥江县。"
    )
    found = extract(Article(url="", text=text, published="2017-03-10")).events
    assert [(e.from_, e.to) for e in found if e.type == "visit"] == [(("广东省中山市",), ("云南省昭通市",))]


def test_a_firm_of_no_place_helps_the_county_it_is_posted_to() -> None:
    text = (
        "3月28日，东方重工集团副总经理骆青山率队到四川省凉山州昭觉县开展定点帮扶调研。\n"
        "双方举行定点帮扶捐赠协议签约仪式，东方重工集团向昭觉县捐赠200万元。"
    )
    events = extract(Article(url="", text=text, published="2022-03-31")).events
    assert {e.type for e in events} >= {"visit", "agreement", "donation"}
    assert {e.supporting for e in events} == {()}
    gift = next(e for e in events if e.type == "donation")
    assert gift.supported == ("四川省凉山彝族自治州昭觉县",)
    assert "东方重工集团" in gift.organizations


def test_a_firm_that_is_only_visited_helps_nobody() -> None:
    text = "3月28日，东方重工集团在四川省凉山州昭觉县投资建厂。"
    assert extract(Article(url="", text=text, published="2022-03-31")).events == ()


def test_a_team_of_ours_arrives_and_pays_no_visit() -> None:
    events = told("2月13日,我院第一批对口支援医疗队一行5人如期抵达受援单位汉阴县人民医院,并与该院领导座谈。")
    kinds = {event.type: event for event in events}
    assert "visit" not in kinds
    assert (kinds["personnel"].supporting, kinds["personnel"].supported) == ((), ("陕西省安康市汉阴县",))


def test_a_party_branch_that_sends_a_group_to_call_on_families_pays_a_visit() -> None:
    text = "3月5日,广州市天河区工商联派出工作组到毕节市大方县开展慰问活动,推进东西部协作。"
    assert {event.type for event in told(text)} == {"visit"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("3月5日,深圳市农产品集团与9个对口帮扶地区签订购销协议,协议金额2亿元。", ["agreement"]),
        ("3月5日,北京市对口支援地区特色产品展销会在北京市昌平区开幕。", ["consumption"]),
        ("3月5日,深圳市召开对口帮扶工作推进会,要求支持9个对口帮扶地区。", []),
        ("3月5日,深圳市医生培训班开班。今年深圳市帮扶9个对口帮扶地区。", []),
        ("3月5日,深圳市与兄弟城市签订合作协议。", []),
    ],
)
def test_regions_that_are_only_counted(text: str, kinds: list[str]) -> None:
    events = told(text)
    assert [event.type for event in events] == kinds
    assert all(event.supporting and not event.supported for event in events)
