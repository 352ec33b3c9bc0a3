"""Where a personal name begins and ends: surname, given name, and what may stand behind it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from crawler.facts.surnames import (
    ADDRESS,
    COMPOUND,
    FOREIGN_SYLLABLES,
    FREQUENT,
    FUNCTION,
    MORPHEMES,
    NEVER_GIVEN,
    PREPOSED,
    RELUCTANT,
    SINGLE,
    UNIT_CHARS,
)
from crawler.facts.tables import Hit, Scan, read_table
from crawler.facts.words import is_word, names_thing, word_class, word_kinds

HARD = frozenset(",.;:、。!?？()[]{}“”\"'‘’《》<>〈〉【】|/\\\n\r\t …—-~=+&　「」『』︰")
_HAN = re.compile(r"[\u3400-\u9fff〇]+")
_DOTTED = re.compile(r"[\u3400-\u9fff]{1,6}(?:[·•・‧∙．][\u3400-\u9fff]{1,8})+")
_DOT = re.compile(r"[·•・‧∙．]")
_SPACED = re.compile(r"([\u3400-\u9fff]) {1,4}([\u3400-\u9fff])")
_NAXI = ("怒江", "丽江", "迪庆", "纳西", "香格里拉", "福贡", "兰坪", "泸水", "贡山", "维西", "宁蒗", "鹤庆")
_MASKS = frozenset("某×Xx*")
_MASKED = re.compile(r"[\u3400-\u9fff](?:某某|某|××|XX|xx|\*\*|\*)(?![\u3400-\u9fff]?村)")


_BODIES = frozenset({"company", "school", "hospital", "association", "museum", "institute"})
_FOLLOWING = frozenset({"leads", "hosts", "takes_part", "speech", "follow"})
_GOVERNING = frozenset("来到向为对")
_SAID = frozenset(",:“道")
_AGED_BY = frozenset("近仅过满逾约0123456789")  # behind 年 of an age: 年近六旬
_DONE = ("陪同", "带领", "率领", "主持", "引导", "见证", "邀请", "介绍", "协调", "组织")  # behind 的 of who does it
_CHAIRED = ("任团长", "任组长", "任队长", "任领队")
_ADVERBS = frozenset("于将已也均还")  # no preposition stands before one
_JOINING = frozenset("同和与跟为在由从")
_TELLING = frozenset("年等的同") | _JOINING


class Name(NamedTuple):
    """A name and how sure its right edge is (3 = punctuation, 1 = only a dictionary word follows)."""

    start: int
    end: int
    text: str
    score: float


_NO_END = 0.3  # the edge of a character that belongs to the name
_LEVELS = frozenset("省市县区州镇乡村旗盟")
GROUPS = frozenset("组队会部局院站科处室团厅所班层方人员户")  # last characters of bodies and groups


@lru_cache(maxsize=1)
def _single_followers() -> frozenset[str]:
    return frozenset(row.word for row in read_table("cues") if row.kind == "follow" and len(row.word) == 1)


@lru_cache(maxsize=1)
def _followers() -> frozenset[str]:
    kinds = ("leads", "hosts", "takes_part", "speech")
    return frozenset(row.word for row in read_table("cues") if row.kind in kinds and len(row.word) > 1)


@lru_cache(maxsize=1)
def _follower_starts() -> frozenset[str]:
    return frozenset(word[0] for word in _followers())


def _reluctance(char: str, edge: float) -> float:
    """How unwilling a name is to end in ``char``; little when punctuation leaves it no choice."""
    weight = RELUCTANT.get(char, 0.0)
    return weight * 0.3 if edge >= 3 and weight < 3 else weight


def _namelike(word: str, edge: float) -> bool:
    """Whether a common word may be a name behind a title: 县长高峰, but not 高度, 信箱 or 带头."""
    kind = word_class(word)[:1]
    if edge < 2.4 or word in _never() or word[0] in FUNCTION:
        return False
    if word[0] in FREQUENT:
        return kind in "nvasz" or (kind == "m" and edge >= 3)  # 市委书记许成,
    return edge < 3 and kind not in "dcpr" and word_class(word) != "ns"  # 代表|杭州|考察


def _torn(text: str, edge: float, *, listed: bool) -> bool:
    """Whether a surname that is also a function word is one here: 关于|协, 向|大会, but not 关博识."""
    if edge >= 3:
        return False
    if text[0] in PREPOSED:
        return edge < 2.4 or (not listed and is_word(text[1:]))
    whole = len(text) == 3 and not is_word(text[:2]) and (edge >= 2.4 or word_class(text[1:]) in ("", "ns"))
    return edge < (1.4 if whole else 2.4) or (not whole and not listed and is_word(text[1:]))


@lru_cache(maxsize=1)
def _never() -> frozenset[str]:
    return frozenset(row.word for row in read_table("not_names"))


def never(word: str) -> bool:
    """Whether a word stands where names stand and is none: 双方, 班子."""
    return word in _never()


def _ends_foreign(text: str) -> bool:
    """Whether a name ends in a known part of more than one character: 尕藏|才让."""
    size = len(text)
    return size > 2 and (
        text[-2:] in _MORPHEMES or (size > 3 and (text[-3:] in _MORPHEMES or (size > 4 and text[-4:] in _MORPHEMES)))
    )


def likely(name: str) -> bool:
    """Whether a name has a frequent surname or ends in a known part of a Tibetan, Yi, Uyghur or Mongol name."""
    return name[0] in FREQUENT or _ends_foreign(name)


_MORPHEMES = frozenset(MORPHEMES)
_LEADS = re.compile(
    "率[^,，。;；、]{0,16}?(?:代表团|考察[团组]|调研[团组]|访问团|工作[团组]|团队|一行|部门|企业家|班子)"
)
_TIME = frozenset("日月周年前后内时初末底中上下会")
_OPENINGS = SINGLE | FOREIGN_SYLLABLES | {name[0] for name in COMPOUND}


@lru_cache(maxsize=1)
def _morphemes() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, MORPHEMES), key=len, reverse=True)))


class NameReader:
    """Reads names at a position of one scanned text."""

    def __init__(self, scanned: Scan) -> None:
        self.flat = scanned.flat
        self._follow: dict[int, Hit] = {}
        for hit in scanned.of("cues"):
            start, _, row = hit
            if row.kind in _FOLLOWING and start not in self._follow:
                self._follow[start] = hit
        self._edges: dict[int, float] = {}
        # where a name with a dot in it may begin: up to six characters before one
        self._dotted_starts = {m.start() - n for m in _DOT.finditer(self.flat) for n in range(1, 7)}
        self._single = _single_followers()
        self._words = _followers()
        self._starts = _follower_starts()
        self._bodies = {start: end for start, end, row in scanned.of("organizations") if row.kind in _BODIES}
        self._titles = {hit.start: hit for hit in scanned.of("titles") if hit.end - hit.start > 1}

    def at(self, position: int, *, least: float = 1.2, listed: bool = False, plural: bool = False) -> Name | None:
        """The best name that begins at ``position``; ``least`` is the score its right edge must reach.

        ``plural``: a word for many people stands before it (群众, 干部), so a common word is likelier than a name.
        """
        flat = self.flat
        if position >= len(flat) or not self.opens(position):
            return None
        best: Name | None = None
        bodies = self._bodies
        for end, text, prior in self._candidates(position):
            edge = self.edge(end)
            score = edge + prior
            if score < least or (best is not None and score <= best.score):
                continue  # what follows only lowers it
            if text[-1] in RELUCTANT and not _ends_foreign(text) and (len(text) < 3 or self.edge(end - 1) != _NO_END):
                score -= _reluctance(text[-1], edge)
            spaced = end - position > len(text)  # 万 里: the space says that it is a name
            known = not listed and edge >= 2.4 and text in _MORPHEMES  # 医师|扎西
            if is_word(text) and not spaced and not known and (listed or not _namelike(text, edge)):
                continue
            if bodies.get(position + 1, 0) > end or (end > position + 2 and bodies.get(position + 2, 0) > end):
                continue  # 区红|十字会
            if len(text) == 3 and text[-1] in GROUPS and (is_word(text[:2]) or end in self._titles):
                continue  # 管理|组, 麻醉科|主治医师
            if text[-1] in "于的" and (flat[end : end + 1].isdigit() or flat.startswith(_DONE, end)):
                continue  # 王丹|于7月8日, 次仁多吉|的陪同下
            if text[0] in FUNCTION and position + 1 in self._titles:
                continue  # 负责人|和|专家
            if text[0] in FUNCTION and not _ends_foreign(text):
                leads = flat[end : end + 1] == "率" and not _TIME.intersection(text)  # 区委书记|于平|率区党政代表团
                if not self._naxi(text, edge) and _torn(text, max(edge, 2.4) if leads else edge, listed=listed):
                    continue
            if len(text) == 2 and text in _never() and not spaced and edge < 3:
                continue  # 代表|齐聚
            if (
                len(text) > 2
                and text[:2] in _never()
                and (edge < 3 or (plural and is_word(text[1:])) or not likely(text))
            ):
                continue  # 领导|班子|登台, but not 李子莹
            if plural and not likely(text) and ((text[0] in FUNCTION and edge < 2.4) or is_word(text[1:])):
                continue  # 群众|齐上阵
            if len(text) == 3 and edge < 2.4 and text[0] not in FREQUENT and word_class(text[:2]) == "ns":
                continue  # 香港|金
            if text[-1] in UNIT_CHARS and (listed or edge < 3):
                continue
            if len(text) == 3 and text[0] in UNIT_CHARS and is_word(text[1:]):
                continue
            if len(text) == 3 and edge < 3 and is_word(text[:2]) and self.edge(end - 1) >= 1.0:
                score -= 0.8  # 关于协: the first two characters are a word of their own
            if score >= least and (best is None or score > best.score):
                best = Name(position, end, text, score)
        return best

    def rare(self, position: int) -> Name | None:
        """Two or three characters with an unlisted surname behind a title, before punctuation, a verb or 等 only."""
        first = self.flat[position]
        if first in FUNCTION or first in UNIT_CHARS or first in NEVER_GIVEN or not _is_han(first):
            return None
        for size in (3, 2):
            end = position + size
            text = self.flat[position:end]
            sure = self.edge(end) >= 2.4 or (size == 2 and self.flat[end : end + 1] == "等")
            if not sure or not _HAN.fullmatch(text) or any(c in NEVER_GIVEN or c in RELUCTANT for c in text):
                continue
            torn = text in _never() or is_word(text) or is_word(text[:2]) or is_word(text[-2:])
            if torn or text[-1] in UNIT_CHARS or text[-1] in GROUPS:
                continue
            return Name(position, end, text, 2.0)
        return None

    def exact(self, start: int, end: int, *, listed: bool = False, words: bool = False) -> str | None:
        """The name that fills ``start:end``, or None; stricter than ``at``, for places no title points to.

        ``words``: a common word will do as well (罗兰 between two names).
        """
        function = self.flat[start] in FUNCTION and not self._naxi(self.flat[start:end], self.edge(end))
        if self.flat[end - 1] in UNIT_CHARS or (function and not listed):
            return None
        if self.flat[start] in UNIT_CHARS and is_word(self.flat[start + 1 : end]):
            return None  # 区|政协
        grouped = self.flat[end - 1] in GROUPS and is_word(self.flat[start : end - 1])
        if grouped or (end - start == 2 and never(self.flat[start:end])):
            return None  # 工作|组, 农业、文旅等
        for stop, text, _ in self._candidates(start):
            if stop == end and (words or not is_word(text)):
                return text
        return None

    def _naxi(self, text: str, edge: float) -> bool:
        """Whether 和 may be a surname (和向东): where the Naxi and Nu live, before what is no word of its own."""
        surname = text[:1] == "和" and len(text) > 2 and edge >= 1.4 and not is_word(text[1:])
        return surname and any(place in self.flat for place in _NAXI)

    def opens(self, position: int) -> bool:
        """Whether a name could begin with the character at ``position``."""
        return self.flat[position] in _OPENINGS or position in self._dotted_starts

    def edge(self, end: int) -> float:
        """How well a name may end before ``end``."""
        known = self._edges.get(end)
        if known is None:
            known = self._edges[end] = self._edge(end)
        return known

    def _edge(self, end: int) -> float:
        flat = self.flat
        if end >= len(flat) or (char := flat[end]) in HARD:
            return 3.0
        if char in "·•・‧∙":
            return 0.0  # the name goes on
        if char == "率" and _LEADS.match(flat, end):
            return 2.5  # 郑克|率佛山市党政代表团
        if flat[end - 1] == "率" and _LEADS.match(flat, end - 1):
            return _NO_END
        hit = self._follow.get(end)
        if hit is None and char in self._starts and self._cue(end):
            return 2.4  # inside an overlapping cue: 托合提|出席, where 提出 was found first
        if end in self._titles and (hit is None or hit.end - hit.start == 1):
            polite = self._titles[end].row.kind == "polite"
            return _NO_END if char in _LEVELS else 2.4 if polite else 2.2  # 常平|镇领导, but 孙伟|总经理
        if char in _TELLING and (told := self._told_by(char, end)):
            return told
        if hit is not None:
            if hit.end - hit.start > 1:
                return 2.5
            if hit.row.kind == "speech" and flat[hit.end : hit.end + 1] in _SAID:
                return 2.4  # 付先翠|说,
            after = self._follow.get(hit.end) if hit.row.word in _GOVERNING else None
            if after is not None and after.end - after.start > 1 and after.row.kind in ("leads", "hosts"):
                return 0.3  # 俞东|来|带领: 来 cannot stand before this verb, so it belongs to the name
            return 1.4
        if char in self._single:
            after = self._follow.get(end + 1) if char in _GOVERNING else None
            if after is not None and after.row.kind in ("leads", "hosts") and after.end - after.start > 1:
                return 0.3
            if char in _GOVERNING and "d" in word_kinds(flat, end + 1):
                return 0.3  # 邱仙|来|专门
            spoken = self._follow.get(end + 1) if char in _JOINING else None
            said = spoken is not None and spoken.row.kind == "speech" and not flat.startswith("团", spoken.end)
            return 0.3 if said else 1.4  # 杨万|同|说, but 焦望生|与|代表团
        if end in self._bodies:
            return 0.4  # 王选|基金会
        if not _is_han(char):
            return 1.6
        kinds = word_kinds(flat, end)
        if "d" in kinds:
            return 1.8  # an adverb
        return 1.0 if names_thing(kinds) else 0.0

    def _told_by(self, char: str, end: int) -> float:
        """The edge before a character that what follows it tells, 0 when it does not."""
        flat = self.flat
        if char == "年" and flat[end + 1 : end + 2] not in _AGED_BY:
            return _NO_END  # 陆柏|年率, but 李阳|年近六旬
        if char == "等" and self._cue(end + 1):
            return 2.5  # 于朝辉|等出席
        if char == "的" and flat.startswith(_DONE, end + 1):
            return 2.5  # 昂文|的陪同下
        joins = char in _JOINING and flat[end + 1 : end + 2] in _ADVERBS
        if joins or (char == "同" and flat.startswith(_CHAIRED, end + 1)):
            return _NO_END  # 鲁元|同于6月29日, 郑大|同任团长
        return 0.0

    def _cue(self, at: int) -> bool:
        """Whether a cue of two to four characters begins here."""
        flat, words = self.flat, self._words
        return flat[at : at + 2] in words or flat[at : at + 3] in words or flat[at : at + 4] in words

    def _candidates(self, start: int) -> list[tuple[int, str, float]]:
        flat = self.flat
        char, following = flat[start], flat[start + 1 : start + 2]
        dotted = _DOTTED.match(flat, start) if start in self._dotted_starts else None
        if dotted is None and char not in _OPENINGS:
            return []
        found = self._dotted(dotted) if dotted else []
        masked = _MASKED.match(flat, start) if following in _MASKS else None
        if masked and char in SINGLE:
            found.append((masked.end(), masked.group(), 1.0))
        if char + following in COMPOUND:
            for end in self._given(start + 2):
                found.append((end, flat[start:end], 1.4))
        elif char in SINGLE:
            for end in self._given(start + 1):
                found.append((end, flat[start:end], 0.6 if end - start >= 3 else 0.2))
            spaced = _SPACED.match(flat, start) if following == " " else None
            if spaced:
                found.append((spaced.end(), spaced[1] + spaced[2], 0.4))
        if following in FOREIGN_SYLLABLES and char in FOREIGN_SYLLABLES:
            found += self._foreign(start)
        return found

    def _given(self, start: int) -> tuple[int, ...]:
        """Where a given name of two characters or one that begins at ``start`` may end."""
        first, second = self.flat[start : start + 1], self.flat[start + 1 : start + 2]
        if first == "以" and self.edge(start + 2) >= 2.4:
            return (start + 2,)  # 董事长郑以焕一行
        if first in NEVER_GIVEN or not _is_han(first):
            return ()
        two = second not in NEVER_GIVEN and _is_han(second) and first + second not in ADDRESS
        if first in ADDRESS:
            return (start + 2,) if two else ()
        return (start + 2, start + 1) if two else (start + 1,)

    def _dotted(self, match: re.Match[str]) -> list[tuple[int, str, float]]:
        """``阿卜杜·热西提``: the last part may run into the next word, so every length of it is tried."""
        cut = max(m.end() for m in _DOT.finditer(match.group())) + match.start()
        found = []
        whole = {p for m in _morphemes().finditer(match.group()) for p in range(m.start() + 1, m.end())}
        for end in range(cut + 1, match.end() + 1):
            if end - match.start() in whole:
                continue  # 努尔买买|提
            text = self.flat[match.start() : end]
            tail = self.flat[cut:end]
            foreign = sum(c in FOREIGN_SYLLABLES for c in text if c not in "·•・‧∙．") / max(1, len(text) - 1)
            if foreign < 0.6 or (any(c in NEVER_GIVEN for c in tail) and self.edge(end) < 2.2):
                continue
            found.append((end, _DOT.sub("·", text), 0.8 + 0.05 * len(tail)))
            if end - cut > 1 and self.edge(end) >= 2.2:
                break  # a verb or a title begins: no name goes on over it
        return found

    def _foreign(self, start: int) -> list[tuple[int, str, float]]:
        """Tibetan, Yi, Uyghur and Mongolian names: runs of their syllables, with at least one known part."""
        flat, stop = self.flat, start
        while stop < len(flat) and stop - start < 9 and flat[stop] in FOREIGN_SYLLABLES:
            stop += 1
        if stop - start < 2:
            return []
        return [(start + size, flat[start : start + size], prior) for size, prior in _foreign_sizes(flat[start:stop])]


@lru_cache(maxsize=4096)
def _foreign_sizes(run: str) -> tuple[tuple[int, float], ...]:
    """How long a name at the beginning of a run of such syllables may be, and how likely each length is."""
    found: list[tuple[int, float]] = []
    for size in range(2, len(run) + 1):
        known = sum(len(m) for m in _morphemes().findall(run[:size]))
        if known and (size >= 4 or known >= size):
            found.append((size, 0.5 + 0.1 * size))
        elif size == 4:
            found.append((size, -0.4))
    return tuple(found)


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char == "〇"
