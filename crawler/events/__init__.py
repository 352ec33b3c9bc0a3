"""Who helped whom: cooperation events and figures of an article, each field with its evidence."""

from crawler.events.explain import explain
from crawler.events.extraction import Extraction, extract, read_events

__all__ = ["Extraction", "explain", "extract", "read_events"]
