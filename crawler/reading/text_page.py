"""A page known only as plain text, chrome lines and all: line-level reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from crawler.facts.surnames import SINGLE
from crawler.reading import claims
from crawler.reading.blocks import running_weight, tidy
from crawler.reading.broken import join_broken
from crawler.reading.dom import MAX_PARSED_CHARS
from crawler.reading.draft import Draft, Reading, finish
from crawler.reading.errors import ReadingError
from crawler.reading.glued import unglue
from crawler.reading.labels import any_of
from crawler.reading.lines import fold, judge
from crawler.reading.mastheads import masthead
from crawler.reading.repair import repair_lines
from crawler.reading.trim import PARAGRAPH, Front, Line, find_front, is_heading, trim

MAX_TEXT_LINES = 20_000
_LONG = 12  # a heading of so many characters is no menu's
_UNDER_HEADING = 3  # lines below it that look like headings too: a second one, the speaker, the post
_SECTION = re.compile(f"(?:{any_of('site_words')}|{any_of('no_outlet_end')})$")
# the site of a body, which begins with its name: 嘉善县工商业联合会(总商会)
_BODY_HEAD = re.compile(
    r"[\u3400-\u9fff]{2,16}(?:联合会|商会|协会|医院|大学|学院|中学|小学|学校|人民政府|委员会)(?:[(（][^()（）]{2,8}[)）])?"
)
_LONGEST = 60  # a heading that looks like running text is no longer
_STOPS = ("。", "！", "!", "？", "”", "；")
_STOP = re.compile("[。！!？?]")  # one inside the line
_AUTHOR = re.compile(rf"[{''.join(sorted(SINGLE))}][\u3400-\u9fff\s]{{1,4}}$")  # between heading and date
_SECTION_HEAD = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]|第[一二三]|同志们|各位")
_REPORT = re.compile(r"(?:\d{1,2}月)?\d{1,2}日|近日|日前|近期|据|为了?|今年|去年|本报|本网")  # how a report begins
_PAGE_HEAD = re.compile(r"^第\s*[A-Za-z]?\d{1,3}\s*版")
_BEFORE_LABEL = re.compile(r"^(\S.{7,60}?)\s+(?:发布|发表|更新)?(?:时间|日期)\s*[:：]")
_FORMER_TITLE = re.compile(r"(?:原标题|原题)\s*:")
_DAY = r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
_PRINTED_ON = re.compile(rf"^[\[(（【]{_DAY}[\])）】]\s*|\s*[\[(（【]{_DAY}[\])）】]$")  # a day beside the heading
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#x?[0-9a-fA-F]{2,6});")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,10}(?:\s[^<>\n]{0,200})?/?>(?:data:image/\S*)?")
_BELOW = 8  # lines that went, below the body, among which a labelled date is looked for


def read_lines(draft: Draft, text: str) -> Reading:
    """Read a page's lines; raises :class:`ReadingError` when there are none."""
    text = text[:MAX_PARSED_CHARS]
    if "&" in text and _ENTITY.search(text):  # escaped twice on its way
        text = unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    printed = unglue(join_broken([line for line in map(tidy, text.splitlines()[:MAX_TEXT_LINES]) if line]))
    if not printed:
        raise ReadingError(draft.page.url, "the page holds no text; is it drawn by a script?")
    draft.repaired = repair_lines(printed)
    draft.lines = [
        Line(line, fixed, running_weight(fixed, 0), number)
        for number, (line, fixed) in enumerate(zip(printed, draft.repaired.lines, strict=True))
    ]
    draft.opinions = ("text",)
    _split(draft)
    return finish(draft)


def _split(draft: Draft) -> None:
    """Find heading and byline, and trim what is around the body."""
    lines = draft.lines
    front = find_front(lines)
    above = -1 if front.byline is None else front.byline
    body = next((i for i, line in enumerate(lines) if i > above and line.weight >= PARAGRAPH), len(lines))
    title_at = _heading_at(lines, front, body)
    draft.title = _title_of(lines, front, title_at)
    if title_at is not None:
        for line in lines[: title_at + 1]:
            line.gone = line.gone or "before the title"
    top = [line.text for line in lines[: body + 1]]
    draft.breadcrumb = claims.breadcrumb_of(top) or claims.trail_of(top)
    byline = front.byline or 0
    under = byline + 1 if title_at is None or title_at < byline else title_at + 1  # not what stands over the heading
    is_bare = front.byline is None and body == 0  # the page begins with running text, whose days date nothing
    draft.above = [] if is_bare else [line.text for line in lines[: byline + 1]]
    beside = lines[max(0, byline - 2) : byline + 1]
    if front.byline is None:  # the first line may be a byline no rule knows, a sentence is none
        beside = [line for line in lines[: min(1, body)] if not line.text.endswith("。")]
    draft.head = [line.text for line in (*beside, *lines[under:body])]
    trim(lines, draft.title, front)
    draft.below = [line.text for line in lines if not line.kept][-_BELOW:]


def _heading_at(lines: Sequence[Line], front: Front, body: int) -> int | None:
    """The line of the heading: above the byline or the body, below a bare date, or a long one the body seems to be."""
    title_at = front.title
    if front.byline is None:
        title_at = next((i for i in range(body - 1, -1, -1) if is_heading(lines[i])), None)
        if title_at is None and _leads_in(lines[body : body + _BELOW]):
            title_at = body
    elif _PAGE_HEAD.match(lines[front.byline].text) or (
        title_at != front.byline - 1 and not _AUTHOR.match(lines[front.byline - 1].text if front.byline else "")
    ):
        title_at = _below_date(lines, front.byline, body) or title_at
    if title_at is None and front.byline is not None and front.byline < min(_UNDER_HEADING, body - 1):
        below = range(front.byline + 1, min(front.byline + 1 + _UNDER_HEADING, body))  # none stands above
        if _glued_heading(lines[front.byline].text) is None:
            title_at = next((i for i in below if is_heading(lines[i])), None)
    return 0 if _begins_with_heading(lines[: title_at or 0]) else title_at


def _title_of(lines: Sequence[Line], front: Front, title_at: int | None) -> str | None:
    """The heading; without a line of its own, what stands before a labelled date or behind 原标题."""
    if title_at is not None:
        return _PRINTED_ON.sub("", lines[title_at].text)
    if front.byline is not None and (glued := _glued_heading(lines[front.byline].text)) is not None:
        return glued
    return next((line.text for line in lines[:_UNDER_HEADING] if _FORMER_TITLE.match(fold(line.text))), None)


def _glued_heading(byline: str) -> str | None:
    """The heading in front of a labelled date in its own line, if that is no paper's head."""
    found = _BEFORE_LABEL.match(byline)
    return found[1] if found is not None and masthead(found[1]) is None else None


def _below_date(lines: Sequence[Line], date: int, body: int) -> int | None:
    """Newspapers' own sites print the day, then the heading; of more than one the one their list of articles names."""
    if not claims.is_bare_date(lines[date].text) and not _PAGE_HEAD.match(lines[date].text):
        return None
    below = [i for i in range(date + 1, min(body, date + _BELOW)) if is_heading(lines[i])]
    below = [i for i in below if not _SECTION_HEAD.match(lines[i].text)]
    listed = [i for i in below if any(lines[i].text in line.text for line in lines[:date])]
    return next(iter(listed or below), None)


def _leads_in(lines: Sequence[Line]) -> bool:
    """Whether the first line of running text is a long heading: no stop in it, a paragraph below or printed twice."""
    if len(lines) < 2 or not is_heading(lines[0]) or len(lines[0].text) > _LONGEST or _REPORT.match(lines[0].text):
        return False
    if any(line.text == lines[0].text for line in lines[1:]):
        return True
    return not _STOP.search(lines[0].text[:-1]) and lines[1].weight >= PARAGRAPH and lines[1].text.endswith(_STOPS)


def _begins_with_heading(above: Sequence[Line]) -> bool:
    """Whether the page begins with its heading: a long one, and no chrome before the line taken for it so far."""
    if not 0 < len(above) <= _UNDER_HEADING or len(above[0].text) < _LONG or not is_heading(above[0]):
        return False
    if _BODY_HEAD.fullmatch(above[0].text):
        return False
    chrome = (">" in line.text or judge(fold(line.text), zone) for line in above for zone in ("any", "head"))
    return _SECTION.search(above[0].text) is None and not any(chrome)
