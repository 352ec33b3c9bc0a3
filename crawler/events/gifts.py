"""When words of giving tell a gift: it has a receiver, an amount or a ceremony, and helps people in need or a place."""

from __future__ import annotations

import re

from crawler.events.draft import When
from crawler.events.scenes import Sentence, on_a_visit, within
from crawler.events.tables import Frame, Hit

NEEDY = re.compile(
    r"群众|贫困户|困难|学生|师生|孩子|小朋友|同学们|老人|农户|牧民|脱贫户|儿童|灾民|灾区|新生|学子|孤儿|五保|残疾人|低保"
)
_BUILT = re.compile(r"[^,，。;；]{0,14}(?:援建|兴建|修建|建设|新建)的")
_GIVEN_TO = re.compile(r"[向给为]|仪式|活动|物资")
# 学校奠基,总投资5000万元,由某公司无偿援助3000万元: money of the work
_PAYS = ("无偿援助", "无偿捐助", "捐助", "捐资", "捐赠")
_OF_A_WORK = re.compile(r"(?:其中)?(?:由[^,，。;；向给]{2,20}|其中[^,，。;；向给]{0,20})")
# 颁发捐赠证书: what a giver gets for it
_PAPERS = ("企业", "单位", "方", "者", "证书", "证", "牌匾", "名单", "明细", "票据", "倡议")
# 赠送锦旗, 送来洁白的哈达: thanks, no aid
_TOKENS = re.compile(r"锦旗|牌匾|感谢信|哈达|羌红|纪念品|纪念章|祝福|荣誉证书")
# 发放宣传单300份: information
_LEAFLETS = re.compile(r"[^,，。;；]{0,8}(?:宣传[单页册品材手]|传单|明白卡|倡议书|问卷|资料)")
# 送来“及时雨”: a figure of speech, unless it is counted
_FIGURE = re.compile(r"了?[^,，。;；“”]{0,8}“[^”]{1,8}”")
# 捐赠药品和设备,价值12万元: what it is worth is told behind the comma
_WORTH = re.compile(r"[,，](?:物资|款物|设备)?(?:共计|合计|总计|总)?(?:价值|折合|折款)[^,，。;；]{0,8}\d")
# 此外还募集社会捐赠1860万元: what came together, no gift
_RAISED = re.compile(
    r"(?:募集|筹集|争取|吸纳|接收|引入|带动)(?:了|到)?(?:社会|各界|各类|爱心|企业)(?:各类|各界|爱心)?$"
)
# 社会各界还捐款捐物2700万元: in all these years
_BY_ALL = re.compile(r"(?:社会|各)各?界[^,，。;；]{0,16}捐款捐物|捐款捐物[^,，。;；]{0,6}\d")
_STAFF = re.compile(r"干部|教师|老师|医生|人才|队员|工作队|医疗队|同志|专家|人员")


def no_gift(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int]) -> bool:
    """Whether a statement of a donation frame gives nothing to anybody."""
    if _TOKENS.search(sentence.text, head.end - sentence.start, sentence.clause(head.start)[1] - sentence.start):
        return True
    if _LEAFLETS.match(sentence.text, head.end - sentence.start):
        return True
    low, high = sentence.clause(head.start)
    base = sentence.start
    if (
        head.word.text.startswith("送")
        and _FIGURE.match(sentence.text, head.end - sentence.start)
        and not within(sentence.quantities, low, high)
    ):
        return True
    if frame.head == "give":
        if (
            frame.support == "amount"
            and sentence.text.find("资金支持", head.end - sentence.start, high - sentence.start) > 0
        ):
            return True  # 提供了3000万元的资金支持: money that is paid
        if sentence.text.startswith("的", head.end - sentence.start):
            return True  # 受甲区资助的学生: who they are
        if frame.support == "amount" and _between_sides(sentence, head):
            return False
        if (
            head.word.text == "资助"
            and sentence.of("sign", sentence.start, low)
            and sentence.clause(low - 1)[1] == low - 1
        ):
            return True  # 签署了协议,资助9名学生: what was agreed on
        return NEEDY.search(sentence.text) is None and not _to_a_place(sentence, head)
    if frame.head != "donate":
        return False
    if _RAISED.search(sentence.text, low - base, head.start - base) and not within(sentence.dates, low, head.start):
        return True
    if sentence.text.startswith(_PAPERS, head.end - sentence.start):
        return True
    if sentence.text.startswith("的", head.end - sentence.start) and delivered(sentence):
        return False
    if head.word.text in _PAYS and sentence.of("project_verb", sentence.start, head.start):
        low = sentence.clause(head.start)[0]
        if _OF_A_WORK.fullmatch(sentence.text, low - sentence.start, head.start - sentence.start):
            return True
    return _BUILT.match(sentence.text, head.end - sentence.start) is not None or not _handed_over(sentence, head)


def _to_a_place(sentence: Sentence, head: Hit) -> bool:
    """为某镇送去, 转交给某县: given to a place, not taken along for one's own people there."""
    low = sentence.clause(head.start)[0]
    text, base = sentence.text, sentence.start
    return any(
        0 <= m.start - head.end <= 1
        or (
            low < m.start
            and m.end <= head.start
            and text[m.start - base - 1] in "向给为"
            and _STAFF.search(text, m.end - base, head.start - base) is None
        )
        for m in sentence.places
    )


def _between_sides(sentence: Sentence, head: Hit) -> bool:
    """甲总工会赴乙县开展活动,现场发放助学金10万元: two places are named, and what is given goes to no staff."""
    low, high = sentence.clause(head.start)
    text, base = sentence.text, sentence.start
    names = {m.unit.code[:2] if m.unit else "" for m in sentence.places}
    return len(names) > 1 and _STAFF.search(text, low - base, high - base) is None


def of_many_months(text: str, when: When) -> bool:
    """Whether what all circles of a place gave has no time but the month of something else."""
    return not when.own and when.precision in ("month", "year") and _BY_ALL.search(text) is not None


def delivered(sentence: Sentence) -> bool:
    """乙县收到甲区捐赠的60台电脑: what was given arrives, is taken or handed over in the sentence."""
    return bool(sentence.of("delivered"))


def _handed_over(sentence: Sentence, head: Hit) -> bool:
    """A gift is an event when it has a receiver, an amount or a ceremony in its clause, or is made on a visit."""
    low, high = sentence.clause(head.start)
    base = sentence.start
    if _WORTH.match(sentence.text, high - base):
        return True
    return (
        _GIVEN_TO.search(sentence.text, low - base, high - base) is not None
        or any(low <= q.start < high for q in sentence.quantities)
        or on_a_visit(sentence, head.start)
        or bool(sentence.of("link", sentence.start, head.start))  # 会上,某公司捐赠了一批图书
    )
