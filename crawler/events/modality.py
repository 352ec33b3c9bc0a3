"""Done, planned, hoped for or only counted: what the words around a statement make of it."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.events.tables import Hit
from crawler.model import Status

_SUBJECTS = ("双方", "两地", "会议", "仪式", "现场", "随后", "其中", "目前", "截至")
# 将…合作,协助甲县培养教师,并向当地捐赠: a clause that goes on with the verb has no subject of its own
_SERVED = (
    "协助",
    "帮助",
    "支持",
    "支援",
    "助力",
    "推动",
    "资助",
    "组织",
    "邀请",
    "并向",
    "并为",
    "并在",
    "赴",
    "到",
    "向",
    "为",
    "对",
)
_THINGS = {"gift", "goods", "fund_noun", "project_noun", "personnel", "labor", "training", "sign_noun"}
_OBJECT = re.compile(
    r"(?!有|在|于|向|为|从|以|对|与|同|和|由|再|继续|进一步|不断|全力|共同|积极|认真|陆续|分批)[^,，。;；]{1,24}?"
    r"(?:(?:[交送移捐赠转发运寄捧][交送赠献运放]?|输送|引进|安排|投放|投入)(?:给|到|往|至|予|了)|接[回返到])"
)
_PAID = re.compile(
    r"[^,，。;；]{1,48}?元[^,，。;；]{0,6}?(?:划?拨付?|下[拨达]|划转|汇|转|打)(?:给|到|往|至|入)"
)  # 将资金1亿元划拨到
_OWN_SUBJECT = re.compile(r"[:：;；]")
_SO_FAR = re.compile(r"已|正在|正")
_ARRIVED = re.compile(r"已(?:全部|全额|经|足额)?(?:拨付|到位|到账|下达|划转)")
_CUES = ("future", "hope", "negation", "plan")


def modality(sentence: Sentence, position: int) -> Status | None:
    """Done or planned by the cues before ``position``; None for hopes, calls and things that did not happen."""
    if sentence.kinds.keys().isdisjoint(_CUES):
        return "done"
    low, _ = sentence.clause(position)
    ahead = [hit for hit in sentence.of("future") if hit.start < position and not _in_quotes(sentence, hit)]
    if any(not _talked_about(sentence, hit, position) for hit in ahead):
        return None
    cues = [*sentence.of("hope", low, position), *sentence.of("negation", low, position)]
    # 粤青希望小学竣工, “希望之光”捐赠仪式: a hope in a name is none
    if any(
        not any(o.start < hit.start < o.end for o in sentence.organizations) and not _named(sentence, hit, position)
        for hit in cues
    ):
        return None
    plans = [
        hit
        for hit in sentence.of("plan", sentence.start, position)
        if not (
            hands_over(sentence, hit)
            or sentence.text.startswith("了", hit.end - sentence.start)
            or _named(sentence, hit, position)
        )
    ]  # 筹备了此次活动 is done
    return "planned" if any(hit.start >= low or _governs(sentence, hit, position) for hit in plans) else "done"


def _in_quotes(sentence: Sentence, hit: Hit) -> bool:
    """举办“携手向未来”推介会: a word in a quoted name says nothing of the time."""
    at = hit.start - sentence.start
    return sentence.text.rfind("“", 0, at) > sentence.text.rfind("”", 0, at) and "”" in sentence.text[at:]


def _named(sentence: Sentence, hit: Hit, position: int) -> bool:
    """举行“萤火计划”助学金发放仪式: a word in a quoted name that closes before the statement plans nothing."""
    return _in_quotes(sentence, hit) and "”" in sentence.text[hit.end - sentence.start : position - sentence.start]


def _talked_about(sentence: Sentence, hit: Hit, position: int) -> bool:
    """就明年协作资金安排举行了会谈: what is talked about lies ahead, the talks do not."""
    low, high = sentence.clause(hit.start)
    text, base = sentence.text, sentence.start
    about = _ABOUT.search(text, low - base, hit.start - base) is not None
    return about and position < high and "了" in text[hit.end - base : high - base]


_ABOUT = re.compile("就|围绕|针对")


def _governs(sentence: Sentence, plan: Hit, position: int) -> bool:
    """Whether 将 reaches over commas (将以…为契机,举办…): until a clause opens with a subject of its own."""
    if _OWN_SUBJECT.search(sentence.text, plan.end - sentence.start, position - sentence.start):
        return False
    starts, at = [], plan.end
    while at < position:
        low, high = sentence.clause(at)
        if low > plan.end:
            starts.append(low)
        at = high + 1
    subjects = [m.start for m in sentence.places] + [p.start for p in sentence.people]
    subjects += [o.start for o in sentence.organizations] + [d.start for d in sentence.dates]
    subjects += [h.start for kind in ("link", "visitor") for h in sentence.of(kind)]
    if any(sentence.text.startswith(_SUBJECTS, low - sentence.start) for low in starts):
        return False
    return bool(starts) and not any(
        low <= subject <= low + 2 and not sentence.text.startswith(_SERVED, low - sentence.start)
        for low in starts
        for subject in subjects
    )


def hands_over(sentence: Sentence, hit: Hit) -> bool:
    """将 in front of its object (将钥匙交给, 将劳动力输送到) marks what is moved, no future."""
    if hit.word.text != "将":
        return False
    if _PAID.match(sentence.text, hit.end - sentence.start):
        return True
    if _OBJECT.match(sentence.text, hit.end - sentence.start) is None:
        return False
    return not any(h.start == hit.end and not h.word.kinds & _THINGS for h in sentence.hits)


_AT_ONCE = ("总计", "共计", "合计")  # 捐赠总计88万元的款物: the sum of one gift


def is_total(sentence: Sentence, position: int, dated: bool) -> bool:
    """Whether the sentence reports running totals up to ``position``: those are figures, not events."""
    if sentence.totals and not dated and not any(d.date_start for d in sentence.dates if d.end <= position):
        return True
    if dated:
        low, _ = sentence.clause(position)
        return bool(sentence.of("cumulative", low, position))
    return any(
        hit.start < position + 12 and not (hit.start >= position and hit.word.text in _AT_ONCE)
        for kind in ("cumulative", "current")
        for hit in sentence.of(kind)
    )


def is_under_way(sentence: Sentence, position: int) -> bool:
    """目前,项目已启动; 眼下,产业园正在建设: a work or payment as it stands, no running total."""
    now = next((hit for hit in sentence.of("current") if hit.start < position), None)
    if now is None or any(hit.start < position + 12 for hit in sentence.of("cumulative")):
        return False
    text = sentence.text[now.end - sentence.start : position - sentence.start + 2]
    if len(text) < 60 and _SO_FAR.search(text) is not None:
        return True
    rest = sentence.text[position - sentence.start : sentence.clause(position)[1] - sentence.start]
    return len(text) < 20 and _ARRIVED.search(rest) is not None
