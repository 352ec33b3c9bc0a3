"""What people are said to do: who can take part, by which verbs, in the event their sentence goes on telling."""

from __future__ import annotations

import re

from crawler.events.draft import Draft
from crawler.events.scenes import Sentence
from crawler.facts import PersonMention

# 对 … 宋建华副县长在援藏期间的工作进行了充分的肯定
_PRAISED = re.compile(r"[^,，。;；]{0,20}的?工作(?:成绩|表现)?(?:进行|给予|表示)[^,，。;；]{0,8}(?:肯定|认可)")
# 王区长: somebody named in full elsewhere
_RANKED = re.compile(r".{1,2}(?:书记|省长|市长|州长|盟长|区长|县长|旗长|镇长|乡长|主任|局长|部长|校长|院长|主席|队长)")
_ATTENDS = re.compile(r"(?<![,，])(?:参加|出席)(?:会议)?。?$")
_AT_END = 8  # characters that what _ATTENDS knows fills at most
_STOP = re.compile(r"[;；。]")
_AT_RECEPTION = re.compile(r"(?:参加|陪同|出席)(?:了)?(?:会见|接见)")  # a meeting of the visit
_RELATED = re.compile(r"(?:参加|出席)了?(?:有关|相关|上述)(?:调研|考察|对接|交流)?活动")
_MEETS = re.compile(
    r"出席|会议|座谈|联席会|对接会|推介会|恳谈|洽谈会|见面会|论坛|仪式|交流会|讲话|主持|致辞|汇报|介绍|发言|结业|开班|揭牌|揭幕|剪彩|送行|见证|奠基|授旗|授牌|宣布|在座|到[场会站]|现场指导|致谢|勉励|寄语|宣读|致以|感谢|通报|参加会[见谈]"
)
# what is done at the station, over a gift or a curtain: no part in a meeting
_RITUAL = re.compile(r"鞠躬|献上|敬献|回赠|锦旗|揭开|护送")
_WITH_PARTY = r"(?:考察|代表|调研|访问)[组团队](?:一行)?(?:先后|一起|共同|一道)*(?:参观|考察|调研|走访)"
# each begins with a letter of its own, which is searched faster
_JOINS = re.compile(
    rf"陪同|与{_WITH_PARTY}|和{_WITH_PARTY}|同{_WITH_PARTY}|一同|随同|接待|迎接|会见|参加(?:了)?[^,，。;；会]{{0,6}}(?:考察|调研|活动)|参与(?:了)?[^,，。;；会]{{0,6}}(?:考察|调研|活动)|参加(?:了)?(?:有关|相关)[^,，。;；会]{{0,4}}工作|出席(?:了)?活动|等参加活动|参加(?<![,，]参加)$"
)
# 出席捐赠仪式的有甲、乙
_ROLL = re.compile(r"(?:出席|参加|参与)[^,，。;；:：]{0,24}的?(?:领导|嘉宾|人员)?(?:还|分别)?(?:有|是|[:：])")
_HELD = re.compile(r"座谈会|会议|仪式")


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


def told_next(events: list[Draft], sentence: Sentence) -> Draft | None:
    """由放射科甲、骨科乙组成的医疗队整装待发, and then how they are seen off: the event told next."""
    told = (d for d in events if 0 < d.sentence.index - sentence.index <= 1 and not d.background)
    return next((d for d in told if d.sentence.paragraph == sentence.paragraph), None)


def in_one_time(visit: Draft, meeting: Draft) -> bool:
    """Whether a meeting falls into the time of a visit."""
    if not visit.when.known or not meeting.when.known:
        return visit.when.known == meeting.when.known
    return _touches(meeting.when.start or "", visit) or _touches(visit.when.start or "", meeting)


def _touches(date: str, draft: Draft) -> bool:
    start, end = draft.when.start or "", draft.when.end or draft.when.start or ""
    return start[: len(date)] <= date[: len(start)] and date <= (end or date)


def real_people(people: list[PersonMention], sentence: Sentence) -> list[PersonMention]:
    """People who can take part: not leaders cited, not reporters, not those on whose behalf somebody came."""
    if not people:
        return []
    if people is not sentence.people:
        return _real(people, sentence)
    if sentence.acting is None:
        sentence.acting = _real(people, sentence)
    return sentence.acting


def _real(people: list[PersonMention], sentence: Sentence) -> list[PersonMention]:
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


def only_attends(sentence: Sentence) -> bool:
    """两地召开座谈会。副县长某某参加: in what was told right before."""
    return _ATTENDS.search(sentence.text, max(0, len(sentence.text) - _AT_END)) is not None


def role_of(person: PersonMention) -> str:
    """What part a person plays; taking part when no verb says more."""
    return person.role or "takes_part"


def activity_of(sentence: Sentence, person: PersonMention) -> str:
    """What a person is said to do, by the verbs behind the list the name stands in (up to the next list)."""
    if person.start not in sentence.doing:
        sentence.doing[person.start] = _activity(sentence, person)
    return sentence.doing[person.start]


def _activity(sentence: Sentence, person: PersonMention) -> str:
    text, start = sentence.text, person.end - sentence.start
    stop = _STOP.search(text, start)
    end = stop.start() if stop else len(text)
    tail = text[start:end] + sentence.following
    if ("参加" in tail or "出席" in tail) and _RELATED.search(tail):
        return "related" if "会" not in tail.split("活动")[0] else "activity"
    if _AT_RECEPTION.search(tail):
        return "activity"
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
    if any(person.end <= hit.start < high for hit in sentence.kinds.get("accompany", ())):
        return "accompany"
    if _RITUAL.search(tail):
        return "ritual"
    return "meeting" if _ROLL.search(sentence.before + text[: person.start - sentence.start]) else "none"
