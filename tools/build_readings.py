"""Build ``crawler/text/data/readings.tsv`` from pypinyin's single-character table: ``python tools/build_readings.py``.

One row per toned reading, then the characters of GBK that have it. A character with several readings stands in several
rows; the row where it is marked with ``*`` behind it holds its usual reading.
"""

from __future__ import annotations

from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict

TARGET = Path(__file__).parents[1] / "crawler" / "text" / "data" / "readings.tsv"


def main() -> None:
    """Write the table."""
    rows: dict[str, list[str]] = defaultdict(list)
    for code, readings in sorted(pinyin_dict.items()):
        char = chr(code)
        if in_gbk(char):
            for rank, reading in enumerate(dict.fromkeys(readings.split(","))):
                rows[reading].append(char + "*" * (rank == 0))
    with TARGET.open("w", encoding="utf-8", newline="\n") as out:
        out.write(
            f"# reading\tcharacters (usual reading: *)\tsource: pypinyin {version('pypinyin')} (MIT), pinyin_dict\n"
        )
        for reading in sorted(rows):
            out.write(f"{reading}\t{''.join(rows[reading])}\n")


def in_gbk(char: str) -> bool:
    """Whether GBK can write ``char``: the damage happens in GBK bytes, so no other character can carry a gloss."""
    try:
        return len(char.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    main()
