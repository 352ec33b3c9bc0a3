"""Where metadata is said: byline lines, meta elements, scripts, the URL; collected best first, cleaned by fields.py."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from crawler.facts.surnames import FREQUENT
from crawler.reading.blocks import tidy
from crawler.reading.days import STAMP
from crawler.reading.dom import Element
from crawler.reading.fields import Claim
from crawler.reading.labels import any_of, words
from crawler.reading.lines import fold, narrow
from crawler.reading.mastheads import masthead
from crawler.reading.script_held import unescape
from crawler.text import to_simplified

_METAS = {"published": "date_metas", "source": "source_metas", "title": "title_metas"}
_URL_DATES = (
    re.compile(r"/((?:19|20)\d{2})[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?=[/_.\-tT]|$)"),
    re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/"),
    re.compile(r"[/_t\-]((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=\d{0,12}[_.\-/])"),
    re.compile(r"/((?:19|20)\d{2})[-/_]?(0[1-9]|1[0-2])(?=/)"),
)
_SCRIPT_DATE = re.compile(
    rf"""\b["']?{any_of("script_date_keys")}["']?\s*[:=]\s*["']?"""
    r"""((?:19|20)\d\d[-/年]\d{1,2}[-/月]\d{1,2}[^"',;<]{0,20}|1\d{9}(?:\d{3})?(?=\D))""",
    re.I,
)
_SCRIPT_SOURCE = re.compile(rf"""["']{any_of("script_source_keys")}["']\s*:\s*["']([^"'<>{{}}]{{2,180}}?)["']""", re.I)
_ISSUED_STAMP = re.compile(rf"(?:发布|发表|发稿|刊发)(?:时间|日期|于)[\s:|]*({STAMP.pattern})")
_CLOCK = re.compile(any_of("clock"))
_NO_CLOCK = re.compile(any_of("no_clock"))
_NOT_PUBLISHED = re.compile(any_of("not_published"), re.I)
_PUBLISHED_LABEL = re.compile(r"(?:发布|发表|更新|加入|添加|上传|录入|发稿|时间|日期|创建|Updated|Published)", re.I)
_ISSUED_LABEL = re.compile(r"(?:发布|发文|公开|生成)(?:时间|日期)")
_CELL = re.compile(r":$|^(?:发布|发文|公开|生成)(?:时间|日期)$")  # its value is in the next cell
_OFFICE = re.compile(
    r"(?:发布机构|发文机关|发布单位|发布部门|发文单位)\s*[:|]\s*([\u3400-\u9fff]{3,24}?)"
    r"(?=[^\u3400-\u9fff]|$|成文|发布|公开|发文|索引|生成|主题|文号|信息|有效|日期|时间)"
)
_SURE = re.compile(r"\d:\d\d|来源|稿源")
_SOURCE_IN_LINE = re.compile(
    r"(?:(?<![图像频材])(?<!图片)(?:来源于?|稿源|出处|源自|来自|摘自|原载)\s*:|^[\[(]?(?:信息|文章|稿件|新闻)?(?:来源|稿源|出处)(?!:))[\s/]*(.{0,60})"
)
_REPRINT_IN_LINE = re.compile(
    r"(?:(?:转自|转载自|转载来源|转载)\s*:|^[\[(]?(?:本文|文章|稿件)?(?:转自|转载自|原载于?(?=《)))\s*(.{0,60})"
)
_NOT_OUTLET = re.compile(r":|责任编辑|责编|(?:记者|通讯员)(?!网|站|协|家)")
_EDGE = r"(?:^|[\s_\-])"
_END = r"(?=\s|$)"
_SOURCE_NAME = re.compile(rf"{_EDGE}(?:{any_of('source_names')}|\w*source){_END}", re.I)
_ACCOUNT_NAME = re.compile(rf"{_EDGE}{any_of('account_names')}{_END}", re.I)
_TOKEN = re.compile(r"^[|\s,]*([\u3400-\u9fffA-Za-z0-9·\-—.《》“”()（）/]{2,30})")
_OUTLET = rf"(?!本)[\u3400-\u9fffA-Za-z·]{{0,10}}?{any_of('dateline_outlets')}"
_REPORTING = re.compile(
    rf"(?:^|[\s(（【])({_OUTLET}(?:/[\u3400-\u9fff]{{2,8}})?)"
    r"(?:[\u3400-\u9fff]{2,8}?)?\s?(?:(?:\d{1,2}月)?(?:[\d一二三四五六七八九十]{1,3}日)?(?:专?电|讯|消息)(?=[\s(（:：,，】\d]|$|记者)"
    r"|(?:全媒体|融媒体?|首席|见习)*记者)"
)
_PRINTED_BY = re.compile(r"([\u3400-\u9fff]{2,10}报社?)(?:出版|主办)")
_ENCLOSED = re.compile(rf"^[(（]\s*({_OUTLET})\s*[)）]$")
_EDITED = re.compile(
    r"\s*[\[(](?:整理|综合|编译|原创|转载|独家|(?:本报|特派|首席|见习)?(?:记者|通讯员)[^()]{2,24})[\])]$"
)
_NOT_TOKEN = re.compile(
    rf"{any_of('no_outlet_end')}$|^本[报网台刊]讯|^(?!{any_of('outlet_start')})(?:{any_of('no_outlet_start')}|\d|[A-Za-z]{{1,3}}$|[A-Z]\d{{1,2}}版)"
)
_NOT_LAST = "网报社台线办委部院会厅局队站讯刊视省市县区州"  # a name of three characters that ends so is an outlet's
_AUTHOR = re.compile(rf"(?=[{''.join(sorted(FREQUENT))}])[\u3400-\u9fff]{{2}}[^\W{_NOT_LAST}]$")
_BREADCRUMB = re.compile(r"^(?:您?(?:的|现在的)?(?:当前)?(?:所在)?(?:的)?(?:位置|栏目)\s*(?:是)?\s*[:>]?|首页)\s*[:]?")
_CRUMB_GAP = re.compile(r"\s*(?:->>|>>|>|»|›|→|/|＞)\s*")


def byline_of(parts: Iterable[str]) -> str:
    """A byline as marked up: its pieces with a bar between them, so that neighbours do not run together."""
    return " | ".join(parts)


def issued_claims(lines: Iterable[str]) -> Iterator[Claim]:
    """Dates of byline lines right behind a label that says publication."""
    for line in lines:
        folded = fold(line)
        issued = _ISSUED_STAMP.search(folded)
        if issued and not _NOT_PUBLISHED.search(folded):
            yield Claim(issued[1], "byline")


def published_claims(lines: Iterable[str], *, sure: bool | None = None) -> Iterator[Claim]:
    """Dates of byline lines: all, or (``sure``) those a label, a time of day or a source marks, or the others."""
    for line in lines:
        folded = fold(line)
        stamp = STAMP.search(folded)
        if stamp and not _NOT_PUBLISHED.search(folded):
            marked = bool(_PUBLISHED_LABEL.search(folded[: stamp.start()]) or _SURE.search(folded))
            if sure is None or marked is sure:
                yield Claim(stamp[0], "byline")


def without_clocks(lines: Iterable[str], fetched: date | None) -> list[str]:
    """Lines above a heading without those that show the time of the visit: a weekday, 今天是, the day of fetching."""
    return [line for line in lines if not is_clock(fold(line), fetched)]


def is_clock(folded: str, fetched: date | None = None) -> bool:
    """Whether a line that is no labelled byline shows the time of a visit, as far as words and the fetching tell."""
    stamp = STAMP.search(folded)
    if stamp is None or _NO_CLOCK.search(folded):
        return False
    shown = [int(number) for number in re.findall(r"\d+", stamp[0])[:3]]
    days = [] if fetched is None else [fetched, fetched + timedelta(days=1)]  # fetched in UTC, shown in local time
    return _CLOCK.search(folded) is not None or any(shown == [day.year, day.month, day.day] for day in days)


def is_bare_date(line: str) -> bool:
    """Whether a line is a date and nothing else."""
    folded = fold(line).strip("()[]")
    stamp = STAMP.match(folded)
    return stamp is not None and stamp.end() == len(folded)


def bears_date(lines: Iterable[str]) -> bool:
    """Whether one of the lines holds a date."""
    return any(STAMP.search(fold(line)) for line in lines)


def table_dates(cells: Sequence[str]) -> Iterator[Claim]:
    """Labelled dates in the table of particulars that official pages bear above the heading, cell by cell."""
    folded = [piece for cell in cells for piece in _pieces(cell)]
    rows = [f"{cell}{value}" if _CELL.search(cell) else cell for cell, value in pairwise([*folded, ""])]
    for label in (_ISSUED_LABEL, _PUBLISHED_LABEL):
        yield from (claim for row in rows if label.search(row) for claim in labelled_dates([row]))


def reporting_claims(lines: Iterable[str]) -> Iterator[Claim]:
    """The outlet of a dateline or its reporter: 右江日报乐业5月18日讯, (右江日报记者 …); 本报 and 本网 name none."""
    for line in lines:
        found = _REPORTING.search(to_simplified(line[:60]))
        if found:
            yield Claim(found[1], "dateline")


def printed_claims(front: Iterable[str], tail: Iterable[str]) -> Iterator[Claim]:
    """The paper that a page's head names as printed by, and an outlet alone in brackets below the body."""
    for lines, pattern in ((front, _PRINTED_BY), (tail, _ENCLOSED)):
        yield from (Claim(found[1], "printed") for line in lines if (found := pattern.search(to_simplified(line[:80]))))


def labelled_claims(lines: Iterable[str], label: re.Pattern[str], basis: str) -> Iterator[Claim]:
    """What stands behind a label, in its own piece of the byline or the next."""
    for line in lines:
        pieces = _pieces(line)
        for at, piece in enumerate(pieces):
            match = label.search(piece)
            if match:
                value = match[1].strip() or (pieces[at + 1] if at + 1 < len(pieces) else "")
                if value:
                    yield Claim(value, basis)


def source_claims(lines: Iterable[str]) -> Iterator[Claim]:
    """Outlets behind a 来源 label."""
    return labelled_claims(lines, _SOURCE_IN_LINE, "label")


def office_claims(lines: Iterable[str]) -> Iterator[Claim]:
    """The office that the table of particulars of an official page names as publisher (发布机构)."""
    yield from (Claim(found[1], "label") for line in lines if (found := _OFFICE.search(fold(line))))


def reprint_claims(lines: Iterable[str]) -> Iterator[Claim]:
    """Outlets behind a 转自 label."""
    return labelled_claims(lines, _REPRINT_IN_LINE, "reprint")


# 省长会见代表团一行, 高质量推进各项工作: a second heading beside the date
_SUBHEADING = re.compile(
    r"会见|召开|举行|举办|考察|调研|推进|落实|讲话|出席|主持|座谈|率队|率团|陪同|签约|签署|捐赠|开展|推动|深化|帮扶|协作|参加|^把|让|着"
)


def masthead_claims(lines: Iterable[str]) -> Iterator[Claim]:
    """Outlets that head lines of papers and accounts name, beside a day before those beside an issue."""
    heads = [head for line in lines if (head := masthead(line)) is not None]
    for head in sorted(heads, key=lambda head: head.day is None):
        yield from (Claim(name, "masthead") for name in head.outlets)


def trail_of(lines: Iterable[str]) -> tuple[str, ...]:
    """Where a paper's archive keeps a page that shows no day: paper and year, as the trail of its sections."""
    heads = [head for line in lines if (head := masthead(line)) is not None]
    told = next((head for head in heads if head.year is not None), None)
    if told is None or any(head.day is not None for head in heads):
        return ()
    return (*told.outlets[:1], f"{told.year}年")


def beside_date(lines: Sequence[str]) -> Iterator[Claim]:
    """The token behind the date of a byline, else the one before it, else the short line above or below."""
    for number, line in enumerate(lines):
        pieces = _pieces(line)
        dated = next((at for at, piece in enumerate(pieces) if STAMP.search(piece)), None)
        if dated is None or len(line) > 160 or _NOT_PUBLISHED.search(line):
            continue
        stamp = STAMP.search(pieces[dated])
        assert stamp is not None
        yield from _token(pieces[dated][stamp.end() :], "behind date")
        for piece in pieces[dated + 1 : dated + 3]:
            if not re.match(r"\d{1,2}:\d\d", piece):
                yield from _token(piece, "behind date")
        yield from _words_beside(line, -1, "behind date")
        yield from _token(pieces[dated][: stamp.start()], "before date")
        for piece in reversed(pieces[max(0, dated - 2) : dated]):
            yield from _token(piece, "before date")
        yield from _words_beside(line, 0, "before date")
        for other in (number - 1, number + 1):
            if (
                0 <= other < len(lines)
                and len(lines[other]) <= 24
                and not STAMP.search(lines[other])
                and not _SUBHEADING.search(lines[other])
            ):
                yield from _token(fold(lines[other]), "beside date")


def _words_beside(line: str, side: int, basis: str) -> Iterator[Claim]:
    """The word beside the date where only white space parts it from others: 2007-11-09 15:20 三峡秭归 字体:大."""
    text = narrow(line)
    stamp = STAMP.search(text)
    parts = (text[: stamp.start()], text[stamp.end() :]) if stamp is not None else ("", "")
    spaced = parts[side].split()
    if len(spaced) > 1:
        yield from _token(spaced[-1 - side], basis)


def _token(text: str, basis: str) -> Iterator[Claim]:
    """A piece of byline that can be an outlet's name; of ``author/outlet`` the outlet."""
    text = _EDITED.sub("", text)
    token = _TOKEN.match(text)
    if (
        token
        and not _AUTHOR.match(token[1])
        and token[1] not in words("account_places")
        and not token[1].endswith(("(", "（"))
        and token.end() >= len(text.rstrip(" )]"))
        and not _NOT_TOKEN.search(token[1])
        and not _NOT_OUTLET.search(text)
    ):
        yield Claim(token[1].rsplit("/", 1)[-1], basis)


def _pieces(line: str) -> list[str]:
    return [piece.strip() for piece in fold(line).split("|") if piece.strip()]


def named_sources(elements: Iterable[Element]) -> Iterator[Claim]:
    """Elements near the heading whose class or id says that they hold the source, then those of an account."""
    accounts = []
    for element in elements:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(names) < 3:
            continue
        text = tidy("".join(element.itertext()))
        if not 2 <= len(text) <= 40:
            continue
        if _SOURCE_NAME.search(names):
            yield Claim(fold(text), "class")
        elif _ACCOUNT_NAME.search(names):
            accounts.append(Claim(fold(text), "account"))
    yield from accounts


def labelled_dates(lines: Iterable[str]) -> Iterator[Claim]:
    """Dates of lines that say they are publication dates (for lines below the body)."""
    for line in lines:
        folded = fold(line)
        stamp = STAMP.search(folded)
        if (
            stamp
            and len(folded) <= 80
            and _PUBLISHED_LABEL.search(folded[: stamp.start()])
            and not _NOT_PUBLISHED.search(folded)
        ):
            yield Claim(stamp[0], "byline")


def closing_dates(lines: Iterable[str]) -> Iterator[Claim]:
    """A bare date that closes the body of a page that shows none above it."""
    yield from (Claim(fold(line).strip("()[]"), "byline") for line in lines if is_bare_date(line))


def meta_claims(metas: dict[str, str], field: str) -> Iterator[Claim]:
    """Claims of the head's meta elements."""
    for name in words(_METAS[field]):
        if metas.get(name):
            yield Claim(metas[name], "meta")


def metas_of(tree: Element) -> dict[str, str]:
    """Lower-case names (or properties) and contents of the meta elements, first one wins."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content and len(content) < 500:
            found.setdefault(name, content)
    for time in tree.iter("time"):
        if time.get("datetime"):
            found.setdefault("datepublished", time.get("datetime").strip())
            break
    return found


def url_dates(url: str) -> Iterator[Claim]:
    """Dates in the path of the URL."""
    for pattern in _URL_DATES:
        match = pattern.search(url)
        if match:
            yield Claim("-".join(match.groups()), "url")


def script_claims(scripts: Sequence[str], field: str) -> Iterator[Claim]:
    """Claims of script variables and of JSON-LD (``var ct = "…"``, ``"datePublished": "…"``)."""
    pattern = _SCRIPT_DATE if field == "published" else _SCRIPT_SOURCE
    for script in scripts:
        for match in pattern.finditer(script[:200_000]):
            yield Claim(unescape(match[1]).strip(), "script")
            break


def json_ld(scripts: Sequence[str]) -> dict[str, Any]:
    """The first JSON-LD object that dates an article."""
    for script in scripts:
        if "datePublished" not in script and "pubDate" not in script:
            continue
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            if isinstance(item, dict) and (item.get("datePublished") or item.get("pubDate")):
                return item
    return {}


def breadcrumb_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The trail of sections: 当前位置:首页->>扶贫前沿->>地市联播."""
    for line in lines:
        if not ("位" in line or "首" in line or "栏" in line):
            continue
        folded = fold(line)
        match = _BREADCRUMB.match(folded)
        if match and len(folded) <= 160 and _CRUMB_GAP.search(folded):
            trail = [
                part.strip() for part in _CRUMB_GAP.split(folded[match.end() :] if "首页" not in match[0] else folded)
            ]
            return tuple(part for part in trail if part and len(part) <= 30 and part != "正文")
    return ()
