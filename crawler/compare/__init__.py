"""A researcher's own list of events matched against ours: what both have, where they agree, what each has alone."""

from crawler.compare.listed import FIELDS, Listed, Spelling, guess, listed
from crawler.compare.matching import Match, match
from crawler.compare.ours import ours
from crawler.compare.telling import Agreement, agreements, write_comparison

__all__ = [
    "FIELDS",
    "Agreement",
    "Listed",
    "Match",
    "Spelling",
    "agreements",
    "guess",
    "listed",
    "match",
    "ours",
    "write_comparison",
]
