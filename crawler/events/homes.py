"""Whose paper is speaking: the jurisdiction behind 我县, 本市 and unprefixed titles."""

from __future__ import annotations

import re
from collections import Counter

from crawler.events.outlets import above, county_of, outlet_of, places_of, speaks_for
from crawler.events.scenes import Sentence
from crawler.events.sides import Party, Sides, lies_in, party
from crawler.events.tables import Hit, Word, lexicon
from crawler.places import PlaceMention, gazetteer, ties_of

_AFTER = re.compile(
    r"[,，。、]|看望|考察|调研|对接|交流|开展|学习|参观|指导|慰问|洽谈|推进|召开|参加|进行|访问|挂[职任]|任职|担任|支教|支医|出席|走访|视察|就"
)
_CALLS = re.compile(r"考察|调研|对接|交流|学习|参观|访问|洽谈|慰问|回访")
_SAID_ALONE = "县旗州"  # 来县考察, 到县挂任副县长: said of the one main party of that level
_TAKES_OFFICE = re.compile(r"挂[职任]|任职|担任|支教|支医")
_TOGETHER = re.compile(r"(?:双方|两地|两市|两县|两区|一家亲|扶贫|东西部|协作|结对|携手)")
# 我省援青干部, 我省第十批援疆教师: those who help
_AIDS = re.compile(r"(?:的|全体|首批|第[^,，。;；]{1,3}批)?援(?:建|[疆藏青滇黔川甘宁桂陕蒙琼彝])")
# 甲市与我市, 甲市18家企业与我市
# 我市捐赠物资助力广州: whom it helps is another place
_HELPS = re.compile(r"[^,，。;；]{0,20}(?:向|为|给|助力|支援|驰援|援助|帮扶|慰问|送往|发往|运往|寄往)$")
_WITH = re.compile(r"[^,，。;；:：]{0,14}[与和同]")
# 我市四个镇区与结对的昭通市, 我市由小榄镇结对昭通市: two places
_TWO = re.compile(
    r"[^,，。;；]{0,30}(?:[与和同]|(?:对口|结对)(?:帮扶|支援|协作|援助)?|帮扶|支援|援助)(?:了|的|结对的|对口的)?"
)
_LEVELS = {
    "县": "county",
    "区": "county",
    "旗": "county",
    "市": "any city",
    "州": "prefecture",
    "镇": "town",
    "乡": "town",
    "省": "province",
}


def given_home(home: str | None) -> Party | None:
    """The declared jurisdiction (adcode or full name) as a party."""
    if not home:
        return None
    units = gazetteer()
    unit = units.by_code(home) if home.isdigit() else units.by_full_name(home)
    return Party(unit.full_name, unit.code) if unit is not None else None


def infer_home(
    sentences: list[Sentence], sides: Sides, title: list[PlaceMention], headline: str = "", outlet: str = ""
) -> tuple[Party | None, str]:
    """Guess the paper's jurisdiction from 我市/我县 (the party of that level), its ``outlet``, or 来X / 赴X."""
    said = [hit for s in sentences if "home_word" in s.kinds for hit in s.kinds["home_word"]]
    if "我" in headline or "本" in headline:
        said += [hit for hit in lexicon().scan(headline) if hit.has("home_word")]
    words = [hit.word.text[1] for hit in said if hit.word.text[0] in "我本"]
    if words:
        mentions = [m for s in sentences for m in s.places] + title
        kind = Counter(words).most_common(1)[0][0]
        counted: Counter[Party] = Counter()
        for mention in mentions:
            found = party(mention)
            # 杭州某某有限公司 tells where a firm is, not whose paper it is
            if found is not None and mention.basis != "organisation" and sides.of(found) and _fits(kind, found):
                counted[found] += 1
        mains = (sides.donor, sides.recipient)
        for main in mains:
            if main is not None and _fits(kind, main):
                counted[main] += 2
            for parent in (above(main), county_of(main)) if main is not None else ():
                if parent is not None and sides.of(parent) and _fits(kind, parent):
                    counted[parent] += 1
        for found in places_of(outlet):  # 泾源县融媒体中心 beside 闽宁协作: our county lies in what is told
            if _fits(kind, found) and any(m is not None and found.name.startswith(m.name) for m in mains):
                counted[found] += 1
        for found in counted:
            counted[found] += 5 * (found.name[-1] == kind) - 20 * _beside(found, sentences)
            counted[found] -= 20 * _across(found, kind, sentences, sides)
            counted[found] += 10 * _introduces(found, kind, sentences)  # 前往我市化隆县
            counted[found] += 10 * _gone_to(found, sentences, ("来", "来到", "莅"))
            counted[found] -= 10 * _gone_to(found, sentences, ("赴",), from_home=True)
            counted[found] += 20 * speaks_for(outlet, found)  # 安康新闻网, 通州区委宣传部
            # a unit below the main party fits as well as the party itself
            counted[found] += 2 * any(m is not None and found.name.startswith(m.name) for m in mains if m != found)
        tied = None if any(found.name.endswith(kind) for found in counted) else _tied_part(kind, sides)
        if counted and tied is None:
            best = max(counted.items(), key=lambda item: item[1])
            return best[0], f"我{kind}: the party of that level"
        if tied is not None:
            return tied, f"我{kind}: the official partner of that level"
    named = [main for main in (sides.donor, sides.recipient) if main is not None and outlet_of(outlet, main)]
    if len(named) == 1:
        return named[0], "the outlet is named for it"
    for sentence in sentences[:3]:
        for move in sentence.of("move"):
            if sentence.spoken(move.start):
                continue
            target = next((m for m in sentence.places if 0 <= m.start - move.end <= 1 and m.unit is not None), None)
            found = party(target) if target else None
            side = sides.of(found)
            if found is None or side is None:
                continue
            if move.word.text in ("来", "来到", "莅"):
                return found, "来: written at the place visited"
            if move.word.text == "赴":
                other = sides.recipient if side == "supporting" else sides.donor
                return other, "赴: written where the travellers come from"
    return None, "no sign of the paper's jurisdiction"


def _tied_part(kind: str, sides: Sides) -> Party | None:
    """我区 in a paper that names its province alone (苏陕): the one part of it that is tied to the other side."""
    found: set[Party] = set()
    for whole, other in ((sides.donor, sides.recipient), (sides.recipient, sides.donor)):
        if whole is None or other is None or not whole.code.endswith("0000") or other.code.endswith("0000"):
            continue
        for row in ties_of(other.code, sides.date):
            name = row.donor if row.recipient == other.name else row.recipient if row.donor == other.name else ""
            unit = gazetteer().by_full_name(name) if name.endswith(kind) and name.startswith(whole.name) else None
            if unit is not None and unit.full_name != whole.name:
                found.add(Party(unit.full_name, unit.code))
    return found.pop() if len(found) == 1 else None


def _gone_to(candidate: Party, sentences: list[Sentence], words: tuple[str, ...], *, from_home: bool = False) -> bool:
    """Whether the report opens with people who 来 the candidate, or 赴 it from no place that is named: ours."""
    return any(
        move.word.text in words
        and 0 <= m.start - move.end <= 1
        and party(m) == candidate
        and not (from_home and any(one.start < move.start for one in sentence.places))
        for sentence in sentences[:3]
        for move in sentence.of("move")
        for m in sentence.places
    )


def _introduces(candidate: Party, kind: str, sentences: list[Sentence]) -> bool:
    """Whether 我市 stands right before a place that lies in the candidate."""
    return any(
        hit.word.text[1] == kind and _its_part(sentence, hit, candidate)
        for sentence in sentences
        for hit in sentence.of("home_word")
    )


def _its_part(sentence: Sentence, hit: Hit, whole: Party) -> bool:
    """我市化隆县: the word for home only says that the county behind it is one of ours."""
    return any(m.start == hit.end and len(m.quote) > 1 and lies_in(m, whole) for m in sentence.places)


def _beside(candidate: Party, sentences: list[Sentence]) -> int:
    """Clauses in which the candidate comes to, gives to or meets in 我市: nobody writes 六盘水市代表团到我市 of it."""
    count = 0
    for sentence in sentences:
        for hit in sentence.of("home_word"):
            offset = hit.start - sentence.start
            if hit.word.text[0] in "我本" and sentence.text[:offset].endswith(
                ("到", "来", "赴", "往", "抵", "达", "访", "向", "给", "为", "在", "临", "帮扶", "支援", "援助", "援建")
            ):
                low, _ = sentence.clause(hit.start)
                count += any(low <= m.start < hit.start and party(m) == candidate for m in sentence.places)
    return count


def _across(candidate: Party, kind: str, sentences: list[Sentence], sides: Sides) -> int:
    """How often 我市 is another place: 我市代表团赴甲, 我市与甲, and for who is helped 我省援青干部."""
    count = 0
    for sentence in sentences:
        text, base = sentence.text, sentence.start
        for hit in sentence.of("home_word"):
            if hit.word.text[0] not in "我本" or hit.word.text[1] != kind:
                continue
            if _AIDS.match(text, hit.end - base):
                count += sides.of(candidate) == "supported"
            goes = [move.end for move in sentence.of("move", hit.end, sentence.clause(hit.start)[1])]
            for mention in sentence.places:
                named = party(mention)
                if named is None or len(mention.quote) < 2 or not candidate.name.startswith(named.name):
                    continue
                gap = text[hit.end - base : mention.start - base] or text[mention.end - base : hit.start - base]
                helped = mention.start >= hit.end and _HELPS.fullmatch(gap)
                two = (
                    helped
                    or _WITH.fullmatch(gap)
                    or _TWO.fullmatch(text, hit.end - base, max(hit.end, mention.start) - base)
                )
                count += two is not None or any(0 <= mention.start - end <= 1 for end in goes)
    return count


def _fits(kind: str, candidate: Party) -> bool:
    if kind not in _LEVELS:
        return False
    last = candidate.name[-1]
    if kind == "市":
        return last == "市"
    if kind == "区" and candidate.name.endswith("自治区"):
        return True
    if kind in "县区旗":
        return last in "县区旗市" and not candidate.code.endswith("00")
    return last == kind


def place_initials(sentences: list[Sentence], sides: Sides) -> None:
    """Let 来秀, 赴秀, 在秀期间 stand for the main party whose name has that character, as mentions like any other."""
    initials: dict[str, Party] = {}
    couples = _couples(sides)
    for main in (sides.recipient, sides.donor):
        unit = gazetteer().by_code(main.code) if main else None
        for char in {*unit.name[:2], *(unit.name[-1:] if unit.name[-1] in _SAID_ALONE else "")} if unit else ():
            initials[char] = main if initials.get(char, main) == main else None  # type: ignore[assignment]
    for sentence in sentences:
        both = [m for m in sentence.places if m.quote in couples and _together(m, sentence)]
        if both:
            sentence.places = [m for m in sentence.places if m not in both]
        _part_coming(sentence, initials)
        for hit in sentence.of("move"):
            offset = hit.end - sentence.start
            char = sentence.text[offset : offset + 1]
            main = initials.get(char)
            if main is None or not _AFTER.match(sentence.text, offset + 1):
                continue
            # 到常考察交流, not 到州考察: 到 stands before many a word
            calls = _CALLS if char not in _LEVELS else _TAKES_OFFICE
            if hit.word.text[-1] not in "来赴抵莅" and not calls.match(sentence.text, offset + 1):
                continue
            taken = [m for m in sentence.places if m.start <= hit.end < m.end]
            if any(len(m.quote) > 1 or m.unit is None or main.code.startswith(m.unit.code[:2]) for m in taken):
                continue
            sentence.places = [m for m in sentence.places if m not in taken]
            unit = gazetteer().by_code(main.code)
            sentence.places.append(PlaceMention(hit.end, hit.end + 1, char, main.name, unit, (), "home"))
            sentence.places.sort(key=lambda m: m.start)


_COMING = "来临"
_COME = Word("来", frozenset({"move"}), 0, True)


def _part_coming(sentence: Sentence, initials: dict[str, Party]) -> None:
    """代表团来临考察 of 临沂: the word for what draws near is a movement and a place."""
    at = sentence.text.find(_COMING)
    if at < 0 or initials.get(_COMING[1]) is None or _AFTER.match(sentence.text, at + 2) is None:
        return
    start = sentence.start + at
    moved = sentence.kinds.setdefault("move", [])
    moved.append(Hit(start, start + 1, _COME))
    moved.sort(key=lambda one: one.start)


def _couples(sides: Sides) -> frozenset[str]:
    """通镇, 中昭: one character of each main party."""
    units = [gazetteer().by_code(main.code) for main in (sides.donor, sides.recipient) if main]
    names = [unit.name[:2] for unit in units if unit]
    if len(names) != 2:
        return frozenset()
    return frozenset(a + b for one, other in (names, names[::-1]) for a in one for b in other)


def _together(mention: PlaceMention, sentence: Sentence) -> bool:
    """通镇双方, 中昭两地: what stands behind says that both are meant, and no town of that name."""
    return _TOGETHER.match(sentence.text, mention.end - sentence.start) is not None


def place_home_words(sentences: list[Sentence], home: Party | None) -> None:
    """Let 我市, 本县 … stand for the paper's jurisdiction of that level, as mentions like any other place."""
    if home is None:
        return
    unit = gazetteer().by_code(home.code)
    for sentence in sentences:
        for hit in sentence.of("home_word"):
            if hit.word.text[0] not in "我本" or not _fits(hit.word.text[1], home) or _its_part(sentence, hit, home):
                continue
            sentence.places = [
                m for m in sentence.places if m.unit is not None or m.start >= hit.end or m.end <= hit.start
            ]
            if any(m.start < hit.end and hit.start < m.end for m in sentence.places):
                continue
            mention = PlaceMention(hit.start, hit.end, hit.word.text, home.name, unit, (), "home")
            sentence.places.append(mention)
            sentence.places.sort(key=lambda m: m.start)
