"""Nothing a server sends may break the reader: mutated pages, and the shapes that exhaust parsers."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutants import mutant
from reading_pages import BODY, page_lines

from crawler.model import Page
from crawler.reading import ReadingError, decode, next_page, read, reset_caches

URL = "http://www.example.gov.cn/xw/202105/t20210520_1.html"


def check(raw: bytes) -> bool:
    """Read one mutant; whether it was read. Only ReadingError may be raised, and the article must hold together."""
    refused = None
    try:
        article = read(Page(URL, raw))
    except ReadingError as error:
        refused = str(error)
    if refused is not None:
        assert refused.startswith(URL)
        assert "\n" not in refused
        return False
    assert "\x00" not in article.text + (article.title or "")
    assert all(line.strip() for line in article.text.split("\n")) or article.text == ""
    assert article.text.count("\n") == article.original.count("\n")
    return True


def test_two_thousand_mutants_are_read_or_refused() -> None:
    done = sum(check(mutant(number)) for number in range(2000))
    assert done > 1700  # most of the others are script pages whose script was cut
    reset_caches()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_any_bytes_decode(raw: bytes) -> None:
    decoded = decode(raw)
    assert decoded.replacement_chars == decoded.text.count("\ufffd")
    check(raw)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(page_lines().split("\n")), max_size=30))
def test_lines_in_any_order_are_read(lines: list[str]) -> None:
    if any(lines):
        article = read(Page("", "\n".join(lines), kind="text"))
        assert set(article.text.split("\n")) <= {*lines, ""}


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("deep nesting", b"<html><body>" + b"<div>" * 100_000 + BODY[0].encode() * 5),
        ("a megabyte in an attribute", b'<p title="' + b"a" * 2_000_000 + b'">' + BODY[0].encode() + b"</p>"),
        ("100,000 links", b"<body>" + "".join(f'<a href="/a/{i}.html">新闻{i}</a>' for i in range(100_000)).encode()),
        ("25,000 paragraphs", b"<body><div>" + f"<p>{BODY[0]}</p>".encode() * 12_000),
        ("one endless line", b"<p>" + BODY[0].encode() * 20_000 + b"</p>"),
        ("unclosed quotes in a script", b"<script>" + b'"\\' * 200_000 + b"</script>" + BODY[0].encode()),
        ("only angle brackets", b"<" * 200_000),
        ("bars", "大|中|小|".encode() * 30_000),
        ("spaces", b"<p>" + b" " * 2_000_000 + BODY[0].encode()),
        ("glosses", b"<p>" + "協(xié)".encode() * 10_000),
    ],
)  # fmt: skip
def test_exhausting_shapes_stay_cheap(name: str, html: bytes) -> None:
    started = time.process_time()
    try:
        read(Page(URL, html))
        next_page(html.decode("utf-8", "replace"), URL)
    except ReadingError:
        pass
    assert time.process_time() - started < 10, name


def test_an_oversized_page_is_refused() -> None:
    with pytest.raises(ReadingError, match="over the limit"):
        read(Page(URL, b"a" * 10_000_001))
