"""Who takes part in a signing, gift or opening: witnesses, signers, who acts behind it, who sets out to do it."""

from __future__ import annotations

import re

from crawler.events.draft import Draft
from crawler.events.scenes import Sentence, within
from crawler.facts import PersonMention

_SIGNING = re.compile(
    r"[^。;；]*?(?:见证|出席|参加|主持)[^。;；]{0,12}(?:签约|签字|签署)(?!了|的|协议|合作|框架|[^,，。;；]{0,8}(?:协议|合同|项目))"
)
# 代表双方签约, 代表双方在《…》上签字
_SIGN_FOR = re.compile(
    r"等?(?:分别|共同)?(?:[^,，。;；]{0,8}完成[^,，。;；]{0,12}签(?:字|约)|(?:代表(?:双方|各方|两地|两市|两县|[^,，。;；]{2,14}?))?(?:在[^,，。;；]{2,40}上)?签(?:约|署|字|订|名|下|了))"
)
# 施锦华在交接会上说: the one who speaks says where
_AT_RITE = re.compile(
    r"(?:交接|捐赠|捐献|捐助|发放|揭牌|启动|签约|授牌|开幕|欢迎|欢送|送行|出征|开班)(?:的)?(?:会|仪式|典礼|活动|现场)"
)
_MEMBER = re.compile(
    r"援[疆藏青黔滇川桂甘宁蒙陕]|支教|支医|医疗队|工作队|帮扶|队员|医生|教师|护士|医师|老师|护师|干部|领队|队长|农技|科$|护理部$"
)
_GOES = re.compile(
    r"支教|支医|援[疆藏青黔滇川桂甘宁蒙陕]|带队|领队|队长|队员|医疗队|帮扶|这[批次]|此次|首批|新来|出发|进[藏疆]|选派|派出|派来|对口支援|执教|讲座|名师代表|教师代表|示范课|授课|义诊|带教"
)
# 医疗队由骨科甲、内科乙组成
_MAKES_UP = re.compile(
    r"(?:医疗|支教|援[\u4e00-\u9fff]|专家)[^,，。]{0,4}[队组团]?由[^。]+组成|由[^。]+组成[^。]{0,20}(?:医疗|支教|援[\u4e00-\u9fff])"
)
_BETWEEN = re.compile(r"[,，、;；和及与同\s]{0,2}[\u4e00-\u9fff]{0,6}")
_CEREMONY = re.compile(
    r"仪式|典礼|揭牌|挂牌|开幕|开班|启动|举行|抵达|送行|发车|启程|开园|奠基|竣工|开业|开馆|启用|落成|投用|捐赠活动|交接会|欢送|欢迎(?:晚)?[会宴]|展销|推介|博览会|年货节"
)
# 代表商会捐赠50万元, 接受捐赠, 出资5000元
_GIVES = re.compile(
    r"(?:代表[^,，。;；]{2,24}?)?(?:向[^,，。;；]{2,24}?)?(?:[个私]人)?(?:捐[赠资款助出]|出资|赠送|接受|接收|领取)(?![^,，。;；]{0,6}采访)"
)
_RITE = ("仪式", "典礼", "揭牌", "挂牌", "开幕", "奠基", "剪彩")
_ATTENDED = ("donation", "project", "consumption", "personnel")


def is_ceremony(draft: Draft) -> bool:
    """Events people attend even where no meeting is named: classes and fairs, openings, donations, signing rites."""
    if draft.type in ("training", "labor"):
        return True
    if draft.type == "agreement":
        return any("仪式" in _clause(*stated) for stated in draft.statements())
    return draft.type in _ATTENDED and any(_CEREMONY.search(sentence.text) for sentence, _, _ in draft.statements())


def is_rite(draft: Draft) -> bool:
    """Whether an event is told as a rite, at which whoever is named besides plays a part."""
    return draft.type in ("donation", "project") and any(
        word in _clause(*stated) for stated in draft.statements() for word in _RITE
    )


def at_rite(sentence: Sentence, person: PersonMention) -> bool:
    """Whether somebody is said to act at a rite, whatever tells the gift itself."""
    return _AT_RITE.search(sentence.text) is not None and not sentence.spoken(person.start)


def gives(sentence: Sentence, person: PersonMention) -> bool:
    """Whether somebody is said to give or take a gift."""
    if sentence.spoken(person.start):
        return False
    return _GIVES.match(sentence.text, person.end - sentence.start) is not None


_GREETS = re.compile(r"[^。;；]{0,28}?(?:哈达|鲜花|迎接|送行|接站|话别|到机场|到车站|到[^,，。]{0,6}站)")


def greets(sentence: Sentence, person: PersonMention) -> bool:
    """Whether who stands in this list is said to see a team off or to welcome it."""
    if person.private or sentence.spoken(person.start):
        return False
    return _GREETS.match(sentence.text, _list_end(sentence, person) - sentence.start) is not None


def belongs(sentence: Sentence, person: PersonMention) -> bool:
    """Whether a sentence tells of somebody as one of those who are sent."""
    if person.title is None or _MEMBER.search(person.title) is None:
        return False
    base = sentence.start
    begin = min(person.start, person.title_start if person.title_start is not None else person.start)
    near = sentence.text[max(0, begin - base - 12) : person.end - base + 24]
    if person.private or _MAKES_UP.search(sentence.text):
        return not person.private
    return _GOES.search(near) is not None


def _clause(sentence: Sentence, low: int, high: int) -> str:
    return sentence.text[low - sentence.start : high - sentence.start]


def signs(sentence: Sentence, person: PersonMention) -> bool:
    """Whether who stands in this list is said to sign."""
    tail = sentence.text[_list_end(sentence, person) - sentence.start :]
    return _SIGN_FOR.match(tail) is not None


def witnesses(sentence: Sentence, person: PersonMention) -> bool:
    """Whether who stands in this list attends or witnesses a signing; lists may run over a semicolon."""
    tail = sentence.text[_list_end(sentence, person) - sentence.start :] + sentence.following
    return _SIGNING.match(tail) is not None or _SIGNING.match(sentence.following) is not None


def _list_end(sentence: Sentence, person: PersonMention) -> int:
    """Where the list ends that a person stands in, however it is parted: 市委书记甲,市领导乙;丙市委书记丁."""
    end = person.end
    for other in sentence.people:
        if other.start > end:
            title = other.title_start if other.title_start is not None else other.start
            aside = _BRACKET.match(sentence.text, end - sentence.start)
            if aside is not None:
                end = sentence.start + aside.end()
            if title < end or not _BETWEEN.fullmatch(sentence.text, end - sentence.start, title - sentence.start):
                break
            end = other.end
    return end


# 甲(左三)、乙在上新庄镇查看大棚: who tours what the visit is about
_TOURS = re.compile(
    r"(?:一行|等(?:领导|人)?)?(?:分别|先后|一起|一同|共同)?(?:在[^,，。;；]{2,20})?(?:实地|深入|认真|仔细)?(?:查看|察看|考察|调研|参观|走访)"
)


def tours(sentence: Sentence, person: PersonMention) -> bool:
    """Whether who stands in this list is said to look at works and sites."""
    end = _list_end(sentence, person) - sentence.start
    aside = _BRACKET.match(sentence.text, end)
    return _TOURS.match(sentence.text, aside.end() if aside else end) is not None


_BRACKET = re.compile(r"[(（][^()（）]{1,12}[)）]")


# behind a comma the one who set out goes on: …一行来甲县考察,并与县政府签下协议
_GOES_ON = re.compile(
    r"(?:专程|来到|前往|赴|走进|深入|到|并|还|随后|现场|当场|同时|又|再|将|把|向|给|为|与|同|和|在|开展|举行|共|捐|签|送|携|带着|一起)"
)
_SUBJECT = re.compile(
    r"(?:同志|先生|女士)?(?:一行|等|率|带|到|来|赴|前往|走进|深入|代表|与|和|在[^。]{2,40}(?:陪同|带领)下)"
)
_GUIDED = re.compile(r"等?(?:领导|同志)?的?陪同下")


_COMES_ALONG = re.compile(r"陪同(?!下)|党政代表团")  # what a whole delegation gives is not its head's gift


def doers(sentence: Sentence, low: int, high: int) -> list[PersonMention]:
    """Who does what a clause tells without a subject of its own: those who lead in the clauses before it."""
    if not _GOES_ON.match(sentence.text, low - sentence.start):
        return []
    before = [p for p in within(sentence.people, sentence.start, low) if not sentence.spoken(p.start)]
    if not before:
        return []
    if _GUIDED.match(sentence.text, before[-1].end - sentence.start):  # 甲在乙陪同下来到 …,捐赠
        before = [p for p in before if p.group != before[-1].group] or before
    last = [p for p in before if p.group == before[-1].group]
    tail = sentence.text[last[-1].end - sentence.start : low - sentence.start]
    return last if _SUBJECT.match(tail) and not _COMES_ALONG.search(tail) and "。" not in tail else []
