"""Frames of everyday words (采购, 招聘, 培训, 就业): events only with a day of their own and what belongs to it."""

from __future__ import annotations

import re

from crawler.events.draft import When
from crawler.events.scenes import Sentence, within
from crawler.events.tables import Frame, Hit

_REPEATED = ("training", "labor", "consumption", "donation", "personnel", "meeting")
_ON_THE_SCENE = ("fund_move", "grant", "buy")
# 带动200人就业, 吸纳务工人员: what something leads to
_LEADS_TO = re.compile(r"带动|吸纳|实现|解决|促进|稳定|保障|可|让|使|增加|覆盖|惠及")
# 多次开展讲座, 每年采购: what is done as a habit
_HABIT = re.compile(r"多次|经常|定期|不定期|常年|每[年月周季天]|长期|持续|不断|积极|大力|依托|通过")
_GOES = re.compile(r"[赴往去到至抵乘坐驶送接飞]|前来|踏上|出发|启程|发车|走[进上]|上岗|直达")
_GIVEN = re.compile(r"捐|赠|慰问|爱心(?!义卖|购|集市)|无偿|援助")
_FOOD = frozenset("吨斤箱盒袋头羽枚") | {"公斤", "千克"}
_SOON = re.compile(r"当[天日]|后|前|情况|结束|进展|工作(?!坊|站|室|队|人员|组)|需求|方案|计划|机制|政策|协议|意向书")
# 培训班学员, 招聘会通知: what belongs to it
_NO_MEETING = re.compile(r"[”\"」]?(?:学员|名单|通知|经费|项目|合作|基地|中心|协议|平台|模式|信息|公告|品牌|课程|体系)")
# 专车 carries goods as well
_WORKERS = re.compile(r"务工|劳动力|员工|工人|招聘|招工|就业|求职|农民工|返岗|揽才")
_WHO_TRAINS = ("教师", "老师", "师资", "学员", "基地", "中心", "学校", "机构", "计划", "资金")
# 为孩子们送上祝福
_NOTHING = re.compile(
    r"了?[^,，。]{0,12}?(?:祝福|问候|温暖|关[爱怀心]|节目|课|演出|知识|政策|服务|义诊|健康|讲座|盛宴|表演|慰问演出|技术|岗位|信息|经验|理念|锦旗)"
)
_DEEDS = ("project_event", "sign_event", "donate_event", "sign_alone")
_OFFERS = re.compile(r"带来|拿出|推出|提供|备[下好]|送来|支起|设[摊展]|摆[摊出]|进场|到场|参会|现场")
_NEAR = 60  # characters behind a day within which what is sold is sold on it
_OWN_PART = re.compile(
    r"(?:洽谈|商讨|商议|研究|讨论|就(?![业读地近学])|围绕|关于|安排|部署|筹备|考察|调研|督查|检查|参观|了解|统计|报名)"
)


def not_told(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int]) -> bool:
    """Whether an everyday word only describes, surveys or sums up."""
    text, base = sentence.text, sentence.start
    if not frame.everyday:
        if frame.type not in _REPEATED or "多次" not in text:
            return False
        low = sentence.clause(head.start)[0]
        return "多次" in text[low - base : max(span[1], head.end) - base]
    low, high = sentence.clause(head.start)
    before, after = text[low - base : head.start - base], text[head.end - base : high - base]
    if _HABIT.search(before) or _OWN_PART.search(before) or _SOON.match(after) or after[:1] in ("的", "等"):
        return True
    if frame.support == "dated" and _NO_MEETING.match(after):
        return True
    if frame.type == "labor" and frame.support == "dated" and _WORKERS.search(text) is None:
        return True
    if frame.head == "train_act" and after.startswith(_WHO_TRAINS):
        return True
    check = _CHECKS.get(frame.support) or _CHECKS.get(frame.head)
    return check is not None and check(sentence, head, span, before, after)


def without_day(sentence: Sentence, frame: Frame, when: When) -> bool:
    """Whether a frame of everyday words lacks a day, range or month of its own (or 近日).

    What is sold right behind a day is sold on it. Money that is paid and goods that are bought 会上, 考察期间 or 当天
    have the day of the scene.
    """
    if not frame.everyday:
        return False
    scene = when.precision in ("day", "range") or (when.recent and not when.known)
    if frame.head in _ON_THE_SCENE and scene and sentence.of("link"):
        return False
    if frame.head == "sold_out" and when.precision in ("day", "range") and when.mention is not None:
        return not 0 <= sentence.start - when.mention.end < _NEAR  # 9月22日,…决赛。工作队搭起帐篷,卖出4.3万元
    return not ((when.own and when.precision in ("day", "range", "month")) or when.rule.startswith("近日"))


def no_sale(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int]) -> bool:
    """Whether goods are only counted, agreed on or talked of, or a ceremony beside them tells what it was."""
    if frame.head == "bought":
        return not any(q.start >= head.end for q in within(sentence.quantities, *sentence.clause(head.start)))
    if frame.head == "goods" and sentence.of("sign", sentence.clause(head.start)[0], head.start):
        return True  # 达成农产品采购等20项合作
    if sentence.text[span[0] - sentence.start : span[1] - sentence.start].endswith("进行"):
        return True  # 就农产品销售经验进行交流
    if sentence.text[: span[1] - sentence.start].endswith(("启运", "发车")):
        return bool(sentence.of("donate", *sentence.clause(head.start)))  # 捐赠的蔬菜启运
    return any(sentence.of(kind, span[0], span[1] + 4) for kind in _DEEDS)


def _to_work(sentence: Sentence, head: Hit, span: tuple[int, int], before: str, after: str) -> bool:
    if _LEADS_TO.search(before) or not within(sentence.places, *sentence.clause(head.start)):
        return True
    return _GOES.search(before) is None


def _recruit(sentence: Sentence, head: Hit, span: tuple[int, int], before: str, after: str) -> bool:
    if span == (head.start, head.end) and len({m.name for m in sentence.places}) < 2:
        return True
    return _LEADS_TO.search(before) is not None or after.startswith(("教师", "医生", "干部", "公务员"))


def _study(sentence: Sentence, head: Hit, span: tuple[int, int], before: str, after: str) -> bool:
    if _GOES.search(before[-30:]) is None and not ("在" in before or "来" in before[-16:]):
        return True
    clause = sentence.clause(head.start)
    schools = [o for o in within(sentence.organizations, *clause) if o.kind in ("school", "hospital")]
    return not (within(sentence.places, *clause) or schools or "我校" in before or "我院" in before)


def _sale(sentence: Sentence, head: Hit, span: tuple[int, int], before: str, after: str) -> bool:
    if _GIVEN.search(sentence.text):
        return True
    if head.has("into") or head.has("sold"):
        works = sentence.of("project_noun", head.end, sentence.clause(head.start)[1])
        return not head.has("sold") and any(not hit.has("live_room") for hit in works)
    low, high = sentence.clause(head.start)
    if sentence.of("goods", low, high) or sentence.of("goods", sentence.start, low):
        return False
    return not any(q.unit in _FOOD for q in within(sentence.quantities, low, high))


def _payment(sentence: Sentence, head: Hit, span: tuple[int, int], before: str, after: str) -> bool:
    return not any(q.unit == "CNY" and not (q.each or q.cumulative) for q in sentence.quantities)


def _trade(sentence: Sentence, head: Hit, span: tuple[int, int], before: str, after: str) -> bool:
    """Goods are traded between the two sides: places of two counties at least, nothing given or grown."""
    return _GIVEN.search(sentence.text) is not None or len({m.name for m in sentence.places}) < 2


def _needy(sentence: Sentence, head: Hit, span: tuple[int, int], before: str, after: str) -> bool:
    return _NOTHING.match(after) is not None or len({m.name for m in sentence.places}) < 2


def _sold_out(sentence: Sentence, head: Hit, span: tuple[int, int], before: str, after: str) -> bool:
    return _GIVEN.search(sentence.text) is not None


def _employers(sentence: Sentence, head: Hit, span: tuple[int, int], before: str, after: str) -> bool:
    return _LEADS_TO.search(before) is not None or _OFFERS.search(sentence.text) is None


_CHECKS = {
    "sold_out": _sold_out,
    "employers": _employers,
    "trade": _trade,
    "to_needy": _needy,
    "to_work": _to_work,
    "recruit": _recruit,
    "study": _study,
    "buy": _sale,
    "sold": _sale,
    "into": _sale,
    "live": _sale,
    "fund_move": _payment,
    "grant": _payment,
}
