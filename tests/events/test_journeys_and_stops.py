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
