"""Which organisations act in an event: signers, givers, travellers and toured institutions; mere receivers do not."""

from __future__ import annotations

import re

from crawler.events.casting import RECEIVE
from crawler.events.draft import Draft
from crawler.events.people import current_event
from crawler.events.scenes import Sentence
from crawler.events.tables import hosts_visits
from crawler.facts import OrganizationMention

_SIGNING = ("company", "school", "hospital", "association", "institute", "museum", "farm")
_OFFICE = ("agency", "association")
_HELD = ("training", "labor", "consumption", "meeting")
_LIST = r"(?:[、和与及](?:[^,，。;；、]{2,20}))*"
_ORGANISES = re.compile(rf"{_LIST}(?:共同|联合)?(?:主办|承办|协办|举办|组织|组织的|联合举办)")
_HELD_BY = re.compile(r"(?:由|在)(?:[^,，。;；]{2,40}[、和与及])?$")
_FROM = re.compile(r"来自(?:[^,，。;；]{2,60}[、和与及])?$")
_SENDS = re.compile(rf"{_LIST}(?:精心|择优|先后|统一|共)?(?:组织|选派|派出|派遣|抽调|委派)")
_AMONG = re.compile(rf"{_LIST}等?(?:\d+)?[余多]?家")
_PRESENTS = re.compile(r"推介|路演|集中展示|作(?:了)?(?:交流)?发言")
_TOUR_ACT = re.compile(r"考察|参观|走访|调研|查看|察看|观摩|来到|深入|前往|了解|走进")
_SIGNS = re.compile(
    r"(?:[、和与及同][^,，。;；、]{2,20})*(?:分别|共同|正式|现场|双方|当场|成功|也)*(?:签(?!名|到|字仪式)|达成|缔结|结为|结成)"
)
_REPORTS = re.compile(r"[^,，。;；]{0,14}\d+月\d+日(?:电|讯|消息)|(?:记者|讯|消息)")
_OFFICER = re.compile(r"(?:党组|党委)?(?:原|常务)?副?(?:主席|书记|会长|理事长|主任委员|主委|局长|部长|秘书长|总队长)")
_HELD_AT = re.compile(r"(?:会议室|礼堂|操场|门前|广场)?(?:隆重)?(?:举行|召开|举办|开幕)")
_BUILDS = re.compile(r"(?:负责)?(?:投资|承建|建设|运营|经营|管理)")
_THIS_ONE = re.compile(r"(?:该|这家)(?:公司|企业|集团|校|学校|学院)")
_AND = ("与", "和", "同")
_OBJECT = ("向", "给", "为", "与", "同", "和", "对")
# a clause that has its own subject is no continuation
_SUBJECT = re.compile(r"\s*(?:双方|两地|两县|两市|各方|我[省市州县区]|共|其中|会上|活动|仪式|[一二三]是)")
_BEFORE_SUBJECT = re.compile(
    r"(?:[^,，。;；、]{0,4}(?:上|中|期间)|\d+(?:月\d+)?日|近日|日前|当天|同时|此外|另外|随后|爱心企业|企业|单位|来自[^,，。;；]{2,12}的|其中|,|，|\s)*"
)
# 带领市工商联、市侨联等有关同志: whose people come along
_SENT = re.compile(
    r"(?:[、和及与][^,，。;；、]{2,16})*(?:以及|和|等)?(?:部分|有关|相关|主要|单位|部门|企业)*(?:负责人|负责同志|同志|代表(?!团)|董事长|总经理|工作人员)"
)


# 两地高中, 乡镇医院: institutions nobody names
_UNNAMED = re.compile(
    r"(?:[百千万]所|两地|双方|当地|各地|省会|县直|市直|区直|省内|充分发挥|发展|贫困|边远|乡镇|县级|村级|镇级|高中|初中|中小|深化|对口|帮扶|受援|受捐|合作|结对|友好|部分|优质|重点|基层|农村|民营|爱心)*"
    r"(?:学校|高中|中学|小学|医院|企业|公司|卫生院|商会|协会)"
)


def _named(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether a mention names one institution, and not the paper whose dateline it opens."""
    if _UNNAMED.fullmatch(org.canonical):
        return False
    return _REPORTS.match(sentence.text, org.end - sentence.start) is None


def _acts(draft: Draft, sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether an organisation outside the event's clause, or a public office, holds or sends what the event tells of.

    Offices count when they sign, give or are said to organise; people come from (来自) their hospital or school.
    """
    if sentence.spoken(org.start):
        return False
    before = sentence.text[: org.start - sentence.start]
    after = sentence.text[org.end - sentence.start :]
    if draft.type in _HELD and (_ORGANISES.match(after) or _HELD_BY.search(before)):
        return not _venue(sentence, org)
    if draft.type == "personnel":
        return _FROM.search(before) is not None or _SENDS.match(after) is not None
    if draft.type in ("agreement", "pairing") and _SIGNS.match(after):
        # two bases that sign with each other are parties, whatever they are
        return org.kind in _SIGNING or after[:1] in _AND or before[-1:] in _AND
    if draft.type == "project":
        return before.endswith("由") and _BUILDS.match(after) is not None
    if draft.type in ("labor", "consumption"):
        return org.kind == "company" and _AMONG.match(after) is not None
    return False


def _signs(draft: Draft, sentence: Sentence, org: OrganizationMention) -> bool:
    """Companies, schools … in the clause, and offices that sign or give, not those that only say whose head one is."""
    if org.kind in _SIGNING:
        return hosts_visits(org.canonical, org.kind) or org.kind == "association"
    return draft.type in ("agreement", "donation") and org.kind in _OFFICE and not _titles(sentence, org)


def _subjects(draft: Draft, sentence: Sentence, low: int) -> list[OrganizationMention]:
    """Who acts in a clause that names nobody before its verb: 甲公司、乙公司履行社会责任,结合主题活动,捐赠15万元."""
    head = next((at for s, at, _ in _heads(draft) if s is sentence and at >= low), low)
    base = sentence.start
    while low > base and sentence.text[low - base - 1] not in ";；。":
        named = [o.start for o in sentence.organizations] + [m.start for m in sentence.places]
        first = min((at for at in named if low <= at < head), default=None)
        if first is not None and not sentence.text.endswith(_OBJECT, low - base, first - base):
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


def _heads(draft: Draft) -> list[tuple[Sentence, int, int]]:
    """Every place that states the event, with the words that do so."""
    return [(draft.sentence, draft.start, draft.end), *draft.also_at]


def _joined(sentence: Sentence, a: OrganizationMention, b: OrganizationMention) -> bool:
    return sentence.text[a.end - sentence.start : b.start - sentence.start] in ("、", "和", "与", "及")


def _meant(
    draft: Draft, sentence: Sentence, low: int, high: int, sentences: list[Sentence]
) -> list[OrganizationMention]:
    """该公司 in the clause stands for the last company named before it in the same or the last three sentences."""
    said = _THIS_ONE.search(sentence.text, low - sentence.start, high - sentence.start)
    if said is None or draft.type not in ("agreement", "donation", "project"):
        return []
    at = sentence.start + said.start()
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


def _receives(sentence: Sentence, position: int, kind: str = "") -> bool:
    """Whether something is given to whoever stands at ``position``, or, in a personnel event, people are sent there."""
    ends = ("向", "为", "给", "通过", "到", "赴", "往") if kind == "personnel" else ("向", "为", "给", "通过")
    return sentence.text.endswith(ends, 0, position - sentence.start)


def _venue(sentence: Sentence, org: OrganizationMention) -> bool:
    """在色达县旭日乡中心校举行: a place to meet, no party."""
    before, after = sentence.text[: org.start - sentence.start], sentence.text[org.end - sentence.start :]
    return before.endswith("在") and _HELD_AT.match(after) is not None


def _titles(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether the organisation only tells whose head a person is."""
    if _OFFICER.match(sentence.text, org.end - sentence.start):
        return True
    return any(
        p.title_start is not None and p.title_start <= org.start < (p.title_end or p.start) for p in sentence.people
    )


def cast_organizations(drafts: list[Draft], sentences: list[Sentence]) -> None:
    """Signers, givers and toured institutions; those that only receive are left out."""
    for sentence in sentences:
        if sentence.organizations:
            sentence.organizations = [o for o in sentence.organizations if _named(sentence, o)]
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
        ):
            continue
        for sentence, low, high in draft.statements():
            for org in _meant(draft, sentence, low, high, sentences):
                draft.add_organization(org)
            if not sentence.organizations:
                continue
            if draft.type in ("agreement", "donation"):
                for org in _subjects(draft, sentence, low):
                    if _signs(draft, sentence, org) and not _titles(sentence, org):
                        draft.add_organization(org)
            limit = high
            if draft.type == "donation":
                limit = _receivers(draft, sentence, low, high)
            for org in sentence.organizations:
                receives = draft.type != "pairing" and (
                    _receives(sentence, org.start, draft.type) or _venue(sentence, org)
                )
                inside = low <= org.start and org.end <= limit and _signs(draft, sentence, org)
                if not receives and (inside or _acts(draft, sentence, org)):
                    draft.add_organization(org)
        behind = sentences[draft.sentence.index + 1 : draft.sentence.index + 2]
        if draft.type in ("personnel", "labor") and behind and behind[0].paragraph == draft.sentence.paragraph:
            for org in behind[0].organizations:
                if org.kind in _SIGNING and _acts(draft, behind[0], org):
                    draft.add_organization(org)
    for draft in visits:
        for org in draft.sentence.organizations:
            if (
                org.kind in _SIGNING
                and org.end <= draft.start
                and not _titles(draft.sentence, org)
                and not _SENT.match(draft.sentence.text, org.end - draft.sentence.start)
            ):
                draft.add_organization(org)
    for sentence in sentences:
        if not sentence.organizations:
            continue
        visit = current_event(visits, sentence)
        meeting = current_event(meetings, sentence)
        if meeting is not None and _PRESENTS.search(sentence.text):
            for org in sentence.organizations:
                if org.kind == "company" and not sentence.spoken(org.start):
                    meeting.add_organization(org)
        if visit is None:
            continue
        tours = [m.start() + sentence.start for m in _TOUR_ACT.finditer(sentence.text)]
        if not tours:
            continue
        for org in sentence.organizations:
            if not hosts_visits(org.canonical, org.kind) or sentence.spoken(org.start) or _titles(sentence, org):
                continue
            near = any(abs(t - org.start) < 70 for t in tours)
            if near and not _SENT.match(sentence.text, org.end - sentence.start) and not _venue(sentence, org):
                visit.add_organization(org)
