"""When to harvest which portal, one run at a time: what is due and why, how runs ended, locks and timers."""

from crawler.schedule.agenda import agenda
from crawler.schedule.due import Due, Look, Part, news_due, rest_due
from crawler.schedule.evidence import Evidence, evidence, sighting
from crawler.schedule.harvesting import Harvest, Note
from crawler.schedule.locks import take
from crawler.schedule.outcome import Outcome, calendar, outcomes
from crawler.schedule.pattern import Pattern, Sighting, hour_of_week, learn
from crawler.schedule.planning import Bounds, next_slot, plan
from crawler.schedule.sharing import with_shared
from crawler.schedule.timers import install

__all__ = [
    "Bounds",
    "Due",
    "Evidence",
    "Harvest",
    "Look",
    "Note",
    "Outcome",
    "Part",
    "Pattern",
    "Sighting",
    "agenda",
    "calendar",
    "evidence",
    "hour_of_week",
    "install",
    "learn",
    "news_due",
    "next_slot",
    "outcomes",
    "plan",
    "rest_due",
    "sighting",
    "take",
    "with_shared",
]
