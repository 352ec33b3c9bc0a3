"""Guests of a rite, posts held besides, a fair and a ride of one day, feasts, years that only name a paper."""

from crawler.events import extract
from crawler.model import Article, Event


def events(text: str, published: str = "2023-03-22") -> list[Event]:
    return list(extract(Article("", text, published=published)).events)


def test_guests_of_a_rite_pay_a_visit_to_where_it_is() -> None:
    text = (
        "“六一”儿童节这天,由辽宁省大连市捐资80万元援建的贵州省水城县玉舍希望小学正式落成启用。"
        "大连市副市长罗立群率大连市代表团专程前来参加落成典礼,并向六盘水市赠送救护车2辆。"
    )
    found = {event.type: event for event in events(text, "2001-06-05")}
    assert set(found) == {"project", "visit", "donation"}
    visit = found["visit"]
    assert {event.date_start for event in found.values()} == {"2001-06-01"}
    assert [place.name for place in visit.places if place.role == "from"] == ["辽宁省大连市"]
    assert [place.name for place in visit.places if place.role == "to"] == ["贵州省六盘水市水城县"]


def test_a_team_headed_besides_does_not_travel() -> None:
    text = (
        "4月11日,西吉县委常委、福建省第十二批援宁工作队西吉工作组组长覃志坚带领西吉县代表团一行来福建省莆田市秀屿区,"
        "与企业负责人共商闽宁协作。"
    )
    assert "visit" in {event.type for event in events(text)}


def test_a_fair_and_the_ride_to_work_after_it_are_two() -> None:
    text = (
        "2月8日,广东省台山市与广西龙州县东西部劳务协作专场招聘会在龙州县举行。"
        "招聘会结束后,首批86名龙州籍务工人员佩戴红花,登上开往台山的“点对点”免费专车,奔赴台山市的企业上岗。"
    )
    assert [event.type for event in events(text)] == ["labor", "labor"]


def test_what_is_planned_next_may_be_talked_over() -> None:
    text = "7月23日,在内蒙古武川县与北京市门头沟区京蒙扶贫协作联席会议上,双方围绕产业、劳务等方面的下步打算交换了意见。"
    assert [(event.type, event.status) for event in events(text, "2019-07-26")] == [("meeting", "done")]


def test_a_year_that_names_a_paper_moves_no_day() -> None:
    text = (
        "3月20日,新疆塔城地区职业技术学校代表团到辽宁省鞍山市考察援疆工作。双方签订了2023年中高职贯通培养合作协议。"
        "鞍山市把一批价值25万元的焊接设备赠送给塔城地区职业技术学校。"
    )
    assert {event.date_start for event in events(text)} == {"2023-03-20"}


def test_a_year_that_is_decided_for_moves_no_day() -> None:
    text = (
        "5月9日,浙江省兰溪市党政代表团到四川省通江县考察东西部协作工作。会上确定今年由兰溪市投入资金120万元建水池。"
        "兰溪市供销社还与通江县农业局签订了茶叶购销协议。"
    )
    assert {event.date_start for event in events(text, "2023-05-12")} == {"2023-05-09"}


def test_what_is_done_at_the_meeting_ends_what_was_said_there() -> None:
    text = (
        "10月21日,江苏省如东县与陕西省汉中市南郑区召开教育协作座谈会。罗立群表示,如东县将一如既往地做好教育帮扶。"
        "希望两地学校多走动、多交流。座谈会上,两地教体局续签了《教育对口帮扶合作协议》,如东县慈善会为南郑区学生捐赠助学金20万元。"
    )
    assert {event.type for event in events(text, "2020-10-23")} >= {"meeting", "agreement", "donation"}


def test_when_what_they_look_at_was_built_moves_no_day() -> None:
    text = (
        "2020年8月8日,大连市中山区副区长罗立群率考察团到贵州省六盘水市水城县考察。"
        "考察团察看了1998年由中山区捐资修建的杨梅乡小学。看到教室里桌椅不齐,考察团成员当场捐款1.7万元。"
    )
    assert {event.date_start for event in events(text, "2020-08-12") if event.type == "donation"} == {"2020-08-08"}
