"""Bodies that are meant and not named: 该公司, the bare 公司 or 集团 of the report, 双方 behind a journey."""

from __future__ import annotations

import re

from crawler.events.bodies import SIGNING, receives_there
from crawler.events.draft import Draft
from crawler.events.scenes import Sentence
from crawler.facts import OrganizationMention

_THIS_ONE = re.compile(r"(?:该|这家)(?:公司|企业|集团|商会|协会|基金会|校|学校|学院|院|医院)")
# 公司自2020年与…, 集团还向…捐赠: the one firm or society the report is about
_BARE = re.compile(
    r"(?<![\u4e00-\u9fffA-Za-z])(?:随后|同时|此外|仪式上|会上|当天|期间)?[,，]?(公司|集团|商会|协会|基金会|学校|医院)"
    r"(?=自\d|还|又|也|共|一次性|现场|向|为|给|先后|决定|出资|捐|与|和|负责人代表|代表)"
)
# 董事长甲代表商会向某村捐赠
_FOR = re.compile(r"代表(公司|集团|商会|协会|基金会|学校|医院)(?=向|与|给|为|捐|签)")
_KINDS = {"公司": "company", "企业": "company", "集团": "company", "会": "association", "院": "hospital"}
_DOING = ("agreement", "donation", "project", "pairing")
_BACK = 3
_BOTH = re.compile(r"双方|两家单位|两单位")


def meant(
    draft: Draft, sentence: Sentence, low: int, high: int, sentences: list[Sentence]
) -> list[OrganizationMention]:
    """The body last named before 该公司 in the same or the last three sentences, or the only one of the report."""
    if draft.type not in _DOING:
        return []
    text, base = sentence.text, sentence.start
    if said := _THIS_ONE.search(text, low - base, high - base):
        at = base + said.start()
        if receives_there(sentence, at):
            return []  # 向该校捐赠
        return _before(sentences[max(0, sentence.index - _BACK) : sentence.index + 1], said[0], at)[-1:]
    if said := _FOR.search(text, low - base, high - base):
        return _before(sentences[: sentence.index + 1], said[1], base + said.start())[-1:]
    if said := _BARE.search(text, max(0, low - base - 1), high - base):
        told = _before(sentences, said[1], base + said.start(1))
        longest = max(told, key=lambda o: len(o.canonical), default=None)
        if longest is not None and all(one_name(o.canonical, longest.canonical) for o in told):
            return [longest]
    return []


def one_name(short: str, name: str) -> bool:
    """Whether the characters of one name stand in another in the same order: 辽河咨询公司, 中石化某分公司."""
    rest = iter(name)
    return all(char in rest for char in short)


def _before(told: list[Sentence], word: str, at: int) -> list[OrganizationMention]:
    """Bodies of the kind of ``word`` named before ``at``."""
    kind = next((k for end, k in _KINDS.items() if word.endswith(end)), "school")
    if word.endswith("学院"):
        kind = "school"
    found = [o for s in told for o in s.organizations if o.kind == kind and o.end <= at]
    if word.endswith(("商会", "协会", "基金会", "集团")):
        found = [o for o in found if word[-2:] in o.canonical]
    return found


def both_of_journey(visit: Draft, drafts: list[Draft]) -> None:
    """双方召开座谈会并签订协议 right behind a journey from one school, hospital or society to another: those two."""
    going = [o for o in visit.organizations if o.kind in SIGNING and o.end <= visit.end]
    if len(going) != 1 or going[0].kind == "company":
        return
    told = visit.sentence.organizations
    hosts = [o for o in told if o.kind == going[0].kind and o.start > visit.start][:1]
    if not hosts:
        return
    for draft in drafts:
        near = 0 <= draft.sentence.index - visit.sentence.index <= 1
        if draft.type not in ("agreement", "pairing", "meeting") or not near or draft.background:
            continue
        sentence, low, high = draft.statements()[0]
        base = sentence.start
        opened = sentence.text[: high - base] if sentence is not visit.sentence else sentence.text[low - base :]
        if _BOTH.search(opened) and not any(low <= o.start < high for o in sentence.organizations):
            for org in (*going, *hosts):
                draft.add_organization(org)
