"""Meetings told in passing: by their minutes, by what they decided, by who attended, received or sat with whom."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event

VISIT = "6月13日,天津市河西区考察组到甘肃省庄浪县调研。"


def told(text: str) -> list[Event]:
    return list(extract(Article(url="", text=text, title="东西部协作动态", published="2023-06-15")).events)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("1998年,苏陕扶贫协作第三次联席会议商定,江苏每年拿出2000万元支持陕西。", "1998"),
        ("昨日,天津市与甘肃省东西部协作第七次联席会议纪要在兰州签署。", "2023-06-14"),
        ("6月13日,天津市副市长李广田会见甘肃省庄浪县委书记何青山一行。", "2023-06-13"),
        ("6月13日,天津市副市长李广田亲切接见了甘肃省庄浪县委书记何青山率领的党政代表团。", "2023-06-13"),
        ("6月13日,甘肃省庄浪县代表团到天津市河西区考察,河西区委书记李广田会见代表团一行并陪同。", "2023-06-13"),
        (VISIT + "考察组与庄浪县就劳务协作进行座谈。", "2023-06-13"),
        (VISIT + "河西区与庄浪县签订东西部协作协议,河西区委书记李广田出席会议并讲话。", "2023-06-13"),
    ],
)
def test_a_meeting_told_in_passing_was_held(text: str, start: str) -> None:
    (event,) = [e for e in told(text) if e.type == "meeting"]
    assert event.date_start == start
    assert event.supporting[0].startswith(("天津市", "江苏省"))
    assert event.supported[0].startswith(("甘肃省", "陕西省"))


@pytest.mark.parametrize(
    "text",
    [
        "根据天津市与甘肃省东西部协作第七次联席会议纪要,双方将加强合作。",
        "苏陕扶贫协作联席会议决定的事项正在推进,江苏省援助陕西省。",
        VISIT + "考察组与当地群众进行座谈。",
        VISIT + "考察组与河西区援甘干部座谈。",
    ],
)
def test_a_meeting_that_is_only_referred_to_was_not(text: str) -> None:
    assert [e for e in told(text) if e.type == "meeting"] == []


def test_what_is_done_as_a_committee_demands_is_not_spoken() -> None:
    text = VISIT + "李广田副区长,根据市委的要求,带领区商务局看望挂职干部。河西区向庄浪县捐赠50万元。"
    assert [e.type for e in told(text)] == ["visit", "donation"]


def test_what_is_said_to_be_known_is_the_reporter_speaking() -> None:
    text = VISIT + "河西区副区长李广田表示,消费帮扶大有可为。据初步统计,此次采购团现场下单60万元。"
    assert [e.type for e in told(text)] == ["visit", "consumption"]
