"""Bodies that sit in a meeting of their own: those in its name, and those who hold it with each other."""

from __future__ import annotations

import re

from crawler.events.bodies import LIST, SIGNING, heads_person, is_venue, receives_there
from crawler.events.draft import Draft
from crawler.events.scenes import Sentence
from crawler.facts import OrganizationMention

_TALKS = r"(?:座谈|联席|对接|交流|研讨|推进|启动|总结|洽谈|见面|签约)(?:交流|对接)?(?:会议|会|仪式|活动)"
_MEETS = re.compile(
    rf"{LIST}(?:(?:赴|来|到|与|和|—+|-)[^,，。;；”]{{0,24}}{_TALKS}"
    rf"|(?:定点|对口|结对)(?:帮扶|支援|扶贫|协作)[^,，。;；”]{{0,16}}{_TALKS}"
    rf"|(?:[\u4e00-\u9fff]{{0,6}}(?:协作|帮扶|支援|合作|结对|共建)(?:工作)?)?{_TALKS})"
)
# 与汉阴县工商联召开座谈会, 与安康市慈善协会联合举行…
_WITH = re.compile(r"(?:与|同|和|会同|联合)(?:[^,，。;；与同和]{2,24}、)?$")
_HOLD = re.compile(
    r"(?:、[^,，。;；、]{2,24})?(?:等[^,，。;；]{0,8})?(?:部门|领导|负责人|班子成员|师生|专家)?(?:联合|共同|一起|分别|就[^,，。;；]{2,24})*"
    r"(?:[^,，。;；]{0,16}进行了?(?:深入|充分|友好)*(?:座谈|交流|洽谈|对接)"
    r"|(?:召开|举行|举办|进行|开展)?了?[^,，。;；]{0,30}?(?:座谈|联席会|对接会|交流会|研讨会|洽谈|推进会))"
)


def meeting_bodies(meeting: Draft) -> None:
    """Bodies in the name of a meeting (某大学赴某市对口支援座谈会) and two that hold one with each other."""
    for sentence, _, _ in meeting.statements():
        for org in sentence.organizations:
            if org.kind not in SIGNING or sentence.spoken(org.start) or heads_person(sentence, org):
                continue
            if _holds_with(sentence, org):
                first = _other(sentence, org)
                if first is not None:
                    meeting.add_organization(first)
                meeting.add_organization(org)
            elif _MEETS.match(sentence.text, org.end - sentence.start) and not is_venue(sentence, org):
                meeting.add_organization(org)


def _holds_with(sentence: Sentence, org: OrganizationMention) -> bool:
    at = org.start - sentence.start
    return (
        _WITH.search(sentence.text, max(0, at - 28), at) is not None
        and _HOLD.match(sentence.text, org.end - sentence.start) is not None
    )


def _other(sentence: Sentence, org: OrganizationMention) -> OrganizationMention | None:
    """The body of the same kind that stands first in the sentence, as its subject."""
    first = next((o for o in sentence.organizations if o.kind in SIGNING), None)
    if first is None or first is org or first.kind != org.kind or heads_person(sentence, first):
        return None
    return None if receives_there(sentence, first.start) else first
