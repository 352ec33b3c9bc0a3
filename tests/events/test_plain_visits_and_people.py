"""One sentence a wording: the plain ways in which visits, meetings, agreements, pairings and postings are told."""

import pytest

from crawler.events import extract
from crawler.model import Article, Event

GIVER, TAKER = "天津市西青区", "甘肃省天水市麦积区"
ABOUT = "此次活动是天津市西青区与甘肃省天水市麦积区东西部协作的内容。"
TOLD = {
    "visit": (
        "来自麦积区的党政考察团参观了西青区规划展示馆和社区服务中心。",
        "西青区副区长张晓燕深入麦积区协作项目现场调研,区领导陈志强一同调研。",
        "西青区委、区政府代表团在张晓燕率领下,满怀深情踏上麦积区这片热土,考察对口支援工作。",
        "西青区党政代表团结束了在麦积区的考察行程。",
        "在麦积区委副书记陈志强陪同下,西青区乡村振兴局局长张晓燕深入麦积区帮扶车间,实地了解项目运行情况。",
    ),
    "meeting": (
        "麦积区特色产品推介会走进西青区。",
        "麦积区委、区政府与西青区党政代表团举行工作会商。",
        "西青区与麦积区东西部协作教育论坛在麦积区一中举行。",
        "西青区、麦积区两地人大常委会开展座谈交流。",
        "西青区与麦积区两地党政领导共聚一堂,共商发展大计。",
        "双方坐到一起,就新一轮协作进行深入交流。西青区副区长张晓燕、麦积区副区长陈志强参加交流。",
        "第五次西青·麦积对口协作联席会议顺利召开。",
    ),
    "agreement": (
        "西青区委书记张晓燕、麦积区委书记陈志强共同见证签约。",
        "西青区与麦积区签了约:共建农业园。",
        "随着双方代表落笔签字,西青区与麦积区产业合作项目正式落地。",
        "西青区、麦积区签订对口合作实施方案。",
        "西青区交接麦积区帮扶工作,签订《东西部协作交接书》。",
    ),
    "pairing": (
        "西青区医院与麦积区医院建立医联体。",
        "西青区职业学校、麦积区职教中心牵手结对。",
        "麦积区人民医院正式成为西青区中心医院医联体成员单位。",
        "麦积区医院成为西青区医院帮扶单位。",
        "“西青区人民医院对口支援医院”在麦积区人民医院揭牌。",
        "西青区为麦积区授予“对口帮扶医院”牌匾。",
        "西青区与麦积区两地工会“结亲”。",
        "麦积区中学迎来了“亲戚”——西青区中学与其结为联盟校。",
        "西青区中心小学与麦积区中心小学举行手拉手结对仪式。",
        "西青区、麦积区两地8对学校结对帮扶协议集中签约。",
        "西青区人民医院托管麦积区中医院,签订对口支援协议。",
        "西青区第一中学与麦积区第一中学“结对子”。",
        "西青区法院和麦积区法院结为友好法院。",
        "西青区康复医院与麦积区妇幼保健院签订对口帮扶协议。",
    ),
    "personnel": (
        "麦积区首批8名干部赴西青区挂职锻炼。",
        "西青区组团式帮扶医疗队一行4人到麦积区人民医院开展帮扶工作。",
        "首批来自西青区的18名支教教师踏上麦积区的土地。",
        "载着西青区第九批援派队员的飞机降落,麦积区干部群众在机场热烈欢迎。",
        "西青区骨干教师送教团到麦积区送教下乡。",
        "西青区柔性引进的专家张晓燕到麦积区医院坐诊带教。",
        "西青区中学的张晓燕老师来到麦积区一中,开始一年的支教生活。",
        "西青区中学教师张晓燕踏上赴麦积区支教的征程。",
        "西青区12名教师、6名医生,分赴麦积区各学校和医院。",
        "西青区12名医护人员驰援麦积区。",
        "西青区医院心内科主任张晓燕前往麦积区人民医院驻点帮扶。",
        "西青区支教队员依依惜别麦积区师生,踏上归程。",
        "麦积区迎来西青区新一批支教老师。",
        "西青区帮扶麦积区医疗队交接仪式举行。",
        "西青区选派的科技特派员团队到麦积区指导苹果种植。",
    ),
}


def told(text: str, kind: str) -> list[Event]:
    found = extract(Article(url="", text=text, published="2022-03-10")).events
    return [event for event in found if event.type == kind]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TOLD.items() for text in texts])
def test_a_plain_wording_tells_its_event(kind: str, text: str) -> None:
    assert [
        (e.date_start, e.supporting[0], e.supported[0].startswith(TAKER)) for e in told(f"3月5日,{text}{ABOUT}", kind)
    ] == [("2022-03-05", GIVER, True)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("麦积区召开会议,传达西青区考察团来麦积区考察的通知精神。", "visit"),
        ("双方商定每年召开一次联席会议。", "meeting"),
        ("西青区召开援派干部家属座谈会。", "meeting"),
        ("协议签订后,西青区将派医生到麦积区。", "agreement"),
        ("麦积区委与各乡镇签订东西部协作责任书。", "agreement"),
        ("西青区支教老师张晓燕来到麦积区挂职两年来,走遍了村寨。", "personnel"),
        ("西青区先后有8名干部到麦积区挂职。", "personnel"),
        ("麦积区医院迎来西青区医生的节日问候。", "personnel"),
    ],
)
def test_habits_plans_and_descriptions_tell_none(text: str, kind: str) -> None:
    assert told(text + ABOUT, kind) == []


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2018年,按照中央部署,西青区与麦积区“牵手”,开启协作之路。", "2018"),
        ("2021年5月,西青区接棒帮扶麦积区。", "2021-05"),
        ("2016年10月,麦积区被列为西青区对口帮扶县。", "2016-10"),
    ],
)
def test_a_pairing_has_the_year_it_is_told_with(text: str, when: str) -> None:
    assert [e.date_start for e in told(text + ABOUT, "pairing")] == [when]


def test_two_hospitals_tell_their_places() -> None:
    text = "3月5日,太仓市人民医院与周至县人民医院正式建立对口支援关系。"
    (event,) = told(text, "pairing")
    assert (event.supporting, event.supported) == (("江苏省苏州市太仓市",), ("陕西省西安市周至县",))


def test_a_word_that_holds_a_word_of_aid_is_one() -> None:
    """The longest word wins in the text: 结对帮扶协议 must not hide 帮扶, the only word of aid there."""
    (event,) = told("2018年3月,宁波市海曙区与丽水市庆元县签订结对帮扶协议。", "pairing")
    assert (event.supporting, event.supported) == (("浙江省宁波市海曙区",), ("浙江省丽水市庆元县",))
