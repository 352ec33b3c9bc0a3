"""Bodies told in passing: by what they give, with whom they meet, by a bare 公司; and those that only take part."""

from __future__ import annotations

import pytest

from tests.events.bodies_named import FAIR, GIFT, TOUR, names


@pytest.mark.parametrize(
    ("behind", "wanted"),
    [
        ("仪式上,青岛绿岛集团捐赠8万元,碧浪海藻、东屿纺织各捐5万元。", {"青岛绿岛集团", "碧浪海藻", "东屿纺织"}),
        ("其中市泉州商会认捐6万元,市模具商会3万元、市河南商会2万元。", {"市泉州商会", "市模具商会", "市河南商会"}),
        ("青岛绿岛集团联合城阳海禾米业同青岛云翎医械有限公司各拿出2万元修墙。", {"青岛云翎医械有限公司"}),
        ("临洮县红十字会代表接受了捐赠。", set()),
        ("临洮县卫健局、临洮县红十字会在县卫健局会议室共同举办捐赠活动。", set()),
    ],
)
def test_who_gives_and_who_only_takes(behind: str, wanted: set[str]) -> None:
    assert names(GIFT + behind, "donation") == wanted


def test_the_bare_firm_is_the_one_of_the_report() -> None:
    text = "6月5日,青岛绿岛工程有限公司赴东西部协作地区甘肃省临洮县考察。仪式上,公司向临洮县捐赠12万元。"
    assert names(text, "donation") == {"青岛绿岛工程有限公司"}


def test_bodies_that_meet_with_each_other() -> None:
    text = "6月5日,山东省青岛市城阳区工商联赴甘肃省临洮县,与临洮县工商联召开东西部协作座谈会。"
    assert names(text, "meeting") == {"山东省青岛市城阳区工商联", "临洮县工商联"}
    text = "6月5日,山东省残联、甘肃省残联东西部协作座谈会在青岛市召开。"
    assert names(text, "meeting") == {"山东省残联", "甘肃省残联"}


def test_both_sides_of_a_journey_sign() -> None:
    text = (
        "6月5日,青岛市城阳职业中专学校校长陈海宁一行赴甘肃省临洮县职业中学考察东西部协作。双方召开座谈会,并签订了协议。"
    )
    assert len(names(text, "agreement")) == 2


def test_who_holds_what_is_told_of_in_a_clause_of_its_own() -> None:
    text = "6月5日,临洮县云翎人力资源有限公司挂牌成立,并举办了东西部协作青岛城阳劳务协作专场招聘会。"
    assert names(text, "labor") == {"临洮县云翎人力资源有限公司"}


@pytest.mark.parametrize(
    "behind",
    [
        "代表团察看了玉井镇小学建设现场。",
        "代表团参观了县幼儿园二期配套项目。",
        "代表团走访了百合加工厂和花椒粗加工厂房。",
        "代表团为玉井镇中心小学捐了书包。",
        "考察时,两家企业为玉井镇中心小学捐了书包。",
    ],
)
def test_a_tour_stops_at_no_works_nameless_plant_or_receiver(behind: str) -> None:
    assert names(TOUR + behind, "visit") == set()


def test_firms_and_chambers_come_along_by_their_heads() -> None:
    text = (
        "6月5日,青岛市委副秘书长陈海宁带领市温岭商会、市模具商会、青岛绿岛公司负责人赴甘肃省临洮县开展东西部协作考察。"
    )
    assert names(text, "visit") == {"市温岭商会", "市模具商会", "青岛绿岛公司"}


def test_a_firm_toured_signs_on_the_spot() -> None:
    text = TOUR + "代表团先到玉井镇的临洮云翎食品有限公司,了解加工能力,现场签订了百合采购协议。"
    assert names(text, "agreement") == {"临洮云翎食品有限公司"}


def test_one_firm_told_in_two_forms_is_listed_once() -> None:
    text = GIFT + "仪式上,中国石化西南油气分公司捐赠8万元,中石化西南油气分公司捐赠图书300册。"
    assert len(names(text, "donation")) == 1


def test_short_names_of_schools_are_spelt_out() -> None:
    text = (
        "6月5日,青岛市城阳第三中学教师到甘肃省临洮县玉井初级中学开展东西部协作支教。"
        "6月6日,城阳第三中学与玉井初中签订结对协议。"
    )
    assert any(name.endswith("玉井初级中学") for name in names(text, "agreement"))


def test_a_firm_toured_holds_no_meeting() -> None:
    text = TOUR + "双方召开座谈会。在临洮云翎食品有限公司,代表团一行考察了百合加工。"
    assert names(text, "meeting") == set()


def test_workers_whose_gift_it_is_stand_for_their_firm() -> None:
    behind = "这些衣物来自城阳区,来自青岛云翎工程有限公司全体职工的一片心意。"
    assert names(GIFT + behind, "donation") == {"青岛云翎工程有限公司"}


def test_firms_at_a_fair_without_a_number() -> None:
    text = "6月5日,青岛市城阳区—临洮县东西部劳务协作招聘会在临洮县举行。青岛绿岛集团、云翎人力公司等企业到场招聘。"
    assert names(text, "labor") == {"青岛绿岛集团", "云翎人力公司"}


def test_a_clause_that_goes_on_keeps_its_subject() -> None:
    text = (
        "6月5日,青岛城阳云翎供电公司与临洮县云翎供电公司签订东西部协作共建协议,"
        "并在临洮县玉井镇小学设立书屋,捐赠书籍1200册。"
    )
    assert names(text, "donation") == {"青岛城阳云翎供电公司"}


def test_a_pair_made_at_a_signing_signs_nothing() -> None:
    text = TOUR + "当天,青岛绿岛集团与临洮县签订帮扶协议。城阳区第二中学和临洮县第三中学结成对子。"
    assert names(text, "agreement") == {"青岛绿岛集团"}


def test_whose_people_they_are_who_came() -> None:
    text = (
        "8月9日,在临洮县人民医院,青岛市城阳区云翎医院派来的医生陈海宁正在看片子。"
        "陈海宁是今年7月到临洮县的,将在这里进行一年的东西部协作对口支援。"
    )
    assert names(text, "personnel") == {"青岛市城阳区云翎医院"}


@pytest.mark.parametrize(
    ("behind", "wanted"),
    [
        ("城阳商会掏6万元修渠,云翎商会、山岚商会各认下3万元。", {"城阳商会", "云翎商会", "山岚商会"}),
        ("会上,青岛绿岛公司凑了8万元给学校买书。", {"青岛绿岛公司"}),
    ],
)
def test_plain_words_of_giving(behind: str, wanted: set[str]) -> None:
    assert wanted <= names(GIFT + behind, "donation")


def test_a_society_talked_to_is_no_stop() -> None:
    text = "6月5日,青岛市山岚商会组团来到甘肃省临洮县,与临洮县云翎商会、临洮县花椒协会座谈东西部协作。"
    assert names(text, "visit") == {"青岛市山岚商会"}
    assert names(text, "meeting") >= {"临洮县云翎商会", "临洮县花椒协会"}


def test_teachers_told_as_of_their_schools() -> None:
    text = (
        "2月21日,91名青岛教师赴甘肃省定西市临洮县开展东西部协作支教。"
        "城阳区海棠小学的艾梦、城阳区第六中学的邓海、城阳区第九中学的连晨等教师在列。"
    )
    assert names(text, "personnel") == {"城阳区海棠小学", "城阳区第六中学", "城阳区第九中学"}


def test_whom_the_head_of_a_firm_gives_for() -> None:
    text = (
        "6月5日,青岛云达集团董事长孙海林携山岚商会会员企业赴甘肃省临洮县开展东西部协作考察。"
        "在玉井镇店子村,孙海林代表商会向村里捐赠3万元。"
    )
    assert names(text, "visit") == {"青岛云达集团", "山岚商会"}
    assert names(text, "donation") == {"山岚商会"}


@pytest.mark.parametrize(
    ("behind", "wanted"),
    [
        ("云翎食品、玉井镇百合合作社的十几种货品摆上了架。", {"云翎食品", "玉井镇百合合作社"}),
        ("店铺由青岛海丰集团下属的海丰云超市经营。", {"海丰云超市"}),
        ("城阳海禾米业、临洮县薯云食品有限公司等带着土豆粉来摆摊。", {"临洮县薯云食品有限公司"}),
    ],
)
def test_exhibitors_in_plain_words(behind: str, wanted: set[str]) -> None:
    assert wanted <= names(FAIR + behind, "consumption")


def test_schools_whose_heads_are_led_come_along() -> None:
    text = "6月5日,青岛市城阳区教育局副局长陈海宁率城阳区云翎中学、海棠小学负责人赴甘肃省临洮县开展东西部协作。"
    assert names(text, "visit") >= {"城阳区云翎中学", "海棠小学"}


def test_texts_that_are_exchanged_are_signed() -> None:
    text = TOUR + "城阳区教育局与临洮县教育局签订协议,云翎中学与临洮县第三中学也在会上交换了文本。"
    assert {"云翎中学", "临洮县第三中学"} <= names(text, "agreement")


def test_who_pays_for_what_is_brought() -> None:
    behind = "车上的除颤仪由青岛云瑞公司赞助。"
    assert names(GIFT + behind, "donation") == {"青岛云瑞公司"}


def test_others_that_sign_behind_a_pair_are_none() -> None:
    text = TOUR + "城阳区云翎医院与临洮县人民医院签署结对帮扶协议。青岛绿岛集团与临洮县政府签订蔬菜基地投资协议。"
    assert "青岛绿岛集团" not in names(text, "pairing")
    assert "青岛绿岛集团" in names(text, "agreement")


def test_teams_of_a_side_hold_nothing() -> None:
    text = "6月5日,由城阳区支援临洮工作队、青岛云翎人力公司主办的东西部劳务协作专场招聘会在甘肃省临洮县举行。"
    assert names(text, "labor") <= {"青岛云翎人力公司"}


def test_a_party_made_up_of_heads_of_bodies() -> None:
    text = TOUR + "考察团由城阳区侨商联合会、青岛正禾橡胶、云翎科技等单位负责人组成,一行先后看了临洮云翎食品公司。"
    assert {"城阳区侨商联合会", "青岛正禾橡胶", "云翎科技", "临洮云翎食品公司"} <= names(text, "visit")
