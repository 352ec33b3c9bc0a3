"""The part people play: leads, hosts or takes part, from the verbs around a group of names."""

from __future__ import annotations

import re
from bisect import bisect_left

from crawler.facts.records import PersonMention, Role
from crawler.facts.tables import Hit, Scan, read_table
from crawler.places.making import maker

_ROLES = ("leads", "hosts", "takes_part")
_BETWEEN = re.compile(r"[,、和与及以暨等\s]*")
_SENTENCE_END = re.compile(r"[。!?？\n]")


def assign_roles(scanned: Scan, mentions: list[PersonMention]) -> list[PersonMention]:
    """Group names that stand in one list, give each group the role of its verb, and flag cited leaders."""
    flat = scanned.flat
    cues = [hit for hit in scanned.of("cues") if hit.row.kind in _ROLES]
    starts = [hit.start for hit in cues]
    groups = _groups(flat, mentions)
    roles: list[tuple[Role | None, str | None]] = []
    ahead: tuple[Role | None, str | None] = (None, None)
    following = len(flat)
    for group in reversed(groups):
        found = _role(flat, group, cues, starts, following)
        carried = found[0] is None and ahead[0] is not None and following < len(flat)
        if carried and _CARRIED.fullmatch(flat, group[-1].end, max(following, group[-1].end)):
            found = ahead
        if group[0].byline:
            found = (None, None)
        roles.append(found)
        ahead, following = found, _begin(group[0])
    result: list[PersonMention] = []
    for number, (group, (role, cue)) in enumerate(zip(groups, reversed(roles), strict=True)):
        result += [_placed(p, number, role, cue, _cited(flat, p)) for p in group]
    return result


def _placed(p: PersonMention, group: int, role: Role | None, cue: str | None, cited: bool) -> PersonMention:
    """The mention with its part."""
    return _person(
        p.start, p.end, p.quote, p.name, p.title, p.title_start, p.title_end, p.unit_quote, role, cue, group, cited,
        p.private, p.byline, p.rule,
    )  # fmt: skip


_person = maker(PersonMention)


def _begin(person: PersonMention) -> int:
    before = person.rule != "known" and person.title_start is not None and person.title_start < person.start
    return person.title_start if before and person.title_start is not None else person.start


_CARRIED = re.compile(r"[^。!?？\n;委托受]{0,40};?")


def _groups(flat: str, mentions: list[PersonMention]) -> list[list[PersonMention]]:
    groups: list[list[PersonMention]] = []
    for person in mentions:
        if groups:
            last = groups[-1][-1]
            begin = _begin(person)
            if begin < last.end:
                begin = person.start
            if begin - last.end <= 4 and _BETWEEN.fullmatch(flat, last.end, begin):
                groups[-1].append(person)
                continue
        groups.append([person])
    return groups


def _role(
    flat: str, group: list[PersonMention], cues: list[Hit], starts: list[int], following: int
) -> tuple[Role | None, str | None]:
    end = group[-1].end
    untitled = all(p.title_start is None or p.rule == "known" or p.rule.startswith("speech") for p in group)
    limit = min(len(flat), end + (6 if untitled else 60), max(following, end))
    if stop := _SENTENCE_END.search(flat, end, limit):
        limit = stop.start()
    index = bisect_left(starts, end)
    best: Hit | None = None
    while index < len(cues) and cues[index].start < limit:
        hit = cues[index]
        index += 1
        if hit.end - hit.start == 1 and hit.start > end + 1:
            continue  # 率 in 发生率, 来 in 近年来
        if hit.row.word == "座谈" and flat[hit.end : hit.end + 1] == "会":
            continue
        if best is None or (
            hit.row.kind != "takes_part"
            and best.row.kind == "takes_part"
            and hit.start - best.end < 12
            and not re.search(",", flat[best.end : hit.start])
        ):
            best = hit
    begin = min([_begin(p) for p in group])
    before = flat[max(0, begin - 6) : begin]
    if before.endswith(_RECEIVED):
        return "hosts", before[-2:]
    if before.endswith(_CALLED_ON):
        return "takes_part", before[-2:]
    if before.endswith("在") and _COMPANY.match(flat[end : end + 12]):
        word: Role = "leads" if _GUIDED.match(flat[end : end + 12]) else "takes_part"
        return word, "陪同下"
    if best is None:
        return None, None
    return _kind(best), best.row.word


def _kind(hit: Hit) -> Role:
    if hit.row.kind == "leads":
        return "leads"
    return "hosts" if hit.row.kind == "hosts" else "takes_part"


_LEADERS = frozenset(row.word for row in read_table("leaders"))


def _cited(flat: str, person: PersonMention) -> bool:
    """National leaders are cited, not present, unless they lead or attend in the sentence itself."""
    if person.name not in _LEADERS or (person.title and re.search(r"[省市县区州]", person.title)):
        return False
    return not re.match(
        r"(?:总书记|主席|总理|委员长|同志)?(?:出席|主持|会见|来到|率|抵达|一行)", flat[person.end : person.end + 8]
    )


_RECEIVED = ("受到", "得到")
_CALLED_ON = ("会见", "拜会", "拜访", "会见了", "拜会了", "拜访了")
_COMPANY = re.compile(r"[^,。]{0,6}(?:陪同|带领|率领)下")
_GUIDED = re.compile(r"[^,。]{0,6}(?:带领|率领)下")
