"""Who takes part: people by what they are said to do, in the event their sentence goes on telling."""

from __future__ import annotations

import re

from crawler.events.acting import activity_of, current_event, in_one_time, only_attends, real_people, role_of, told_next
from crawler.events.arrivals import RECEPTION
from crawler.events.draft import Draft
from crawler.events.performers import cast_performers
from crawler.events.person_sides import is_posted, name_people, person_side
from crawler.events.rites import is_ceremony, is_rite, tours, witnesses
from crawler.events.scenes import Sentence
from crawler.events.sides import Sides, party
from crawler.model import Side

_RITE = re.compile(r"^[^。;；]{0,40}?(?:仪式|典礼|揭牌|揭幕|剪彩|送行|见证签约|奠基|授旗|授牌|开幕|开班)")
# a reporter asks the head of a workshop or a worker: no part in the meeting
_INTERVIEWED = re.compile(r"负责人|村民|农户|工人|员工|学生|家长|老师|社长|店长|厂长|村支书|经理$")
_WITH_GIFT = re.compile(r"村民|农户|工人|员工|学生|家长|老师|店长|村支书")
# 参加会议和签约仪式
_WELCOMES = re.compile(r"(?:代表[^,，。;；]{2,16}[,，]?)?对[^,，。;；]{2,24}表示[^,，。;；]{0,8}(?:欢迎|感谢)")
_WELCOME_RITES = ("欢迎仪式", "欢送仪式", "欢迎会", "欢送会", "见面会", "送行仪式", "出征仪式")
_LEADS = ("带队", "率队", "率团", "率领")
_TELLS = re.compile(r"[^,，。;；]{0,4}介绍|[^。;；]{0,30}(?:感谢|欢迎)")
_TAUGHT = re.compile(r"(?:教师|老师|医生|医师|护士)$")
_COMES = re.compile(r"出席|参加|主持|见证|宣读|到场")
_BOTH = re.compile(r"(?:会议|座谈会|联席会|推介会)[^。;；]{0,4}[和及并暨]")


def cast_people(drafts: list[Draft], sentences: list[Sentence], sides: Sides, home: Side | None) -> None:
    """Put people into events: travellers and companions into visits, attendants and speakers into meetings."""
    name_people(sentences, sides)
    visits = [d for d in drafts if d.type == "visit"]
    meetings = [d for d in drafts if d.type == "meeting"]
    for draft in visits:
        _travellers(draft)
    for draft in meetings:
        for person in real_people(draft.sentence.people, draft.sentence):
            if not draft.sentence.spoken(person.start):
                draft.add_person(person, role_of(person), "named with the meeting")
    signings = [d for d in drafts if d.type == "agreement"]
    rites = [d for d in signings if is_ceremony(d)]
    ceremonies = [d for d in drafts if d.type != "agreement" and (is_ceremony(d) or _welcomed(d, sentences))]
    if not ceremonies and not meetings:
        rites = [d for d in signings if any("仪式" in sentence.text for sentence, _, _ in d.statements())]
    private = {p.name for sentence in sentences for p in sentence.people if p.private}
    for sentence in sentences:
        if not sentence.people:
            continue
        led = _leaders(sentence, visits, sides)
        _tourists(sentence, current_event(visits, sentence) or told_next(visits, sentence))
        visit, meeting = current_event(visits, sentence), _meeting_meant(meetings, sentence)
        if visit and not meetings:
            _receive(sentence, visit)
        if visit and not meeting and len(meetings) == 1 and only_attends(sentence):
            meeting = meetings[0] if in_one_time(visit, meetings[0]) else None
        _companions(
            sentence,
            visit,
            meeting,
            [d for d in (current_event(rites, sentence), current_event(ceremonies, sentence)) if d is not None],
            private | led,
        )
        if "参加座谈" in sentence.text or "参加会议" in sentence.text:
            _will_meet(sentence, meetings)
    for visit in visits:
        _settle_hosts(visit, sides, home)
        _share(visit, meetings, sides, home)
    cast_performers(drafts, sentences, sides, home)


def _welcomed(draft: Draft, sentences: list[Sentence]) -> bool:
    """Whether the sentences behind tell of a rite for those who are sent."""
    behind = sentences[draft.sentence.index + 1 : draft.sentence.index + 3] if draft.type == "personnel" else []
    return any(rite in sentence.text for sentence in behind for rite in _WELCOME_RITES)


def _meeting_meant(meetings: list[Draft], sentence: Sentence) -> Draft | None:
    """The meeting told last, or the one whose name (恳谈会) a sentence says again."""
    last = current_event(meetings, sentence)
    if last is None or len(meetings) == 1 or last.words.split()[-1] in sentence.text:
        return last
    named = [d for d in meetings if d.sentence.index <= sentence.index and d.words.split()[-1] in sentence.text]
    return next((d for d in reversed(named) if not d.background and "会" in d.words.split()[-1]), last)


def _receive(sentence: Sentence, visit: Draft) -> None:
    """Who welcomes guests or thanks for what they bring, of whom no meeting is told."""
    for person in real_people(sentence.people, sentence):
        tail = sentence.text[person.end - sentence.start :]
        if not (person.private or sentence.spoken(person.start)) and _WELCOMES.match(tail):
            visit.add_person(person, role_of(person), "said to welcome them or to thank", sentence)


def _settle_hosts(visit: Draft, sides: Sides, home: Side | None) -> None:
    """Let those of no telling title who accompany a delegation be of the side it visits."""
    host = next((side for party in visit.target if (side := sides.of(party))), None)
    for cast in visit.cast if host else ():
        behind = cast.sentence is not visit.sentence or cast.person.start > visit.end
        along = behind and (cast.person.cue or "").startswith("陪同")
        if host and along and person_side(cast.person, cast.sentence, sides, home) is None:
            sides.named[cast.person.name] = host
            sides.people.clear()


def _will_meet(sentence: Sentence, meetings: list[Draft]) -> None:
    """副县长甲陪同考察或参加座谈, before the first meeting is told."""
    ahead = next((d for d in meetings if not d.background and d.status != "planned"), None)
    if ahead is None or ahead.sentence.index <= sentence.index:
        return
    for person in real_people(sentence.people, sentence):
        if not sentence.spoken(person.start) and activity_of(sentence, person) == "activity":
            ahead.add_person(person, role_of(person), "said to join the meeting told next", sentence)


def _tourists(sentence: Sentence, visit: Draft | None) -> None:
    """图为甲、乙在上新庄镇查看大棚, beside the visit."""
    for person in real_people(sentence.people, sentence) if visit is not None else ():
        if visit and not (person.private or sentence.spoken(person.start)) and tours(sentence, person):
            visit.add_person(person, role_of(person), "said to tour", sentence)


def _leaders(sentence: Sentence, visits: list[Draft], sides: Sides) -> set[str]:
    """甲州考察团由州委书记某某带队, told behind several journeys: the leader of the one that set out there."""
    found: set[str] = set()
    if len(visits) < 2 or any(told is sentence for visit in visits for told, _, _ in visit.statements()):
        return found
    for person in sentence.people:
        if person.role != "leads" or sentence.spoken(person.start):
            continue
        low, _ = sentence.clause(person.start)
        near = [party(m) for m in sentence.places if low <= m.start and m.end <= person.start]
        for visit in visits if near else ():
            if near[0] in visit.origin and sides.of(near[0]):
                visit.add_person(person, "leads", "said to lead the delegation of that place", sentence)
                found.add(person.name)
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
    for person in real_people(sentence.people, sentence):
        if sentence.spoken(person.start):
            continue
        act = activity_of(sentence, person)
        if act == "accompany" and meeting is not None and only_attends(sentence):
            act = "activity"  # they come to all that is told: 副县长某某参加
        if person.name in private and not any(e and e.sentence is sentence for e in (visit, meeting, *ceremonies)):
            continue  # a villager who is told about comes to no meeting
        gift = not meeting and any(e.type == "donation" for e in ceremonies)
        asked = _WITH_GIFT if gift else _INTERVIEWED
        if act == "speaks" and (person.private or asked.search(person.title or "")):
            continue
        near = visit and visit.sentence.paragraph == sentence.paragraph
        led = near and person.role == "leads" and (not meeting or person.cue in _LEADS)
        if visit and (led or act in ("accompany", "activity", "related")):
            visit.add_person(person, role_of(person), "leads the delegation" if led else f"said to {act}", sentence)
        # beside a meeting, a ceremony has only those said to have come for it
        witness = witnesses(sentence, person) and "会" not in sentence.text[person.end - sentence.start :]
        held = [meeting] if meeting and not witness else []
        tail = sentence.text[person.end - sentence.start :]
        one = meeting is not None and any(e.sentence is meeting.sentence for e in ceremonies)
        if one and _COMES.search(tail):
            held = [*held, *ceremonies]
        elif ceremonies and (meeting is None or _RITE.search(tail)):
            held = [*held, *ceremonies] if _BOTH.search(tail) else ceremonies
        for ceremony in ceremonies if not meeting else ():
            if ceremony.type == "personnel" and person.role == "leads":
                ceremony.add_person(person, "leads", "leads those who are sent", sentence)
        along = act in ("related", "accompany") and not visit
        tells = act == "speaks" or _TELLS.match(tail) is not None
        if act == "ritual":
            held, along = ceremonies, True
        for event in held if act in ("meeting", "speaks", "activity") or along else ():
            apart = event.type == "agreement" and visit and event.sentence.paragraph != sentence.paragraph
            if tells and (apart or (event.type == "project" and not is_rite(event))):
                continue  # the head of the school a reporter asks about the new building
            if event.type == "personnel" and act == "speaks" and _TAUGHT.search(person.title or ""):
                continue  # whom those who came teach; their own are told apart (``performers``)
            event.add_person(person, role_of(person), f"said to take part: {act}", sentence)


def _share(visit: Draft, meetings: list[Draft], sides: Sides, home: Side | None) -> None:
    """Who heads or receives a visit sits in its meeting; a visit without names takes the head of its side there."""
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
        came = [cast for cast in visit.cast if cast.rule == "named with the journey"]
        for cast in [c for c in came if c.role == "leads"][:1] + [c for c in came if c.role == "hosts"] or came[:1]:
            meeting.add_person(cast.person, cast.role, "heads or receives the visit", cast.sentence)


def _travellers(draft: Draft) -> None:
    sentence = draft.sentence
    for person in real_people(sentence.people, sentence):
        if sentence.spoken(person.start):
            continue
        act = activity_of(sentence, person)
        if act == "meeting" and person.start > draft.end:
            continue
        if (
            person.end <= draft.start
            or act in ("accompany", "activity", "related")
            or person.role in ("leads", "hosts")
            or draft.start <= person.start < draft.end
            or (draft.frame == RECEPTION and sentence.text.startswith("一行", person.end - sentence.start))
        ):
            draft.add_person(person, role_of(person), "named with the journey")
