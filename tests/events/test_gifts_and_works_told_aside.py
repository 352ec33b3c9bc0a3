"""Gifts that travel, gifts on one visit, works told a clause before their day, and what only sounds like one."""

import pytest

from crawler.events import Extraction, extract
from crawler.model import Article

ABOUT = "浙江省兰溪市与四川省通江县是东西部协作结对关系。"
GIVER, TAKER = "浙江省金华市兰溪市", "四川省巴中市通江县"


def read(text: str) -> Extraction:
    """What a text tells that was printed in May 2022."""
    return extract(Article("https://www.gov.cn/", text, published="2022-05-20"))


def told(text: str, *, source: str | None = None, published: str | None = "2022-05-20") -> list[tuple[str, str | None]]:
    """Types and first days of what a text tells."""
    found = extract(Article("https://www.gov.cn/", text, source=source, published=published))
    return [(event.type, event.date_start) for event in found.events if event.status != "planned"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (ABOUT + "3月,兰溪市援建的石门小学食堂引来记者。", []),
        (ABOUT + "自今年3月兰溪市援建的石门小学食堂投入使用后,留守儿童吃上了热饭。", [("project", "2022-03")]),
        (ABOUT + "5月6日,兰溪·通江产业园开工。产业园从签约到开工只用了九十天。", [("project", "2022-05-06")]),
        (
            ABOUT + "5月6日,兰溪市将财政援助资金9000万元拨付到通江县。工作组将争取追加援助资金。",
            [("funding", "2022-05-06")],
        ),
        (ABOUT + "工作组积极沟通,争取追加财政援助资金。", []),
        (
            ABOUT + "5月6日,通江县石门小学举行“春芽计划”助学金发放仪式,兰溪市爱心人士参加。",
            [("donation", "2022-05-06")],
        ),
        (ABOUT + "5月6日,“圆梦希望”捐赠仪式在通江县石门小学举行,兰溪市红十字会参加。", [("donation", "2022-05-06")]),
        (
            ABOUT + "通江特产馆由两地利用东西部协作资金共同建设,2021年11月20日正式开馆,受到兰溪市民欢迎。",
            [("project", "2021-11-20")],
        ),
        (ABOUT + "自2021年浙川协作务工专列开行以来,已有2000人到浙江上岗。", []),
        (
            ABOUT + "2021年4月,兰溪市与通江县结对以来,引进企业9家,帮助销售农特产品2.3亿元。",
            [("pairing", "2021-04")],
        ),
        (
            ABOUT + "5月6日,兰溪市对口援建通江县石门镇项目整体移交仪式举行。此外,兰溪市还募集社会捐赠800万元。"
            "\n兰溪市副市长陈大伟出席移交仪式。",
            [("project", "2022-05-06")],
        ),
        (ABOUT + "在消费扶贫方面,2021年兰溪市采购通江县土特产5300万元,是2019年的1.8倍。", []),
        (ABOUT + "2021年,兰溪市协作资金用于石门镇果业村建设,为96户贫困户购置果园机械148台。", []),
        (
            ABOUT
            + "5月6日,兰溪市代表团到通江县考察。\n互派挂职干部6名,选派教师18名、医生15名到通江县支教支医;培训420人次。",
            [("visit", "2022-05-06")],
        ),
        (
            ABOUT
            + "5月6日,通江县收到兰溪市的救灾慰问金60万元。这是继去年9月兰溪市赠予通江县120万元扶贫资金之后的又一笔。",
            [("donation", "2022-05-06"), ("donation", "2021-09")],
        ),
        (ABOUT + "5月6日,督查组到通江县详细了解兰溪市协作项目开工、资金拨付落实的情况。", []),
        (
            ABOUT + "今年4月,兰溪市五家医院与通江县医院签订了对口帮扶协议。兰溪市社会各界还向通江县捐款捐物700万元。",
            [("agreement", "2022-04")],
        ),
        (
            ABOUT + "5月6日,兰溪市代表团到通江县考察,在县医院召开座谈会。会上,兰溪市向通江县交付援助资金300万元,"
            "兰溪市一家公司捐赠了一批药品。",
            [
                ("visit", "2022-05-06"),
                ("meeting", "2022-05-06"),
                ("funding", "2022-05-06"),
                ("donation", "2022-05-06"),
            ],
        ),
        (ABOUT + "资金来源。兰溪市财政帮扶资金900万元,已于2022年5月6日到位。", [("funding", "2022-05-06")]),
        (
            ABOUT + "5月6日,兰溪市援建的通江县石门镇福利中心交付使用。该中心设床位90张。\n"
            "兰溪市副市长陈大伟出席仪式,并为中心揭牌。",
            [("project", "2022-05-06")],
        ),
        (
            ABOUT + "去年9月,兰溪市石门商会与通江县石门镇签署了助学协议,资助石门镇9名贫困学生。",
            [("agreement", "2021-09")],
        ),
        (ABOUT + "5月6日,兰溪市捐赠的三辆校车开进通江县,交付给石门小学使用。", [("donation", "2022-05-06")]),
        (
            ABOUT + "5月6日,兰溪市心桥协会向通江县捐赠冬衣300件。上午,志愿者来到仓库打包物资。",
            [("donation", "2022-05-06")],
        ),
        (
            ABOUT + "5月6日,兰溪市慈善总会捐资12万元建设的“童心之家”在通江县石门社区正式启用。",
            [("project", "2022-05-06")],
        ),
    ],
)
def test_what_is_told_aside(text: str, wanted: list[tuple[str, str]]) -> None:
    assert told(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "5月6日,通江县政府联合爱心企业发起“通江土豆进兰溪”行动,向兰溪市捐赠40吨爱心土豆。这批土豆、青菜分两批发往兰溪市云山街道。",
        "5月6日,经过2000公里运输,从通江县起运的36箱防疫物资顺利抵达对口协作的兰溪市。",
        "连日来疫情牵动人心。5月6日,通江县的三车青菜、土豆已送达兰溪市。",
    ],
)
def test_goods_sent_to_a_town_in_need_are_one_gift(text: str) -> None:
    (event,) = read(ABOUT + text).events
    assert (event.type, event.date_start) == ("donation", "2022-05-06")
    assert (event.supporting, event.supported) == ((TAKER,), (GIVER,))


def test_a_school_and_a_county_are_given_something_on_days_of_their_own() -> None:
    text = (
        ABOUT + "5月6日至7日,兰溪市工商联主席陈大伟率队到通江县考察。在石门小学,兰溪市商会向石门小学捐赠电脑20台。"
        "7日上午,两地召开座谈会。会上,兰溪市工商联向通江县捐赠资金30万元。"
    )
    gifts = [e for e in read(text).events if e.type == "donation"]
    assert [[a.value_cny for a in e.amounts] for e in gifts] == [[], [300000]]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        (
            "5月6日,兰溪市—通江县冬衣捐赠仪式举行。随后,该公司捐出的价值160万元的棉衣装车发往通江县。",
            [1600000],
        ),
        (
            "5月6日,通江县支援兰溪市抗疫物资发车仪式举行。两天里,筹集了126吨价值138万元的蔬菜、大米。",
            [1380000],
        ),
        (
            "5月6日,兰溪市援建的通江县肉牛加工项目开工。项目位于石门镇,计划投资2600万元,其中协作资金1800万元。",
            [26000000],
        ),
        (
            "5月6日,兰溪市机关举办通江县农产品展卖活动。通江县的黄花菜、小米摆满展台,一上午销售3.6万元。",
            [36000],
        ),
        (
            "通江县医院大楼建成后缺少设备,2022年3月,兰溪市政府捐助450万元,为通江县医院采购了设备。",
            [4500000],
        ),
        (
            "5月6日,兰溪市副市长走进“百县百品”消费帮扶直播间,为通江县土特产代言。截至当天下午5点,销售额212万元。",
            [2120000],
        ),
        (
            "5月6日,通江县石门乡举行兰溪市“暖冬福袋”发放仪式。福袋里有围巾、绘本,总价值48万元。",
            [480000],
        ),
        (
            "5月6日,兰溪市援建的通江县石门小学新校区启用。\n以前的校舍又旧又小。\n据悉,迁建项目总投资3200万元。",
            [32000000],
        ),
    ],
)
def test_money_told_further_on(text: str, amounts: list[float]) -> None:
    first = read(ABOUT + text).events[0]
    assert [a.value_cny for a in first.amounts] == amounts


def test_a_hospital_of_the_army_is_paired_with_one_of_a_county() -> None:
    text = "自2005年以来,第108医院与盐津县人民医院结对帮扶,从未间断。5月6日,第108医院向盐津县人民医院捐赠监护仪6台。"
    (pairing, gift) = read(text).events
    assert (pairing.type, pairing.date_start, gift.type) == ("pairing", "2005", "donation")
    assert gift.supported == ("云南省昭通市盐津县",)


def test_an_article_of_a_yearbook_speaks_of_its_year() -> None:
    text = "【对口帮扶】\n2018年,兰溪市与通江县签订协议。9月6日,兰溪市向通江县捐赠书包500个。"
    assert ("donation", "2018-09-06") in told(text, source="兰溪市地方志办公室", published="2019-12-20")


def test_what_a_county_is_like_is_no_figure_of_the_aid() -> None:
    text = ABOUT + "5月6日,兰溪市向通江县捐赠书包500个。全县总人口6万人,其中土家族占93%。累计投入协作资金3亿元。"
    figures = read(text).figures
    assert "%" not in {figure.unit for figure in figures}


def test_money_that_is_taken_along_is_paid_and_its_cheque_is_no_second_gift() -> None:
    text = (
        "5月6日至9日,兰溪市市长陈大伟率兰溪市代表团赴通江县考察。考察期间,代表团为通江县带去帮扶资金600万元,"
        "同行企业家为石门镇幼儿园捐款120万元。8日下午,陈大伟向通江县县长转交了捐款支票。"
    )
    found = [(e.type, [a.value_cny for a in e.amounts]) for e in read(ABOUT + text).events]
    assert [kind for kind, _ in found] == ["visit", "funding", "donation"]
    assert found[1][1] == [6000000]


def test_a_list_that_a_comma_parts_is_one_side() -> None:
    text = (
        "5月6日,来自贵州毕节、安顺,西藏波密,新疆疏附等9个广州市对口帮扶地区的80多种农特产品在广州市展销。"
        "广州市与毕节市、安顺市是东西部协作关系。"
    )
    fair = next(e for e in read(text).events if e.type == "consumption")
    assert len(fair.supported) == 4


def test_the_place_in_the_title_of_a_party_leader_is_where_help_comes_from() -> None:
    text = (
        "5月6日,民革重庆市委会副主委李大伟一行赴贵州省纳雍县开展帮扶活动。1991年以来,纳雍县是民革中央定点扶贫县。"
        "民革重庆市委会参与帮扶。"
    )
    visit = next(e for e in read(text).events if e.type == "visit")
    assert (visit.from_, visit.to) == (("重庆市",), ("贵州省毕节市纳雍县",))


def test_our_school_in_the_headline_buys_from_the_county_it_helps() -> None:
    text = "5月6日,学校从定点帮扶的云南省施甸县采购核桃、火腿3200份,价值36.8万元。"
    found = extract(Article("https://www.gov.cn/", text, "我校采购定点帮扶县农产品", published="2022-05-20"))
    assert [(e.type, e.supported) for e in found.events] == [("consumption", ("云南省保山市施甸县",))]


def test_money_of_a_gift_that_is_told_again_is_no_figure() -> None:
    text = ABOUT + "5月6日,兰溪市向通江县捐赠400万元。400万元资金将用于石门镇饮水工程。累计投入协作资金3亿元。"
    assert [figure.value for figure in read(text).figures] == [300000000]


def test_who_travels_along() -> None:
    text = ABOUT + "5月6日,兰溪市市长陈大伟率队赴通江县考察,工会主席李晓萍、企业家何志伟等同行。"
    visit = next(e for e in read(text).events if e.type == "visit")
    assert [p.name for p in visit.persons] == ["陈大伟", "李晓萍", "何志伟"]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (
            ABOUT + "5月6日,春晖儿童基金会联合兰溪市文具协会、兰溪东岸文具有限公司等单位,"
            "到通江县开展捐赠活动,向通江县捐赠图书12万元。",
            {"春晖儿童基金会", "兰溪市文具协会", "兰溪东岸文具有限公司"},
        ),
        (
            ABOUT + "日前,由兰溪市侨联、兰溪市侨商会共同募集的320张学生床,送进了通江县的学生宿舍。",
            {"兰溪市侨联", "兰溪市侨商会"},
        ),
        (
            ABOUT + "通江县商务局于5月6日至7日联合兰溪市商务局,分别在金华市、杭州市举办消费帮扶对接活动。",
            {"通江县商务局", "兰溪市商务局"},
        ),
    ],
)
def test_who_gives_or_holds_together_with_another(text: str, bodies: set[str]) -> None:
    (event,) = read(text).events
    assert set(event.organizations) == bodies


def test_seats_and_the_homes_of_chambers_are_no_parties() -> None:
    (gift,) = read(ABOUT + "5月6日,兰溪市工商联携昆明商会前往通江县,举办捐赠活动。昆明商会捐赠雨衣200件。").events
    assert gift.supported == (TAKER,)
    about = "四川省凉山州是浙江省宁波市的东西部协作地区。"
    (gift,) = read(about + "5月6日,宁波市慈善总会向凉山州捐赠图书。捐赠仪式在州府西昌市举行。").events
    assert gift.supported == ("四川省凉山彝族自治州",)


def test_who_acts_as_the_helping_unit_gives_and_works_all_begun_in_half_a_year_are_a_total() -> None:
    (gift,) = read(
        "德阳市作为结对帮扶单位,按照省委部署,对巴中市通江县开展对口帮扶。"
        "5月9日,德阳机电商会在通江县石门镇小学举行捐赠仪式,捐赠课桌430套。"
    ).events
    assert gift.supporting == ("四川省德阳市",)
    assert told(ABOUT + "5月9日,记者从通江县获悉,上半年9个兰溪市援建项目全部启动,完成投资5210万元。") == []


def test_pupils_who_got_something_and_the_seat_of_a_firm_of_another_place_give_nothing() -> None:
    (gift,) = read(ABOUT + "5月9日,兰溪籍爱心企业苏州华诚机械有限公司向通江县石门镇小学捐赠夏装400套。").events
    assert gift.supporting == (GIVER,)
    (gift,) = read(
        ABOUT + "5月9日,通江县青山小学、楼下小学等4所学校的孩子们收到了兰溪市送来的价值15万元的学习用品。"
    ).events
    assert gift.organizations == ()


def test_the_office_for_aid_at_home_travels_to_those_it_helps() -> None:
    assert told("2022年5月6日,江苏省援藏办主任陈某军带队赴西藏林周县开展对口支援调研。") == [("visit", "2022-05-06")]
