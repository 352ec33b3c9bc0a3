"""Figures: totals, stocks and statistics of the cooperation, apart from the numbers that only describe one event."""

from __future__ import annotations

import re
from collections.abc import Container

from crawler.events.draft import Draft
from crawler.events.scenes import Sentence
from crawler.facts import Quantity
from crawler.model import Figure

_BARE_UNITS = (
    "市",
    "县",
    "省",
    "区",
    "镇",
    "天",
    "岁",
    "年",
    "时",
    "点",
    "张",
    "版",
    "路",
    "号",
    "度",
    "公里",
    "米",
    "分钟",
    "小时",
    "日",
    "月",
    "站",
    "届",
    "代",
    "层",
    "毫米",
    "根",
    "日夜",
)
_TOTAL = re.compile(
    r"累计|共(?!同|计划|享|商|建共|谋|叙|赢)|总计|以来|年来|截至|截止|全年|已(?:有|经|建|完成|实现)|目前|今年|去年|其中|占|达|每年|人均|20\d\d年|19\d\d年|贫困|脱贫|受益|惠及|覆盖|带动|就业|资金|投入|实施|建成|完成|规划|新建|改建|建设|孵化|引进|转移|培训|选派|援建|兴建|扩建|修建|解决|资助|设立|成立|开设|组建|培育|打造|就读|结对|对口(?:的|支|帮)|输转|输送|务工|建档立卡|募集|捐款|捐物|交流互访|派出|派驻|帮助|接诊|手术|招聘会|销售|采购|新技术|诊疗|门诊|义诊|带教|徒弟|公开课|示范课|挂职|建立"
)

# 藏族占93%: what the county is like
_PEOPLES = re.compile(r"(?<!民)族(?:人口|群众|居民|学生)?(?:占|比例)|少数民族(?:人口|学生)?占|森林覆盖率?")
# 记者从近日召开的座谈会上了解到,10年共…: what was learnt at a meeting describes it not
_LEARNT_AT = re.compile(r"从[^,，。;；]{2,50}(?:会|会议|论坛)上?(?:了解到|获悉|得知)")
_FEW = "两二三"
_ENDS = frozenset(",，、;；。")
_NO_NOUN = re.compile(r"[^\u4e00-\u9fff”》)）]|[了着过出有共约近达第这那每各的到为是余]")
_TURNS = ("批", "批次", "人次", "场次")
_RATE = re.compile("每(?!年(?:选派|派出|派|培训|安排|资助|组织|接收))")  # 每村1名, but not 每年选派120名


def find_figures(sentences: list[Sentence], drafts: list[Draft]) -> list[Figure]:
    """Quantities that are figures of the article, in order."""
    out: list[Figure] = []
    seen: dict[tuple[float, str, str], int] = {}
    told = [d for d in drafts if d.when.precision in ("day", "range", "none") or (d.when.own and not d.when.since)]
    spent = {
        q.start
        for d in drafts
        if d.type in ("donation", "agreement", "consumption") or (d.type == "project" and d.when.own)
        for q in d.amounts
    } - {q.start for d in drafts if d.type == "funding" for q in d.amounts}
    given = {q.value for d in drafts if d.type == "donation" for q in d.amounts}
    previous: Sentence | None = None
    describing: dict[int, list[tuple[int, int]]] = {}
    for draft in told:
        for stated, low, high in draft.statements() if _describes(draft) else ():
            listed = draft.type == "pairing" and draft.when.precision == "none"  # one item of what was done
            describing.setdefault(stated.index, []).append((low, high) if listed else (stated.start, stated.end))
    for sentence in sentences:
        carried = bool(sentence.quantities) and _carried(sentence, previous, describing)
        previous = sentence
        for quantity in sentence.quantities:
            if carried and not _sums(sentence, quantity):
                continue
            if quantity.start in spent or not _counts(sentence, quantity, describing):
                continue
            if (
                quantity.value in given
                and quantity.unit == "CNY"
                and not (quantity.cumulative or _sums(sentence, quantity))
            ):
                continue  # 400万元资金将用于…: the gift told before
            key = quantity.value, quantity.unit, quantity.what[-4:]
            if seen.setdefault(key, sentence.paragraph) != sentence.paragraph:
                continue  # told again; in one paragraph it is another item of a list
            out.append(
                Figure(
                    quantity.value, quantity.unit, quantity.what, quantity.period, quantity.cumulative, quantity.approx,
                    quantity.meaning, quantity.quote, quantity.start, quantity.end,
                )
            )  # fmt: skip
    return out


def _sums(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a sentence that also tells an event has begun to sum up (累计, 10年来) before the quantity."""
    if sentence.of("cumulative", sentence.start, quantity.end):
        return True
    if _LEARNT_AT.search(sentence.text, 0, quantity.start - sentence.start):
        return True
    return any(d.end <= quantity.start and d.quote.endswith(("年来", "以来")) for d in sentence.dates)


def _carried(sentence: Sentence, previous: Sentence | None, describing: Container[int]) -> bool:
    """Whether a sentence only goes on describing the event of the one before (本次招聘会 …, 其中 …)."""
    if previous is None or previous.index not in describing or previous.paragraph != sentence.paragraph:
        return False
    return sentence.text.lstrip().startswith(("本次", "此次", "本轮", "本届", "现场", "这次"))


def _describes(draft: Draft) -> bool:
    """Whether numbers beside the event are its own: so for acts, not for stocks of projects and people."""
    if draft.type == "pairing":
        return not draft.when.since and draft.when.precision != "year"
    if draft.when.precision in ("year", "month"):
        return False
    return draft.when.own or draft.type not in ("project", "personnel", "funding")


def _counts(sentence: Sentence, quantity: Quantity, describing: dict[int, list[tuple[int, int]]]) -> bool:
    if quantity.ordinal or quantity.expected or quantity.unit in _BARE_UNITS:
        return False
    if sentence.text.startswith(("春秋", "寒暑"), quantity.end - sentence.start):
        return False  # 走过25个春秋
    if quantity.unit == "%" and _PEOPLES.search(quantity.what):
        return False
    if quantity.delegation and not sentence.of("cumulative", sentence.start, quantity.start):
        return False
    if sentence.quoted and any(low <= quantity.start < high for low, high in sentence.quoted):
        return bool(re.search(r"贫困|脱贫|帮扶", sentence.text)) and quantity.value >= 2
    if quantity.unit != "CNY" and _RATE.search(
        sentence.text, max(0, quantity.start - sentence.start - 24), quantity.start - sentence.start
    ):
        return False
    if sentence.places and any(m.start < quantity.end and quantity.start < m.end for m in sentence.places):
        return False
    spans = describing.get(sentence.index, ())
    if any(low <= quantity.start < high for low, high in spans) and not _sums(sentence, quantity):
        return False
    if quantity.cumulative or quantity.unit in ("CNY", "%"):
        return True
    if quantity.quote[0] in _FEW and quantity.value <= len(_FEW):
        return False  # 两家医院, 三条街: told in passing
    if quantity.unit in _TURNS and quantity.value > 1:
        return True  # 两地互访80批700余人次
    low, high = sentence.clause(quantity.start)
    near = sentence.text[max(0, low - sentence.start - 14) : high - sentence.start]
    return _TOTAL.search(near) is not None or _listed(sentence, quantity)


def _listed(sentence: Sentence, quantity: Quantity) -> bool:
    """签订合作协议15项,开展展销活动12场: counts behind their nouns, one clause after the other, are a report's."""
    return _behind_noun(sentence, quantity) and sum(_behind_noun(sentence, q) for q in sentence.quantities) > 1


def _behind_noun(sentence: Sentence, quantity: Quantity) -> bool:
    text, low, high = sentence.text, quantity.start - sentence.start, quantity.end - sentence.start
    return text[high : high + 1] in _ENDS and low > 0 and _NO_NOUN.match(text, low - 1) is None
