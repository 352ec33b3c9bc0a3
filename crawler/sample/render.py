"""From an article to the bytes its portal would send: template, script, damage, charset."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, cast

from mako.lookup import TemplateLookup  # type: ignore[import-untyped]
from opencc import OpenCC

from crawler.sample.articles import FOLDER, SampleArticle
from crawler.text.damage import Kind, damage, gloss

CUT = "‖"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list page."""

    url: str
    title: str
    published: datetime
    source: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list: all the list's page URLs, which one this is (1-based), and its entries."""

    template: str
    urls: tuple[str, ...]
    page: int
    entries: tuple[Entry, ...]


def render_article(portal: dict[str, Any], article: SampleArticle, url: str, neighbours: list[Entry]) -> bytes:
    """The article's page as bytes in the portal's charset."""
    name = f"{portal['name']}/{'mirror' if article.mirror else article.layout}.mako"
    page = (
        _templates()
        .get_template(name)
        .render_unicode(
            portal=portal,
            article=_mirrored(article, portal.get("glossary", "")) if article.mirror else article,
            url=url,
            neighbours=neighbours,
            charset=article.declared or portal["declared_charset"],
            pieces=pieces(article.body),
            label=_traditional().convert if article.script == "traditional" else str,
        )
    )
    return _encode(portal, page)


def render_list(portal: dict[str, Any], listing: Listing) -> bytes:
    """A list page as bytes in the portal's charset."""
    template = _templates().get_template(f"{portal['name']}/{listing.template}.mako")
    return _encode(portal, template.render_unicode(portal=portal, listing=listing, charset=portal["declared_charset"]))


def pieces(body: tuple[str, ...]) -> list[str]:
    """The report as wenku365 previews it: paragraphs run together, cut where ``‖`` stands, even inside a number."""
    return "".join(body).split(CUT)


def _mirrored(article: SampleArticle, glossary: str) -> SampleArticle:
    """The article in the mirror's script and with its damage; the damage depends on the article's id only."""
    lines, source = [article.title, *article.body, *article.footer], article.source
    if article.script == "traditional":
        lines = [_traditional().convert(line) for line in lines]
        source = _traditional().convert(source)
    seed = zlib.crc32(article.id.encode())
    text = "\n".join(lines)
    if "gloss" in article.damage:
        text = gloss(text, glossary)
    head, *rest = damage(text, _kinds(article, but=("gloss", "indent")), seed).split("\n")
    if "indent" in article.damage:
        rest = damage("\n".join(rest), ["indent"], seed).split("\n")
    end = len(article.body)
    return replace(article, title=head, body=tuple(rest[:end]), footer=tuple(rest[end:]), source=source)


def _kinds(article: SampleArticle, but: tuple[str, ...]) -> list[Kind]:
    return [cast(Kind, kind) for kind in article.damage if kind not in but]


def _encode(portal: dict[str, Any], page: str) -> bytes:
    return page.encode(portal["charset"], "xmlcharrefreplace")


@cache
def _templates() -> Any:
    return TemplateLookup(directories=[str(FOLDER / "templates")], default_filters=["h"], input_encoding="utf-8")


@cache
def _traditional() -> Any:
    return OpenCC("s2t")
