"""Cooperation inside one province, couples told in a row, and wordings of schools, money and fairs."""

from __future__ import annotations

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def told(text: str, title: str | None = None) -> list[Event]:
    return list(extract(Article(url="", text=text, title=title, published="2023-06-15")).events)


def one(kind: str, text: str) -> Event:
    (event,) = [e for e in told(text) if e.type == kind]
    return event


def test_couples_of_towns_in_a_row_are_no_list_of_one_side() -> None:
    text = (
        "6月5日至6日,江北区党政代表团赴缙云县开展山海协作。宁波市江北区委书记陈立群带队。"
        "6月6日,江北区—丽水市缙云县山海协作联席会议召开。"
        "会上,洪塘街道与壶镇镇、慈城镇与新建镇、庄桥街道与舒洪镇签订结对协议。"
    )
    assert {e.type for e in told(text)} == {"visit", "meeting", "agreement", "pairing"}
    visit = one("visit", text)
    assert (visit.supporting, visit.supported) == (("浙江省宁波市江北区",), ("浙江省丽水市缙云县",))


def test_cities_paired_one_by_one_need_no_date() -> None:
    pairing = one("pairing", "江苏省内,按照新一轮部署,南京、苏州分别对口帮扶淮安、宿迁。")
    assert pairing.date_start is None
    assert pairing.pairs == (("江苏省淮安市", "江苏省南京市"), ("江苏省宿迁市", "江苏省苏州市"))


def test_couples_told_before_are_the_pairs() -> None:
    text = "2001年5月,江苏省决定帮扶苏北,南京与淮安、苏州与宿迁、镇江与连云港,苏南三市与苏北三市一一挂钩。"
    assert one("pairing", text).pairs == (
        ("江苏省淮安市", "江苏省南京市"),
        ("江苏省宿迁市", "江苏省苏州市"),
        ("江苏省连云港市", "江苏省镇江市"),
    )


def test_many_of_one_side_are_given_many_of_the_other() -> None:
    text = "地震发生后,浙江全面投入重建。浙江省安排了10个市和20个县,对口支援青川县30个乡镇。"
    assert one("pairing", text).supported == ("四川省广元市青川县",)


def test_those_already_paired_fix_projects() -> None:
    text = "广东对口支援汶川县。到4月30日,15个对口援建省市已经确定对口援建项目2100个。"
    assert not [e for e in told(text) if e.type == "pairing"]


@pytest.mark.parametrize(
    "told_as",
    ["结成“姊妹校园”", "成为友好结对学校", "结为姐妹校", "成为结对帮扶学校", "结为手拉手友好学校", "结成兄弟学校"],
)
def test_schools_are_paired_in_many_words(told_as: str) -> None:
    text = f"浙江省德清县与四川省木里县开展东西部协作。德清县实验学校与木里县列瓦乡小学{told_as}。"
    assert one("pairing", text).supporting == ("浙江省湖州市德清县",)


def test_what_began_since_a_year_is_dated_by_it() -> None:
    text = "2019年以来,丹寨县深化东西部协作,县内学校与浙江省杭州市滨江区实验小学结成姊妹学校。"
    assert one("pairing", text).date_start == "2019"


@pytest.mark.parametrize("paid", ["划拨到", "拨付给", "下拨到", "汇至", "划转到"])
def test_money_behind_jiang_is_paid(paid: str) -> None:
    text = f"6月12日,佛山市财政局将2023年东西部协作新增财政援助资金1.2亿元{paid}凉山州财政局。"
    assert one("funding", text).status == "done"


def test_a_months_fair_of_aided_goods_is_held() -> None:
    text = "6月12日,江苏省与对口支援的秭归县在南京开展江苏消费扶贫月首场活动。"
    assert one("consumption", text).status == "done"


def test_a_job_fair_was_held_in_any_form_of_the_verb() -> None:
    text = "6月12日,上海市与遵义市播州区东西部协作企业举行了首场劳务协作专场招聘会。"
    assert one("labor", text).date_start == "2023-06-12"


def test_a_committee_that_signs_does_not_countersign() -> None:
    text = "6月12日,平阳县与吉林市船营区管委会签订《建立对口合作关系框架协议》。"
    assert {e.type for e in told(text)} >= {"agreement", "pairing"}
