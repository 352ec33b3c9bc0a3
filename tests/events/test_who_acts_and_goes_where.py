"""Slots beside the sides: subjects of earlier clauses, leaders, narrower destinations, gifts sent back, money told."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def one(kind: str, text: str, published: str = "2023-06-30") -> Event:
    events = extract(Article(url="", text=text, published=published)).events
    (found,) = [e for e in events if e.type == kind]
    return found


def names(event: Event) -> list[str]:
    return [person.name for person in event.persons]


def test_who_signs_stands_in_the_clause_before() -> None:
    text = "6月5日,济南慈善总会赴湘西自治州对接东西部协作工作,签署了《济南市与湘西自治州慈善领域协作框架协议》。"
    assert one("agreement", text).organizations == ("济南慈善总会",)


def test_firms_that_give_are_the_subject_of_the_clauses_before() -> None:
    text = (
        "6月5日,无锡市锡山区锡北镇考察团赴化隆县德恒隆乡,深化东西部协作。锡北镇向德恒隆乡捐赠帮扶资金10万元,"
        "爱心企业无锡锡山三建实业有限公司、英特派铂业股份有限公司积极履行社会责任,结合主题活动,捐赠消费资金15万元。"
    )
    assert one("donation", text).organizations == ("无锡锡山三建实业有限公司", "英特派铂业股份有限公司")


def test_a_receiver_is_no_subject() -> None:
    text = "6月5日,佛山市禅城区与黎平县第二中学对接东西部协作工作,禅城区教育系统向黎平县第二中学捐赠图书2000册。"
    assert "黎平县第二中学" not in one("donation", text).organizations


def test_this_company_is_the_one_told_before() -> None:
    text = (
        "大连昌盛源水产有限公司是一家养殖企业。在东西部协作推动下,6月5日,该公司与六盘水市六枝特区水务有限责任公司"
        "签订养殖项目协议,总投资约2亿元。大连援黔工作队牵线。"
    )
    assert one("agreement", text).organizations == ("大连昌盛源水产有限公司", "六盘水市六枝特区水务有限责任公司")


def test_the_school_people_are_sent_to_sends_nobody() -> None:
    text = "6月5日,深圳市总工会举办欢送会,8名退休教师前往西藏察隅支教,将到察隅学校开展援助工作。深圳对口援藏。"
    assert one("personnel", text).organizations == ("深圳市总工会",)


def test_who_attends_a_signing_ceremony_without_a_meeting() -> None:
    text = (
        "6月5日,云南省政协、上海市政协农业委友好协作框架协议签约仪式在沪举行,助力沪滇协作。"
        "上海市政协副主席金明远,云南省政协副主席李学文出席。"
    )
    assert names(one("agreement", text)) == ["金明远", "李学文"]


def test_a_leader_told_behind_several_journeys_leads_the_one_of_the_place() -> None:
    text = (
        "5月20日,甘孜州党政代表团到浙江省杭州市考察东西部协作工作。5月23日,凉山州党政代表团到宁波市考察东西部协作工作。"
        "甘孜州考察团由州委书记阿尔文带队,凉山州党政代表团则由州委书记段毅成带队。"
    )
    visits = [e for e in extract(Article(url="", text=text, published="2023-06-30")).events if e.type == "visit"]
    assert [names(visit) for visit in visits] == [["阿尔文"], ["段毅成"]]


def test_who_leads_the_firms_leads_the_job_fair() -> None:
    text = (
        "6月5日,由禅城区人社局副局长陈书文带队,禅城区人社局组织21家重点企业赴黔东南州黎平县、锦屏县,"
        "开展东西部劳务协作专场招聘会。"
    )
    assert names(one("labor", text)) == ["陈书文"]


def test_a_villager_who_is_told_about_is_at_no_meeting() -> None:
    text = (
        "6月5日,闽宁协作第二十五次联席会议在银川召开。村民马慧兰关注着协议的落地,她参与、见证着闽宁协作。"
        "“我们现在住房宽敞了。”马慧兰说。"
    )
    assert names(one("meeting", text)) == []


@pytest.mark.parametrize(
    ("text", "kind", "supported"),
    [
        (
            "3月25日,常德市13名教师赴西藏支教。本次援藏的教师将对口支教隆子县中学。",
            "personnel",
            ("西藏自治区山南市隆子县",),
        ),
        (
            "3月7日,山东省533名大学生抵达新疆喀什支教。当日,学生分赴山东对口援助的疏勒县、英吉沙县,开展实习支教。",
            "personnel",
            ("新疆维吾尔自治区喀什地区疏勒县", "新疆维吾尔自治区喀什地区英吉沙县"),
        ),
        (
            "6月5日,山东省与湖北省举行劳务协作送迎仪式。首批240名来自黄冈的务工人员乘大巴前往济南务工。",
            "labor",
            ("湖北省黄冈市",),
        ),
    ],
)
def test_what_follows_says_where_people_go_or_come_from(text: str, kind: str, supported: tuple[str, ...]) -> None:
    assert one(kind, text).supported == supported


@pytest.mark.parametrize(
    "words",
    [
        "满载大米的运输车从巴东驶向杭州市拱墅区,巴东县群众捐赠生活物资3车",
        "巴东县捐赠100吨蔬菜驰援杭州市拱墅区",
        "巴东县捐赠土豆50吨,送往杭州市拱墅区",
    ],
)
def test_the_aided_side_sends_a_gift_back(words: str) -> None:
    gift = one("donation", f"2021年12月23日,{words}。拱墅区对口帮扶巴东多年。", "2021-12-27")
    assert gift.supporting == ("湖北省恩施土家族苗族自治州巴东县",)
    assert gift.supported == ("浙江省杭州市拱墅区",)


def test_what_is_built_by_now_was_not_paid_then() -> None:
    text = (
        "2016年4月,杭州市投入对口帮扶资金2000万元建设的凯里·杭州产业园开工,目前,总投资2.3亿元的二期项目已完成。"
        "杭州市对口帮扶黔东南州凯里市。"
    )
    assert [a.value_cny for a in one("project", text).amounts] == [20_000_000]


def test_what_else_is_invested_is_no_money_of_a_signing() -> None:
    text = "6月5日,拉萨市城关区与北京市通州区签署东西部扶贫协作行动协议。北京援藏投资2800万元支持八一社区设施改造。"
    assert one("agreement", text).amounts == ()


@pytest.mark.parametrize(
    ("words", "travellers"),
    [
        ("我县党政代表团赴江苏省常州市新北区考察东西部协作工作", "陕西省安康市紫阳县"),
        ("江苏省常州市新北区党政代表团来我县考察东西部协作工作", "江苏省常州市新北区"),
    ],
)
def test_our_county_without_a_name_is_the_official_partner(words: str, travellers: str) -> None:
    visit = one("visit", f"6月5日,{words}。", "2019-06-10")
    assert (visit.supporting, visit.supported) == (("江苏省常州市新北区",), ("陕西省安康市紫阳县",))
    assert visit.from_ == (travellers,)


def test_our_city_with_several_partners_is_nobody_in_particular() -> None:
    text = "6月5日,我市党政代表团赴江苏省考察东西部协作工作。"
    assert extract(Article(url="", text=text, published="2019-06-10")).events == ()


def test_a_province_of_one_character_is_the_part_that_is_visited() -> None:
    text = "日前,徐汇区机管局、区国资委等组成代表团入滇,在云南红河州开展消费扶贫调研对接工作,深化对口帮扶。"
    assert one("visit", text).to == ("云南省红河哈尼族彝族自治州",)


def test_an_institution_taken_along_is_no_wider_traveller() -> None:
    text = (
        "6月5日,杭州市上城区委书记陈瑾文、区政协主席占仁文等党政代表一行30人携浙江省工商联企业家考察团到恩施州鹤峰县"
        "考察调研,深化东西部扶贫协作。"
    )
    assert one("visit", text).from_ == ("浙江省杭州市上城区",)


def test_a_school_without_its_county_is_the_one_told_before() -> None:
    text = (
        "7月3日,东莞市工商联率团赴云南昭通开展东西部扶贫考察。考察团来到东莞捐建的昭通市鲁甸县照壁小学。"
        "照壁小学于2018年秋天投入使用。"
    )
    assert one("project", text).supported == ("云南省昭通市鲁甸县",)


def test_signers_told_on_sign_at_one_undated_occasion() -> None:
    text = (
        "近日,浙江省舟山市工商联一行赴万源市开展东西部协作活动。活动中,舟山市工商联与万源市草坝镇签订了帮扶协议。"
        "此外,舟山市普陀区还与万源市铁矿镇签订了帮扶协议。"
    )
    assert one("agreement", text).supporting == ("浙江省舟山市", "浙江省舟山市普陀区")


def test_items_of_a_sum_are_no_gift_of_the_visit() -> None:
    text = (
        "7月5日,东莞市工商联考察团向昭通市捐赠175万元。东莞援建的昭通照壁小学总投资1615万元。"
        "其中,世界莞商联合会组织捐资500万元。东西部协作。"
    )
    assert [a.value_cny for a in one("donation", text).amounts] == [1_750_000]


def test_exhibitors_come_from_where_they_are_said_to() -> None:
    text = "6月5日,东西部协作特色产品展销会在宁波举行,来自凉山州、黔西南州、延边州的120家企业参展。"
    assert one("consumption", text).supported == (
        "四川省凉山彝族自治州",
        "贵州省黔西南布依族苗族自治州",
        "吉林省延边朝鲜族自治州",
    )


def test_as_many_units_on_one_side_as_on_the_other_are_paired_in_order() -> None:
    text = "6月5日,中山市小榄镇、古镇镇与盘州市翰林街道、双凤镇签订结对帮扶协议,东西部协作不断深化。"
    assert one("pairing", text).pairs == (
        ("贵州省六盘水市盘州市翰林街道", "广东省中山市小榄镇"),
        ("贵州省六盘水市盘州市双凤镇", "广东省中山市古镇镇"),
    )
