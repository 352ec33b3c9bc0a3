"""Whose paper speaks, by its outlet; posts held besides; journeys told by a dash; what a visit was spent with."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event

CHANGZHOU, ANKANG = "江苏省常州市", "陕西省安康市"


def told(text: str, title: str | None = None, source: str | None = None) -> list[Event]:
    article = Article(url="", text=text, title=title, published="2023-06-30", source=source)
    return list(extract(article).events)


def one(kind: str, text: str, title: str | None = None, source: str | None = None) -> Event:
    (found,) = [e for e in told(text, title, source) if e.type == kind]
    return found


def types(text: str) -> set[str]:
    return {e.type for e in told(text) if not e.background}


@pytest.mark.parametrize("source", ["安康新闻网", "安康日报", "安康市人民政府", "今日安康"])
def test_the_outlet_tells_which_city_is_ours(source: str) -> None:
    text = "6月3日,常州市副市长林知远率领常州市党政代表团,来我市考察东西部协作工作,常州市领导陪同。"
    visit = one("visit", text, source=source)
    assert (visit.from_, visit.to) == ((CHANGZHOU,), (ANKANG,))


@pytest.mark.parametrize(
    ("source", "ours"),
    [("泾源县融媒体中心", "宁夏回族自治区固原市泾源县"), ("福建日报", "宁夏回族自治区")],
)
def test_our_county_lies_in_the_province_that_is_told(source: str, ours: str) -> None:
    text = "11日,我县与福建省晋江市召开闽宁协作联席会议。"
    assert one("meeting", text, title="我县与晋江市举行联席会议", source=source).supported == (ours,)


def test_a_side_only_the_outlet_names() -> None:
    text = "6月14日,区委书记林知远率队赴陕西省汉中市镇巴县考察,两地召开对口协作联席会议,我区向镇巴县捐赠产业资金。"
    for source, giver in (("通州区委宣传部", ("江苏省南通市通州区",)), ("某某网", ())):
        assert {e.supporting for e in told(text, source=source)} == {giver}


def test_one_character_of_each_side_is_no_town() -> None:
    text = "6月14日,区委书记林知远率队赴陕西省汉中市镇巴县考察。自2017年通镇双方结对以来,协作深入。"
    assert one("pairing", text, source="通州日报").supported == ("陕西省汉中市镇巴县",)


def test_a_post_held_besides_takes_no_part() -> None:
    text = (
        "6月16日,六盘水市党政代表团到我市考察,两市召开东西部协作联席会议。市委副书记、火炬开发区党工委书记林知远,"
        "六盘水市委副书记、盘州市委书记周明礼出席活动。中山市向六盘水市介绍了情况。"
    )
    sides = {(e.supporting, e.supported) for e in told(text) if e.type in ("visit", "meeting")}
    assert sides == {(("广东省中山市",), ("贵州省六盘水市",))}


def test_a_member_of_the_committee_comes_for_his_own_county() -> None:
    text = "6月1日,枣庄市委常委、滕州市委书记林知远率领党政考察团赴重庆市丰都县考察东西部扶贫协作工作。"
    assert one("visit", text).from_ == ("山东省枣庄市滕州市",)


@pytest.mark.parametrize(
    "words",
    [
        "来到东西部协作帮扶结对点——四川省小金县抚边乡,看望支教教师",
        "走进对口帮扶地区——四川省小金县抚边乡考察",
        "对东西部协作结对点——四川省小金县抚边乡开展考察",
        "一行对四川省小金县抚边乡进行实地考察",
    ],
)
def test_the_partner_may_stand_behind_a_dash(words: str) -> None:
    visit = one("visit", f"6月5日,绍兴市上虞区党政代表团{words}。")
    assert visit.to == ("四川省阿坝藏族羌族自治州小金县抚边乡",)


def test_one_character_behind_the_plainest_movement() -> None:
    text = "常州市与安康市开展东西部协作。今年6月3日至4日,安康市党政代表团到常{}。"
    assert one("visit", text.format("考察交流")).to == (CHANGZHOU,)
    assert not [e for e in told(text.format("州市民中心")) if e.type == "visit" and e.to != (CHANGZHOU,)]


def test_the_journey_that_is_told_is_the_one_after() -> None:
    text = "6月22日,在随省党政代表团赴陕西考察之后,常州市市长林知远到安康市考察东西部协作工作。"
    assert one("visit", text).to == (ANKANG,)


def test_accompanied_at_no_place() -> None:
    text = "6月13日至15日,上海市代表团在云南省省长周明礼陪同下,前往普洱市考察沪滇协作工作。"
    assert one("visit", text).to == ("云南省普洱市",)


@pytest.mark.parametrize("who", ["检查组", "考核组", "交叉检查组", "评估工作组"])
def test_inspectors_pay_no_visit(who: str) -> None:
    assert types(f"6月23日,天津市东西部协作{who}深入甘肃省榆中县,查阅台账资料。") == set()


def test_what_the_days_of_a_visit_were_spent_with_has_happened() -> None:
    ways = "通过实地考察、座谈交流、签订结对协议、捐赠帮扶资金等形式,"
    visit = "6月6日至8日,苍南县县长林知远率党政代表团赴四川省红原县开展东西部扶贫协作考察活动,"
    assert types(f"{visit}{ways}加深友谊。") == {"visit", "meeting", "agreement", "pairing", "donation"}
    assert types(f"苍南县与四川省红原县{ways}加强东西部扶贫协作。") == set()


@pytest.mark.parametrize(
    "talk",
    [
        "两市进行座谈交流,深入对接东西部协作工作",
        "常州市市长林知远与安康市委书记周明礼,市长陈立夏等进行会谈交流",
        "双方围绕东西部协作进行会谈",
    ],
)
def test_two_sides_that_talk_have_met(talk: str) -> None:
    assert "meeting" in types(f"6月3日,安康市党政代表团到常州市考察。期间,{talk}。")


@pytest.mark.parametrize(
    "words",
    [
        "进一步深化两地对口帮扶",
        "继续做好两市结对帮扶",
        "签署苏陕结对城市“十四五”东西部协作协议",
        "庆祝常州与安康建立扶贫协作关系二十周年",
    ],
)
def test_what_goes_on_pairs_nobody(words: str) -> None:
    assert "pairing" not in {e.type for e in told(f"6月3日,常州市党政代表团到安康市考察,{words}。")}


@pytest.mark.parametrize(
    "words",
    [
        "在常州市与安康市签订扶贫协作协议十周年之际,常州市代表团到安康市考察。",
        "常州市代表团到安康市考察。自1996年常州与安康结好以来,两地开展合作。两市共签订扶贫协作协议项目294项。",
        "安康市党政代表团到常州市考察东西部协作。协议明确:常州市与安康市签订年度计划协议。",
    ],
)
def test_signings_that_are_not_of_the_day(words: str) -> None:
    assert "agreement" not in {e.type for e in told(f"6月3日,{words}")}


def test_a_year_something_is_a_multiple_of_dates_nothing() -> None:
    text = "2012年,常州市援助安康市资金6000万元,是2011年的3倍。常州市红十字会向安康市捐赠衣物1批。"
    assert all((e.date_start or "2012")[:4] != "2011" for e in told(text))


def test_what_an_account_covers_began_no_relation() -> None:
    text = "6月21日,湛江市代表团到广西融安县考察。座谈会上,融安县汇报了2018年以来粤桂扶贫协作工作开展情况。"
    assert "pairing" not in {e.type for e in told(text)}


def test_the_city_of_the_paper_meets_the_other_city() -> None:
    text = (
        "6月23日,柳州市党政考察团莅湛进行考察,两市签署扶贫协作协议。我市对接柳州市,廉江市、吴川市分别对口帮扶三江县、"
        "融安县,廉江市已拨付资金,廉江市教师到岗。湛江市市长林知远陪同考察。"
    )
    events = [e for e in told(text, source="湛江日报") if e.type in ("visit", "agreement")]
    assert {e.type for e in events} == {"visit", "agreement"}
    assert {e.supporting for e in events} == {("广东省湛江市",)}


def test_a_town_of_a_common_name_is_the_tied_one() -> None:
    text = "6月29日,凤岗镇党政代表团赴贵州省铜仁市德江县开展东西部协作考察,召开凤岗镇·德江县联席会议。"
    assert {e.supporting for e in told(text)} == {("广东省东莞市凤岗镇",)}
    assert told("6月29日,凤岗镇党政代表团赴四川省乐山市马边县开展东西部协作考察。") == []


def test_sides_that_meet_some_months_before_their_paper() -> None:
    text = "9月4日,东莞、中山、昭通三市召开座谈会,共商扶贫协作大计。会议由昭通市委书记林知远主持。"
    for published, sides in (("2016-09-06", [("广东省东莞市", "广东省中山市")]), ("2012-09-06", [])):
        events = extract(Article(url="", text=text, published=published)).events
        assert [e.supporting for e in events if e.type == "meeting"] == sides


@pytest.mark.parametrize("who", ["番禺区派驻五华县工作队参加", "广州市派驻五华县帮扶干部陪同", "广东省各派企业家同行"])
def test_those_who_are_there_are_not_sent(who: str) -> None:
    text = f"6月7日,广州市番禺区副区长林知远到梅州市五华县调研对口帮扶工作,{who}。"
    assert "personnel" not in types(text)
