"""Who takes part: people by what they are said to do, in the event their sentence goes on telling."""

from __future__ import annotations

import re

from crawler.events.draft import Draft
from crawler.events.person_sides import is_posted, name_people, person_side
from crawler.events.rites import at_rite, belongs, doers, is_ceremony, is_rite, signs, witnesses
from crawler.events.scenes import Sentence, within
from crawler.events.sides import Sides, party
from crawler.facts import PersonMention
from crawler.model import Side

_RITE = re.compile(r"^[^。;；]{0,40}?(?:仪式|典礼|揭牌|揭幕|剪彩|送行|见证签约|奠基|授旗|授牌|开幕|开班)")
# 对 … 宋建华副县长在援藏期间的工作进行了充分的肯定
# a reporter asks the head of a workshop or a worker: no part in the meeting
_INTERVIEWED = re.compile(r"负责人|村民|农户|工人|员工|学生|家长|老师|社长|店长|厂长|村支书|经理$")
_PRAISED = re.compile(r"[^,，。;；]{0,20}的?工作(?:成绩|表现)?(?:进行|给予|表示)[^,，。;；]{0,8}(?:肯定|认可)")
# 王区长: somebody named in full elsewhere
_RANKED = re.compile(r".{1,2}(?:书记|省长|市长|州长|盟长|区长|县长|旗长|镇长|乡长|主任|局长|部长|校长|院长|主席|队长)")
_STOP = re.compile(r"[;；。]")
_RELATED = re.compile(r"(?:参加|出席)(?:有关|相关|上述)(?:调研|考察|对接|交流)?活动")
_MEETS = re.compile(
    r"出席|会议|座谈|联席会|对接会|推介会|仪式|交流会|讲话|主持|致辞|汇报|介绍|发言|结业|开班|揭牌|揭幕|剪彩|送行|见证|奠基|授旗|授牌|宣布|在座|到[场会站]|现场指导|致谢|鞠躬|献上|敬献|回赠|锦旗|揭开|勉励|寄语"
)
_WITH_PARTY = r"(?:考察|代表|调研|访问)[组团队](?:一行)?(?:先后|一起|共同|一道)*(?:参观|考察|调研|走访)"
# each begins with a letter of its own, which is searched faster
_JOINS = re.compile(
    rf"陪同|与{_WITH_PARTY}|和{_WITH_PARTY}|同{_WITH_PARTY}|一同|随同|接待|迎接|会见|参加(?:了)?(?:[^,，。;；会]{{0,6}}考察|调研|活动)|参加(?:了)?(?:有关|相关)[^,，。;；会]{{0,4}}工作|出席(?:了)?活动|参与活动|等参加活动|参加(?<![,，]参加)$"
)
_HELD = re.compile(r"座谈会|会议|仪式")
# 两地召开座谈会。副县长某某参加: in what was told right before
_ATTENDS = re.compile(r"(?<![,，])(?:参加|出席)(?:会议)?。?$")


_SIGNS = "said to sign"
_WITH_GIFT = re.compile(r"村民|农户|工人|员工|学生|家长|老师|店长|村支书")


def cast_people(drafts: list[Draft], sentences: list[Sentence], sides: Sides, home: Side | None) -> None:
    """Put people into events: travellers and companions into visits, attendants and speakers into meetings."""
    name_people(sentences, sides)
    visits = [d for d in drafts if d.type == "visit"]
    meetings = [d for d in drafts if d.type == "meeting"]
    for draft in visits:
        _travellers(draft)
    for draft in meetings:
        for person in _real(draft.sentence.people, draft.sentence):
            if not draft.sentence.spoken(person.start):
                draft.add_person(person, _role(person), "named with the meeting")
    signings = [d for d in drafts if d.type == "agreement"]
    rites = [d for d in signings if is_ceremony(d)]
    ceremonies = [d for d in drafts if d.type != "agreement" and is_ceremony(d)]
    if not ceremonies and not meetings:
        rites = [d for d in signings if any("仪式" in sentence.text for sentence, _, _ in d.statements())]
    teams = [d for d in drafts if d.type == "personnel"]
    gifts = [d for d in drafts if d.type == "donation" and d not in ceremonies]
    private = {p.name for sentence in sentences for p in sentence.people if p.private}
    for sentence in sentences:
        if not sentence.people:
            continue
        if _leaders(sentence, visits, sides):
            continue
        _companions(
            sentence,
            current_event(visits, sentence),
            current_event(meetings, sentence),
            [d for d in (current_event(rites, sentence), current_event(ceremonies, sentence)) if d is not None],
            private,
        )
        signing = current_event(signings, sentence)
        if signing is not None:
            for person in _real(sentence.people, sentence):
                if sentence.spoken(person.start):
                    continue
                if signs(sentence, person):
                    signing.add_person(person, _role(person), _SIGNS, sentence)
                elif witnesses(sentence, person):
                    signing.add_person(person, _role(person), "said to attend the signing", sentence)
            if signing.sentence is sentence and not meetings:
                _speakers(sentence, signing)
        team, gift = current_event(teams, sentence), current_event(gifts, sentence)
        for person in _real(sentence.people, sentence) if team or gift else ():
            if team and belongs(sentence, person) and person_side(person, sentence, sides, home) != "supported":
                team.add_person(person, _role(person), "one of those sent", sentence)
            if gift and at_rite(sentence, person) and _activity(sentence, person) in ("meeting", "speaks"):
                gift.add_person(person, _role(person), "acts at its rite", sentence)
    for visit in visits:
        _share(visit, meetings, sides, home)
    for pairing in (d for d in drafts if d.type == "pairing"):
        for signing in signings:
            if any(told is pairing.sentence for told, _, _ in signing.statements()):
                for cast in signing.cast:
                    if cast.rule == _SIGNS:
                        pairing.add_person(cast.person, cast.role, _SIGNS, cast.sentence)
    for draft in drafts:
        if draft.type not in ("visit", "meeting", "funding"):
            for sentence, low, high in draft.statements():
                if not sentence.people:
                    continue
                people = sentence.people if draft.type == "personnel" else within(sentence.people, low, high)
                if not people and draft.type == "donation":
                    people = doers(sentence, low, high)
                if is_rite(draft):
                    people = [*people, *within(sentence.people, high, sentence.speech or sentence.end)]
                if draft.type == "labor":  # 由副局长某某带队,21家企业赴乙县,开展招聘会
                    people = [p for p in sentence.people if p in people or (p.role == "leads" and p.end <= low)]
                for person in _real(people, sentence):
                    draft.add_person(person, _role(person), "named in the clause of the event", sentence)


def _leaders(sentence: Sentence, visits: list[Draft], sides: Sides) -> bool:
    """甲州考察团由州委书记某某带队, told behind several journeys: the leader of the one that set out there."""
    found = False
    if len(visits) < 2 or any(told is sentence for visit in visits for told, _, _ in visit.statements()):
        return False
    for person in sentence.people:
        if person.role != "leads" or sentence.spoken(person.start):
            continue
        low, _ = sentence.clause(person.start)
        near = [party(m) for m in sentence.places if low <= m.start and m.end <= person.start]
        for visit in visits if near else ():
            if near[0] in visit.origin and sides.of(near[0]):
                visit.add_person(person, "leads", "said to lead the delegation of that place", sentence)
                found = True
    return found


def _companions(
    sentence: Sentence,
    visit: Draft | None,
    meeting: Draft | None,
    ceremonies: list[Draft],
    private: set[str],
) -> None:
    if not (visit or meeting or ceremonies):
        return
    for person in _real(sentence.people, sentence):
        if sentence.spoken(person.start):
            continue
        act = _activity(sentence, person)
        if act == "accompany" and meeting is not None and _ATTENDS.search(sentence.text):
            act = "activity" if _stated_before(meeting, sentence) else act
        if person.name in private and not any(e and e.sentence is sentence for e in (visit, meeting, *ceremonies)):
            continue  # a villager who is told about comes to no meeting
        asked = _INTERVIEWED if meeting else _WITH_GIFT
        if act == "speaks" and (person.private or asked.search(person.title or "")):
            continue
        led = visit and person.role == "leads" and visit.sentence.paragraph == sentence.paragraph and not meeting
        if visit and (led or act in ("accompany", "activity", "related")):
            visit.add_person(person, _role(person), "leads the delegation" if led else f"said to {act}", sentence)
        # beside a meeting, a ceremony has only those said to have come for it
        held = [meeting] if meeting else []
        if ceremonies and (meeting is None or _RITE.search(sentence.text[person.end - sentence.start :])):
            held = ceremonies
        for ceremony in ceremonies if not meeting else ():
            if ceremony.type == "personnel" and person.role == "leads":
                ceremony.add_person(person, "leads", "leads those who are sent", sentence)
        along = act in ("related", "accompany") and not visit
        for event in held if act in ("meeting", "speaks", "activity") or along else ():
            event.add_person(person, _role(person), f"said to take part: {act}", sentence)


def _stated_before(event: Draft, sentence: Sentence) -> bool:
    """Whether the sentence before states an event."""
    return any(told.index == sentence.index - 1 for told, _, _ in event.statements())


def _speakers(sentence: Sentence, signing: Draft) -> None:
    """Who speaks right behind a signing (签订了协议,甲校长、乙书记分别发言) speaks for a signer."""
    for person in _real(sentence.people, sentence):
        if person.start > signing.end and _activity(sentence, person) in ("meeting", "speaks"):
            signing.add_person(person, _role(person), "speaks at the signing", sentence)


def _share(visit: Draft, meetings: list[Draft], sides: Sides, home: Side | None) -> None:
    """Who leads or receives a visit sits in its meeting; a visit without names takes the head of its side there."""
    travelling = {sides.of(p) for p in visit.origin}
    for meeting in meetings:
        if meeting.type != "meeting" or meeting.background or not in_one_time(visit, meeting):
            continue
        if not any(person_side(c.person, c.sentence, sides, home) in travelling for c in visit.cast):
            head = next(
                (
                    c
                    for c in meeting.cast
                    if person_side(c.person, c.sentence, sides, home) in travelling
                    and not is_posted(c.person, c.sentence)
                ),
                None,
            )
            if head is not None:
                visit.add_person(head.person, "leads", "head of the travelling side at the meeting", head.sentence)
        for cast in list(visit.cast):
            if cast.rule == "named with the journey":
                meeting.add_person(cast.person, cast.role, "leads or receives the visit", cast.sentence)


def in_one_time(visit: Draft, meeting: Draft) -> bool:
    """Whether a meeting falls into the time of a visit."""
    if not visit.when.known or not meeting.when.known:
        return visit.when.known == meeting.when.known
    return _touches(meeting.when.start or "", visit) or _touches(visit.when.start or "", meeting)


def _real(people: list[PersonMention], sentence: Sentence) -> list[PersonMention]:
    """People who can take part: not leaders cited, not reporters, not those on whose behalf somebody came."""
    if not people:
        return []
    praised = "工作" in sentence.text
    out = [
        p
        for p in people
        if not (p.cited or p.byline or _RANKED.fullmatch(p.name))
        and not (praised and _PRAISED.match(sentence.text, p.end - sentence.start))
    ]
    for hit in sentence.of("absent"):
        low, high = sentence.clause(hit.start)
        out = [p for p in out if not low <= p.start < high]
    return out


def _role(person: PersonMention) -> str:
    return person.role or "takes_part"


def current_event(drafts: list[Draft], sentence: Sentence) -> Draft | None:
    """The event a sentence goes on telling: the last one stated at or before it, close enough to be the same report."""
    last: Draft | None = None
    for draft in reversed(drafts):
        if draft.sentence.index <= sentence.index and not draft.background and draft.status != "planned":
            last = draft
            break
    if last is None or last.sentence is sentence or not last.when.start:
        return last
    for date in sentence.dates:
        if date.precision in ("day", "range", "month") and date.date_start and not sentence.spoken(date.start):
            return last if _touches(date.date_start, last) else None
    return last


def _touches(date: str, draft: Draft) -> bool:
    start, end = draft.when.start or "", draft.when.end or draft.when.start or ""
    return start[: len(date)] <= date[: len(start)] and date <= (end or date)


def _travellers(draft: Draft) -> None:
    sentence = draft.sentence
    for person in _real(sentence.people, sentence):
        if sentence.spoken(person.start):
            continue
        act = _activity(sentence, person)
        if act == "meeting" and person.start > draft.end:
            continue
        if (
            person.end <= draft.start
            or act in ("accompany", "activity", "related")
            or person.role in ("leads", "hosts")
        ):
            draft.add_person(person, _role(person), "named with the journey")


def _activity(sentence: Sentence, person: PersonMention) -> str:
    """What a person is said to do, by the verbs behind the list the name stands in (up to the next list)."""
    text, start = sentence.text, person.end - sentence.start
    stop = _STOP.search(text, start)
    end = stop.start() if stop else len(text)
    tail = text[start:end] + sentence.following
    if ("参加" in tail or "出席" in tail) and _RELATED.search(tail):
        return "related" if "会" not in tail.split("活动")[0] else "activity"
    meets, joins = _MEETS.search(tail), _JOINS.search(tail)
    if meets and joins:
        return "activity"
    if joins and joins[0].endswith("参加") and _HELD.search(text, 0, person.start - sentence.start):
        return "meeting"
    if joins:
        return "activity" if "活动" in joins[0] else "accompany"
    if meets:
        return "meeting"
    high = person.end + len(tail)
    if any(person.end <= hit.start < high for hit in sentence.kinds.get("speech", ())):
        return "speaks"
    return "accompany" if any(person.end <= hit.start < high for hit in sentence.kinds.get("accompany", ())) else "none"
