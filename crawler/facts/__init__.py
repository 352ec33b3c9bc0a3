"""Dates, people, organisations and quantities: the facts under every event."""

from crawler.facts.dates import find_dates
from crawler.facts.facts import find_facts
from crawler.facts.organizations import find_organizations
from crawler.facts.people import find_people
from crawler.facts.quantities import find_quantities
from crawler.facts.records import DateMention, Facts, OrganizationMention, PersonMention, Quantity

__all__ = [
    "DateMention", "Facts", "OrganizationMention", "PersonMention", "Quantity", "find_dates", "find_facts",
    "find_organizations", "find_people", "find_quantities",
]  # fmt: skip
