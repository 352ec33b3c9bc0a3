"""A page as a tree: body region, heading and byline around it, lines judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from lxml import etree, html

from crawler.portals import known
from crawler.reading import claims
from crawler.reading.attachments import attachments_of
from crawler.reading.blocks import Block, blocks_of, squeeze
from crawler.reading.body import TINY, Region, find_body
from crawler.reading.dom import MAX_PARSED_CHARS, Element, strip_markup
from crawler.reading.draft import Draft, Reading, finish
from crawler.reading.errors import ReadingError
from crawler.reading.profile import MAX_LINES as MAX_SKETCHED
from crawler.reading.profile import Layout, PageSketch, SiteProfile, host_of, layout_of, line_hash, path_of, url_key
from crawler.reading.repair import repair_lines
from crawler.reading.script_held import ScriptArticle, script_article
from crawler.reading.titles import Heads, find_title
from crawler.reading.trim import Line, find_front, trim

MAX_HEAD = 50  # lines before the body among which a byline is looked for
ABOVE_TITLE = 6  # lines above the heading that may hold a byline
TABLE = 30  # lines above the heading that may be a table of particulars
FIRST = 6  # lines of the container that may hold a byline
BELOW = 8  # lines below the body among which a labelled date is looked for
MAX_BYLINE = 160
MENU = 0.8  # share of link text from which a line of several pieces is a menu
_SILENT = ("script", "style", "svg", "noscript", "template")


def read_tree(
    draft: Draft,
    tree: Element,
    text: str,
    profile: SiteProfile | None,
    *,
    sketch: bool = False,
    learning: bool = False,
) -> Reading | None:
    """Read a parsed page; None when the tree lost the text (nested too deep for the parser).

    When ``learning``, a page that can teach the profile is read without it, and only such a page is sketched.
    """
    if len(text) > MAX_PARSED_CHARS:
        draft.warnings.append(f"only the first {MAX_PARSED_CHARS:,} characters were read")
    draft.scripts = _take_silent(tree, text)
    alive = list(tree.iter())  # lxml makes an element's proxy anew each time unless someone holds it
    draft.metas = claims.metas_of(tree)
    heads = Heads.of(tree, draft.metas)
    layout = layout_of(tree)
    if learning and profile is not None:
        sketch = profile.learns_from(layout, draft.page.url)
        profile = None if sketch else profile
    known = profile.layout(layout) if profile is not None else None
    blocks = page_blocks = blocks_of(tree)
    if not blocks and len(squeeze(strip_markup(text))) > 2 * TINY and not draft.scripts:
        return None
    region = find_body(tree, blocks, known, _declared(draft, tree)) if blocks else None
    held = script_article(draft.scripts) if region is None or region.weight < 2 * TINY else None
    if held is not None and (region is None or held.sentences > 2 * _sentences(region)):
        blocks, region = _from_script(held, blocks)
        heads.choose(held.titles)
        draft.warnings.append("the article stands only in a script")
    if region is None:
        raise ReadingError(draft.page.url, "the page holds no text; is it drawn by a script?")
    draft.opinions = region.opinions
    draft.container = path_of(region.container)
    draft.attachments = attachments_of(region.container, draft.page.url)
    _judge(draft, blocks, region, heads, known)
    reading = finish(draft)
    if sketch:
        reading.sketch = _sketch(draft, page_blocks, layout, reading)
    del alive
    return reading


def _declared(draft: Draft, tree: Element) -> str | None:
    """The portal's body selector of the day that the page's URL names; without such a day the newest that fits."""
    found = known(draft.page.portal)
    if found is None or not (found.body or found.earlier):
        return None
    day = next((claim.value for claim in claims.url_dates(draft.page.url)), "")
    try:
        selectors = found.bodies(date.fromisoformat(day))
    except ValueError:
        selectors = found.bodies(None)
    return next((one for one in selectors if len(tree.cssselect(one)) == 1), None)


def _take_silent(tree: Element, markup: str) -> list[str]:
    """Script texts, taken out of the tree with styles: no reader of the body needs them, and copies get cheap."""
    scripts = []
    for element in list(tree.iter(*_SILENT)):
        if element.tag == "script" and element.text:
            scripts.append(element.text)
        if element.getparent() is not None:
            element.drop_tree()
    # WeChat hides its body until its script has run; trafilatura would believe it
    if "visibility" in markup:
        for element in tree.xpath("//*[contains(@style, 'visibility')]"):
            del element.attrib["style"]
    return scripts


def _sentences(region: Region) -> int:
    kept = (block.text for block in region.lines if block.index not in region.dropped)
    return sum(text.count("，") + text.count("。") for text in kept)


def _from_script(held: ScriptArticle, page_blocks: Sequence[Block]) -> tuple[list[Block], Region]:
    """The script's fragment as the page's body; lines of the page itself stay in front for the byline."""
    try:
        root = html.fragment_fromstring(held.html, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = html.Element("div")
        root.text = strip_markup(held.html)
    _take_silent(root, held.html)
    inner = blocks_of(root)
    front = list(page_blocks)[: MAX_HEAD // 2]
    for number, block in enumerate(inner):
        block.index = len(front) + number
    return front + inner, Region(root, inner, opinions=("script",))


def _judge(draft: Draft, blocks: Sequence[Block], region: Region, heads: Heads, known: Layout | None) -> None:
    """Repair the lines in view (heading, head, body, a few below) as one text, then judge them."""
    start = region.lines[0].index if region.lines else 0
    end = region.lines[-1].index if region.lines else 0
    heading = find_title(blocks, start, end, heads)
    head = _head(blocks, start, heading.at)
    first = [block for block in region.lines[:FIRST] if len(block.text) <= MAX_BYLINE]
    below = [block for block in blocks[end + 1 : end + 1 + BELOW] if block.link_share < 0.7]
    printed = [
        heading.text or "",
        *map(_byline, head),
        *map(_byline, first),
        *map(_byline, below),
    ]
    draft.repaired = repair_lines([*printed, *(block.text for block in region.lines)])
    fixed = draft.repaired.lines
    body = len(printed)
    draft.body_at = body
    draft.title = fixed[0] or None
    above = 0 if heading.at is None else sum(block.index < blocks[heading.at].index for block in head)
    draft.over, draft.head = fixed[1 : 1 + above], fixed[1 + above : 1 + len(head)]
    draft.below = fixed[body - len(below) : body]
    draft.lines = [
        Line(block.text, text, block.weight, block.index, region.dropped.get(block.index))
        for block, text in zip(region.lines, fixed[body:], strict=True)
    ]
    near = blocks[heading.at : start + 2] if heading.at is not None else [*head, *region.lines[:FIRST]]
    if heading.at is not None:
        draft.above = [block.text for block in blocks[max(0, heading.at - TABLE) : heading.at] if len(block.text) < 60]
    draft.named = list(claims.named_sources(_elements(near)))
    draft.breadcrumb = claims.breadcrumb_of(block.text for block in blocks[: start + 1])
    if known is not None:
        for line in draft.lines:
            if line.kept and line_hash(line.original) in known.chrome:
                line.gone = "recurs on the site"
    front = None
    if heading.at is None or heading.at >= start:
        front = find_front(draft.lines)
        if front.title is not None and heading.at is None:
            draft.title = draft.lines[front.title].text
    trim(draft.lines, draft.title, front)
    # what stays in the body is no byline: a date in the first sentence is not the date of publication
    gone = {line.index for line in draft.lines[:FIRST] if not line.kept}
    draft.head += [text for block, text in zip(first, fixed[1 + len(head) :], strict=False) if block.index in gone]
    if front is not None and front.byline is not None and front.byline >= FIRST:
        draft.over, draft.head = [], [line.text for line in draft.lines[max(0, front.byline - 1) : front.byline + 1]]


def _head(blocks: Sequence[Block], start: int, title_at: int | None) -> list[Block]:
    """Lines that may hold the byline: from a little above the heading to the body."""
    first = start if title_at is None else min(start, title_at)
    head = blocks[max(0, first - ABOVE_TITLE) : start][-MAX_HEAD:]
    return [block for block in head if block.link_share < 0.7 or len(block.text) < 25]


def _byline(block: Block) -> str:
    """A line as a byline, piece by piece; a long one is no byline and stays as it is, as does a row of links."""
    if len(block.text) > MAX_BYLINE or (block.link_share > MENU and len(block.parts) > 1):
        return block.text
    return claims.byline_of(block.parts)


def _elements(blocks: Sequence[Block]) -> Iterator[Element]:
    """The blocks' elements and what is inline in them, each once."""
    seen: set[Element] = set()
    for block in blocks[:MAX_HEAD]:
        for element in block.element.iter():
            if element not in seen and isinstance(element.tag, str):
                seen.add(element)
                yield element
            if len(seen) > 300:
                return


def _sketch(draft: Draft, blocks: Sequence[Block], layout: str, reading: Reading) -> PageSketch | None:
    """What a site learns from this page; nothing from a page without a body."""
    if len(reading.article.text) < TINY or "script" in draft.opinions:
        return None
    day = draft.page.fetched_at.date().isoformat() if draft.page.fetched_at else ""
    lines = dict.fromkeys(line_hash(block.text) for block in blocks[:MAX_SKETCHED])
    url = draft.page.url
    return PageSketch(
        host_of(url), layout, url_key(url), day, tuple(lines), line_hash(reading.article.original), draft.container
    )
