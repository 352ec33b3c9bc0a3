"""A firm's seat is no party where the journey it belongs to names one inside it: 浙江某公司 on the visit of 上虞区."""

from __future__ import annotations

from crawler.events.draft import Draft
from crawler.events.journeys import journey_of
from crawler.events.scenes import Sentence, in_name
from crawler.events.sides import Sides, lies_in
from crawler.places import PlaceMention

WIDER_SEAT = "party of the visit, a firm's seat being wider"
_GIVEN_OR_SIGNED = ("donation", "agreement", "pairing")


def settle_seats(visits: list[Draft], drafts: list[Draft]) -> None:
    """Let the party of a visit stand for a wider place that only the name of a firm tells."""
    for draft in drafts if visits else ():
        if draft.type not in _GIVEN_OR_SIGNED or not draft.sentence.organizations:
            continue
        visit = journey_of(draft, visits)
        for role in ("supporting", "supported") if visit else ():
            mine, finer = getattr(draft, role), getattr(visit, role)
            if not mine or not finer or any(not any(lies_in(f, p) for p in mine) for f in finer):
                continue
            told = [m for r, m in draft.places if r == role]
            if told and all(in_name(m, draft.sentence, "company") for m in told):
                setattr(draft, role, list(finer))
                draft.why[role] = WIDER_SEAT


def but_seats(mentions: list[PlaceMention], sentence: Sentence) -> list[PlaceMention]:
    """Places that are told by themselves, where some are: 新北区纺织协会、常州某针织公司 names the district."""
    wider = [m for m in mentions if in_name(m, sentence, "company")]
    own = [m for m in mentions if m not in wider]
    return [m for m in mentions if m in own or not any(lies_in(one, m) for one in own)]


def signing_seats(found: list[PlaceMention], sentence: Sentence, sides: Sides) -> list[PlaceMention]:
    """Places of those who sign, but the seats of firms that are no party.

    江苏幸福米米公司 at a fair of 广东 for 广西 has its seat outside the main pair; firms of several cities of a main
    party sign for that party.
    """
    mains = [m for m in (sides.donor, sides.recipient) if m]
    seats = {o.start for o in sentence.organizations if o.kind == "company"}
    several = len({m.name for m in found}) > 1 and all(m.start in seats for m in found)
    if several and any(all(lies_in(m, x) for m in found) for x in mains):
        return []
    return [
        m
        for m in found
        if m.start not in seats or any(m.name.startswith(x.name) or x.name.startswith(m.name) for x in mains)
    ]
