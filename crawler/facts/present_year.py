"""The year a text without a page date calls 今年: fixed by a phrase, or named by what is signed and held in it."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.facts.tables import Row, read_table

_SENTENCE = re.compile(r"[。!?？\n]")
_NOW = re.compile(r"今年|本年|年是|正值|正是|迎来|适逢|处于|站在")
_OTHER = re.compile(r"明年|去年|前年")
_BESIDE = re.compile(r"(去年|前年|明年)(?:年?底)?,?(?:是|为|我国|全国)?$")
_AWAY = {"去年": 1, "前年": 2, "明年": -1}


def present_year(flat: str) -> int | None:
    """The year a text without a page date speaks from, by a phrase that fixes it or by what it names; None if open."""
    return year_marked(flat) or year_labelled(flat)


@lru_cache(maxsize=1)
def _markers() -> tuple[tuple[re.Pattern[str], Row], ...]:
    return tuple((re.compile(row.word), row) for row in read_table("year_markers"))


def year_marked(flat: str) -> int | None:
    """The year a phrase of the table ``year_markers`` fixes as the present one; None when none does or two disagree."""
    if "年" not in flat or (_NOW.search(flat) is None and _OTHER.search(flat) is None):
        return None
    found = set()
    for pattern, row in _markers():
        for match in pattern.finditer(flat):
            clause = _SENTENCE.split(flat[max(0, match.start() - 40) : match.start()])[-1]
            if beside := _BESIDE.search(clause):  # 去年是“十三五”收官之年
                found.add(int(row.value) + _AWAY[beside[1]])
            elif row.kind == "marker" and _NOW.search(clause) and not _OTHER.search(clause):
                found.add(int(row.value))
    return found.pop() if len(found) == 1 else None


_COUNTED = "".join(sorted({row.word[0] for row in read_table("units")} - {"%"}))
NAMED = rf"(?=[\u3400-\u9fff“])(?![年月日号底末初至到以元万亿余多后前{re.escape(_COUNTED)}])"
"""Behind four digits: a name begins (2020春风行动), no unit or particle."""
_YEAR = rf"(?<![\d.])(?P<year>20\d\d)(?:年度?(?![底末初至到以])|{NAMED})"
_PAPERS = r"(?:协议书?|合同|责任书|备忘录|要点|事项|计划|方案|清单|项目书)"
_HELD = (
    r"(?:招聘会|招聘大会|招聘活动|春风行动|培训班|研修班|推介会|展销会|博览会|交易会"
    r"|[洽座]谈会|对接会|联席会|交流会|大会|峰会|论坛|(?:采购|年货|旅游|文化)节|周(?![年边期围岁报长]))"
)
_NAMES = (
    re.compile(rf"《[^《》\n]{{0,24}}?{_YEAR}[^《》\n]{{0,30}}?{_PAPERS}[^《》\n]{{0,6}}》"),
    re.compile(rf"签(?:订|署|定)[^。;\n]{{0,40}}?{_YEAR}[^,。;\n\d]{{0,24}}?{_PAPERS}"),
    re.compile(
        rf"(?:召开|举行|举办|承办|主办|启动|开展)了?[^,。;\n\d]{{0,10}}{_YEAR}[^,。;\n]{{0,30}}?(?:会|班|节|活动|行动)"
    ),
    # 2018年、2019年连续举办了两届展销会 is told of other years than this one
    re.compile(
        rf"(?<![、和及至到]){_YEAR}(?![、和及]|[^,。;\n]{{0,6}}(?:连续|先后|举办[了的]))[^,。;\n\d]{{0,30}}?{_HELD}"
    ),
)
_YEARS = re.compile(r"(?<![\d.至到\-~])(?:(?:19|20)\d\d)(?=年(?!底?前|远景))")


def year_labelled(flat: str) -> int | None:
    """The one year by which a text names the papers and events it tells of, unless it speaks of a later one."""
    if "20" not in flat:
        return None
    found = {int(match["year"]) for pattern in _NAMES for match in pattern.finditer(flat)}
    if len(found) != 1:
        return None
    (year,) = found
    return None if any(int(other) > year for other in _YEARS.findall(flat)) else year


def sums_up(flat: str, year: int) -> bool:
    """Whether a text reviews a year and looks ahead into the next: 2023年,…; 2024年,… 将 …."""
    return re.search(rf"(?<!\d){year + 1}年[,，]", flat) is not None and f"{year}年" in flat


_REACHED = re.compile(r"截[至止](?:到)?(20\d\d)年(1[0-2]|0?[1-9])月")


def year_reached(flat: str, month: int) -> int | None:
    """The year of a month that is not before the one up to which the text counts: 11月22日 beside 截至2023年10月底."""
    if "截" not in flat:
        return None
    found = {(int(year), int(until)) for year, until in _REACHED.findall(flat)}
    if len(found) != 1:
        return None
    year, until = found.pop()
    later = any(int(other) > year for other in _YEARS.findall(flat))
    return year if not later and until <= month <= until + _SINCE else None


_SINCE = 3  # months after the count in which it is printed
