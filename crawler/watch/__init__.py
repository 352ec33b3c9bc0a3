"""Watchlists: which events a person waits for, what hit since a moment, and the same as an Atom feed."""

from crawler.watch.atom import MOST_ENTRIES, atom, write_feed
from crawler.watch.happenings import Happening, Quote, happenings, plain
from crawler.watch.hits import Hit, hits
from crawler.watch.lists import Watch, WatchError, read_watches
from crawler.watch.moments import MomentError, parse_moment

__all__ = [
    "MOST_ENTRIES",
    "Happening",
    "Hit",
    "MomentError",
    "Quote",
    "Watch",
    "WatchError",
    "atom",
    "happenings",
    "hits",
    "parse_moment",
    "plain",
    "read_watches",
    "write_feed",
]
