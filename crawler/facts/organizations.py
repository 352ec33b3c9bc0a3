"""Organisations and visited sites: names by their last word, names in lists, short forms linked to full ones."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from crawler.facts.edges import Edges
from crawler.facts.people import people_in
from crawler.facts.records import OrganizationKind, OrganizationMention, PersonMention
from crawler.facts.tables import Hit, Row, Scan, read_table, scan
from crawler.facts.words import inside_place, is_word, place_names, tokens

_NAME_KINDS = frozenset(
    {"company", "school", "hospital", "association", "agency", "museum", "park", "farm", "base", "institute", "site"}
)


def find_organizations(text: str) -> list[OrganizationMention]:
    """All named organisations and visited sites of ``text`` in order of appearance."""
    scanned = scan(text)
    return organizations_in(scanned, people_in(scanned))


def organizations_in(scanned: Scan, people: Sequence[PersonMention]) -> list[OrganizationMention]:
    """``find_organizations`` on a text already scanned, whose ``people`` are in no organisation's name."""
    breaks = [m.end() for m in _OUTSIDE.finditer(scanned.flat)]
    bounds = _Bounds([p.end for p in people if p.rule != "known"], breaks)
    found: dict[int, _Named] = {}
    for item in (*_suffixed(scanned, bounds), *_branded(scanned, bounds), *_listed(scanned), *_bracketed(scanned.flat)):
        other = found.get(item.start)
        if other is None or item.end > other.end:
            found[item.start] = item
    kept: list[_Named] = []
    for item in sorted(found.values(), key=lambda n: (n.start, -n.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return _linked(scanned, kept)


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    kind: OrganizationKind
    rule: str


_INSIDE = re.compile(r"[\u3400-\u9fffA-Za-z0-9·()&\-]")
_OUTSIDE = re.compile(r"[^\u3400-\u9fffA-Za-z0-9·()&\-]")
_REACH = 32


@lru_cache(maxsize=1)
def _left_stops() -> Edges:
    of = read_table("organizations")
    keeps = [r.word for r in (*read_table("cues"), *of) if r.kind == "keep"]
    return Edges(keeps, [r.word for r in of if r.kind == "stop"])


_COUNTED = re.compile(
    r"(?:\d+|[一二两三四五六七八九十几多]+)[多余]?(?:家|所|个|名|位|批|座|间|支|处)"
)  # 三家, 12所: a name begins behind


def _suffixed(scanned: Scan, bounds: _Bounds) -> Iterator[_Named]:
    """Names that end in a word of the table: ``东莞市三基音响科技有限公司``, ``湘西州博物馆``."""
    generic = _words("generic")
    for hit in _merged(scanned):
        start = _left_edge(scanned.flat, hit, bounds)
        name = scanned.flat[start : hit.end]
        local = hit.start - start == 1 and scanned.flat[start] in _LEVELS and hit.end - hit.start >= 3
        if local and scanned.flat[start - 1 : start] in _EVERY:
            continue  # 各|镇卫生院
        whole = start == hit.start and _WHOLE.match(hit.row.word) is not None  # 市工商联, 县一中
        if hit.start - start < 2 and not local and not whole:
            continue
        if hit.row.kind == "agency" and not _is_agency(scanned, start, hit):
            continue
        if name in generic or (not local and _common(name)) or _open_bracket(name) or _ADJECTIVE.search(name):
            continue
        if (
            re.match(r"[人员长生们服家]", scanned.flat[hit.end : hit.end + 1])
            and hit.end - hit.start <= 2
            and not re.match(r"家长|人民|家属", scanned.flat[hit.end : hit.end + 2])
        ) or _MANNER.match(scanned.flat, hit.end):
            continue
        yield _Named(start, hit.end, cast(OrganizationKind, hit.row.kind), hit.row.rule)


_EVERY = frozenset("各每全多两数几")
_LEVELS = "省市县区州镇乡旗盟"
_WHOLE = re.compile(rf"团?[{_LEVELS}]")


def _is_agency(scanned: Scan, start: int, hit: Hit) -> bool:
    """An office of a place that acts: 延川县农业农村局 signs, but 局长 and 主任 behind it make it a title."""
    flat = scanned.flat
    if hit.end - hit.start <= 3 and is_word(flat[hit.end - 2 : hit.end]) and hit.row.word in ("局", "委员会", "办公室"):
        return False  # 布局, 大局
    if not _LOCAL.match(flat, start, hit.end) and flat[start : start + 2] not in place_names():
        return False
    return not _OFFICE.match(flat, hit.end)


_LOCAL = re.compile(r"(?:[\u3400-\u9fff]{1,9}?)?[省市县区州旗盟镇]")
_OFFICE = re.compile(
    r"(?!组织|选派|派|安排|捐|联合|为|向|与)(?:[党组委、和及]{0,3}|[\u3400-\u9fff]{0,4})(?:书记|局长|主任|部长|厅长|科长|处长|股长|站长|队长|党组|领导|干部|负责人|负责同志|"
    r"同志|组长|调研员|巡视员|工作人员|成员|党委|一级|二级|三级|四级|常务副|副)"
)
_MANNER = re.compile(
    r"化(?![工学肥妆])|型(?!号)|式(?!样)|制(?![造药衣品])|性"
)  # 工厂化, 基地型, 园区式: a manner, no place
_ADJECTIVE = re.compile(
    r"(?:扩建|改扩建|改建|新建|在建|更|最)[\u3400-\u9fff]{0,4}$|[新老各全](?:园区|校区|院区|市场|基地)$"
)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(r.word for r in read_table("organizations") if r.kind == kind)


def _described(name: str) -> bool:
    """Whether words of the tables that only describe (优质, 村级) and a common last word make up the whole name."""
    describes = _words("describes")
    longest = max(map(len, describes))
    for size in range(1, min(len(name), 9)):
        if name[-size:] in _words("described"):
            reached = {0}
            rest = len(name) - size
            for at in range(rest):
                if at in reached:
                    reached.update(at + n for n in range(1, longest + 1) if name[at : at + n] in describes)
            if rest in reached:
                return True
    return False


def _common(name: str) -> bool:
    """Whether words that only describe make up the whole name: 产业园区, 乡村振兴示范点."""
    return name in _words("generic") or _described(name)


def _merged(scanned: Scan) -> Iterator[Hit]:
    """Suffix hits; of hits that touch (``专业合作社联合社``, ``小学分校``) only the last."""
    hits = [h for h in scanned.of("organizations") if h.row.kind in _NAME_KINDS]
    generic = [h for h in scanned.of("organizations") if h.row.kind == "generic"]
    # a generic word is the longest hit where a name ends in it too: take its row of the same end
    by_word = _name_rows()
    known = {h.start for h in hits}
    hits += [
        Hit(h.start, h.end, by_word[h.row.word]) for h in generic if h.row.word in by_word and h.start not in known
    ]
    hits.sort(key=lambda h: h.start)
    for index, hit in enumerate(hits):
        following = hits[index + 1] if index + 1 < len(hits) else None
        if following is not None and following.start == hit.end:
            continue
        yield hit


@lru_cache(maxsize=1)
def _name_rows() -> dict[str, Row]:
    return {r.word: r for r in read_table("organizations") if r.kind in _NAME_KINDS}


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Where no name reaches back over: ends of the names of persons, and of characters no name holds."""

    walls: Sequence[int]
    breaks: Sequence[int]

    def floor(self, at: int) -> int:
        """The leftmost start of a name whose last word begins at ``at``."""
        wall = bisect_right(self.walls, at)
        return max(0, at - _REACH, self.walls[wall - 1] if wall else 0)

    def left(self, at: int) -> int:
        """The end of the last character before ``at`` that no name holds."""
        index = bisect_right(self.breaks, at)
        return self.breaks[index - 1] if index else 0


def _run_start(flat: str, at: int, bounds: _Bounds) -> int:
    """Where the run of characters that names are made of begins, with brackets and quotes in pairs."""
    floor = bounds.floor(at)
    left = max(floor, bounds.left(at))
    quoted = left > floor and flat[left - 1] in _QUOTES
    if not quoted and "(" not in flat[left:at] and ")" not in flat[left:at]:
        return left
    left, depth = at, 0
    while left > floor:
        char = flat[left - 1]
        if char in _QUOTES:  # 大湾区“菜篮子”配送中心: a quoted part inside a name
            opened = max(flat.rfind("“", left - 12, left - 1), flat.rfind('"', left - 12, left - 1))
            if opened <= floor or not _INSIDE.match(flat, opened - 1):
                break
            left = opened
            continue
        if not _INSIDE.match(flat, left - 1):
            break
        if char == ")":
            depth += 1
        elif char == "(":
            if not depth:
                break
            depth -= 1
        left -= 1
    return left


_TOWNS = ("乡", "镇")
_SIDES = frozenset("上下中内后前日月年向至自")  # stop words of one character that stand in names of places
_QUOTES = '”"'


def _left_edge(flat: str, hit: Hit, bounds: _Bounds) -> int:
    left = _run_start(flat, hit.start, bounds)
    start = left
    for first, last, kept in _left_stops().find(flat, left, hit.end):
        if not kept:
            # 坪上|乡希望小学: part of a town's name
            torn = flat[last : last + 1] in _TOWNS and flat[first:last] in _SIDES and not _locality_at(flat, last + 1)
            if last <= hit.start and not torn and not inside_place(flat, first, last):
                start = last
        elif flat[first] in "和与及" and _county_at(flat, first + 1):
            start = first + 1  # 和|田阳县, 和|平塘县
        elif flat[first:last] == "和县" and left < first and flat[first - 1] not in "省市":
            start = first + 1  # 县政府和|县教体局
        elif flat[last - 1] in "和与及" and _locality_at(flat, last):
            start = last  # 慈善总会和|勉县慈善协会, 区教育局和|县教育局
    for counted in _COUNTED.finditer(flat, start, hit.start):
        start = counted.end()
    start = _without_verbs(flat, start, hit.start)
    closed = max(flat.find("”", start, hit.start), flat.find('"', start, hit.start))
    if closed >= 0 and "“" not in flat[start:closed] and '"' not in flat[start:closed]:
        start = closed + 1
    while start < hit.start and flat[start] in ')-&·“"0123456789':
        start += 1
    return start


def _county_at(flat: str, position: int) -> bool:
    """Whether the full name of a county, city or district begins here."""
    names = place_names()
    return any(
        flat[position : position + size] in names and flat[position + size - 1] in "县市区旗州" for size in (3, 4)
    )


def _locality_at(flat: str, position: int) -> bool:
    """Whether a place begins here, or an office of one named only by its level (县教育局)."""
    names = place_names()
    return flat[position : position + 1] in tuple(_LEVELS) or any(
        flat[position : position + n] in names for n in (2, 3, 4, 5)
    )


def _without_verbs(flat: str, start: int, stop: int) -> int:
    """Cut leading verbs and everything up to an adverb or pronoun: 推进|莞韶产业园, 特产开辟更广|消费市场."""
    at, begin, leading = start, start, True
    for word, tag in tokens(flat[start:stop]):
        at += len(word)
        if word in _words("keep"):
            leading = False
        elif tag == "v" and len(word) > 1 and not leading and _county_at(flat, at):
            begin, leading = at, True  # 医生抵达|双江县人民医院
        elif len(word) > 1 and tag[0] in "dcpru" and not inside_place(flat, at - len(word), at):
            begin, leading = at, True
        elif leading and len(word) > 1 and (tag == "v" or tag[0] in "dcpru" or tag == "ad"):
            begin = at
        else:
            leading = False
    return begin


def _open_bracket(name: str) -> bool:
    return name.count("(") != name.count(")")


_BRAND_EDGE = re.compile(
    r"[,。;、!?()“”\"\s《]|等|和|与|及|向|在|为|的|董事|总经理|负责|捐|公司|员工|将|赴|来|到|出资|已|参|签|项目|工厂|车间|代表|创始|$"
)


def _branded(scanned: Scan, bounds: _Bounds) -> Iterator[_Named]:
    """Firms by a proper name, which no dictionary has, and a trade: ``恩捷股份``, ``宁陕县黄波菌业``."""
    flat = scanned.flat
    for hit in scanned.of("organizations"):
        if hit.row.kind != "brand" or not _BRAND_EDGE.match(flat, hit.end):
            continue
        start = _left_edge(flat, hit, bounds)
        parts = tokens(flat[start : hit.start])
        while parts and parts[0][1] == "ns":
            parts.pop(0)
        core = sum(len(word) for word, _ in parts)
        if 2 <= core <= 4 and all(tag == "x" for _, tag in parts):
            yield _Named(start, hit.end, "company", hit.row.rule)


_ITEM = re.compile(r"[\u3400-\u9fffA-Za-z0-9·()&\-]{2,24}")
_LIST = re.compile(r"(?:[“\"]?[\u3400-\u9fffA-Za-z0-9·()&\-]{2,24}?[”\"]?(?:、|和|及|以及|与))*")
_SPLIT = re.compile(r"、|以及|(?<![平和谐共饱缓温祥])和(?![平谐美睦润顺田静])|及|与")
_TAIL = re.compile(
    r"(?:等(?:进行|地|处|[\u3400-\u9fff]{0,6}(?:企业|公司|单位|点|项目|学校|医院|园区|场所|产业)|实地|考察|参观|调研|走访|开展|,|。|;|$)|进行|实地|考察|参观|调研|走访|,|。|;|$|\n)"
)
_NOT_SITE = re.compile(
    r"情况$|工作$|成效$|经验$|做法$|发展$|群众$|干部$|代表$|现场$|一线$|家中$|家里$|问题$|需求$|困难$|模式$|流程$|技术$|产品$|文化$|规划$|建设$|运营$|运行$|管理$|[省市县镇乡州旗盟]$|(?<![园景院库牧林矿校展创度范新行验中])区$|村$|社区$|街道$|地区$|等地$|项目$|产业$|企业$|车间$|"
    r"^(?:了|的|我|他|她|其|该|这|那|一|两|三|几|多|全|各|当地|部分|相关|有关|实地|进行|对|向|以|并|就|从|在|为|将)|贫困户|农户|座谈|会议|协议|老人|学生|孩子|党员|师生|职工|(?<!美)的(?!士)"
)


def _listed(scanned: Scan) -> Iterator[_Named]:
    """Objects of a visiting verb, and lists that end in 等企业, whatever their last word."""
    for hit in scanned.of("organizations"):
        if hit.row.kind == "visit":
            yield from _objects(scanned, hit)
        elif hit.row.kind == "loose":
            yield from _before(scanned, hit)


@lru_cache(maxsize=1)
def _weak() -> re.Pattern[str]:
    words = [r.word for r in read_table("organizations") if r.kind == "weak" or r.kind in _NAME_KINDS]
    return re.compile(f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})$")


_SETTLED = re.compile(r"(?:村|社区|街道|[镇乡县])$")  # places of a list that say nothing of its other members
_NO_OBJECT = re.compile(r"[团组队时]|期间|对接|学习|活动|工作|交流")


def _objects(scanned: Scan, verb: Hit) -> Iterator[_Named]:
    flat = scanned.flat
    if _NO_OBJECT.match(flat, verb.end):
        return
    stop = re.compile(
        r"[,。;:!?？\n]|进行|开展|实地|详细|了解|听取|查看|考察(?!团)|调研(?!组)|参观|走访|慰问(?!团)"
    ).search(flat, verb.end)
    limit = min(stop.start() if stop else len(flat), verb.end + 140)
    etc = re.search(r"等", flat[verb.end : limit])
    closed = etc is not None
    end = verb.end + etc.start() if etc else limit
    pieces = list(_pieces(flat, verb.end, end))
    if not closed and len(pieces) < 2:
        return
    named = [p for p in pieces if not _NOT_SITE.search(flat[p[0] : p[1]]) and not _common(flat[p[0] : p[1]])]
    if len(pieces) < 2 and not any(_weak().search(flat[s:e]) for s, e in named):
        return
    solid = sum(bool(_weak().search(flat[s:e])) for s, e in named)
    if not named or solid * 2 < len(pieces) - sum(bool(_SETTLED.search(flat[s:e])) for s, e in pieces):
        return
    for start, stop_at in named:
        if stop_at - start >= 3:
            yield _Named(start, stop_at, _kind_of(flat[start:stop_at]), "visited:" + verb.row.word)


def _pieces(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in [*_SPLIT.finditer(flat, start, end), None]:
        stop = match.start() if match else end
        begin = position
        position = match.end() if match else end
        while begin < stop and flat[begin] in '了到“"‘ ':
            begin += 1
        while stop > begin and flat[stop - 1] in '”"’ ':
            stop -= 1
        if begin < stop and _ITEM.fullmatch(flat, begin, stop) and not _open_bracket(flat[begin:stop]):
            yield begin, stop


_BRACKETS = re.compile(r"\(([^()\n,。;:]{5,80}、[^()\n,。;:]{2,60})\)")


def _bracketed(flat: str) -> Iterator[_Named]:
    """``帮扶车间(天合鞋业、远山酒厂)``: a list in brackets of which at least half end in a firm's last word."""
    for match in _BRACKETS.finditer(flat):
        pieces = [(s, e) for s, e in _pieces(flat, match.start(1), match.end(1)) if not _NOT_SITE.search(flat[s:e])]
        if sum(bool(_weak().search(flat[s:e])) for s, e in pieces) * 2 >= max(2, len(pieces)):
            for start, end in pieces:
                if end - start >= 3:
                    yield _Named(start, end, _kind_of(flat[start:end]), "list:()")


def _before(scanned: Scan, tail: Hit) -> Iterator[_Named]:
    flat = scanned.flat
    floor = max((flat.rfind(c, max(0, tail.start - 140), tail.start) for c in ",。;:\n!?？"), default=-1) + 1
    pieces = list(_pieces(flat, floor, tail.start))
    for index, (start, end) in enumerate(pieces):
        if index == 0:
            cut = [last for _, last, kept in _left_stops().find(flat, start, end) if not kept]
            start = max([*cut, *(m.end() for m in _COUNTED.finditer(flat, start, end))], default=start)
        name = flat[start:end]
        if (
            (len(name) >= 3 or (len(pieces) > 1 and name not in place_names()))
            and not _NOT_SITE.search(name)
            and (len(pieces) > 1 or _weak().search(name))
            and re.search(r"[\u3400-\u9fff]", name)
        ):
            kind = _kind_of(name)
            yield _Named(
                start, end, cast(OrganizationKind, tail.row.value) if kind == "company" else kind, tail.row.rule
            )


def _kind_of(name: str) -> OrganizationKind:
    """The kind the longest last word gives, ``site`` when none is known."""
    kinds = _kinds()
    return next((kinds[name[-size:]] for size in range(min(len(name), 10), 0, -1) if name[-size:] in kinds), "site")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, OrganizationKind]:
    kinds: dict[str, OrganizationKind] = {}
    for row in read_table("organizations"):
        if row.kind in _NAME_KINDS:
            kinds[row.word] = cast(OrganizationKind, row.kind)
        elif row.kind == "weak":
            kinds.setdefault(row.word, "company" if len(row.word) > 1 else "site")
    return kinds


_LEGAL = re.compile(r"(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$|集团$")
_PLACE = re.compile(r"^(?:[\u3400-\u9fff]{2,8}?(?:省|自治区|市|县|区|州|镇))+|^\([^)]*\)")
_ALIAS = re.compile(r"\s?\((?:以下|下)?(?:简)?称(?:为)?[:“\"]*([^”\")]{2,10})[”\"]*\)")


def _linked(scanned: Scan, named: list[_Named]) -> list[OrganizationMention]:
    """Add later mentions by short forms, and give every mention the fullest form of its name."""
    flat, text = scanned.flat, scanned.text
    full: dict[str, str] = {}
    for item in named:
        name = flat[item.start : item.end]
        alias = _ALIAS.match(flat, item.end)
        if alias:
            full[alias[1]] = name
        core = _LEGAL.sub("", name)
        if core != name:
            bare = _PLACE.sub("", core)
            for short in {core, bare}:
                if len(short) >= 4:
                    full.setdefault(short, name)
    taken = {p for item in named for p in range(item.start, item.end)}
    kinds = {flat[i.start : i.end]: i.kind for i in named}
    result = [(i.start, i.end, i.kind, i.rule) for i in named]
    if full:
        pattern = re.compile("|".join(re.escape(s) for s in sorted(full, key=len, reverse=True)))
        for match in pattern.finditer(flat):
            if match.start() not in taken and match.end() - 1 not in taken:
                result.append((match.start(), match.end(), kinds.get(full[match.group()], "company"), "short form"))
    names = sorted({flat[s:e] for s, e, _, _ in result}, key=len, reverse=True)
    canonical = {n: _canonical(n, names, full) for n in names}
    written = {flat[s:e]: text[s:e] for s, e, _, _ in sorted(result, reverse=True)}  # as first printed: （惠州）
    return [
        OrganizationMention(
            s, e, text[s:e], text[s:e], written.get(canonical[flat[s:e]], canonical[flat[s:e]]), kind, rule
        )
        for s, e, kind, rule in sorted(result)
    ]


def _canonical(name: str, names: list[str], full: dict[str, str]) -> str:
    if name in full:
        return full[name]
    core = _LEGAL.sub("", name)
    for other in names:
        if len(other) > len(name) and len(core) >= 3 and (core in other) and _LEGAL.search(other):
            return other
    return name
