"""Build ``crawler/text/data/script.tsv`` from the OpenCC tables: ``python tools/build_script.py``.

Rows are ``kind, traditional, simplified``: ``char`` and ``phrase`` make up the conversion tw2s; ``simplified`` lists
the characters that only simplified script has. All pairs are of equal length, so that conversion moves no offset.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import opencc

TARGET = Path(__file__).parents[1] / "crawler" / "text" / "data" / "script.tsv"
DICTIONARY = Path(opencc.__file__).parent / "dictionary"


def main() -> None:
    """Write the table."""
    convert = opencc.OpenCC("tw2s").convert
    chars = {key: convert(key) for name in ("TSCharacters", "TWVariantsRev") for key, _ in entries(name)}
    chars = {key: value for key, value in chars.items() if key != value and len(key) == len(value) == 1}
    chars = {
        key: value for key, value in chars.items() if value <= "\uffff" and (in_gb2312(value) or not in_gb2312(key))
    }
    del chars["么"]  # Taiwan's 幺; on pages converted from the mainland it is 什么
    phrases = {key: convert(key) for name in ("TSPhrases", "TWVariantsRevPhrases") for key, _ in entries(name)}
    plain = {key: "".join(chars.get(char, char) for char in key) for key in phrases}
    phrases = {key: value for key, value in phrases.items() if value != plain[key] and len(key) == len(value)}
    only_simplified = {key for key, values in entries("STCharacters") if key not in values and key not in chars}
    with TARGET.open("w", encoding="utf-8", newline="\n") as out:
        source = f"opencc-python-reimplemented {version('opencc-python-reimplemented')} (Apache-2.0)"
        out.write(f"# kind\ttraditional\tsimplified\tsource: {source}, tw2s\n")
        for kind, rows in (
            ("phrase", phrases),
            ("char", chars),
            ("simplified", {"": "".join(sorted(only_simplified))}),
        ):
            out.writelines(f"{kind}\t{key}\t{value}\n" for key, value in sorted(rows.items()))


def entries(name: str) -> list[tuple[str, list[str]]]:
    """The rows of one OpenCC dictionary: key and possible values."""
    rows = (DICTIONARY / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [(key, values.split()) for key, _, values in (row.partition("\t") for row in rows) if key]


def in_gb2312(char: str) -> bool:
    """Whether ``char`` is one of the everyday characters of the mainland."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()
