"""find_places on the labelled sets and on the rules that the sets do not show one by one."""

from pathlib import Path

import pytest

from crawler.places import find_places
from crawler.places.score import main, read_cases, score

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(("name", "floor"), [("developed", 0.98), ("heldout", 0.95), ("bugs", 0.95)])
def test_labelled_sentences_stay_found(name, floor):
    assert score(read_cases(CASES / f"{name}.jsonl")).f1 >= floor


def test_the_labels_quote_their_text():
    cases = [c for name in ("developed", "heldout", "bugs") for c in read_cases(CASES / f"{name}.jsonl")]
    assert len(cases) >= 150
    assert all(c["text"].startswith(p["quote"], p["start"]) for c in cases for p in c["places"])
    assert len({c["text"] for c in cases}) == len(cases)


def test_the_printer_gives_one_line_a_set(capsys):
    assert main([str(CASES / "bugs.jsonl")]) == 0
    assert "F1" in capsys.readouterr().out
    assert main([]) == 2


def one(text, **where):
    (mention,) = find_places(text, **where)
    return mention


def test_an_ambiguous_place_keeps_its_candidates():
    mention = one("朝阳区代表团抵达", on="2019")
    assert (mention.unit, mention.name, mention.basis) == (None, "朝阳区", "ambiguous")
    assert {c.full_name for c in mention.candidates} == {"北京市朝阳区", "吉林省长春市朝阳区"}


@pytest.mark.parametrize(
    ("home", "name"),
    [("110000", "北京市朝阳区"), ("吉林省长春市", "吉林省长春市朝阳区"), ("220104", "吉林省长春市朝阳区")],
)
def test_home_settles_an_ambiguous_place(home, name):
    mention = one("朝阳区代表团抵达", on="2019", home=home)
    assert (mention.name, mention.basis) == (name, "home")


def test_an_unknown_home_leaves_our_county_open():
    mention = one("我县召开会议")
    assert (mention.unit, mention.candidates, mention.basis) == (None, (), "unknown")


def test_a_place_inside_an_organisation_is_marked():
    assert one("东莞市宏图电子科技有限公司捐款", on="2019").basis == "organisation"
    assert one("东莞市向贫困群众捐款，有限公司也来了", on="2019").basis == "full"


def test_the_name_is_that_of_the_date_not_of_the_text():
    assert one("黔西县", on="2023").name == "贵州省毕节市黔西市"
    assert one("黔西县").name == "贵州省毕节市黔西县"


def test_a_parent_elsewhere_settles_a_town():
    text = "紫阳县与新北区结对。城关镇、河海街道的干部互访。"
    names = [m.name for m in find_places(text, on="2018")]
    assert names[2:] == ["陕西省安康市紫阳县城关镇", "江苏省常州市新北区河海街道"]


def test_a_village_is_known_again_without_its_town():
    text = "他们来到紫阳县焕古镇大连村。大连村种茶。"
    assert [m.name for m in find_places(text, on="2018")] == ["陕西省安康市紫阳县焕古镇大连村"] * 2


def test_empty_and_foreign_text_hold_no_places():
    assert find_places("") == []
    assert find_places("Nothing to see here. 今天天气很好。") == []


def test_half_characters_do_not_stop_the_search():
    text = "\ud800盐田区\udfff"
    assert [(m.start, m.name) for m in find_places(text, on="2019")] == [(1, "广东省深圳市盐田区")]


@pytest.mark.parametrize(
    ("text", "where", "names"),
    [
        (
            "州领导深入白玉县绒盖、金沙等乡镇调研",
            {"on": "2019"},
            ["四川省甘孜藏族自治州白玉县", "四川省甘孜藏族自治州白玉县绒盖乡", "四川省甘孜藏族自治州白玉县金沙乡"],
        ),
        ("菌菇种植已在海原县拓展到三河、西安、高崖等6个乡镇", {"on": "2023"}, ["宁夏回族自治区中卫市海原县", None]),
        ("企业落户珠海高新区", {"on": "2021"}, ["广东省珠海市高新区"]),
        ("一行来到文县铁楼乡肖家山村", {"on": "2020"}, ["甘肃省陇南市文县铁楼藏族乡肖家山村"]),
        ("楚沪合作：上海市赴楚雄市考察", {"on": "2015"}, ["云南省楚雄彝族自治州楚雄市", "上海市"]),
        (
            "我县与盐田区结对，凌盐协作结硕果",
            {"on": "2018", "home": "451027"},
            ["广西壮族自治区百色市凌云县", "广东省深圳市盐田区"],
        ),
        ("县长杨云珠率团考察珠海市、云南省", {"on": "2018"}, ["广东省珠海市", "云南省"]),
    ],
)
def test_lists_zones_and_pairs(text, where, names):
    found = {m.name for m in find_places(text, **where)}
    assert found >= {n for n in names if n}
    assert None in names or found == set(names)
    assert "陕西省西安市" not in found


def test_without_a_date_a_county_is_that_of_today_for_which_the_name_is_short() -> None:
    (place,) = find_places("北川县")
    assert place.name == "四川省绵阳市北川羌族自治县"
    (place,) = find_places("安县")
    assert place.name == "四川省绵阳市安县"


def test_what_is_newly_built_for_a_county_is_not_of_xinjian_county() -> None:
    assert [m.name for m in find_places("投入2800万元新建县级医疗中心")] == []
    assert [m.name for m in find_places("到新建县考察")] == ["江西省南昌市新建县"]
