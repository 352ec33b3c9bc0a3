"""Who gives in a donation: bodies whose own words say so, beside those of the event's clause; receivers do not."""

from __future__ import annotations

import re

from crawler.events.bodies import HEARTS, HELPED, LIST, PAYS, SIGNING, SUPPORT, receives_there
from crawler.events.draft import Draft
from crawler.events.scenes import Sentence
from crawler.facts import OrganizationMention

_GIFT = r"(?:捐赠|捐款|捐资|捐助|捐出|认捐)(?!企业|单位|方|者|仪式|活动|证书)|捐(?:的?\d|[煤粮书衣物米药油布]\d?)"
_HANDS = (
    r"(?:拿|掏|凑|认|出|添|送)(?:出|下|了|上|领|来|去)?了?\d"
    r"|(?:工会|党委|团委)?(?:拿|捎|运|寄|送)来了?[^,，。;；]{2,24}"
)
_HOW = (
    r"(?:共|各自?|均|都|分别|先后|累计|也|还|共同|同时|又|[在于]?(?:当[日天]|同日|现场|会上))*"
    r"(?:[向为给][^,，。;；]{1,30})?"
)
_GIVES = re.compile(
    LIST
    + r"(?:等[^,，。;；]{0,10})?(?:的?(?:负责人|代表|董事长|总经理|会长))?"
    + _HOW
    + rf"(?:{_GIFT}|{_HANDS}|援助(?:资金|物资|\d)|支援的\d)"
)
# 捐赠鸡蛋的爱心企业,分别是甲公司和乙公司
_GIVERS_ARE = re.compile(
    r"(?:捐赠|捐款|捐资|捐助)[^。;；]{0,24}的[^,，。;；]{0,8}(?:企业|单位|公司|商会)[,，]?(?:分别)?(?:是|为|有|包括)(?:[^。;；]{2,60}[、和与及])?$"
)
# 甲公司(理事企业)以低价出售其产品,并捐赠50件
_ALSO_GIVES = re.compile(
    r"(?:\([^()]{1,12}\))?[^,，。;；]{0,30}(?:[,，](?:并|还|又|同时)(?:共同)?)?(?:捐赠|认捐|捐助)(?!企业|单位|方|者|仪式|证书)"
)
# 甲商会认捐12万元,乙商会8万元、丙商会4万元
_SUM = re.compile(r"(?:共|约)?\d[\d.,]*[余多]?[千万]?元")
_TAKES = re.compile(
    r"(?:代表|负责人|师生代表|院长|校长)?(?:[\u4e00-\u9fff]{2,4}代表)?(?:学校|医院|县里)?"
    r"(?:接受|接收|受赠|回赠|领受|收到|获赠)"
)
# 甲小学、乙小学等4所学校的孩子们收到了书包
_PUPILS_TAKE = re.compile(
    LIST
    + r"(?:等\d*[余多]?[所个]?[^,，。;；]{0,4}(?:学校|小学|医院))?的?[^,，。;；]{0,6}(?:孩子|学生|师生|同学|患者)们?"
    r"[^,，。;；]{0,6}(?:收到|领到|拿到|接过|获赠|得到|用上|穿上)"
)
# offices that only hold the ceremony
_HOLDS = re.compile(
    rf"{LIST}(?:在[^,，。;；]{{2,20}})?(?:共同|联合)?(?:举行|举办|开展|组织|办|召开|主办|承办|协办)了?[^,，。;；]{{0,24}}(?:捐赠|捐助|仪式|活动)"
)
_PARTNER = ("与", "同", "和")
_SIGNED_WITH = re.compile(r"[^,，。;；]{0,12}(?:签|结对|座谈|结为|结成)")
_THERE = re.compile(r"(?:走进|来到|深入|前往|抵达|到达)$")


def gives(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether the words behind a body, or behind the list it stands in, say that it gives."""
    text, at = sentence.text, org.end - sentence.start
    if _GIVES.match(text, at):
        return True
    return _SUM.match(text, at) is not None and "捐" in text[: org.start - sentence.start]


def only_takes(draft: Draft, sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether a body has a gift handed to it, or is an office of the helped place that only holds the ceremony."""
    text, at = sentence.text, org.end - sentence.start
    if _TAKES.match(text, at) or _PUPILS_TAKE.match(text, at):
        return True
    before = text[: org.start - sentence.start]
    if before.endswith(_PARTNER) and _SIGNED_WITH.match(text, at):
        return True  # 与达日县人民医院签订协议,并赠送 …
    if _THERE.search(before):
        return not gives(sentence, org)  # 走进某完全小学,为同学们送上书包
    if org.kind not in ("agency", "association"):
        return False
    seats = [m.name for m in sentence.places if org.start <= m.start < org.end]
    helped = bool(seats) and any(p.name.startswith(seats[0]) or seats[0].startswith(p.name) for p in draft.supported)
    mine = bool(seats) and any(p.name.startswith(seats[0]) or seats[0].startswith(p.name) for p in draft.supporting)
    if helped and not mine:
        return not gives(sentence, org)
    return org.kind == "agency" and _HOLDS.match(text, at) is not None


def other_givers(drafts: list[Draft], sentence: Sentence) -> None:
    """Whoever gives in a sentence next to the gift it is part of, which states none of its own."""
    near = [d for d in drafts if d.type == "donation" and d.status != "planned"]
    near = [d for d in near if abs(d.sentence.index - sentence.index) <= 4]
    if not near:
        return
    draft = min(near, key=lambda d: abs(d.sentence.index - sentence.index))
    for org in sentence.organizations:
        if org.kind not in SIGNING or sentence.spoken(org.start) or receives_there(sentence, org.start):
            continue
        if only_takes(draft, sentence, org):
            continue
        at = org.end - sentence.start
        by = sentence.text.endswith("由", 0, org.start - sentence.start) and PAYS.match(sentence.text, at)
        hearts = sentence.text.endswith("来自", 0, org.start - sentence.start) and HEARTS.match(sentence.text, at)
        helped = HELPED.search(sentence.text, 0, org.start - sentence.start) and SUPPORT.match(sentence.text, at)
        told = _GIVERS_ARE.search(sentence.text, 0, org.start - sentence.start)
        if told or helped or by or hearts or gives(sentence, org) or _ALSO_GIVES.match(sentence.text, at):
            draft.add_organization(org)
