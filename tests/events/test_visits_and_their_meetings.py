"""Visits with the meetings on them: two on a day, whose meeting it is, who says a welcome, where people really go."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def told(text: str, title: str | None = None, published: str | None = "2023-06-30") -> list[Event]:
    return list(extract(Article(url="", text=text, title=title, published=published)).events)


def of(kind: str, text: str, title: str | None = None) -> list[Event]:
    return [e for e in told(text, title) if e.type == kind]


LEAD = "6月5日,恩施州州长向明率恩施州党政代表团赴浙江省杭州市考察对接东西部协作工作。"
FIRST = "杭州市与恩施州东西部协作座谈会在杭州召开,向明介绍了情况。"


@pytest.mark.parametrize(
    "second",
    [
        "当天下午,余杭区与恩施州召开座谈会。",
        "当天下午,代表团与余杭区委、区政府举行座谈,余杭区委书记潘立参加。",
        "会后,代表团来到余杭区,与余杭区委、区政府举行座谈。",
    ],
)
def test_meetings_at_two_hours_or_places_are_two(second: str) -> None:
    first, other = of("meeting", f"{LEAD}当天上午,{FIRST}\n{second}")
    assert (first.supporting, other.supporting) == (("浙江省杭州市",), ("浙江省杭州市余杭区",))


@pytest.mark.parametrize("again", ["座谈会上,潘立致辞。", "上午的座谈会上,双方就劳务协作进行了交流。"])
def test_a_meeting_told_again_is_one(again: str) -> None:
    assert len(of("meeting", f"{LEAD}当天上午,{FIRST}\n{again}")) == 1


def test_who_welcomes_is_no_guest() -> None:
    text = "8月21日,上海市副市长方言会见了由州长才让率领的青海省果洛藏族自治州党政代表团一行。"
    (visit,) = of("visit", text + "方言代表上海市委、市政府对代表团来访表示热烈欢迎,并介绍了对口支援工作。")
    assert (visit.from_, visit.to) == (("青海省果洛藏族自治州",), ("上海市",))


@pytest.mark.parametrize(
    "text",
    [
        "6月17日,省乡村振兴局副局长梁文带领调研组来通渭县,就东西部协作工作开展调研。\n"
        "调研组先后到平襄镇等地,实地察看了青岛市即墨区援建项目运营情况。",
        "6月2日,太白县县长李恒深入鹦鸽镇、桃川镇,调研苏陕协作项目。随后召开座谈会,听取相关部门汇报。",
        "6月20日,河池市粤桂协作专班到罗城仫佬族自治县开展工作座谈会,副县长银勇陪同。\n座谈会上,银勇汇报了情况。",
    ],
)
def test_one_side_among_itself_meets_and_visits_nobody(text: str) -> None:
    assert told(text) == []


def test_a_working_group_of_so_many_pays_a_visit() -> None:
    group = "11月20日,佛山市禅城区对口帮扶工作组一行22人{}。"
    (visit,) = of("visit", group.format("到云浮市郁南县东坝镇开展帮扶协作活动"))
    assert visit.to == ("广东省云浮市郁南县东坝镇",)
    assert not of("visit", group.format("进驻云浮市郁南县东坝镇,开始为期三年的帮扶"))


def test_what_a_place_is_to_the_travellers_stands_before_it() -> None:
    (visit,) = of(
        "visit", "7月4日至6日,太仓市政协主席邱华一行赴我市对口协作的陕西省西安市周至县,就产业协作开展工作交流。"
    )
    assert (visit.from_, visit.to) == (("江苏省苏州市太仓市",), ("陕西省西安市周至县",))
    assert [p.name for p in visit.persons] == ["邱华"]


def test_where_a_report_was_wired_from_gets_nothing() -> None:
    text = "中新网银川9月22日电 福建省工商联副主席林鹏率福建省工商联考察团日前赴宁夏开展闽宁协作和捐赠帮扶活动。"
    gifts = of("donation", text + "活动期间,林鹏代表福建省工商联向固原市原州区捐赠帮扶资金30万元。")
    assert [g.supported for g in gifts] == [("宁夏回族自治区固原市原州区",)]


def test_the_number_of_an_issue_tells_the_year() -> None:
    (visit,) = told(
        "9月14日,杭州市富阳区总工会副主席徐芬一行到剑阁县慰问援派人才。",
        "剑阁县东西部协作工作动态(2022年第6期)",
        published=None,
    )
    assert visit.date_start == "2022-09-14"


def test_this_meeting_is_of_the_news() -> None:
    lead = "4月25日至27日,溧阳市工商联考察团到安康市汉阴县考察,并与汉阴县工商联召开苏陕协作座谈会。"
    back = "2020年7月,汉阴遭受洪灾,溧阳市发动会员企业捐款36万元。"
    found = told(lead + "\n" + back + "此次座谈会上,双方续签了合作框架协议。")
    assert [(e.type, e.date_start) for e in found if e.type in ("meeting", "agreement")] == [
        ("meeting", "2023-04-25"),
        ("agreement", "2023-04-25"),
    ]


def test_goods_and_places_are_promoted_at_a_meeting_of_their_own() -> None:
    lead = "6月11日,安顺市考察团来青岛,青岛·安顺东西部扶贫协作联席会议召开。"
    assert len(of("meeting", lead + "会后,安顺市考察团举行了安顺市产业招商推介会。")) == 2


def test_the_next_day_of_a_journey_is_the_same_visit() -> None:
    lead = "10月30日,北京市朝阳区三间房乡党委书记高勇一行14人到康保县忠义乡、处长地乡开展结对帮扶工作。"
    (visit,) = of("visit", lead + "\n10月31日,高勇一行到处长地乡,走访慰问了15户贫困户。", "京冀扶贫协作")
    assert (visit.date_start, visit.date_end) == ("2022-10-30", "2022-10-31")


def test_a_delegation_may_be_said_to_be_there() -> None:
    found = extract(
        Article(
            url="",
            text="8月11日,正在新疆考察访问的省党政代表团今天在阿克苏地区看望慰问我省援疆干部人才。",
            source="浙江日报",
        )
    ).events
    assert [(e.type, e.from_, e.to) for e in found] == [
        ("visit", ("浙江省",), ("新疆维吾尔自治区阿克苏地区",)),
    ]


def test_hosts_of_another_partys_fair() -> None:
    text = "4月6日,牡丹江市文旅招商推介会在东莞市举办。4月7日,鸡西市与肇庆市对口合作座谈会在肇庆召开。"
    assert [e.supporting for e in of("meeting", text)] == [("广东省东莞市",), ("广东省肇庆市",)]


def test_nobody_travels_home_in_the_middle_of_a_stay() -> None:
    lead = "6月3日,镇江市委副书记倪新带领代表团赴拉萨市达孜区考察对口支援工作。"
    (visit,) = of("visit", lead + "\n在达孜期间,代表团到江苏拉萨展销中心看了看。")
    assert visit.to == ("西藏自治区拉萨市达孜区",)


def test_a_meeting_is_held_at_the_stop_told_last() -> None:
    lead = "6月11日至13日,慈溪市市长陆柏率慈溪代表团到吉林省安图县、汪清县推进对口帮扶。"
    days = (
        "12日上午,陆柏一行看了安图县矿泉水产业园,两地召开座谈会。\n13日,代表团转往汪清县。当天下午,两地举行工作交流会。"
    )
    first, second = of("meeting", lead + "\n" + days)
    assert [p[-1][-3:] for p in (first.supported, second.supported)] == ["安图县", "汪清县"]


def test_guests_may_be_told_behind_their_errand() -> None:
    text = "4月19日,河源市委书记余明与来河调研的深圳市副市长陶欣一行座谈,就对口帮扶协作进行交流。\n市领导杨健参加。"
    (visit,), (meeting,) = of("visit", text), of("meeting", text)
    assert (visit.from_, visit.to) == (("广东省深圳市",), ("广东省河源市",))
    assert {p.name for p in meeting.persons} == {"余明", "陶欣", "杨健"}


def test_who_attends_a_reception_is_at_the_meeting_and_on_the_visit() -> None:
    text = "8月23日,甘肃省委书记何昌在兰州会见天津市政协主席王平一行,共商东西部协作。\n天津市领导李宏参加会见。"
    for kind in ("visit", "meeting"):
        (found,) = of(kind, text)
        assert {p.name for p in found.persons} == {"何昌", "王平", "李宏"}


def test_talks_whose_partners_stand_in_the_next_clause() -> None:
    lead = "8月2日,胶州市工商联组织企业家到安顺市平坝区考察东西部协作工作。"
    talks = "考察组参观了青岛产业园;到黔龙茶业有限公司进行座谈,就两地产业特色作了交流。"
    assert len(of("meeting", lead + talks)) == 1


def test_offices_of_two_places_make_a_couple() -> None:
    text = "9月12日,南江县工商联组织企业家赴自贡市考察学习,签订《自贡市—南江县工商联对口帮扶协议书》。"
    assert [(e.supporting, e.supported) for e in of("visit", text)] == [(("四川省自贡市",), ("四川省巴中市南江县",))]


def test_our_district_is_the_one_tied_to_the_guests() -> None:
    text = "4月17日至19日,宜君县政协主席梁志一行来丰考察。区政协主席石云陪同。\n我区将与宜君推动苏陕协作走深走实。"
    (visit,) = of("visit", text, "陕西宜君县政协考察组来丰")
    assert (visit.from_, visit.to) == (("陕西省铜川市宜君县",), ("江苏省盐城市大丰区",))


def test_a_city_of_the_county_inspects_what_others_have_built() -> None:
    text = "7月12日,市政协副主席马云一行到鲁甸县龙头山镇,视察沪滇协作示范点建设。"
    assert not of("visit", text + "龙头山镇示范点是上海市对口帮扶昭通的项目。")


def test_what_the_whole_country_met_about_sends_nobody_from_above() -> None:
    text = "为落实全国共青团对口援疆会议精神,8月20日,团省委副书记陈志带领青企协会员15人赴新疆克州开展对口援疆工作,"
    (visit,) = of("visit", text + "江苏省援疆前方指挥部总指挥梁勇参加有关活动。")
    assert visit.from_ == ("江苏省",)


def test_guests_and_hosts_may_call_it_a_conference() -> None:
    lead = "4月11日,广州市荔湾区教育局调研员冯丽一行8人来到阳山县七拱镇,开展教育对口帮扶调研。"
    assert len(of("meeting", lead + "调研组在七拱镇召开帮扶调研会议,毛建辉汇报了情况。")) == 1
    then = "上午,双方召开教育协作洽谈会。随后召开青年教师座谈会。"
    assert len(of("meeting", lead + then)) == 2


def test_guests_who_are_there_may_be_told_behind() -> None:
    text = "9月18日,十堰市委书记黄志与在十堰考察的北京市丰台区委书记邵启一行座谈,就对口协作进行交流。"
    (visit,) = of("visit", text)
    assert (visit.from_, visit.to) == (("北京市丰台区",), ("湖北省十堰市",))


def test_guests_go_about_beside_a_meeting() -> None:
    held = "11月8日,龙华区—安远县对口合作工作座谈会在安远宾馆举行。\n深圳市龙华区副区长刘波出席。{}主持。\n"
    tour = "会前,刘波一行参观了东江源展览馆。"
    (visit,) = of("visit", held.format("县长肖斐") + tour)
    assert (visit.from_, visit.to) == (("广东省深圳市龙华区",), ("江西省赣州市安远县",))
    assert not of("visit", held.format("安远县县长肖斐") + tour)  # whose paper it is does not show


def test_a_digest_counts_its_visits_before_it_tells_them() -> None:
    head = "6月份,广州市越秀区先后有三批客人走进黔南州长顺县,对接东西部协作:\n"
    item = "6日,越秀区人大常委会副主任周晖带队到我县调研代表联络站;"
    (visit,) = of("visit", head + item)
    assert visit.date_start == "2023-06-06"


def test_a_fair_at_an_earlier_stop() -> None:
    days = "7月2日,剑河县党政代表团到杭州市富阳区召开东西部扶贫协作恳谈会。7月3日,代表团转赴桐庐县,考察产业园。"
    _, fair = of("meeting", days + "7月4日,剑河县招商推介会在富阳国际贸易大厦举行。")
    assert fair.supporting == ("浙江省杭州市富阳区",)


def test_guests_come_to_a_house_that_speaks_of_itself() -> None:
    text = "5月16日,山东省潍坊市奎文区教体局局长马文一行6人来到我校考察交流,重庆市开州区教委副主任谭明陪同。"
    said = "座谈会上,马文表示将继续选派教师来开支教。双方签订了《奎文区东关小学与开州区汉丰五小结对共建协议》。"
    found = told(text + "\n" + said)
    assert {e.type for e in found} == {"visit", "meeting", "agreement", "pairing"}
    (visit,) = [e for e in found if e.type == "visit"]
    assert visit.to == ("重庆市开州区",)


def test_whoever_accompanies_guests_does_not_travel_home() -> None:
    text = "10月17日,以上海市卢湾区区长沈伟为团长的代表团一行18人,在思茅地区副专员刀建陪同下抵达孟连县考察对口帮扶。"
    (visit,) = of("visit", text + "20日,代表团结束访问离开孟连。")
    assert (visit.from_, visit.date_start) == (("上海市卢湾区",), "2022-10-17")


def test_the_city_hears_its_own_working_party() -> None:
    text = "2月14日,增城区委书记黄强调研并召开座谈会,听取我区对口帮扶贵州省毕节市黔西市工作情况汇报。"
    assert not of("meeting", text)


def test_what_draws_near_may_be_a_place() -> None:
    text = "6月24日,重庆市城口县党政代表团来临开展鲁渝协作交流。其间,两地召开临沂·城口东西部协作联席会议。"
    (visit,) = of("visit", text)
    assert visit.to == ("山东省临沂市",)


def test_who_serves_in_the_county_tours_it_as_its_officer() -> None:
    text = "8月2日,昌吉市副市长、福建泉州援疆分指挥部副指挥长林鹏到佃坝镇、二六工镇调研泉州援建的饮水项目。"
    assert not of("visit", text)


def test_a_byline_with_its_day_is_no_scene() -> None:
    lead = "武川县政协办 2022-08-12\n8月10日至11日,北京市门头沟区政协主席张永带队到武川县,就京蒙扶贫协作开展考察。\n"
    rest = "考察组深入上秃亥乡燕麦加工厂。\n座谈会上,两地政协就提案工作进行交流,并签订友好政协协议。"
    found = told(lead + rest, published="2022-08-12")
    assert {e.date_start for e in found} == {"2022-08-10"}


def test_what_is_talked_about_may_lie_ahead() -> None:
    text = "6月7日,红原县委副书记龙宇一行拜访了杭州市临平区发改局,双方就明年东西部协作资金安排举行了会谈。"
    assert len(of("meeting", text)) == 1


def test_whoever_signs_on_the_spot_is_counted() -> None:
    text = "6月8日,红原县文旅推介会在杭州市临平区举行,助力东西部协作,8家旅行社现场签约。"
    assert len(of("agreement", text)) == 1


def test_the_welcome_that_is_said_names_no_guest() -> None:
    text = "6月5日,江门市市长周立率江门代表团到七台河考察学习,共商对口合作。\n七台河市市长贾林对代表团的到来表示欢迎。"
    (visit,) = of("visit", text)
    assert visit.to == ("黑龙江省七台河市",)


def test_our_county_is_the_one_the_town_lies_in() -> None:
    lead = "6月19日至20日,青岛市黄岛区副区长孙永带领企业代表来我县考察东西扶贫协作工作,县长李廷陪同。\n"
    (visit,) = of("visit", lead + "考察组深入长坝镇花桥村,了解核桃产业情况。陇南市康县长坝镇花桥村是示范村。")
    assert visit.to == ("甘肃省陇南市康县",)
    assert {p.name for p in visit.persons} == {"孙永", "李廷"}


def test_guests_talk_with_an_office_of_the_county() -> None:
    text = "6月3日,杭州市政协代表团赴台江县考察东西部协作产业园,并与县政协座谈。"
    assert len(of("meeting", text)) == 1


def test_the_report_resumes_at_what_firms_signed() -> None:
    talks = "6月19日晚,青岛市黄岛区与康县召开扶贫协作座谈会,孙永表示将尽快落实帮扶资金。"
    assert len(of("agreement", talks + "青岛啤酒集团等3家企业与康县签订合作协议。")) == 1
