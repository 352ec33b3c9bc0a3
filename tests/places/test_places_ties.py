"""Official ties through time, parents and children."""

import pytest

from crawler.places import tie_on, ties_of


@pytest.mark.parametrize(
    ("date", "donor", "recipient", "label"),
    [
        ("2018-05", "广东省佛山市", "四川省凉山彝族自治州", "in-pairing"),
        ("2022-05", "广东省佛山市", "四川省凉山彝族自治州", "other-tie"),
        ("2022-05", "广东省佛山市", "贵州省黔东南苗族侗族自治州", "in-pairing"),
        ("2018-05", "广东省佛山市", "贵州省黔东南苗族侗族自治州", "other-tie"),
        ("2019-05", "山东省济南市", "湖南省湘西土家族苗族自治州", "in-pairing"),
        ("2019-05", "山东省济南市", "湖南省湘西土家族苗族自治州花垣县", "in-pairing"),
        ("2015-05", "福建省", "西藏自治区林芝地区", "in-pairing"),
        ("2019-05", "福建省", "西藏自治区林芝市", "other-tie"),
        ("2019-05", "福建省福州市", "西藏自治区昌都市八宿县", "in-pairing"),
        ("2015-05", "上海市", "湖北省宜昌市夷陵区", "in-pairing"),
        ("1998-05", "上海市", "湖北省宜昌市宜昌县", "in-pairing"),
        ("2019-05", "江苏省", "青海省海南藏族自治州", "in-pairing"),
        ("2019-05", "江苏省", "海南省", "unknown"),
        ("2019-05", "浙江省", "黑龙江省", "unknown"),
        ("2014-05", "广东省中山市", "广东省潮州市", "in-pairing"),
        ("2014-05", "广东省广州市天河区", "广东省梅州市兴宁市", "in-pairing"),
        ("2010-05", "广东省中山市", "广东省潮州市", "other-tie"),
    ],
)
def test_tie_on_a_date(date, donor, recipient, label):
    assert tie_on(date, donor, recipient).label == label


def test_a_tie_names_scheme_and_certainty():
    tie = tie_on("2017-12", "440308", "451027")
    assert (tie.label, tie.scheme) == ("in-pairing", "东西部扶贫协作")
    assert tie.certainty in {"A", "B", "C"}


def test_a_date_without_a_year_is_none():
    pair = "广东省佛山市", "四川省凉山彝族自治州"
    assert tie_on("--07-29", *pair) == tie_on("---21", *pair) == tie_on(None, *pair)
    assert tie_on("--07-29", *pair).label == "in-pairing"


def test_a_gift_the_other_way_is_still_inside_the_pairing():
    assert tie_on("2020-02", "贵州省铜仁市", "江苏省苏州市").label == "in-pairing"


def test_places_nobody_knows_have_no_tie():
    assert tie_on("2020", "000000", "贵州省").label == "unknown"
    assert tie_on(None, "不存在县", "贵州省").label == "unknown"


def test_ties_of_a_county_include_those_of_its_parents():
    rows = ties_of("贵州省黔东南苗族侗族自治州黎平县", "2022")
    assert {r.donor for r in rows} == {"广东省", "广东省佛山市"}
    assert all(r.source and r.certainty in {"A", "B", "C"} for r in ties_of("520000"))
