"""Places: the gazetteer, places found in text, and the official ties between them."""

from crawler.places.find import find_places
from crawler.places.gazetteer import Gazetteer, Unit, gazetteer
from crawler.places.mention import PlaceMention
from crawler.places.ties import TieRow, helps, tie_on, ties_of, year_known

__all__ = [
    "Gazetteer",
    "PlaceMention",
    "TieRow",
    "Unit",
    "find_places",
    "gazetteer",
    "helps",
    "tie_on",
    "ties_of",
    "year_known",
]
