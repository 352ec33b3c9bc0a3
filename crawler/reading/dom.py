"""Text to tree: what keeps pages whole that parsers cut short, and the caps that keep parsing cheap."""

from __future__ import annotations

import re
from html import unescape
from typing import TypeAlias

from lxml import etree, html

MAX_PAGE_BYTES = 10_000_000  # larger responses are not pages; the Scrapy side refuses them before download
MAX_PARSED_CHARS = 4_000_000  # what is parsed of a page; the rest is cut and said so
MAX_ATTRIBUTE = 20_000
MAX_LINE_CHARS = 20_000
_ENDS = re.compile(r"</\s*(?:html|body)\s*>", re.I)
_LONG_ATTRIBUTE = re.compile(rf"""(=\s*)("[^"<>]{{{MAX_ATTRIBUTE},}}"|'[^'<>]{{{MAX_ATTRIBUTE},}}')""")
_MARKUP = re.compile(r"<\s*(?:!doctype|html|head|body|div|p|table|meta|title|span|a|br|section|article|script)\b", re.I)
_SILENT = re.compile(r"<(script|style|svg|noscript|template)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_TAGS = re.compile(r"<[^<>]*>")

Element: TypeAlias = html.HtmlElement
# lxml.html asks a Python function for the class of every element it hands out, many thousand times a page
_ELEMENTS = etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment)


def parse(text: str) -> Element | None:
    """Parse decoded HTML; None when there is no element at all.

    libxml2 drops what follows a stray ``</html>`` and stops at a depth of 256 unless told otherwise.
    """
    text = _ENDS.sub("", text[:MAX_PARSED_CHARS])
    if len(text) > MAX_ATTRIBUTE:
        text = _LONG_ATTRIBUTE.sub(r'\1""', text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree if isinstance(tree, html.HtmlElement) else None


def strip_markup(text: str) -> str:
    """The text of markup no parser gets through (thousands of levels deep): tags out, lines kept."""
    return unescape(_TAGS.sub("\n", _SILENT.sub("\n", text[:MAX_PARSED_CHARS])))


def looks_like_markup(text: str) -> bool:
    """Whether the text's head holds tags of a page."""
    return bool(_MARKUP.search(text[:20_000]))
