"""Members of a list whose neighbours are bodies by name: firms told by a brand alone, societies without their place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from crawler.facts.organization_edges import behind_stops
from crawler.facts.organization_words import Named, behind_place, common, trade_words
from crawler.facts.surnames import FREQUENT
from crawler.facts.words import place_names, tokens

SEPARATOR = re.compile(r"、|以及|暨|(?<![平和谐共饱缓温祥])和(?![平谐美睦润顺田静])|及|与")
_NAME = re.compile(r"[\u3400-\u9fffA-Za-z0-9&·]{2,10}")
_AHEAD = re.compile(r"[\u3400-\u9fffA-Za-z0-9&·、]+$")
_REACH = 16
_SHORT = 3
# what bodies do behind the last name of a list; the committees of a firm act for it
_ACTS = re.compile(
    r"(?:党委|工会|团委)?(?:等|[\d一二三四五六七八九十]+[家个]|企业|公司|单位|也|还|均|都|各|共同|同时|分别|联合|先后|当场|现场|当天|慷慨|主动|积极|共|向[^,，。;；]{2,24}|就[^,，。;；]{2,20}|为[^,，。;；]{2,24}|给[^,，。;；]{2,16})*"
    r"(?:捐|认捐|认领|认购|资助|赞助|出资|拿出|发放|送|签|作了?(?:推介|发言|交流)|推介|路演|缔结|达成|代表|慷慨|筹|募|提供|支援|援助|联合|协办|承办|主办)"
)
# between two parties: 甲集团与乙县政府先后签约
_WITH = re.compile(
    r"与[^,，。;；、]{2,16}(?:、[^,，。;；、]{2,8}[县市区旗州镇乡村])*(?:先后|分别|当场|现场|正式|成功|就[^,，。;；]{2,20})*(?:签|达成)"
)
_NO_NAME = re.compile(
    r"^(?:其|该|本|我|各|全|两|三|多|等|部分|有关|相关|当地|其他|爱心|社会|一批|价值|资金|物资|以|并|在|由|向|为|对|把|将|被|让)"
    r"|[长员人们生师民户者村镇县区市州省乡局办委组队厅部处科站所款具资元]$|\d[余多]?[\u3400-\u9fff]{1,2}$|(?:资|奖|基|现|学|慰问|善)金$|(?:衣|财|礼|实|谷)物$|人大$|政协$|政府$|法院$|检察院$|武装部$|(?:用|产|礼|商|奖|展)品$|代表$|家属$|夫妇$|夫妻$|兄弟$|姐妹$|先生$|女士$|同学$|同志$|干部$|群众$|家长$|领导$|嘉宾$|各界$|仪式|活动|座谈|会议|项目|书记|主席|主任|的"
)
_SOCIETY = frozenset(
    ["慈善总会", "慈善会", "红十字会", "工商联", "妇联", "残联", "总工会", "侨联", "科协", "文联", "关工委", "青联"]
)
_PROPER = frozenset({"x", "nz", "ns", "j"})
_OWN = frozenset({"x", "nz", "j"})
_ANCHORS = frozenset({"company", "association"})


def kin(flat: str, named: Sequence[Named], persons: Sequence[tuple[int, int]]) -> Iterator[Named]:
    """Names of a list that only their neighbours tell to be bodies, when what the list does is to give or sign."""
    starts = [item.start for item in named]
    ends = [item.end for item in named]
    found: dict[int, Named] = {}
    for item in named:
        if item.kind not in _ANCHORS:
            continue
        at = item.end
        while gap := SEPARATOR.match(flat, at):
            after = bisect_left(starts, gap.end())
            if after < len(starts) and starts[after] == gap.end():
                at = ends[after]
                continue
            stop = _stop(flat, gap.end(), starts)
            if stop is None or not can_name(flat, gap.end(), stop, persons):
                break
            found[gap.end()] = _made(flat, gap.end(), stop)
            at = stop
        at = item.start
        while (begin := _start(flat, at, ends)) is not None:
            first, last = begin
            if not _listed(flat, item.end, named) or not can_name(flat, first, last, persons):
                break
            found.setdefault(first, _made(flat, first, last))
            at = first
    yield from found.values()


def _stop(flat: str, at: int, starts: Sequence[int]) -> int | None:
    """Where the name that begins behind a separator ends: before another one of the list or what they all do."""
    whole = _NAME.match(flat, at)
    if whole is None:
        return None
    after = bisect_right(starts, at)
    limit = min(whole.end(), starts[after] - 1) if after < len(starts) else whole.end()
    for end in range(at + 2, limit + 1):
        if SEPARATOR.match(flat, end) or _ACTS.match(flat, end):
            return end
    return None


def _start(flat: str, at: int, ends: Sequence[int]) -> tuple[int, int] | None:
    """The name that ends before a separator in front of ``at``, unless a body stands there already."""
    size = 2 if flat.startswith("以及", at - 2) else 1
    last = at - size
    if last < 2 or SEPARATOR.fullmatch(flat, last, at) is None:
        return None
    ahead = _AHEAD.search(flat, max(0, last - _REACH), last)
    if ahead is None:
        return None
    first = ahead.start()
    before = bisect_right(ends, last)
    if before and ends[before - 1] > first:
        first = ends[before - 1]
        if first == last:
            return None
    for gap in SEPARATOR.finditer(flat, first, last):
        first = gap.end()
    if last - first <= _SHORT and _unknown(flat[first:last]) == last - first:
        return first, last  # 麦当劳 holds no 当
    return behind_stops(flat, first, last), last


def _listed(flat: str, end: int, named: Sequence[Named]) -> bool:
    """Whether a list that goes on behind ``end`` closes with what bodies do."""
    while (gap := SEPARATOR.match(flat, end)) is not None and not _WITH.match(flat, end):
        following = next((item for item in named if item.start == gap.end()), None)
        if following is None:
            stop = _stop(flat, gap.end(), [item.start for item in named])
            if stop is None:
                return False
            end = stop
        else:
            end = following.end
    return _WITH.match(flat, end) is not None or _ACTS.match(flat, end) is not None


def can_name(flat: str, start: int, end: int, persons: Sequence[tuple[int, int]]) -> bool:
    """Whether a member of a list can only be a name: a society without its place, or what no dictionary has."""
    name = flat[start:end]
    if name in _SOCIETY:
        return True
    if not _NAME.fullmatch(name) or _NO_NAME.search(name) or common(name) or name in place_names():
        return False
    if any(first < end and start < last for first, last in persons):
        return False
    own = behind_place(name)
    if not own or (len(name) <= _SHORT and name[0] in FREQUENT):
        return False  # 甲集团、刘家兴: a person
    unknown = _unknown(own)
    traded = any(own.endswith(trade) for trade in trade_words()) and len(own) >= 4
    if (unknown >= 2 or traded) and (len(name) > 3 or unknown == len(own)):
        return True
    # 盘江煤电, 青岛琅琊台: names of places and what the dictionary has for no plain word
    tags = {tag for _, tag in tokens(name)}
    return len(name) > 3 and tags <= _PROPER and bool(tags & _OWN)


def _unknown(name: str) -> int:
    """How many characters of a name no dictionary knows but as a proper name."""
    return sum(len(word) for word, tag in tokens(name) if tag in ("x", "nz"))


def _made(flat: str, start: int, end: int) -> Named:
    kind = "association" if flat[start:end] in _SOCIETY else "company"
    return Named(start, end, kind, "list:kin")  # type: ignore[arg-type]
