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
    r"等?(?:分别|共同)?(?:代表(?:双方|各方|两地|两市|两县|[^,，。;；]{2,14}?))?(?:在[^,，。;；]{2,40}上)?签(?:约|署|字|订|名|下|了)"
)
# 施锦华在交接会上说: the one who speaks says where
_AT_RITE = re.compile(r"(?:交接|捐赠|捐献|捐助|发放|揭牌|启动|签约|授牌|开幕)(?:的)?(?:会|仪式|典礼|活动|现场)")
_MEMBER = re.compile(
    r"援[疆藏青黔滇川桂甘宁蒙陕]|支教|支医|医疗队|工作队|帮扶|队员|医生|教师|护士|医师|老师|护师|干部|农技"
)
_GOES = re.compile(
    r"支教|支医|援[疆藏青黔滇川桂甘宁蒙陕]|带队|队员|医疗队|帮扶|这[批次]|此次|首批|新来|出发|进[藏疆]|对口支援"
)
_BETWEEN = re.compile(r"[,，、;；和及与同\s]{0,2}[\u4e00-\u9fff]{0,6}")
_CEREMONY = re.compile(
    r"仪式|典礼|揭牌|挂牌|开幕|开班|启动|举行|抵达|送行|发车|启程|开园|奠基|竣工|开业|开馆|启用|落成|投用|捐赠活动|交接会|展销|推介|博览会|年货节"
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


def belongs(sentence: Sentence, person: PersonMention) -> bool:
    """Whether a sentence tells of somebody as one of those who are sent."""
    if person.title is None or _MEMBER.search(person.title) is None:
        return False
    base = sentence.start
    begin = person.title_start if person.title_start is not None else person.start
    near = sentence.text[max(0, begin - base - 12) : person.end - base + 24]
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
            if title < end or not _BETWEEN.fullmatch(sentence.text, end - sentence.start, title - sentence.start):
                break
            end = other.end
    return end


# behind a comma the one who set out goes on: …一行来甲县考察,并与县政府签下协议
_GOES_ON = re.compile(r"(?:并|还|随后|现场|当场|同时|又|再|将|把|向|给|为|与|同|和|在|共|捐|签|送|携|带着|一起)")
_SUBJECT = re.compile(r"(?:一行|等|率|带|到|来|赴|前往|走进|深入|代表|与|和)")


def doers(sentence: Sentence, low: int, high: int) -> list[PersonMention]:
    """Who does what a clause tells without a subject of its own: those who lead in the clauses before it."""
    if not _GOES_ON.match(sentence.text, low - sentence.start):
        return []
    before = [p for p in within(sentence.people, sentence.start, low) if not sentence.spoken(p.start)]
    if not before:
        return []
    last = [p for p in before if p.group == before[-1].group]
    tail = sentence.text[last[-1].end - sentence.start : low - sentence.start]
    return last if _SUBJECT.match(tail) and "陪同" not in tail and "。" not in tail else []
