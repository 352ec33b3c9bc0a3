"""Read an article's events and figures: the public door of the package."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from crawler.events.by_days import date_by_days
from crawler.events.bystanders import drop_bystanders
from crawler.events.candidates import drop_implied, find_candidates
from crawler.events.casting import assign_places, follow_visits, name_visit_sides
from crawler.events.central import find_central_pairings
from crawler.events.dating import Clock
from crawler.events.destinations import narrow_destinations
from crawler.events.draft import Draft
from crawler.events.fellows import share_with_fellows
from crawler.events.figures import find_figures
from crawler.events.finishing import finish
from crawler.events.homes import given_home, infer_home, place_home_words, place_initials
from crawler.events.houses import place_houses
from crawler.events.jobs import fairs_or_talks
from crawler.events.joined import find_joined
from crawler.events.lately import lately_before
from crawler.events.listed_days import each_day
from crawler.events.merging import itemises_a_sum, merge
from crawler.events.money import assign_amounts
from crawler.events.organizations import cast_organizations
from crawler.events.other_travellers import but_postings
from crawler.events.paired_lists import pair_by_list
from crawler.events.pairing import pair_up, stands
from crawler.events.partners import pair_with_home, pair_with_institution, pair_with_outlet, pair_with_unnamed_home
from crawler.events.people import cast_people
from crawler.events.postings import find_postings
from crawler.events.posts import drop_other_posts
from crawler.events.relations import find_relations
from crawler.events.relevance import (
    ONE_SIDED,
    aid_words,
    concerns_aid,
    goes_on_at,
    keep,
    tells_no_aid,
    tells_totals,
)
from crawler.events.scenes import Sentence, read_sentences
from crawler.events.seats import settle_seats
from crawler.events.sent_goods import gifts_or_sales
from crawler.events.sides import Sides, find_sides
from crawler.events.strays import drop_strays
from crawler.events.tied_towns import settle_towns
from crawler.events.unnamed import (
    UNNAMED,
    pair_with_central_unit,
    pair_with_unnamed,
    pair_with_unnamed_regions,
)
from crawler.events.visits import find_visits
from crawler.facts import Facts, find_facts
from crawler.model import Article, Event, Figure, Side
from crawler.places import PlaceMention, find_places, year_known

_REVIEWED = r"(?:大事记|回顾|盘点|综述|总结|自评|工作(?:情况|报告|汇报)|十件大事|十大|纪事|纪实|年鉴)"
_REVIEW = re.compile(
    rf"((?:19|20)\d\d)\s?年[^,，。]{{0,24}}{_REVIEWED}|{_REVIEWED}[（(]((?:19|20)\d\d)年?度?[)）]"
    r"|((?:19|20)\d\d)\s?年第?\d{1,3}期"  # 工作动态(2022年第6期)
)

# the office of local annals prints articles of a yearbook, which open with its year
_ANNALS = re.compile(r"方志|年鉴|史志|地志|志办")
_SHELVED = re.compile(r"((?:19|20)\d\d)年(?:\d{1,2}月)?")
_YEAR_FIRST = re.compile(r"\s*(?:【[^】]{2,16}】\s*)?((?:19|20)\d\d)年[,，]")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an article states: whether it tells of cooperation at all, its events and figures in order of appearance."""

    relevant: bool
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(slots=True)
class Reading:
    """An extraction together with everything it was made from, for explanations."""

    facts: Facts
    sentences: list[Sentence]
    sides: Sides
    home_rule: str
    drafts: list[Draft]
    dropped: list[tuple[Draft, str]]
    events: list[Event]
    figures: list[Figure]
    relevant: bool


def extract(article: Article, *, home: str | None = None, keep_private: bool = False) -> Extraction:
    """Return the events and figures of ``article``; ``home`` is the publisher's jurisdiction (adcode or full name).

    Offsets index ``article.text``. The same article gives the same answer, ids included; an article without aid between
    two places gives an irrelevant, empty extraction. Private people are masked (刘某某) unless ``keep_private``.
    """
    read = read_events(article, home=home, keep_private=keep_private)
    return Extraction(read.relevant, tuple(read.events), tuple(read.figures))


def read_events(article: Article, *, home: str | None = None, keep_private: bool = False) -> Reading:
    """Do the work of :func:`extract` and keep the evidence."""
    facts = find_facts(article.text, published=told_from(article), home=home)
    return read_facts(facts, article, title_places(article, home), home=home, keep_private=keep_private)


def title_places(article: Article, home: str | None = None) -> list[PlaceMention]:
    """The places of the headline, which the facts of the text do not hold."""
    return find_places(article.title, on=article.published, home=home) if article.title else []


def told_from(article: Article) -> str | None:
    """The day an article's dates are told from: a review of 2020 (2020年…大事记) printed later speaks of 2020.

    Unless it calls that year 去年. A page without a day that an archive keeps under a year is told from that year.
    """
    year = _REVIEW.search(article.title or "")
    told = next(filter(None, year.groups())) if year is not None else None
    if told is None and _ANNALS.search(article.source or ""):
        opened = _YEAR_FIRST.match(article.text)
        told = opened[1] if opened is not None else None
    if told is not None and article.published and "去年" in article.text:
        return article.published
    if told is not None and (article.published or "9999")[:4] > told:
        return f"{told}-12-31"
    shelved = map(_SHELVED.fullmatch, article.breadcrumb)
    return article.published or next((f"{year[1]}-12-31" for year in shelved if year is not None), None)


def read_facts(
    facts: Facts,
    article: Article,
    title: list[PlaceMention],
    *,
    home: str | None = None,
    keep_private: bool = False,
) -> Reading:
    """Find the events of ready facts and the places of the title (the part measured for speed)."""
    if not facts.places and not title:  # without a place there is no side, so nothing else need be read
        return Reading(facts, [], Sides(), "", [], [], [], [], relevant=False)
    sentences = read_sentences(facts)
    home_party = given_home(home)
    drop_bystanders(sentences, facts.text)
    drop_other_posts(sentences)
    title = drop_strays(sentences, title, home_party)
    clock = Clock(sentences, article.published)
    date = year_known(article.published or (clock.main.date_start if clock.main else None))
    settle_towns(sentences, date)
    sides = find_sides(sentences, title, date)
    pair_with_home(sides, sentences, home_party)
    pair_with_institution(sides, sentences)
    if home_party is None:
        pair_with_outlet(sides, sentences, article.source or "")
        pair_with_unnamed_home(sides, sentences, article.title or "")
        pair_with_unnamed(sides, sentences, article.title or "")
        pair_with_unnamed_regions(sides, sentences)
    pair_with_central_unit(sides, sentences, article.title or "")
    reading = Reading(facts, sentences, sides, "", [], [], [], [], relevant=False)
    words = aid_words(article, sentences) if sides.donor is not None else frozenset()
    if sides.donor is None or not concerns_aid(article, sentences, sides, words):
        return reading
    place_initials(sentences, sides)
    place_houses(sentences)
    reading.home_rule = "declared by the portal"
    if home_party is None and UNNAMED in (sides.donor, sides.recipient):
        home_party, reading.home_rule = UNNAMED, "a place that only calls itself 我…"
    if home_party is None:
        home_party, reading.home_rule = infer_home(sentences, sides, title, article.title or "", article.source or "")
    home_side: Side | None = sides.of(home_party)
    sides.home = home_party.name if home_party and home_party is not UNNAMED else None
    place_home_words(sentences, home_party)
    if reading.home_rule.startswith("我") and sides.refine(home_party):
        place_initials(sentences, sides)

    visits = find_visits(sentences, sides, clock, home_party)
    candidates = find_candidates(sentences, clock)
    fairs_or_talks(candidates, sentences)
    candidates = gifts_or_sales(candidates, sentences)
    visits = but_postings(visits, candidates)
    date_by_days(visits, sentences, clock)
    drafts = visits + drop_implied(visits, candidates) + find_relations(sentences, sides, clock)
    drafts += (
        find_postings(sentences, sides, clock)
        + find_joined(sentences, sides, clock)
        + find_central_pairings(sentences, sides)
    )
    for draft in drafts:
        if draft.type != "visit":
            assign_places(draft, sides, sentences)
    name_visit_sides(visits, drafts)
    follow_visits(visits, drafts, sides, sentences)
    settle_seats(visits, drafts)
    narrow_destinations(drafts, sides, sentences)
    share_with_fellows([d for d in drafts if d.type != "visit"], sides, sentences)
    aidless = tells_no_aid(words, drafts)
    kept: list[Draft] = []
    for draft in drafts:
        if draft.type == "pairing":
            if not stands(draft, sides):
                reading.dropped.append((draft, "no own date, no signing, no two named units"))
                continue
            pair_up(draft, sides)
        reason = keep(draft, sides, clock, visited=bool(visits), aidless=aidless)
        if reason is None and itemises_a_sum(draft, drafts):
            reason = "an item of a sum told before"
        if reason is None and goes_on_at(draft, reading.dropped):
            reason = ONE_SIDED
        if reason is None:
            kept.append(draft)
        else:
            reading.dropped.append((draft, reason))
    assign_amounts(kept, sentences)
    merged = merge(kept)
    pair_by_list(merged, sentences, sides)
    cast_people(merged, sentences, sides, home_side)
    cast_organizations(merged, sentences)
    reading.figures = find_figures(sentences, merged)
    merged = each_day(merged)
    content = hashlib.sha256(article.text.encode()).hexdigest() if merged else ""
    reading.drafts = merged
    undated = any(d.when.recent and not d.when.known for d in merged)
    printed = article.published if article.published_basis != "url" else None  # an address may be a reprint's
    lately = lately_before(printed, article.text) if undated else None
    reading.events = [finish(d, sides, home_side, content, lately, keep_private=keep_private) for d in merged]
    reading.relevant = any(e.status != "planned" for e in reading.events)
    if not reading.relevant and not tells_totals(sentences, sides, words):
        reading.figures = []
    elif not reading.events:  # totals of the aid between two sides; a mere announcement stays aside
        reading.relevant = True
    return reading
