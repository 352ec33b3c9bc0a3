"""Build ``crawler/facts/tables/words.txt.gz``: jieba's dictionary as the facts need it, read at once.

``python tools/build_words.py``. Words of two to four characters without personal names, one line a class: the class and
its words. Source: jieba 0.42.1, dict.txt (MIT licence).
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from pathlib import Path

import jieba

TARGET = Path(__file__).resolve().parent.parent / "crawler" / "facts" / "tables" / "words.txt.gz"


def main() -> None:
    """Write the table and say how large it is."""
    classes: defaultdict[str, list[str]] = defaultdict(list)
    with jieba.get_dict_file() as file:
        for line in file.read().decode("utf-8").split("\n"):
            if 0 < line.find(" ") <= 4:
                word, frequency, tag = line.rstrip().split(" ")
                if len(word) > 1 and tag[:2] != "nr" and (len(frequency) > 1 or frequency > "2"):
                    classes[tag].append(word)
    body = "".join(f"{tag} {' '.join(sorted(words))}\n" for tag, words in sorted(classes.items()))
    TARGET.write_bytes(gzip.compress(body.encode(), mtime=0))
    print(f"{sum(map(len, classes.values()))} words, {TARGET.stat().st_size} bytes in {TARGET.name}")


if __name__ == "__main__":
    main()
