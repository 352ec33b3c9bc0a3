"""Supports of a frame that are no words of the lexicon: what is read off the text and its numbers beside the head."""

from __future__ import annotations

import re
from collections.abc import Callable

from crawler.events.scenes import Sentence, within
from crawler.events.tables import Hit

Span = tuple[int, int]

# 57支队伍: counted like pens, and no thing
_TEAMS = re.compile(r"[^,，。;；、]{0,12}(?:队|队伍|团队|团|组|力量)")
_LOCATIVE = re.compile(r"[”\"」]?(?:上|中(?!心|国)|期间|间隙|现场|暨)")
# what can be handed over, loaded or bought, by its measure word
_THINGS = frozenset("吨斤箱盒袋件套台辆册本只支床盏张份部条双顶桶瓶包头羽棵株副枚块架") | {"公斤", "千克", "余件"}
_TRADE = re.compile(
    r"[卖售购]|销(?!毁)|订[出单货]|展[台位馆区]|货架|市场|超市|上架|签单|带货|直播|首发|摊位|运[抵往进]|发[往车]|上市|品尝|市集"
    r"|(?:专车|货车|车队|卡车|冷链车|班列|专列|列车)[^,，。;；]{0,14}?(?:出发|启程|启运|开往|驶[出离向往]|抵达|到达)"
)
_TO_NEEDY = re.compile(
    r"[为给向][^,，。;；]{0,24}(?:孩子|小朋友|同学|学生|师生|老人|群众|困难户|贫困户|脱贫户|儿童|牧民|村民|农户|学子)们?[^,，。;；]{0,6}$"
)
_PEOPLE = frozenset("名人位")
_RIDES = re.compile(r"首批|第[一二三四五六七八九十\d]+批|大巴|专车|专列|包机|班车|动车|小分队")
_BOOKED = re.compile(r"[^《》]{2,12}》(?:正式|顺利|成功)?$")
# 卫生院落成, 一条通村公路贯通: the noun in front of the verb is a work of some kind
_WORK = re.compile(
    r"(?:[馆院楼厂校路桥园站室店坊舍库棚坝渠窖所屋房科]|(?<![当现])场|车间|基地|中心|超市|商店|驿站|展厅|学院|中学|小学|联盟|工程|项目"
    r"|平台|系统|小镇|社区|设备|黑板|机组|枢纽)"
    r"[”\"」]?(?:主体结构|主体|[一二三]期(?:工程|项目)?|首期|建设项目|项目|新址)?(?:在[^,，。;；]{2,16}?)?"
    r"(?:(?:已?于|在)?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[年月]?[初底末]|[上中下]旬)?)?"
    r"(?:全部|正式|顺利|圆满|盛大|隆重|建成|如期|同时|先后|提前|全面|已|安装到位|[并、])*[^,，。;；的向给]{0,3}$"
)
# 招引的某公司在乙县投产: a firm stands for its works
_FIRM = re.compile(r"(?<!家)(?:公司|集团)(?:在[^,，。;；]{2,16}?)?(?:正式|顺利|建成|一期|如期)*$")
# 展示馆由两地共同出资建设,11月20日正式开馆: between the work and its verb stand only how it came about and the day
_TOLD_WORK = re.compile(
    r"(?:[场馆院楼厂校路桥园站店坊库棚坝渠]|车间|基地|中心|超市|驿站|中学|小学|工程|项目|平台)[”\"]?"
    r"(?:[由占总是位坐投在于建自][^,，。;；]{2,40}|[,，]?[^,，。;；]{0,6}(?:投资|占地|面积)[^,，。;；]{2,24})?[,，]"
    r"(?:(?:总?投资|总?建筑面积|占地|预计)[^,，。;；]{2,24}[,，])*"
    r"(?:已?于|自)?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?[初底末]?(?:正式|顺利|建成|全面|如期|竣工|并|已)*$"
)
_POSTS_BEFORE = re.compile(r"(?:岗位|职位)(?:共|达|约|总计|数)?$")
_POSTS_BEHIND = re.compile(r"[^,，。;；、\d]{0,8}(?:岗位|职位)")
_CLASS = re.compile(r"(?<![全本该上下各跟])班[”\"』」]?(?:[一二三四五六\d]期)?(?:在[^,，。;；]{1,14})?$")


_GIVES = ("捐赠", "捐助", "赠送", "捐献")
_SO_MUCH = re.compile(r"[共约]?\d")
_TO_WHOM = re.compile(r"[向给为][^,，。;；的]{2,24}$")
_NAMED_WORK = re.compile(r"[为给][“\"「][^“”\"「」,，。]{2,16}[”\"」]$")  # 为“津武书香角”揭牌
# 捐资12万元建设的“儿童之家”正式启用
_BUILT_WORK = re.compile(
    r"(?:建设|援建|捐建|兴建|打造|共建|新建|建成|设立|改造)的[“\"「][^“”\"「」,，。]{2,16}[”\"」](?:正式|顺利|同时)?$"
)


def locative(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """座谈会上: the meeting is under way."""
    found = _LOCATIVE.match(sentence.text, head.end - sentence.start)
    return (head.start, sentence.start + found.end()) if found else None


def amount(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """Money or so many things in the clause (送来校服300套, 采购大米8万元)."""
    for one in within(sentence.quantities, low, high):
        if (one.unit == "CNY" or one.unit in _THINGS) and not (one.ordinal or one.expected or one.cumulative):
            if one.unit == "支" and _TEAMS.match(sentence.text, one.end - sentence.start):
                continue
            return min(head.start, one.start), max(head.end, one.end)
    return None


def money(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """Money in the clause."""
    for one in within(sentence.quantities, low, high):
        if one.unit == "CNY" and not (one.ordinal or one.expected or one.cumulative):
            return min(head.start, one.start), max(head.end, one.end)
    return None


def group(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """So many people, a first batch or what they ride on, in the clause (80名劳动力赴甲市就业)."""
    for one in within(sentence.quantities, low, high):
        if one.unit in _PEOPLE and not (one.ordinal or one.expected or one.cumulative):
            return min(head.start, one.start), max(head.end, one.end)
    found = _RIDES.search(sentence.text, low - sentence.start, high - sentence.start)
    if found is None:
        return None
    return min(head.start, sentence.start + found.start()), max(head.end, sentence.start + found.end())


def work(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """A building or works right in front of the verb (养牛场投入运营)."""
    at = head.start - sentence.start
    before = sentence.text[max(low - sentence.start, at - 30) : at]
    found = _WORK.search(before)
    if found is None and head.word.text[-1] == "牌":
        found = _NAMED_WORK.search(before)
    if found is None:
        found = _BUILT_WORK.search(before)
    if found is None and "投产" in head.word.text:
        found = _FIRM.search(before)
    return (head.start - len(found[0]), head.end) if found else None


def told_work(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """A work told as the subject one or two clauses before a verb whose clause has nothing but its day."""
    clause = sentence.clause(head.start)[0]
    if not any(clause <= d.start < head.start for d in sentence.dates):
        return None
    at = head.start - sentence.start
    found = _TOLD_WORK.search(sentence.text, max(0, at - 90), at)
    return (head.start, head.end) if found else None


def dated(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """Nothing but the word; whether it has a day of its own is asked later (跨省招聘会现场人山人海)."""
    return head.start, head.end


def trade(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """Words of buying and selling in the clause of goods (延川县的牛羊肉摆满展台)."""
    found = _TRADE.search(sentence.text, low - sentence.start, high - sentence.start)
    if found is None:
        return None
    return min(head.start, sentence.start + found.start()), max(head.end, sentence.start + found.end())


def to_needy(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """为孩子们送上…: whatever is brought to people in need."""
    text, base = sentence.text, sentence.start
    found = _TO_NEEDY.search(text[max(low - base, head.start - base - 30) : head.start - base])
    return (head.start - len(found[0]), head.end) if found else None


def posts(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """So many posts offered (带来普工、司机等岗位410个, 提供800个就业岗位)."""
    for one in within(sentence.quantities, low, high):
        if one.unit == "个" and not (one.ordinal or one.expected or one.cumulative):
            at, behind = one.start - sentence.start, one.end - sentence.start
            if _POSTS_BEFORE.search(sentence.text[:at][-8:]) or _POSTS_BEHIND.match(sentence.text, behind):
                return min(head.start, one.start), max(head.end, one.end)
    return None


def class_name(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """A class right in front of the verb (“庄浪村干部班”在津开班)."""
    at = head.start - sentence.start
    found = _CLASS.search(sentence.text[max(0, at - 20) : at])
    return (head.start - len(found[0]), head.end) if found else None


def booked(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """《…协议》签订: the paper right in front of the verb, and nothing behind it."""
    found = _BOOKED.search(sentence.text, 0, head.start - sentence.start)
    ends = sentence.text[head.end - sentence.start :][:1]
    return None if found is None or (ends and ends not in ",，。;；") else (sentence.start + found.start(), head.end)


def given_to(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """向甲镇捐赠物资和现金: the thing given holds the word of giving; aid money does with its sum (援助资金200万元)."""
    if not head.word.text.startswith(_GIVES):
        bare = any(place.end == head.start for place in sentence.places)
        if not (bare and head.has("fund_noun") and _SO_MUCH.match(sentence.text, head.end - sentence.start)):
            return None
    found = _TO_WHOM.search(sentence.text, low - sentence.start, head.start - sentence.start)
    return (sentence.start + found.start(), head.end) if found else None


_SIGNERS = re.compile(r"\d+(?:余|多)?(?:家|个|所|对|支)[^,，。;；、\d]{1,10}?(?:上台|在会上)?$")


def signers(sentence: Sentence, head: Hit, low: int, high: int) -> Span | None:
    """Whoever is counted right in front of a signing on the spot (8家旅行社现场签约)."""
    at = head.start - sentence.start
    found = _SIGNERS.search(sentence.text, max(low - sentence.start, at - 16), at)
    return (sentence.start + found.start(), head.end) if found and head.word.text[:2] in ("现场", "集中") else None


READ_OFF: dict[str, Callable[[Sentence, Hit, int, int], Span | None]] = {
    "locative": locative,
    "amount": amount,
    "money": money,
    "group": group,
    "work": work,
    "told_work": told_work,
    "dated": dated,
    "trade": trade,
    "to_needy": to_needy,
    "posts": posts,
    "signers": signers,
    "class_name": class_name,
    "booked": booked,
    "given_to": given_to,
}
"""The supports by the name they have in ``data/frames.tsv``; ``counted`` is read off by the candidates themselves."""
