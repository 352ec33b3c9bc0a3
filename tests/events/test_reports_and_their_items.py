"""Items of reports and digests, points of one paragraph, days by which something is due, who only comes to learn."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def events(text: str, published: str | None = None, title: str | None = None) -> list[Event]:
    return list(extract(Article(url="", text=text, title=title, published=published)).events)


def told(text: str, published: str | None = None, title: str | None = None) -> list[tuple[str, str | None]]:
    return [(e.type, e.date_start) for e in events(text, published, title) if e.status == "done"]


REPORT = (
    "2021年,泾源县与厦门市海沧区紧密协作,各项工作取得新成效。\n"
    "一、高位推动。5月18日,泾源县委书记王守银率党政代表团赴厦门市海沧区学习考察。\n"
    "二、人才支援。海沧区选派4名党政干部、23名专业技术人才到泾源县挂职帮扶。\n"
    "三、结对帮扶。海沧区东孚街道、嵩屿街道分别与泾源县泾河源镇、六盘山镇结对。\n"
)


def test_a_day_of_one_item_dates_nothing_of_another() -> None:
    assert told(REPORT, title="泾源县2021年闽宁协作工作总结") == [("visit", "2021-05-18"), ("pairing", "2021")]


def test_towns_of_an_item_are_paired_one_by_one() -> None:
    (pairing,) = [e for e in events(REPORT) if e.type == "pairing"]
    assert [(a[-4:], b[-4:]) for a, b in pairing.pairs] == [("泾河源镇", "东孚街道"), ("六盘山镇", "嵩屿街道")]


def test_points_of_one_paragraph_are_of_the_whole_year() -> None:
    text = (
        "一是强化领导。召开领导小组会议2次。二是抓实项目。上海市嘉定区对口帮扶永仁县投入项目资金2860万元。"
        "三是深化结对帮扶。嘉定区动员社会力量向永仁县捐款捐物折合人民币186万元。"
    )
    assert told(text, "2023-11-06") == []


@pytest.mark.parametrize("due", ["9月底前完成结对签约工作", "将于年底前全部签订结对协议"])
def test_what_is_due_by_a_day_has_not_happened(due: str) -> None:
    text = f"9月14日,上海市虹口区到云南省文山州富宁县考察。根据部署,虹口区组织企业与富宁县58个村对接,{due}。"
    assert {kind for kind, _ in told(text)} == {"visit"}


def test_who_comes_to_a_class_pays_no_visit() -> None:
    text = (
        "重庆市酉阳县致富带头人培训班6月21日在山东省东营市开班,酉阳县村干部等50人来到东营,重点学习现代农业。"
        "这是两地深化东西部协作的重要举措。"
    )
    assert told(text) == [("training", "--06-21")]


def test_reporters_pay_no_visit() -> None:
    text = "我们采访组一行五人从山西省太原市出发,到达新疆昌吉州。山西省从2010年开始对口援助昌吉州阜康市。"
    assert [kind for kind, _ in told(text)] == ["pairing"]


def test_signed_lately_and_at_the_ceremony_told_with_its_day() -> None:
    text = (
        "近日,新疆喀什地区叶城县14所学校与山东省淄博市14所学校签订结对共建协议书。\n"
        "6月3日,结对共建签约仪式在淄博市教育局举行,叶城县第一中学与淄博实验中学等28所学校现场签约。"
    )
    assert sorted(told(text)) == [("agreement", "--06-03"), ("pairing", "--06-03")]


def test_a_gift_whose_worth_is_told_behind_the_comma() -> None:
    text = "福建省援藏医疗队赴西藏昌都市巡诊。9月25日,医疗队在洛隆县人民医院捐赠药品和设备,价值12万元。"
    (gift,) = [e for e in events(text) if e.type == "donation"]
    assert [a.value_cny for a in gift.amounts] == [120000]


def test_a_school_told_with_its_county_stands_for_it_later() -> None:
    text = (
        "重庆市沙坪坝区与贵州省毕节市纳雍县曙光中学开展对口帮扶。"
        "4月16日,沙坪坝区教委主任李国强一行走进曙光中学考察调研。"
    )
    (visit,) = [e for e in events(text) if e.type == "visit"]
    assert visit.to == ("贵州省毕节市纳雍县",)


@pytest.mark.parametrize(
    "text",
    [
        "2016年9月,广东东莞对口帮扶云南昭通,双方在人才交流、产业合作、劳务输出等6个方面开展合作。",
        "2008年,国务院印发方案,明确19个省市对口支援四川、甘肃的24个县。上海支援云南。",
    ],
)
def test_fields_and_schemes_are_nobody_sent_and_no_pair_of_theirs(text: str) -> None:
    kinds = [kind for kind, _ in told(text)]
    assert "personnel" not in kinds
    assert "19" not in text or kinds == []


def test_rows_of_a_list_are_the_couples_of_the_pairing_told_before() -> None:
    text = (
        "近日,江苏省苏州市与贵州省铜仁市10个区县建立“一对一”结对帮扶关系。\n"
        "苏州市与铜仁市区县结对帮扶安排表\n苏州市 | 铜仁市 |\n昆山市 | 碧江区 |\n常熟市 | 思南县 |\n"
    )
    (pairing,) = [e for e in events(text) if e.type == "pairing"]
    assert [(a[-3:], b[-3:]) for a, b in pairing.pairs] == [("碧江区", "昆山市"), ("思南县", "常熟市")]


def test_couples_behind_the_pairing_they_are_parts_of() -> None:
    text = (
        "2020年,按照省里安排,福建省漳州市结对帮扶宁夏中卫市海原县、沙坡头区,"
        "即由龙海区、漳浦县与海原县结对,龙文区、芗城区与沙坡头区结对。"
    )
    (pairing,) = [e for e in events(text) if e.type == "pairing"]
    assert [(a[-3:], b[-3:]) for a, b in pairing.pairs] == [
        ("海原县", "龙海区"),
        ("海原县", "漳浦县"),
        ("坡头区", "龙文区"),
        ("坡头区", "芗城区"),
    ]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("天津市援青医生宋振国在青海省黄南州尖扎县人民医院查房。2023年7月到岗以来,他开展新技术9项。", "2023-07"),
        ("上海市嘉定区对口帮扶云南省姚安县。专家吕建平是2020年7月抵达姚安县的,和他同来的还有2名同事。", "2020-07"),
        ("2013年至2016年,唐山市派出由市工人医院52名人员组成的援藏医疗队,分3批进驻西藏日土县卫生中心。", "2013"),
    ],
)
def test_when_those_sent_came(text: str, date: str) -> None:
    assert told(text) == [("personnel", date)]


def test_goods_whose_name_holds_the_giving() -> None:
    text = "2024年10月16日,济南市历城区代表团赴重庆市武隆区考察。随后,历城区向武隆区火炉镇捐赠物资和现金共计28.6万元。"
    assert ("donation", "2024-10-16") in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "2021年3月,江苏援陕挂职干部、曾任陕西省商洛市丹凤县副县长的徐志明回访企业。",
        "2016年5月,江苏省镇江市援建新疆可克达拉市的学校教师周转房分配到位。",
        "2025年12月6日,宁波市与凉山州召开联席会议。凉山州1430名专技人才到宁波跟岗。",
        "北京市昌平区26名支教教师与内蒙古正蓝旗26名教师结成“一对一”帮扶对子。",
    ],
)
def test_who_people_were_or_that_they_learn_sends_nobody(text: str) -> None:
    assert not {kind for kind, _ in told(text)} & {"personnel", "pairing"}


def test_couples_of_one_telling_are_one_pairing() -> None:
    text = "2020年,福建省漳州市龙海区、漳浦县与宁夏中卫市海原县结对,龙文区、芗城区与沙坡头区结对。"
    (pairing,) = [e for e in events(text) if e.type == "pairing"]
    assert len(pairing.pairs) == 4


def test_a_house_of_no_place_that_serves_a_county() -> None:
    text = (
        "解放军第474医院是新疆疏勒县人民医院的对口支援单位。9月18日,该院派出由副院长带队的7名专家赴疏勒县开展体检工作。"
    )
    (sent,) = [e for e in events(text) if e.type == "personnel"]
    assert (sent.supporting, sent.supported) == ((), ("新疆维吾尔自治区喀什地区疏勒县",))


def test_the_capital_wires_for_central_units() -> None:
    text = (
        "北京讯 近日,中国能建再次获得“好”的等次。2024年,中国能建完成陕西镇巴县、广西西林县两个定点帮扶县的任务,"
        "全年投入无偿帮扶资金5230万元,培训基层干部21600人次。"
    )
    found = extract(Article(url="", text=text))
    assert found.relevant
    assert found.events == ()
    assert [f.value for f in found.figures] == [52300000, 21600]


def test_what_was_learnt_at_a_meeting_is_figures() -> None:
    text = "记者从近日在贵阳召开的大连、青岛对口帮扶贵州工作座谈会上了解到,两市共新建希望学校842所,资助7.3万名儿童。"
    assert [f.value for f in extract(Article(url="", text=text)).figures] == [842, 73000]


@pytest.mark.parametrize(
    "text",
    [
        "广东省开平市对口支援新疆图木舒克市。开平市承担2016年对口支援图木舒克市的医疗任务。",
        "2012年,按照部署,成都市郫都区对口援助甘孜州道孚县。一批又一批援藏工作队深入道孚县。",
        "今年8月,德阳市援建的阿坝县产业园完工,目前5家企业签约准备入驻。",
    ],
)
def test_tasks_teams_and_firms_so_far_are_no_events(text: str) -> None:
    assert [kind for kind, date in told(text) if kind != "project" and date != "2012"] == []


def test_towns_that_sign_to_help_are_paired() -> None:
    text = "记者从竹溪县蒋家堰镇了解到,北京市密云区太师屯镇与湖北省竹溪县蒋家堰镇签订了南水北调对口协作协议。"
    (pairing,) = [e for e in events(text) if e.type == "pairing"]
    assert [(a[-4:], b[-4:]) for a, b in pairing.pairs] == [("蒋家堰镇", "太师屯镇")]


def test_who_follows_a_class_and_teaches_is_sent() -> None:
    text = "2023年10月,北京市海淀区的5名教师到湖北省丹江口市实验小学开始为期一学期的跟岗支教。"
    assert told(text) == [("personnel", "2023-10")]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("上海市对口支援西藏亚东县。2019年,医生姚子青成为上海第九批援藏干部中的一员,赴亚东县担任院长。", "2019"),
        ("2013年8月22日,姜国平从北京来到新疆和田,作为北京市第八批援疆干部成为洛浦县县委副书记。", "2013-08-22"),
        ("2014年,女教师杨明丽报名成为第16批福建赴宁夏支教教师。六年来她在西吉县教英语。", "2014"),
        ("2020年9月,苏州教师周婷踏上了前往贵州省松桃县支教的列车。", "2020-09"),
        ("南京市2014年向拉萨江苏实验中学选派了第一批42名援藏教师。9年来,全市共有276名教师进藏支教。", "2014"),
        ("2023年8月6日,南京市新一批“组团式”援藏教师,带着嘱托奔赴西藏。", "2023-08-06"),
    ],
)
def test_one_who_joins_and_how_it_began(text: str, date: str) -> None:
    assert [d for kind, d in told(text) if kind == "personnel"] == [date]


def test_so_many_houses_of_each_side_sign_to_help() -> None:
    text = "2016年5月20日,28家上海三级医院与云南28家贫困县医院签订对口帮扶责任书。"
    assert sorted(told(text)) == [("agreement", "2016-05-20"), ("pairing", "2016-05-20")]


def test_who_is_made_welcome_has_come_and_a_house_of_theirs_has_not() -> None:
    welcome = "3月6日晚,新疆阿瓦提县委书记刘志勇对浙江省绍兴市新一批援疆干部的到来表示热烈欢迎。"
    assert told(welcome) == [("personnel", "--03-06")]
    call = "6月23日,新疆木垒县委书记高奇涛来到援疆楼,慰问福建省泉州市第八批援疆干部人才。"
    assert told(call) == []


def test_a_notice_that_fixes_who_is_paired_with_whom() -> None:
    text = (
        "浙江省湖州市、四川省广安市日前联合印发通知,明确两市区县结对关系,"
        "其中吴兴区结对广安区、华蓥市,南浔区结对岳池县。对口协作各方要在5月底前完成首次对接。"
    )
    (pairing,) = [e for e in events(text) if e.type == "pairing"]
    assert [(a[-3:], b[-3:]) for a, b in pairing.pairs] == [
        ("广安区", "吴兴区"),
        ("华蓥市", "吴兴区"),
        ("岳池县", "南浔区"),
    ]


def test_a_notice_of_a_class_announces_it() -> None:
    text = (
        "为做好对口支援工作,经研究,决定举办2022年上海市对口支援干部能力提升培训班。"
        "培训对象:拟选派赴新疆喀什、云南的挂职干部。培训时间:2022年7月18日至22日。"
    )
    assert told(text) == []


def test_points_of_an_answer_are_figures_and_a_traveller_s_numbers_are_none() -> None:
    answer = "一是加强领导。二是加大投入,泰州市累计安排对口支援西藏曲水县资金1.26亿元,实施项目31个。"
    found = extract(Article(url="", text=answer))
    assert found.relevant
    assert [f.value for f in found.figures] == [126000000, 31]
    tour = "云南香格里拉市的古城里有上海援建的传习馆。假期前三天,全市接待游客12.6万人次,实现旅游收入1.3亿元。"
    assert not extract(Article(url="", text=tour)).relevant
