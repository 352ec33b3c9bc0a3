"""Sides of events: who travels behind a relative clause, whose turn is over, where people only land or meet."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def told(text: str, title: str | None = None) -> list[Event]:
    return list(extract(Article(url="", text=text, title=title, published="2023-06-30")).events)


def one(kind: str, text: str, title: str | None = None) -> Event:
    (found,) = [e for e in told(text, title) if e.type == kind]
    return found


LIANGSHAN = "四川省凉山彝族自治州"


@pytest.mark.parametrize(
    "words",
    [
        "宁波市市长林知远会见了由凉山州委书记阿尔文率领的凉山州党政代表团一行",
        "宁波市市长林知远会见四川省凉山州州长阿尔文一行",
        "林知远在宁波接见了由州长阿尔文带队的凉山州党政代表团",
        "宁波市热情接待了凉山州党政代表团一行",
        "宁波市迎来了四川客人:凉山州党政代表团",
        "由州委书记阿尔文率领的凉山州党政代表团在宁波市考察",
    ],
)
def test_whoever_is_received_has_travelled(words: str) -> None:
    visit = one("visit", f"6月5日,{words},双方就东西部协作工作进行了交流。")
    assert (visit.from_, visit.to) == ((LIANGSHAN,), ("浙江省宁波市",))
    assert (visit.supporting, visit.supported) == (("浙江省宁波市",), (LIANGSHAN,))


def test_a_reception_within_a_journey_is_no_visit_of_its_own() -> None:
    received = "6月9日下午,宁波市市长林知远会见了凉山州州长阿尔文一行。"
    journey = "{}凉山州党政代表团赴宁波市考察东西部协作工作。"
    for days, start in (("6月8日,", "2023-06-08"), ("6月8日至10日,", "2023-06-08")):
        for text in (received + journey.format(days), journey.format(days) + received):
            assert one("visit", text).date_start == start
    earlier = told(received + journey.format("3月2日至4日,"))
    assert sorted(e.date_start or "" for e in earlier if e.type == "visit") == ["2023-03-02", "2023-06-09"]


def test_travellers_listed_together_all_travel() -> None:
    visit = one("visit", "6月5日,甘肃省临洮县、渭源县党政代表团赴福州市晋安区考察东西部协作工作。")
    assert visit.from_ == ("甘肃省定西市临洮县", "甘肃省定西市渭源县")


@pytest.mark.parametrize("words", ["之后又去三门县考察", "随后赴三门县考察", "再转赴三门县考察"])
def test_two_stops_of_one_journey_are_one_visit(words: str) -> None:
    visit = one("visit", f"6月5日,苍溪县党政代表团到杭州市余杭区考察,{words},交流东西部协作工作。")
    assert visit.to == ("浙江省杭州市余杭区", "浙江省台州市三门县") == visit.supporting


@pytest.mark.parametrize(
    "words",
    ["佛山市“接棒”杭州市,结对帮扶黔东南州", "黔东南州的帮扶城市由杭州市调整为佛山市,佛山市结对帮扶黔东南州"],
)
def test_whoever_has_handed_over_helps_no_longer(words: str) -> None:
    text = f"根据国家东西部协作工作部署,2021年,{words}。6月5日,佛山市·黔东南州东西部协作联席会议召开。"
    assert all(e.supporting == ("广东省佛山市",) for e in told(text))


def test_where_a_plane_lands_sends_nobody() -> None:
    text = (
        "6月5日,湖南省衡阳市选派的18名援疆教师圆满完成支教任务,由乌鲁木齐飞抵长沙黄花国际机场。"
        "2022年9月,衡阳市18名教师前往新疆鄯善县、托克逊县支教。"
    )
    assert {e.supporting for e in told(text)} == {("湖南省衡阳市",)}
    assert not any("乌鲁木齐" in name for e in told(text) for name in e.supported)


def test_a_venue_is_less_of_a_side_than_who_is_named() -> None:
    text = "6月5日,浙川东西部协作(广安)投资推介会在浙江杭州举行,广安签约项目27个。今后,浙江湖州、广安两地将深化合作。"
    assert one("meeting", text, "广安赴浙推介").supporting != ("浙江省杭州市",)


def test_a_fair_for_two_provinces_is_not_of_its_venue() -> None:
    text = "6月5日,粤桂扶贫协作消费扶贫活动暨广西农产品交易会在广东省广州开幕。"
    assert one("consumption", text).supporting == ("广东省",)


def test_two_provinces_that_sign_do_so_for_themselves() -> None:
    text = (
        "2021年5月,福建省与宁夏回族自治区签订东西部协作框架协议。福清市与西吉县结对帮扶。"
        "一年来,福清市帮助西吉县建成帮扶车间,福清市组织西吉县农产品展销。"
    )
    agreement = one("agreement", text, "福清与西吉:山海情深")
    assert (agreement.supporting, agreement.supported) == (("福建省",), ("宁夏回族自治区",))


def test_a_city_and_its_district_named_together_both_give() -> None:
    text = "6月5日,上海市及嘉定区向对口帮扶的大姚县捐赠价值200万元的物资。"
    assert one("donation", text).supporting == ("上海市", "上海市嘉定区")


def test_a_park_stands_for_its_city() -> None:
    text = "6月5日,古丈县与济南高新区签订东西部协作协议。"
    assert one("agreement", text).supporting == ("山东省济南市",)


def test_a_group_of_towns_stands_for_its_city() -> None:
    text = "6月5日,贵州省盘州市党政代表团到中山市小榄组团开展东西部协作考察交流。"
    assert one("visit", text).to == ("广东省中山市",)


def test_mutual_help_is_no_county() -> None:
    text = "10月22日,闽宁互学互助对口协作第十六次联席会议在福州召开。"
    assert one("meeting", text).supported == ("宁夏回族自治区",)


def test_a_fair_in_our_county_is_not_of_the_guests_county() -> None:
    text = "6月5日,海原县农特产品产销对接会在我县举行。漳浦县工信局、农业农村局协办。闽宁协作不断深化。"
    assert {e.supporting for e in told(text)} == {("福建省漳州市漳浦县",)}
