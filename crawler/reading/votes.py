"""What well-kept extractors take for the article, as votes for lines; menus are taken out of their copy beforehand."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree, html

from crawler.reading.blocks import Block, blocks_of, squeeze
from crawler.reading.dom import Element

if TYPE_CHECKING:
    from trafilatura.settings import Extractor

MENU_LINES = 4  # lines, links all of them, that make a menu or a list of other articles
LINK = 0.8  # share of link text from which a line is a link
SENTENCE = 30  # a longer line may be a sentence of the article that is linked as a whole
_MARK = "data-menu"
_PARTS_OF_TABLES = frozenset(["tr", "td", "th", "tbody"])

for _noisy in ("trafilatura", "readability", "readability.readability", "htmldate"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)


def without_menus(tree: Element, blocks: Sequence[Block]) -> Element:
    """A copy of the tree without the parts in which every line is a link: most of a portal's page, no article.

    The extractors walk and copy what they are given a dozen times, so this halves what they cost.
    """
    lines: dict[Element, int] = {}
    texts: set[Element] = set()
    for block in blocks:
        link = block.link_share > LINK and len(block.text) <= SENTENCE
        element: Element | None = block.element
        while element is not None:
            lines[element] = lines.get(element, 0) + 1
            if not link:
                texts.add(element)
            element = element.getparent()
    menus: list[Element] = []
    open_ = [tree]
    while open_:
        for child in open_.pop():
            count = lines.get(child, 0)
            if child in texts:
                open_.append(child)
            elif count >= MENU_LINES and child.tag not in _PARTS_OF_TABLES:
                menus.append(child)
    for menu in menus:
        menu.set(_MARK, "")
    copy = deepcopy(tree)
    for menu in menus:
        del menu.attrib[_MARK]
    for menu in list(copy.iterfind(f".//*[@{_MARK}]")):
        menu.drop_tree()
    return copy


def trafilatura_votes(tree: Element, blocks: Sequence[Block]) -> set[int]:
    """Which lines trafilatura takes for the article."""
    import trafilatura  # here, not above: processes that only hand pages to others need none of it

    try:
        document = trafilatura.bare_extraction(tree, options=_options())
    except Exception:  # its bugs on odd trees must not lose the page: no vote, and the lines speak
        return set()
    text = getattr(document, "text", None)
    return _match(text.split("\n"), blocks) if text else set()


def readability_votes(tree: Element, blocks: Sequence[Block]) -> set[int]:
    """Which lines readability takes for the article."""
    from readability import Document

    try:
        summary = Document(etree.tostring(tree, encoding="unicode", method="html")).summary(html_partial=True)
        lines = [block.text for block in blocks_of(html.fragment_fromstring(summary, create_parent="div"))]
    except Exception:  # a library's bug on an odd tree is no reason to lose the page
        return set()
    return _match(lines, blocks)


def _options() -> Extractor:
    from trafilatura.settings import DEFAULT_CONFIG, Extractor

    return Extractor(config=DEFAULT_CONFIG, output_format="python", fast=True, comments=False, formatting=False)


def _match(lines: Iterable[str], blocks: Sequence[Block]) -> set[int]:
    """The blocks whose text an extractor gave back, whole or as part of a longer line."""
    squeezed = [squeeze(line) for line in lines]
    whole, joined = set(squeezed), "\n".join(squeezed)
    found = set()
    for block in blocks:
        text = squeeze(block.text)
        if text in whole or (len(text) >= 8 and text in joined):
            found.add(block.index)
    return found
