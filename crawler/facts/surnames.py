"""Surnames and the characters of names, from the table ``surnames``."""

from __future__ import annotations

from crawler.facts.tables import read_table


def _of(*kinds: str) -> frozenset[str]:
    return frozenset(row.word for row in read_table("surnames") if row.kind in kinds)


SINGLE = _of("surname", "frequent", "function")
FREQUENT = _of("frequent")
FUNCTION = _of("function")
PREPOSED = frozenset(r.word for r in read_table("surnames") if r.kind == "function" and r.value == "before")
COMPOUND = _of("compound")
MORPHEMES = tuple(sorted(_of("morpheme")))
FOREIGN_SYLLABLES = _of("syllable") | frozenset("".join(MORPHEMES))
NEVER_GIVEN = _of("never")
UNIT_CHARS = _of("unit")
ADDRESS = _of("address")
RELUCTANT = {row.word: float(row.value) for row in read_table("surnames") if row.kind == "reluctant"}
