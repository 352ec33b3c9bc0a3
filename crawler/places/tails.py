"""What stands behind a place name: a village, or the rest of an organisation's name; and the finished mention."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from crawler.places.context import Context
from crawler.places.forms import Entry, markers, short_forms
from crawler.places.gazetteer import Unit, gazetteer, town_stem
from crawler.places.making import maker, occurrences
from crawler.places.mention import Hit, PlaceMention

VILLAGE = re.compile(r"((?!举[行办]|召开|签[订署]|开展)[一-龥]{1,6}?(?:(?<!驻)村|社区|嘎查))(?![民落镇级])")
OFFICE = "办事处"  # of a street: 万峰林街道办事处落水洞村
ZONE = re.compile(
    r"(?:国家级|省级)?(?:高新技术(?:产业)?开发区|经济(?:技术)?开发区|高新区|经开区|综合保税区|保税区|台商投资区)"
    r"(?!管委会主任|分局)"
)
_VILLAGED = frozenset("县市区旗镇乡道木")  # last characters of names of places that villages lie in
_ZONE_STARTS = frozenset("国省高经综保台")  # first characters of ZONE
TOWN = re.compile(r"([一-龥]{2,3})(镇|乡|街道|苏木)(?![村镇亲下情])")
_TOWN_STARTS = frozenset("镇乡街苏")  # what the kind of TOWN begins with
FAMILY = re.compile(r"[一-龥]家[一-龥]{0,2}村")
NOT_IN_NAMES = "，。；、！？：“”‘’《》（）()\\s,.;:!?"


def read_villages(text: str, hits: list[Hit]) -> None:
    """Read a village name right behind a county or town; hits inside the village's name go."""
    out = []
    covered = 0
    for hit in hits:
        if hit.start < covered:
            continue
        out.append(hit)
        behind = text[hit.end : hit.end + 1]
        if behind in _ZONE_STARTS and (zone := _zone_behind(text, hit)):
            hit.zone, hit.end, hit.strong = zone, hit.end + len(zone), True
            covered = hit.end
        elif text[hit.end - 1] == hit.entry.form[-1] in _VILLAGED and "一" <= behind <= "龥" and hit.candidates:
            begun = text[hit.end + 2 : hit.end + 3] in _TOWN_STARTS or text[hit.end + 3 : hit.end + 4] in _TOWN_STARTS
            if begun and (town := _unlisted_town(text, hit)):
                _take_town(hit, town)
                covered = hit.end + len(hit.village)
            at = hit.end + len(hit.village)
            office = OFFICE if text[at - 1] == "道" and text.startswith(OFFICE, at) else ""
            tail = text[at + len(office) : at + len(office) + 8]
            found = VILLAGE.match(text, at + len(office)) if "村" in tail or "社区" in tail or "嘎查" in tail else None
            if found and not _is_word(found.group(1)):
                hit.village += office + found.group(1)
                covered = found.end(1)
    hits[:] = out


def _zone_behind(text: str, hit: Hit) -> str:
    """A development zone that a table of zones lacks, right behind its city: 珠海|高新区; else ''."""
    if hit.zone or hit.entry.deixis or len(hit.candidates) != 1 or hit.end - hit.start < 2 or hit.basis == "pair":
        return ""
    unit = hit.candidates[0]
    if isinstance(unit, int) or gazetteer().rows(unit)[-1].level == "province":
        return ""
    found = ZONE.match(text, hit.end)
    return found.group() if found else ""


def _take_town(hit: Hit, written: str) -> None:
    """Make a county's match that of its town: the one with this stem (铁楼乡 for 铁楼藏族乡), else by its own name."""
    county = str(hit.candidates[0])
    known = gazetteer().towns_by_stem(county).get(town_stem(written))
    if known is None or gazetteer().town(known).name[-1] != written[-1]:
        hit.village = written
    else:
        name = gazetteer().town(known).name
        hit.candidates, hit.entry, hit.chained = [known], Entry(name, towns=(known,)), True
        hit.end += len(written)


def _unlisted_town(text: str, hit: Hit) -> str:
    """A town behind a county whose table lacks it (new, renamed or merged), if any town bears such a name; else ''."""
    if hit.entry.form[-1] not in "县市区旗" or len(hit.candidates) != 1:
        return ""
    found = TOWN.match(text, hit.end)
    if not found:
        return ""
    known, own = gazetteer().towns_named, gazetteer().towns_by_stem(str(hit.candidates[0]))
    if found.group(1) not in own and not any(found.group(1) + kind in known for kind in ("镇", "乡", "街道", "苏木")):
        return ""
    return found.group()


def _is_word(name: str) -> bool:
    words = markers()["notvillage"]  # 中山村 is a village, 偏远山村 is none
    if FAMILY.fullmatch(name):
        return False  # 肖家山村
    return any(name.endswith(w) and not len(name) - len(w) == 1 == len(w) - 1 for w in words) or any(
        w in name for w in markers()["villagestop"]
    )


def repeat_villages(text: str, hits: list[Hit]) -> list[Hit]:
    """Bare later mentions of a village that was introduced with its town."""
    named: dict[str, Hit] = {}
    for h in hits:
        if h.village and len(h.village) > 2:
            named.setdefault(h.village, h)
    if not named:
        return hits
    starts, gone, more = [h.start for h in hits], set(), []
    words = list(named)
    for which, at, stop in occurrences(words, text):
        first = max(0, bisect_right(starts, at) - 1)
        over = [i for i in range(first, bisect_left(starts, stop)) if hits[i].end + len(hits[i].village) > at]
        if not any(hits[i].village or hits[i].start < at or hits[i].end > stop for i in over):
            gone.update(over)
            known = named[words[which]]
            more.append(Hit(at, at, known.entry, known.candidates, basis="village", village=words[which]))
    return sorted([*(h for i, h in enumerate(hits) if i not in gone), *more], key=lambda h: h.start)


def organisation_ends(text: str) -> list[int]:
    """Where last words of organisations' names begin."""
    return [start for _, start, _ in _org_ends().find_matches_as_indexes(text)]


@cache
def _org_ends() -> AhoCorasick:
    return AhoCorasick(list(markers()["orgend"]), matchkind=MatchKind.LeftmostLongest)


def to_mention(text: str, hit: Hit, context: Context, org_ends: Sequence[int]) -> PlaceMention:
    """The finished record of a match."""
    start, form, village = hit.start, hit.entry.form, hit.village
    end = hit.end + len(village)
    quote = text[start:end]
    if len(hit.candidates) != 1 or hit.basis == "ambiguous":
        units = tuple(context.unit(c, form) for c in hit.candidates)
        return _mention(start, end, quote, quote, None, units[:50], hit.basis or "ambiguous")
    unit, name = context.named(hit.candidates[0], form, text[start : hit.end] if village else quote)
    if hit.zone:
        return _mention(start, end, quote, context.full_name(unit) + _own_part(hit.zone, unit), unit, (), "zone")
    if village:
        return _mention(start, end, quote, name + village.replace(OFFICE, "", 1), unit, (), "village")
    following = bisect_left(org_ends, end)
    if (
        following < len(org_ends)
        and org_ends[following] <= end + _REST
        and _org_pattern().match(text, end, end + _REST)
    ):
        basis = "organisation"
    else:
        basis = hit.basis or ("parents" if hit.chained else "full")
    return _mention(start, end, quote, name, unit, (), basis)


_mention = maker(PlaceMention)


_REST = 32  # characters that the rest of an organisation's name may have


@cache
def _org_pattern() -> re.Pattern[str]:
    """What completes an organisation's name behind a place without a break, a verb or an office."""
    words = markers()
    stop = "|".join(map(re.escape, words["orgstop"]))
    ends = "|".join(sorted(map(re.escape, words["orgend"]), key=len, reverse=True))
    inside = f"(?:(?!{stop})[^{NOT_IN_NAMES}的与及在向为由把将了是有到对给让从于])"
    branch = f"(?:{inside}{{1,8}}[（(][一-龥]{{2,6}}[）)])?"  # 贺兰神(宁夏)国际葡萄酒庄有限公司
    return re.compile(f"(?!和){branch}{inside}{{0,18}}?(?:{ends})(?!化|家数)")


def _own_part(zone: str, unit: Unit) -> str:
    """A zone's name without its city's: 石家庄高新技术产业开发区 under 石家庄市 -> 高新技术产业开发区."""
    for prefix in (unit.name, short_forms(unit.name)[1]):
        if (
            prefix
            and zone.startswith(prefix)
            and len(zone) - len(prefix) > 2
            and not zone[len(prefix) :].startswith("新区")
        ):
            return zone[len(prefix) :]
    return zone
