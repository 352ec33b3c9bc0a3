"""One sentence a wording: gifts, payments, works, classes, jobs and sales in the plain words of county papers."""

import pytest

from crawler.events import extract
from crawler.model import Article, EventType

ABOUT = "此次活动是浙江省兰溪市与四川省通江县东西部协作的内容。"
GIVER, TAKER = "浙江省金华市兰溪市", "四川省巴中市通江县"
TOLD: dict[EventType, tuple[str, ...]] = {
    "donation": (
        "兰溪市慈善总会一行来到通江县,为当地小学送来校服300套、书包300个。",
        "一辆装满爱心物资的货车从兰溪市驶抵通江县,车上是兰溪市民捐出的2000件冬衣。",
        "通江县人民医院接受了兰溪市捐赠的两辆负压救护车。",
        "兰溪市妇联向通江县妇联转赠“母亲邮包”500个。",
        "兰溪市国资公司捐给通江县的300盏太阳能路灯在石门村安装完毕。",
        "兰溪市总工会携手爱心企业赴通江县开展“金秋助学”活动,现场发放助学金10万元。",
        "满载着兰溪人民深情厚谊的爱心物资抵达通江县。",
        "两地妇联干部一起把兰溪市爱心妈妈们编织的800件毛衣送到了通江县留守儿童手里。",
        "兰溪市爱心联盟的志愿者为通江县石门小学的孩子们送上了过冬的鞋袜。",
        "通江县石门敬老院的老人们穿上了兰溪市企业家捐赠的羽绒服。",
        "兰溪市各界为通江县筹集的救灾款210万元转到了通江县红十字会。",
    ),
    "funding": (
        "兰溪市街道办事处向通江县石门镇移交帮扶资金100万元。",
        "兰溪市又为通江县拨款260万元修建饮水工程。",
        "由兰溪市财政援助的灾后重建资金1亿元划入通江县财政专户。",
        "通江县获兰溪市追加支持资金700万元。",
        "兰溪市给予通江县100万元资金支持,用于村集体经济发展。",
        "首批2000万元协作资金从兰溪市拨往通江县。",
        "兰溪市向通江县支付2022年首批产业帮扶资金,金额达2300万元。",
        "兰溪市—通江县对口帮扶资金交接仪式举行。",
        "通江县收到兰溪市支援的应急资金100万元。",
        "兰溪市从本级财政拿出500万元支援通江县抗震救灾。",
        "兰溪市向通江县援助资金200万元,用于县城给水管网改造。",
    ),
    "project": (
        "兰溪市、通江县共建的“名医工作室”在通江县人民医院揭牌成立。",
        "通江县石门镇卫生院举行揭牌仪式,该院由兰溪市投资600万元援建。",
        "兰溪市帮助建设的通江县石门村标准化养牛场投入运营。",
        "兰溪市援建的第一条通村公路在通江县石门乡贯通。",
        "通江县石门小学的孩子们搬进了兰溪市援建的新校舍。",
        "兰溪市支持的通江县数字教育资源平台上线运行。",
        "兰溪市·通江县消费帮扶生活馆盛大开业。",
        "通江县石门河大桥合龙,该桥是兰溪市援建的重点项目。",
        "兰溪市扶持的通江县绣娘工坊在石门社区开张。",
        "兰溪市对口援助的通江县垃圾中转站完工并移交石门镇管理。",
    ),
    "training": (
        "兰溪市组织医疗专家为通江县乡村医生进行业务培训。",
        "通江县40名村党支部书记赴兰溪市参加培训。",
        "通江县30名农技人员到兰溪市接受培训。",
        "为期7天的通江县科级干部能力提升班在兰溪市结束。",
        "兰溪市帮扶专家在通江县医院作了题为“急诊急救”的学术讲座。",
        "通江县首期“村级后备干部能力提升”培训在兰溪市委党校拉开帷幕。",
        "通江县卫生系统人员到兰溪市人民医院开展为期三个月的进修。",
        "兰溪市急救中心专家在通江县完成了为期3天的急救培训。",
        "来自兰溪市的语文名师在通江县给300名老师上了一堂教研培训课。",
        "兰溪市直播电商讲师团在通江县举办的主播训练营开营。",
    ),
    "labor": (
        "兰溪市人社局组织35家企业走进通江县开展招聘。",
        "通江县人社局工作人员护送52名务工人员到兰溪市上岗。",
        "通江县组织80名劳动力有序赴兰溪市就业。",
        "通江县向兰溪市输送务工人员120名。",
        "“点对点”专车满载46名通江县老乡驶向兰溪市。",
        "兰溪市招工小分队赶到通江县,当天招工70人。",
        "满载通江县务工人员的列车开往兰溪市。",
        "由兰溪市援助的通江县务工人员欢送会在汽车客运站举行。",
        "通江县“东西部协作”跨省就业专场招聘会现场人山人海。",
        "兰溪市送工返岗专班将通江县88名员工接回企业。",
        "兰溪市12家制鞋企业在通江县街头摆摊招工,吸引群众驻足咨询。",
    ),
    "consumption": (
        "“通江好物”走进兰溪市社区,市民争相选购。",
        "通江县苹果在兰溪市各大超市开卖,首日销售3吨。",
        "通江县首批30吨蔬菜从石门镇装车启运,销往兰溪市。",
        "兰溪市挂职副县长走进直播间,为通江县苹果带货,2小时销售额突破30万元。",
        "兰溪市后方单位购买通江县石门村大米8万元。",
        "兰溪市市民广场上,通江县的牛羊肉、土豆摆满展台,引来市民抢购。",
        "兰溪市供销社直采通江县高山蔬菜15吨。",
        "来自通江县的农特产品摆上兰溪市展会柜台,吸引市民品尝购买。",
        "通江县组织12家企业赴兰溪市参加农产品展销会。",
        "通江县石门香菇登陆兰溪市超市货架。",
    ),
}


def told(text: str, kind: str) -> list[tuple[str | None, str, bool]]:
    events = extract(Article(url="", text=text, published="2022-03-10")).events
    return [
        (e.date_start, e.supporting[0], e.supported[0].startswith(TAKER))
        for e in events
        if e.type == kind and e.status != "planned"
    ]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TOLD.items() for text in texts])
def test_a_plain_wording_tells_its_event(kind: str, text: str) -> None:
    assert told(f"3月5日,{text}{ABOUT}", kind) == [("2022-03-05", GIVER, True)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("donation", "3月5日,通江县领导走访了受兰溪市资助的困难学生。"),
        ("donation", "3月5日,通江县教育局向兰溪市企业颁发捐赠证书。"),
        ("donation", "3月5日,双方就下一步社会捐赠工作进行了座谈交流。"),
        ("donation", "3月5日,兰溪市艺术团为通江县群众送上精彩节目。"),
        ("funding", "3月5日,通江县审计局对兰溪市协作资金管理使用情况进行了审计。"),
        ("funding", "3月5日,通江县对兰溪市援建资金拨付进度进行了通报。"),
        ("project", "3月5日,通江县发改局督查兰溪市援建项目开工准备情况。"),
        ("project", "3月5日,兰溪市援建指挥部到石门大桥工地检查施工安全。"),
        ("training", "3月5日,双方就干部培训合作进行座谈。"),
        ("training", "3月5日,通江县召开会议,安排兰溪市培训班报名工作。"),
        ("training", "3月5日,兰溪市教师在通江县期间多次开展教研讲座。"),
        ("labor", "3月5日,兰溪市人社局调研通江县劳务协作站运行情况。"),
        ("labor", "3月5日,通江县统计了赴兰溪市务工人员返岗需求。"),
        ("labor", "兰溪市企业带动通江县劳动力就业200人。"),
        ("consumption", "3月5日,兰溪市采购商赴通江县考察苹果基地。"),
        ("consumption", "3月5日,通江县就农产品入兰溪市召开协调会。"),
        ("consumption", "3月5日,兰溪市专家指导通江县苹果树修剪技术。"),
    ],
)
def test_everyday_words_that_tell_no_event(kind: str, text: str) -> None:
    assert told(f"{text}{ABOUT}", kind) == []


def test_goods_sent_back_come_from_the_aided_side() -> None:
    text = "3月5日,通江县各族群众心系兰溪市,捐赠的30吨土豆、牛肉等物资发车驰援兰溪市。"
    events = extract(Article(url="", text=text + ABOUT, published="2022-03-10")).events
    assert [(e.supporting, e.supported) for e in events if e.type == "donation"] == [((TAKER,), (GIVER,))]


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("3月5日,兰溪市代表团向通江县希望小学捐赠了10万元助学款。", 100_000),
        ("3月5日,兰溪市副市长陈明将80万元捐款送到通江县。", 800_000),
        ("3月5日,兰溪市为通江县争取市级协作资金750万元。", 7_500_000),
    ],
)
def test_words_of_hope_that_are_none_leave_the_money(text: str, money: float) -> None:
    events = extract(Article(url="", text=text + ABOUT, published="2022-03-10")).events
    assert money in [amount.value_cny for e in events for amount in e.amounts]


def test_a_village_nobody_knows_and_an_office_tell_their_county() -> None:
    text = "3月5日,浙江省兰溪市向通江县石门村捐赠文具200套。"
    (event,) = extract(Article(url="", text=text, published="2022-03-10")).events
    assert (event.supporting, event.supported) == ((GIVER,), (f"{TAKER}石门村",))


@pytest.mark.parametrize(
    "text",
    [
        "3月5日,兰溪市党政代表团到通江县考察。考察期间,兰溪市向通江县移交帮扶资金600万元。",
        "3月5日,两地召开联席会议。会上,兰溪市向通江县现场拨付2022年帮扶资金600万元。",
    ],
)
def test_money_paid_on_the_spot_has_the_day_of_the_scene(text: str) -> None:
    events = extract(Article(url="", text=text + ABOUT, published="2022-03-10")).events
    assert [(e.date_start, e.amounts[0].value_cny) for e in events if e.type == "funding"] == [("2022-03-05", 6e6)]


def test_goods_that_change_hands_are_no_works() -> None:
    text = "3月5日,一批取暖设备在石门镇完成交接,这批设备由兰溪市发改局捐赠给通江县。"
    kinds = {e.type for e in extract(Article(url="", text=text + ABOUT, published="2022-03-10")).events}
    assert kinds == {"donation"}


def test_an_event_of_loose_words_is_not_sure() -> None:
    text = "3月5日,通江县30名农技人员到兰溪市接受培训。"
    (event,) = [
        e for e in extract(Article(url="", text=text + ABOUT, published="2022-03-10")).events if e.type == "training"
    ]
    assert event.confidence in ("low", "medium")


def test_plans_in_everyday_words_announce_nothing() -> None:
    text = "3月5日,两地座谈。6月,兰溪市将为通江县教师进行业务培训。"
    assert "training" not in {
        e.type for e in extract(Article(url="", text=text + ABOUT, published="2022-03-10")).events
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "5月9日,兰溪市捐赠的一辆价值26万元的救护车移交给通江县人民医院。",
        "5月9日,兰溪市首批款项60万元当场交付通江县。",
        "5月9日,兰溪市教育局与通江县教育局商谈2023年中高职贯通培养事宜。",
    ],
)
def test_what_is_handed_over_is_no_work(sentence: str) -> None:
    article = Article("", f"{ABOUT}\n{sentence}", published="2023-05-10")
    assert "project" not in {event.type for event in extract(article).events}
