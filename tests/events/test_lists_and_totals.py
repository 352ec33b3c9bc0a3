"""Pairings by a curtain, a year or a list; several days in one telling; totals, reviews and novels."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def events(text: str, published: str | None = None, title: str | None = None) -> list[Event]:
    return list(extract(Article(url="", text=text, title=title, published=published)).events)


def dates(kind: str, text: str, published: str | None = None, title: str | None = None) -> list[str | None]:
    return [e.date_start for e in events(text, published, title) if e.type == kind and e.status == "done"]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1996年,“闽宁合作”在国家扶贫协作的背景下拉开帷幕,泉州参与其中。", "1996"),
        ("2017年,黑龙江省、广东省心手相牵,两省对口合作的大幕由此开启。", "2017"),
        ("2010年,广东省拉开了对口支援喀什地区的序幕。", "2010"),
        ("1996年,福建宁夏扶贫协作拉开序幕。", "1996"),
    ],
)
def test_the_curtain_rises_on_a_relation(text: str, year: str) -> None:
    assert dates("pairing", text) == [year]


@pytest.mark.parametrize(
    "text",
    [
        "2018年3月,福建宁夏东西部协作产品展销会拉开帷幕。",
        "2018年,福建宁夏两省区文化旅游合作月拉开序幕。",
        "自1996年福建宁夏大幕拉开以来,两省区互访不断。",
        "2022年,福建与宁夏拉开全面发展的大幕。",
        "2020年10月,福建省支援宁夏夏令营活动在银川启幕。",
        "2022年8月,福建省对口帮扶宁夏师生夏令营拉开帷幕。",
        "2020年3月,福建宁夏劳务协作的大幕拉开,首批工人返岗。",
    ],
)
def test_the_curtain_of_a_show_pairs_nobody(text: str) -> None:
    assert dates("pairing", text) == []


def test_towns_of_ours_are_shared_out_though_not_all_are_known() -> None:
    text = (
        "4月21日,中山市副市长袁康率队到云南省昭通市对接扶贫协作。"
        "按照部署,我市由火炬开发区、石岐区、小榄镇分别结对云南省昭通市的大关县、绥江县和永善县。"
    )
    (pairing,) = [e for e in events(text, "2017-04-25") if e.type == "pairing"]
    assert {name[-3:] for name in pairing.supported} >= {"大关县", "绥江县", "永善县"}


def test_the_year_in_which_a_street_took_a_town_on() -> None:
    text = "4月22日,上海市松江区九亭镇代表团到镇雄县罗坎镇对接协作。该镇于2021年对口帮扶罗坎镇,投入资金130万元。"
    assert dates("pairing", text) == ["2021"]
    assert dates("pairing", text.replace("罗坎镇,投入", "罗坎镇项目8个,投入")) == []


def test_what_stands_by_now_is_counted_whatever_day_was_told_before() -> None:
    text = (
        "2024年9月24日,青岛·定西东西部协作联席会议召开。"
        "目前,青岛市70个街道、260个村与定西市80个乡镇、470个村建立了结对帮扶关系。"
    )
    assert dates("pairing", text) == []
    assert {f.value for f in extract(Article(url="", text=text, title=None)).figures} == {70, 260, 80, 470}


def test_works_for_the_helped_place_begin_and_no_relation() -> None:
    text = "4月13日,北京市代表团确定对口支援和田地区的5个示范项目同时启动。"
    assert dates("pairing", text, "2010-04-19") == []
    assert dates("project", text, "2010-04-19") == ["2010-04-13"]


def test_paired_towns_sign_and_talk_but_are_paired_already() -> None:
    text = "11月5日,上海市长宁区新华路街道与金平县结对乡镇举行2020年携手奔小康签约仪式,并进行座谈交流。"
    assert {e.type for e in events(text, "2020-11-14")} == {"agreement", "meeting"}


def test_signed_projects_among_totals_are_a_total() -> None:
    text = "1996年,中央确定天津市对口帮扶甘肃省。2024年,安排9.65亿元援助资金,共建10个园区,签约合作项目229个。"
    read = extract(Article(url="", text=text, title=None))
    assert [e.type for e in read.events] == ["pairing"]
    assert {f.value for f in read.figures} == {965000000, 10, 229}
    there = "6月3日,天津市、甘肃省东西部协作推介会上,200家企业参加,发布项目30个,签约合作项目12个。"
    assert dates("agreement", there, "2024-06-05") == ["2024-06-03"]


@pytest.mark.parametrize(
    ("text", "kind", "days"),
    [
        ("2024年3月27日、9月24日,青岛·定西协作第七次、第八次联席会议召开。", "meeting", ["2024-03-27", "2024-09-24"]),
        ("2021年3月和7月,无锡市锡山区代表团两次赴化隆回族自治县考察协作。", "visit", ["2021-03", "2021-07"]),
        ("2021年6月8日、10日,无锡市锡山区代表团赴化隆回族自治县考察协作。", "visit", ["2021-06-10"]),
    ],
)  # fmt: skip
def test_days_of_several_months_are_as_many_happenings(text: str, kind: str, days: list[str]) -> None:
    found = [e for e in events(text) if e.type == kind]
    assert [e.date_start for e in found] == days
    assert len({e.id for e in found}) == len(found)


def test_a_chronicle_bears_its_year_in_brackets() -> None:
    text = "3月18日,乌恰县党政代表团赴常州市武进区对接对口支援工作。"
    assert dates("visit", text, None, "武进区对口支援乌恰县大事记(2011年)") == ["2011-03-18"]
    assert dates("visit", "去年3月18日" + text[5:], "2019-01-20", "武进区2018年对口支援纪实") == ["2018-03-18"]


def test_a_novel_tells_of_no_cooperation() -> None:
    story = "今年五月,中央确定福建省对口帮扶宁夏。福建省干部向宁夏捐赠200万元。"
    assert events(f"看后求收藏(天籁书屋www.x.com),接着再看。\n{story}") == []
    assert events(f"第33章 帮扶\n{story}", title="顶点小说网") == []
    assert events(f"6月3日,福建省捐建的爱心书屋在宁夏固原市揭牌。{story}") != []


def test_a_paper_signed_by_nobody_in_particular_is_an_agreement() -> None:
    text = "1996年,京蒙两地建立对口帮扶关系。2022年7月,《京蒙统一战线协作框架协议(2022—2026年)》签订。"
    assert dates("agreement", text) == ["2022-07"]
    later = f"{text}2024年,北京市大兴区与察右前旗签订《2024年东西部协作协议》。"
    first, second = sorted((e for e in events(later) if e.type == "agreement"), key=lambda e: e.date_start or "")
    assert (first.supporting, first.supported) == (("北京市",), ("内蒙古自治区",))
    assert second.supporting == ("北京市大兴区",)
    assert dates("agreement", text.replace("签订。", "签订后,将抓紧落实。")) == []
    assert dates("agreement", text.replace("签订。", "签订要求明确。")) == []


def test_a_house_of_no_place_helps_one_that_bears_it() -> None:
    text = "从2016年起,华山医院对口支援云南永平县人民医院。6年来共派出专家90人次,开展新技术60项。"
    (pairing,) = extract(Article(url="", text=text, title=None)).events
    assert (pairing.date_start, pairing.supporting) == ("2016", ())
    assert pairing.supported == ("云南省大理白族自治州永平县",)
    assert events("华山医院对口支援办公室成立。永平县人民医院派人学习。") == []


def test_an_officer_of_the_region_looks_at_his_own_county() -> None:
    text = (
        "3月2日,自治区党委副书记王军到红寺堡区调研闽宁协作工作。他来到闽宁产业园,并主持召开座谈会。福建援宁干部参加。"
    )
    assert events(text) == []
    assert {e.type for e in events(text.replace("自治区党委副书记", "福建省委副书记"))} >= {"visit"}


def test_the_office_of_the_givers_holds_its_own_meeting() -> None:
    text = "8月5日,南京市对口支援伊宁市前方指挥部召开项目推进会。"
    assert events(text) == []
    assert dates("meeting", text.replace("召开项目推进会", "与伊宁市发改委召开项目推进会")) == ["--08-05"]


def test_where_guests_are_received_is_no_party() -> None:
    text = "5月3日,宁波市市长刘明在香格里拉大酒店会见四川省广元市青川县委副书记唐辉率领的代表团一行,共商对口支援。"
    assert {e.type: e.organizations for e in events(text)} == {"visit": (), "meeting": ()}


def test_counted_turns_are_figures() -> None:
    text = "8月26日,东台市委书记杨峰率代表团到陕西省铜川市耀州区考察东西部协作。三年间,两地互访80批700余人次。"
    assert {f.value for f in extract(Article(url="", text=text, title=None)).figures} == {80, 700}


def test_a_coastal_city_helps_the_mountains_of_its_province() -> None:
    text = "7月18日,南平市延平区委书记黄伟会见莆田市秀屿区委书记张强带队的山海协作对口帮扶考察团一行,签订帮扶协议。"
    (agreement,) = [e for e in events(text, "2023-07-19") if e.type == "agreement"]
    assert (agreement.supporting, agreement.supported) == (("福建省莆田市秀屿区",), ("福建省南平市延平区",))


def test_a_decree_opens_a_chapter_and_a_visit_does_not() -> None:
    decree = "2022年5月,国家发展改革委印发《革命老区对口合作工作方案》,揭开了上海市与三明市对口合作的新篇章。"
    assert dates("pairing", decree) == ["2022-05"]
    assert dates("pairing", "2022年5月,上海市代表团赴三明市考察,开启了两市对口合作的新篇章。") == []


def test_counted_districts_that_are_paired_these_days_are_news() -> None:
    text = "近日,深圳市与赣州市印发通知,深圳市各区与赣州市10个县(市、区)建立结对合作关系。"
    assert [e.type for e in events(text, "2022-11-20")] == ["pairing"]
    assert events(text.replace("近日,", "")) == []


def test_a_tour_under_a_scheme_of_pairs_pairs_nobody() -> None:
    text = "根据东西部扶贫协作部署,11月26日,深圳市龙岗区坂田街道调研员李才带队前往广西靖西市开展“村村结对”帮扶调研。"
    assert {e.type for e in events(text)} == {"visit"}
    rite = "8月28日上午,上海市宝山区总工会结对帮扶仪式在云南省罗平县举行,10名学生得到资助。"
    assert dates("pairing", rite) == ["--08-28"]


def test_an_anniversary_of_the_water_is_no_work() -> None:
    text = "12月26日,十堰市纪念通水五周年暨京堰对口协作六周年活动在北京市消费扶贫双创中心举行。"
    assert events(text) == []


def test_our_city_is_itself_where_its_district_weighs_more() -> None:
    text = (
        "昨天上午,我市与前来对接的青田县党政代表团举行座谈会,双方就结对帮扶交换意见。"
        "宁波市海曙区石碶街道、海曙区高桥镇结对帮扶丽水市青田县5个乡。"
    )
    (meeting,) = [e for e in events(text, "2008-09-14") if e.type == "meeting"]
    assert meeting.supporting == ("浙江省宁波市",)


@pytest.mark.parametrize(
    ("day", "date"),
    [("上周五", "2018-07-13"), ("本周一", "2018-07-16"), ("大前天", "2018-07-13"), ("上周日下午", "2018-07-15")],
)
def test_days_of_the_week_are_told_from_the_page(day: str, date: str) -> None:
    assert dates("visit", f"{day},天津市武清区党政代表团到静宁县考察扶贫协作。", "2018-07-16") == [date]
    assert dates("visit", f"{day},天津市武清区党政代表团到静宁县考察扶贫协作。") == [None]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1996年5月,中央确定9个东部省市与10个西部省区开展扶贫协作;其中,广东对口帮扶广西。", "1996-05"),
        ("自1998年起,大连与六盘水东西部协作已走过25个春秋,累计投入资金14亿元。", "1998"),
        ("2018年4月,柯桥区与峨边县正式“牵手”。浙江省绍兴市柯桥区派人到四川省峨边县挂职。", "2018-04"),
        ("2018年4月,常州市新北区薛家镇等5个镇与安康市旬阳县5个乡镇结为姐妹乡镇。", "2018-04"),
    ],
)
def test_pairs_told_in_passing(text: str, day: str) -> None:
    assert dates("pairing", text) == [day]


def test_what_is_shared_out_without_a_decision_began_no_year() -> None:
    text = "2019年,广东省投入广西资金10亿元;其中,广东对口帮扶广西贫困村资金2亿元。"
    assert dates("pairing", text) == []


def test_a_tie_holds_under_a_new_name() -> None:
    text = "1995年至2024年,山东先后选派10批援藏干部对口支援日喀则市白朗县、桑珠孜区,投入资金46亿元。"
    assert {f.value for f in extract(Article(url="", text=text, title=None)).figures} == {10, 4600000000}
    (visit,) = events("2020年6月3日,日喀则市代表团赴山东省考察对口支援工作。")
    assert (visit.supporting, visit.supported) == (("山东省",), ("西藏自治区日喀则市",))


def test_the_day_before_yesterday_and_no_daily_mean() -> None:
    text = "前日,广州市白云区代表团赴麻江县考察对口帮扶。目前日均销售500斤。"
    assert dates("visit", text, "2016-12-20") == ["2016-12-18"]


def test_what_a_whole_last_year_brought_is_a_total() -> None:
    text = "2018年7月,临夏市与厦门市思明区达成扶贫协作协议。去年一年,思明区共派出教师3批12人次到临夏市支教。"
    assert {e.type for e in events(text, "2019-01-20")} == {"agreement"}


def test_a_headline_names_the_other_district() -> None:
    text = "7月18日,区委书记黄伟会见莆田市秀屿区委书记张强带队的对口帮扶考察团一行,签订2023年对口帮扶协议。"
    found = events(text, "2023-07-19", "延平区-秀屿区对口帮扶协议签约仪式举行")
    assert {e.supported for e in found} == {("福建省南平市延平区",)}


def test_a_gift_of_one_district_to_another_tells_who_helps() -> None:
    text = (
        "4月7日,六安市裕安区与芜湖市繁昌区召开结对帮扶工作座谈会,双方签订结对帮扶协议。"
        "芜湖市繁昌区向六安市裕安区捐赠帮扶资金500万元。"
    )
    found = events(text, "2022-04-10")
    assert {e.type for e in found} == {"meeting", "agreement", "pairing", "donation"}
    assert {(e.supporting, e.supported) for e in found} == {(("安徽省芜湖市繁昌区",), ("安徽省六安市裕安区",))}


def test_what_was_given_time_and_again_is_a_total() -> None:
    text = "扬州市江都区对口帮扶榆林市子洲县。江都区联络组协调单位来子洲县,先后捐款捐物达300万元,实施项目12个。"
    read = extract(Article(url="", text=text, title=None))
    assert (read.events, {f.value for f in read.figures}) == ((), {3000000, 12})


def test_nineteen_provinces_are_no_pair() -> None:
    text = "3月30日,全国会议确定19个省市承担对口支援新疆的任务。4月13日,北京市代表团赴和田地区考察对口支援工作。"
    assert {e.type for e in events(text, "2010-04-19")} == {"visit"}


def test_two_cities_named_together_act_for_themselves() -> None:
    text = "从2016年9月起,深圳市对口帮扶河池市。深圳市宝安区与河池市都安县的干部来往不断,深圳市宝安区派人到都安县。"
    (pairing,) = [e for e in events(text) if e.type == "pairing"]
    assert (pairing.supporting, pairing.supported) == (("广东省深圳市",), ("广西壮族自治区河池市",))


def test_aid_to_a_tibetan_prefecture_elsewhere_is_not_aid_to_tibet() -> None:
    text = "6日,成都市锦江区与甘孜州丹巴县对口支援工作座谈会在丹巴举行。锦江区第五批援藏干部15人参加。"
    (meeting,) = events(text, "2019-04-08")
    assert meeting.supporting == ("四川省成都市锦江区",)
    assert meeting.supported == ("四川省甘孜藏族自治州丹巴县",)
