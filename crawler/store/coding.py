"""Events to and from JSON."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from crawler.model import Amount, Event, EventPerson, EventPlace, Evidence, Tie

_EVENTS = msgspec.json.Decoder(Event)


@lru_cache(maxsize=2048)  # the reports of one happening are read again with each new one
def event_from_text(spelling: str) -> Event:
    """Return the event whose JSON text this is."""
    try:
        return _EVENTS.decode(spelling)
    except msgspec.ValidationError:  # written by another version, with values this one does not know
        return event_from_json(msgspec.json.decode(spelling))


def event_from_json(data: Mapping[str, Any]) -> Event:
    """Return the event whose plain JSON values, by field name, these are."""
    given = dict(data)
    given["places"] = tuple(
        EventPlace(**{**place, "candidates": tuple(place["candidates"])}) for place in given["places"]
    )
    given["persons"] = tuple(EventPerson(**person) for person in given["persons"])
    given["amounts"] = tuple(Amount(**amount) for amount in given["amounts"])
    given["evidence"] = tuple(Evidence(**evidence) for evidence in given["evidence"])
    given["pairs"] = tuple((pair[0], pair[1]) for pair in given["pairs"])
    given["tie"] = Tie(**given["tie"])
    for name in ("supporting", "supported", "from_", "to", "organizations"):
        given[name] = tuple(given[name])
    return Event(**given)
