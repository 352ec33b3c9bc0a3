"""Organisations and visited sites: names by their last word, names in lists, short forms linked to full ones."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import cast

from crawler.facts.organization_edges import Bounds, left_edge
from crawler.facts.organization_kin import kin
from crawler.facts.organization_lists import between, bracketed, listed
from crawler.facts.organization_slots import slots
from crawler.facts.organization_words import (
    LEVELS,
    NAME_KINDS,
    Named,
    behind_place,
    common,
    nameless,
    nameless_plant,
    open_bracket,
    trade_words,
    words,
)
from crawler.facts.parties import OFFICE, parties
from crawler.facts.people import people_in
from crawler.facts.records import OrganizationKind, OrganizationMention, PersonMention
from crawler.facts.tables import Hit, Row, Scan, read_table, scan
from crawler.facts.words import is_word, place_names, tokens
from crawler.places.making import maker, occurrences


def find_organizations(text: str) -> list[OrganizationMention]:
    """All named organisations and visited sites of ``text`` in order of appearance."""
    scanned = scan(text)
    return organizations_in(scanned, people_in(scanned))


def organizations_in(scanned: Scan, people: Sequence[PersonMention]) -> list[OrganizationMention]:
    """``find_organizations`` on a text already scanned, whose ``people`` are in no organisation's name."""
    ends = [end for _, end, row in scanned.of("organizations") if row.kind in _NAMING]
    bounds = Bounds([p.end for p in people if p.rule != "known"], ends)
    persons = [(p.start, p.end) for p in people]
    titles = "》" in scanned.flat
    found: dict[int, Named] = {}
    for item in (
        *_proper(scanned),
        *_suffixed(scanned, bounds),
        *parties(scanned),
        *_branded(scanned, bounds),
        *listed(scanned),
        *bracketed(scanned.flat),
    ):
        if persons and (_over_person(item, persons) or _of_person(item, persons)):
            continue
        if titles and _TITLED.match(scanned.flat, item.end):
            continue
        other = found.get(item.start)
        better = other is None or item.end > other.end or (item.end == other.end and other.kind == "site")
        if better:  # a firm by the noun behind its list, too, is no mere site
            found[item.start] = item
    kept: list[Named] = []
    for item in sorted(found.values(), key=lambda n: (n.start, -n.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    kept = sorted([*kept, *between(scanned.flat, kept)], key=lambda n: n.start)
    if kept and (beside := [*kin(scanned.flat, kept, persons)]):
        kept = sorted([*kept, *beside], key=lambda n: n.start)
    if told := {item.start: item for item in slots(scanned.flat, kept, persons)}:
        kept = sorted([*kept, *told.values()], key=lambda n: n.start)
    return _linked(scanned, kept) if kept else []


def _over_person(item: Named, persons: list[tuple[int, int]]) -> bool:
    """Whether a name's span holds the name of a person and nothing else, or cuts one."""
    at = bisect_right(persons, (item.start, item.start))
    return at < len(persons) and persons[at][0] == item.start and persons[at][1] >= item.end


def _of_person(item: Named, persons: list[tuple[int, int]]) -> bool:
    """Whether an office stands right before a person, who works there: 市发改委|姜洪新研究员."""
    at = bisect_right(persons, (item.end, -1))
    return item.kind == "agency" and at < len(persons) and persons[at][0] == item.end


def _proper(scanned: Scan) -> Iterator[Named]:
    """Names of the table that are whole by themselves: 国家电网."""
    for hit in scanned.of_kind("organizations", "proper"):
        yield Named(hit.start, hit.end, cast(OrganizationKind, hit.row.value), hit.row.rule)


def _suffixed(scanned: Scan, bounds: Bounds) -> Iterator[Named]:
    """Names that end in a word of the table: ``东莞市三基音响科技有限公司``, ``湘西州博物馆``."""
    flat, generic = scanned.flat, words("generic")
    parted = {h.start for h in scanned.of_kind("organizations", "party")}
    for hit in _merged(scanned):
        last, end, row = hit
        kind: OrganizationKind = row.kind  # type: ignore[assignment]
        goes_on = end - last <= 2 and flat[end : end + 1] in _GOES_ON
        if (goes_on and flat[end : end + 2] not in _STARTS_ANEW) or _MANNER.match(flat, end):
            continue
        if _OTHER_WORD.match(flat, end - 1):
            continue
        if kind == "agency" and _of_office(flat, hit):
            continue
        start = left_edge(flat, hit, bounds)
        if start in parted and kind in ("agency", "park", "site"):
            continue  # 民盟示范区|支部: read as the party's committee
        name = flat[start:end]
        least = 2 if kind == "agency" or row.word[0] in _ORDINALS else 3  # 省|农委, 州|二中
        local = last - start == 1 and flat[start] in LEVELS and end - last >= least
        before = (start if local else last) - 1
        if (local or row.word[0] in LEVELS) and flat[before : before + 1] in _EVERY:
            continue  # 各|镇卫生院, 两|市工商联
        if last - start < 2 and not local:
            whole = _WHOLE.match(row.word) is not None  # 市工商联, 县一中, 塔|县医院
            if not whole or not (start == last or flat[start : last + 1] in place_names()):
                continue
        if kind == "agency" and not _LOCAL.match(flat, start, end) and flat[start : start + 2] not in place_names():
            continue
        plain = kind in ("base", "park", "farm") and nameless(name[: last - start])
        if not local and (plain or nameless_plant(name)):
            continue  # 优质富硒茶|基地, 方竹笋|加工厂
        if name in generic or (not local and common(name)) or open_bracket(name) or _ADJECTIVE.search(name):
            continue
        if _NUMBERED.match(flat, end) and nameless(name[: last - start]):
            continue  # 双语幼儿园|130所
        if row.word[-1] == "社" and flat.startswith("会", end):
            continue  # 服务社|会
        if kind in _SITES and _DWELLING.match(flat, end):
            continue
        pattern = _BRANCHES.get(kind)
        if pattern and (branch := pattern.match(flat, end)):
            end = branch.end()
            if kind == "agency" and OFFICE.match(flat, end):
                continue
        if kind == "site" and (owner := _OWNER.search(name[: last - start])):
            kind = _OWNED[owner[0]]
        yield Named(start, end, kind, row.rule)


_OWNED: dict[str, OrganizationKind] = {"大学": "school", "学院": "school", "公司": "company", "集团": "company"}
_OWNER = re.compile("(?<=..)(?:" + "|".join(_OWNED) + ")")  # 西南大学|饮食服务中心 is the university's
_PART = r"(?![与和及在的])[\u3400-\u9fff]{1,5}?"
_TEACHING = re.compile(_PART + r"(?:校区|院区|分校|分院)(?![长内外里建])")  # 人民医院|水城院区
_BRANCHES = {
    "school": _TEACHING,
    "hospital": _TEACHING,
    "company": re.compile(_PART + "(?:分公司|分社|分行|支行|分店|营业部|门市部)|[\u3400-\u9fff]{2,3}有限公司"),
    "site": re.compile(_PART + "(?:分社|分店|门市部)"),
    "agency": re.compile(_PART + "(?:分局|支队|大队|派出所)"),
}
_ORDINALS = frozenset("一二三四五六七八九十")
_OTHER_WORD = re.compile("小[时区组队步块部批段撮伙孩]|厂[房区]|会场|专[业家门项]")  # 二小|时, 加工厂|房
_NUMBERED = re.compile(r"\d+[余多]?[所家个座间处]")
_SITES = frozenset({"site", "base", "park", "museum"})
_DWELLING = re.compile(r"[\u3400-\u9fff]?(?:社区|小区|村委会|居委会)|产业(?!园|基地|带)")  # 古城|苑社区, 茶庄|产业
_TITLED = re.compile(r"[^《》\n]{1,40}》")  # inside 《…》 with more words behind: part of a document's title
_WIDER = {
    "中": re.compile(r"学(?![生员习])"),
    "园": re.compile(r"区(?!域|别|间|位)"),
    "学": re.compile(r"校(?![长园服区方友医车舍门内外])"),
}  # 农业示范园|区
_EVERY = frozenset("各每全多两数几")
_WHOLE = re.compile(rf"团?[{LEVELS}]")


def _of_office(flat: str, hit: Hit) -> bool:
    """Whether the last word of an office belongs to a title: 局长, 主任 behind 延川县农业农村局, which acts itself."""
    if hit.end - hit.start <= 3 and hit.row.word in ("局", "委员会", "办公室") and is_word(flat[hit.end - 2 : hit.end]):
        return True  # 布局, 大局
    return flat.startswith("长", hit.end) or OFFICE.match(flat, hit.end) is not None  # 商务局|长


_LOCAL = re.compile(r"中央|国务院|全国|国家|(?:[\u3400-\u9fff]{1,9}?)?[省市县区州旗盟镇]")
_MANNER = re.compile(
    r"化(?![工学肥妆])|型(?!号)|式(?!样)|制(?![造药衣品])|性"
)  # 工厂化, 基地型, 园区式: a manner, no place
_ADJECTIVE = re.compile(
    r"(?:扩建|改扩建|新改扩建|改建|新建|在建|更|最)[\u3400-\u9fff]{0,6}$|[新老各全](?:园区|校区|院区|市场|基地)$"
)


def _merged(scanned: Scan) -> Iterator[Hit]:
    """Suffix hits; of hits that touch (``专业合作社联合社``, ``小学分校``) only the last."""
    flat = scanned.flat
    hits = [h for h in scanned.of("organizations") if h.row.kind in NAME_KINDS]
    # a generic word is the longest hit where a name ends in it too: take its row of the same end
    if generic := scanned.of_kind("organizations", "generic"):
        by_word = _name_rows()
        known = {h.start for h in hits}
        hits += [
            Hit(h.start, h.end, by_word[h.row.word]) for h in generic if h.row.word in by_word and h.start not in known
        ]
        hits.sort(key=lambda h: h.start)
    skipped = None
    for index, hit in enumerate(hits):
        following = hits[index + 1] if index + 1 < len(hits) else None
        if hit is skipped:
            continue
        if following is not None and following.start == hit.end:
            if flat[following.end : following.end + 1] != "部" and following.row.word != "工会":
                continue
            skipped = following  # 华侨中学|高中|部, 水务集团|工会
        wider = _WIDER.get(hit.row.word[-1])
        yield Hit(hit.start, hit.end + 1, hit.row) if wider and wider.match(flat, hit.end) else hit


@lru_cache(maxsize=1)
def _name_rows() -> dict[str, Row]:
    return {r.word: r for r in read_table("organizations") if r.kind in NAME_KINDS}


_AGENT = re.compile("办事处|分公司")
_BRAND_EDGE = re.compile(
    r"办事处|分公司|[,。;、!?()“”\"\s《]|等|和|与|及|向|在|为|的|董事|总经理|负责|捐|公司|员工|将|赴|来|到|调研|考察|参观|走访|座谈|慰问|观摩|察看|看|就|谈|敲|派|送|拿|掏|认|把|同|跟|共|也|还|都|均|每|介绍|带来|展示|推介|订|下单|提供|组织|率先|援|建|负责|出资|已|参|签|[\u3400-\u9fff]{0,4}项目|工厂|车间|代表|创始|现场|积极|主动|投资|承接|落户|开展|各|分别|共同|$"
)


def _branded(scanned: Scan, bounds: Bounds) -> Iterator[Named]:
    """Firms by a proper name, which no dictionary has, and a trade: ``恩捷股份``, ``宁陕县黄波菌业``."""
    flat = scanned.flat
    for hit in scanned.of_kind("organizations", "brand"):
        if not _BRAND_EDGE.match(flat, hit.end):
            continue
        start = left_edge(flat, hit, bounds)
        own = behind_place(flat[start : hit.start])
        parts = list(tokens(own))
        core = sum(len(word) for word, _ in parts)
        named = core == 2 < hit.start - start and len(parts) == 1 and parts[0][1][0] in "vadz"  # 甘肃|前进|牧业
        if _brand(parts) or (named and not common(flat[start : hit.end])):
            if f"{own}镇" in flat or f"{own}街道" in flat or own in words("describes"):
                continue  # 常平|物流, 冷链|物流
            office = _AGENT.match(flat, hit.end)
            yield Named(start, office.end() if office else hit.end, "company", hit.row.rule)


def _brand(parts: list[tuple[str, str]]) -> bool:
    """Whether no dictionary has the words a name begins with, but for a place: 恩捷, 津门|鲜达."""
    unknown = sum(tag == "x" for _, tag in parts)
    whole = sum(len(word) for word, _ in parts)
    return unknown >= 2 and whole - unknown <= 2 and unknown <= 4 and all(tag in ("x", "ns") for _, tag in parts)


_NAMING = NAME_KINDS | {"generic"}
_TAUGHT = ("school", "hospital")
_LEGAL = ("公司", "责任", "有限", "股份", "集团")  # from the end of a firm's name
_MADE_BY = ("食品厂", "服饰厂", "服装厂", "电子厂", "机械厂", "纺织厂")
_PLACE = re.compile(r"^(?:[\u3400-\u9fff]{2,8}?(?:省|自治区|市|县|区|州|镇))+|^\([^)]*\)")
_ALIAS = re.compile(r"\s?\((?:以下|下)?(?:简)?称(?:为)?[:“\"\s]*([^”\")\s]{2,10})[”\"\s]*\)")


_organization = maker(OrganizationMention)


def _linked(scanned: Scan, named: list[Named]) -> list[OrganizationMention]:
    """Add later mentions by short forms, and give every mention the fullest form of its name."""
    flat, text = scanned.flat, scanned.text
    full: dict[str, str] = {}
    again: dict[str, str] = {}
    for item in named:
        name = flat[item.start : item.end]
        alias = _ALIAS.match(flat, item.end)
        if alias:
            full[alias[1]] = name
        core = _core(name)
        if core != name:
            bare = _PLACE.sub("", core)
            for short in {core, bare, *_own_names(bare)}:
                if len(short) >= 4 and not nameless(short):
                    full.setdefault(short, name)
        elif item.kind == "company" and len(name) >= 4 and item.rule in _by_list():
            again.setdefault(name, name)  # no last word tells it where it stands alone
    result = [(i.start, i.end, i.kind, i.rule) for i in named]
    if full or again:
        meant = {**again, **full}
        starts, ends = [item.start for item in named], [0, *(item.end for item in named)]
        kinds = {flat[i.start : i.end]: i.kind for i in named}
        shorts = list(meant)
        for which, start, end in occurrences(shorts, flat):
            before = bisect_right(starts, start)
            if ends[before] <= start and ends[bisect_right(starts, end - 1)] < end:
                result.append((start, end, kinds.get(meant[shorts[which]], "company"), "short form"))
    result.sort()
    written = {flat[s:e]: text[s:e] for s, e, _, _ in reversed(result)}  # as first printed: （惠州）
    legal = sorted([name for name in written if _core(name) != name], key=len, reverse=True)
    canonical = {name: _canonical(name, legal, full) for name in written}
    taught = {flat[i.start : i.end] for i in named if i.kind in _TAUGHT}
    if len(taught) > 1:
        canonical |= {name: _spelt_out(name, taught) for name in taught if canonical[name] == name}
    fullest = {name: written.get(other, other) for name, other in canonical.items()}
    return [_organization(s, e, text[s:e], text[s:e], fullest[flat[s:e]], kind, rule) for s, e, kind, rule in result]


@lru_cache(maxsize=1)
def _by_list() -> frozenset[str]:
    """Rules that find a name by its place in a list alone, not by its last word."""
    return frozenset(
        {"list:()", "list:kin", "slot"}.union(r.rule for r in read_table("organizations") if r.kind == "loose")
    )


def _core(name: str) -> str:
    """A name without what makes a firm of it: 恩捷股份 of 恩捷股份有限公司."""
    if name.endswith("公司"):
        for word in _LEGAL:
            name = name.removesuffix(word)
        return name
    return name.removesuffix("厂") if name.endswith(_MADE_BY) else name.removesuffix("集团")


def _own_names(bare: str) -> tuple[str, str]:
    """A firm's own name behind its place, with and without what it does: 广东|南岭乡投|产业|发展."""
    at = len(bare)
    while size := next((n for n in (5, 4, 3, 2) if at - n >= 2 and bare[at - n : at] in trade_words()), 0):
        at -= size
    place = next((n for n in (4, 3, 2) if bare[:n] in place_names() and at - n >= 2), 0)
    return bare[place:], bare[place:at] if at - place > 3 else bare[:at]


def _canonical(name: str, legal: list[str], full: dict[str, str]) -> str:
    """The fullest form of a name: the one linked to it, else the longest firm's name that holds it."""
    if name in full:
        return full[name]
    core = _core(name)
    if len(core) >= 3:
        for other in legal:
            if len(other) > len(name) and core in other:
                return other
    if 3 <= len(name) <= 5 and (other := next((other for other in legal if _abbreviates(name, other)), "")):
        return other
    return name


def _spelt_out(name: str, written: Iterable[str]) -> str:
    """The school or hospital of the text whose name is told short: 金城初中 of 仪陇县金城初级中学."""
    for end, long in _short_ends().get(name[-1], ()):
        if name.endswith(end) and len(name) > len(end):
            whole = name.removesuffix(end) + long
            found = [other for other in written if other.endswith(whole)]
            if len(found) == 1:
                return found[0]
    return name


@lru_cache(maxsize=1)
def _short_ends() -> dict[str, list[tuple[str, str]]]:
    """Short ends and what they stand for, by their last character."""
    ends: dict[str, list[tuple[str, str]]] = {}
    for row in read_table("organizations"):
        if row.kind == "spelt":
            ends.setdefault(row.word[-1], []).append((row.word, row.value))
    return ends


_NATION = frozenset({"中国", "中华", "国家"})


def _abbreviates(short: str, name: str) -> bool:
    """Whether a firm is called by its own first two characters and some of those behind: 吉富|创投 of 吉富|创业投资."""
    at = name.find(short[:2])
    if (
        not 0 <= at <= 4
        or short[:2] in _NATION
        or short[:2] in place_names()
        or (at and name[:at] not in place_names())
    ):
        return False
    at += 2
    for char in short[2:]:
        at = name.find(char, at) + 1
        if not at:
            return False
    return True


_GOES_ON = frozenset("人员长生们服家堡庄沟")  # 红寺|堡
_STARTS_ANEW = frozenset({"家长", "人民", "家属", "员工"})
