"""The gazetteer: renames, upgrades and recodings through time, names, parents, centroids."""

import pytest

from crawler.places import gazetteer
from crawler.places.forms import short_forms


@pytest.mark.parametrize(
    ("name", "on", "full"),
    [
        ("开县", "1996", "四川省万县市开县"),
        ("开县", "2010", "重庆市开县"),
        ("开州区", "2018", "重庆市开州区"),
        ("黔西县", "2019", "贵州省毕节市黔西县"),
        ("黔西市", "2022", "贵州省毕节市黔西市"),
        ("兴仁县", "2017", "贵州省黔西南布依族苗族自治州兴仁县"),
        ("兴仁市", "2019", "贵州省黔西南布依族苗族自治州兴仁市"),
        ("宜昌县", "1999", "湖北省宜昌市宜昌县"),
        ("夷陵区", "2005", "湖北省宜昌市夷陵区"),
        ("水城县", "2019", "贵州省六盘水市水城县"),
        ("水城区", "2021", "贵州省六盘水市水城区"),
        ("凌云县", "1999", "广西壮族自治区百色地区凌云县"),
        ("凌云县", "2017", "广西壮族自治区百色市凌云县"),
        ("永康市", "2020", "浙江省金华市永康市"),
        ("济源市", "2020", "河南省济源市"),
        ("第三师", "2020", "新疆生产建设兵团第三师"),
        ("焕古镇", "2018", "陕西省安康市紫阳县焕古镇"),
    ],
)
def test_full_names_on_their_date(name, on, full):
    g = gazetteer()
    assert [g.full_name(u, on) for u in g.named(name, on)] == [full]


@pytest.mark.parametrize(
    ("names", "spans"),
    [
        (("开县", "开州区"), {"511221", "500234", "500154"}),
        (("黔西县", "黔西市"), {"522423", "520522", "520581"}),
        (("宜昌县", "夷陵区"), {"420521", "420506"}),
        (("兴仁县", "兴仁市"), {"522322", "522302"}),
        (("密云县", "密云区"), {"110228", "110118"}),
        (("毕节地区",), {"522400", "520500"}),
    ],
)
def test_a_unit_keeps_its_id_through_renames_and_recodings(names, spans):
    g = gazetteer()
    ids = {u.unit_id for n in names for u in g.named(n)}
    assert len(ids) == 1
    assert {u.code for u in g.rows(ids.pop())} == spans


def test_a_city_raised_to_prefecture_level_lives_on_as_its_seat():
    g = gazetteer()
    old = next(u for u in g.named("百色市", "2001") if u.level == "county")
    new = g.named("右江区", "2010")[0]
    assert old.unit_id == new.unit_id
    assert g.by_full_name("广西壮族自治区百色市", "2010").unit_id != old.unit_id


@pytest.mark.parametrize(
    ("code", "parents", "names"),
    [
        ("110106017", "北京市丰台区", ("卢沟桥地区", "卢沟桥街道")),
        ("140214003", "山西省大同市云冈区", ("新胜街道", "煤峪口街道")),
    ],
)
def test_towns_under_one_code_keep_their_own_names(code, parents, names):
    g = gazetteer()
    towns = [next(u for u in g.named(name) if u.code == code) for name in names]
    assert [g.full_name(u, "2019") for u in towns] == [parents + name for name in names]


def test_both_names_hold_in_a_year_of_change():
    g = gazetteer()
    assert {u.name for n in ("黔西县", "黔西市") for u in g.named(n, "2021-03")} == {"黔西县", "黔西市"}
    assert g.named("黔西县", "2022") == ()
    assert g.named("黔西市", "2020") == ()


def test_a_merged_county_names_its_successor():
    g = gazetteer()
    old = g.by_full_name("河北省邢台市邢台县")
    assert old.valid_to == "2020"
    assert g.rows(g.successors[old.unit_id])[-1].name == "信都区"


def test_codes_are_dated():
    g = gazetteer()
    assert g.by_code("500234", "2010").name == "开县"
    assert g.by_code("500234", "2018") is None
    assert g.by_code("451027").full_name == "广西壮族自治区百色市凌云县"
    assert g.by_code("610924103").name == "焕古镇"
    assert g.by_code("999999") is None


def test_counts_of_today_agree_with_the_published_table():
    units = [u for u in gazetteer().units() if u.valid_to is None and u.code[:2] not in ("66", "71", "81", "82")]
    count = {level: sum(u.level == level for u in units) for level in ("province", "prefecture", "county")}
    assert count["province"] == 31
    assert count["prefecture"] == 333
    assert 2840 <= count["county"] <= 2850


def test_no_code_has_two_names_at_one_time():
    seen = {}
    for u in gazetteer().units():
        for v in seen.setdefault(u.code, []):
            later, earlier = max(u.valid_from or "", v.valid_from or ""), min(u.valid_to or "9", v.valid_to or "9")
            assert later[:4] >= earlier[:4], (u, v)
        seen[u.code].append(u)


def test_centroids_lie_in_china():
    units = [u for u in gazetteer().units() if u.valid_to is None]
    placed = [u for u in units if u.lat is not None]
    assert len(placed) > 0.99 * len(units)
    assert all(3 < u.lat < 54 and 73 < u.lon < 136 for u in placed)
    lingyun = gazetteer().by_code("451027")
    assert abs(lingyun.lat - 24.35) < 0.2
    assert abs(lingyun.lon - 106.56) < 0.2


@pytest.mark.parametrize(
    ("name", "typed", "bare"),
    [
        ("玉屏侗族自治县", ("玉屏县", "玉屏自治县"), "玉屏"),
        ("湘西土家族苗族自治州", ("湘西州", "湘西自治州"), "湘西"),
        ("海南藏族自治州", ("海南州", "海南自治州"), ""),
        ("积石山保安族东乡族撒拉族自治县", ("积石山县", "积石山自治县"), "积石山"),
        ("东乡族自治县", ("东乡县", "东乡自治县"), "东乡"),
        ("广西壮族自治区", (), "广西"),
        ("凌云县", (), "凌云"),
        ("开县", (), ""),
        ("浦东新区", (), "浦东"),
    ],
)
def test_short_forms(name, typed, bare):
    assert short_forms(name) == (typed, bare)
