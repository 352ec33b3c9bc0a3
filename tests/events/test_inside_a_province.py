"""Cooperation inside one province, couples told in a row, and wordings of schools, money and fairs."""

from __future__ import annotations

import pytest

from crawler.events import extract
from crawler.facts import find_facts
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


def test_a_province_first_to_help_is_not_paired_then() -> None:
    text = "山东对口支援北川县。5月20日,山东成为第一个抵达北川县开展对口支援的省份。"
    assert not [e for e in told(text) if e.type == "pairing"]


@pytest.mark.parametrize(
    "text",
    [
        "6月12日,佳木斯市代表团到佛山市对接对口合作。双方就产业合作签订《对口合作框架协议》达成意向。",
        "6月12日,章丘区举行东西部协作活动。章丘区与武隆区加强合作,推动企业与2个乡镇签订协作协议。",
        "4月8日,四川省培训班在浙江省杭州市开班。浙川东西部协作不断深化。去年,双方达成扶贫协作协议。",
    ],
)
def test_what_is_intended_urged_or_of_an_unknown_year_is_not_signed(text: str) -> None:
    found = extract(Article(url="", text=text, title=None, published=None)).events
    assert not [e for e in found if e.type == "agreement"]


def test_what_all_places_do_is_no_event() -> None:
    text = "6月12日,南京市与陇西县对接东西部协作。今年年初,各地积极组织包车、专列,助力企业早开工。"
    assert not [e for e in told(text) if e.type in ("labor", "project")]


def test_workers_who_arrive_are_counted_ones() -> None:
    text = "6月12日,陇西县东西部协作大巴跨越1500公里,载着48名务工人员安全抵达南京。"
    assert one("labor", text).date_start == "2023-06-12"


def test_a_signed_agreement_to_help_pairs() -> None:
    text = "今年5月,衢江区与平武县签署《东西部协作框架协议》对口帮扶平武,衢江区随后送来物资。"
    assert one("pairing", text).supported == ("四川省绵阳市平武县",)


def test_our_city_is_not_where_its_delegation_goes() -> None:
    text = "6月5日,我市代表团赶赴天津和杭州两个对口合作城市开展对接。长春市与天津市、杭州市加强对口合作。"
    assert one("visit", text).from_ == ("吉林省长春市",)


def test_our_province_is_not_the_one_it_is_named_with() -> None:
    text = "6月5日,佳木斯市长带队到佛山市对接对口合作。佛山市与佳木斯市、我省与广东省的对口合作将继续深入。"
    assert {e.from_ for e in told(text) if e.type == "visit"} == {("黑龙江省佳木斯市",)}


def test_a_delegation_goes_to_the_place_behind_its_helper() -> None:
    text = (
        "6月5日,由省委常委陈国栋率领的省委、省政府慰问团来到浙江对口支援的青海海西州,慰问我省援青干部。"
        "浙江援建的海西州图书馆开馆。"
    )
    visit = one("visit", text)
    assert (visit.from_, visit.to) == (("浙江省",), ("青海省海西蒙古族藏族自治州",))


def test_a_speaker_tells_of_a_journey_that_was_made() -> None:
    text = (
        "6月5日,牡丹江市与东莞市对口合作座谈会举行。"
        "东莞市长李广田表示,5月20日他率领东莞市代表团到牡丹江市进行了考察交流。"
    )
    assert one("visit", text).date_start == "2023-05-20"


def test_the_day_of_posting_with_its_lunar_day_dates_nothing() -> None:
    text = (
        "北京时间2023年6月14日(农历2023年4月27日),星期三,江北区代表团赴莲都区开展山海协作。\n"
        "6月5日,宁波市江北区党政代表团赴丽水市莲都区开展山海协作。\n"
        "当天,代表团走访大港头镇。双方签订了山海协作协议。"
    )
    assert {e.date_start for e in told(text)} == {"2023-06-05"}


def test_both_governments_are_the_main_parties() -> None:
    text = (
        "6月5日至6日,宁波市江北区党政代表团赴丽水市缙云县开展山海协作。"
        "会上,洪塘街道与壶镇镇、慈城镇与新建镇举行了结对仪式,两地政府签订山海协作协议。"
    )
    agreement = one("agreement", text)
    assert (agreement.supporting, agreement.supported) == (("浙江省宁波市江北区",), ("浙江省丽水市缙云县",))


def test_a_part_of_the_money_does_not_name_who_gets_it() -> None:
    text = "6月12日,佛山市将东西部协作资金划拨到凉山州财政局(其中定向支持美姑县2000万元)。"
    assert one("funding", text).supported == ("四川省凉山彝族自治州",)


def test_money_handed_over_by_jiang_is_not_still_to_come() -> None:
    text = "6月12日,佛山市财政局将新增东西部协作资金1.7亿元划拨到凉山州财政局。"
    assert [amount.value_cny for amount in one("funding", text).amounts] == [170_000_000.0]


def test_offices_and_years_of_company_are_no_quantities() -> None:
    facts = find_facts("年初,9部门联合开展行动。两地携手走过了4个年头,派出12名干部。")
    assert [(q.value, q.unit) for q in facts.quantities] == [(12, "名")]


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("今年是全国对口支援西藏30周年", "2024-06-05"),
        ("今年是闽宁协作25周年", "2021-06-05"),
        ("今年是汶川特大地震十周年", "2018-06-05"),
        ("正值西藏自治区成立60周年", "2025-06-05"),
    ],
)
def test_an_anniversary_tells_the_year(phrase: str, day: str) -> None:
    text = f"6月5日,苏州市代表团到拉萨市林周县考察对口支援工作。{phrase}。"
    (visit,) = [e for e in extract(Article(url="", text=text, title=None, published=None)).events if e.type == "visit"]
    assert visit.date_start == day
