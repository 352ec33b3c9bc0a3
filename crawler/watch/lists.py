"""Watchlists as a TOML file declares them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.exports.choosing import Choice
from crawler.exports.errors import ExportError

_LISTS = ("place", "pair", "type", "person", "portal")
_KEYS = ("name", *_LISTS, "min_cny")
_LONGEST_NAME = 60


class WatchError(Exception):
    """A watchlist that cannot be used; the message names file and key in one line."""


@dataclass(frozen=True, slots=True)
class Watch:
    """One watch; everything given must hold, of the values of a list any one.

    ``choice`` holds types, places with their parts, least amount and portals; ``pair`` two places, one on either side;
    ``persons`` names.
    """

    name: str
    choice: Choice
    pair: tuple[Choice, Choice] | None = None
    persons: tuple[str, ...] = ()


def read_watches(path: Path) -> list[Watch]:
    """Read ``[[watch]]`` tables from a TOML file; raises WatchError."""
    try:
        with path.open("rb") as file:
            told = tomllib.load(file)
    except OSError as error:
        raise WatchError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WatchError(f"{path}: not TOML ({' '.join(str(error).split())})") from None
    tables = told.pop("watch", None)
    if told:
        raise WatchError(f"{path}: {min(told)}: unknown key; each watch is a table [[watch]]")
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise WatchError(f"{path}: watch: no watch in it; write a table [[watch]] for each")
    watches = [_watch(table, f"{path}: watch {number}") for number, table in enumerate(tables, 1)]
    names = [watch.name for watch in watches]
    if twice := [name for name in names if names.count(name) > 1]:
        raise WatchError(f"{path}: name: “{twice[0]}” is there twice; feeds and notices tell watches by name")
    return watches


def _watch(table: Mapping[str, Any], where: str) -> Watch:
    name = table.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise WatchError(f"{where}: name: give a name of at most {_LONGEST_NAME} characters")
    where = f"{where} (“{name}”)"
    if unknown := sorted(set(table) - set(_KEYS)):
        raise WatchError(f"{where}: {unknown[0]}: unknown key; there are {', '.join(_KEYS)}")
    if len(table) == 1:
        raise WatchError(f"{where}: watches nothing; give one of {', '.join(_KEYS[1:])}")
    lists = {key: _strings(table[key], f"{where}: {key}") for key in _LISTS if key in table}
    pair = lists.get("pair", ())
    if "pair" in lists and len(pair) != 2:
        raise WatchError(f"{where}: pair: give two places")
    least = table.get("min_cny")
    if least is not None and (isinstance(least, bool) or not isinstance(least, int | float) or not least > 0):
        raise WatchError(f"{where}: min_cny: give yuan as a number above 0, 1_000_000 for 100万元")
    given = {"types": lists.get("type", ()), "min_cny": least, "portals": lists.get("portal", ())}
    sides = [_choice(where, "pair", places=(place,)) for place in pair]
    return Watch(
        name,
        _choice(where, "place", places=lists.get("place", ()), **given),
        (sides[0], sides[1]) if sides else None,
        lists.get("person", ()),
    )


def _strings(value: Any, where: str) -> tuple[str, ...]:
    """A string, or a list of them."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not values or not all(isinstance(v, str) and v.strip() for v in values):
        raise WatchError(f"{where}: give a string or a list of strings")
    return tuple(v.strip() for v in values)


def _choice(where: str, place_key: str, **given: Any) -> Choice:
    try:
        return Choice(**given)
    except ExportError as error:
        key, _, rest = str(error).removeprefix("--").partition(" ")
        raise WatchError(f"{where}: {place_key if key == 'place' else key}: {rest}") from None
