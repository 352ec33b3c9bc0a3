"""Monitors: a run's figures against the portal's own past, incidents with their ready cases."""

from crawler.monitors.cases import case_field, write_case
from crawler.monitors.checks import (
    CAUSES,
    CHECKS,
    KEY,
    Check,
    Finding,
    Kind,
    counts_as_past,
    findings,
    found_in,
    judge,
    number,
    settles,
    usual_length,
)
from crawler.monitors.fixtures import FixtureError, mismatches
from crawler.monitors.tally import Tally

__all__ = [
    "CAUSES",
    "CHECKS",
    "KEY",
    "Check",
    "Finding",
    "FixtureError",
    "Kind",
    "Tally",
    "case_field",
    "counts_as_past",
    "findings",
    "found_in",
    "judge",
    "mismatches",
    "number",
    "settles",
    "usual_length",
    "write_case",
]
