"""Build both word tables from jieba's dictionary: ``python tools/build_words.py``.

Source: jieba 0.42.1, dict.txt (MIT licence), and the gazetteer.

``crawler/facts/tables/words.txt.gz``: words of two to four characters without personal names, one line a first
character: the character, then its words by class without it (``一 a:乐,亮 d:再``).
``crawler/text/data/words.txt.gz``: words of up to five characters, one line a cost in bits (``-log2`` of how often the
word is written): the cost and its words. Names of places count as common words there.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from math import log2
from pathlib import Path

import jieba

from crawler.places import gazetteer

CRAWLER = Path(__file__).resolve().parent.parent / "crawler"
LONGEST = 5
PLACE = 14
"""Cost in bits of the name of any county or of anything above it, if the dictionary holds it for rarer."""
MIN_COUNT = 3


def main() -> None:
    """Write the tables and say how large they are."""
    rows = dictionary()
    write_by_character(CRAWLER / "facts" / "tables" / "words.txt.gz", classes(rows))
    write(CRAWLER / "text" / "data" / "words.txt.gz", costs(rows))


def dictionary() -> list[tuple[str, int, str]]:
    """Word, count and class of each row."""
    with jieba.get_dict_file() as file:
        rows = [line.rstrip().split(" ") for line in file.read().decode("utf-8").split("\n") if line.count(" ") == 2]
    return [(word, int(count), tag) for word, count, tag in rows]


def classes(rows: list[tuple[str, int, str]]) -> dict[str, list[str]]:
    """The words the facts need, by class."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word, count, tag in rows:
        if 1 < len(word) <= 4 and tag[:2] != "nr" and count > 2:
            found[tag].append(word)
    return found


def write_by_character(target: Path, groups: dict[str, list[str]]) -> None:
    """One line a first character: its words by class, without the character; a word has the last class of its own."""
    tags = {word: tag for tag in sorted(groups) for word in groups[tag]}
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for word, tag in sorted(tags.items()):
        found[word[0]][tag].append(word[1:])
    lines = (f"{c} " + " ".join(f"{t}:{','.join(w)}" for t, w in sorted(by.items())) for c, by in sorted(found.items()))
    save(target, "".join(f"{line}\n" for line in lines), len(tags))


def costs(rows: list[tuple[str, int, str]]) -> dict[str, list[str]]:
    """The words that text is weighed by, by cost."""
    counts = {word: count for word, count, _ in rows if len(word) <= LONGEST}
    bits = log2(sum(counts.values()))
    priced = {word: round(bits - log2(count)) for word, count in counts.items() if count >= MIN_COUNT}
    for unit in gazetteer().units():
        if len(unit.name) <= LONGEST:
            priced[unit.name] = min(PLACE, priced.get(unit.name, PLACE))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word, price in priced.items():
        found[f"{price:02}"].append(word)
    return found


def write(target: Path, groups: dict[str, list[str]]) -> None:
    """One line a group: its label, then its words in order."""
    body = "".join(f"{label} {' '.join(sorted(words))}\n" for label, words in sorted(groups.items()))
    save(target, body, sum(map(len, groups.values())))


def save(target: Path, body: str, words: int) -> None:
    """Write a table and say how large it is."""
    target.write_bytes(gzip.compress(body.encode(), mtime=0))
    print(f"{words} words, {target.stat().st_size} bytes in {target.relative_to(CRAWLER)}")


if __name__ == "__main__":
    main()
