"""Official ties through time, parents and children."""

from itertools import combinations

import pytest

from crawler.places import gazetteer, tie_on, ties_of
from crawler.places.ties import tie_rows


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
        ("2023-10", "广东省深圳市福田区", "江西省赣州市兴国县", "in-pairing"),
        ("2015-05", "广东省深圳市", "江西省赣州市", "other-tie"),
        ("2022-01", "上海市松江区", "安徽省六安市金寨县", "in-pairing"),
        ("2024-05", "北京市丰台区", "湖北省十堰市张湾区", "in-pairing"),
        ("2016-03", "江苏省镇江市", "江苏省连云港市", "in-pairing"),
        ("2024-03", "江苏省镇江市", "江苏省连云港市", "other-tie"),
        ("2024-03", "江苏省无锡市江阴市", "江苏省连云港市灌云县", "in-pairing"),
        ("2018-06", "天津市武清区", "河北省承德市围场满族蒙古族自治县", "in-pairing"),
        ("2019-06", "浙江省绍兴市越城区", "四川省乐山市马边彝族自治县", "in-pairing"),
        ("2020-06", "浙江省衢州市江山市", "浙江省绍兴市柯桥区", "in-pairing"),
        ("2023-06", "江苏省南通市", "黑龙江省齐齐哈尔市", "unknown"),
        ("2023-06", "广东省广州市", "黑龙江省齐齐哈尔市", "in-pairing"),
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


def test_every_row_has_a_source_a_certainty_and_sound_dates():
    for row in tie_rows():
        assert row.source, row
        assert row.certainty in {"A", "B", "C"}, row
        assert row.valid_from or row.valid_to, row
        assert not (row.valid_from and row.valid_to) or row.valid_from < row.valid_to, row


def test_both_sides_of_a_row_are_two_places_neither_inside_the_other():
    g = gazetteer()
    for row in tie_rows():
        assert row.donor_unit != row.recipient_unit, row
        assert row.donor_unit not in g.lineage(row.recipient_unit), row
        assert row.recipient_unit not in g.lineage(row.donor_unit), row


def test_the_level_of_a_row_is_that_of_its_recipient():
    g = gazetteer()
    for row in tie_rows():
        assert row.level in {unit.level for unit in g.rows(row.recipient_unit)}, row


def test_a_pair_stands_once_in_a_scheme_at_a_time():
    found = {}
    for row in tie_rows():
        found.setdefault((row.scheme, row.donor_unit, row.recipient_unit), []).append(row)
    for rows in found.values():
        for a, b in combinations(sorted(rows, key=lambda row: row.valid_from or ""), 2):
            assert (a.valid_to or "9999") <= (b.valid_from or ""), (a, b)
