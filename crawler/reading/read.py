"""The reader: a fetched page in, a clean article out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.guard import block_page
from crawler.model import Article, Page
from crawler.reading.decode import clean_characters, decode
from crawler.reading.dom import MAX_PAGE_BYTES, looks_like_markup, parse, strip_markup
from crawler.reading.draft import Draft, Reading
from crawler.reading.errors import ReadingError
from crawler.reading.html_page import read_tree
from crawler.reading.profile import SiteProfile
from crawler.reading.text_page import read_lines

_MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"\x1f\x8b",
    b"RIFF",
)
BINARY_HEAD = 4_096  # bytes in which null bytes are counted
BINARY = 10  # a page has fewer null bytes than one in so many
_TEXT_TYPES = re.compile(r"^\s*(?:text/(?:html|plain|xml)|application/(?:xhtml\+xml|xml))\b", re.I)
_OTHER_TYPES = re.compile(
    r"^\s*(?:(?:image|audio|video|font)/|application/(?!octet-stream|x-download|force-download)|text/(?:css|javascript))",
    re.I,
)


def read(page: Page, profile: SiteProfile | None = None) -> Article:
    """Read one page; ``profile`` is what is known of its site.

    Raises :class:`ReadingError` when there is nothing to read: no bytes, not text, over the size cap.
    """
    return _read(page, profile).article


def read_closely(page: Page, profile: SiteProfile | None = None) -> Reading:
    """Read one page and keep the grounds: what stayed, what went by which rule, and the sketch a site learns from."""
    return _read(page, profile, sketch=True)


def learn(page: Page, profile: SiteProfile | None = None) -> Reading:
    """Read a page as :func:`read` does, and sketch it if its site can still learn from it.

    A sketch comes of reading without the profile, so that what a page teaches does not depend on what was known before.
    """
    reading = _read(page, profile, sketch=True, learning=True)
    if reading.sketch is None or profile is None or not profile.layouts:
        return reading
    known = _read(page, profile)
    known.sketch = reading.sketch
    return known


def _read(page: Page, profile: SiteProfile | None, *, sketch: bool = False, learning: bool = False) -> Reading:
    draft, text = _decoded(page)
    if not text.strip():
        raise ReadingError(page.url, "the page is empty; fetch it again")
    if page.kind == "text":
        return read_lines(draft, text)
    if not page.judged and (block := block_page(page.content)):
        raise ReadingError(page.url, f"{block}; fetch it again")
    tree = parse(text) if "<" in text else None
    if tree is None:
        return read_lines(draft, strip_markup(text))
    reading = read_tree(draft, tree, text, profile, sketch=sketch, learning=learning)
    return read_lines(draft, strip_markup(text)) if reading is None else reading


def looks_like_html(body: bytes, headers: Iterable[tuple[str, str]] = ()) -> bool:
    """Whether a response is a page to read, by its content type and first bytes (types lie)."""
    if not body.strip() or body.startswith(_MAGIC):
        return False
    declared = next((value for name, value in headers if name.lower() == "content-type"), "")
    if _TEXT_TYPES.match(declared):
        return True
    if looks_like_markup(decode(body[:20_000], headers).text):
        return not re.match(r"\s*image/svg", declared, re.I)
    return not declared and not _OTHER_TYPES.match(declared) and b"\x00" not in body[:1000]


def _decoded(page: Page) -> tuple[Draft, str]:
    content = page.content
    if len(content) > MAX_PAGE_BYTES:
        size = f"{len(content):,} {'bytes' if isinstance(content, bytes) else 'characters'}"
        raise ReadingError(page.url, f"{size}, over the limit of {MAX_PAGE_BYTES:,}; not a page to read")
    if isinstance(content, str):
        text = clean_characters(content)
        return Draft(page, None, text.count("\ufffd")), text
    if content.startswith(_MAGIC):
        raise ReadingError(page.url, "not text but a document or an image; keep it as an attachment")
    decoded = decode(content, page.headers)
    nulls = 0 if decoded.encoding.startswith("utf-16") else content.count(0, 0, BINARY_HEAD)
    if nulls * BINARY > min(len(content), BINARY_HEAD) and not decoded.text.isspace() and decoded.text:
        raise ReadingError(page.url, "not text but binary data; keep it as an attachment")
    return Draft(page, decoded.encoding, decoded.replacement_chars), decoded.text
