"""Line rules: which lines of a page are chrome and where the article ends (data/line_rules.toml, data/roles.tsv).

Rules see repaired, simplified lines in folded form; they never look at a host. A tail rule speaks only after the bulk
of the body, so that a sentence about a disclaimer in mid-article stays.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import StringIO
from typing import Any, Literal

from crawler.facts.surnames import FREQUENT
from crawler.reading.days import year_first

Zone = Literal["any", "head", "tail"]
Action = Literal["drop", "end", "cut"]

_WIDE = {
    ord(wide): narrow
    for wide, narrow in zip("（）【】〔〕［］：｜丨│∣︱／＋－“”＜＞　\u00a0", '()[][][]:|||||/+-""<>  ', strict=True)
}
_INNER_SPACE = re.compile(
    r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|\s+(?=[:|\])>])|(?<=[:|\[(<])\s+|(?<=[^\x00-\x7f])\s+(?=[:|])"
)
_BULLETS = frozenset("•●▪◦‣∙")
_BULLET = re.compile(r"^[•●▪◦‣∙]\s*(?=\S)")  # a bullet alone stays: a line of nothing is no line
_WIDE_ONES = re.compile(f"[{re.escape(''.join(map(chr, _WIDE)))}]")
_SPACE = re.compile(r"\s")
_SIGNED = rf"[{''.join(sorted(FREQUENT))}][\u4e00-\u9fff]{{1,2}}"  # a reporter who signs by name alone
NAME = r"[\u3400-\u9fff·A-Za-z0-9_\-、,./&\s]{1,40}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a line."""

    kind: str
    zone: Zone
    action: Action


@dataclass(frozen=True, slots=True)
class _Zoned:
    """The rules of a zone as two patterns: most can match at a line's start only and are not tried further on."""

    start: re.Pattern[str]
    within: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Rules:
    zones: dict[Zone, _Zoned]
    ends: _Zoned
    verdicts: dict[str, Verdict]
    suffix: tuple[tuple[str, re.Pattern[str]], ...]
    prefix: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=512)  # a page asks for many of its lines more than once, a site for its menus on every page
def fold(line: str) -> str:
    """A line for judging: half-width brackets, colons and bars, dates year first, no white space beside Chinese, and
    no bullet before it."""
    plain = narrow(line)
    if plain[:1] in _BULLETS:
        plain = _BULLET.sub("", plain)
    return _INNER_SPACE.sub("", plain) if _SPACE.search(plain) else plain


def narrow(line: str) -> str:
    """A line with half-width brackets, colons and bars, dates year first and its white space as it is."""
    if _WIDE_ONES.search(line):  # to look is quick, most need neither
        line = line.translate(_WIDE)
    return year_first(line.strip())


def judge(folded: str, zone: Zone) -> Verdict | None:
    """The first rule of a zone that knows the folded line."""
    rules = _rules()
    zoned = rules.zones[zone]
    match = zoned.start.match(folded) or zoned.within.search(folded, 1)
    return rules.verdicts[match.lastgroup] if match and match.lastgroup else None


def may_end(folded: str) -> bool:
    """Whether a rule that ends the article knows the folded line: quick to say no, where ``judge`` asks all rules."""
    ends = _rules().ends
    return ends.start.match(folded) is not None or ends.within.search(folded, 1) is not None


def cut_suffix(line: str) -> tuple[str, str | None]:
    """The line without the credit glued to its end, and that rule's kind."""
    for kind, pattern in _rules().suffix:
        match = pattern.search(line)
        if match and match.start("glued") > 0:
            return line[: match.start("glued")].rstrip(), kind
    return line, None


def cut_prefix(line: str) -> tuple[str, str | None]:
    """The line without the note glued to its start, and that rule's kind."""
    for kind, pattern in _rules().prefix:
        match = pattern.search(line)
        if match and match.end() < len(line):
            return line[match.end() :].lstrip(), kind
    return line, None


@cache
def roles() -> dict[str, str]:
    """Role labels as printed → the role they name."""
    table = files(__package__).joinpath("data/roles.tsv").read_text(encoding="utf-8")
    return {row["label"]: row["role"] for row in csv.DictReader(StringIO(table), delimiter="\t")}


@cache
def role_pattern() -> str:
    """An alternation of all role labels, longest first."""
    return "|".join(sorted(map(re.escape, roles()), key=len, reverse=True))


@cache
def _rules() -> _Rules:
    data = tomllib.loads(files(__package__).joinpath("data/line_rules.toml").read_text(encoding="utf-8"))
    rules = {f"r{number}": rule for number, rule in enumerate(data["rule"])}
    verdicts = {group: Verdict(rule["kind"], rule["zone"], rule["action"]) for group, rule in rules.items()}
    zones: dict[Zone, _Zoned] = {
        zone: _zoned({group: rule for group, rule in rules.items() if rule["zone"] == zone})
        for zone in ("any", "head", "tail")
    }
    ends = _zoned({group: rule for group, rule in rules.items() if rule["action"] == "end"})
    return _Rules(zones, ends, verdicts, _glued(data["suffix"]), _glued(data["prefix"]))


def _zoned(rules: dict[str, dict[str, Any]]) -> _Zoned:
    starting: list[str] = []
    within: list[str] = []
    free: list[str] = []
    for group, rule in rules.items():
        starting.append(_alternatives(group, rule["patterns"]))
        if unbound := [pattern for pattern in rule["patterns"] if not pattern.startswith("^")]:
            within.append(_alternatives(group, unbound))
            free += unbound
    return _Zoned(re.compile("|".join(starting), re.I), _led("|".join(within), _first(free)))


def _led(pattern: str, first: set[str]) -> re.Pattern[str]:
    """The pattern with a look ahead for the characters it can begin with: at most places that is all that is tried."""
    return re.compile(f"(?=[{re.escape(''.join(sorted(first)))}])(?:{pattern})", re.I)


def _first(patterns: Iterable[str]) -> set[str]:
    """The characters that patterns can begin with: each begins with one, with a class or with alternatives of these."""
    found: set[str] = set()
    for pattern in patterns:
        if pattern.startswith("(?:"):
            end = _closing(pattern)
            found |= _first(pattern[3:end].split("|"))
        elif pattern.startswith("["):
            found |= set(pattern[1 : pattern.index("]")])
        elif pattern[1:2] == "?":
            found |= {pattern[0], *_first([pattern[2:]])}
        else:
            found.add(pattern[0])
    if odd := found & set(r"\.^$*+?{}[]()|-"):
        raise ValueError(f"line_rules.toml: a pattern begins with {''.join(sorted(odd))}; bind it with ^ or reword it")
    return found


def _closing(pattern: str) -> int:
    """Where the bracket that opens a pattern is closed."""
    depth = 0
    for at, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if not depth:
            return at
    raise ValueError(f"line_rules.toml: {pattern}: a bracket is not closed")


def _alternatives(group: str, patterns: list[str]) -> str:
    either = "|".join(f"(?:{pattern})" for pattern in patterns)
    for name, stands_for in (("{roles}", role_pattern()), ("{name}", NAME), ("{signed}", _SIGNED)):
        either = either.replace(name, stands_for)
    return f"(?P<{group}>{either})"


def _glued(rows: list[dict[str, Any]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["kind"], _behind(pattern.replace("{signed}", _SIGNED))) for row in rows for pattern in row["patterns"]
    )


def _behind(pattern: str) -> re.Pattern[str]:
    """The pattern as group ``glued``; a class it looks back at is matched before it, which a search finds faster."""
    looked_at = re.match(r"\(\?<=(\[[^\]]+\])\)", pattern)
    if looked_at is None:
        return re.compile(f"(?P<glued>{pattern})")
    return re.compile(f"{looked_at[1]}(?P<glued>{pattern[looked_at.end() :]})")
