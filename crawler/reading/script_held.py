"""Articles that stand only in a script: the longest HTML- or sentence-bearing string of a page's data."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

MAX_SCRIPT = 2_000_000
# an unclosed string ends at its line (or the text), so that scanning stays linear whatever the script holds
_STRING = re.compile(
    r""""((?:[^"\\\n]++|\\.)*+)\\?(?:"|$)|'((?:[^'\\\n]++|\\.)*+)\\?(?:'|$)|`((?:[^`\\]++|\\.)*+)\\?(?:`|\Z)""",
    re.S | re.M,
)
_SHORTEST = 60  # characters of a string worth looking at
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)
_PLAIN = {"n": "\n", "r": "\n", "t": " ", "b": "", "f": "", "\n": ""}
_SENTENCE = re.compile(r"[\u3400-\u9fff][^<>]{0,200}?[，。！？；]")
_TITLE = re.compile(
    r"""["'](?:title|newstitle|articletitle|headline|docTitle)["']\s*:\s*["']((?:[^"'\\]|\\.){4,120})["']""", re.I
)


@dataclass(frozen=True, slots=True)
class ScriptArticle:
    """An article found in a script: its HTML fragment, the titles said in its script, and how many stops it holds."""

    html: str
    titles: tuple[str, ...]
    sentences: int


def script_article(scripts: Sequence[str]) -> ScriptArticle | None:
    """The best article-like string in a page's scripts, or None."""
    best: ScriptArticle | None = None
    for script in scripts:
        if len(script) < 200 or len(script) > MAX_SCRIPT:
            continue
        for fragment in _fragments(script):
            count = len(_SENTENCE.findall(fragment))
            if count >= 3 and (best is None or count > best.sentences):
                titles = tuple(unescape(title[1]).strip() for title in _TITLE.finditer(script))
                best = ScriptArticle(fragment, titles, count)
    return best


def unescape(text: str) -> str:
    r"""A JavaScript string's value: ``\u4e00``, ``\x3c``, ``\n``, ``\/``."""
    return _ESCAPE.sub(_escaped, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escaped(match: re.Match[str]) -> str:
    body = match[1]
    if body[0] in "ux" and len(body) > 1:
        return chr(int(body[1:], 16))
    return _PLAIN.get(body, body)


def _fragments(script: str) -> list[str]:
    """String values of a script, pieces of one list (pages, paragraphs) joined when each is a paragraph."""
    found = []
    for match in _STRING.finditer(script):
        literal = match[1] or match[2] or match[3] or ""
        if len(literal) < _SHORTEST:
            continue
        value = unescape(literal)
        if value.lstrip().startswith(("{", "[")):
            try:
                found += _inner(json.loads(value))
            except (ValueError, RecursionError):
                continue
        elif not value.lstrip().startswith(("function", "!function", "(function", "var ", "http")):
            found.append(value)
    return found


def _inner(data: object, depth: int = 0) -> list[str]:
    """Strings inside JSON that was itself a string."""
    if depth > 8:
        return []
    if isinstance(data, str):
        return [data] if len(data) >= _SHORTEST else []
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for value in values for text in _inner(value, depth + 1)]
