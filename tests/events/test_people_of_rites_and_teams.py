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
