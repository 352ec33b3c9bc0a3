"""A page known only as plain text, chrome lines and all: line-level reading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.reading import claims
from crawler.reading.blocks import running_weight, tidy
from crawler.reading.dom import MAX_PARSED_CHARS
from crawler.reading.draft import Draft, Reading, finish
from crawler.reading.errors import ReadingError
from crawler.reading.labels import any_of
from crawler.reading.lines import fold, judge
from crawler.reading.repair import repair_lines
from crawler.reading.trim import PARAGRAPH, Line, find_front, is_heading, trim

MAX_TEXT_LINES = 20_000
_LONG = 12  # a heading of so many characters is no menu's
_UNDER_HEADING = 3  # lines below it that look like headings too: a second one, the speaker, the post
_SECTION = re.compile(f"(?:{any_of('site_words')}|{any_of('no_outlet_end')})$")
_BELOW = 8  # lines that went, below the body, among which a labelled date is looked for


def read_lines(draft: Draft, text: str) -> Reading:
    """Read a page's lines; raises :class:`ReadingError` when there are none."""
    printed = [line for line in map(tidy, text[:MAX_PARSED_CHARS].splitlines()[:MAX_TEXT_LINES]) if line]
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
    title_at = front.title
    if front.byline is None:
        title_at = next((i for i in range(body - 1, -1, -1) if is_heading(lines[i])), None)
    if _begins_with_heading(lines[: title_at or 0]):
        title_at = 0
    if title_at is not None:
        draft.title = lines[title_at].text
        for line in lines[: title_at + 1]:
            line.gone = line.gone or "before the title"
    draft.breadcrumb = claims.breadcrumb_of(line.text for line in lines[: body + 1])
    draft.head = [line.text for line in lines[max(0, (front.byline or 0) - 2) : body]]
    trim(lines, draft.title, front)
    draft.below = [line.text for line in lines if not line.kept][-_BELOW:]


def _begins_with_heading(above: Sequence[Line]) -> bool:
    """Whether the page begins with its heading: a long one, and no chrome before the line taken for it so far."""
    if not 0 < len(above) <= _UNDER_HEADING or len(above[0].text) < _LONG or not is_heading(above[0]):
        return False
    chrome = (judge(fold(line.text), zone) for line in above for zone in ("any", "head"))
    return _SECTION.search(above[0].text) is None and not any(chrome)
