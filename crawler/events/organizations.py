"""Which organisations act in an event: signers, givers, travellers and toured institutions; mere receivers do not."""

from __future__ import annotations

import re

from crawler.events.acting import current_event, in_one_time
from crawler.events.bodies import (
    SIGNING,
    acts,
    has_team,
    heads_person,
    is_set_up,
    is_venue,
    led_by_head,
    listed_receiver,
    may_sign,
    named,
    no_stop,
    receives_there,
    sent_before,
)
from crawler.events.both_bodies import both_bodies
from crawler.events.casting import RECEIVE
from crawler.events.companions import companions, sign_as_pairs
from crawler.events.draft import Draft
from crawler.events.givers import gives, only_takes, other_givers
from crawler.events.meant_bodies import both_of_journey, meant, one_name
from crawler.events.meeting_bodies import meeting_bodies
from crawler.events.scenes import Sentence
from crawler.events.tables import HELD, hosts_visits
from crawler.facts import OrganizationMention
from crawler.facts.organization_words import LEVELS

_GIVEN = re.compile(r"捐赠了?(?!仪式|活动)|捐款|捐资")
_VENUE_OF = re.compile(r"(?:成功|顺利|隆重)?(?:举行|召开|举办|开展|进行)")
_STAYS = re.compile(r"[,，]?(?:开展|举行|举办|进行|考察|参观|调研|交流|座谈|慰问|走访|观摩|学习)")
_PRESENTS = re.compile(r"推介|路演|集中展示|作(?:了)?(?:交流)?发言|代表[^,，。;；]{0,4}在[^,，。;；]{0,8}发言")
_TOUR_ACT = re.compile(
    r"考察|参观|走访|调研|查看|察看|观摩|来到|深入|前往|了解|走进|看[了样货完过]|首站到|先到|到(?=[^,，。;；与和]{4,24}(?:进行|开展)?了?座谈)"
)
_PARTY = re.compile(r"(?:调研|考察|代表|参观|访问)[组团]|一行|参观了?")
# 甲公司挂牌成立,并举办首场招聘会
_ALSO_HELD = re.compile(r"[,，]?(?:并|还|同时)(?:联合|共同)?(?:举办|举行|召开|主办|承办|组织)")
_ON_THE_SPOT = re.compile(r"[,，]?(?:并|还)?(?:现场|当场|就地)(?:与[^,，。;；]{2,12})?(?:签|达成)")
_WENT_TO = re.compile(r"(?:来到|到|走进|参观|考察|走访|前往|赴)(?:了|[^,，。;；]{2,14}的)?$")
_OFFICES = ("agency", "association")
_AND_GIVES = re.compile(r"[,，]并(?:现场|当场|且|还)?(?:捐|向[^,，。;；]{2,24}捐)")
_PAIRS = re.compile(r"结对|结成|结为|缔结|共建|帮扶|牵手|姊妹|友好|对口|医联体|同样")
_JOINS = ("、", "和", "与", "及", "携手", "联合", "会同", "携", "联手")
_OBJECT = re.compile(r"(?:[向给为与同和对]|通过|经由|委托)$|[向给为][^,，。;；]{0,12}的$")
# a clause that has its own subject is no continuation
_SUBJECT = re.compile(
    r"\s*(?:双方|两地|两县|两市|各方|我[省市州县区]|共(?![向为给同捐筹募出投])|其中|会上|活动|仪式|[一二三]是)"
)
_GOES_ON = re.compile(r"[,，]?(?:并|还|又|随后)(?:在|为|向|与|给|到)")  # ,并在某小学设立书屋
_BEFORE_SUBJECT = re.compile(
    r"(?:[^,，。;；、]{0,4}(?:上|中|期间)|\d+(?:月\d+)?日|近日|日前|当天|同时|此外|另外|随后|爱心企业|企业|单位|来自[^,，。;；]{2,12}的|其中|,|，|\s)*"
)
# 带领市工商联、市侨联等有关同志: whose people come along
_SENT = re.compile(
    r"(?:[、和及与]+[^,，。;；、和及与]{1,16})*(?:以及|和|等)?(?:部分|有关|相关|主要|单位|部门|企业)*(?:负责人|负责同志|同志|代表(?!团)|董事长|总经理|工作人员|干部|职工|机关干部|教师|医生|医护人员|骨干)"
)
_GROUPS = (
    ("consumption", "labor", "training"),
    ("meeting",),
    ("project",),
    ("personnel",),
    ("agreement",),
    ("pairing",),
)
_REACH = {
    "consumption": 12,
    "labor": 12,
    "training": 4,
    "meeting": 6,
    "project": 4,
    "personnel": 10,
    "agreement": 3,
    "pairing": 3,
}
_SIGNED = ("agreement", "pairing")


def _subjects(draft: Draft, sentence: Sentence, low: int, verb: int | None = None) -> list[OrganizationMention]:
    """Who acts in a clause that names nobody before its verb: 甲公司、乙公司履行社会责任,结合主题活动,捐赠15万元."""
    head = verb or next((at for s, at, _ in _heads(draft) if s is sentence and at >= low), low)
    base = sentence.start
    while low > base and sentence.text[low - base - 1] not in ";；。":
        named = [o.start for o in sentence.organizations] + [m.start for m in sentence.places]
        first = min((at for at in named if low <= at < head), default=None)
        on = _GOES_ON.match(sentence.text, low - base) is not None
        if first is not None and not on and _OBJECT.search(sentence.text, low - base, first - base) is None:
            return []
        if _SUBJECT.match(sentence.text, low - base):
            return []
        head, (low, _) = low - 1, sentence.clause(low - 1)
        listed = [o for o in sentence.organizations if low <= o.start < head]
        if listed and _BEFORE_SUBJECT.fullmatch(sentence.text, low - base, listed[0].start - base):
            size = 1
            while size < len(listed) and _joined(sentence, listed[size - 1], listed[size]):
                size += 1
            return listed[:size]
    return []


def _at_the_ceremony(draft: Draft, sentence: Sentence, high: int) -> list[OrganizationMention]:
    """捐赠仪式上,甲公司、乙协会伸出援手,为某县捐赠…: who gives behind the clause that names the ceremony."""
    if draft.type != "donation" or "donate_event" not in draft.frame:
        return []
    given = _GIVEN.search(sentence.text, high - sentence.start)
    if given is None:
        return []
    verb = sentence.start + given.start()
    return _subjects(draft, sentence, sentence.clause(verb)[0], verb)


def _toured_before(sentence: Sentence, low: int) -> list[OrganizationMention]:
    """The firm a delegation has come to, which it signs with there: 先到某公司,了解产能,现场签订采购协议."""
    told = [o for o in sentence.organizations if o.end <= low and o.kind in SIGNING]
    if len(told) != 1 or heads_person(sentence, told[0]):
        return []
    at = told[0].start - sentence.start
    return told if _WENT_TO.search(sentence.text, max(0, at - 24), at) else []


def _heads(draft: Draft) -> list[tuple[Sentence, int, int]]:
    """Every place that states the event, with the words that do so."""
    return [(draft.sentence, draft.start, draft.end), *draft.also_at]


def _only_title(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether an organisation only tells whose head a person is who acts for somebody else."""
    return heads_person(sentence, org) and not led_by_head(sentence, org)


def _sends_along(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether officers of a public body come along (市工商联、市侨联等有关同志); firms, schools and chambers come."""
    sent = _SENT.match(sentence.text, org.end - sentence.start)
    if sent is None or sentence.text.startswith("组成", sent.end()):
        return False  # 甲商会、乙公司等单位负责人组成的考察团
    return org.kind in _OFFICES and not org.canonical.endswith(("商会", "行业协会"))


def _joined(sentence: Sentence, a: OrganizationMention, b: OrganizationMention) -> bool:
    return sentence.text[a.end - sentence.start : b.start - sentence.start] in _JOINS


def _receivers(draft: Draft, sentence: Sentence, low: int, high: int) -> int:
    """Where the receivers of a gift begin: behind the last 向/给/为 before the giving, else the first."""
    marks = [low + m.start() for m in RECEIVE.finditer(sentence.text[low - sentence.start : high - sentence.start])]
    before = [mark for mark in marks if mark < draft.head]
    return before[-1] if before else min(marks, default=high)


def _follow(drafts: list[Draft], sentences: list[Sentence]) -> None:
    """Organisers, firms at a fair and investors whom a later sentence of the report names."""
    groups = [[d for d in drafts if d.type in types] for types in _GROUPS]
    stated = {s.index for d in drafts if d.type == "donation" for s, _, _ in d.statements()}
    for sentence in sentences:
        active = [o for o in sentence.organizations if o.kind in SIGNING and not receives_there(sentence, o.start)]
        if not active:
            continue
        for group in groups:
            draft = current_event(group, sentence) if group else None
            if (
                draft is None
                or draft.sentence is sentence
                or sentence.index - draft.sentence.index > _REACH[draft.type]
                or (draft.type in _SIGNED and sentence.dates)
                or (draft.type == "pairing" and _PAIRS.search(sentence.text) is None)
            ):
                continue
            for org in active:
                if org.canonical[0] in LEVELS:
                    continue
                after = sentence.text[org.end - sentence.start :]
                if draft.type == "personnel":
                    found = has_team(org, after) and not sentence.spoken(org.start)
                else:
                    found = acts(draft, sentence, org)
                if found:
                    draft.add_organization(org)
        if stated and sentence.index not in stated:
            other_givers(drafts, sentence)


def _hosts(visit: Draft) -> None:
    """The school, hospital or firm a journey goes to or is held at: 到某学院开展活动, 活动在某学校举行."""
    for sentence, start, end in _heads(visit):
        for org in sentence.organizations:
            if org.start < start or org.kind not in ("school", "hospital", "company", "museum", "institute"):
                continue
            text, at = sentence.text, org.start - sentence.start
            if sentence.spoken(org.start) or not hosts_visits(org.canonical, org.kind) or heads_person(sentence, org):
                continue
            goes = org.start <= end + 2 and _STAYS.match(text, org.end - sentence.start) and "分赴" not in text
            held = text.endswith("在", 0, at) and _VENUE_OF.match(text, org.end - sentence.start)
            if goes or held:
                visit.add_organization(org)


def _ahead(visits: list[Draft], sentence: Sentence) -> Draft | None:
    """The only visit of an article, which a tour told before it belongs to."""
    if len(visits) != 1 or visits[0].status == "planned" or visits[0].background:
        return None
    ahead = visits[0].sentence.index - sentence.index
    return visits[0] if 0 < ahead <= 10 and _PARTY.search(sentence.text) else None


def _share(visits: list[Draft], meetings: list[Draft], gifts: list[Draft]) -> None:
    """Who travels or receives as a body sits in the meeting of that journey too, and gives what 考察组 brings."""
    for visit in visits:
        parties = [o for o in visit.organizations if o.end <= visit.start]
        for meeting in meetings if parties else ():
            if not meeting.background and in_one_time(visit, meeting):
                for org in parties:
                    meeting.add_organization(org)
        for gift in gifts if parties else ():
            told = gift.sentence is visit.sentence and _AND_GIVES.search(gift.sentence.text)
            if not gift.organizations and in_one_time(visit, gift) and (told or _PARTY.search(gift.sentence.text)):
                for org in parties:
                    gift.add_organization(org)


def _drop_short(draft: Draft) -> None:
    """Leave out names that only end or shorten another one of the event: 理工学校 beside 东莞理工学校."""
    names = [o.canonical for o in draft.organizations]
    draft.organizations = [
        o for o in draft.organizations if not any(n != o.canonical and _shortens(o.canonical, n) for n in names)
    ]


def _shortens(short: str, name: str) -> bool:
    """Whether a name is the end of another, or tells it with characters left out: 中石化某分公司, 中国石化某分公司."""
    if len(short) >= len(name):
        return False
    alike = short[0] == name[0] and short[-3:] == name[-3:] == "分公司" and one_name(short, name)
    return name.endswith(short) or alike


def cast_organizations(drafts: list[Draft], sentences: list[Sentence]) -> None:
    """Signers, givers and toured institutions; those that only receive are left out."""
    for sentence in sentences:
        if sentence.organizations:
            sentence.organizations = [o for o in sentence.organizations if named(sentence, o)]
    visits = [d for d in drafts if d.type == "visit"]
    meetings = [d for d in drafts if d.type == "meeting"]
    for draft in drafts:
        if draft.type not in (
            "agreement",
            "pairing",
            "donation",
            "project",
            "consumption",
            "personnel",
            "training",
            "labor",
            "meeting",
        ):
            continue
        for sentence, low, high in draft.statements():
            for org in meant(draft, sentence, low, high, sentences):
                draft.add_organization(org)
            if draft.type in (*_SIGNED, "meeting"):
                for org in both_bodies(sentence, high, sentences):
                    draft.add_organization(org)
            if not sentence.organizations:
                continue
            if draft.type in HELD and _ALSO_HELD.match(sentence.text, low - sentence.start):
                for org in _subjects(draft, sentence, low):
                    if org.kind in SIGNING and not heads_person(sentence, org):
                        draft.add_organization(org)
            if draft.type == "agreement" and _ON_THE_SPOT.match(sentence.text, low - sentence.start):
                for org in _toured_before(sentence, low):
                    draft.add_organization(org)
            if draft.type in ("agreement", "donation"):
                for org in (*_subjects(draft, sentence, low), *_at_the_ceremony(draft, sentence, high)):
                    takes = draft.type == "donation" and only_takes(draft, sentence, org)
                    if may_sign(draft, sentence, org) and not _only_title(sentence, org) and not takes:
                        draft.add_organization(org)
            limit = high
            if draft.type == "donation":
                limit = _receivers(draft, sentence, low, high)
            for org in sentence.organizations:
                receives = draft.type != "pairing" and (
                    receives_there(sentence, org.start, draft.type) or is_venue(sentence, org)
                )
                inside = low <= org.start and org.end <= limit and may_sign(draft, sentence, org)
                inside = inside and draft.type != "meeting"
                if is_set_up(sentence, org) or (draft.type == "donation" and only_takes(draft, sentence, org)):
                    continue
                # a digest in one sentence: 甲商会捐赠…;乙公司援助…
                giver = (
                    draft.type == "donation"
                    and may_sign(draft, sentence, org)
                    and gives(sentence, org)
                    and not listed_receiver(sentence, org)
                )
                since = (
                    draft.type == "pairing" and draft.when.since and 0 <= org.start - high <= 1 and org.kind in SIGNING
                )
                inside = inside or since  # 自2012年定点帮扶乙县以来,某公司投入…
                if not receives and (inside or giver or acts(draft, sentence, org)):
                    draft.add_organization(org)
        if draft.type == "personnel" and not draft.organizations:
            for org in sent_before(draft, sentences):
                draft.add_organization(org)
        behind = sentences[draft.sentence.index + 1 : draft.sentence.index + 2]
        if draft.type in ("personnel", "labor") and behind and behind[0].paragraph == draft.sentence.paragraph:
            for org in behind[0].organizations:
                if org.kind in SIGNING and acts(draft, behind[0], org):
                    draft.add_organization(org)
    for draft in visits:
        for org in draft.sentence.organizations:
            if (
                org.kind in SIGNING
                and org.end <= draft.start
                and not is_venue(draft.sentence, org)
                and (
                    led_by_head(draft.sentence, org)
                    or not (heads_person(draft.sentence, org) or _sends_along(draft.sentence, org))
                )
            ):
                draft.add_organization(org)
    for draft in visits:
        _hosts(draft)
        companions(draft, sentences)
    for draft in meetings:
        meeting_bodies(draft)
    _follow(drafts, sentences)
    _share(visits, meetings, [d for d in drafts if d.type == "donation"])
    for sentence in sentences:
        if not sentence.organizations:
            continue
        visit = current_event(visits, sentence) or _ahead(visits, sentence)
        meeting = current_event(meetings, sentence)
        if meeting is not None and _PRESENTS.search(sentence.text):
            for org in sentence.organizations:
                if org.kind in ("company", "association") and not sentence.spoken(org.start):
                    meeting.add_organization(org)
        if visit is None:
            continue
        tours = [m.start() + sentence.start for m in _TOUR_ACT.finditer(sentence.text)]
        if not tours:
            continue
        for org in sentence.organizations:
            if not hosts_visits(org.canonical, org.kind) or sentence.spoken(org.start) or heads_person(sentence, org):
                continue
            if no_stop(sentence, org) or is_set_up(sentence, org) or receives_there(sentence, org.start):
                continue
            near = any(abs(t - org.start) < 70 for t in tours)
            if near and not _sends_along(sentence, org) and not is_venue(sentence, org):
                visit.add_organization(org)
    for visit in visits:
        both_of_journey(visit, drafts)
    sign_as_pairs(drafts)
    for draft in drafts:
        if len(draft.organizations) > 1:
            _drop_short(draft)
