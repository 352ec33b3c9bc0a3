"""What the head of a newspaper's page or of an account says: outlet, day or issue, page, buttons, and nothing else.

右江日报 1998年10月6日 第2版; 右江报 2006年第38期 (总第812期) 一版; 原创 乐业融媒 乐业发布 2022-11-21 18:06 发表于广西.
Such a line is no heading; it names the outlet and, by day or issue, when the page was printed. A line with one word
more is not taken for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from crawler.reading.days import STAMP
from crawler.reading.labels import any_of
from crawler.reading.lines import narrow

_LONGEST = 90  # characters of such a line
_NAME = 6  # of the name of a numbered paper that no ending tells
_HINT = re.compile(
    r"(?:19|20)\d\d|[版期报网台]|信息公开|发布|融媒|数据库|频道|返回|昨天|今天|前|官方|\d:\d\d"
)  # what each of them holds
_ISSUE = re.compile(r"[(]?(?:(?:19|20)\d\d年)?\s*(?:总?第|总)\s*\d{1,5}\s*[期号](?:\s*\S版)?[)]?")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_WHEN = re.compile(r"((?:19|20)\d\d)年(?:\d{1,2}月)?|\d{1,2}月")  # a step of an archive's trail
_PAGE = re.compile(
    r"(?<![上下本])(?:第?\s*[A-Z]?\d{1,3}\s*版|第?[一二三四五六七八九十头]{1,2}版|[A-Z]\d{1,2})(?:\s*:\s*\S{0,8})?"
)
_APART = re.compile(r"[\s|>»›,，()\[\]]+")
_POSTED = re.compile("发表于")  # an account's line, whatever its name
_EDGES = ":-—·、."
_EDITION = re.compile(r"(?<=[报网])(?:电子档案|数字报|电子报|数据库|资料库)$")
_REPORT = "[简汇通公海情]报"  # ends as a paper's name does
_COUNTED = (
    r"(?:浏览|点击|阅读|访问|人气)(?:次数|量|数|率)?:?\d*[次人]?|\d+次?|[AT][-+]?|字[体号](?:大小)?:?\S?"
    r"|\d{1,2}-\d{1,2}|\d{1,2}:\d\d(?::\d\d)?|\d+(?:分钟|小时|天)前"
)
_CREDIT = r"(?:作者|编辑|责任编辑|责编|记者|通讯员|审核|发布人|发布者|主编|摄影):\S{1,12}"


@dataclass(frozen=True, slots=True)
class Masthead:
    """The outlets a head line names, nearest to its day first; its day as printed, or the year of its issue."""

    outlets: tuple[str, ...] = ()
    day: str | None = None
    year: str | None = None

    @property
    def is_dated(self) -> bool:
        """Whether it says when the page was printed: then it is the byline of what stands below."""
        return self.day is not None or self.year is not None


@lru_cache(maxsize=512)
def masthead(line: str) -> Masthead | None:
    """What ``line`` says as a head line, None for any other."""
    if len(line) > _LONGEST or not _HINT.search(line) or "。" in line:
        return None
    text = narrow(line)
    stamp = STAMP.search(text)
    before, behind = (text[: stamp.start()], text[stamp.end() :]) if stamp else (text, "")
    said = _Said()
    said.read(before)
    said.outlets.reverse()  # the one nearest to the day first
    said.read(behind)
    is_head = stamp or said.numbered or said.page or said.year
    if not (is_head or said.buttons or said.only_sites):
        return None
    posted = stamp is not None and _POSTED.search(behind) is not None
    if not posted and (len(said.strange) > said.numbered or any(len(name) > _NAME for name in said.strange)):
        return None
    if not (is_head or said.outlets):
        return None
    return Masthead((*said.outlets, *said.strange), stamp[0] if stamp else None, said.year)


class _Said:
    """The words of a head line, sorted."""

    def __init__(self) -> None:
        self.outlets: list[str] = []
        self.strange: list[str] = []
        self.year: str | None = None
        self.numbered = False
        self.page = False
        self.buttons = False
        self.only_sites = True

    def read(self, text: str) -> None:
        """Take in what stands on one side of the day."""
        for issue in _ISSUE.finditer(text):
            self.numbered = True
            self._dated(_YEAR.search(issue[0]))
        text = _ISSUE.sub(" ", text)
        paged = _PAGE.sub(" ", text)
        self.page = self.page or paged != text
        for word in filter(None, (word.strip(_EDGES) for word in _APART.split(paged))):
            if when := _WHEN.fullmatch(word):
                self._dated(when)
            elif _furniture().fullmatch(word):
                self.buttons = True
            elif _outlet().fullmatch(word):
                self.only_sites = self.only_sites and _site().search(word) is not None
                self.outlets.append(_EDITION.sub("", word.strip("《》“”")))
            else:
                self.strange.append(word)

    def _dated(self, found: re.Match[str] | None) -> None:
        if found is not None:
            self.year = self.year or found[1]


@cache
def _furniture() -> re.Pattern[str]:
    """Words beside the outlet that say nothing of the article."""
    return re.compile(rf"{any_of('head_buttons')}+|发表于\S{{2,3}}|{any_of('account_places')}|{_COUNTED}|{_CREDIT}")


@cache
def _outlet() -> re.Pattern[str]:
    """A name that ends as outlets do."""
    return re.compile(rf"[《“]?[\u3400-\u9fffA-Za-z·]{{0,14}}{any_of('outlet_endings')}(?<!{_REPORT})[》”]?")


@cache
def _site() -> re.Pattern[str]:
    """An ending that no heading of an article has."""
    return re.compile(f"{any_of('site_endings')}$")
