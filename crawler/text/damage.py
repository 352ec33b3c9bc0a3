"""Damage text the way mirror sites do: each mechanism run forward, byte by byte, from a seed.

It makes test material and the damaged pages of the sample web; it shares no code with the repair, which has to find
its own way back. Every mechanism works on GBK bytes, as the broken scripts do, so a replacement can also hit two bytes
that straddle two characters and destroy one of them: that is how cross-boundary glosses come about.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from typing import Literal, get_args

from crawler.text.gbk import LAST_PRIVATE
from crawler.text.readings import toneless, usual_reading

Kind = Literal[
    "gloss", "toneless_gloss", "word_gloss", "punctuation", "comma", "indent", "dot", "censored", "injected", "cut"
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)

INJECTED = (
    "国产精品久久久久久免费", "亚洲精品一区二区三区在线观看", "澳门威尼斯人官网开户", "精品人妻无码视频在线",
)  # fmt: skip


def damage(text: str, kinds: Iterable[Kind], seed: int) -> str:
    """``text`` with every mechanism of ``kinds`` run over it in the order of ``KINDS``; equal seeds, equal results.

    ``text`` is expected in the script the damaged site would show (glosses go on traditional pages, ``word_gloss`` on
    simplified ones). Characters outside GBK come out as ``?``, as on the sites. Raises ValueError for an unknown kind.
    """
    wanted = set(kinds)
    if unknown := wanted.difference(KINDS):
        raise ValueError(f"unknown kind of damage: {', '.join(sorted(unknown))}; known: {', '.join(KINDS)}")
    rng = random.Random(seed)
    data = text
    for kind in KINDS:
        if kind in wanted:
            data = _MECHANISMS[kind](data, rng)
    return data


def gloss(text: str, chars: Iterable[str]) -> str:
    """``text`` after a byte-wise replacement of every one of ``chars`` by itself and its reading: ``對`` → ``對(duì)``.

    The replacement runs over GBK bytes, so it also hits where the bytes of one of ``chars`` straddle two neighbours:
    ``gloss("接東", "訓")`` is ``接?xùn)|``.
    """
    readings = {encode(char): encode(f"({reading})") for char in chars if (reading := usual_reading(char))}
    if not readings:
        return text
    pattern = re.compile(b"|".join(re.escape(code) for code in readings))
    return decode(pattern.sub(lambda hit: hit[0] + readings[hit[0]], encode(text)))


def encode(text: str) -> bytes:
    """GBK bytes, ``?`` for what GBK lacks."""
    return text.encode("gbk", "replace")


def decode(data: bytes) -> str:
    """GBK bytes read as the sites read them: a lead byte without a valid trail byte becomes ``?`` and eats the next.

    Pairs of the user-defined zones become private-use characters, and 0x80 alone is ``€``. Where a line ends the page
    has a tag: when its first character is eaten, the rest shows as text.
    """
    out: list[str] = []
    position = 0
    while position < len(data):
        width = 1 if data[position] <= 0x80 else 2
        piece = data[position : position + width]
        if piece[1:] == b"\n":
            out.append("?/p>\n")
            position += width
            continue
        try:
            out.append(piece.decode("gbk"))
        except UnicodeDecodeError:
            if piece == b"\x80":
                piece = "€".encode("gb18030")
            private = len(piece) == 2 and piece.decode("gb18030", "ignore")
            out.append(private if private and ("\ue000" <= private <= LAST_PRIVATE or private == "€") else "?")
        position += width
    return "".join(out)


def _gloss_some(text: str, rng: random.Random) -> str:
    """Gloss about two in five of the page's distinct ideographs that only traditional script has, everywhere."""
    chars = sorted({char for char in text if "\u4e00" <= char <= "\u9fff" and not _in_gb2312(char)})
    return gloss(text, [char for char in chars if rng.random() < 0.4])


def _toneless_gloss(text: str, rng: random.Random) -> str:
    """Gloss single ideographs here and there without tones, one in three twice, one in five behind a space."""

    def one(hit: re.Match[str]) -> str:
        reading = usual_reading(hit[0])
        if reading is None or rng.random() > 0.04:
            return hit[0]
        note = f"({toneless(reading)})" * (2 if rng.random() < 0.3 else 1)
        return hit[0] + (" " if rng.random() < 0.2 else "") + note

    return re.sub("[\u4e00-\u9fff]", one, text)


def _word_gloss(text: str, rng: random.Random) -> str:
    """Put the readings of the last one to three ideographs behind them, here and there: ``祁连山(qíliánshān)``."""

    def some(hit: re.Match[str]) -> str:
        readings = [usual_reading(char) for char in hit[0]]
        if None in readings or rng.random() > 0.08:
            return hit[0]
        return f"{hit[0]}({''.join(reading or '' for reading in readings)})"

    return re.sub("[\u4e00-\u9fff]{1,3}", some, text)


def _punctuation(text: str, rng: random.Random) -> str:
    """Insert a byte before the codes of ``！`` and ``，`` wherever their two bytes stand, also inside a pair."""
    data = encode(text)
    return decode(re.sub(rb"(?=\xa3\xa1|\xa3\xac)", b",", data)).replace(",，", "，").replace(",！", "！")


def _comma(text: str, rng: random.Random) -> str:
    return re.sub("(?=[、。！])", lambda _: "," if rng.random() < 0.2 else "", text)


def _indent(text: str, rng: random.Random) -> str:
    return re.sub("(?m)^(?:\u3000\u3000|)(?=[\u4e00-\u9fff])", "????", text)


def _dot(text: str, rng: random.Random) -> str:
    return text.replace("·", "?")


def _censored(text: str, rng: random.Random) -> str:
    return text.replace("精准扶贫", "*准扶贫").replace("精準扶貧", "*準扶貧")


def _injected(text: str, rng: random.Random) -> str:
    """Put a line of spam between two lines of the text, one in six."""
    lines = text.split("\n")
    out = [lines[0]]
    for line in lines[1:]:
        if rng.random() < 1 / 6:
            out.append(rng.choice(INJECTED))
        out.append(line)
    return "\n".join(out)


def _cut(text: str, rng: random.Random) -> str:
    """Cut the text inside a parenthesis, as a preview does: ``購(g``."""
    opens = [hit.start() for hit in re.finditer(r"\((?=[a-zāáǎàēéěèīíǐìōóǒòūúǔùü]+\))", text)]
    return text[: rng.choice(opens) + 2] if opens else text


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


_MECHANISMS = {
    "gloss": _gloss_some,
    "toneless_gloss": _toneless_gloss,
    "word_gloss": _word_gloss,
    "punctuation": _punctuation,
    "comma": _comma,
    "indent": _indent,
    "dot": _dot,
    "censored": _censored,
    "injected": _injected,
    "cut": _cut,
}
