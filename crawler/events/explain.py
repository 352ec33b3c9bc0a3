"""Why an event reads as it does: each field with its quote in context, its rule and the candidates that lost."""

from __future__ import annotations

from collections.abc import Container, Iterator

from crawler.events.draft import Draft
from crawler.events.extraction import Reading, read_events
from crawler.events.finishing import shown
from crawler.model import EVENT_LABELS, Article, Event

_CONTEXT = 16


def explain(article: Article, *, home: str | None = None, only: Container[str] | None = None) -> Iterator[str]:
    """Lines that account for every event of ``article``, the statements set aside, and its figures.

    ``only`` keeps to the events with these ids and leaves the rest of the article out.
    """
    reading = read_events(article, home=home)
    text = article.text
    yield from _pair(reading)
    if not reading.events:
        yield "no event: " + (
            "nothing in it speaks of aid between two places" if not reading.drafts else "all set aside"
        )
    for number, (draft, event) in enumerate(zip(reading.drafts, reading.events, strict=True), 1):
        if only is not None and event.id not in only:
            continue
        yield ""
        label = f"{EVENT_LABELS[event.type]} {event.type}  {event.status}"
        yield f"event {number}  {event.id}  {label}  confidence {event.confidence}"
        yield from _fields(text, draft, event)
    if only is not None:
        return
    for draft, reason in reading.dropped:
        yield ""
        quote = _quote(text, draft.start, draft.end)
        yield f"set aside  {draft.type}: {quote}  because {reason}  ({draft.frame}; {draft.words})"
    for figure in reading.figures:
        yield ""
        total = ", running total" if figure.cumulative else ""
        yield f"figure  {figure.value:g} {figure.unit}  {figure.what}{total}: {_quote(text, figure.start, figure.end)}"


def _pair(reading: Reading) -> Iterator[str]:
    sides = reading.sides
    if sides.donor and sides.recipient:
        yield f"main pair  {sides.donor.name} > {sides.recipient.name}  rule: {sides.rule}"
    for other in sides.lost:
        yield f"  lost  {other}"
    if sides.home:
        yield f"paper's own jurisdiction  {sides.home}  rule: {reading.home_rule}"


def _fields(text: str, draft: Draft, event: Event) -> Iterator[str]:
    values = {
        "type": event.type,
        "date": f"{event.date_start or '?'}..{event.date_end or '?'} ({event.date_precision})",
        "from": "、".join(event.from_),
        "to": "、".join(event.to),
        "supporting": "、".join(event.supporting),
        "supported": "、".join(event.supported),
        "person": "、".join(p.name for p in event.persons),
        "organization": "、".join(event.organizations),
        "amount": "、".join(f"{a.value_cny:g}" for a in event.amounts),
    }
    for field, value in values.items():
        if not value:
            continue
        rule = _rule(draft, field)
        yield f"  {field:<12} {value}" + (f"  rule: {rule}" if rule else "")
        for evidence in event.evidence:
            if evidence.field == field:
                yield f"    {_quote(text, evidence.start, evidence.end)}"
        if field == "person":
            yield from (f"    {shown(cast.person)}: {cast.rule}" for cast in draft.cast)
        yield from (f"    lost  {other}" for other in _lost(field, draft, event))
    if event.pairs:
        yield (
            "  pairs        "
            + "; ".join(f"{a} – {b}" for a, b in event.pairs)
            + f"  rule: {draft.why.get('pairs', '')}"
        )
    yield f"  tie          {event.tie.label} {event.tie.scheme or ''} {event.tie.certainty or ''}".rstrip()


def _rule(draft: Draft, field: str) -> str:
    """The rule behind a field of the event, empty where none is kept."""
    if field == "type":
        return f"{draft.frame}; {draft.words}"
    if field == "date":
        return draft.when.rule
    why = draft.why.get({"amount": "amounts"}.get(field, field))
    return why or draft.why.get("sides" if "support" in field else field, "")


def _lost(field: str, draft: Draft, event: Event) -> Iterator[str]:
    """Candidates of the sentence that did not get the field."""
    if field == "date":
        for date in draft.sentence.dates:
            if date is not draft.when.mention:
                yield f"{date.quote} ({date.date_start or '?'}..{date.date_end or '?'})"
    elif field == "supported":
        taken = {*event.supporting, *event.supported, *event.from_, *event.to}
        for mention in draft.sentence.places:
            if mention.name not in taken:
                why = "ambiguous" if mention.unit is None else "outside the clause, broader, or no party"
                yield f"{mention.quote} ({mention.name}): {why}"
    elif field == "amount":
        spent = {amount.value_cny for amount in event.amounts}
        for quantity in draft.sentence.quantities:
            if quantity.unit == "CNY" and quantity.value not in spent:
                yield f"{quantity.quote}: {'running total' if quantity.cumulative else 'nearer to another event'}"


def _quote(text: str, start: int, end: int) -> str:
    """The quote between brackets, a little context on both sides, on one line."""
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return f"…{before}【{text[start:end]}】{after}…".replace("\n", "⏎")
