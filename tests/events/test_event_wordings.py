"""Wordings met on real pages, told here of invented people: one test for each general mechanism."""

import pytest

from crawler.events import extract
from crawler.events.extraction import read_facts
from crawler.facts import find_facts
from crawler.model import Article, Event


def told(text: str, published: str | None = "2023-06-30", title: str | None = None) -> list[Event]:
    return list(extract(Article(url="", text=text, title=title, published=published)).events)


def done(text: str, published: str | None = "2023-06-30", title: str | None = None) -> list[tuple[str, str | None]]:
    return [(e.type, e.date_start) for e in told(text, published, title) if e.status != "planned"]


def test_a_county_is_named_by_one_character_of_its_name() -> None:
    text = "6月5日,山东省德州市庆云县委书记骆青山率队来秀对接东西部协作工作。德州庆云·重庆秀山东西部协作联席会议召开。"
    visit = next(e for e in told(text) if e.type == "visit")
    assert visit.to == ("重庆市秀山土家族苗族自治县",)


def test_thanks_tell_who_helps_inside_one_prefecture() -> None:
    text = (
        "6月5日,宜都市委常委梅长风带队赴长阳开展结对帮扶工作。座谈会上,长阳土家族自治县对宜都长期以来的支持表示感谢。"
    )
    visit = next(e for e in told(text) if e.type == "visit")
    assert (visit.supporting, visit.supported) == (("湖北省宜昌市宜都市",), ("湖北省宜昌市长阳土家族自治县",))


def test_an_announced_fair_is_planned_with_all_that_belongs_to_it() -> None:
    text = (
        "天津市武清区对口帮扶地区农特产品展销会将于7月9日至12日举办。展会由武清区主办,甘肃省静宁县协办,展示展销农产品百余种。"
        "展会期间,武清区将以此为契机,深化协作,举办产销对接洽谈会。"
    )
    assert done(text) == []
    assert {e.status for e in told(text)} <= {"planned"}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("将帮扶资金30万元支票交给岷县代表", "done"),
        ("将向岷县捐赠帮扶资金30万元", "planned"),
    ],
)
def test_the_object_marker_is_no_future(words: str, status: str) -> None:
    text = f"6月5日,福州市马尾区与甘肃省定西市岷县举行东西部协作捐赠仪式。6月6日,马尾区慈善总会{words},捐赠仪式结束。"
    assert status in {e.status for e in told(text) if e.type == "donation"}


def test_a_quotation_of_several_sentences_states_no_event() -> None:
    text = (
        "6月5日,湖南省援建的吐鲁番市第二小学教学楼开工仪式举行。"
        "“教学楼是湖南对口援疆的重点工程。今天的开工仪式只是开始,明年6月学校项目就会竣工。”援疆干部倪思远说。"
    )
    assert done(text) == [("project", "2023-06-05")]


def test_those_who_leave_to_teach_are_sent() -> None:
    text = "今天上午,南京市雨花台区实验小学举行赴陕西镇安支教教师欢送会。"
    assert done(text, "2019-08-30") == [("personnel", "2019-08-30")]


def test_a_decision_and_the_gift_it_led_to_are_one() -> None:
    text = (
        "6月5日,厦门市向甘肃省临夏州和政县捐赠校车20辆。"
        "今年,厦门市集美区慈善会决定向临夏州和政县捐赠校车20辆,助力对口帮扶。"
    )
    assert [kind for kind, _ in done(text)].count("donation") == 1


def test_talks_between_two_leaders_are_a_meeting() -> None:
    text = (
        "昨日,四川省凉山州代表团来甬考察东西部协作工作,宁波市人大常委会主任鲍正和凉山州人大常委会主任吉克英座谈交流。"
    )
    meeting = next(e for e in told(text) if e.type == "meeting")
    assert {p.name for p in meeting.persons} >= {"鲍正", "吉克英"}


def test_a_meeting_nobody_names_is_told_once_on_a_visit() -> None:
    text = (
        "6月5日,陕西省安康市白河县长宋知远一行来江苏省常州市溧阳市对接苏陕协作工作。"
        "会上,双方介绍了情况。会上,还观看了短片。"
    )
    assert sorted(kind for kind, _ in done(text)) == ["meeting", "visit"]


def test_where_a_meeting_is_held_is_no_party() -> None:
    text = "6月5日,陕西省商务厅与江苏省商务厅在西安共同召开苏陕扶贫协作联席会议,双方签订合作项目11个。"
    assert all(e.supported == ("陕西省",) for e in told(text) if e.type in ("meeting", "agreement"))


def test_scenery_sets_no_date() -> None:
    text = (
        "9月3日至4日,福建省委书记辛国梁率福建党政代表团赴宁夏回族自治区考察闽宁协作。"
        "金秋九月,天高云淡,代表团来到闽宁镇考察。"
    )
    assert {date for kind, date in done(text, "2022-09-06") if kind == "visit"} == {"2022-09-03"}


@pytest.mark.parametrize(
    "name", ["尼玛西日", "真金白银", "鲁渝协作产业园", "“鲁企走进甘肃”活动"], ids=["person", "idiom", "label", "title"]
)
def test_a_place_name_inside_another_word_is_no_place(name: str) -> None:
    text = f"6月5日,山东省德州市庆云县与重庆市秀山县举行东西部协作联席会议,庆云县长贾文考察了秀山县。会议介绍了{name}。"
    names = {n for e in told(text) for n in (*e.supporting, *e.supported, *e.from_, *e.to)}
    assert names <= {"山东省德州市庆云县", "重庆市秀山土家族苗族自治县"}


def test_goods_and_workers_that_are_moved_pay_no_visit() -> None:
    text = "莱西市在甘肃陇南两当县成立东西部协作劳务工作站,6月5日,将两当县务工人员输送到莱西市企业。"
    assert "visit" not in {kind for kind, _ in done(text)}


def test_a_review_printed_in_january_speaks_of_the_year_before() -> None:
    text = "1月6日,普陀区党政代表团赴云南省双江县考察。9月25日,双江县农产品展销会在普陀区开幕。"
    found = done(text, "2021-01-11", "2020年普陀·双江扶贫协作大事记")
    assert ("visit", "2020-01-06") in found
    assert ("consumption", "2020-09-25") in found


def test_charity_from_outside_is_no_paired_assistance() -> None:
    text = "6月5日,香港福州同乡会在福州举行捐赠仪式,向福州市第二医院捐赠救护车3辆,支援家乡。"
    assert done(text) == []


def test_a_team_came_on_the_day_since_which_it_is_there() -> None:
    text = "自2008年8月9日珠海市援建工作组进驻汶川县绵虒镇以来,对口援建项目全部完成。"
    assert ("personnel", "2008-08-09") in done(text, "2010-07-18")


def test_ceremonies_told_one_behind_the_other_are_works_of_their_own() -> None:
    text = (
        "7月16日,上海市考察团在新疆喀什地区叶城县考察对口援疆工作,出席了由上海援助3200万元建设的第二幼儿园奠基仪式、"
        "由上海援助8600万元建设的职业技术学校开工仪式。"
    )
    works = [e for e in told(text) if e.type == "project"]
    assert [[a.value_cny for a in e.amounts] for e in works] == [[32000000], [86000000]]


def test_the_future_in_a_quoted_name_is_no_plan() -> None:
    text = "6月10日,福建省厦门市思明区在宁夏银川市永宁县举办“山海情 向未来”闽宁产业推介会。"
    assert ("meeting", "2023-06-10") in done(text)


def test_a_meeting_without_a_name_counts_when_its_clause_names_both_sides() -> None:
    text = "6月12日,福建省龙岩市与宁夏固原市西吉县第三次会议在龙岩召开,研究对口协作。"
    assert done(text) == [("meeting", "2023-06-12")]
    assert done("6月12日,宁夏固原市西吉县会议召开,研究福建省龙岩市对口协作资金安排。") == []


def test_many_signers_at_the_meeting_just_told_sign_one_agreement() -> None:
    text = (
        "6月12日,福建省龙岩市与宁夏固原市西吉县东西部协作联席会议在龙岩召开。"
        "此次会议上共有14家企业集中签约,总投资额达6.8亿元。"
    )
    assert ("agreement", "2023-06-12") in done(text)


def test_talks_count_when_the_visitors_stand_in_the_clause_before() -> None:
    text = "6月16日,内蒙古通辽市奈曼旗党政代表团来访北京市通州区,双方围绕深化京蒙协作进行座谈。"
    assert done(text) == [("visit", "2023-06-16"), ("meeting", "2023-06-16")]


def test_a_pairing_told_with_month_and_then_with_year_is_one() -> None:
    text = "自2018年3月北京市通州区与内蒙古通辽市奈曼旗结对帮扶以来,往来密切。自2018年两地结对帮扶以来,成效显著。"
    assert [e.date_start for e in told(text) if e.type == "pairing"] == ["2018-03"]


def test_what_somebody_does_in_a_clause_about_him_is_not_told() -> None:
    text = "6月1日,从浙江省宁波市宁海县来贵州省黔西南州晴隆县挂职担任副校长的石越舟谈起对口帮扶。"
    assert "personnel" not in [kind for kind, _ in done(text)]


def test_a_date_inside_a_name_dates_nothing() -> None:
    text = "6月27日,浙江省温州市明天教育基金会向四川省阿坝州若尔盖县捐赠160万元,助力对口支援。"
    assert done(text) == [("donation", "2023-06-27")]


def test_an_airport_is_a_stop_on_the_way() -> None:
    text = "6月27日,黑龙江省第四批援藏干部抵达拉萨贡嘎机场,随后前往日喀则市。黑龙江省对口支援日喀则市。"
    found = next(e for e in told(text) if e.type == "personnel")
    assert "西藏自治区拉萨市" not in found.supported


def test_how_long_a_fair_lasts_dates_nothing_told_behind_it() -> None:
    text = (
        "6月23日,四川省凉山州农产品展销会,在广东省佛山市开幕。"
        "本次活动持续至6月25日,佛山市对口帮扶的凉山州农特产品亮相。"
    )
    assert {date for _, date in done(text)} == {"2023-06-23"}


def test_a_day_without_a_year_hides_no_tie() -> None:
    text = "7月16日,苏州市相城区、石阡县联合召开扶贫协作挂职干部座谈会。相城区委副书记骆青山、石阡县副县长梅长风参加。"
    meeting = next(e for e in told(text, None) if e.type == "meeting")
    assert meeting.supporting == ("江苏省苏州市相城区",)
    assert (meeting.date_start, meeting.tie.label) == ("--07-16", "in-pairing")


@pytest.mark.parametrize(("printed", "label"), [("2018-07-20", "in-pairing"), ("2005-07-20", "other-tie")])
def test_the_tie_of_a_day_without_a_year_is_the_one_of_the_report(printed: str, label: str) -> None:
    text = (
        "相城区与石阡县召开扶贫协作座谈会。7月16日,相城区委副书记骆青山、石阡县副县长梅长风出席"
        "苏州市相城区石阡县对口帮扶签约仪式。"
    )
    article = Article(url="", text=text, published=printed)
    facts = find_facts(text)  # nobody has told the facts when the page was printed
    signed = next(e for e in read_facts(facts, article, []).events if e.type == "agreement")
    assert (signed.date_start, signed.tie.label) == ("--07-16", label)


def test_villages_told_together_do_not_hide_the_pair_of_their_province() -> None:
    text = (
        "4月9日,佛山市顺德区人大常委会副主任梅长风带队送8名扶贫干部到郁南县5个贫困村驻点帮扶。"
        "8名干部分赴郁南县平台镇木栗村、河口镇双岭村等地,在村里工作两年。"
    )
    sent = next(e for e in told(text) if e.type == "personnel")
    assert (sent.supporting, sent.supported) == (("广东省佛山市顺德区",), ("广东省云浮市郁南县",))


def test_a_hospital_of_the_province_helps_a_county_of_it() -> None:
    text = (
        "4月9日,云南省第一人民医院副院长梅长风一行到维西县人民医院指导创建工作。"
        "双方签订了对口支援协议书,维西县副县长骆青山见证签约。"
    )
    agreement = next(e for e in told(text) if e.type == "agreement")
    assert agreement.supporting == ("云南省",)
    assert agreement.supported == ("云南省迪庆藏族自治州维西傈僳族自治县",)


def test_offices_of_the_province_direct_and_help_nobody() -> None:
    text = (
        "4月9日,云南省卫生健康委员会副主任梅长风一行到维西县人民医院检查对口支援工作。"
        "梅长风在维西县召开座谈会,维西县副县长骆青山参加。"
    )
    assert told(text) == []


def test_whose_help_is_praised_gives_it() -> None:
    text = (
        "9月2日,璧山区委副书记梅长风一行来我县对接对口帮扶工作,并召开座谈会。"
        "县长骆青山说,城口的变化离不开璧山的大力支持。城口、璧山两地干部参加。"
    )
    visit = next(e for e in told(text) if e.type == "visit")
    assert (visit.supporting, visit.supported) == (("重庆市璧山区",), ("重庆市城口县",))


def test_the_plan_a_meeting_is_about_is_no_date() -> None:
    text = "近日,佛山市援藏工作组在墨脱县组织召开“十五五”援藏项目推进会,墨脱县副县长骆青山参加。"
    assert [e.date_start for e in told(text) if e.type == "meeting"] == ["2023-06"]


@pytest.mark.parametrize(
    "words",
    ["赴墨脱县开展对口援藏帮扶活动", "就开展干部人才培养与墨脱县座谈"],
)
def test_what_is_done_for_an_aided_place_sends_nobody(words: str) -> None:
    assert "personnel" not in {kind for kind, _ in done(f"6月2日,佛山市副市长骆青山带队{words}。")}


def test_two_ceremonies_with_names_of_their_own_are_two_gifts() -> None:
    text = (
        "5月8日，浙江省湖州市长兴县代表团赴四川省广安市武胜县考察东西部协作，在中心小学举行“暖阳助学”捐赠仪式。"
        "随后，在飞龙镇“乡村书香”捐赠仪式上，长兴县向飞龙镇捐赠图书300册。"
    )
    assert [e.type for e in extract(Article(url="", text=text, title=None, published="2022-05-09")).events].count(
        "donation"
    ) == 2


def test_a_plan_that_goes_on_with_whom_it_helps_stays_a_plan() -> None:
    text = (
        "5月8日，浙江省湖州市长兴县代表团赴四川省广安市武胜县考察东西部协作。"
        "长兴县医院将与基金会合作，协助武胜县培养50名医生，并向当地捐赠3辆救护车。"
    )
    gifts = extract(Article(url="", text=text, title=None, published="2022-05-09")).events
    assert [e.type for e in gifts if e.status != "planned"] == ["visit"]


def test_our_city_before_one_of_its_counties_tells_whose_paper_it_is() -> None:
    text = "日前，江苏省无锡市锡山区锡北镇党政代表团前往我市化隆回族自治县考察东西部协作。"
    (visit,) = extract(Article(url="", text=text, title="锡山化隆再牵手", published="2021-10-14")).events
    assert (visit.from_, visit.to) == (("江苏省无锡市锡山区锡北镇",), ("青海省海东市化隆回族自治县",))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019年8月，河西区拿出30万元，在庄浪县援建了一所小学。", "2019-08"),
        ("代表团参观了河西区2018年援建的南湖小学。", "2018"),
        ("南湖小学是河西区于2018年援建，环境优美。", "2018"),
        ("代表团参观了河西区援建的南湖小学。", None),
        ("2016年以来，河西区在庄浪县援建了12所学校。", None),
    ],
)
def test_what_was_built_with_aid_on_a_date_of_its_own(text: str, day: str | None) -> None:
    lead = "6月13日，天津市河西区代表团到甘肃省庄浪县考察东西部协作。"
    article = Article(url="", text=lead + text, title=None, published="2023-06-15")
    assert [e.date_start for e in extract(article).events if e.type == "project"] == ([day] if day else [])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("近日，天津市河西区总商会赴甘肃省庄浪县开展结对帮扶工作，慰问困难群众。", ["visit"]),
        ("6月13日，天津市河西区医疗队到甘肃省庄浪县开展对口帮扶工作。", ["personnel"]),
        ("2019年6月，中央派工程技术人员进藏修建水电站。江苏省对口支援西藏拉萨市。", []),
        ("自2008年8月起，湖南省30名同志组成对口支援理县工作队，奔赴理县开展援建。", ["personnel"]),
    ],
)
def test_errands_of_help_teams_and_the_state(text: str, kinds: list[str]) -> None:
    article = Article(url="", text=text, title="对口支援动态", published="2023-06-15")
    assert [e.type for e in extract(article).events] == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("6月13日，天津市河西区商务局、国资委等组成代表团入陇，开展消费帮扶调研。", ["visit"]),
        ("6月13日，天津市河西区采购团到甘肃省考察，现场下单60万元。", ["visit", "consumption"]),
        ("6月13日，甘肃省的农货入津，对口帮扶带来订单。", []),
        ("6月13日，天津市第三批援藏教师40人进藏，开始新的工作。", ["personnel"]),
        ("进藏两年来，天津市援藏干部克服困难。", []),
    ],
)
def test_places_of_one_character_are_entered(text: str, kinds: list[str]) -> None:
    article = Article(url="", text=text, title="对口支援动态", published="2023-06-15")
    assert [e.type for e in extract(article).events] == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("6月13日，东西部协作救护车交车仪式在庄浪县举行，河西区援助的3辆救护车开往乡镇卫生院。", ["donation"]),
        ("6月13日，河西区捐赠庄浪县的4辆救护车在庄浪县产业园区正式交付。", ["donation"]),
        ("6月13日，对口帮扶返岗包列抵达天津，车上有40名庄浪县务工人员。", ["labor"]),
        ("6月13日，庄浪县35名务工人员登上返岗大巴，前往对口帮扶的河西区。", ["labor"]),
    ],
)
def test_what_is_handed_over_and_who_is_driven_to_work(text: str, kinds: list[str]) -> None:
    article = Article(url="", text=text, title="天津市河西区与甘肃省庄浪县东西部协作", published="2023-06-15")
    assert [e.type for e in extract(article).events] == kinds


def test_a_fair_told_fourth_under_a_dateline_is_the_news() -> None:
    text = (
        "工作站成立\n津报6月13日讯 天津市河西区在甘肃省庄浪县成立劳务协作工作站。\n"
        "庄浪县同步开展了东西部劳务协作专场招聘会，4家企业响应号召。"
    )
    article = Article(url="", text=text, title="劳务协作工作站成立", published="2023-06-13")
    assert "labor" in [e.type for e in extract(article).events]
