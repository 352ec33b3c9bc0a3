"""Small damage around punctuation: doubled commas, lost dots and indents, blotted-out words, padded names."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from crawler.text.edits import Change
from crawler.text.script import simplified_chars, traditional_only

_IDEOGRAPH = "\u4e00-\u9fff"
_COMMA = re.compile(rf"[,，](?<=[{_IDEOGRAPH}”’》）)」』\]0-9A-Za-z%].)(?=[、。！？；：，,!;:])")
_LOST = r"[?\ufffd]"
_INDENT = re.compile(
    rf"(?m)(?:^|(?<=[。！”])){_LOST}{{3,8}}(?=[{_IDEOGRAPH}“《])"
    rf"|^{_LOST}{{2}}(?=[{_IDEOGRAPH}“《])"
    # spaces that could not be written, between spaces that could: a day may follow
    rf"|^{_LOST}(?:[ \u3000\u00a0]{_LOST}){{1,7}}(?=[{_IDEOGRAPH}“《0-9])"
    rf"|^{_LOST}{{3,8}}(?=\d{{1,4}}[年月日])"
)
_UNITS = "省州市盟县縣区區旗镇鎮乡鄉村"
_DOT = re.compile(rf"(?<=[{_UNITS}])[?\ufffd](?=[{_IDEOGRAPH}]{{1,6}}[{_UNITS}])")
_SLOGAN = re.compile(rf"(?<=[“《])([{_IDEOGRAPH}]{{4,8}})([?\ufffd])(?=([{_IDEOGRAPH}]{{4,8}})[”》])")
_FOREIGN = "阿不都艾热力提买麦木江尔买提古丽汗孜扎西次仁旦增尼玛卓嘎才让多吉桑巴图布格斯克尔吐逊依玉素甫肉热爱合拜加"
_NAME_DOT = re.compile(rf"(?<=[{_FOREIGN}]{{2}})[?\ufffd](?=[{_FOREIGN}]{{2}})")
_ASKS = re.compile("[吗嗎呢么麼哪谁誰何几幾啥否怎]|多少|不是|没有|沒有|为什|為什")
_PADDED = re.compile(rf"[ \u3000](?<=[、，,。：:][{_IDEOGRAPH}].)(?=[{_IDEOGRAPH}](?:[、，,。]|$))")


def find_marks(text: str, *, damaged: bool) -> list[Change]:
    """Changes to punctuation; ``damaged`` says that the page shows other damage, which licenses the weaker ones."""
    changes = [Change("comma", hit.start(), hit.end(), "") for hit in _COMMA.finditer(text)]
    if "?" in text or "\ufffd" in text:
        changes += [Change("indent", hit.start(), hit.end(), "\u3000\u3000") for hit in _INDENT.finditer(text)]
        changes += _dots(text)
        if damaged:
            changes += _slogans(text)
    if "*" in text:
        changes += _censored(text)
    if damaged or changes:
        changes += [Change("padding", hit.start(), hit.end(), "") for hit in _PADDED.finditer(text)]
    return changes


def _dots(text: str) -> list[Change]:
    """A ``?`` between two places or two halves of a foreign name, in a clause that asks nothing, was a middle dot."""
    changes = []
    for hit in [*_DOT.finditer(text), *_NAME_DOT.finditer(text)]:
        clause = re.split("[，。；！,\n]", text[max(0, hit.start() - 40) : hit.start()])[-1]
        if not _ASKS.search(clause):
            changes.append(Change("lost dot", hit.start(), hit.end(), "·", exact=False))
    return changes


def _slogans(text: str) -> list[Change]:
    """A ``?`` between the two halves of a quoted slogan, equally long: ``“決戰脫貧攻堅?決勝全面小康”``."""
    return [
        Change("lost dot", hit.start(2), hit.end(2), "·", exact=False)
        for hit in _SLOGAN.finditer(text)
        if len(hit[1]) == len(hit[3]) and not _ASKS.search(hit[1])
    ]


@cache
def _set_phrases() -> tuple[tuple[str, str, str], ...]:
    rows = files("crawler.text").joinpath("data/setphrases.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if not row.startswith("#")]
    return tuple((damaged, simple, traditional) for damaged, simple, traditional, _ in cells)


def _censored(text: str) -> list[Change]:
    """``*扶贫`` behind an ideograph or an opening mark; the star is put back as the page's script has it."""
    plain = simplified_chars(text)
    changes = []
    for hit in re.finditer(rf"(?<=[{_IDEOGRAPH}“《(（)）、，,])\*(?=[{_IDEOGRAPH}])", text):
        for damaged, simple, traditional in _set_phrases():
            if plain.startswith(damaged, hit.start()):
                end = hit.start() + len(damaged)
                whole = traditional if traditional_only().intersection(text[hit.start() : end]) else simple
                changes.append(Change("censored", hit.start(), end, whole, exact=damaged.startswith("*准")))
                break
    return changes
