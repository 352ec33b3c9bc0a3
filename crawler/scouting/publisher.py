"""Who publishes a site, and which jurisdiction's paper it is: from its name, organiser, site code, licence and host."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from crawler.lists.pages import parse
from crawler.places import Unit, find_places, gazetteer
from crawler.places.gazetteer import lines
from crawler.scouting.guess import Guess

_PARTS = re.compile(r"\s*(?:--+|[-_|｜—–·])\s*")
_ORGANISER = re.compile(r"(?:主\s*办|承\s*办)(?:单位)?\s*[：:]\s*([^\s|｜，,。：:]{4,30})")
_SITE_CODE = re.compile(r"(?:网站)?标识码\s*[：:]?\s*(\d{10})")  # of government sites: begins with the adcode
_LICENCE = re.compile(r"(\w)\s*ICP\s*[备证]")  # names the province where the server's owner is registered
_NATIONAL_LICENCE = "京"  # where most national sites are registered: says nothing of Beijing's own
# Second label of provincial government hosts (hzjl.sh.gov.cn) and the province's code.
_GOVERNMENT_LABELS = {
    "bj": "110000", "tj": "120000", "hebei": "130000", "shanxi": "140000", "nmg": "150000", "ln": "210000",
    "jl": "220000", "hlj": "230000", "sh": "310000", "jiangsu": "320000", "js": "320000", "zj": "330000",
    "ah": "340000", "fujian": "350000", "jiangxi": "360000", "shandong": "370000", "sd": "370000", "henan": "410000",
    "hubei": "420000", "hunan": "430000", "gd": "440000", "gxzf": "450000", "hainan": "460000", "cq": "500000",
    "sc": "510000", "guizhou": "520000", "yn": "530000", "xizang": "540000", "shaanxi": "610000", "gansu": "620000",
    "qinghai": "630000", "nx": "640000", "xinjiang": "650000",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What a page says of its site: address, title, site name of its head, visible text."""

    url: str
    title: str
    site_name: str
    text: str


def look(text: str, url: str) -> Look:
    """Take from a decoded page what speaks of its site."""
    root = parse(text)
    if root is None:
        return Look(url, "", "", "")
    metas = {str(m.get("name", "")).lower(): str(m.get("content", "")).strip() for m in root.iter("meta")}
    title = " ".join("".join(root.xpath("//title[1]//text()")).split())
    for silent in list(root.iter("script", "style")):
        silent.drop_tree()
    return Look(url, title, metas.get("sitename") or metas.get("og:site_name") or "", root.text_content())


def site_title(looks: Sequence[Look], host: str) -> Guess:
    """The site's name, as it would stand in a citation."""
    named = Counter(one.site_name for one in looks if one.site_name)
    if named:
        return Guess("title", named.most_common(1)[0][0], "sure", "the pages' SiteName")
    tails = Counter(parts[-1] for one in looks if (parts := [p for p in _PARTS.split(one.title) if p]))
    if tails and (best := tails.most_common(1)[0])[1] > 1:
        return Guess("title", best[0], "likely", f"ends the titles of {best[1]} pages")
    if organiser := next((m[1] for one in looks if (m := _ORGANISER.search(one.text))), None):
        return Guess("title", organiser, "a guess", "named as organiser")
    return Guess("title", host, "unknown", "no name found; write one")


def home_of(looks: Sequence[Look], title: str, host: str) -> tuple[str | None, Guess]:
    """The adcode of the publisher's jurisdiction, None for the whole country; and what speaks for it.

    A government site's code decides; else the narrowest place of name and organiser, then host, then licence.
    """
    signs = list(_signs(looks, title, host))
    strongest, unit, why = signs[0] if signs else ("", None, "")
    if unit is None or strongest == "licence":  # national sites are licensed in some province too
        alone = f"; {why} alone is none: if it is, --home {unit.code}" if unit is not None else ""
        return None, Guess("home", "whole country", "a guess", f"no place in its name, organiser or host{alone}")
    if strongest == "name":  # the organiser of 四川在线 may say more than its name
        unit = max((u for kind, u, _ in signs if kind == "name"), key=lambda one: len(one.code.rstrip("0")))
    agree = [why for _, other, why in signs if other.code == unit.code or _within(unit, other)]
    against = [why for _, other, why in signs if other.code != unit.code and not _within(unit, other)]
    sure = strongest == "code" or (strongest == "name" and len(agree) > 1 and not against)
    why = "; ".join(agree) + (f"; against it: {'; '.join(against)}" if against else "")
    shown = f"{unit.code} {unit.full_name}"
    return unit.code, Guess("home", shown, "sure" if sure else "likely" if strongest == "name" else "a guess", why)


def _signs(looks: Sequence[Look], title: str, host: str) -> Iterator[tuple[str, Unit, str]]:
    """Kind of sign, the place it names, how it is told; strongest first, each place once a kind."""
    units = gazetteer()
    for code in dict.fromkeys(m[1] for one in looks if (m := _SITE_CODE.search(one.text))):
        if unit := units.by_code(code[:6]):
            yield "code", unit, f"site code {code}"
    organisers = dict.fromkeys(m[1] for one in looks if (m := _ORGANISER.search(one.text)) and "公司" not in m[1])
    for name, what in ((title, "name"), *((one, "organiser") for one in organisers if one != title)):
        found = [m.unit for m in find_places(name) if m.unit is not None and len(m.unit.code) == 6]
        if found:
            yield "name", found[-1], f"{what} {name}"
    label = urlsplit(f"//{host}").hostname or ""
    province = _GOVERNMENT_LABELS.get(label.removesuffix(".gov.cn").rpartition(".")[2]) if ".gov.cn" in label else None
    if province and (unit := units.by_code(province)):
        yield "host", unit, f"host {host}"
    for letter in dict.fromkeys(m[1] for one in looks if (m := _LICENCE.search(one.text))):
        full = _abbreviations().get(letter)
        if letter != _NATIONAL_LICENCE and full and (unit := units.by_full_name(full)):
            yield "licence", unit, f"licence {letter}ICP"


def _within(unit: Unit, other: Unit) -> bool:
    """Whether the one lies in the other: both signs say the same, one of them more closely."""
    return unit.code.startswith(other.code.rstrip("0"))


@cache
def _abbreviations() -> dict[str, str]:
    """Full names of provinces by the letter on their number plates."""
    found: dict[str, str] = {}
    for line in lines("abbreviations.tsv"):
        letter, full = line.split("\t")[:2]
        found.setdefault(letter, full)
    return found
