"""``scrapy duplicates URL|ID``: which articles are copies, which tell of one event, and by what evidence."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.shown import say
from crawler.model import EVENT_LABELS
from crawler.store import Store, StoreError
from crawler.store.kinship import article_kin, event_kin, find

Plain = Mapping[str, Any]

_RELATIONS = {
    None: "original",
    "same": "same text, uncredited",
    "reprint": "reprint, credited",
    "spun": "reworded copy",
}


class Command(ScrapyCommand):
    """Print the cluster of an article or event, how each member is related and why."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """The usage line."""
        return "[options] URL|ID ..."

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Show an article's copies and revisions, or an event's reports and chain, with the evidence"

    def long_desc(self) -> str:
        """What the arguments are."""
        return "URL is a page's address in any spelling; ID the id of an article or event of the database."

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON line per argument instead")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Print every argument's cluster; exit 1 when one is not in the database."""
        if not args:
            raise UsageError("name a URL or an id, for example: scrapy duplicates https://…", print_help=False)
        if not self.settings or not (url := self.settings["DATABASE_URL"]):
            raise UsageError("DATABASE_URL is empty: there is no database", print_help=False)
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # stdout is a text stream here
        try:
            with Store(url) as store:
                unknown = [name for name in args if not _show(store, name, as_json=opts.json)]
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from None
        for name in unknown:
            say(f"{name}: no article or event of this URL or id in the database; check it", file=sys.stderr)
        self.exitcode = 1 if unknown else 0


def _show(store: Store, name: str, *, as_json: bool) -> bool:
    with store.read() as connection:
        found = find(connection, name)
        if found is None:
            return False
        kind, identity = found
        kin = (article_kin if kind == "article" else event_kin)(connection, identity)
    if as_json:
        print(json.dumps(kin, ensure_ascii=False))
    else:
        for line in _article(kin) if kind == "article" else _event(kin):
            say(line)
    return True


def _article(kin: Plain) -> Iterator[str]:
    members: Sequence[Plain] = kin["members"]
    yield f"article {kin['id']}: {'no copies' if len(members) == 1 else f'one of {len(members)} copies'}"
    for member in members:
        mark = "*" if member["article_id"] == kin["id"] else " "
        score = f" ({member['relation_score']:.2f})" if member["relation_score"] is not None else ""
        gone = f", {member['state']}" if member["state"] != "live" else ""
        how = f"{_RELATIONS[member['relation']]}{score}{gone}"
        yield f"{mark} {member['published'] or 'undated':10}  {how}  {member['url']}"
        yield f"    {member['title'] or '(no title)'}  {_credit(member)}".rstrip()
        yield from (f"    {line}" for line in _evidence(member["evidence"]))
    for revision in kin["revisions"][1:]:
        yield f"revision {revision['revision']}, fetched {revision['fetched_at']}:"
        yield from (f"    {name}: {old!r} → {new!r}" for name, (old, new) in revision["fields"].items())
        yield from (f"    {line}" for line in revision["text"])
    if kin["events"]:
        yield f"tells of events {', '.join(kin['events'])}"


def _evidence(evidence: Plain) -> Iterator[str]:
    if not evidence:
        return
    figures = {
        name: value for name, value in evidence["figures"].items() if name not in ("same_text", "made_of", "score")
    }
    if evidence["figures"].get("same_text"):
        yield "the same letters and digits throughout"
    elif figures:
        yield "measured: " + ", ".join(f"{name} {value:g}" for name, value in figures.items())
    else:
        yield "linked through other copies, not to the original itself"
    if made_of := evidence["figures"].get("made_of"):
        yield "its words are the rarer ones" if made_of == "original" else "the original's words are the rarer ones"
    for name, label in (("credits", "credits"), ("same_source", "names the original's outlet"),
                        ("same_article_number", "has the original's article number")):  # fmt: skip
        if name in evidence:
            yield f"{label}: {evidence[name]}"
    if "damaged" in evidence:
        yield "damaged: " + ", ".join(f"{kind} {count}" for kind, count in evidence["damaged"].items())
    for name, label in (("names", "names"), ("places", "places"), ("dates", "dates"), ("numbers", "numbers")):
        if evidence[name]:
            yield f"shared {label}: {'、'.join(evidence[name])}"
    for name, label in (("only_original", "only in the original"), ("only_here", "only here")):
        if evidence[name]:
            yield f"{label}: {'、'.join(evidence[name])}"
    if not evidence["figures"].get("same_text"):
        yield from (f"shared passage: {passage}" for passage in evidence["passages"])


def _event(kin: Plain) -> Iterator[str]:
    yield f"event {kin['id']}: {_line(kin)}{'' if kin['state'] == 'live' else ', ' + kin['state']}"
    tellings: Sequence[Plain] = kin["tellings"]
    yield f"told by {kin['articles']} articles, {kin['independent']} of them independent"
    for told in tellings:
        how = f"{_RELATIONS[told['relation']]} of {told['original']}" if told["relation"] else "in own words"
        like = f", likeness {told['likeness']:g}" if told["likeness"] is not None else ""
        yield f"  {told['published'] or 'undated':10}  {how}{like}  {told['url']}"
        said = [_span(*told["date"]), "、".join(told["persons"]), "、".join(f"{v:g} CNY" for v in told["amounts_cny"])]
        yield f"    says {'; '.join(part for part in said if part)}"
        yield from (f"    “{quote}”" for quote in told["quotes"])
    for name, values in kin["conflicts"].items():
        yield f"conflict on {name}: " + " / ".join(f"{one['value']} ({len(one['articles'])})" for one in values)
    yield from chain_lines(kin["chain"], kin["id"])
    for change in kin["changes"]:
        yield f"{change['at']}  {change['kind']}  {json.dumps(change['detail'], ensure_ascii=False)}"


def chain_lines(chain: Plain, identity: str) -> Iterator[str]:
    """Tell a chain of events: its steps in order of time, then what links them."""
    if not chain["events"]:
        return
    yield f"chain of {len(chain['events'])} events:"
    number = {step["event_id"]: place for place, step in enumerate(chain["events"], 1)}
    for step in chain["events"]:
        mark = "*" if step["event_id"] == identity else " "
        yield f"{mark} {number[step['event_id']]}. {_line(step)}  {step['event_id']}"
    for link in chain["links"]:
        evidence = link["evidence"]
        shared = [evidence.get("subject"), *(f"{v:g} CNY" for v in evidence.get("amounts", ())),
                  *evidence.get("towns", ()), *evidence.get("persons", ())]  # fmt: skip
        steps = f"{number[link['earlier']]} → {number[link['later']]}"
        how = f"{link['confidence']} ({link['score']:g}), {evidence['days']} days"
        yield f"  {steps}: {how}; {'、'.join(filter(None, shared))}"


def _line(event: Plain) -> str:
    sides = f"{'、'.join(event['supporting']) or '?'} → {'、'.join(event['supported']) or '?'}"
    return f"{_span(event['date_start'], event['date_end'])} {EVENT_LABELS[event['type']]} {event['type']}  {sides}"


def _span(start: str | None, end: str | None) -> str:
    return (start or "undated") + (f"…{end}" if end and end != start else "")


def _credit(member: Plain) -> str:
    return f"来源：{member['source']}" if member["source"] else ""
