"""What the recipe and the spiders ask of an answer: its media type, its headers, its text."""

from __future__ import annotations

from scrapy.http import Response, TextResponse

from crawler.reading import decode

_OTHER_KINDS = ("image/", "audio/", "video/", "application/pdf", "application/zip", "application/ms", "application/vnd")


def other_kind(response: Response) -> str | None:
    """The media type of an answer that is no web page, None for web pages."""
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1").partition(";")[0].strip().lower()
    if isinstance(response, TextResponse) and not kind.startswith(_OTHER_KINDS):
        return None
    return kind or "data of unknown type"


def headers_of(response: Response) -> tuple[tuple[str, str], ...]:
    """The response's headers as the recipe takes them."""
    pairs = ((name, value) for name, values in response.headers.items() for value in values)
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in pairs)


def text_of(response: Response) -> str:
    """The page as text, its charset judged from the bytes: what servers and pages declare is often wrong."""
    return decode(response.body, headers_of(response)).text
