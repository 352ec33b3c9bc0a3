"""Two sides that are told as a couple while nothing says who helps whom: the giver comes first by custom."""

from __future__ import annotations

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def told(text: str, title: str | None = None) -> dict[str, Event]:
    return {e.type: e for e in extract(Article(url="", text=text, title=title, published="2018-08-20")).events}


@pytest.mark.parametrize(
    "couple",
    [
        "繁昌县与太湖县开展县域结对帮扶工作两年来,成效明显。",
        "繁昌县—太湖县结对帮扶取得成效。",
        "繁昌县和太湖县两县各有优势,要推进结对帮扶。",
    ],
)
def test_a_county_of_the_same_province_that_comes_to_ours(couple: str) -> None:
    events = told(f"8月15日,繁昌县委副书记秦志远率有关部门负责同志一行来我县调研结对帮扶工作。{couple}")
    assert events["visit"].supporting == ("安徽省芜湖市繁昌县",)
    assert events["visit"].to == ("安徽省安庆市太湖县",)


def test_those_who_go_from_a_paper_that_names_no_place_are_of_the_other_county() -> None:
    events = told(
        "9月15日—17日,县长文静、县人大常委会副主任洪海赴凤台县对接结对帮扶工作。"
        "凤台县与石台县结对帮扶以来,两地往来密切,我县发展迅速。"
    )
    assert (events["visit"].from_, events["visit"].to) == (("安徽省池州市石台县",), ("安徽省淮南市凤台县",))


def test_leaders_of_both_sides_go_to_a_place_of_the_one() -> None:
    events = told("2月26日,福州·宁德山海协作工作座谈会在宁德召开。会前,两市领导前往寿宁县考察。")
    assert events["visit"].to == ("福建省宁德市寿宁县",)
    assert events["meeting"].supporting == ("福建省福州市",)


def test_universities_help_one_that_only_calls_itself_ours() -> None:
    events = told(
        "9月19日,教育对口支援西藏工作会议期间,我院与河海大学签订了对口支援合作协议。河海大学等支援高校的代表出席。"
    )
    assert (events["agreement"].supporting, events["agreement"].supported) == ((), ("西藏自治区",))


def test_who_is_met_in_a_list_over_several_clauses() -> None:
    events = told(
        "9月11日,北京市丰台区代表团赴兴安盟扎赉特旗考察,与副盟长孟涛,旗委书记姜虎,旗长赵喜等就东西部协作进行了座谈交流。"
    )
    assert events["meeting"].date_start == "2018-09-11"


def test_sixteen_villages_that_sign_at_a_meeting_are_paired_then() -> None:
    text = "日前,来自常平镇、谢岗镇的16个企业,与玉屏县16个行政村签订了东西部协作结对协议。"
    assert told(text)["pairing"].supported == ("贵州省铜仁市玉屏侗族自治县",)


def test_signed_on_the_spot_so_many_projects() -> None:
    events = told("5月28日,宁夏代表团在厦门举行闽宁协作恳谈会,并现场签约37个协作项目。")
    assert events["agreement"].date_start == "2018-05-28"
