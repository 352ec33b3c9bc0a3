"""From the lines of a region to the lines of the article: head, tail and chrome lines off, by the line rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.reading.claims import is_clock
from crawler.reading.labels import any_of
from crawler.reading.lines import cut_prefix, cut_suffix, fold, judge, may_end
from crawler.reading.mastheads import masthead
from crawler.reading.signed import is_signature

END_AFTER = {"related": 0.3, "contact": 0.6, "footer": 0.7}  # share of the running text before an ending line counts
END_AFTER_OTHERS = 0.5
SOONEST_END = min(END_AFTER_OTHERS, *END_AFTER.values())
TAIL_SHARE = 0.2  # running text the tail may still hold, as a share of the body
TAIL_CHARS = 200  # and in characters
FRONT_SHARE = 0.2  # running text that may stand before the byline
MAX_FRONT = 80  # lines that may stand before the byline
SHORT = 300  # running text of a notice
LINK_LIST = 3  # links in a row that make a list
SPEAKERS_LENGTH = 10  # a heading above who spoke is longer; a section's name is not
REPEATED = 12  # a line so long is not said twice by chance
PARAGRAPH = 24  # a line this long and punctuated is running text

_BOX = re.compile(rf"^[^。！？；，,;!?]{{0,12}}{any_of('box_endings')}$")
_REFERENCE = re.compile(r"^[^:]{2,8}:\W*[《“\"]")  # one linked title behind a label: the article goes on
_STRONG = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}|(?<!图片)(?<!图)(?<!数据)(?<!视频)(?:来源|稿源):")

_CAPTION = re.compile(rf"^(?:[■▲△▼◆]|\({any_of('caption_starts')}|图为)|{any_of('caption_ends')}\)?$")
_SEPARATOR = re.compile(r"[,|_]|-(?=[\u3400-\u9fff])")
_MENU = re.compile(r"(?:[\u3400-\u9fff]{1,4}\s+){4,}[\u3400-\u9fff]{1,4}|上一[期版篇页].{0,3}下一[期版篇页]")
_NO_HEADING = re.compile(rf"\s*{any_of('no_heading_start')}|.*{any_of('no_heading_end')}\s*$")
_TRAIL = re.compile(">|→.*→|»")
_WORD = re.compile(r"[^\W\d_]")
_SEPARATORS = 4  # so many make a line a menu or a list of search words
_WHO = r"[\u3400-\u9fff·]{2,8}"
_SPEAKERS = re.compile(rf"{_WHO}(?:[\s、,，]+{_WHO}){{0,5}}[\s、,，]*(?:分别|共同|一同)?{any_of('speakers_end')}")
_BARE = re.compile(
    r"^[\d\s\-/.:年月日时分秒星期周一二三四五六]+$"
)  # a date alone: a byline, or the clock of the site's head
_LABELLED = re.compile(r"(?:发布|发表|发稿)(?:时间|日期|于)[\s:|]*(?:19|20)\d\d|(?:来源|稿源):")


@dataclass(slots=True)
class Line:
    """A line of the region: what was printed, what it reads repaired, and why it goes (None: it stays)."""

    original: str
    text: str
    weight: int
    index: int
    gone: str | None = None
    cut: list[str] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        """Whether the line is part of the article."""
        return self.gone is None


@dataclass(frozen=True, slots=True)
class Front:
    """Where a list of lines bears its byline and, above it, its heading (indices, None when absent)."""

    byline: int | None
    title: int | None


def find_front(lines: Sequence[Line]) -> Front:
    """The byline (a date or source label before the bulk of the text) and the heading above it."""
    folded = [_judged(line) for line in lines]
    total = sum(line.weight for line in lines) or 1
    before = 0
    byline = None
    is_weak = False  # it tells a year at most
    for i, line in enumerate(lines):
        if i > MAX_FRONT or before > FRONT_SHARE * total or (byline is not None and line.weight >= PARAGRAPH):
            break
        verdict = judge(folded[i], "head") if len(folded[i]) <= 200 else None
        head = masthead(line.text)
        if (verdict and _STRONG.search(folded[i])) or (head is not None and head.is_dated):
            labelled = _LABELLED.search(folded[i]) is not None
            if byline is None or labelled or is_weak or is_clock(folded[byline]):
                byline, is_weak = i, head is not None and head.day is None
            if labelled or not (is_weak or _BARE.search(folded[i]) or is_clock(folded[i])):
                break
        before += line.weight
    if byline is None:
        return Front(None, None)
    title = next((i for i in range(byline - 1, max(-1, byline - 5), -1) if is_heading(lines[i])), None)
    return Front(byline, _over_speakers(lines, title) if title else title)


def _over_speakers(lines: Sequence[Line], title: int) -> int:
    """The heading above a line that only names who was there: 林予安 覃晓 出席并讲话."""
    above = lines[title - 1]
    if _SPEAKERS.fullmatch(lines[title].text) and len(above.text) > SPEAKERS_LENGTH and is_heading(above):
        return title - 1
    return title


def _judged(line: Line) -> str:
    """What rules see of a line: a paragraph without the credits glued to its ends, which are not what it is."""
    return fold(cut_prefix(cut_suffix(line.text)[0])[0] if line.weight >= PARAGRAPH else line.text)


def is_heading(line: Line) -> bool:
    """Whether a line can be an article's heading: short, no full stop, no caption, menu, subtitle, known to no rule."""
    text = fold(line.text)
    plain = 6 <= len(text) <= 80 and not text.endswith(("。", "；", "，", ";", ",")) and not _TRAIL.search(text)
    if _MENU.fullmatch(line.text.strip()) or _NO_HEADING.match(line.text):
        return False
    if not plain or _CAPTION.search(text) or len(_SEPARATOR.findall(text)) >= _SEPARATORS or text[0] in "-—–":
        return False
    if masthead(line.text) is not None or not _WORD.search(text):
        return False
    return judge(text, "any") is None and judge(text, "head") is None and not is_signature(text)


def trim(lines: Sequence[Line], title: str | None = None, front: Front | None = None) -> None:
    """Mark every line that is no part of the article with the rule that says so; ``front`` goes when it is given."""
    if front is not None and front.byline is not None:
        for line in lines[: front.byline]:
            line.gone = line.gone or "before the byline"
    folded = [_judged(line) for line in lines]
    for line, text in zip(lines, folded, strict=True):
        if line.kept and len(line.text) <= 200 and (verdict := judge(text, "any")):
            line.gone = f"{verdict.kind}:any"
    if front is not None and front.byline is not None:
        _end_at_links(lines[front.byline + 1 :])
    first = _first_paragraph(lines, folded)
    _trim_head(lines, folded, first, title)
    _end(lines, folded, first)
    _trim_tail(lines, folded, first)
    _trim_boxes(lines, folded)
    _drop_repeated(lines, folded, title)
    _cut_glued(lines)


def _end_at_links(lines: Sequence[Line]) -> None:
    """A short notice on a page read whole ends where a list of links begins: what follows is the page's side."""
    text = links = 0
    if sum(line.weight for line in lines if line.kept) > SHORT:
        return
    for number, line in enumerate(lines):
        if line.gone in ("links", "digest list"):
            links += 1
        elif line.kept:
            text += line.weight
            links = 0 if line.weight >= PARAGRAPH else links
        if links >= LINK_LIST and text >= PARAGRAPH:
            for later in lines[number:]:
                later.gone = later.gone or "after links"
            return


def _first_paragraph(lines: Sequence[Line], folded: Sequence[str]) -> int:
    """Index of the first line of running text that is no byline."""
    for i, line in enumerate(lines):
        if line.kept and line.weight >= PARAGRAPH and judge(folded[i], "head") is None and not is_signature(line.text):
            return i
    return next((i for i, line in enumerate(lines) if line.kept and judge(folded[i], "head") is None), len(lines))


def _trim_head(lines: Sequence[Line], folded: Sequence[str], first: int, title: str | None) -> None:
    wanted = fold(title) if title else None
    for i in range(min(first + 1, len(lines))):
        line = lines[i]
        if not line.kept:
            continue
        if wanted and (folded[i] == wanted or (len(folded[i]) > 6 and folded[i] in wanted)):
            line.gone = "title:head"
        elif i < first and len(folded[i]) <= 200:
            verdict = judge(folded[i], "head")
            if verdict or is_signature(line.text) or masthead(line.text) is not None:
                line.gone = f"{verdict.kind if verdict else 'byline'}:head"


def _end(lines: Sequence[Line], folded: Sequence[str], first: int) -> None:
    """Find the line that ends the article, and let all that follows go."""
    total = sum(line.weight for line in lines if line.kept) or 1
    before = 0
    for i, line in enumerate(lines):
        if i > first and len(folded[i]) <= 160 and before >= SOONEST_END * total:
            verdict = judge(folded[i], "tail") if may_end(folded[i]) else None
            if line.gone == "links" and _REFERENCE.search(folded[i]):
                continue
            if verdict and verdict.action == "end" and before >= END_AFTER.get(verdict.kind, END_AFTER_OTHERS) * total:
                line.gone = line.gone or f"{verdict.kind}:end"
                for later in lines[i + 1 :]:
                    later.gone = later.gone or f"after {verdict.kind}"
                return
        if line.kept:
            before += line.weight


def _trim_tail(lines: Sequence[Line], folded: Sequence[str], first: int) -> None:
    total = sum(line.weight for line in lines if line.kept) or 1
    tail_weight = 0
    credits_at = None
    for i in range(len(lines) - 1, first, -1):
        line = lines[i]
        if not line.kept:
            if line.gone and line.gone.startswith("editor"):
                credits_at = i
            continue
        verdict = judge(folded[i], "tail") if len(folded[i]) <= 500 else None
        if verdict or is_signature(line.text):
            kind = verdict.kind if verdict else "byline"
            line.gone = f"{kind}:tail"
            if kind == "byline":
                credits_at = i
            continue
        tail_weight += line.weight
        if tail_weight > min(TAIL_SHARE * total, TAIL_CHARS):
            break
    if (
        credits_at is not None
        and sum(line.weight for line in lines[credits_at:] if line.kept) <= TAIL_SHARE * total / 2
    ):
        for line in lines[credits_at:]:
            if line.kept and line.weight < PARAGRAPH:
                line.gone = "after credits"


def _trim_boxes(lines: Sequence[Line], folded: Sequence[str]) -> None:
    """Headings of boxes of which every link is gone, below the last paragraph."""
    below = False
    for line, text in zip(reversed(lines), reversed(folded), strict=True):
        if line.kept:
            if line.weight >= PARAGRAPH:
                return
            below = below and _BOX.match(text) is not None
            if below:
                line.gone = "box:tail"
        elif line.gone in ("links", "digest list"):
            below = True


def _drop_repeated(lines: Sequence[Line], folded: Sequence[str], title: str | None) -> None:
    """The heading again under every picture, and a caption or paragraph that came twice."""
    seen = {fold(title)} if title else set()
    for line, text in zip(lines, folded, strict=True):
        if line.kept and len(text) >= REPEATED:
            if text in seen:
                line.gone = "repeated"
            seen.add(text)


def _cut_glued(lines: Sequence[Line]) -> None:
    """Cut notes glued to the body's first line and credits glued to its last ones; the line remembers them."""
    kept = [line for line in lines if line.kept]
    for line in kept[:1]:
        _replace(line, cut_prefix(line.text)[0], cut_prefix(line.original)[0])
    for line in kept[-3:]:
        _replace(line, cut_suffix(line.text)[0], cut_suffix(line.original)[0])


def _replace(line: Line, text: str, original: str) -> None:
    if text != line.text:
        line.cut.append(line.text.replace(text, ""))
        line.text, line.original = text, original
