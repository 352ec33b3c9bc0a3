"""What is found of people in one text, and what all ways of finding them ask of it."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from crawler.facts.names import HARD, Name, NameReader
from crawler.facts.records import PersonMention
from crawler.facts.tables import Hit, Scan, read_table
from crawler.facts.titles import unit_of
from crawler.facts.words import word_class
from crawler.places.making import maker


class Found(NamedTuple):
    """One mention: its span, the name, the span of its title and the title's last head."""

    start: int
    end: int
    name: str
    title: tuple[int, int] | None
    head: Hit | None
    rule: str


class Finder:
    """The people found so far in one scanned text."""

    def __init__(self, scanned: Scan) -> None:
        self.scanned = scanned
        self.flat = scanned.flat
        self.reader = NameReader(scanned)
        bodies = {start: end for start, end, _ in scanned.of("organizations")}
        self.heads = [hit for hit in scanned.of("titles") if bodies.get(hit[0], 0) <= hit[1]]  # no 技师 in 技师学院
        self.ends = {hit.end: hit for hit in self.heads}
        self.head_starts = [hit.start for hit in self.heads]
        self.found: dict[int, Found] = {}
        self.covered: set[int] = set()

    def heads_from(self, start: int, end: int) -> list[Hit]:
        """Title heads that begin in ``start:end``."""
        return self.heads[bisect_left(self.head_starts, start) : bisect_left(self.head_starts, end)]

    def left_edge(self, start: int) -> bool:
        """Whether a name may begin here: behind punctuation, a function word, a title or a verb (任命)."""
        if start == 0 or start in self.ends or self.flat[start - 1] in HARD:
            return True
        word = self.flat[max(0, start - 2) : start]
        return (
            word[-1]
            in "由在的和与对向请了给是及受经随同有让局委办厅处科室院校站队部会司团中府学园社行所厂店村镇县市区省州"
            or word in _STOPS
            or word == "中心"
            or word_class(word)[:1] == "v"
        )

    def add(self, name: Name, title: tuple[int, int] | None, head: Hit | None, rule: str | None = None) -> None:
        """Keep a name, with a title where it had none."""
        other = self.found.get(name.start)
        self.covered.update(range(name.start, name.end))
        if other is None or (other.title is None and title is not None):
            self.found[name.start] = Found(
                name.start, name.end, name.text, title, head, rule or (head.row.rule if head else "known")
            )

    def mentions(self) -> list[PersonMention]:
        """The records of all that was found, in order, without their parts."""
        text = self.scanned.text
        result: list[PersonMention] = []
        reached = -1
        for found in (self.found[k] for k in sorted(self.found)):
            if found.start < reached:
                continue
            reached = found.end
            begin, stop = found.title if found.title else (None, None)
            title = text[begin:stop] if begin is not None else None
            inside = self.heads_from(begin, stop) if begin is not None and stop is not None else []
            heads = [(h.start - begin, h.end - begin) for h in inside if begin is not None]
            kind = found.head.row.kind if found.head else ""
            result.append(_person(
                found.start, found.end, text[found.start : found.end], found.name, title, begin, stop,
                unit_of(title, heads) if title else None, None, None, 0, False, kind == "private", kind == "byline",
                found.rule,
            ))  # fmt: skip
        return result


_person = maker(PersonMention)
_STOPS = frozenset(row.word for row in read_table("cues") if row.kind == "stop")
