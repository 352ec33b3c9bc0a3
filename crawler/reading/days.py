"""Dates in other orders and with short years, written year first for all who read dates (data/date_shapes.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

STAMP = re.compile(
    r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*(?:星期|周)[一二三四五六日天])?(?:\s*(?:上午|下午)?\s*\d{1,2}\s*[:：时]\s*\d{1,2}(?:\s*[:：分]\s*\d{1,2}\s*秒?)?)?"
)  # a day as bylines print it, with weekday and time
_CENTURY = 90  # a year of two digits from here on is of the nineties: the web is no older
_MAYBE = re.compile(r"\d[./\-]\d{1,2}[./\-]\d|\d{4} \d\d/\d\d \d")


def year_first(text: str) -> str:
    """The text with dates such as ``17.06.2019`` and ``23-07-11 08:07`` as ``2019-06-17`` and ``2023-07-11 08:07``."""
    if not _MAYBE.search(text):
        return text
    for shape in _shapes():
        text = shape.sub(_iso, text)
    return text


def _iso(found: re.Match[str]) -> str:
    year = int(found["y"])
    if year < 100:
        year += 1900 if year >= _CENTURY else 2000
    return f"{year}-{int(found['m']):02}-{int(found['d']):02}"


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    data = tomllib.loads(files(__package__).joinpath("data/date_shapes.toml").read_text(encoding="utf-8"))
    return tuple(re.compile(rf"(?<![\d./\-])(?:{shape['pattern']})") for shape in data["shape"])
