"""Reading whole folders of web archives: planned first, read side by side, told in order, gone on with."""

from crawler.bulk.extracting import Choices, Tally, extract_archives, extract_into
from crawler.bulk.plan import PlanError

__all__ = ["Choices", "PlanError", "Tally", "extract_archives", "extract_into"]
