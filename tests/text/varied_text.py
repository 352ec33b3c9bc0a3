"""Clean text of endless variety: words of jieba's dictionary, names of the gazetteer, numbers and every mark."""

from __future__ import annotations

import random
from functools import cache

import jieba
import opencc

from crawler.places import gazetteer

_PAUSES = "，" * 8 + "、、；："
_ENDS = "。" * 10 + "！？…"
_PAIRS = ["“”", "《》", "（）", "【】", "()", "‘’"]
_UNITS = ["万元", "人", "%", "个", "公里", "年", "月", "亩", ".5亿元", "KM", "℃"]
_LATIN = ["APP", "GDP", "5G", "e-mail", "www.example.com", "B2B", "A股", "Covid-19", "U盘"]


def varied(seed: int, size: int) -> str:
    """About ``size`` characters of simplified text in lines; equal seeds give equal text."""
    rng = random.Random(seed)
    lines: list[str] = []
    length = 0
    while length < size:
        lines.append("".join(_sentence(rng) for _ in range(rng.randint(1, 4))))
        length += len(lines[-1])
    return "\n".join(lines)


def varied_traditional(seed: int, size: int) -> str:
    """The same in traditional script as mirror sites convert it."""
    return _s2t().convert(varied(seed, size))


@cache
def _s2t() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@cache
def _words() -> tuple[list[str], list[float], list[str]]:
    """Words, their weights (flattened, so that rare ones come too), and names of places."""
    with jieba.get_dict_file() as file:
        rows = [line.split(" ") for line in file.read().decode("utf-8").splitlines()]
    rows = [row for row in rows if int(row[1]) > 20 and _is_gb2312(row[0])]
    weights = [int(row[1]) ** 0.6 for row in rows]
    places = sorted({unit.full_name for unit in gazetteer().units()})
    total = 0.0
    return [row[0] for row in rows], [total := total + weight for weight in weights], places


def _is_gb2312(word: str) -> bool:
    try:
        return len(word.encode("gb2312")) == 2 * len(word)
    except UnicodeEncodeError:
        return False


def _sentence(rng: random.Random) -> str:
    words, weights, places = _words()
    chosen = rng.choices(words, cum_weights=weights, k=rng.randint(4, 22))
    out: list[str] = []
    for word in chosen:
        draw = rng.random()
        if draw < 0.03:
            word = rng.choice(places)
        elif draw < 0.06:
            word = f"{rng.randint(1, 20000)}{rng.choice(_UNITS)}"
        elif draw < 0.07:
            word = rng.choice(_LATIN)
        elif draw < 0.11:
            opener, closer = rng.choice(_PAIRS)
            word = f"{opener}{word}{closer}"
        out.append(word)
        if rng.random() < 0.15:
            out.append(rng.choice(_PAUSES))
    return "".join(out).rstrip(_PAUSES) + rng.choice(_ENDS)
