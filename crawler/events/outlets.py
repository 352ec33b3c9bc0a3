"""What the name of the outlet that is credited (安康新闻网, 今日建德, 通州区委宣传部) tells of whose paper it is."""

from __future__ import annotations

from crawler.events.sides import Party
from crawler.places import find_places, gazetteer
from crawler.places.forms import short_forms


def places_of(outlet: str) -> list[Party]:
    """The prefectures and counties an outlet can be named for; a province's paper is nobody's own."""
    units = [unit for m in find_places(outlet) for unit in ([m.unit] if m.unit else m.candidates)]
    return [Party(u.full_name, u.code) for u in units if u.level != "town" and not u.code.endswith("0000")]


def province_of(outlet: str) -> list[Party]:
    """The province a paper bears the name of (吉林日报): its own where it says 我省."""
    units = [m.unit for m in find_places(outlet) if m.unit is not None and m.start == 0]
    return [Party(u.full_name, u.code) for u in units if u.code.endswith("0000")]


def outlet_of(outlet: str, main: Party) -> bool:
    """Whether an outlet is named for a party or for the prefecture it lies in (绵阳日报 for 平武县)."""
    prefecture = above(main)
    return speaks_for(outlet, main) or (prefecture is not None and speaks_for(outlet, prefecture))


def speaks_for(outlet: str, whose: Party) -> bool:
    """Whether an outlet bears the name of a prefecture or county: 安康新闻网, 今日建德, 西乡融媒."""
    unit = gazetteer().by_code(whose.code) if outlet and not whose.code.endswith("0000") else None
    if unit is None or unit.level == "town":
        return False
    bare = short_forms(unit.name)[1]
    return len(bare) > 1 and bare in outlet


def above(main: Party) -> Party | None:
    """The prefecture a party lies in: 我市 beside 济南高新区 is 济南市."""
    unit = gazetteer().by_code(main.code[:4] + "00")
    return Party(unit.full_name, unit.code) if unit is not None and unit.full_name != main.name else None


def county_of(main: Party) -> Party | None:
    """The county a town or village lies in: 我县 beside 长坝镇花桥村 is 康县."""
    unit = gazetteer().by_code(main.code[:6]) if not main.code.endswith("00") else None
    return Party(unit.full_name, unit.code) if unit is not None and unit.full_name != main.name else None
