"""Bodies that hold, build, give and travel in the sentences around an event; invented facts about real places."""

from __future__ import annotations

import pytest

from crawler.events import extract
from crawler.model import Article, EventType
from tests.events.bodies_named import FAIR, GIFT, TOUR, names


@pytest.mark.parametrize(
    ("behind", "wanted"),
    [
        ("此次活动由青岛绿岛农业集团主办,临洮县云翎商贸有限公司承办。", {"青岛绿岛农业集团", "临洮县云翎商贸有限公司"}),
        ("本次活动由城阳区商务局、县供销社主办。", set()),
        ("活动现场,临洮县云翎商贸有限公司等多家重点企业带来百合和土豆。", {"临洮县云翎商贸有限公司"}),
    ],
)
def test_a_later_sentence_names_who_holds_or_attends_a_fair(behind: str, wanted: set[str]) -> None:
    assert names(FAIR + behind, "consumption") == wanted


def test_a_later_sentence_names_who_builds() -> None:
    text = "6月5日,青岛市城阳区对口帮扶的甘肃省临洮县百合加工产业园开工建设。"
    assert names(text + "这个产业园由青岛绿岛食品有限公司投资建设。", "project") == {"青岛绿岛食品有限公司"}


def test_who_gives_beside_the_gift() -> None:
    behind = "青岛绿岛集团、云翎股份、海禾家等多家企业共捐赠物资价值30万元。"
    assert {"青岛绿岛集团", "云翎股份", "海禾家"} <= names(GIFT + behind, "donation")
    assert names(GIFT + "活动得到了青岛绿岛集团、城阳区第二中学的大力支持。", "donation") == {
        "青岛绿岛集团",
        "城阳区第二中学",
    }
    assert names(GIFT + "当天,临洮县云翎名医工作室揭牌。", "donation") == set()


def test_the_society_or_firm_whose_head_leads_a_journey() -> None:
    head = "6月5日,青岛市山岚商会会长陈海宁一行赴甘肃省临洮县考察东西部协作工作。"
    assert names(head, "visit") == {"青岛市山岚商会"}
    assert names(head.replace("青岛市山岚商会会长", "青岛市总工会主席"), "visit") == set()


def test_the_school_a_journey_goes_to_and_is_held_at() -> None:
    held = "6月5日,甘肃省临洮县宣讲团赴山东省青岛市开展东西部协作交流,活动在青岛市海棠学院举行。"
    assert names(held, "visit") == {"青岛市海棠学院"}


def test_a_tour_stops_at_no_partner_project_or_school_level() -> None:
    assert names(TOUR + "代表团考察时与临洮县云翎慈善协会签订协议。", "visit") == set()
    assert names(TOUR + "代表团实地查看了临洮绿源智慧农场项目。", "visit") == set()
    assert names(TOUR + "代表团深入临洮县学校、医院考察。", "visit") == set()


def test_the_hospital_whose_team_leaves() -> None:
    text = (
        "6月5日,山东省第三批援藏医疗队从济南出发赴西藏日喀则市。\n当天,济南市海棠医院第三批援藏医疗队在院长带领下启程。"
    )
    assert "济南市海棠医院" in names(text, "personnel")


def test_bodies_in_the_name_of_a_meeting() -> None:
    text = "6月5日,青岛海棠大学、山东海棠医学院赴临洮县东西部协作座谈会在甘肃省临洮县召开。"
    assert names(text, "meeting") == {"青岛海棠大学", "山东海棠医学院"}


def test_the_longer_name_stands_for_the_shorter() -> None:
    text = TOUR + "代表团参观了临洮县海棠中等学校。代表团考察了海棠中等学校的实训楼。"
    assert len(names(text, "visit")) == 1


def test_what_is_built_or_opened_acts_in_nothing() -> None:
    built = "6月5日,山东省青岛市城阳区援建的甘肃省临洮县海棠镇卫生院竣工。"
    assert names(built, "project") == set()
    opened = TOUR + "代表团考察期间出席了临洮县海棠中等学校奠基仪式。"
    assert names(opened, "visit") == set()


def test_the_firm_whose_chairman_comes_to_sign() -> None:
    text = "6月5日,青岛绿岛食品有限公司董事长陈海宁一行赴甘肃省定西市临洮县,与临洮县人民政府签订东西部协作协议。"
    assert names(text, "visit") == {"青岛绿岛食品有限公司"}
    assert "青岛绿岛食品有限公司" in names(text, "agreement")


def test_a_tour_told_before_the_only_visit() -> None:
    text = "调研组一行参观了临洮县海棠中等学校。" + TOUR
    assert names(text, "visit") == {"临洮县海棠中等学校"}


def test_the_school_that_sees_off_its_teachers() -> None:
    text = "6月5日,山东省青岛市5名教师赴甘肃省临洮县支教。城阳区海棠中学为赴临洮县支教的教师举行欢送会。"
    assert "城阳区海棠中学" in names(text, "personnel")


def people(text: str, type_: EventType) -> set[str]:
    events = extract(Article(url="", text=text, published="2023-06-30")).events
    return {person.name for event in events if event.type == type_ for person in event.persons}


def test_hosts_who_tour_with_the_guests_or_join_their_work() -> None:
    assert {"何建安", "苏丽梅"} <= people(
        TOUR + "县委副书记何建安、副县长苏丽梅与考察组一行先后参观了百合基地。", "visit"
    )
    assert {"何建安", "苏丽梅"} <= people(TOUR + "县委书记何建安,县长苏丽梅参加有关对接工作。", "visit")


def test_who_signs_for_a_side_in_a_list_of_both() -> None:
    text = "6月5日,山东省青岛市城阳区与甘肃省定西市临洮县签订东西部协作协议。"
    text += "城阳区领导陈海宁,临洮县领导何建安分别代表双方签约。"
    assert people(text, "agreement") == {"陈海宁", "何建安"}


def test_who_holds_a_meeting() -> None:
    met = "6月5日,东西部协作企业对接会在甘肃省临洮县召开,山东省青岛市城阳区代表团参加。"
    behind = "本次会议由青岛山岚商会主办,临洮县总商会协办。"
    assert names(met + behind, "meeting") == {"青岛山岚商会", "临洮县总商会"}
    assert names(met + "会前,山岚商会提出了建议。", "meeting") == set()


def test_whose_paper_or_word_is_followed() -> None:
    text = (
        "为落实全国工商联、中国光彩会《行动方案》,根据市工商联统一部署,"
        "6月5日,青岛市山岚商会赴甘肃省临洮县考察东西部协作工作。"
    )
    assert names(text, "visit") == {"青岛市山岚商会"}


def test_who_is_enlisted_or_named_before_a_gift() -> None:
    text = (
        "6月5日,青岛市山岚商会联合城阳区海棠学校、青岛绿岛食品有限公司,开展东西部协作捐赠活动,"
        "向甘肃省临洮县捐赠冬衣300件。"
    )
    assert {"城阳区海棠学校", "青岛绿岛食品有限公司"} <= names(text, "donation")
    text = "6月5日,城阳区海棠学校、青岛绿岛食品有限公司踊跃报名,共向东西部协作的甘肃省临洮县捐赠15万元。"
    assert names(text, "donation") == {"城阳区海棠学校", "青岛绿岛食品有限公司"}


def test_who_signs_behind_the_ceremony() -> None:
    text = "6月5日,青岛市城阳区与甘肃省临洮县东西部协作签约仪式举行。现场,青岛山岚商会与云翎村签下协议。"
    assert "青岛山岚商会" in names(text, "agreement")


def test_givers_told_behind_their_gift() -> None:
    are = "捐赠鸡蛋的爱心企业,分别是青岛绿岛集团和云翎食品有限公司。"
    assert names(GIFT + are, "donation") == {"青岛绿岛集团", "云翎食品有限公司"}
    also = "其中,青岛绿岛集团(理事企业)以低价出售其羽绒服,并捐赠50件。"
    assert names(GIFT + also, "donation") == {"青岛绿岛集团"}


def test_the_members_of_a_chamber_are_no_side() -> None:
    text = "6月5日,青岛市临沂商会、市江苏商会赴东西部协作地区甘肃省临洮县考察,捐赠冬衣100件。"
    for event in extract(Article(url="", text=text, published="2023-06-30")).events:
        assert event.supporting == ("山东省青岛市",)


def test_who_gives_behind_the_clause_of_the_ceremony() -> None:
    text = (
        "6月5日,在东西部协作捐赠仪式上,青岛绿岛食品有限公司、山岚商会纷纷伸出援手,"
        "为甘肃省临洮县捐赠了10万元。当天,临洮县工商联向3家捐赠企业颁发证书。"
    )
    assert names(GIFT[:15] + "与甘肃省临洮县结对。" + text, "donation") == {"青岛绿岛食品有限公司", "山岚商会"}


def test_a_giver_through_another_body_and_every_giver_of_a_digest() -> None:
    text = "6月5日,青岛绿岛集团联合海禾集团,通过城阳区慈善总会向东西部协作的甘肃省临洮县捐赠药品100万元。"
    assert {"青岛绿岛集团", "海禾集团"} <= names(text, "donation")
    text = (
        "6月5日,青岛市山岚商会向东西部协作的甘肃省临洮县捐赠冬衣300件;"
        "青岛绿岛集团向临洮县援助200箱药品;海禾集团也在当日向临洮县捐赠书籍。"
    )
    assert {"青岛市山岚商会", "青岛绿岛集团", "海禾集团"} <= names(text, "donation")


def test_travellers_give_what_their_group_brings() -> None:
    head = "6月5日,青岛市山岚商会会长陈海宁一行赴甘肃省临洮县考察东西部协作工作。考察组向临洮县困难职工捐赠棉被100床。"
    assert names(head, "donation") == {"青岛市山岚商会"}


def test_heads_of_two_societies_lead_together() -> None:
    head = "6月5日,青岛市山岚商会会长陈海宁与城阳云翎商会会长李明远带领企业家赴甘肃省临洮县考察东西部协作工作。"
    assert names(head, "visit") == {"青岛市山岚商会", "城阳云翎商会"}


def test_whose_money_bought_the_gift() -> None:
    text = "6月5日,青岛市城阳区向东西部协作的甘肃省临洮县捐赠了由青岛绿岛银行出资购买的书籍496册。"
    assert names(text, "donation") == {"青岛绿岛银行"}


@pytest.mark.parametrize(
    ("behind", "wanted"),
    [
        (
            "仪式上,青岛绿岛农业集团、山东众湛康、城阳狮华银楼向该县捐赠衣物。",
            {"青岛绿岛农业集团", "山东众湛康", "城阳狮华银楼"},
        ),
        ("仪式上,奥克凌、盛湛网络、城阳区慈善基金会各捐赠图书一批。", {"奥克凌", "盛湛网络", "城阳区慈善基金会"}),
        ("仪式上,青岛绿岛农业集团、热心市民、刘德湛夫妇向该县捐赠衣物。", {"青岛绿岛农业集团"}),
        ("仪式上,青岛绿岛农业集团向康乐乡、玉井镇捐赠衣物。", {"青岛绿岛农业集团"}),
        (
            "由城阳区工商联、慈善总会和青岛绿岛农业集团捐赠的衣物送到该县。",
            {"城阳区工商联", "慈善总会", "青岛绿岛农业集团"},
        ),
    ],
)
def test_brands_and_bare_societies_beside_named_givers(behind: str, wanted: set[str]) -> None:
    assert names(GIFT + behind, "donation") == wanted


def told(text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    events = extract(Article(url="", text=text, published="2023-06-30")).events
    return [(event.type, event.supporting, event.organizations) for event in events]


def test_a_firms_seat_gives_way_to_the_party_of_the_visit() -> None:
    text = TOUR + "会上,山东绿岛农业有限公司向临洮县捐赠图书,山东云翎食品有限公司与该县玉井镇签订结对帮扶协议。"
    sides = {type_: supporting for type_, supporting, _ in told(text)}
    assert sides["donation"] == sides["pairing"] == ("山东省青岛市城阳区",)


def test_what_papers_are_takes_nothing_and_is_signed() -> None:
    text = "6月5日,城阳区与甘肃省临洮县签订4项东西部协作协议,"
    text += "其中2项为绿岛食品有限公司、云翎社会服务中心与玉井镇签订的协议。"
    assert names(text, "agreement") == {"绿岛食品有限公司", "云翎社会服务中心"}


def test_who_speaks_at_a_conference_of_two_provinces() -> None:
    text = "鲁甘产业协作大会6月5日在兰州举行。省外商投资协会、绿岛集团、奥克凌等单位代表在大会发言。"
    assert names(text, "meeting") == {"省外商投资协会", "绿岛集团", "奥克凌"}


def test_whose_paired_aid_a_meeting_is_named_after() -> None:
    assert names("云山大学定点帮扶临洮县工作推进会6月5日在临洮县召开。", "meeting") == {"云山大学"}


def test_those_who_are_posted_or_attend_are_not_sent() -> None:
    text = (
        GIFT
        + "当天,签约和发车仪式举行,城阳区派驻临洮县挂职干部、临洮县副县长梁子湛签字。"
        + "援甘工作队临洮工作组、区卫健局负责人参加交接。"
    )
    assert "personnel" not in {type_ for type_, _, _ in told(text)}
    assert "visit" in {
        type_
        for type_, _, _ in told(
            "6月5日,城阳区棘洪滩街道主任刘志湛率政企帮扶工作组一行14人到甘肃省临洮县开展东西部协作。"
        )
    }


def test_firms_that_came_along_and_signers_who_are_paired() -> None:
    behind = "此次前来的企业有绿岛果汁集团、山东云翎冷链等9家。"
    assert names(TOUR + behind, "visit") == {"绿岛果汁集团", "山东云翎冷链"}
    signing = "6月5日,共青团城阳区委走进甘肃省临洮县,与共青团临洮县委签署东西部协作结对协议。"
    assert names(signing, "pairing") == {"共青团城阳区委", "共青团临洮县委"}


def test_the_unit_that_helps_since_a_year() -> None:
    text = "中国电科捐建的学校6月5日在叙永县奠基。自2012年定点帮扶叙永县以来,中国电科投入1.1亿元。"
    assert names(text, "pairing") == {"中国电科"}


def test_what_a_work_is_paid_with_is_no_gift() -> None:
    text = "6月5日,东西部协作的临洮县云翎小学奠基,总投资5800万元,由青岛绿岛集团无偿援助3000万元。"
    assert [type_ for type_, _, _ in told(text)] == ["project"]


def test_what_is_given_to_this_school() -> None:
    text = "6月5日,城阳区援建的甘肃省临洮县云翎小学竣工。区长李湛参加仪式并向该校捐赠图书2000册。"
    assert names(text, "donation") == set()


def test_what_goods_are_worth_is_told_later() -> None:
    behind = "当天,青岛绿岛集团向临洮县捐赠一批瓷砖。仪式在该县举行。据了解,这批瓷砖价值168万元。"
    gifts = [e for e in extract(Article(url="", text=TOUR + behind)).events if e.type == "donation"]
    assert [amount.value_cny for gift in gifts for amount in gift.amounts] == [1680000]


@pytest.mark.parametrize(
    ("behind", "wanted"),
    [
        (
            "仪式上,城阳区慈善基金会、青岛云翎科技园、奥克凌、盛湛网络等向临洮县捐赠图书。",
            {"城阳区慈善基金会", "奥克凌", "盛湛网络"},
        ),
        ("仪式上,青岛绿岛集团向临洮县第二中学、临洮县玉井小学共捐赠10万元。", {"青岛绿岛集团"}),
        ("仪式上,绿岛集团向临洮县、云翎集团向陇西县分别捐赠10万元。", {"绿岛集团", "云翎集团"}),
    ],
)
def test_lists_of_givers_and_of_receivers(behind: str, wanted: set[str]) -> None:
    assert names(GIFT + behind, "donation") == wanted


def test_brands_that_sign_with_a_list_of_counties() -> None:
    text = "6月5日,在东西部协作活动上,青岛绿岛集团、奥克凌与甘肃省定西市安定区、临洮县现场签约项目12个。"
    assert names(text, "agreement") == {"青岛绿岛集团", "奥克凌"}


def test_the_sum_of_one_gift_behind_the_year_since_which_they_are_paired() -> None:
    text = "6月5日,临洮县文化活动在青岛市城阳区举行。城阳区自2021年起对口支援临洮县。"
    text += "捐赠仪式上,青岛绿岛集团为临洮县捐赠总计88万元的款物。"
    assert names(text, "donation") == {"青岛绿岛集团"}


def test_a_unit_whose_aid_only_the_headline_tells() -> None:
    page = Article(url="", title="中国云翎集团定点帮扶临洮县", text="6月5日,中国云翎集团向甘肃省临洮县捐赠3500万元。")
    assert [event.type for event in extract(page).events] == ["donation"]


def test_the_district_and_not_the_seat_of_another_firm() -> None:
    text = "6月5日,城阳区纺织协会、青岛绿岛集团与甘肃省临洮县签订东西部协作协议,绿岛集团向临洮中学捐赠校服1200套。"
    assert {supporting for _, supporting, _ in told(text)} == {("山东省青岛市城阳区",)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (TOUR + "代表团来到青岛绿岛食品公司,该公司投产以来带动300人就业。", [("visit", ("青岛绿岛食品公司",))]),
        ("6月5日,城阳区招引的绿岛食品公司在东西部协作县甘肃省临洮县投产。", [("project", ("绿岛食品公司",))]),
        (
            "6月5日,青岛市城阳区与甘肃省临洮县共建的东西部协作产业园开工。产业园由绿岛城投集团、临洮国投公司共同出资建设。",
            [("project", ("绿岛城投集团", "临洮国投公司"))],
        ),
        ("6月5日,甘肃省“临洮百合展销节”在青岛市城阳区东西部协作产品交易市场启动。", [("consumption", ())]),
    ],
)
def test_firms_start_work_and_seats_are_no_destination(text: str, wanted: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(type_, bodies) for type_, _, bodies in told(text)] == wanted


def test_what_was_given_is_taken_into_use_and_is_no_work() -> None:
    text = GIFT + "青岛云翎医疗捐赠的影像设备同日启用,价值260万元。"
    assert {type_ for type_, _, _ in told(text)} == {"donation"}


def test_brands_that_sign_about_something() -> None:
    text = "6月5日,城阳区与甘肃省临洮县开展东西部协作对接,青岛绿岛集团与云翎集团、盘湛煤电就物流合作签订备忘录。"
    assert names(text, "agreement") == {"青岛绿岛集团", "云翎集团", "盘湛煤电"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "8月9日,中国人民银行巧家县支行定点帮扶捐助仪式在大寨镇松坪村举行,该行向松坪村捐助10万元。",
            {"中国人民银行巧家县支行"},
        ),
        ("8月9日,中国人民银行巧家县支行在大寨镇松坪村举行存款有奖活动。", set()),
    ],
)
def test_branches_that_help_a_village_of_their_county(text: str, wanted: set[str]) -> None:
    assert names(text, "donation") == wanted


def test_in_a_talk_is_not_those_who_sit_there() -> None:
    text = TOUR + "代表团到玉井镇小学开展捐赠活动。在座谈会上,城阳区商务局与临洮县商务局签订协议。"
    assert "meeting" in {type_ for type_, _, _ in told(text)}


def test_brands_made_of_names_of_places_and_trades() -> None:
    behind = "仪式上,青岛绿岛集团、信湛生物、盘江煤电向该县捐赠衣物。"
    assert names(GIFT + behind, "donation") == {"青岛绿岛集团", "信湛生物", "盘江煤电"}
    behind = "仪式上,青岛绿岛集团、城阳区人大、临洮县政协、慰问金、食品等向该县送去。"
    assert not names(GIFT + behind, "donation") & {"城阳区人大", "临洮县政协", "慰问金", "食品"}


def test_firms_of_several_cities_sign_for_their_province() -> None:
    text = "6月5日,山东省与甘肃省东西部协作活动在临洮县启动。寿光绿岛集团、烟台云翎食品公司与临洮县现场签约项目2个。"
    assert {supporting for type_, supporting, _ in told(text) if type_ == "agreement"} == {("山东省",)}
