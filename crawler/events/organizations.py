"""Which organisations act in an event: signers, givers, travellers and toured institutions; mere receivers do not."""

from __future__ import annotations

import re

from crawler.events.bodies import (
    HELPED,
    LIST,
    SIGNING,
    SUPPORT,
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
)
from crawler.events.both_bodies import both_bodies
from crawler.events.casting import RECEIVE
from crawler.events.companions import companions, sign_as_pairs
from crawler.events.draft import Draft
from crawler.events.people import current_event, in_one_time
from crawler.events.scenes import Sentence
from crawler.events.tables import hosts_visits
from crawler.facts import OrganizationMention
from crawler.facts.organization_words import LEVELS

_GIVES = re.compile(
    rf"{LIST}(?:等[^,，。;；]{{0,10}})?(?:共|分别|先后|累计|也|还|共同|同时|又|[在于]?(?:当[日天]|同日|现场|会上))*(?:[向为给][^,，。;；]{{1,30}})?(?:(?:捐赠|捐款|捐资|捐助|捐出|认捐)(?!企业|单位|方|者|仪式|证书)|援助(?:资金|物资|\d)|支援的\d)"
)
_GIVEN = re.compile(r"捐赠了?(?!仪式|活动)|捐款|捐资")
# 捐赠鸡蛋的爱心企业,分别是甲公司和乙公司
_GIVERS_ARE = re.compile(
    r"(?:捐赠|捐款|捐资|捐助)[^。;；]{0,24}的[^,，。;；]{0,8}(?:企业|单位|公司|商会)[,，]?(?:分别)?(?:是|为|有|包括)(?:[^。;；]{2,60}[、和与及])?$"
)
# 甲公司(理事企业)以低价出售其产品,并捐赠50件
_ALSO_GIVES = re.compile(
    r"(?:\([^()]{1,12}\))?[^,，。;；]{0,30}(?:[,，](?:并|还|又|同时)(?:共同)?)?(?:捐赠|认捐|捐助)(?!企业|单位|方|者|仪式|证书)"
)
_MEETS = re.compile(
    rf"{LIST}(?:(?:赴|来|到|与|和|—+|-)[^,，。;；”]{{0,24}}(?:座谈会|联席会|对接会|交流会|研讨会)"
    r"|(?:定点|对口|结对)(?:帮扶|支援|扶贫|协作)[^,，。;；”]{0,16}(?:座谈会|联席会|对接会|交流会|推进会|启动会|总结会))"
)
_VENUE_OF = re.compile(r"(?:成功|顺利|隆重)?(?:举行|召开|举办|开展|进行)")
_STAYS = re.compile(r"[,，]?(?:开展|举行|举办|进行|考察|参观|调研|交流|座谈|慰问|走访|观摩|学习)")
_PRESENTS = re.compile(r"推介|路演|集中展示|作(?:了)?(?:交流)?发言|代表[^,，。;；]{0,4}在[^,，。;；]{0,8}发言")
_TOUR_ACT = re.compile(r"考察|参观|走访|调研|查看|察看|观摩|来到|深入|前往|了解|走进")
_THIS_ONE = re.compile(r"(?:该|这家)(?:公司|企业|集团|校|学校|学院)")
_PARTY = re.compile(r"(?:调研|考察|代表|参观|访问)[组团]|一行|参观了?")
_JOINS = ("、", "和", "与", "及", "携手", "联合", "会同", "携", "联手")
_OBJECT = re.compile(r"(?:[向给为与同和对]|通过|经由|委托)$|[向给为][^,，。;；]{0,12}的$")
# a clause that has its own subject is no continuation
_SUBJECT = re.compile(
    r"\s*(?:双方|两地|两县|两市|各方|我[省市州县区]|共(?![向为给同捐筹募出投])|其中|会上|活动|仪式|[一二三]是)"
)
_BEFORE_SUBJECT = re.compile(
    r"(?:[^,，。;；、]{0,4}(?:上|中|期间)|\d+(?:月\d+)?日|近日|日前|当天|同时|此外|另外|随后|爱心企业|企业|单位|来自[^,，。;；]{2,12}的|其中|,|，|\s)*"
)
# 带领市工商联、市侨联等有关同志: whose people come along
_SENT = re.compile(
    r"(?:[、和及与]+[^,，。;；、和及与]{1,16})*(?:以及|和|等)?(?:部分|有关|相关|主要|单位|部门|企业)*(?:负责人|负责同志|同志|代表(?!团)|董事长|总经理|工作人员)"
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
        if first is not None and _OBJECT.search(sentence.text, low - base, first - base) is None:
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


def _heads(draft: Draft) -> list[tuple[Sentence, int, int]]:
    """Every place that states the event, with the words that do so."""
    return [(draft.sentence, draft.start, draft.end), *draft.also_at]


def _only_title(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether an organisation only tells whose head a person is who acts for somebody else."""
    return heads_person(sentence, org) and not led_by_head(sentence, org)


def _sends_along(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether people of the organisation come along: 市工商联、市侨联等有关同志."""
    return _SENT.match(sentence.text, org.end - sentence.start) is not None


def _joined(sentence: Sentence, a: OrganizationMention, b: OrganizationMention) -> bool:
    return sentence.text[a.end - sentence.start : b.start - sentence.start] in _JOINS


def _meant(
    draft: Draft, sentence: Sentence, low: int, high: int, sentences: list[Sentence]
) -> list[OrganizationMention]:
    """该公司 in the clause stands for the last company named before it in the same or the last three sentences."""
    said = _THIS_ONE.search(sentence.text, low - sentence.start, high - sentence.start)
    if said is None or draft.type not in ("agreement", "donation", "project"):
        return []
    at = sentence.start + said.start()
    if receives_there(sentence, at):
        return []  # 向该校捐赠
    kind = "school" if said[0].endswith(("校", "学院")) else "company"
    before = [
        o
        for one in sentences[max(0, sentence.index - 3) : sentence.index + 1]
        for o in one.organizations
        if o.kind == kind and o.end <= at
    ]
    return before[-1:]


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
            _other_givers(drafts, sentence)


def _other_givers(drafts: list[Draft], sentence: Sentence) -> None:
    """Whoever gives in a sentence next to the gift it is part of, which states none of its own."""
    near = [d for d in drafts if d.type == "donation" and d.status != "planned"]
    near = [d for d in near if abs(d.sentence.index - sentence.index) <= 4]
    if not near:
        return
    draft = min(near, key=lambda d: abs(d.sentence.index - sentence.index))
    for org in sentence.organizations:
        if org.kind not in SIGNING or sentence.spoken(org.start) or receives_there(sentence, org.start):
            continue
        at = org.end - sentence.start
        helped = HELPED.search(sentence.text, 0, org.start - sentence.start) and SUPPORT.match(sentence.text, at)
        told = _GIVERS_ARE.search(sentence.text, 0, org.start - sentence.start)
        if told or helped or _GIVES.match(sentence.text, at) or _ALSO_GIVES.match(sentence.text, at):
            draft.add_organization(org)


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


def _named_after(meeting: Draft) -> None:
    """Bodies in the name of a meeting: 某大学赴某市对口支援座谈会."""
    for sentence, _, _ in meeting.statements():
        for org in sentence.organizations:
            named_in = org.kind in SIGNING and _MEETS.match(sentence.text, org.end - sentence.start)
            if named_in and not sentence.spoken(org.start) and not heads_person(sentence, org):
                meeting.add_organization(org)


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
            if not gift.organizations and in_one_time(visit, gift) and _PARTY.search(gift.sentence.text):
                for org in parties:
                    gift.add_organization(org)


def _drop_short(draft: Draft) -> None:
    """Leave out names that only end another one of the event: 理工学校 beside 东莞理工学校."""
    names = [o.canonical for o in draft.organizations]
    draft.organizations = [
        o for o in draft.organizations if not any(n != o.canonical and n.endswith(o.canonical) for n in names)
    ]


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
            for org in _meant(draft, sentence, low, high, sentences):
                draft.add_organization(org)
            if draft.type in (*_SIGNED, "meeting"):
                for org in both_bodies(sentence, high, sentences):
                    draft.add_organization(org)
            if not sentence.organizations:
                continue
            if draft.type in ("agreement", "donation"):
                for org in (*_subjects(draft, sentence, low), *_at_the_ceremony(draft, sentence, high)):
                    if may_sign(draft, sentence, org) and not _only_title(sentence, org):
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
                if is_set_up(sentence, org):
                    continue
                # a digest in one sentence: 甲商会捐赠…;乙公司援助…
                gives = (
                    draft.type == "donation"
                    and may_sign(draft, sentence, org)
                    and _GIVES.match(sentence.text, org.end - sentence.start)
                    and not listed_receiver(sentence, org)
                )
                since = (
                    draft.type == "pairing" and draft.when.since and 0 <= org.start - high <= 1 and org.kind in SIGNING
                )
                inside = inside or since  # 自2012年定点帮扶乙县以来,某公司投入…
                if not receives and (inside or gives or acts(draft, sentence, org)):
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
        _named_after(draft)
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
            if no_stop(sentence, org) or is_set_up(sentence, org):
                continue
            near = any(abs(t - org.start) < 70 for t in tours)
            if near and not _sends_along(sentence, org) and not is_venue(sentence, org):
                visit.add_organization(org)
    sign_as_pairs(drafts)
    for draft in drafts:
        if len(draft.organizations) > 1:
            _drop_short(draft)
