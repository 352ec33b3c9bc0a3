"""Names that stand behind a role without a colon: 四川在线记者 林予安, □记者 林予安 报道, (通讯员 林予安 覃晓).

A name is believed when it begins with a surname or ends in a known part of a Tibetan, Yi, Uyghur or Mongol name, and
when what follows ends it: another role, a bracket, a word such as 报道, the end of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from crawler.facts.names import likely
from crawler.facts.surnames import COMPOUND, SINGLE
from crawler.model import Byline
from crawler.reading.labels import any_of, words
from crawler.reading.lines import roles

MAX_LINE = 80
_HAN = r"[\u3400-\u9fff]"
_NAME = rf"(?:{_HAN}{{2,4}}?(?:·{_HAN}{{1,6}})*|{_HAN}\s{{1,3}}{_HAN}(?!{_HAN}))"
_GAP = re.compile(r"\s*[、,，]\s*|(?<=[\u3400-\u9fff]{2})\s+")
_BRACKETED = (
    re.compile(r"^[^()（）。！？]{0,30}[(（]([^()（）]{2,60})[)）]"),
    re.compile(r"[(（]([^()（）]{2,60})[)）]。?$"),
)


def signatures(text: str) -> Iterator[Byline]:
    """The names in a line of credits with their roles as printed."""
    for found in _signature().finditer(text):
        for name in _names(found["names"]):
            yield Byline(found["role"], name)


def signed_in(first: str, last: str) -> list[str]:
    """What stands in brackets where reporters sign: behind the outlet in the first line, at the end of the last."""
    found = (pattern.search(text) for pattern, text in zip(_BRACKETED, (first, last), strict=True))
    return list(dict.fromkeys(one[1] for one in found if one))


def is_signature(line: str) -> bool:
    """Whether a line says nothing but who reports."""
    found = _line().match(line.strip()) if len(line) <= MAX_LINE else None
    return found is not None and next(signatures(line), None) is not None


def unsigned(outlet: str) -> str:
    """An outlet's name without the reporter glued to it: 右江日报记者林予安."""
    found = _signature().search(outlet)
    return outlet[: found.start()].rstrip() if found and _names(found["names"]) else outlet


def _names(text: str) -> list[str]:
    """The names of a list, none if one of them is no name."""
    names = ["".join(part.split()) for part in _GAP.split(text)]
    return names if all(map(_is_name, names)) else []


def _is_name(name: str) -> bool:
    return name[0] in SINGLE or name[:2] in COMPOUND or "·" in name or likely(name)


@cache
def _signature() -> re.Pattern[str]:
    """A role and its names up to what ends them."""
    wanted = frozenset(words("signing_roles"))
    labels = sorted((label for label, role in roles().items() if role in wanted), key=len, reverse=True)
    role = "|".join(map(re.escape, labels))
    behind = rf"(?:{any_of('behind_names')})(?!{_HAN})"
    end = rf"(?=\s*(?:$|[)）\]】>|丨/。，,;；]|{behind}|(?:{role})|\s{_HAN}{{2,6}}报道|\s(?:19|20)\d\d))"
    names = rf"{_NAME}(?:(?:\s*[、,，]\s*|\s+)(?!{role}|{behind}){_NAME})*?"
    return re.compile(rf"(?P<role>{role})\s*(?P<names>{names}){end}")


@cache
def _line() -> re.Pattern[str]:
    """An outlet at most, then nothing but signatures."""
    one = re.sub(r"\(\?P<\w+>", "(?:", _signature().pattern)
    behind = rf"(?:\s*(?:{_HAN}{{2,6}})?(?:{any_of('behind_names')}))?"
    outlet = rf"(?:{_HAN}|[A-Za-z·]){{0,14}}?"
    return re.compile(rf"^[□■◇◆●▲△☆★○◎*\s(（\[【]*{outlet}\s*[(（|]?\s*(?:{one}{behind}[\s|丨/、]*)+[)）\]】\s]*$")
