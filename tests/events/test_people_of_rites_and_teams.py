"""Who takes part in signings, gifts, openings and teams, and which side each of them is of."""

import pytest

from crawler.events import extract
from crawler.model import Article, EventPerson

ABOUT = "此次活动是天津市西青区与甘肃省天水市麦积区东西部协作的内容。"


def cast(kind: str, text: str, title: str = "") -> dict[str, EventPerson]:
    article = Article(url="", text=f"{text}\n{ABOUT}", title=title, published="2023-05-20")
    return {p.name: p for event in extract(article).events if event.type == kind for p in event.persons}


@pytest.mark.parametrize(
    ("kind", "text", "names"),
    [
        (
            "agreement",
            "5月16日,西青区与麦积区签约仪式举行。西青区商务局局长郭志明、麦积区商务局局长罗永强分别致辞。",
            {"郭志明", "罗永强"},
        ),
        (
            "agreement",
            "5月16日,西青区与麦积区签订合作协议。麦积区商务局局长罗永强,西青区商务局局长郭志明代表双方在《合作协议书》上签字。",
            {"郭志明", "罗永强"},
        ),
        (
            "pairing",
            "5月16日,西青区工商联与麦积区工商联签订结对协议,西青区工商联主席郭志明与麦积区工商联主席罗永强在协议上签字。",
            {"郭志明", "罗永强"},
        ),
        (
            "donation",
            "5月16日,西青区向麦积区捐赠仪式举行,西青区教育局局长郭志明把钥匙交给校长罗永强。",
            {"郭志明", "罗永强"},
        ),
        (
            "donation",
            "5月16日,西青区教育局局长郭志明一行走进麦积区一中,向学校捐赠图书2000册。",
            {"郭志明"},
        ),
        (
            "personnel",
            "5月16日,西青区援甘医疗队12名队员启程前往麦积区。援甘医生郭志明说,要把技术留下来。",
            {"郭志明"},
        ),
        (
            "consumption",
            "5月16日,麦积区农产品展销会在西青区举行。西青区副区长郭志明、麦积区副区长罗永强到场。",
            {"郭志明", "罗永强"},
        ),
        (
            "donation",
            "5月16日,西青区向麦积区捐赠50万元。麦积区教育局局长罗永强接受捐赠。",
            {"罗永强"},
        ),
        (
            "donation",
            "5月16日,西青区委书记郭志明、麦积区委书记罗永强见证捐赠仪式。副区长孙建平参加。",
            {"郭志明", "罗永强", "孙建平"},
        ),
        (
            "personnel",
            "5月16日,由骨科郭志明、护理部罗永红组成的西青区援甘医疗队启程前往麦积区。",
            {"郭志明", "罗永红"},
        ),
        (
            "personnel",
            "5月16日,西青区12名教师来到麦积区开展送教活动。副局长罗永强参加欢迎仪式。西青二中教师郭志明执教了示范课。",
            {"郭志明", "罗永强"},
        ),
        (
            "visit",
            "5月16日,西青区副区长郭志明(左二)、麦积区副区长罗永强在车间查看协作项目。当日,西青区考察组到麦积区考察。",
            {"郭志明", "罗永强"},
        ),
        (
            "meeting",
            "5月16日,西青区与麦积区工作座谈会暨签约仪式举行。麦积区区长罗永强主持会议和签约仪式。",
            {"罗永强"},
        ),
        (
            "agreement",
            "5月16日,西青区与麦积区工作座谈会暨签约仪式举行。麦积区区长罗永强主持会议和签约仪式。",
            {"罗永强"},
        ),
    ],
)
def test_who_takes_part_in_a_rite(kind, text, names):
    assert set(cast(kind, text)) == names


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "5月16日,西青区区长郭志明率团到麦积区考察。麦积区委副书记、副区长(挂职)罗永强,麦积区领导孙建平陪同。",
            {"郭志明": "supporting", "罗永强": "supporting", "孙建平": "supported"},
        ),
        (
            "5月16日,西青区区长郭志明率团到麦积区考察。天津援甘前方指挥部副指挥、麦积区委常委罗永强陪同。",
            {"郭志明": "supporting", "罗永强": "supporting"},
        ),
    ],
)
def test_the_side_of_those_who_are_posted(text, sides):
    assert {name: p.side for name, p in cast("visit", text).items()} == sides


def test_a_bare_title_is_of_the_side_that_has_such_a_level():
    text = "3月8日,浙江省湖州市委常委陈永江率团到新疆柯坪县考察对口支援工作。县委书记徐立新陪同。"
    found = extract(Article(url="", text=text, title="", published="2023-03-09")).events[0].persons
    assert {p.name: p.side for p in found} == {"陈永江": "supporting", "徐立新": "supported"}


def test_a_name_told_alone_has_the_title_and_side_told_before():
    text = "5月16日,西青区区长郭志明率团到麦积区考察。\n座谈会上,郭志明介绍了西青区情况。"
    (person,) = cast("meeting", text).values()
    assert (person.title, person.side) == ("西青区区长", "supporting")


def test_a_school_named_once_with_its_place_tells_the_side_of_its_head():
    text = "5月16日,西青区第八中学与麦积区城关中学签约。西青区第八中学校长郭志明和城关中学校长罗永强代表两校签署协议。"
    assert {n: p.side for n, p in cast("agreement", text).items()} == {"郭志明": "supporting", "罗永强": "supported"}


def test_those_who_accompany_where_no_home_is_known_are_of_the_side_that_hosts():
    text = "8月30日,北京市朝阳区东坝镇纪委书记洪志飞一行到奈曼旗固日班花镇开展京蒙帮扶,镇长王德明、副镇长李欣荣陪同。"
    found = extract(Article(url="", text=text, title="", published="2023-09-01")).events[0].persons
    assert {p.name: p.side for p in found} == {"洪志飞": "supporting", "王德明": "supported", "李欣荣": "supported"}


def test_who_attends_at_the_end_of_a_report_comes_to_the_visit_and_its_meeting():
    text = (
        "5月16日,西青区区长郭志明率团到麦积区考察并召开座谈会。\n"
        "郭志明感谢麦积区的支持。\n麦积区领导孙建平,区领导罗永强参加。\n" + ABOUT
    )
    events = extract(Article(url="", text=text, title="", published="2023-05-20")).events
    assert {e.type: {"孙建平", "罗永强"} <= {p.name for p in e.persons} for e in events} == {
        "visit": True,
        "meeting": True,
    }
    assert {p.name: p.side for e in events for p in e.persons}["罗永强"] == "supporting"


def test_what_is_done_after_a_rite_is_no_part_of_it():
    text = "5月16日,西青医院分院在麦积区揭牌,西青区副区长郭志明揭牌。揭牌仪式结束后,骨科主任孙建平查了房。"
    assert set(cast("project", text)) == {"郭志明"}


@pytest.mark.parametrize(
    ("kind", "text", "names"),
    [
        (
            "agreement",
            "5月16日,西青区与麦积区签约仪式举行。西青区副区长郭志明见证签约。仪式由麦积区副区长罗永强主持。",
            {"郭志明", "罗永强"},
        ),
        (
            "meeting",
            "5月16日,西青区与麦积区联席会议召开。出席会议的领导有:西青区区长郭志明;麦积区区长罗永强、副区长孙建平。",
            {"郭志明", "罗永强", "孙建平"},
        ),
        (
            "meeting",
            "5月16日,西青区与麦积区联席会议召开。罗永强致辞,郭志明通报情况。西青区区长郭志明与麦积区区长罗永强合影。",
            {"罗永强", "郭志明"},
        ),
    ],
)
def test_hosts_of_the_rite_and_rolls_of_those_present(kind, text, names):
    assert set(cast(kind, text)) == names


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("麦积区副区长罗永强到车站迎接。", {"罗永强"}),
        ("当天举行了欢迎仪式。麦积区副区长罗永强主持并讲话。", {"罗永强"}),
        ("领队、西青区教育局副局长孙建平说,要把根扎下来。", {"孙建平"}),
        ("西青一中教师郭志红把女儿托付给母亲。", {"郭志红"}),
        ("麦积一中教师罗永红说,学到了很多。", set()),
        ("村民罗大有到车站迎接。", set()),
    ],
)
def test_who_is_told_of_beside_a_team(told, names):
    text = f"5月16日,西青区12名支教教师抵达麦积区,开始一年的支教。{told}"
    assert set(cast("personnel", text)) == names


@pytest.mark.parametrize(
    ("kind", "text", "names"),
    [
        # the one told before is meant by a pronoun
        (
            "personnel",
            "记者见到了麻醉科医生郭志明。2022年4月,他随西青区援甘医疗队来到麦积区人民医院,开始一年的帮扶。",
            {"郭志明"},
        ),
        # who receives guests, where no meeting is told
        (
            "visit",
            "5月16日,西青区党政代表团到麦积区考察。麦积区区长罗永强对代表团的到来表示欢迎。",
            {"罗永强"},
        ),
        # a reporter asks about what was built
        (
            "project",
            "5月16日,西青区援建的麦积区第二小学竣工。麦积区教育局局长罗永强介绍,新学校有30个班。",
            set(),
        ),
    ],
)
def test_who_is_meant_and_who_is_only_asked(kind, text, names):
    assert set(cast(kind, text)) == names


def test_a_meeting_is_joined_by_its_name():
    text = (
        "5月16日,西青区与麦积区召开恳谈会。5月18日,麦积区产业推介会在西青区举行。\n"
        "西青区副区长郭志明、麦积区副区长罗永强参加恳谈会。\n" + ABOUT
    )
    events = extract(Article(url="", text=text, title="", published="2023-05-20")).events
    assert {e.date_start: {p.name for p in e.persons} for e in events if e.type == "meeting"} == {
        "2023-05-16": {"郭志明", "罗永强"},
        "2023-05-18": set(),
    }
