"""Organisations in lists: objects of a visiting verb, firms before 等企业, names in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import cast

from crawler.facts.organization_edges import COUNTED, behind_stops
from crawler.facts.organization_words import NAME_KINDS, Named, common, nameless_plant, open_bracket, words
from crawler.facts.records import OrganizationKind
from crawler.facts.tables import Hit, Row, Scan, read_table
from crawler.facts.words import place_names, tokens, word_class

_LONGEST = 24
_ITEM = re.compile(r"[\u3400-\u9fffA-Za-z0-9·()&\-]{2,24}")
_SPLIT = re.compile(r"、|以及|(?<![平和谐共饱缓温祥])和(?![平谐美睦润顺田静])|及|与")
_NOT_SITE = re.compile(
    r"情况$|工作$|成效$|经验$|做法$|发展$|群众$|干部$|代表$|现场(?:\([^)]*\))?$|一线$|家中$|家庭$|户$|党委$|支部$|部门$|家里$|问题$|需求$|困难$|模式$|流程$|技术$|产品$|文化$|规划$|建设$|运营$|运行$|管理$|[省市县镇乡州旗盟]$|(?<![园景院库牧林矿校展创度范新行验中])区$|村$|社区$|街道$|地区$|等地$|项目$|工程$|产业$|企业$|车间$|政府$|人大$|政协$|法院$|检察院$|"
    r"^(?:了|的|我|他|她|其|该|这|那|一|两|三|几|多|全|各|当地|部分|相关|有关|实地|进行|对|向|以|并|就|从|在|为|将)|贫困户|农户|座谈|会议|协议|老人|学生|孩子|党员|师生|职工|(?<!美)的(?!士)|后$|\d[个家所]"
)


def listed(scanned: Scan) -> Iterator[Named]:
    """Objects of a visiting verb, and lists that end in 等企业, whatever their last word."""
    for hit in scanned.of_kind("organizations", "visit"):
        yield from _objects(scanned, hit)
    yield from _lists(scanned.flat)


def _solid(name: str) -> bool:
    """Whether a name ends in a known last word, also in one too common to make a name by itself."""
    words, sizes = _last()
    for size in sizes:  # noqa: SIM110  # asked for every member of every list
        if name[-size:] in words:
            return True
    return False


@lru_cache(maxsize=1)
def _last() -> tuple[frozenset[str], tuple[int, ...]]:
    """Last words of names and how many characters they have."""
    words = frozenset(r.word for r in read_table("organizations") if r.kind == "weak" or r.kind in NAME_KINDS)
    return words, tuple(sorted({len(word) for word in words}))


_SETTLED = re.compile(r"(?:村|社区|街道|[镇乡县])$")  # places of a list that say nothing of its other members
_OBJECTS_END = re.compile(
    r"[,。;:!?？\n]|进行|开展|实地|详细|了解|听取|查看|考察(?!团)|调研(?!组)|参观|走访|慰问(?!团)"
)
_NO_OBJECT = re.compile(r"[团组队时]|期间|对接|学习|活动|工作|交流")


def _governs(word: str) -> bool:
    """Whether the word behind a visiting verb is a verb itself, which the objects belong to: 深入|贯彻."""
    return word in words("stop") and word_class(word) == "v"


def _objects(scanned: Scan, verb: Hit) -> Iterator[Named]:
    flat = scanned.flat
    if _NO_OBJECT.match(flat, verb.end) or _governs(flat[verb.end : verb.end + 2]):
        return
    stop = _OBJECTS_END.search(flat, verb.end, verb.end + 142)
    limit = min(stop.start() if stop else len(flat), verb.end + 140)
    etc = flat.find("等", verb.end, limit)
    closed = etc >= 0
    end = etc if closed else limit
    pieces = list(_pieces(flat, verb.end, end))
    if not closed and len(pieces) < 2:
        return
    named = [p for p in pieces if not _NOT_SITE.search(flat[p[0] : p[1]]) and not common(flat[p[0] : p[1]])]
    if closed and _WORKS.match(flat, etc):
        named = [p for p in named if flat[p[0] : p[1]].endswith(_BODIES)]
    if len(pieces) < 2 and not any(_solid(flat[s:e]) for s, e in named):
        return
    solid = sum(_solid(flat[s:e]) for s, e in named)
    if not named or solid * 2 < len(pieces) - sum(bool(_SETTLED.search(flat[s:e])) for s, e in pieces):
        return
    for begin, stop_at in named:
        apposed = _APPOSED.match(flat, begin, stop_at - 3)
        start = apposed.end() if apposed else begin
        if stop_at - start >= 3 and not nameless_plant(flat[start:stop_at]):
            yield Named(start, stop_at, _kind_of(flat[start:stop_at]), "visited:" + verb.row.word)


_WORKS = re.compile(r"等(?:[\u3400-\u9fff]{0,8})(?:项目|工程|方面|领域)")  # 花盆制造、乡村旅游等方面: works, no bodies
_BODIES = ("公司", "集团", "厂", "合作社", "学校", "小学", "中学", "大学", "学院", "医院", "卫生院")
_APPOSED = re.compile(
    r"[\u3400-\u9fff]{0,4}(?:会员|龙头|骨干|民营|爱心|知名|重点|帮扶|协作|落地|入驻)(?:企业|单位)|[\u3400-\u9fff]{2,10}项目"
)


def _pieces(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in [*(m for m in _SPLIT.finditer(flat, start, end) if m.end() < end), None]:
        stop = match.start() if match else end
        begin = position
        position = match.end() if match else end
        while begin < stop and flat[begin] in '了到“"‘ ':
            begin += 1
        while stop > begin and flat[stop - 1] in '”"’ ':
            stop -= 1
        if begin < stop and _ITEM.fullmatch(flat, begin, stop) and not open_bracket(flat[begin:stop]):
            yield begin, stop


_BRACKETS = re.compile(r"\(([^()\n,。;:]{5,80}、[^()\n,。;:]{2,60})\)")


def bracketed(flat: str) -> Iterator[Named]:
    """``帮扶车间(天合鞋业、远山酒厂)``: a list in brackets of which at least half end in a firm's last word."""
    for match in _BRACKETS.finditer(flat):
        pieces = [(s, e) for s, e in _pieces(flat, match.start(1), match.end(1)) if not _NOT_SITE.search(flat[s:e])]
        if sum(_solid(flat[s:e]) for s, e in pieces) * 2 >= max(2, len(pieces)):
            for start, end in pieces:
                if end - start >= 3:
                    yield Named(start, end, _kind_of(flat[start:end]), "list:()")


_COUNT = r"(?:(?:\d+|[一二两三四五六七八九十]+|数十|多|几)[多余]?[家所个]|一大?批)?"


@lru_cache(maxsize=1)
def _ends() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Row]]:
    """等 before a noun of the table with at most a few words between (等3家爱心企业, 等沪上企业); 家 of 两家企业."""
    rows = {row.word: row for row in read_table("organizations") if row.kind == "loose"}
    nouns = "|".join(sorted(map(re.escape, rows), key=len, reverse=True))
    noun = rf"(?P<between>[\u3400-\u9fff、]{{0,12}}?)(?P<noun>{nouns})(?!家)"
    return re.compile(rf"等{_COUNT}{noun}"), re.compile(rf"家(?<=[两三四五六七八九十0-9]家)(?!企业家){noun}"), rows


_NUMBER = re.compile(r"(?<=[\u3400-\u9fffA-Za-z])(?<![有共的这那上下前其及])([两三四五六七八九十]|\d{1,2})$")


def _tails(flat: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """What ends a list, where the list ends and, without 等, how many it says there are."""
    etc, counted, _ = _ends()
    if "等" in flat:
        for tail in etc.finditer(flat):
            yield tail, tail.start(), 0
    if "家" in flat:
        for tail in counted.finditer(flat):
            number = _NUMBER.search(flat, max(0, tail.start() - 4), tail.start())
            if number:
                yield tail, number.start(), count_of(number[1])


# whose firm or member the next name is, or who leads it: 集团下属|江澜造船, 会长单位|捷顺达物流, 某会带领|金地物业
_UNDER = re.compile(
    r"(?:下属|属下|辖区|辖内|带领|率领|带着|领着|携手|发动|动员|(?:会长|理事|理事长|会员|成员)(?:单位|企业))的?"
)


def count_of(text: str) -> int:
    """The number that digits or one Chinese numeral tell."""
    return int(text) if text.isdigit() else "一二三四五六七八九十".find(text.replace("两", "二")) + 1


def _describes(between: str) -> bool:
    """Whether words between 等 and its noun only describe it."""
    return all(
        word == "、" or word in words("describes") or (tag[0] in "nabfjsz" and len(word) > 1)
        for word, tag in tokens(between)
    ) or (len(between) == 2 and between[1] in "上籍商资产本")


def _lists(flat: str) -> Iterator[Named]:
    """Firms, schools … before 等 and a noun for them, or before their number: 甲造船、乙轮机两家企业."""
    rows = _ends()[2]
    for tail, at, size in _tails(flat):
        if not _describes(tail["between"]):
            continue
        row = rows[tail["noun"]]
        floor = max((flat.rfind(c, max(0, at - 140), at) for c in ",。;:\n!?？"), default=-1) + 1
        first = _SPLIT.search(flat, floor, at)
        if first and first.start() - floor > _LONGEST:
            floor = behind_stops(flat, floor, first.start())  # 某会会长甲带着|研祥智能、乙实业
        pieces = list(_pieces(flat, floor, at))
        if size and (size < 2 or abs(len(pieces) - size) > (len(pieces) > 3)):
            continue
        for index, (start, end) in enumerate(pieces):
            under = _UNDER.search(flat, start, end - 1)
            if index == 0:
                start = max([behind_stops(flat, start, end), *(m.end() for m in COUNTED.finditer(flat, start, end))])
            start = under.end() if under else start
            name = flat[start:end]
            if (
                (len(name) >= 3 or (len(name) == 2 and len(pieces) > 1 and name not in place_names()))
                and not _NOT_SITE.search(name)
                and (len(pieces) > 1 or _solid(name) or (name[:2] in place_names() and len(name) >= 4))
                and re.search(r"[\u3400-\u9fff]", name)
                and not common(name)
            ):
                kind = _kind_of(name)
                plain = kind in ("company", "site")  # the noun says what kind: 云朵小站等企业
                yield Named(start, end, cast(OrganizationKind, row.value) if plain else kind, row.rule)


def _kind_of(name: str) -> OrganizationKind:
    """The kind the longest last word gives, ``site`` when none is known."""
    kinds = _kinds()
    return next((kinds[name[-size:]] for size in range(min(len(name), 10), 0, -1) if name[-size:] in kinds), "site")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, OrganizationKind]:
    kinds: dict[str, OrganizationKind] = {}
    for row in read_table("organizations"):
        if row.kind in NAME_KINDS:
            kinds[row.word] = cast(OrganizationKind, row.kind)
        elif row.kind == "weak":
            kinds.setdefault(row.word, "company" if len(row.word) > 1 else "site")
    return kinds


_GAP = re.compile(
    r"、([\u3400-\u9fff]{2,8}?(?:医院|学校|小学|中学|大学|酒店|银行|集团|公司|药业|酒业|茶业|乳业|食品|股份)(?:办事处)?)"
    r"(?=[、等和与及]|提供|捐|向|为|在|将|共同|分别|[,。])"
)


def between(flat: str, named: Sequence[Named]) -> Iterator[Named]:
    """A hospital, school or firm of plain words behind a named body of one list: A酒店、现代医院、B集团."""
    for before, after in pairwise([*named, Named(len(flat), len(flat), "site", "")]):
        if before.kind in ("school", "hospital") and (gap := _NUMBERED.match(flat, before.end, after.start)):
            yield Named(*gap.span(1), before.kind, "list:between")
            continue
        gap = _GAP.match(flat, before.end, after.start)
        if gap and gap[1] not in words("generic") and not _PLURAL.match(gap[1]):
            yield Named(*gap.span(1), _kind_of(gap[1]), "list:between")


# 六枝特区第一小学、第三中学: of the same place
_NUMBERED = re.compile(
    r"[、和及与](第[一二三四五六七八九十]{1,2}(?:(?:高级|初级|实验|职业)?(?:中学|小学|幼儿园)|(?:人民|中)?医院))"
)
_PLURAL = re.compile(
    r"[各多数几两一二三四五六七八九十]|相关|有关|其他|其它|当地|部分|民办|公办|农村|城区|乡镇|乡村|龙头|民营|国有|爱心"
)
