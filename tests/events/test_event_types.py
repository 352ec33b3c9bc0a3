"""The eleven event types, told the way bulletins, papers and reports tell them."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def events(text: str, published: str | None = "2021-06-30", title: str | None = None) -> list[Event]:
    return [
        e for e in extract(Article(url="", text=text, title=title, published=published)).events if e.status != "planned"
    ]


ONE_EACH = [
    ("visit", "6月2日,福州市马尾区委副书记田牧野率代表团赴甘肃省定西市岷县考察东西部协作工作。"),
    ("meeting", "6月3日,马尾区·岷县东西部协作联席会议在甘肃省定西市岷县召开。福州市马尾区有关部门参加。"),
    ("agreement", "6月3日,福建省福州市马尾区与甘肃省定西市岷县签署东西部协作框架协议。"),
    ("donation", "6月4日,福建省福州市马尾区向甘肃省定西市岷县捐赠帮扶资金80万元。"),
    ("funding", "6月5日,福建省福州市马尾区向甘肃省定西市岷县拨付东西部协作资金600万元。"),
    ("project", "6月6日,福建省福州市马尾区帮扶建设的甘肃省定西市岷县黄芪加工车间项目开工。"),
    ("personnel", "6月7日,福建省福州市马尾区选派8名医生到甘肃省定西市岷县开展对口帮扶,支医一年。"),
    ("training", "6月8日,甘肃省定西市岷县乡村干部培训班在福建省福州市马尾区开班,系东西部协作项目。"),
    ("labor", "6月9日,福建省福州市马尾区在甘肃省定西市岷县举办东西部协作专场招聘会。"),
    ("consumption", "6月10日,甘肃省定西市岷县农特产品展销会在福建省福州市马尾区举行,助力消费帮扶。"),
    ("pairing", "6月11日,福建省福州市马尾区亭江镇与甘肃省定西市岷县茶埠镇结为东西部协作结对帮扶关系。"),
]


@pytest.mark.parametrize(("kind", "text"), ONE_EACH, ids=[kind for kind, _ in ONE_EACH])
def test_each_type_is_found_with_its_sides_and_day(kind: str, text: str) -> None:
    found = [e for e in events(text) if e.type == kind]
    assert len(found) == 1
    event = found[0]
    assert event.date_start is not None
    assert event.date_start.startswith("2021-06-")
    assert event.supporting[0].startswith("福建省福州市马尾区")
    assert event.supported[0].startswith("甘肃省定西市岷县")
    for quote in event.evidence:
        assert text[quote.start : quote.end] == quote.quote


def test_travel_is_apart_from_aid() -> None:
    there, back = (
        events("6月2日,天津市河东区党政代表团赴甘肃省平凉市静宁县考察对口帮扶工作。")[0],
        events("6月2日,甘肃省平凉市静宁县党政代表团赴天津市河东区考察对口帮扶工作。")[0],
    )
    assert (there.from_, there.to) == (back.to, back.from_)
    assert (there.supporting, there.supported) == (back.supporting, back.supported) == (there.from_, there.to)


def test_a_gift_that_runs_the_other_way_has_its_giver_as_supporting() -> None:
    event = events("6月2日,甘肃省平凉市静宁县向对口帮扶的天津市河东区捐赠苹果等抗疫物资20吨。")[0]
    assert event.type == "donation"
    assert event.supporting == ("甘肃省平凉市静宁县",)
    assert event.supported == ("天津市河东区",)


def test_visit_meeting_signing_and_gift_in_one_report_are_four() -> None:
    text = (
        "6月2日至3日,上海市金山区委副书记秦牧山率党政代表团到云南省普洱市宁洱哈尼族彝族自治县考察沪滇协作工作。\n"
        "在随后召开的座谈会上,双方签订了沪滇协作协议,金山区向宁洱县捐赠教育帮扶资金50万元。"
    )
    found = events(text)
    assert [e.type for e in found] == ["visit", "meeting", "agreement", "donation"]
    assert {(e.date_start, e.date_end) for e in found} == {("2021-06-02", "2021-06-03")}
    assert [a.value_cny for a in found[3].amounts] == [500000]


def test_one_meeting_told_three_times_is_one() -> None:
    text = (
        "6月2日,江苏省南通市·陕西省汉中市苏陕协作联席会议在汉中召开。\n会上,两市通报了工作。\n"
        "联席会议由汉中市副市长廉正平主持,南通市副市长瞿文远出席会议。"
    )
    found = [e for e in events(text) if e.type == "meeting"]
    assert len(found) == 1
    assert {p.name for p in found[0].persons} == {"廉正平", "瞿文远"}
    assert {p.name: p.side for p in found[0].persons} == {"廉正平": "supported", "瞿文远": "supporting"}


def test_two_visits_months_apart_stay_two() -> None:
    text = (
        "2020年3月,县长邢一鸣率团赴江苏省无锡市滨湖区考察。2020年9月,无锡市滨湖区委书记祝青松率党政代表团"
        "来陕西省延安市延长县对接苏陕协作工作。"
    )
    found = [e for e in events(text, "2021-01-05") if e.type == "visit"]
    assert [e.date_start for e in found] == ["2020-03", "2020-09"]
    assert found[0].to == found[1].from_ == ("江苏省无锡市滨湖区",)


def test_pairs_are_zipped_in_order() -> None:
    text = (
        "6月2日,浙江省宁波市镇海区与四川省凉山彝族自治州金阳县举行东西部协作结对签约。"
        "金阳县天地坝镇、派来镇分别与镇海区招宝山街道、澥浦镇签订结对帮扶协议。"
    )
    pairing = next(e for e in events(text) if e.type == "pairing" and len(e.pairs) == 2)
    assert [(a[-4:], b[-5:]) for a, b in pairing.pairs] == [("天地坝镇", "招宝山街道"), ("县派来镇", "海区澥浦镇")]
