"""Hits of a scan asked for by kind, and names that are weighed only where they can reach their score."""

from __future__ import annotations

from crawler.facts.names import NameReader
from crawler.facts.tables import scan

TEXT = "县长李大明表示,县人民医院与凌云县中学签约,先后来到盐田港集团。民建盐田区委会会员张小红指出要办好学校。"


def test_hits_by_kind_are_the_hits_of_the_table_with_that_kind() -> None:
    scanned = scan(TEXT)
    for table in ("titles", "cues", "organizations"):
        kinds = {hit.row.kind for hit in scanned.of(table)}
        assert kinds
        for kind in kinds:
            assert scanned.of_kind(table, kind) == [hit for hit in scanned.of(table) if hit.row.kind == kind]
    assert scanned.of_kind("organizations", "no such kind") == []


def test_a_lower_bar_never_loses_a_name_and_a_higher_one_never_changes_it() -> None:
    reader = NameReader(scan(TEXT))
    for position in range(len(TEXT)):
        low, high = reader.at(position, least=0.5), reader.at(position, least=2.4)
        assert high is None or low == high
        assert low is None or (high is None) == (low.score < 2.4)
