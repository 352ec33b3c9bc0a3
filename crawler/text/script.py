"""Which script a text is in, and its conversion to simplified script without breaking names.

Conversion is character by character or by phrases of equal length, so no offset moves. The tables are OpenCC's tw2s
(著 becomes 着, 显著 stays) and a list of names; only lines that are traditional are converted, because the conversion
of text that is already simplified breaks names (乾县 would become 干县).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from crawler.text.gbk import in_gb2312

Script = Literal["simplified", "traditional", "mixed", "none"]

_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹章苏潘葛范彭鲁韦马苗方袁柳唐薛雷贺汤罗毕郝安常于傅康余元顾孟黄穆萧尹姚汪毛戴宋庞熊纪舒项祝董梁杜阮贾江郭梅林钟徐邱骆高夏蔡田胡凌霍万柯卢莫房丁邓洪崔石程陆翁荀侯段焦谷车宁仇甘武刘龙叶司黎白赖卓乔谭申冉尚农温庄晏柴瞿阎连习易廖耿欧沃关荆游权"  # noqa: E501
_NAME_BEFORE = r"\s,，、。；;：:（(“長长記记任員员席師师民者"
"""What stands before a name, or the text begins with it."""
_NAME_AFTER = r"(?=$|[\s,，、。；;：:）)”]|等|一行|率|說|说|表示|介紹|介绍|帶|带)"


@dataclass(frozen=True, slots=True)
class _Tables:
    chars: dict[int, str]
    traditional: frozenset[str]
    simplified: frozenset[str]
    a_traditional: re.Pattern[str]
    a_simplified: re.Pattern[str]
    phrases: AhoCorasick
    values: tuple[str, ...]


@cache
def _tables() -> _Tables:
    chars: dict[str, str] = {}
    phrases: dict[str, str] = {}
    simplified = ""
    for line in _rows("script.tsv"):
        kind, key, value = line.split("\t")
        if kind == "char":
            chars[key] = value
        elif kind == "phrase":
            phrases[key] = value
        else:
            simplified = value
    for line in _rows("names.tsv"):
        key, value, _ = line.split("\t")
        phrases[key] = value
    traditional = frozenset(char for char in chars if not in_gb2312(char))
    return _Tables(
        chars=str.maketrans(chars),
        traditional=traditional,
        simplified=frozenset(simplified),
        a_traditional=_any_of(traditional),
        a_simplified=_any_of(simplified),
        phrases=AhoCorasick(list(phrases), matchkind=MatchKind.LeftmostLongest),
        values=tuple(phrases.values()),
    )


def _any_of(chars: Iterable[str]) -> re.Pattern[str]:
    """A class of those of ``chars`` that GBK pages can show; with others it would be searched one by one."""
    return re.compile("[" + "".join(char for char in sorted(chars) if ord(char) < 0x10000) + "]")


def _rows(name: str) -> list[str]:
    text = files("crawler.text").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def detect_script(text: str) -> Script:
    """The script of ``text``: ``none`` without ideographs, ``mixed`` when both scripts make up over a tenth.

    Text whose every character is common to both scripts counts as simplified.
    """
    traditional, simplified = _count(text)
    if not traditional:
        return "simplified" if simplified or _IDEOGRAPH.search(text) else "none"
    if min(traditional, simplified) * 10 > traditional + simplified:
        return "mixed"
    return "traditional" if traditional > simplified else "simplified"


def to_simplified(text: str) -> str:
    """``text`` in simplified script, of the same length; lines that are simplified already come back untouched."""
    traditional, simplified = _count(text)
    if not traditional and (simplified or not _WEAK.search(text)):
        return text
    naive = "于" not in text or _YU_NAME.search(text) is None
    if not simplified:
        return _convert(text, naive)
    page_is_traditional = traditional > simplified
    return "".join(
        _convert(line, naive) if _is_traditional(line, page_is_traditional) else line
        for line in text.splitlines(keepends=True)
    )


def simplified_char(char: str) -> str:
    """The simplified form of one character, itself if it has none."""
    return _tables().chars.get(ord(char), char)


def simplified_chars(text: str) -> str:
    """``text`` with every character in its simplified form, for matching: no names protected, same length."""
    return text.translate(_tables().chars)


def traditional_spellings(word: str) -> list[str]:
    """``word`` of simplified script, and all that becomes ``word`` when every character is made simplified."""
    return ["".join(chars) for chars in product(*(char + _traditional_of().get(char, "") for char in word))]


@cache
def _traditional_of() -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in _tables().chars.items():
        found[value] = found.get(value, "") + chr(key)
    return found


def simplified_only() -> frozenset[str]:
    """The characters that only simplified script has."""
    return _tables().simplified


def traditional_only() -> frozenset[str]:
    """The characters that only traditional script has."""
    return _tables().traditional


_QUOTED = re.compile("“[^“”]*”|「[^「」]*」|《[^《》]*》|（[^（）]*）")
_WEAK = re.compile("[接隨随沿跟看忙朝向有帶带拿陪伴靠順顺冒圍围對对本為为意味憑凭]著(?![名作稱称述書书者])")
"""Words written with 著 for 着, which only traditional script does."""


def _is_traditional(line: str, page_is_traditional: bool) -> bool:
    """Whether ``line`` is to be converted; one that could be of either script is what its page is.

    On a page of simplified script only what stands outside quotations tells: inscriptions and shop signs are quoted.
    """
    traditional, simplified = _count(line if page_is_traditional else _QUOTED.sub("", line) or line)
    return traditional >= simplified and (traditional > 0 or page_is_traditional or _WEAK.search(line) is not None)


def _convert(text: str, naive: bool) -> str:
    """``text`` converted; ``naive`` says that its page has no surname 于, so that 於 may stand for it."""
    tables = _tables()
    converted = text.translate(tables.chars)
    pieces: list[str] = []
    last = 0
    for key, start, end in tables.phrases.find_matches_as_indexes(text):
        pieces += [converted[last:start], tables.values[key]]
        last = end
    converted = "".join([*pieces, converted[last:]])
    if "乾" in text:
        converted = _restore(_DRY_NAME, text, converted, "乾")
    if not naive and "於" in text:
        converted = _restore(_YU_NAME, text, converted, "於")
    return converted


def _restore(name: re.Pattern[str], line: str, converted: str, char: str) -> str:
    """Put ``char`` back where ``line`` has it inside what looks like a person's name."""
    keep = {i for hit in name.finditer(converted) for i in range(*hit.span(1)) if line[i] == char}
    if not keep:
        return converted
    chars = list(converted)
    for i in keep:
        chars[i] = char
    return "".join(chars)


_DRY_NAME = re.compile(f"([{_SURNAMES}](?<![^{_NAME_BEFORE}].)(?:干[\u4e00-\u9fff]?|[\u4e00-\u9fff]干)){_NAME_AFTER}")
_YU_NAME = re.compile(f"(于(?<![^{_NAME_BEFORE}].)[\u4e00-\u9fff]{{1,2}}){_NAME_AFTER}")


@lru_cache(maxsize=4)  # a page is asked for its script and then converted
def _count(text: str) -> tuple[int, int]:
    """How many characters only traditional and only simplified script has; without the former, whether any has (1)."""
    tables = _tables()
    traditional = len(tables.a_traditional.findall(text))
    if not traditional:  # most texts: nobody asks by how much they are simplified
        return 0, int(tables.a_simplified.search(text) is not None)
    return traditional, len(tables.a_simplified.findall(text))
