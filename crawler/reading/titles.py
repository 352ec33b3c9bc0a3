"""The heading of a page: the line that the ``<title>`` quotes, else a heading before the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from crawler.reading.blocks import Block, squeeze, tidy
from crawler.reading.days import year_first
from crawler.reading.dom import Element
from crawler.reading.fields import ArticleLoader, Claim
from crawler.reading.lines import fold, judge

_HEADING_TAGS = {"h1": 40, "h2": 25, "h3": 12, "h4": 6, "h5": 6, "h6": 4}
_TITLE_NAME = re.compile(r"title|headline|biaoti|\bbt\b|tit\b|h-title|post_t", re.I)
_NOT_TITLE_NAME = re.compile(r"sub|fu|related|recommend|list|nav|side|site|logo|column|share", re.I)
DATED = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|来源\s*[：:]")
ENOUGH = 20  # score a heading must be above
BYLINE_NEAR = 30  # score for a date or source on the next two lines
SHORT = 7  # a heading shorter than this is more often a section's name
_DAY_BEHIND = re.compile(r"\s*[（(]\s*(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?\s*[)）]$")
_FOLD = str.maketrans("“”‘’＂「」：！？，（）—－–|｜", '""\'\'""":!?,()---||')


@dataclass(slots=True)
class Heads:
    """What the head of the document and its scripts say of title."""

    title: str | None = None
    meta_title: str | None = None
    script: str | None = None

    @classmethod
    def of(cls, tree: Element, metas: dict[str, str]) -> Heads:
        """Read ``<title>`` and title metas."""
        element = next(tree.iter("title"), None)
        title = tidy("".join(element.itertext()))[:300] if element is not None else None
        meta = metas.get("articletitle") or metas.get("og:title") or metas.get("twitter:title")
        return cls(title or None, meta)

    def choose(self, titles: Sequence[str]) -> None:
        """Of the titles in a script's data take the one that ``<title>`` or the metas quote, else the first."""
        said = [_key(text) for text in (self.title, self.meta_title) if text]
        quoted = [text for text in titles if any(_key(text) in key for key in said)]
        self.script = max(quoted, key=len) if quoted else titles[0] if titles and not said else None


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the index of its line, if a line bears it."""

    text: str | None
    at: int | None
    basis: str


def find_title(blocks: Sequence[Block], start: int, end: int, heads: Heads) -> Title:
    """The best heading; ``start`` and ``end`` are the positions of the body's first and last line."""
    said = [_key(text) for text in (heads.title, heads.meta_title, heads.script) if text]
    best: tuple[float, int] | None = None
    for at, block in enumerate(blocks[: end + 1]):
        if not 4 <= len(block.text) <= 150 or at > start + 4:
            if at > start + 4:
                break
            continue
        score = _score(block, at, start, said, blocks[at + 1 : at + 3])
        if score > ENOUGH and (best is None or score > best[0]):
            best = (score, at)
    if best is not None:
        return Title(_undated(blocks[best[1]].text, said), best[1], "page")
    for text, basis in ((heads.script, "script"), (heads.meta_title, "meta"), (heads.title, "title")):
        if text:
            return Title(text if basis == "script" else _heading_inside(text), None, basis)
    return Title(None, None, "none")


def _undated(heading: str, said: Sequence[str]) -> str:
    """The heading without a day in brackets at its end that the page's own title does not have."""
    shorter = _DAY_BEHIND.sub("", heading)
    known = shorter != heading and any(_key(shorter) in text and _key(heading) not in text for text in said)
    return shorter if known else heading


def _score(block: Block, at: int, start: int, said: Sequence[str], later: Sequence[Block]) -> float:
    """How much speaks for a line as the heading; ``later`` are the next two, which may hold the byline."""
    key = _key(block.text)
    score = float(_HEADING_TAGS.get(block.element.tag, 0))
    score += (quoted := _quoted(key, said))
    if not quoted and (at > start or (not score and block.link_share > 0.5)):  # below the body; links of a menu
        return 0.0
    names = f"{block.element.get('class', '')} {block.element.get('id', '')}"
    if len(names) > 1 and _TITLE_NAME.search(names) and not _NOT_TITLE_NAME.search(names):
        score += 15
    score -= min(abs(start - at), 60) * 0.4
    if len(key) < SHORT and block.element.tag != "h1":
        score -= 50
    if block.link_share > 0.5:
        score -= 45
    if score + BYLINE_NEAR <= ENOUGH:  # menus: most lines above the body
        return 0.0
    if any(DATED.search(year_first(line.text)) for line in later):
        score += BYLINE_NEAR
    folded = fold(block.text)
    return score - 60 if judge(folded, "any") or judge(folded, "head") else score


def _quoted(key: str, said: Sequence[str]) -> float:
    """How well the document's own titles quote the line."""
    if key in said:
        return 80
    within = cut = False
    for text in said:  # menus are asked line by line: a plain loop is quick
        if key in text and len(key) >= 6:
            if text.startswith(key):
                return 50 + min(len(key), 40)
            within = within or len(key) >= 8
        cut = cut or (len(text) >= 8 and key.startswith(text.rstrip(".…")))
    return 40 + min(len(key), 40) if within else 60 if cut else 0


@lru_cache(maxsize=1024)  # a site's menus stand above the heading of every page
def _key(text: str) -> str:
    return squeeze(text).translate(_FOLD).casefold()


def _heading_inside(text: str) -> str:
    loader = ArticleLoader()
    loader.add_value("title", Claim(text, "title"))
    value = loader.get_output_value("title")
    return value.value if value else text
