"""People with their titles, the part they play, and the flags that keep the wrong ones out of events."""

from __future__ import annotations

import re

from crawler.facts import people_lists as lists
from crawler.facts.credits import credited, lives
from crawler.facts.names import GROUPS, HARD, Name, likely, never
from crawler.facts.people_found import Finder, Found
from crawler.facts.records import PersonMention
from crawler.facts.roles import assign_roles
from crawler.facts.surnames import FUNCTION
from crawler.facts.tables import Hit, Row, Scan, read_table, scan
from crawler.facts.titles import title_start
from crawler.facts.words import inside_place, is_word, word_class
from crawler.places.making import occurrences


def find_people(text: str) -> list[PersonMention]:
    """All named persons of ``text`` in order of appearance, each mention once."""
    return people_in(scan(text))


def people_in(scanned: Scan) -> list[PersonMention]:
    """``find_people`` on a text already scanned."""
    finder = _Finder(scanned)
    finder.leaders()
    finder.titled()
    finder.credits()
    finder.lives()
    finder.aged()
    lists.listed_before(finder)
    lists.counted(finder)
    lists.in_wards(finder)
    finder.title_behind()
    finder.speakers()
    lists.plain_lists(finder)
    lists.opening_pair(finder)
    finder.appointed()
    finder.known()
    finder.beside()
    return assign_roles(scanned, finder.mentions())


_NO_OFFICE = frozenset({"polite", "private", "byline"})
_NO_NAME = HARD | {""}
_HAN = re.compile("[\u3400-\u9fff]")
_JOINED = re.compile(r"与|和|、")
_COMING = re.compile(r"[来到赴].{1,6}(?:考察|调研|访问|对接|学习|参观|交流|指导)的")  # 市长张三与|来河调研的
_LINKED = re.compile(r"(?:\([^()]{1,20}\))?(?:、|和|及|以及|与)")  # 副县长张三(挂职)、李四


class _Finder(Finder):
    """The ways by which a person is found, from the surest to the least sure."""

    def leaders(self) -> None:
        """National leaders, whatever stands around their names."""
        for hit in self.scanned.of("leaders"):
            self.add(Name(hit.start, hit.end, hit.row.word, 3.0), None, None, hit.row.rule)

    def titled(self) -> None:
        """``县委书记赵立根``, ``副县长张三、李四``, ``记者:王五``."""
        flat = self.flat
        for head in self.heads:
            kind = head.row.kind
            if kind == "polite":
                continue
            position, linked = head.end, False
            following = flat[position : position + 1]
            if following == "(" and (aside := _ASIDE.match(flat, position)):
                position = aside.end()  # 副县长(挂职)张三
                following = flat[position : position + 1]
            if following == " " and kind == "head" and _HAN.match(flat, position + 1):
                position += 1  # 县长 柳建军: a name that was a link or stood in a cell
                following = flat[position]
            if following == "的" and kind == "head" and self._held(head):
                position, linked = position + 1, True  # 现任八宿县委副书记、常务副县长的|林谋东
            if kind == "byline":
                spaces = _COLON.match(flat, position, position + 6)
                position = spaces.end() if spaces else position
                if position == head.end and (head.end - head.start == 1 or head.row.value == "colon"):
                    continue  # 图, 文 are credits only before a colon
            if flat[position : position + 1] in _NO_NAME:
                continue
            least = 2.5 if kind == "byline" and head.row.word not in _REPORTERS else 1.2
            plural = kind in ("private", "leader") or head.row.word in _PLURAL
            name = self.reader.at(position, least=least, plural=plural, listed=linked)
            if name is None and plural and "、" in flat[position + 2 : position + 5]:
                name = self._one_of_many(position, least)
            if name is not None and name.score < 2.4 and self._place_from(head):
                continue  # 毕节市|长沙|招商分局
            if name is not None and kind == "private" and name.score < 2.4 and not likely(name.text):
                continue  # 世界儿童|乐坛中的
            if name is None and kind == "head" and not plural:
                name = self.reader.rare(position)
            if name is None:
                continue
            own = kind == "byline" and head.row.word not in _REPORTERS
            title = (head.start if own else title_start(flat, head, self.ends), head.end)
            self.add(name, title, head)
            self._members(name, title, head)

    def _one_of_many(self, position: int, least: float) -> Name | None:
        """A doubtful name behind a word for many people counts when a list of names goes on: 代表章和平、付志刚."""
        name = self.reader.at(position, least=least)
        if name is None or self.flat[name.end : name.end + 1] != "、" or name.score < 3.0:
            return None
        following = self.reader.at(name.end + 1, least=2.4, listed=True)
        return name if following is not None and len(following.text) > 2 else None

    def _place_from(self, head: Hit) -> bool:
        """Whether a place begins with the last character of a title, so that the title may be none."""
        at = head.end - 1
        return word_class(self.flat[at : at + 2]) == "ns" and inside_place(self.flat, head.start, head.end - 1)

    def _held(self, head: Hit) -> bool:
        """Whether a word such as 现任 or 担任 stands before a title in the same sentence."""
        return _HELD.search(self.flat, max(0, head.start - 30), head.start) is not None

    def _members(self, first: Name, title: tuple[int, int], head: Hit) -> None:
        """Further names of a list under the same title."""
        last = first
        while True:
            link = _LINKED.match(self.flat, last.end) or (
                _SPACES.match(self.flat, last.end) if head.row.kind == "byline" else None
            )
            if link is None:
                return
            name = self.reader.at(link.end(), least=1.55, listed=True)
            if name is None or self._title_begins(link.end(), name.end) or _COMING.match(self.flat, link.end()):
                return
            self.add(name, title, head)
            last = name

    def _title_begins(self, start: int, end: int) -> bool:
        """Whether ``start:end`` is rather the beginning of a title (``高新区主任``) than a name."""
        return any(
            hit.row.kind in ("head", "leader") and hit.end - hit.start > 1 for hit in self.heads_from(start, end)
        )

    def credits(self) -> None:
        """``本报讯(张三 李四)``, ``(王五 摄)``, ``(图文/赵六)``."""
        for start, end in credited(self.flat):
            name = self.reader.exact(start, end, listed=True)
            heads = self.heads_from(start - 3, end) if name else []
            if name and not any(h.row.kind == "byline" and h.end - h.start > 1 for h in heads):
                head = Hit(start, start, Row("titles", "credit", "byline", ""))
                self.add(Name(start, end, name, 3.0), None, head, "credit")

    def lives(self) -> None:
        """``商浩伟,1980年11月出生``: a clause that opens a short life."""
        for start, end in lives(self.flat):
            name = self.reader.exact(start, end)
            if name:
                self.add(Name(start, end, name, 3.0), None, None, "life")

    def aged(self) -> None:
        """``36岁的热依汗·依明``: people told of by their age are private."""
        for match in _AGED.finditer(self.flat) if "岁的" in self.flat else ():
            name = self.reader.at(match.end(), least=1.6, plural=True)
            if name is not None and likely(name.text):
                head = Hit(match.end(), match.end(), Row("titles", "岁", "private", ""))
                self.add(name, None, head, "aged")

    def title_behind(self) -> None:
        """``赵立根书记``, ``夏志文同志``, ``陆海军校长``."""
        for head in self.heads:
            if head.row.word not in _BEHIND or head.start < 2 or self.flat.startswith("期", head.end):
                continue  # 自治区和兵|团长期以来
            for size in (3, 2, 4):
                start = head.start - size
                titled = start in self.ends and self.ends[start].row.kind == "head"  # 院长|向明贵|同志
                if self.flat[head.start - 1] in GROUPS:
                    break  # 挂职干部|管理组|处长
                if (
                    start < 0
                    or not self.reader.opens(start)
                    or not self.left_edge(start)
                    or not self.covered.isdisjoint(range(start, head.start))
                ):
                    continue
                name = self.reader.exact(start, head.start, listed=titled)
                if name is None or never(name[:2]) or is_word(self.flat[start - 1 : start + 1]):
                    continue  # 相关部|门负责|同志
                self.add(Name(start, head.start, name, 2.0), (head.start, head.end), head, "behind:" + head.row.word)
                break

    def speakers(self) -> None:
        """``莫庸表示``: a whole clause start is a name before a verb of speech."""
        for hit in self.scanned.of_kind("cues", "speech"):
            if hit.row.word == "称":
                continue
            for size in (3, 2, 4):
                start = hit.start - size
                if start < 0 or (start > 0 and self.flat[start - 1] not in ',。;:!?？\n”“" '):
                    continue
                told = size == 3 and hit.end - hit.start > 1  # 于建军|告诉记者
                name = self.reader.exact(start, hit.start, listed=told)
                if name and not never(name[:2]) and name[-1] not in "对向":  # 双方均|表示, 韩军对|代表团
                    self.add(Name(start, hit.start, name, 2.0), None, None, "speech:" + hit.row.word)
                    break

    def known(self) -> None:
        """Every later mention of a name found once."""
        names = {f.name: f for f in self.found.values() if len(f.name) >= 2}
        if not names:
            return
        words = list(names)
        for which, start, end in occurrences(words, self.flat):
            if start in self.covered or end - 1 in self.covered:
                continue
            source = names[words[which]]
            if end - start == 2 and self.reader.edge(end) < 1.0:
                continue
            self.add(Name(start, end, words[which], 1.0), source.title, source.head, "known")

    def beside(self) -> None:
        """``沈志宏与黎绍坤共同揭牌``: a name joined to a known one, before a verb or punctuation."""
        for found in sorted(self.found.values(), key=lambda f: f.start):
            link = _JOINED.match(self.flat, found.end)
            if link is None or link.end() in self.covered:
                continue
            name = self.reader.at(link.end(), least=3.0, listed=True)
            if name is not None and name.end - name.start >= 3 and name.text[0] not in FUNCTION:
                self.add(name, None, None, "beside:" + link.group())

    def appointed(self) -> None:
        """``夏志文同志来我县工作,挂职任紫阳县委常委、副县长``: the office named behind serves who has none before."""
        for key, found in self.found.items():
            if (
                found.head is not None
                and found.head.row.kind != "polite"
                and found.head.row.word not in ("干部", "挂职干部")
            ):
                continue
            ahead = self.flat[found.end : found.end + 30]
            named = "任" in ahead or "当选" in ahead or "挂职" in ahead
            match = _APPOINTED.match(self.flat, found.end) if named else None
            if match is None:
                continue
            stop = match.end()
            for head in self.heads_from(stop, stop + 56):
                if head.row.kind in _NO_OFFICE or re.search(r"[,。;:!?？\n]", self.flat[stop : head.start]):
                    break
                if stop != match.end() and not re.match(r"[、兼]", self.flat[stop : stop + 1]):
                    break
                stop = head.end
            if stop > match.end():
                head = self.ends[stop]
                self.found[key] = Found(found.start, found.end, found.name, (match.end(), stop), head, found.rule)


_REPORTERS = {"记者", "本报记者", "通讯员", "特约记者", "见习记者", "全媒体记者"}
_APPOINTED = re.compile(
    r"[^。;!?\n]{0,24}?(?:(?:挂职)?(?:担任|兼任|出任|任)(?:了)?|任命为|当选为?|挂职(?!干部|锻炼|期))"
)
_HELD = re.compile(r"(?:现任|时任|担任|身为|作为|挂职|兼任)[^,。;:!?\n]*$")
_BEHIND = frozenset(  # titles that follow a name: 赵立根书记
    row.word
    for row in read_table("titles")
    if row.value == "after" and (len(row.word) == 2 or (len(row.word) < 4 and row.word[0] not in "省市县区州镇乡村"))
)
_PLURAL = frozenset(row.word for row in read_table("titles") if row.value == "plural")
_ASIDE = re.compile(
    r"\((?:[\u3400-\u9fff]{0,8}(?:挂职|援[疆藏青])(?:干部)?|[\u3400-\u9fff]{2,20}(?:校长|院长|书记|主任|医生|教师|专家)|兼|女|主持工作|正[县处厅]级|副[县处厅]级|[\u3400-\u9fff]{1,4}级)\)"
)
_COLON = re.compile(r"[】\]]?[ ]*[:/|]?[ ]*")
_SPACES = re.compile(r"[ ]{1,4}")
_AGED = re.compile(r"岁的(?<=\d岁的)")
