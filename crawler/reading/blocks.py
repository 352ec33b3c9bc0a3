"""A tree as the lines a reader sees: one Block per block-level run of text, in page order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from crawler.reading.dom import MAX_LINE_CHARS, Element

MAX_BLOCKS = 30_000
_SHORT = 40  # characters of a line that may be of a menu, which recurs on every page of a site
_SILENT = "script style svg noscript template head select option button textarea iframe object embed canvas audio map"
_BREAKING = """
    address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main marquee menu nav ol p pre section summary table tbody
    td tfoot th thead title tr ul video
"""
SILENT = frozenset(_SILENT.split())
BREAKING = frozenset(_BREAKING.split())
_INLINE, _LINK_KIND, _BREAK_KIND, _BLOCK_KIND, _SILENT_KIND = range(5)
_KINDS = {
    **dict.fromkeys(BREAKING, _BLOCK_KIND),
    **dict.fromkeys(SILENT, _SILENT_KIND),
    "a": _LINK_KIND,
    "br": _BREAK_KIND,
}
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\ue000-\uf8ff]+")
_WRAP = re.compile(r"(?<=[^\x00-\x7f])[ \t\u00a0]*[\r\n]\s*(?=[^\x00-\x7f])")
_PUNCTUATED = re.compile(r"[，。；！？：、,;!?]|\.\s")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)


@dataclass(slots=True, eq=False)
class Block:
    """A line of the page: text, how many of its characters are link text, its element, and its pieces as marked up."""

    index: int
    text: str
    linked: int
    element: Element
    raw: list[str]
    hidden: bool
    weight: int
    """How much running text the line holds: its unlinked length if punctuated, else a little."""

    @property
    def parts(self) -> list[str]:
        """The text of each inline piece, in order."""
        return [part for part in map(tidy, self.raw) if part]

    @property
    def link_share(self) -> float:
        """Share of the characters that stand in links."""
        return self.linked / len(self.text) if self.text else 0.0


def running_weight(text: str, linked: int) -> int:
    """The characters of running text in a line of which ``linked`` stand in links."""
    own = len(text) - linked
    if own <= 0 or linked > own:
        return 0
    return own if own > 12 and _PUNCTUATED.search(text) else own // 6


def squeeze(text: str) -> str:
    """Text without any white space: how lines of two readers are compared."""
    return "".join((text if text.isprintable() else _INVISIBLE.sub("", text)).split())  # to ask is quick


def tidy(text: str) -> str:
    """One line: runs of white space become a space, a line break inside Chinese text nothing."""
    if "\n" in text:
        text = _WRAP.sub("", text)
    if not text.isprintable():
        text = _INVISIBLE.sub(" ", text)
    return " ".join(text.split())


_tidied = lru_cache(maxsize=2048)(tidy)


def blocks_of(root: Element) -> list[Block]:
    """Walk the tree once, without recursion, and give its lines."""
    found: list[Block] = []
    raw: list[str] = []
    linked = 0
    holder = root
    anchors = 0
    hidden_at: list[Element] = []

    def flush() -> None:
        nonlocal linked, raw
        line = raw[0] if len(raw) == 1 else "".join(raw)
        text = _tidied(line) if len(line) <= _SHORT else tidy(line)
        if text:
            short = text[:MAX_LINE_CHARS]
            held = min(linked, len(short))
            found.append(Block(len(found), short, held, holder, raw, bool(hidden_at), running_weight(short, held)))
        raw = []
        linked = 0

    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        kind = _KINDS.get(tag, _INLINE)
        if event == "start":
            if kind == _SILENT_KIND:
                walker.skip_subtree()
                continue
            if _BREAK_KIND <= kind <= _BLOCK_KIND:
                if raw:
                    flush()
                if kind == _BLOCK_KIND:
                    holder = element
            elif kind == _LINK_KIND:
                anchors += 1
            style = element.get("style")
            if style and _HIDDEN.search(style):
                hidden_at.append(element)
            text = element.text
            if text:
                if tag == "pre" and "\n" in text:
                    for line in text.split("\n"):
                        raw.append(line)
                        flush()
                elif raw or not text.isspace():  # a line does not begin with white space
                    raw.append(text)
                    if anchors:
                        linked += len(text.strip())
            continue
        if hidden_at and hidden_at[-1] is element:
            if raw:
                flush()
            hidden_at.pop()
        if _BREAK_KIND <= kind <= _BLOCK_KIND:
            if raw:
                flush()
            if kind == _BLOCK_KIND:
                parent = element.getparent()
                while parent is not None and parent.tag not in BREAKING:
                    parent = parent.getparent()
                holder = root if parent is None else parent
        elif kind == _LINK_KIND and anchors:
            anchors -= 1
        tail = element.tail
        if tail and (raw or not tail.isspace()) and element is not root:
            raw.append(tail)
            if anchors:
                linked += len(tail.strip())
        if len(found) >= MAX_BLOCKS:
            break
    if raw:
        flush()
    return found
