"""Pairings told only by a year: two sides go on together since it, more of them join, or the years are counted."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def pairings(text: str, published: str = "2023-06-15") -> list[Event]:
    read = extract(Article(url="", text=text, title=None, published=published))
    return [event for event in read.events if event.type == "pairing"]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("自1996年开始,江苏与陕西东西部协作已走过27个年头。", "1996"),
        ("2013年以来,上海市对口帮扶遵义市,两地干部常来常往。", "2013"),
        ("自2016年起,天津市河西区与甘肃省庄浪县开展东西部扶贫协作,结下深情厚谊。", "2016"),
        ("2017年至2020年,广州市对口帮扶毕节市,投入资金10亿元。", "2017"),
        ("自1996年以来,苏陕两省坚持高层互访,携手奔小康。", "1996"),
        ("2016年以来,东西部扶贫协作把杭州市和恩施州紧紧连在一起。", "2016"),
        ("2021年5月,山东省在原先结对重庆市14个区县的基础上,新增结对县2个。", "2021-05"),
        ("2021年起,江苏省对青海省的协作范围扩大到全省。", "2021"),
        ("今年是宁波市与凉山州结对帮扶的第三年。", "2021"),
        ("今年是收官之年,也是湛江市吴川市、柳州市三江县两地协作的第七年。", "2017"),
        ("自2017年以来,聊城市与彭水县通过开展产业、劳务、人才等方面的合作,深化结对帮扶。", "2017"),
        ("始于2016年的天津市河西区与甘肃省庄浪县东西部协作,已进入第七个年头。", "2016"),
        ("2021年是深圳市与河池市开展粤桂协作的开局之年。", "2021"),
        ("北京市从2010年地震后就一直对口援助玉树州,帮助灾区群众重建家园。", "2010"),
        ("杭州与恩施的对口帮扶始于2013年。", "2013"),
        ("按照中央部署,2016年中央确定由青岛市协作帮扶陇南市。", "2016"),
        ("2021年,东西部协作结对关系调整,由江苏省盐城市结对帮扶陕西省铜川市。", "2021"),
        ("2021年4月,佛山市高明区接过接力棒,与施秉县开展东西部协作。", "2021-04"),
    ],
)
def test_two_sides_told_with_the_year_their_aid_began_are_paired(text: str, year: str) -> None:
    (event,) = pairings(text)
    assert (event.date_start, event.date_end, event.background) == (year, year, True)
    assert len(event.supporting) == len(event.supported) == len(event.pairs) == 1


@pytest.mark.parametrize(
    "text",
    [
        "2016年以来,苏州市累计投入帮扶铜仁市资金20亿元。",
        "2019年以来,苏州、铜仁两地互访考察500批。",
        "自2019年以来,天津市河西区与甘肃省庄浪县围绕东西部协作,签订协议5个。",
        "2018年以来,青岛市选派干部30名到陇南市挂职,开展东西部扶贫协作。",
        "2017年以来,青岛市向陇南市投入东西部协作资金5亿元,实施项目200个。",
        "2021年,江苏省与青海省的消费协作金额扩大到8亿元。",
        "从2025年起,今后宁波市与凉山州将开展结对帮扶。",
    ],
)
def test_what_the_years_brought_is_no_beginning(text: str) -> None:
    assert [event for event in pairings(text) if event.status == "done"] == []


def test_a_bond_and_new_givers_have_the_year_they_are_told_with() -> None:
    (bond,) = pairings("早在1996年,宁波就与黔西南州结下了对口帮扶的情谊。")
    assert (bond.date_start, bond.supported) == ("1996", ("贵州省黔西南布依族苗族自治州",))
    (new,) = pairings("2013年2月,国务院办公厅印发意见,新增上海、苏州、杭州、广州4个东部城市对口帮扶贵州。")
    assert (new.date_start, len(new.supporting), new.supported) == ("2013-02", 4, ("贵州省",))


def test_a_beginning_told_twice_with_one_year_is_one_pairing() -> None:
    text = "自2021年两地正式建立对口协作关系以来,东莞市樟木头镇与铜仁市江口县东西部协作不断深化。"
    assert len(pairings(text)) == 1


def test_two_places_that_only_call_themselves_both_are_bound_in_a_year() -> None:
    (event,) = pairings("2016年,两地正式牵手。青岛市与陇南市的东西部扶贫协作走过多年。")
    assert (event.date_start, event.supporting) == ("2016", ("山东省青岛市",))


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("自2016年开始,广东省廉江市人民医院就对广西融水县人民医院进行了全面帮扶。", "2016"),
        ("烟台与巫山结对从2010年鲁渝协作算起已有十四个年头,山东烟台市派出医生到重庆市巫山县。", "2010"),
        ("两地自2021年结对以来,山东省东营市垦利区已向重庆市酉阳县投入资金2300万元。", "2021"),
        ("福建省厦门市与甘肃省临夏州的情缘始于2010年。", "2010"),
        ("2020年,上海市浦东新区东明路街道与云南省大理州剑川县弥沙乡正式“攀亲”。", "2020"),
    ],
)
def test_more_ways_to_tell_the_year_of_a_pair(text: str, year: str) -> None:
    found = extract(Article(url="", text=text)).events
    assert [(e.type, e.date_start) for e in found if e.type == "pairing"] == [("pairing", year)]
