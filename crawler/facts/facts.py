"""All facts of a text in one pass of the automaton."""

from __future__ import annotations

import gc

from crawler.facts.dates import dates_in
from crawler.facts.organizations import organizations_in
from crawler.facts.people import people_in
from crawler.facts.quantities import quantities_in
from crawler.facts.records import Facts
from crawler.facts.tables import scan
from crawler.places import find_places
from crawler.text import sentences


def find_facts(text: str, *, published: str | None = None, home: str | None = None) -> Facts:
    """Places, dates, people, organisations and quantities of ``text``.

    ``published`` is the page's date (ISO, a part will do), ``home`` the adcode or full name of the publisher's
    jurisdiction.
    """
    collected = gc.isenabled()
    gc.disable()  # all that is made stays until the facts are whole: a look for garbage every 700 objects finds none
    try:
        scanned = scan(text)
        dates = dates_in(scanned, published)
        people = people_in(scanned)
        return Facts(
            text,
            tuple(find_places(text, on=published, home=home)),
            tuple(dates),
            tuple(people),
            tuple(organizations_in(scanned, people)),
            tuple(quantities_in(scanned, dates, published)),
            tuple(sentences(text)),
        )
    finally:
        if collected:
            gc.enable()
