"""Money of an event: what its clause (for agreements and donations its sentence) states, not running totals."""

from __future__ import annotations

import re
from itertools import takewhile

from crawler.events.draft import Draft
from crawler.events.modality import hands_over
from crawler.events.scenes import Sentence
from crawler.facts import Quantity
from crawler.model import EventType

_PRICED: tuple[EventType, ...] = ("agreement", "project", "consumption")
_PRICE = re.compile(r"投资|销售|成交|金额|总额|签约|造价|耗资|资金|收入|订单")
_VOLUME = re.compile(r"总投资|投资(?:总)?额|(?:协议|计划|预计|意向|签约)投资|金额|总额|签约|订单|成交|合同")
_NO_HOPE = re.compile(r"希望(?:小学|学校|中学|工程)|争取(?:到|了)?|将$|将(?=[^,，]{0,8}$)")
_HOPE = re.compile(r"将|拟|计划(?!外)|预计|力争|希望|有望|预期|目标|可(?!持续|再生)|要")
_NOW = re.compile(r"[,，](?:目前|如今|现在|现已|截至目前|至今)")
_BY_TONIGHT = ("截至当", "截止当")
_SAME_DAY = ("当天", "当日", "现场")
# 共有16个项目达成意向,总额90亿元 sums up one occasion
_SUMS = ("共有", "总计")
# money behind a semicolon belongs to another item of the list, however near
_ITEM = 200
_WITH_MONEY: tuple[EventType, ...] = ("agreement", "donation", "funding", "project", "consumption")


def assign_amounts(drafts: list[Draft], sentences: list[Sentence]) -> None:
    """Give each draft its money; a quantity belongs to the nearest event of its sentence.

    Openings, fairs and signings without money take what the next sentence says of their cost or sales.
    """
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.type in _WITH_MONEY and draft.status != "planned":
            by_sentence.setdefault(draft.sentence.index, []).append(draft)
    for members in by_sentence.values():
        for quantity in members[0].sentence.quantities:
            if (
                quantity.unit != "CNY"
                or quantity.each
                or _expected(members, quantity)
                or _running(members[0], quantity)
            ):
                continue
            if all(_of_today(d, quantity) for d in members):
                continue
            far = [_distance(d, quantity) for d in members]
            nearest = min(far)
            owners = [d for d, distance in zip(members, far, strict=True) if distance == nearest]
            listed = sum(d.type == "project" for d in owners) > 1
            works = [d for d in owners if listed and d.type == "project" and d.start >= quantity.end]
            for owner in works[:1] or owners:  # 投资50亿元的甲项目奠基、乙项目开工: of the first
                if all(quantity.value != known.value for known in owner.amounts):
                    owner.amounts.append(quantity)
                    owner.why["amounts"] = f"money nearest to the event in its sentence ({quantity.rule})"
        _share_funding(members)
    for index, members in by_sentence.items():
        after = sentences[index + 1] if index + 1 < len(sentences) else None
        gifts = [d for d in members if d.type == "donation" and not d.amounts]
        if len(gifts) == 1:
            _worth(gifts[0], sentences[index + 1 : index + 4], index + 1 not in by_sentence)
        bare = [d for d in members if d.type in _PRICED and not d.amounts]
        if len(bare) > 1 and all(d.type == "consumption" for d in bare):
            bare = bare[:1]  # one fair in two words
        if len(bare) == 1 and after and after.paragraph == bare[0].sentence.paragraph and index + 1 not in by_sentence:
            _follow(bare[0], after)
            later = sentences[index + 2] if index + 2 < len(sentences) and index + 2 not in by_sentence else None
            if bare[0].type == "project" and not bare[0].amounts and later and _THE_WORK.match(later.text):
                _follow(bare[0], later)
    for work in (d for d in drafts if d.type == "project" and d.status != "planned" and not d.amounts):
        at = work.sentence.index + 1
        _cost(work, list(takewhile(lambda s: s.index not in by_sentence or _retells(s), sentences[at : at + _FURTHER])))


# 迁建项目总投资5620万元: what the work cost, told further on
_WORKS = r"(?:项目|工程|校区?|[中小]学|医院|卫生院|园区?|基地|中心|楼|大桥|公路|厂房|棚|车间)"
_COST = re.compile(
    rf"{_WORKS}[^,，。;；]{{0,8}}总?投资[^,，。;；\d]{{0,4}}$"
    rf"|{_WORKS}[^。;；]{{0,30}}[,，]?由[^,，。;；]{{2,16}}(?:投资|出资|捐资|援助)[^,，。;；\d]{{0,4}}$"
    rf"|^\s*(?:据[^,，。;；]{{1,3}}[,，])?[^,，。;；]{{0,8}}{_WORKS}[^。;；]*[,，](?:总|计划总?|预计总?|概算总?)投资[^,，。;；\d]{{0,4}}$"
)
_FURTHER = 5


def _retells(sentence: Sentence) -> bool:
    """项目2019年8月开工建设,总投资…: a sentence that opens with the work told before."""
    return _THE_WORK.match(sentence.text) is not None


def _cost(work: Draft, behind: list[Sentence]) -> None:
    """Take the first cost that one of the next sentences gives the work, before another one is told."""
    for after in behind:
        for quantity in after.quantities:
            sure = not (quantity.each or after.of("cumulative"))
            if quantity.unit == "CNY" and sure and _COST.search(after.text, 0, quantity.start - after.start):
                work.amounts.append(quantity)
                work.why["amounts"] = f"what its work is said to cost further on ({quantity.rule})"
                return


# 这批物资价值168万元: what was given, told later on
_WORTH = re.compile(
    r"(?:(?:这批|该批|此批|本批|此次捐赠|本次捐赠|所捐赠?)[^,，。;；]{0,14}"
    r"|(?:物资|礼包|礼品|设备|图书|书包|药品)[^,，。;；]{0,10}[,，](?:总)?"
    r"|(?:捐[出赠献助]|赠送|筹集|募集|带来|送来)(?:了|的|到)?(?:[\d.]+万?(?:吨|件|套|箱)|一批)?(?:总)?)价值[^,，。;；\d]{0,4}$"
    r"|(?:筹集|募集|筹得|募得)(?:了|到)?(?:助学金|善款|爱心款|捐款|捐赠资金|款项)(?:共计?|合计|人民币)?$"
)


# 产业园首期投资2亿元: the work that was told two sentences before
_THE_WORK = re.compile(r"(?:该|这一|此)?(?:项目|工程|产业园|园区|基地|厂房|学校|医院|大楼|大桥|公路)")


_IN_ALL = re.compile(r"[,，](?:共计|合计|总)?价值(?:人民币)?[^,，。;；\d]{0,3}$")


def _worth(gift: Draft, behind: list[Sentence], alone: bool) -> None:
    """Take what one of the next sentences says the goods of a gift are worth; the next one may just list them."""
    for at, after in enumerate(behind):
        for quantity in after.quantities:
            told = _WORTH.search(after.text, 0, quantity.start - after.start)
            if told is None and alone and not at and not quantity.cumulative:
                told = _IN_ALL.search(after.text, 0, quantity.start - after.start)
            if quantity.unit == "CNY" and told:
                gift.amounts.append(quantity)
                gift.why["amounts"] = f"what a later sentence says it is worth ({quantity.rule})"
                return


def _follow(draft: Draft, after: Sentence) -> None:
    """Take the first money of the sentence behind when it is the price of the project, the sales or the contract."""
    today = after.text.startswith(_BY_TONIGHT)  # 截至当天下午5点,销售额212万元
    summed = after.of("cumulative") and not (today or after.text.startswith(("本次", "此次", "该项目", "项目")))
    other = [d for d in after.dates if d.date_start and d.quote not in _SAME_DAY]
    if summed or any(d.date_start != draft.when.start for d in other):
        return
    for quantity in after.quantities:
        head = after.text[: quantity.start - after.start]
        told = _VOLUME if draft.type == "agreement" else _PRICE
        if (
            quantity.unit == "CNY"
            and not quantity.each
            and (today or not quantity.cumulative)
            and told.search(head[-16:])
        ):
            draft.amounts.append(quantity)
            draft.why["amounts"] = f"price or sales told in the sentence behind ({quantity.rule})"
            return


def _expected(members: list[Draft], quantity: Quantity) -> bool:
    """Money still to come counts only where a contract or a building project names its volume (计划投资, 协议投资)."""
    sentence = members[0].sentence
    plans = sentence.of("plan", sentence.clause(quantity.start)[0], quantity.start)
    hoped = (quantity.expected and not _had(sentence, quantity)) or not all(hands_over(sentence, hit) for hit in plans)
    return hoped and not any(d.type in ("agreement", "project") for d in members)


def _had(sentence: Sentence, quantity: Quantity) -> bool:
    """向希望小学捐赠10万元, 争取到资金300万元, 将80万元送到乙县: words of hope that are none here."""
    low = sentence.clause(quantity.start)[0]
    near = sentence.text[low - sentence.start : quantity.start - sentence.start]
    return _NO_HOPE.search(near) is not None and _HOPE.search(_NO_HOPE.sub("", near)) is None


def _of_today(draft: Draft, quantity: Quantity) -> bool:
    """Whether money behind 目前 tells how an event of an earlier year stands now: no money of that event."""
    told = draft.when.mention
    if told is None or draft.when.precision not in ("year", "month") or not told.end < quantity.start:
        return False
    base = draft.sentence.start
    return told.start >= base and _NOW.search(draft.sentence.text, told.end - base, quantity.start - base) is not None


def _running(draft: Draft, quantity: Quantity) -> bool:
    """Running totals (累计, 以来) are figures, not money of the event."""
    sums = [
        h for h in draft.sentence.of("cumulative", draft.sentence.start, quantity.start) if h.word.text not in _SUMS
    ]
    return bool(sums) and quantity.cumulative


def _share_funding(members: list[Draft]) -> None:
    """A project that is said to get money in its own sentence has that money."""
    for project in (d for d in members if d.type == "project"):
        for funding in (d for d in members if d.type == "funding"):
            project.amounts = list(funding.amounts)
            project.why["amounts"] = "money its sentence says it received"


def _distance(draft: Draft, quantity: Quantity) -> int:
    low, high = draft.clause()
    if low <= quantity.start < high:
        return 0
    base = draft.sentence.start
    first, last = min(draft.end, quantity.end), max(draft.start, quantity.start)
    between = draft.sentence.text[first - base : last - base]
    items = between.count(";") + between.count("；")
    return min(abs(quantity.start - draft.end), abs(draft.start - quantity.end)) + _ITEM * items
