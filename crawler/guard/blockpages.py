"""Answers that are no pages: challenges, puzzles, bans, and errors dressed as success.

What a page of this kind looks like is a row of ``blockpages.tsv``; the mechanism is one for all: such a page says
little else. Its visible text is a few lines, so an article that speaks of captchas or quotes a ban is never taken for
one. ``where`` is ``markup`` (the source, where the page shows next to no text), ``title`` (the whole title, without the
site's name) or ``text`` (the visible text).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.resources import files
from typing import Literal, cast

Kind = Literal["challenge", "captcha", "ban", "missing"]

_JUDGED = 262_144  # bytes; challenge scripts are long, block pages are short
_BARE = 120  # visible characters up to which the markup decides
_BRIEF = 400  # visible characters up to which the text decides
_SENTENCES = 2  # whole sentences up to which a text can be a message
_TITLED = 1_500  # visible characters up to which the title decides: menus and footers around a message
_PART = 1_024  # characters of markup taken at a time: most pages show after a few that they say much
_SHOWN = 4_000  # characters of visible text looked at; more is a page, or made to be slow
_SCRIPTED = frozenset({202, 403, 405, 412, 418, 503, 521, 567})
"""Statuses that come with challenges; a page of theirs that is all script is one, whoever made it."""

_CHALLENGED = frozenset({412, 521})
"""Statuses that no news site uses otherwise."""

_SILENT = re.compile(r"<(?:script|style|noscript|title)|<!--", re.I)
_CLOSING = {
    **{f"<{name}": re.compile(f"</{name}", re.I) for name in ("script", "style", "noscript")},
    "<!--": re.compile("-->"),
    "<title": re.compile(r"[^<]*"),  # of the title its own text only: where it is not closed the page goes on
}
_TAG = re.compile(r"<[^<>]*>")
_TITLE = re.compile(r"<title[^<>]*>([^<]{0,300})", re.I)
_PARTS = re.compile(r"\s*[-_|—–·»>]+\s*|\s{2,}")
_NO_LETTERS = re.compile(r"\W+")
_SENTENCE = re.compile(r"[^。！？!?]{15,}[。！？!?]")
# A page of script alone that sets a cookie and loads itself again, whoever made it.
_COOKIE = re.compile(r"document\s*(?:\.\s*cookie|\[['\"]cookie['\"]\])\s*=", re.I)
_RELOAD = re.compile(
    r"location\s*(?:\.\s*(?:reload|replace|assign|href)|\[['\"](?:reload|replace|assign|href)['\"]\])|location\s*=",
    re.I,
)


@dataclass(frozen=True, slots=True)
class BlockPage:
    """What an answer is instead of a page; ``name`` says whose or by what sign."""

    kind: Kind
    name: str

    def __str__(self) -> str:
        return f"{_SAID[self.kind]} ({self.name})"


_SAID: dict[Kind, str] = {
    "challenge": "a script challenge instead of a page",
    "captcha": "a captcha instead of a page",
    "ban": "a block page instead of a page",
    "missing": "an error page answered as success",
}


def block_page(body: bytes | str, status: int = 200) -> BlockPage | None:
    """Say what the answer is if it is no page, None if it may be one.

    ``body`` is undone of its Content-Encoding; bytes are decoded as UTF-8, else GB 18030. Takes time linear in the
    first 256 KB.
    """
    markup = _text(body)
    shown = _visible(markup)
    if shown is None:
        return None
    size = _letters(shown)
    found = _by_rows(markup, shown, size)
    if found is None and size <= _BARE and "<script" in markup.lower():
        if status in _SCRIPTED:
            return BlockPage("challenge", f"all script, HTTP {status}")
        if _COOKIE.search(markup) and _RELOAD.search(markup):
            return BlockPage("challenge", "sets a cookie and loads itself again")
    if found is None and status in _CHALLENGED:
        return BlockPage("challenge", f"HTTP {status}")
    return found


def _by_rows(markup: str, shown: str, size: int) -> BlockPage | None:
    title = _title(markup)
    brief = size <= _BRIEF and len(_SENTENCE.findall(shown)) <= _SENTENCES
    for row in _rows():
        if row.where == "markup" and (size <= _BARE or brief) and row.pattern.search(markup):
            return BlockPage(row.kind, row.name)
        titled = row.where == "title" and (row.kind != "missing" or brief)
        if titled and any(row.pattern.fullmatch(part) for part in title):
            return BlockPage(row.kind, row.name)
        if row.where == "text" and brief and row.pattern.search(shown):
            return BlockPage(row.kind, row.name)
    return None


def _text(body: bytes | str) -> str:
    if isinstance(body, str):
        return body[:_JUDGED]
    head = body[:_JUDGED]
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(head) == _JUDGED and error.start > _JUDGED - 4:
            return head[: error.start].decode("utf-8")
        return head.decode("gb18030", "replace")


def _letters(text: str) -> int:
    return len(_NO_LETTERS.sub("", text))


def _visible(markup: str) -> str | None:
    """The text between the tags, as far as it is looked at, without the title; None for more than a message has.

    Found in one pass that never goes back: pages made to be slow are not.
    """
    shown: list[str] = []
    at = size = letters = 0
    while at < len(markup) and size < _SHOWN:
        end = markup.find("<", at + _PART)
        end = len(markup) if end < 0 else end
        silent = _SILENT.search(markup, at, end)
        if silent is not None:
            end = silent.start()
        said = unescape(_TAG.sub(" ", markup[at:end])).split()
        shown += said
        size += sum(map(len, said)) + len(said)
        letters += _letters("".join(said))
        if letters > _TITLED and size <= _SHOWN:
            return None
        at = end
        if silent is not None:
            closing = _CLOSING[silent[0].lower()].search(markup, silent.end())
            at = closing.end() if closing else len(markup)
    looked_at = " ".join(shown)[:_SHOWN]
    return None if _letters(looked_at) > _TITLED else looked_at


def _title(markup: str) -> list[str]:
    """The title's parts: itself, and what stands before or after the site's name."""
    found = _TITLE.search(markup)
    title = " ".join(unescape(found[1]).split()).strip(" !！。.") if found else ""
    parts = [part for part in _PARTS.split(title) if part]
    return list(dict.fromkeys([title, *parts[:1]])) if title else []


@dataclass(frozen=True, slots=True)
class _Row:
    kind: Kind
    where: str
    pattern: re.Pattern[str]
    name: str


@cache
def _rows() -> tuple[_Row, ...]:
    table = files(__package__).joinpath("blockpages.tsv").read_text("utf-8").splitlines()
    rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        _Row(cast(Kind, row["kind"]), row["where"], re.compile(row["pattern"], re.I | re.S), row["name"])
        for row in rows
    )
