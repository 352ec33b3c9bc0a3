"""The one place where each metadata field is cleaned: an ItemLoader whose processors turn claims into values.

Readers of lines, meta elements, scripts and URLs (claims.py) only collect :class:`Claim` objects, best first; what
makes a claim a title, a date, a source or a credit is declared here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from itemloaders import ItemLoader
from itemloaders.processors import Compose, Identity, MapCompose, TakeFirst

from crawler.model import Byline, Precision
from crawler.reading.days import year_first
from crawler.reading.labels import any_of
from crawler.reading.lines import role_pattern, roles
from crawler.reading.signed import signatures, unsigned
from crawler.text import to_simplified

SHANGHAI = timezone(timedelta(hours=8))
_EARLIEST = 1990
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(1[0-2]|0?[1-9])(?!\d)(?:\s*[-/.月]\s*(3[01]|[12]\d|0?[1-9])(?!\d)\s*日?)?"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_COMPACT_TIME = re.compile(r"^((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{4,6}$")
_EPOCH = re.compile(r"^(1\d{9})(\d{3})?$")
_ZONED = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$")
_TITLE_SITE = re.compile(r"\s*(?:[_|｜—–―丨]|\s[-·]\s|--+|(?<=[\u3400-\u9fff）”！？])-(?=[\u3400-\u9fff]))\s*")
_SITE_WORD = re.compile(any_of("site_words") + "$")
_SOURCE_LABEL = re.compile(
    r"^[\s(\[【（]*(?:本文|文章|信息|稿件|新闻|图片|资料|内容|消息)?(?:来源于?|稿源|出处|源自|来自|转自|转载自|转载|摘自|原载)\s*[:：|丨]?\s*"
)
_BYLINE = re.compile(r"(?:文章|信息|稿件|新闻)?(?:来源|稿源)\s*[:：]")  # no heading
_DAY_BEFORE = re.compile(
    r"^(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?(?=\D)"
)
_STOPS = any_of("source_stops")
_SOURCE_END = re.compile(
    rf"\s*(?:[【\[|]|(?:19|20)\d\d[-年/.])|\s+{_STOPS}|{_STOPS}(?:(?!{_STOPS})[\u3400-\u9fff]{{1,4}})?\s*[:：]"
    r"|(?<=[报网社台端刊])(?:本报|首席|特约|见习)?(?:记者|通讯员)(?=[\u3400-\u9fff]{2})|我有话说|参与互动|我要评论|我来说两句|网友评论"
)
_EMPTY_LABEL = re.compile(rf"{_STOPS}\s*[:：]")  # 来源: 时间:…: what follows is the next label
_ADDRESS = re.compile(r"(?:https?:)?//|www\.", re.I)
_NO_SOURCE = re.compile(rf"^{any_of('no_source')}$", re.I)
_QUOTES = "\"'“”‘’《》 \t|·,，;；:：-—_"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place of the page says of a field: the value as found, where (basis), and a date's precision."""

    value: str
    basis: str
    precision: Precision = "none"
    latest: date | None = None


def _title(claim: Claim) -> Claim | None:
    """A heading: white space collapsed, site names after a separator off."""
    text = " ".join(claim.value.split()).strip("\ufeff ")
    if claim.basis in ("title", "meta"):
        text = _without_site(text)
    text = re.sub(r"^(?:标题|题目|原标题)\s*[:：]\s*", "", text).strip(" _|-—")
    return replace(claim, value=text) if 2 <= len(text) <= 200 and not _BYLINE.match(text) else None


def _without_site(text: str) -> str:
    """The heading inside a ``<title>``: its first part unless that names a site."""
    parts = [part for part in _TITLE_SITE.split(text) if part.strip()]
    if len(parts) < 2:
        return text
    best = max(parts, key=lambda part: (len(part) - 12 * bool(_SITE_WORD.search(part)), -parts.index(part)))
    if best is parts[0] or len(best) > len(parts[0]) + 6:
        end = text.find(best) + len(best)
        rest = _TITLE_SITE.split(text[end:])
        # a heading may hold the separator itself: what follows stays while it names no site
        return best if best is not parts[0] or any(_SITE_WORD.search(p) or len(p) <= 8 for p in rest if p) else text
    return parts[0]


def _date(claim: Claim) -> Claim | None:
    """An ISO date with its precision, in Shanghai time, inside the bounds of the web."""
    value = year_first(claim.value.strip())
    zoned = _zoned(value)
    if zoned:
        return _bounded(claim, zoned.year, zoned.month, zoned.day)
    found = _DATE.search(value) or _COMPACT.search(value) or _COMPACT_TIME.match(value)
    if not found:
        return None
    year, month, day = found[1], found[2], found[3]
    return _bounded(claim, int(year), int(month), int(day) if day else None)


def _zoned(value: str) -> datetime | None:
    epoch = _EPOCH.match(value)
    if epoch:
        return datetime.fromtimestamp(int(epoch[1]), SHANGHAI)
    if _ZONED.match(value):
        try:
            return datetime.fromisoformat(value.replace("Z", "+00:00")).astimezone(SHANGHAI)
        except ValueError:
            return None
    return None


def _bounded(claim: Claim, year: int, month: int, day: int | None) -> Claim | None:
    latest = claim.latest or datetime.now(UTC).date()
    try:
        first = date(year, month, day or 1)
    except ValueError:
        return None
    if year < _EARLIEST or first > latest + timedelta(days=1):
        return None
    iso = f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
    return replace(claim, value=iso, precision="day" if day else "month")


def _source(claim: Claim) -> Claim | None:
    """An outlet's name: label off, what follows it off, no placeholder."""
    text = _SOURCE_LABEL.sub("", _DAY_BEFORE.sub("", " ".join(to_simplified(claim.value).split())))
    if _EMPTY_LABEL.match(text):
        return None
    end = _SOURCE_END.search(text, 1) if text else None
    if end:
        text = text[: end.start()]
    text = unsigned(text).strip(_QUOTES).rstrip(")]）】>").strip()
    if text.count("《") < text.count("》"):
        text = "《" + text
    if text.count("《") > text.count("》"):
        text += "》"
    if text.count("(") > text.count(")"):
        text += ")"
    if text.count("（") > text.count("）"):
        text += "）"
    if (
        not 2 <= len(text) <= 40
        or _NO_SOURCE.match(text)
        or _ADDRESS.match(text)
        or not re.search(r"[\u3400-\u9fffA-Za-z]", text)
        or "。" in text
    ):
        return None
    return replace(claim, value=text)


_ROLES = rf"(?:{role_pattern()})(?:\s*[/、和及&+]\s*(?:{role_pattern()}))*"
_CREDIT = re.compile(
    rf"(?<![\u3400-\u9fff](?=[文图]))(?P<roles>{_ROLES})\s*[:：|丨/]\s*(?P<names>(?:(?![\s,，、]+(?:{role_pattern()})\s*[:：|丨/])[^:：|丨。；;)）\]】])+)"
)
_NAME_GAP = re.compile(r"[、,，/;；\s]+|(?<=[\u3400-\u9fff])\s{2,}")
_NO_NAME = re.compile(r"^(?:[A-Za-z]{2}\d+|_?[A-Z]{1,3}\d{2,}|\d+|时间|来源|本站|admin)$|\d{4}[-年]", re.I)


def _credits(claim: Claim) -> list[Byline] | None:
    """Names by role from one credit line: 图文:甲 乙 监制:丙."""
    found = []
    for credit in _CREDIT.finditer(claim.value):
        for label in re.split(r"\s*[/、和及&+]\s*", credit["roles"]):
            found += [Byline(label, name) for name in _names(credit["names"]) if label in roles()]
    found += [one for one in signatures(claim.value) if one not in found]
    return found or None


def _names(text: str) -> list[str]:
    """Split a list of names; two single characters apart are one name set wide (李 明)."""
    text = re.sub(
        r"(?<![\u3400-\u9fff])([\u3400-\u9fff])[\s\u3000]+([\u3400-\u9fff])(?![\u3400-\u9fff])",
        r"\1\2",
        text.strip(_QUOTES),
    )
    names = [re.sub(r"_[A-Z]{1,4}\d+$", "", name.strip(_QUOTES + "()（）[]【】<>")) for name in _NAME_GAP.split(text)]
    return [name for name in names if 2 <= len(name) <= 20 and not _NO_NAME.search(name) and name not in roles()]


def _unique(values: list[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


class ArticleLoader(ItemLoader):
    """One field, one line: how its claims are cleaned and which one counts."""

    default_item_class = dict

    title_in = MapCompose(_title)
    title_out = TakeFirst()
    published_in = MapCompose(_date)
    published_out = TakeFirst()
    source_in = MapCompose(_source)
    source_out = TakeFirst()
    reprinted_in = MapCompose(_source)
    reprinted_out = TakeFirst()
    credited_in = MapCompose(_source)
    credited_out = TakeFirst()
    author_in = MapCompose(_credits)
    author_out = Compose(_unique)
    breadcrumb_in = Identity()
    breadcrumb_out = Compose(_unique)
