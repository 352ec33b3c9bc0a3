"""People on the way: delegations that are no posting, journeys of several stops, hosts who receive elsewhere."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event


def told(text: str) -> list[Event]:
    return list(extract(Article(url="", text=text, title="东西部协作动态", published="2023-06-30")).events)


def kinds(text: str) -> list[str]:
    return [e.type for e in told(text)]


LONGJING, DUNHUA = (f"吉林省延边朝鲜族自治州{name}" for name in ("龙井市", "敦化市"))
XIANGSHAN = "浙江省宁波市象山县"
WUMING = "6月5日,济南市市长骆青山率党政代表团赴重庆市武隆区开展鲁渝协作交流,"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月5日,浙江省义乌市人社局工作组到四川省巴中市巴州区开展对口协作工作。", ["visit"]),
        ("6月5日,浙江省义乌市帮扶工作组进驻四川省巴中市巴州区,开展东西部协作。", ["personnel"]),
        ("6月5日,都安瑶族自治县副县长韦青山一行到佛山市三水区开展支教回访活动。", ["visit"]),
        (f"{WUMING}看望援派医疗人才。", ["visit"]),
        (f"{WUMING}在济南市援派武隆区挂职干部座谈会上听取了汇报。", ["visit"]),
        (f"{WUMING}济南市派驻武隆区工作队和武隆区领导陪同。", ["visit"]),
        ("6月5日,济南市选派9名医生到重庆市武隆区开展鲁渝协作。", ["personnel"]),
        ("6月5日,满载612名定西务工人员的专列抵达青岛,其中98名到青岛企业工作。", ["labor"]),
    ],
)
def test_who_pays_a_visit_or_is_visited_is_not_sent(text: str, expected: list[str]) -> None:
    assert sorted(set(kinds(text)) - {"meeting"}) == expected


def test_what_both_sides_do_is_of_the_stop_told_last() -> None:
    text = (
        "6月9日至11日,浙江省宁波市象山县委书记吴青率团赴吉林省延边州龙井市、敦化市考察对口帮扶工作。"
        "9日下午,吴青一行来到龙井市果醋厂走访。10日上午,两地召开对口协作联席会议,双方签订了备忘录。"
        "10日下午,代表团转赴敦化市,看了药材基地。当晚,双方座谈。"
    )
    found = [(e.type, e.date_start, e.supporting, e.supported) for e in told(text)]
    assert found == [
        ("visit", "2023-06-09", (XIANGSHAN,), (LONGJING, DUNHUA)),
        ("meeting", "2023-06-10", (XIANGSHAN,), (LONGJING,)),
        ("agreement", "2023-06-10", (XIANGSHAN,), (LONGJING,)),
        ("meeting", "2023-06-10", (XIANGSHAN,), (DUNHUA,)),
    ]


def test_those_who_go_on_make_one_journey() -> None:
    text = (
        "6月12日至14日,福建省厦门市湖里区区长熊立新率党政代表团赴甘肃省临夏州和政县开展东西部协作交流。"
        "代表团走访了种羊场、湖里帮扶车间。随后,代表团前往临夏市,考察了产业园。"
    )
    (visit,) = told(text)
    assert visit.to == tuple(f"甘肃省临夏回族自治州{name}" for name in ("和政县", "临夏市"))


@pytest.mark.parametrize(
    ("place", "seen"), [("福建援疆福州分指挥部驻地", "奇台县"), ("福州帮扶车间", "奇台县"), ("奇台县", "奇台县")]
)
def test_a_work_of_the_guests_is_no_place_they_travel_to(place: str, seen: str) -> None:
    text = f"6月5日,福州市台江区副区长林青率队赴新疆奇台县开展对口支援考察。代表团到{place}考察。"
    (visit,) = told(text)
    assert visit.to[0].endswith(seen)


def test_where_guests_are_received_is_no_side() -> None:
    text = (
        "6月9日至11日,上海市副市长许青率上海市代表团赴云南省文山州、红河州考察沪滇协作。"
        "11日,云南省副省长陈世在昆明会见了许青一行。"
    )
    (meeting,) = [e for e in told(text) if e.type == "meeting"]
    assert (meeting.supporting, meeting.supported) == (("上海市",), ("云南省",))


@pytest.mark.parametrize("words", ["区长周文会见", "区长周文会见。下午,代表团返程"])
def test_a_host_who_receives_those_who_came_holds_a_meeting(words: str) -> None:
    text = f"6月2日,新疆阿合奇县县长买买提率团来江苏无锡市考察对口支援工作,锡山区{words}。"
    assert kinds(text) == ["visit", "meeting"]


@pytest.mark.parametrize(("words", "held"), [("赴坎尔孜乡开展座谈交流", 1), ("与援疆干部座谈交流", 0)])
def test_talks_in_a_town_of_the_hosts_are_a_meeting(words: str, held: int) -> None:
    text = f"6月3日至6日,福州市台江区副区长林青率队赴新疆奇台县开展对口支援考察。5日,代表团{words}。"
    assert kinds(text).count("meeting") == held


def test_a_journey_told_as_news_and_then_by_its_days_is_one() -> None:
    text = (
        "近日,东莞市清溪镇领导带队到揭阳市揭西县调研驻镇帮镇扶村工作。"
        "6月7日,调研组先后来到坪上镇观梅栈道、养殖场等地调研。"
    )
    (visit,) = told(text)
    assert (visit.date_start, visit.to) == ("2023-06-07", ("广东省揭阳市揭西县",))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("黄埔区人社局副局长黄志强,百色市人社局副局长农文军到场指导。", ["黄志强", "农文军"]),
        ("黄埔区援桂干部、田阳区副区长沈琪到站送行。", ["沈琪"]),
        ("黄埔区人社局副局长黄志强介绍说,今年还将举办两场。", ["黄志强"]),
        ("求职者韦某说,工资比家里高。", []),
    ],
)
def test_who_comes_to_a_fair_takes_part(words: str, names: list[str]) -> None:
    text = "6月12日,广州市黄埔区人社局组织28家企业赴百色市田阳区开展粤桂协作招聘会。"
    (labor,) = [e for e in told(text + words) if e.type == "labor"]
    assert [p.name for p in labor.persons] == names


@pytest.mark.parametrize(
    ("words", "givers"),
    [
        ("嘉兴市海盐县、秀洲区组织16家企业到屏招聘。", 2),
        ("嘉兴市海盐县、秀洲区组织16家企业到屏招聘。海盐县人社局组织求职者体检。", 1),
        ("嘉兴市海盐县组织16家企业到屏招聘。", 1),
    ],
)
def test_units_that_are_always_listed_together_act_together(words: str, givers: int) -> None:
    (labor,) = [e for e in told(f"6月2日,屏山县东西部劳务协作专场招聘会举行。{words}") if e.type == "labor"]
    assert len(labor.supporting) == givers


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        ("两校召开座谈会,签订结对帮扶协议。", ["佛山市三水区第三中学", "从江县第二民族中学"]),
        ("三水二中随行,两校签订结对帮扶协议。", []),
        ("两地签订结对帮扶协议。", []),
    ],
)
def test_both_schools_are_those_named_before(words: str, bodies: list[str]) -> None:
    text = "6月8日,佛山市三水区第三中学党总支书记陆志成率队到从江县第二民族中学开展结对帮扶交流。"
    (signing,) = [e for e in told(text + words) if e.type == "agreement"]
    assert [o for o in signing.organizations if "二中" not in o] == bodies


def test_the_day_before_is_counted_from_the_last_date() -> None:
    text = (
        "6月15日,北京市、内蒙古自治区政协座谈会在呼和浩特举行,推进京蒙协作。"
        "就在前一天,自治区党委书记孙文会见了北京市政协主席魏晓一行。"
    )
    assert [e.date_start for e in told(text) if e.type == "meeting"] == ["2023-06-15", "2023-06-14"]


def test_learning_at_a_named_school_is_a_class() -> None:
    text = "6月3日,根据《大邑县对口支援松潘县规划》,藏文中学班子一行8人到安仁中学进行为期3天的跟岗学习。"
    assert "training" in kinds(text)


@pytest.mark.parametrize(
    ("words", "guests"),
    [
        ("在津期间,杨力一行实地调研了北辰区康复广场。", ["甘肃省"]),
        ("在津期间,甘肃省残联考察团参观了北辰区康复广场。", ["甘肃省"]),
        ("在津期间,中央考察组调研了北辰区康复广场。", []),
        ("会议期间,与会人员参观了北辰区康复广场。", []),
    ],
)
def test_what_guests_did_while_there_tells_of_their_visit(words: str, guests: list[str]) -> None:
    text = (
        "6月27日,天津市残联、甘肃省残联东西部协作座谈会在天津市召开。"
        "天津市残联理事长李建海,甘肃省残联理事长杨力出席会议。"
    )
    assert [e.from_[0] for e in told(text + words) if e.type == "visit"] == guests


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("福建省第十二批援宁工作队40名队员抵达银川。", "宁夏回族自治区"),
        ("福建省第十二批援宁工作队40名队员抵达银川,受到银川市教育局欢迎。", "宁夏回族自治区银川市"),
        ("福建省第十二批援宁工作队40名队员抵达固原。", "宁夏回族自治区固原市"),
    ],
)
def test_the_capital_people_land_in_stands_for_their_province(words: str, place: str) -> None:
    (posting,) = told(f"6月9日,{words}")
    assert (posting.type, posting.supported) == ("personnel", (place,))


def test_who_arrives_and_is_to_stay_has_arrived() -> None:
    (posting,) = told("6月9日,宁波市第五批援派教师4人抵达昆明市东川区,将在东川区支教一年。")
    assert (posting.type, posting.status) == ("personnel", "done")


def test_those_who_came_and_go_on_working_came_once() -> None:
    text = "6月3日,南充市卫健委组织12名专家到甘孜州色达县开展对口支援义诊。4日,专家在县人民医院开展教学查房。"
    assert kinds(text) == ["personnel"]


def test_two_provinces_in_the_name_of_a_meeting_meet_themselves() -> None:
    text = (
        "6月8日至9日,省长马志率广东省党政代表团赴新疆喀什,研究对口援疆工作。8日,两省区召开广东·新疆对口支援工作座谈会。"
    )
    (meeting,) = [e for e in told(text) if e.type == "meeting"]
    assert (meeting.supporting, meeting.supported) == (("广东省",), ("新疆维吾尔自治区",))


@pytest.mark.parametrize(
    ("words", "visit", "meeting"),
    [
        ("戴云一行来甘肃省考察。两地召开座谈会。副主席王芳参加。", ["戴云", "王芳"], ["戴云", "王芳"]),
        ("戴云一行来甘肃省考察并召开座谈会。副主席王芳参加。", ["戴云", "王芳"], ["戴云", "王芳"]),
        (
            "戴云一行来甘肃省考察并召开座谈会。副主席贾娜;天水市副市长逯克;副主席王芳出席相关活动。",
            ["戴云", "贾娜", "逯克", "王芳"],
            ["戴云"],
        ),
    ],
)
def test_who_takes_part_in_what_was_told_right_before(words: str, visit: list[str], meeting: list[str]) -> None:
    found = {e.type: [p.name for p in e.persons] for e in told(f"6月16日,天津市妇联主席{words}")}
    assert sorted(found["visit"]) == sorted(visit)
    assert set(meeting) <= set(found["meeting"])


def test_the_city_in_the_name_of_a_firm_that_is_toured_is_no_stop() -> None:
    text = (
        "6月5日至6日,内蒙古通辽市库伦旗代表团到北京市密云区对接京蒙协作工作。"
        "代表团首先到北京康辰药业股份有限公司考察。在农业园,举行了合作项目签约仪式。"
    )
    (signing,) = [e for e in told(text) if e.type == "agreement"]
    assert signing.supporting == ("北京市密云区",)


def test_workers_come_from_their_county_not_from_where_they_take_off() -> None:
    text = "6月2日,一趟从西昌出发的包机降落宁波机场,163名凉山务工人员走下舷梯,东西部劳务协作又添新力。"
    (labor,) = told(text)
    assert (labor.type, labor.supported) == ("labor", ("四川省凉山彝族自治州",))


def test_sent_to_villages_is_no_village() -> None:
    text = "6月30日,广州市越秀区送驻村干部到湛江市徐闻县,11名驻村干部抵达徐闻县开展对口帮扶。"
    assert {e.supporting for e in told(text)} == {("广东省广州市越秀区",)}


def test_what_a_sentence_opens_with_is_where_it_happens() -> None:
    text = (
        "6月11日至14日,漳州市市长刘远率漳州市党政代表团来昌吉州木垒县、呼图壁县考察对口援疆工作。"
        "在木垒县,代表团考察了门诊楼,召开了对口援疆座谈会。在呼图壁县,代表团参观了工业园区。"
    )
    (meeting,) = [e for e in told(text) if e.type == "meeting"]
    assert [place[-7:] for place in meeting.supported] == ["木垒哈萨克自治县"[-7:]]


def test_a_fair_in_a_town_is_its_countys() -> None:
    text = "6月2日,成都市青羊区与得荣县召开对口支援联席会议。次日,在得荣县古学乡举办了专场招聘会,15家青羊企业参加。"
    (labor,) = [e for e in told(text) if e.type == "labor"]
    assert labor.supported == ("四川省甘孜藏族自治州得荣县",)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("阿里地区医务人员进修欢迎会举行。", []),
        ("阿里地区首批跟班学习干部见面会在宝鸡市举行。", []),
        ("宝鸡市首批援藏医务人员欢送会举行。", ["personnel"]),
    ],
)
def test_learners_who_are_welcomed_are_not_sent(words: str, expected: list[str]) -> None:
    found = kinds(f"6月2日,宝鸡市对口支援阿里地区医疗工作再进一步。6月3日,{words}")
    assert [kind for kind in found if kind == "personnel"] == expected


def test_an_officer_with_his_sending_in_brackets_is_found() -> None:
    text = "6月2日,成都市青羊区与得荣县召开对口支援联席会议。县委常委、副县长(青羊区挂职)罗刚出席。"
    (meeting,) = told(text)
    assert [p.name for p in meeting.persons] == ["罗刚"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [("副县长陈勇主持。", "meeting"), ("20家企业提供岗位1200个。", "labor"), ("现场达成意向80人。", "labor")],
)
def test_a_matching_of_labour_without_posts_is_a_meeting(words: str, kind: str) -> None:
    text = f"6月18日,上海市虹口区人社局与文山州富宁县人社局召开沪滇劳务协作对接会。{words}"
    assert kinds(text) == [kind]


def test_what_some_of_a_list_attended_is_the_meeting_told_besides() -> None:
    text = (
        "6月12日至15日,广州市政协主席李文率考察团赴贵州省黔南州、安顺市,就东西部协作开展调研。"
        "黔南州委书记唐德,安顺市市长尹恒分别陪同调研或参加座谈。"
    )
    assert kinds(text) == ["visit", "meeting"]
    found = told(text + "13日下午,广州·黔南政协座谈会召开。")
    assert [e.date_start for e in found if e.type == "meeting"] == ["2023-06-13"]


@pytest.mark.parametrize(("words", "end"), [("培训至7月1日结束。", "2023-07-01"), ("培训内容丰富。", "2023-06-26")])
def test_a_class_runs_to_its_end(words: str, end: str) -> None:
    text = f"6月26日,盐池县60名教师在泉州师范学院参加闽宁协作教师培训班。{words}"
    assert [(e.type, e.date_end) for e in told(text)] == [("training", end)]


@pytest.mark.parametrize(
    ("whom", "held"), [("省农业农村厅调研组一行", 0), ("佛山市三水区考察组一行", 1), ("国家乡村振兴局督导组", 0)]
)
def test_superiors_who_are_received_are_no_other_side(whom: str, held: int) -> None:
    text = f"6月2日,贵州省从江县委书记李明会见了{whom},就东西部协作交换意见。佛山市三水区对口帮扶从江县。"
    assert kinds(text).count("meeting") == held


def test_a_class_that_experts_hold_is_a_class() -> None:
    assert kinds("6月6日,无锡市援疆专家组在阿合奇县人民医院开展业务培训,推进对口支援。") == ["training"]


@pytest.mark.parametrize("lead", ["", "6月1日,太仆寺旗党政代表团赴昌平区考察京蒙协作。"])
def test_guests_whose_coming_is_welcomed_have_come(lead: str) -> None:
    text = (
        "6月2日,昌平区委书记甘明与内蒙古太仆寺旗委书记陈彦举行京蒙协作座谈会。"
        "甘明对太仆寺旗党政代表团一行的到来表示热烈欢迎。"
    )
    visits = [e for e in told(lead + text) if e.type == "visit"]
    assert [(e.from_[0][-4:], e.to[0], e.date_start) for e in visits] == [
        ("太仆寺旗", "北京市昌平区", "2023-06-01" if lead else "2023-06-02")
    ]
