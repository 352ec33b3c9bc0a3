"""What class names and ids say: data/hints.toml read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise

from crawler.reading.dom import Element

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TAGS = {"nav": "nav", "footer": "footer", "aside": "sidebar"}


def chrome_hint(element: Element) -> str | None:
    """The kind of chrome an element's tag, class or id names, if any."""
    tag = element.tag
    if tag in _TAGS:
        return _TAGS[tag]
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return _kind(names) if len(names) > 1 else None


@cache
def _table() -> tuple[dict[str, str], tuple[str, ...]]:
    data = tomllib.loads(files(__package__).joinpath("data/hints.toml").read_text(encoding="utf-8"))
    words = {word: kind for kind, row in data["chrome"].items() for word in row["words"]}
    return words, tuple(data["body"]["names"])


_seen: dict[str, str | None] = {}


def _kind(names: str) -> str | None:
    if names in _seen:
        return _seen[names]
    if len(_seen) > 20_000:
        _seen.clear()
    words, bodies = _table()
    found = None
    lowered = names[:400].lower()
    if not any(body in lowered for body in bodies):
        tokens = [token.lower() for token in _WORD.findall(names[:400])]
        found = next((words[t] for t in tokens if t in words), None)
        if found is None:
            found = next((words[a + b] for a, b in pairwise(tokens) if a + b in words), None)
    _seen[names] = found
    return found


def reset() -> None:
    """Forget what names were looked up."""
    _seen.clear()
