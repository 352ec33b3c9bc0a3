"""Chinese and Arabic numerals to plain numbers."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "俩": 2, "廿": 20, "卅": 30}
_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖", "一二二三三四五六六七八九")  # as written on cheques
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}


@lru_cache(maxsize=4096)
def numeral(text: str) -> float | None:
    """The value of ``1,386``, ``1.06亿``, ``三千二百万``, ``二〇一七`` or ``3万5千``; None when it is no number."""
    if text.isascii() and text.isdigit():
        return float(text)
    text = text.replace(",", "").replace(" ", "").translate(_FORMAL)
    if not text:
        return None
    total = Decimal(0)  # what is closed by 万/亿
    section = Decimal(0)  # what is closed by 十/百/千 inside the present section
    current: Decimal | None = None
    index, last_unit = 0, Decimal(0)
    while index < len(text):
        char = text[index]
        if char.isascii() and (char.isdigit() or char == "."):
            stop = index
            while stop < len(text) and text[stop].isascii() and (text[stop].isdigit() or text[stop] == "."):
                stop += 1
            chunk = text[index:stop]
            if chunk.count(".") > 1 or chunk == ".":
                return None
            current = Decimal(chunk)
            index = stop
            continue
        if char in _DIGITS:
            digit = _DIGITS[char]
            if digit >= 20:
                section += digit
            elif current is None or (char in "零〇○" and current == 0):
                current = Decimal(digit)
            elif text[index - 1] in _DIGITS:
                current = current * 10 + digit  # 二〇一七: digits read one by one
            else:
                current = Decimal(digit)
        elif char in _SMALL:
            last_unit = Decimal(_SMALL[char])
            section += (Decimal(1) if current is None else current) * last_unit
            current = None
        elif char in _LARGE:
            last_unit = Decimal(_LARGE[char])
            said = current is not None or section
            if not said and not total and index:
                return None
            value = section + (current or 0) if said or total else Decimal(1)
            total = (total + value) * last_unit if total and last_unit > total else total + value * last_unit
            if not said and total == 0:
                return None
            section, current = Decimal(0), None
        else:
            return None
        index += 1
    if current is not None:
        shorthand = (
            last_unit >= 100
            and text[-1] in _DIGITS
            and len(text) > 1
            and text[-2] not in "零〇○"
            and text[-2] not in _DIGITS
        )
        section += current * last_unit / 10 if shorthand else current  # 两千三 = 2300
    return float(total + section)
