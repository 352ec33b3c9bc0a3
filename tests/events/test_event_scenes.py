"""When things happened: the report's own scenes, not the dates it only looks back to; and what states no event."""

from crawler.events import extract
from crawler.model import Article, Event

LEAD = "9月25日至26日,山东省济南市副市长柏思源率代表团赴湖南省湘西土家族苗族自治州考察扶贫协作工作。\n"


def events(text: str, published: str = "2018-09-28") -> list[Event]:
    found = extract(Article(url="", text=text, published=published)).events
    return [event for event in found if event.status != "planned"]


def of(kind: str, text: str, published: str = "2018-09-28") -> list[Event]:
    return [event for event in events(text, published) if event.type == kind]


def test_what_happens_at_the_meeting_has_the_meetings_day_whatever_years_were_told_before() -> None:
    text = (
        "9月26日召开的济南·湘西联席会议上,双方通报了进展。2017年,济南市落实帮扶资金2亿元,比2016年增长41%。"
        "会议期间,济南市历城区与湘西州龙山县签订劳务协作协议。"
    )
    (signed,) = of("agreement", LEAD + text)
    assert signed.date_start == "2018-09-26"


def test_a_yardstick_dates_nothing() -> None:
    (paid,) = of("funding", "2018年,济南市向湘西州拨付扶贫协作资金2.36亿元,较上年增长41%。\n湘西州与济南市往来密切。")
    assert (paid.date_start, paid.date_end) == ("2018", "2018")


def test_totals_of_a_year_beside_the_news_are_no_events() -> None:
    text = LEAD + "2017年,济南市选派党政干部14名到湘西挂职,帮助销售湘西农产品8000万元。"
    assert {event.type for event in events(text)} == {"visit"}


def test_words_inside_a_companys_name_state_nothing() -> None:
    text = LEAD + "代表团考察了比亚通电子(济南)有限公司的扶贫车间。"
    assert of("project", text) == []


def test_money_that_arrives_and_gifts_brought_to_people_in_need() -> None:
    (paid,) = of("funding", LEAD + "9月20日,济南市帮扶湘西州的扶贫协作资金3000万元拨付到位。")
    assert [amount.value_cny for amount in paid.amounts] == [30000000]
    (given,) = of("donation", LEAD + "在龙山县,代表团看望了贫困户,送上慰问金2万元。")
    assert [amount.value_cny for amount in given.amounts] == [20000]


def test_a_labour_fair_is_no_meeting_besides() -> None:
    text = "9月26日,济南市与湘西州劳务对接会在湘西州龙山县举行,推动扶贫协作。对接会上,46家企业发布岗位。"
    assert {event.type for event in events(text)} == {"labor"}


def test_guests_of_an_opening_take_part_in_it() -> None:
    text = (
        "9月26日,济南市援建的湘西州龙山县扶贫协作茶叶加工厂项目竣工。\n"
        "济南市副市长柏思源、龙山县县长田开明出席竣工仪式并剪彩。项目总投资1480万元。"
    )
    (opened,) = of("project", text)
    assert {person.name for person in opened.persons} == {"柏思源", "田开明"}


def test_offices_that_sign_are_organisations() -> None:
    text = LEAD + "9月26日,济南市历城区教育局与湘西州龙山县教育局签订扶贫协作协议。"
    (signed,) = of("agreement", text)
    assert {name[-3:] for name in signed.organizations} == {"教育局"}
    assert len(signed.organizations) == 2


def test_a_traveller_known_by_title_is_known_later_by_name() -> None:
    text = (
        "9月26日,济南市·湘西州扶贫协作联席会议在湘西州龙山县召开,济南市副市长柏思源出席会议。\n"
        "会前,柏思源一行前往龙山县洗车河镇考察。"
    )
    (visit,) = of("visit", text)
    assert visit.from_ == ("山东省济南市",)


def test_alternating_sides_are_pairs_in_order() -> None:
    text = "9月26日,济南市历城区彩石街道与湘西州龙山县洗车河镇、历城区唐王街道与龙山县里耶镇结为扶贫协作结对帮扶关系。"
    (paired,) = of("pairing", text)
    assert [(a[-3:], b[-4:]) for a, b in paired.pairs] == [("车河镇", "彩石街道"), ("里耶镇", "唐王街道")]
