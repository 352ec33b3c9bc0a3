"""Bytes to text: declarations lie, the bytes decide."""

from __future__ import annotations

import codecs

import pytest
from reading_pages import BODY, portal

from crawler.model import Page
from crawler.reading import decode, read

TRADITIONAL = "兩地簽訂東西部協作協議，雙方代表出席儀式並致辭，會議在縣政府禮堂舉行。這是協作的第五個年頭。"


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", "iso-8859-1", "no-such-charset", ""])
@pytest.mark.parametrize("actual", ["gb18030", "utf-8"])
def test_a_lying_or_missing_declaration_survives(declared: str, actual: str) -> None:
    article = read(Page("http://example.cn/1.html", portal(charset=declared).encode(actual)))
    assert article.text == "\n".join(BODY)
    assert (article.encoding, article.replacement_chars) == (actual, 0)


@pytest.mark.parametrize("header", [None, "text/html; charset=gb2312", "text/html; charset=UTF-8"])
def test_header_does_not_overrule_the_bytes(header: str | None) -> None:
    headers = (("Content-Type", header),) if header else ()
    assert decode(portal().encode("gbk"), headers).text.count(BODY[0]) == 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("bom", [True, False])
def test_utf16(encoding: str, bom: bool) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[encoding] if bom else b""
    decoded = decode(mark + portal().encode(encoding))
    assert (decoded.encoding, decoded.basis) == (encoding, "bom" if bom else "content")
    assert BODY[0] in decoded.text


def test_utf8_bom_goes() -> None:
    decoded = decode(codecs.BOM_UTF8 + portal().encode())
    assert (decoded.text[:9], decoded.basis) == ("<!DOCTYPE", "bom")


@pytest.mark.parametrize("declared", ["big5", "utf-8", ""])
def test_big5(declared: str) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body><p>{TRADITIONAL}</p></body></html>"
    decoded = decode(page.encode("big5"))
    assert decoded.encoding == "big5hkscs"
    assert TRADITIONAL in decoded.text


def test_traditional_text_in_gbk_is_not_taken_for_big5() -> None:
    assert decode(f"<p>{TRADITIONAL}</p>".encode("gb18030")).encoding == "gb18030"


def test_lost_bytes_are_counted() -> None:
    raw = portal().encode()
    cut = raw.index(BODY[0].encode()) + 1
    decoded = decode(raw[:cut] + raw[cut + 1 :])
    assert decoded.encoding == "utf-8"
    assert 1 <= decoded.replacement_chars <= 2


def test_rare_gb18030_characters_survive() -> None:
    assert "㐂䶮𠮷" in decode("<p>东西部协作工作座谈会在县里召开，㐂䶮𠮷。</p>".encode("gb18030")).text
