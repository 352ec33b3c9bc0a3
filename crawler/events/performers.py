"""Who does what a signing, gift, rite or posting is: signers and witnesses, givers and takers, those who are sent."""

from __future__ import annotations

import re

from crawler.events.acting import activity_of, current_event, only_attends, real_people, role_of, told_next
from crawler.events.draft import Draft
from crawler.events.person_sides import person_side, place_side
from crawler.events.rites import at_rite, belongs, doers, gives, greets, is_ceremony, is_rite, signs, witnesses
from crawler.events.scenes import Sentence, within
from crawler.events.sides import Sides
from crawler.facts import PersonMention
from crawler.model import Side

_IN_CLAUSE = "named in the clause of the event"
# 县委书记甲见证捐赠。副县长乙参加: in what was told right before
_HOSTED = re.compile(r"\s*[^,，。;；]{0,8}(?:活动|仪式)由[^,，。;；]+主持")
_PRONOUN = re.compile(r"[他她](?![们人])")
_AT_IT = ("meeting", "speaks", "activity", "ritual")
_SOON = 2  # sentences behind a team's arrival in which it is greeted
_AFTERWARDS = re.compile(r"(?:仪式|典礼)(?:结束)?之?后")


def cast_performers(drafts: list[Draft], sentences: list[Sentence], sides: Sides, home: Side | None) -> None:
    """Put people into the events that are neither visits nor meetings."""
    others = [d for d in drafts if d.type not in ("visit", "meeting", "funding")]
    signings = [d for d in others if d.type == "agreement"]
    meets, travels = (any(d.type == kind for d in drafts) for kind in ("meeting", "visit"))
    gifts = [d for d in others if d.type == "donation"]
    teams = [d for d in others if d.type == "personnel"]
    plain = [d for d in others if d.type in ("donation", "personnel", "project") and not is_ceremony(d)]
    for sentence in sentences if others else ():
        if not sentence.people:
            continue
        if _HOSTED.match(sentence.text):
            _come_too(sentence, others)
        elif only_attends(sentence):
            _come_too(sentence, [d for d in others if d.type != "agreement"])
        signing = current_event(signings, sentence)
        if signing is not None:
            _sign(sentence, signing, speaking=not meets)
        _perform(sentence, teams, gifts, plain, sides, home, travels=travels)
        for papers in (signings, gifts) if not meets else ():
            _speak(sentence, current_event(papers, sentence) if papers else None)
    for draft in others:
        for told, low, high in draft.statements():
            for person in _named(draft, told, low, high):
                draft.add_person(person, role_of(person), _IN_CLAUSE, told)
            if not draft.cast and draft.type in ("personnel", "training") and told.index:
                _meant(draft, told, low, sentences[told.index - 1])
    for pairing in others:
        if pairing.type == "pairing":
            _sign_pairing(pairing, signings)


def _meant(draft: Draft, sentence: Sentence, low: int, before: Sentence) -> None:
    """Let 他随援疆医疗队来到这里 be told of the one named right before."""
    text = sentence.text[low - sentence.start : draft.start - sentence.start]
    named = [p for p in real_people(before.people, before) if not p.private]
    if _PRONOUN.search(text) and named and before.paragraph == sentence.paragraph:
        draft.add_person(named[-1], role_of(named[-1]), "the one told before, by a pronoun", before)


def _named(draft: Draft, sentence: Sentence, low: int, high: int) -> list[PersonMention]:
    """Who is named where an event is stated."""
    if not sentence.people:
        return []
    people = sentence.people if draft.type == "personnel" else within(sentence.people, low, high)
    if not people and draft.type == "donation":
        people = doers(sentence, low, high)
    if is_rite(draft) and not _AFTERWARDS.search(sentence.text, low - sentence.start, high - sentence.start):
        people = [*people, *within(sentence.people, high, sentence.speech or sentence.end)]
    if draft.type == "labor":  # 由副局长某某带队,21家企业赴乙县,开展招聘会
        people = [p for p in sentence.people if p in people or (p.role == "leads" and p.end <= low)]
    return real_people(people, sentence)


def _come_too(sentence: Sentence, drafts: list[Draft]) -> None:
    """Let them come to what those of the sentence before take part in."""
    for draft in drafts:
        if any(cast.sentence.index == sentence.index - 1 for cast in draft.cast):
            for person in real_people(sentence.people, sentence):
                draft.add_person(person, role_of(person), "comes to it too", sentence)


def _sign(sentence: Sentence, signing: Draft, *, speaking: bool) -> None:
    """Who signs or attends a signing, and who speaks right behind one (签订了协议,甲校长、乙书记分别发言)."""
    for person in real_people(sentence.people, sentence):
        if not sentence.spoken(person.start):
            if signs(sentence, person):
                signing.add_person(person, role_of(person), "said to sign", sentence)
            elif witnesses(sentence, person):
                signing.add_person(person, role_of(person), "said to attend the signing", sentence)
        behind = signing.sentence is sentence and person.start > signing.end
        if speaking and behind and activity_of(sentence, person) in ("meeting", "speaks"):
            signing.add_person(person, role_of(person), "speaks at the signing", sentence)


# a village head or workman whom a reporter asks speaks for nobody
_OFFICE = re.compile(r"(?<![村社店厂])(?:书记|[部局厅会组镇县市区州旗团]长|主席|主任|[董理]事长|总经理)$")


def _speak(sentence: Sentence, paper: Draft | None) -> None:
    """Who speaks for a side at a signing or gift of which no meeting is told."""
    for person in real_people(sentence.people, sentence) if paper is not None else ():
        officer = paper and not sentence.spoken(person.start) and _OFFICE.search(person.title or "")
        if paper and officer and activity_of(sentence, person) == "speaks":
            paper.add_person(person, role_of(person), "speaks where it is told", sentence)


_TRADES = re.compile(r"(?:教师|老师|医生|医师|护士)$")


def _of_helpers(person: PersonMention, sentence: Sentence, sides: Sides) -> bool:
    """青岛二中教师某某: a teacher or doctor whose school or hospital is named as one of the helping side."""
    return _TRADES.search(person.title or "") is not None and place_side(person, sentence, sides) == "supporting"


def _sign_pairing(pairing: Draft, signings: list[Draft]) -> None:
    """Who signs the paper of a pairing pairs."""
    for signing in signings:
        if any(told is pairing.sentence for told, _, _ in signing.statements()):
            for cast in signing.cast:
                here = cast.rule == _IN_CLAUSE and cast.sentence is pairing.sentence
                if here or signs(cast.sentence, cast.person):
                    pairing.add_person(cast.person, cast.role, "said to sign", cast.sentence)


def _perform(
    sentence: Sentence,
    teams: list[Draft],
    gifts: list[Draft],
    plain: list[Draft],
    sides: Sides,
    home: Side | None,
    *,
    travels: bool,
) -> None:
    """Those who give or take, are sent, or act at a rite whatever told of the gift or posting itself."""
    team = (current_event(teams, sentence) or told_next(teams, sentence)) if teams else None
    sole = teams[0] if len(teams) == 1 and teams[0].status != "planned" else None
    gift = current_event(gifts, sentence) if gifts else None
    rite = current_event(plain, sentence) if plain else None
    for person in real_people(sentence.people, sentence) if team or gift or rite or sole else ():
        if gift and gives(sentence, person):
            gift.add_person(person, role_of(person), "said to give or take it", sentence)
        sent = team or (sole if not any(d.precision in ("day", "range") for d in sentence.dates) else None)
        known = belongs(sentence, person) and person_side(person, sentence, sides, home) != "supported"
        if sent and (known or (team and _of_helpers(person, sentence, sides))):
            sent.add_person(person, role_of(person), "one of those sent", sentence)
        if team and greets(sentence, person) and 0 <= sentence.index - team.sentence.index <= _SOON:
            team.add_person(person, role_of(person), "said to greet them", sentence)
        if rite and at_rite(sentence, person) and activity_of(sentence, person) in _AT_IT:
            rite.add_person(person, role_of(person), "acts at its rite", sentence)
        if team and not travels and (person.cue or "").startswith("陪同") and not sentence.spoken(person.start):
            team.add_person(person, role_of(person), "said to accompany those sent", sentence)
