"""What the pages say, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crawler.exports.columns import rows

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Labels:
    """Every label in one language: ``labels("events")``, or a value of a closed list by ``labels.value``."""

    language: str

    @classmethod
    def chosen(cls, kept: str | None, accepted: str) -> Labels:
        """The language a reader chose, else the one their browser prefers."""
        if kept in LANGUAGES:
            return cls(kept)
        asked = (part.strip()[:2].lower() for part in accepted.split(","))
        return cls(next((name for name in asked if name in LANGUAGES), "zh"))

    def __call__(self, key: str) -> str:
        """One label. Raises KeyError for one that is not in ``labels.tsv``."""
        return _labels()[key][LANGUAGES.index(self.language)]

    def value(self, name: str, value: str | None) -> str:
        """A value of a closed list of the codebook as readers call it; a value of no list as it is."""
        return _values().get((name, value or ""), {}).get(self.language, value or "")


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    lines = (files("crawler.browse") / "data" / "labels.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {key: tuple(texts) for key, *texts in cells}


@cache
def _values() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["list"], row["value"]): {"zh": row["zh"], "en": row["en"]} for row in rows("values.tsv")}
