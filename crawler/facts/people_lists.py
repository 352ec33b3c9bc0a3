"""People in lists: before 等 and a word for them, three in a row, two that open a sentence."""

from __future__ import annotations

import re

from crawler.facts.names import Name, likely
from crawler.facts.people_found import Finder
from crawler.facts.surnames import FUNCTION
from crawler.facts.tables import Hit, Row
from crawler.facts.words import is_word


def listed_before(finder: Finder) -> None:
    """``田庆敏、王锋、蒋智敏等县领导``, ``张三、李四等陪同``."""
    for match in _ETC.finditer(finder.flat):
        at = match.start()
        edge = _BREAK.match(finder.flat, max(0, at - 120), at)
        begin = edge.end() if edge else 0
        pieces = [piece.span() for piece in _PIECE.finditer(finder.flat, begin, at)]
        names: list[Name] = []
        for piece in reversed(pieces):
            start, end = piece
            parts = [piece]
            joint = _AND.search(finder.flat, start, end)
            if joint and finder.reader.exact(start, end, listed=True) is None:
                parts = [(joint.end(), end), (start, joint.start())]
            fitting = [(s, e, finder.reader.exact(s, e, listed=True)) for s, e in parts]
            if names:  # beside a sure name a common word may be one too: 罗兰, 石磊
                fitting = [(s, e, n or finder.reader.exact(s, e, listed=True, words=True)) for s, e, n in fitting]
            names += [Name(s, e, n, 3.0) for s, e, n in fitting if n]
            if any(n is None for _, _, n in fitting) and (names or piece is not pieces[-1]):
                if len(names) > 1 and (first := _first_of_list(finder, start, end)):
                    names.append(first)
                break
        if not names or _THINGS.match(finder.flat, match.end()):
            continue
        head = next((h for h in finder.heads_from(at + 1, at + 14) if h.row.kind in _HEADING), None)
        if head is None and len(names) < 2:
            continue
        if head is not None and _PAUSE.search(finder.flat, at, head.start):
            head = None
        title = (match.end(), head.end) if head else None
        for name in names:
            finder.add(name, title, head, "list:等")


def counted(finder: Finder) -> None:
    """``神经内科刘春生、普外科王海波三位医生``: names at the ends of pieces that name wards or schools."""
    flat = finder.flat
    for match in _HEADS.finditer(flat):
        count = _COUNT.search(flat, max(0, match.start() - 3), match.start())
        at = count.start() if count else match.start()
        if flat.rfind("、", max(0, at - _NEAR), at) < 0:
            continue
        head = next((h for h in finder.heads_from(match.end(), match.end() + 12) if h.row.kind == "head"), None)
        if head is None or _PAUSE.search(finder.flat, at, head.start):
            continue
        edge = _BREAK.match(finder.flat, max(0, at - 120), at)
        names: list[Name] = []
        for piece in _PIECE.finditer(finder.flat, edge.end() if edge else 0, at):
            start, end = piece.span()
            name = finder.reader.exact(start, end, listed=True)
            found = Name(start, end, name, 3.0) if name else _first_of_list(finder, start, end)
            if found is None:
                break
            names.append(found)
        else:
            for found in names if len(names) > 1 else ():
                finder.add(found, (match.end(), head.end), head, "list:counted")


def in_wards(finder: Finder) -> None:
    """``医务科李家仁、护理部胡显玲组成``: behind a ward, before a pause or what they make up."""
    if "医" not in finder.flat:
        return
    flat = finder.flat
    spans = [m.span(1) for m in _WARD.finditer(flat) if not flat.endswith(_NO_WARD, 0, m.start() + 1)]
    wards = [(_WARD_NAME.search(flat, max(0, start - 6), start), start, end) for start, end in spans]
    named = [(w.start(), a, z, finder.reader.exact(a, z, listed=True)) for w, a, z in wards if w is not None]
    sure = sum(bool(name and likely(name)) for _, _, _, name in named)
    for begin, start, end, name in named:
        if name and (likely(name) or sure > 1) and finder.covered.isdisjoint(range(start, end)):
            begin += flat[begin] in "长员"  # 队长|口腔综合科
            finder.add(Name(start, end, name, 2.0), (begin, start), _PHYSICIAN, "ward")


def _first_of_list(finder: Finder, start: int, end: int) -> Name | None:
    """The name at the end of a list's first piece, behind a verb, 的 or a title: 看望了在县里支教的|李佳."""
    for size in (3, 2):
        begin = end - size
        name = finder.reader.exact(begin, end, listed=True) if begin > start else None
        if name is None or finder.flat[begin] in FUNCTION:
            continue
        if finder.flat[begin - 1] in "的了" or finder.left_edge(begin):
            return Name(begin, end, name, 2.0)
    return None


def plain_lists(finder: Finder) -> None:
    """Three and more names in a row without a title."""
    for match in _RUN.finditer(finder.flat):
        begin = match.start()
        while begin > 0 and match.start() - begin < 12 and "\u3400" <= finder.flat[begin - 1] <= "\u9fff":
            begin -= 1
        if begin == match.start():
            continue
        pieces = [m.span() for m in _PIECE.finditer(finder.flat, begin, match.end())]
        inner = [(s, e, finder.reader.exact(s, e, listed=True)) for s, e in pieces[1:-1]]
        if len(inner) < 2 or not all(n for _, _, n in inner):
            continue
        for start, end, name in inner:
            if name:
                finder.add(Name(start, end, name, 2.0), None, None, "list:plain")
        for size in (3, 2):  # 选派|张三、李四: the first name stands behind a verb
            start = pieces[0][1] - size
            first = finder.reader.exact(start, pieces[0][1]) if start >= pieces[0][0] else None
            if first and (start == pieces[0][0] or is_word(finder.flat[start - 2 : start])):
                finder.add(Name(start, pieces[0][1], first, 2.0), None, None, "list:plain")
                break
        last = finder.reader.at(pieces[-1][0], least=2.2, listed=True)
        if last:
            finder.add(last, None, None, "list:plain")


def opening_pair(finder: Finder) -> None:
    """``刘远山、王秋英分别代表…``: two names that open a sentence, before a verb."""
    opened = _OPENED.match(finder.flat)
    later = [match for pattern in _OPENED_LATER for match in pattern.finditer(finder.flat)]
    for match in sorted([*((opened,) if opened else ()), *later], key=lambda match: match.start(1)):
        first = finder.reader.at(match.start(1), least=3.0, listed=True)
        if first is None or first.end != match.end(1) or not likely(first.text) or first.text[0] in FUNCTION:
            continue
        second = finder.reader.at(match.end(), least=2.9, listed=True)
        if second is not None and likely(second.text) and second.text[0] not in FUNCTION:
            finder.add(first, None, None, "list:opening")
            finder.add(second, None, None, "list:opening")


_HEADING = frozenset({"leader", "head", "polite"})
_BREAK = re.compile(r"(?s:.*)[,。;:\n“”(!?？]")
_ETC = re.compile(r"等(?<=[\u3400-\u9fff]等)(?!级|于|待|同于|额|方面|领域|地)(?:\d+[名位人])?")
# each begins with the rarest letter it holds, which is searched faster
_HEADS = re.compile(r"[名位](?<=[一二两三四五六七八九十\d][名位])")
_NEAR = 12  # characters before the number in which the last of such a list is told
_COUNT = re.compile(r"等?(?:[一二两三四五六七八九十]{1,2}|\d{1,2})$")
_WARD = re.compile(
    r"[科部](?:(?<=科)|(?<=护理部))([\u4e00-\u9fff]{2,3})(?=[、,()和及]|组成|的带领|已于|等|[两三四五六七八九十\d][名位人])"
)
_WARD_NAME = re.compile(r"(?:(?![及和由、])[\u4e00-\u9fff]){1,5}科$|护理部$")
_NO_WARD = ("学科", "专科", "本科")
_PHYSICIAN = Hit(0, 0, Row("titles", "医师", "head", ""))
_OPENED = re.compile(r"[ ]*([\u3400-\u9fff]{2,3})、")
_OPENED_LATER = tuple(re.compile(mark + _OPENED.pattern) for mark in "。\n")
_RUN = re.compile(r"、(?:[\u3400-\u9fff]{2,4}、){2,}[\u3400-\u9fff]+")
_PIECE = re.compile(r"[^、]+")
_PAUSE = re.compile(r"[,。;:、\n在与对到陪]")
# 发改、卫健、文旅等部门: what is listed are no people
_THINGS = re.compile(
    r"(?:有关|相关|市直|县直|州直|区直|多个|各|多|几)?(?:\d+[个家种项类款]|部门|单位|局|委办|企业|公司|机构|[地县区市镇乡村](?![领委长政人办有])|街道|学校|医院|产品|农产品|项目|行业|产业|学科|专业|科室|课程|系统|领域)"
)
_AND = re.compile(r"和|及|以及")
