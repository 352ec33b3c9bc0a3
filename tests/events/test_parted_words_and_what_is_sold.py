"""Verbs parted from their object, what is sold or offered on a day, years a text counts up to, plans that run on."""

import pytest

from crawler.events import extract
from crawler.model import Article


def told(text: str, published: str | None = "2024-03-08") -> set[tuple[str, str | None]]:
    return {(e.type, e.date_start) for e in extract(Article(url="", text=text, published=published)).events}


@pytest.mark.parametrize("verb", ["挂了牌", "挂上了牌", "揭了牌", "挂牌"])
def test_a_verb_parted_from_its_object(verb: str) -> None:
    text = f"3月6日,天津市武清区人社局在甘肃省静宁县为两地劳务协作联络站{verb}。"
    assert ("project", "2024-03-06") in told(text)


def test_posts_that_firms_bring_make_a_job_fair() -> None:
    where = "天津市武清区与甘肃省静宁县开展劳务协作。"
    assert ("labor", "2024-03-06") in told(
        f"{where}3月6日,来自武清区的6家用人单位在静宁县支起摊子,带来普工等岗位410个。"
    )
    assert told(f"{where}全年共有6家用人单位在静宁县提供岗位410个。") == set()
    assert told(f"{where}3月6日,武清区介绍,企业已带动静宁县新增就业岗位410个。") == set()


def test_so_much_is_sold_on_a_day() -> None:
    where = "广东省东莞市长安镇对口帮扶韶关市南雄市珠玑镇。"
    sale = "9月22日,总决赛在长安镇开打。帮扶工作队搭了6顶帐篷,摆上腊味、米酒,两个钟头卖出去4.3万元。"
    assert ("consumption", "2023-09-22") in told(where + sale, "2023-09-25")
    assert told(f"{where}2023年,两地直接消费帮扶卖出去218万元。", "2023-12-25") == set()


def test_money_that_came_in_the_next_clause() -> None:
    text = "一、资金来源。北京市帮扶内蒙古自治区敖汉旗资金4600万元,已于2022年5月12日到位。"
    assert ("funding", "2022-05-12") in told(text, "2022-05-30")


def test_any_class_that_opens() -> None:
    text = "3月12日,甘肃省庄浪县“新雁领航”村干部班在天津市河西区开班,东西部协作从人开始。"
    assert ("training", "2024-03-12") in told(text, "2024-03-20")


def test_the_fair_opens_and_not_the_centre_it_is_in() -> None:
    text = "11月22日,湖北省十堰市农产品展销周在北京市海淀区会展中心开张,蜜橘摆上展台,这是对口协作的成果。"
    assert told(text, "2023-11-23") == {("consumption", "2023-11-22")}


def test_a_plan_in_the_clause_that_runs_on() -> None:
    text = "1月12日至14日,济南市槐荫区政府主办的消费帮扶年货节,将在西市场步行街开幕,甘肃省临夏州的牛羊肉将集中亮相。"
    events = extract(Article(url="", text=text, published="2024-01-10")).events
    assert {e.status for e in events} <= {"planned"}


def test_the_year_a_team_came() -> None:
    text = "广东省东莞市长安镇对口帮扶韶关市南雄市珠玑镇。帮扶工作队2021年进驻以来,摸清了各村家底。"
    assert ("personnel", "2021") in told(text, "2023-10-08")


def test_what_a_reporter_was_told_is_of_its_own_year() -> None:
    text = "记者8日从天津援青干部年度恳谈会上了解到,2023年,天津多家商超上架青海省黄南州牛羊肉,卖出1.2亿元。"
    assert told(text, "2024-01-08") == {("meeting", "2024-01-08")}


def test_the_date_of_the_clause_goes_before_that_of_the_clause_before() -> None:
    text = "我校与四川省仪陇县金城初中2021年10月结对,该校6名骨干教师于去年11月15日至26日到浙江省温州市跟岗学习。"
    assert ("training", "2021-11-15") in told(text, "2022-03-04")
    assert not any(kind == "personnel" for kind, _ in told(text, "2022-03-04"))


def test_the_heading_of_an_item_names_what_is_built() -> None:
    text = (
        "陕西省黄龙县2023年苏陕协作项目公告。江苏省无锡市援助资金到账。\n"
        "1.三岔镇核桃烘干中心建设项目。投入苏陕资金680万元,9月28日竣工验收,由镇集体公司经营。"
    )
    assert ("project", "2023-09-28") in told(text, "2023-11-20")


def test_a_pair_that_only_stands_is_no_happening() -> None:
    text = "8月22日,浙江省余姚市工商联到贵州省望谟县捐赠善款24万元。望谟县与余姚市结为对子,东西部扶贫协作深入。"
    assert not any(kind == "pairing" for kind, _ in told(text, "2019-08-30"))


def test_a_press_note_begins_with_its_own_day() -> None:
    text = "(2019年6月24日,上海)6月18日,上海市闵行区与云南省施甸县签下结对帮扶协议。\n\n签约现场"
    assert told(text, None) == {("agreement", "2019-06-18"), ("pairing", "2019-06-18")}


def test_goods_are_handed_over_and_a_named_thing_unveiled() -> None:
    where = "天津市武清区对口帮扶甘肃省静宁县。"
    assert ("donation", "2024-03-01") in told(f"{where}3月1日,武清区在静宁县举办设备移交仪式。")
    assert ("project", "2024-03-01") in told(f"{where}3月1日,武清区、静宁县领导一起为“津武书香角”揭了牌。")


def test_friends_of_a_kind_are_paired() -> None:
    text = "10月27日,四川省内江市工商联一行赴通江县开展对口帮扶,内江市工商联与通江县工商联缔结为友好工商联。"
    assert ("pairing", "2023-10-27") in told(text, "2023-10-30")


def test_works_that_open_to_trade_or_run() -> None:
    where = "江苏省宝应县对口协作陕西省旬阳县。"
    assert ("project", "2022-02") in told(f"{where}2022年2月,“旬阳县农产品展销馆”在宝应县正式对外营业。", "2022-03-01")
    assert ("project", "2022-08") in told(f"{where}今年8月,援建的旬阳县水利枢纽全部机组投产发电。", "2022-09-01")


def test_a_chronicle_with_its_months_on_lines_of_their_own() -> None:
    text = (
        "二月\n21日 湖羊产业化项目二期开工建设,援疆资金2800万元。\n三月\n"
        "12日至15日 湖州市委组织部副部长林予安带队来柯看望慰问援疆干部,并与县委召开座谈会。\n"
        "十二月\n30日 据统计,全年接收湖州市援疆人才63人次。"
    )
    article = Article(url="", text=text, title="柯坪县2019年对口援疆工作大事记", published="2020-01-20")
    found = {(e.type, e.date_start) for e in extract(article).events}
    assert found >= {("project", "2019-02-21"), ("visit", "2019-03-12"), ("meeting", "2019-03-12")}
    assert not any(kind == "personnel" for kind, _ in found)


def test_the_county_said_alone() -> None:
    text = (
        "1998年,上海市对口支援宜昌县。3月18日,上海市协作办主任率考察团来县考察移民安置。"
        "5月,上海选派2名干部到县挂任副县长。"
    )
    assert {("visit", "1998-03-18"), ("personnel", "1998-05")} <= told(text, None)


def test_what_follows_in_the_next_paragraph_is_of_the_same_day() -> None:
    text = (
        "8月22日,浙江省嘉善县教师飞往四川省九寨沟县支教。\n24日,大家参加了嘉善·九寨沟东西部扶贫协作教育座谈会。\n"
        "接着,嘉善县实验小学与九寨沟县第一小学签订了结对协议。"
    )
    assert ("agreement", "2019-08-24") in told(text, "2019-08-30")


def test_the_year_of_what_is_looked_at_dates_nothing() -> None:
    text = "9月14日,上海市嘉定区代表团到云南省永仁县考察沪滇协作。代表团实地查看了2021年沪滇协作项目,并召开协作座谈会。"
    assert ("meeting", "2022-09-14") in told(text, "2022-09-16")


def test_cities_named_as_partners_are_paired() -> None:
    text = "今年5月,国家出台革命老区重点城市对口合作工作方案,明确湖南省郴州市、广东省佛山市为对口合作城市。"
    assert told(text, "2022-12-08") == {("pairing", "2022-05")}
