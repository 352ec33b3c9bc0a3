"""One happening told twice in an article is one event; two happenings stay two."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.events.arrivals import RECEPTION
from crawler.events.draft import Draft, When
from crawler.events.gifts_apart import gifts_apart
from crawler.events.journeys import A_JOURNEY, days_apart, next_day
from crawler.events.sides import Party, lies_in
from crawler.events.two_meetings import apart, of_others

_STOP = re.compile(r"[,，。;；]")
_SAME_DAY = re.compile(r"\s*(?:同日|同一天|次日)[,，]")
_MOREOVER = re.compile(r"\s*(?:此外|同时|另外|随后|接着)[,，]")
_COUNTY_CODE = 6  # digits; towns have more
_COUNTED = ("personnel", "training", "labor", "consumption")


# 并为中心揭牌: the work that was told
_ITS_SIGN = re.compile(
    r"为(?:该|新)?(?:中心|学校|校区|医院|基地|园区|产业园|车间|项目|新校|大楼|展馆|站点|工作站)(?:共同)?(?:揭牌|揭幕|剪彩)$"
)
# what is done at an opening ceremony
_RITES = ("揭牌", "揭幕", "剪彩", "奠基", "启动", "授牌")


def merge(drafts: list[Draft]) -> list[Draft]:
    """Fold later statements into the first one that tells of the same happening."""
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, d.end)):
        same = next((known for known in out if _same(known, draft)), None)
        if same is None:
            out.append(draft)
        else:
            _fold(same, draft)
    return out


def _same(a: Draft, b: Draft) -> bool:
    if a.type != b.type or (a.status == "planned") != (b.status == "planned"):
        return False
    if a.start < b.end and b.start < a.end:
        return not of_others(a, b)
    if a.type in _COUNTED and (a.when.recent and not a.when.known) and b.when.known and not b.background:
        return _same_sides(a, b)
    if _rite_of(a, b):
        return _same_sides(a, b)
    if _told_with_its_day(a, b):
        return True
    if _still_at_work(a, b) or _ends_with(a, b):
        return True
    if not _same_time(a.when, b.when):
        return _retold(a, b) or _received(a, b) or next_day(a, b)
    if _repeats(a, b):
        return True
    if a.type == "visit":
        if _goes_on(a, b):
            return True
        return _related(a.origin, b.origin) and _related(a.target, b.target) and not _between_parts(a, b)
    if a.type == "meeting":
        return not apart(a, b) and _same_sides(a, b)
    if (a.type == "agreement" and _one_ceremony(a, b)) or (a.type in ("agreement", "donation") and _moreover(a, b)):
        return True
    if a.type == "donation" and (_summed(a, b) or _itemises(a, b)):
        return True
    if a.type == "personnel" and a.when.precision == "day":
        return _same_sides(a, b)
    if a.type == "consumption" and a.when.precision == "day" and 0 < b.sentence.index - a.sentence.index <= 3:
        # 发车仪式举行。当天,价值3000万元的农产品发往 …
        return _same_sides(a, b)
    if a.type == "labor" and a.sentence is not b.sentence and (_to_work(a, b) or _to_work(b, a)):
        return False
    fairs = a.type == "labor" and not ("workers" in a.frame or "workers" in b.frame)
    if fairs and a.when.precision == "day" and a.when.own and b.when.own:  # a fair told again in a caption
        return _same_sides(a, b)
    if (
        a.type == "labor"
        and a.when.precision == "day"
        and "workers+set_off" in a.frame
        and "workers+set_off" in b.frame
    ):
        # 首批务工人员乘机前往; 当天下午,他们抵达: one ride
        return _same_sides(a, b)
    if a.type == "donation" and gifts_apart(a, b):
        return False
    if a.type == "agreement" and a.sentence.paragraph != b.sentence.paragraph and _SAME_DAY.match(b.sentence.text):
        return False  # 同日,丙集团与丁县签订: another signing
    if a.type in ("agreement", "donation"):
        return _same_sides(a, b) or a.sentence is b.sentence
    if a.type == "pairing":
        if a.when.precision == "day" and a.sentence.text.startswith("仪式", a.end - a.sentence.start):
            return _same_sides(a, b)  # 结对签约仪式举行。仪式后,三家企业与三个村签订…
        if a.when.mention is b.when.mention is not None and "relation" in (a.frame + b.frame):
            return True  # 自2021年两地结对以来,甲按照乙丙 …: one beginning
        inside = _inside_all(a.supporting, b.supporting) and _inside_all(a.supported, b.supported)
        return inside or _coupled(a, b)
    if a.sentence is b.sentence:
        return not _listed(a, b)
    near = b.sentence.index - a.sentence.index <= 2
    if a.type == "training" and a.when.start == b.when.start and (near or b.words.endswith("仪式")):
        return _same_sides(a, b)
    if a.type == "project" and a.when.precision == "day" and ("_event" in a.frame) != ("_event" in b.frame):
        # a work is handed over, and there is a ceremony for it
        return _same_sides(a, b)
    if a.type == "project" and "_event" in a.frame and "_event" in b.frame and _one_rite(a, b):
        return _same_sides(a, b)
    if "_event" in a.frame and a.type == "project" and not b.when.own and b.words.endswith(_RITES):
        return b.sentence.index - a.sentence.index <= 3 and _related(a.supported, b.supported)
    if a.type == "project" and not b.when.own and _ITS_SIGN.search(b.sentence.text, 0, b.end - b.sentence.start):
        return b.sentence.index - a.sentence.index <= 4 and _same_sides(a, b)
    if a.type == "project" and not b.when.own and b.sentence.index - a.sentence.index <= 2:
        return not (a.explicit and b.explicit) or _same_sides(a, b)
    if (
        not (a.when.own and b.when.own)
        and a.type in _COUNTED
        and (a.when.start, a.when.end) == (b.when.start, b.when.end)
    ):
        return _same_sides(a, b)
    return a.words.split()[-1][:2] == b.words.split()[-1][:2] and not (
        a.explicit and b.explicit and a.when.own and b.when.own
    )


def _one_rite(a: Draft, b: Draft) -> bool:
    """项目整体移交仪式, and further down who came to the 移交仪式."""
    first, second = a.words.split()[-1], b.words.split()[-1]
    if first == second:  # told again below a picture, in the same words
        told, again = (d.sentence.text[: d.head - d.sentence.start][-8:] for d in (a, b))
        return a.sentence is not b.sentence and told == again
    return first.endswith(second) and not b.when.own


def _coupled(a: Draft, b: Draft) -> bool:
    """甲区与丙县结对,乙区与丁县结对: couples of counties in one telling; towns and villages sign two papers."""
    if a.sentence is not b.sentence or a.when.mention is not b.when.mention or a.when.mention is None:
        return False
    return all(len(p.code) <= _COUNTY_CODE for d in (a, b) for p in (*d.supporting, *d.supported))


def _to_work(a: Draft, b: Draft) -> bool:
    """招聘会结束后,首批务工人员登上专车: a fair, and a ride to work."""
    return "招聘" in a.words and "set_off" in b.frame and b.when.precision == "day"


def _rite_of(a: Draft, b: Draft) -> bool:
    """近日,…校车捐给学校。7月21日,举行了捐赠仪式: news without a day, and the day of its ceremony."""
    loose, rite = (a, b) if b.when.known else (b, a)
    return (
        a.type in ("donation", "agreement", "pairing")
        and loose.when.recent
        and not loose.when.known
        and rite.when.own
        and rite.when.precision == "day"
        and ("donate_event" in rite.frame or "sign_event" in rite.frame)
        and not (a.background or b.background)
    )


_ENDS = re.compile(r"[^,，。;；]{0,10}(?:结束|结业|闭班)")


def _ends_with(a: Draft, b: Draft) -> bool:
    """26日,培训班开班。…培训至11月1日结束: the end of the class told before."""
    if a.type != "training" or a.when.precision != "day" or b.when.precision != "day" or a.sentence is b.sentence:
        return False
    low = b.clause()[0] - b.sentence.start
    text = b.sentence.text[low : b.clause()[1] - b.sentence.start]
    return "至" in text and _ENDS.search(text) is not None and (a.when.start or "") < (b.when.start or "")


def _still_at_work(a: Draft, b: Draft) -> bool:
    """3日,12名专家到甲县义诊。4日,专家在县人民医院开展教学查房: those who came go on working."""
    if a.type != "personnel" or "开展" not in b.sentence.text[b.start - b.sentence.start : b.end - b.sentence.start]:
        return False
    if b.frame.split()[-1] != "personnel+arrive" or a.sentence is b.sentence:
        return False
    apart = days_apart(a.when, b.when)
    return apart is not None and apart <= A_JOURNEY and _same_sides(a, b)


def _repeats(a: Draft, b: Draft) -> bool:
    """A summary or caption that says the lead once more, word for word."""
    if a.sentence is b.sentence:
        return False
    first, second = (d.sentence.text[slice(*(x - d.sentence.start for x in d.clause()))] for d in (a, b))
    return first == second and len(first) > 12


def _told_with_its_day(a: Draft, b: Draft) -> bool:
    """昨日,甲分站揭牌; further down 4月15日,甲分站揭牌: the news told again in the same words, now with its day."""
    if not a.when.recent or a.when.known or not b.when.own or b.background or b.when.precision not in ("day", "range"):
        return False
    return a.words.split()[-1] == b.words.split()[-1] and a.type != "visit" and _same_sides(a, b)


def _retold(a: Draft, b: Draft) -> bool:
    """The decision behind the news (2019年,… 决定捐赠100辆): a coarser date around it and the same quantity."""
    coarse, fine = (a, b) if len(a.when.start or "") < len(b.when.start or "") else (b, a)
    start = coarse.when.start
    if a.type == "pairing" and start and coarse.when.since and (fine.when.start or "").startswith(start):
        # 自2018年4月结对以来 …, 自2018年结对以来
        return _inside_all(a.supporting, b.supporting) and _inside_all(a.supported, b.supported)
    if a.type not in ("donation", "agreement", "funding") or not start or coarse.when.since:
        return False
    if coarse.when.end not in (None, start) or not (fine.when.start or "").startswith(start):
        return False
    told = [{(q.value, q.unit) for q in d.sentence.quantities if q.value > 1} for d in (a, b)]
    return bool(told[0] & told[1]) and _same_sides(a, b)


def _received(a: Draft, b: Draft) -> bool:
    """昨天下午会见 …, 代表团8日抵: a delegation is received within days of the journey that is told besides."""
    if a.type != "visit" or (a.frame == RECEPTION) == (b.frame == RECEPTION):
        return False
    apart = days_apart(a.when, b.when)
    if apart is None or apart > A_JOURNEY or not _related(a.origin, b.origin):
        return False
    # through 呼伦贝尔 to 呼和浩特, where the leaders of the region receive them
    return _related(a.target, b.target) or {p.code[:2] for p in a.target} == {p.code[:2] for p in b.target}


def _same_time(a: When, b: When) -> bool:
    if not a.known or not b.known:
        return not (a.known or b.known) or not (a.own or b.own)
    if a.since != b.since:
        return False
    if (a.start, a.end) == (b.start, b.end):
        return True
    return _covers(a, b) or _covers(b, a)


def _covers(whole: When, part: When) -> bool:
    """A range of days covers its days; a scene's date covers what only borrows it."""
    if whole.precision != "range" or not whole.start or not whole.end or not part.start:
        return False
    return len(whole.start) == len(part.start) and whole.start <= part.start and (part.end or part.start) <= whole.end


def _same_sides(a: Draft, b: Draft) -> bool:
    """Whether neither side of the one contradicts that of the other."""
    return _related(a.supporting, b.supporting) and _related(a.supported, b.supported)


def _related(a: list[Party], b: list[Party]) -> bool:
    if not a or not b:
        return True
    return any(p.name.startswith(q.name) or q.name.startswith(p.name) for p in a for q in b)


def _between_parts(a: Draft, b: Draft) -> bool:
    """Whether one visit is between parts of both sides of the other: counties go besides their provinces."""
    low, high = (a, b) if len(a.origin[0].name) > len(b.origin[0].name) else (b, a)
    return all(lies_in(mine[0], whole[0]) for mine, whole in ((low.origin, high.origin), (low.target, high.target)))


def _goes_on(a: Draft, b: Draft) -> bool:
    """赴甲区考察,随后赴乙县考察: one journey of the same travellers with two stops."""
    if a.origin != b.origin or a.when.mention is not b.when.mention:
        return False
    if a.sentence is b.sentence:
        return True
    # 随后,代表团前往丙县: the travellers told before go on inside the province
    on = not b.when.own and not b.explicit and b.sentence.index > a.sentence.index
    return on and {p.code[:2] for p in a.target} == {p.code[:2] for p in b.target}


def _within(part: Party | tuple[Party, Party], wholes: list[Party]) -> bool:
    return isinstance(part, Party) and any(lies_in(part, w) for w in wholes[1:])


def _inside_all(whole: list[Party], parts: list[Party]) -> bool:
    """Whether every part is one of the wholes or lies inside one (村村结对 below 镇乡结对)."""
    return all(any(p.name.startswith(w.name) for w in whole) for p in parts)


def _one_ceremony(a: Draft, b: Draft) -> bool:
    """Signers told one behind the other on the day of one occasion sign at one ceremony, whoever they are."""
    near = a.sentence.paragraph == b.sentence.paragraph and b.sentence.index - a.sentence.index <= 1
    return near and a.when.mention is b.when.mention and a.when.precision in ("day", "range")


def itemises_a_sum(draft: Draft, drafts: list[Draft]) -> bool:
    """总投资1615万元。其中,甲公司捐资500万元: an item of a sum told before, which no gift of its own precedes."""
    if draft.type != "donation" or not draft.sentence.text.lstrip().startswith("其中"):
        return False
    return not any(d.type == "donation" and d.sentence.index == draft.sentence.index - 1 for d in drafts)


def _moreover(a: Draft, b: Draft) -> bool:
    """此外,乙区还与 … 签订: told on of one undated occasion, whoever signs or gives."""
    near = a.sentence.paragraph == b.sentence.paragraph and b.sentence.index - a.sentence.index == 1
    return near and not (a.when.own or b.when.own) and _MOREOVER.match(b.sentence.text) is not None


def _summed(a: Draft, b: Draft) -> bool:
    """共捐赠80万元, and then who gave what: the same money to the same side is one gift."""
    same = {q.value for q in a.amounts} & {q.value for q in b.amounts}
    return bool(same) and _related(a.supported, b.supported)


def _itemises(a: Draft, b: Draft) -> bool:
    """共捐赠370万元。其中甲向丙县捐赠170万 …: the sentence behind tells who gave what of one gift."""
    return b.sentence.index - a.sentence.index == 1 and b.sentence.text.lstrip().startswith("其中")


def _listed(a: Draft, b: Draft) -> bool:
    """甲项目奠基仪式、乙工程开工仪式: ceremonies told one behind the other, each of its own work."""
    if a.type != "project" or not ("_event" in a.frame and "_event" in b.frame) or b.start < a.end:
        return False
    between = a.sentence.text[a.end - a.sentence.start : b.start - a.sentence.start]
    return len(between) > 4 and between[0] in "、和及" and not _STOP.search(between)


def _fold(known: Draft, other: Draft) -> None:
    known.also_at.append((other.sentence, other.start, other.end))
    if _ends_with(known, other) or next_day(known, other):
        known.when = replace(known.when, end=other.when.start, precision="range")
        return
    exact = known.type != "visit" and other.when.precision == "day" and _covers(known.when, other.when)
    finer = known.when.precision in ("year", "month") and other.when.precision in ("day", "range")
    told = known.frame == RECEPTION != other.frame
    if other.when.own and (
        not known.when.own or told or exact or finer or (known.type == "visit" and _wider(other.when, known.when))
    ):
        known.when = other.when
    for cast in other.cast:
        known.add_person(cast.person, cast.role, cast.rule, cast.sentence)
    for organization in other.organizations:
        known.add_organization(organization)
    known.amounts.extend(a for a in other.amounts if all(a.value != b.value for b in known.amounts))
    if known.type == "pairing" and len(known.pairs) == 1 < len(other.pairs):
        # two counties are paired, and then it is said which of their towns with which
        known.pairs, known.supporting, known.supported = other.pairs, other.supporting, other.supported
        known.why["pairs"] = other.why["pairs"]
    elif known.type == "pairing" and known.sentence is other.sentence and not _same_sides(known, other):
        # 甲区与丙县结对,乙区与丁县结对: couples of one telling
        for name in ("pairs", "supporting", "supported"):
            mine = getattr(known, name)
            mine.extend(one for one in getattr(other, name) if one not in mine)
    if known.type == "visit" and _goes_on(known, other):
        _add_stops(known, other)
    gift = known.type == "donation"
    for name in ("supporting", "supported", "pairs"):
        mine, theirs = getattr(known, name), getattr(other, name)
        if known.type == "pairing":
            continue
        stated = _stated(other, name) and not _stated(known, name)
        if stated:
            setattr(known, name, theirs)
            known.why[name] = other.why[name]
        elif name == "pairs" or (
            known.type in ("agreement", "donation")
            and other.explicit
            and known.explicit
            and _stated(other, name) == _stated(known, name)
        ):
            # 向甲市、乙市捐赠 …, 其中向乙市丙区 …: the first telling says who gets it
            mine.extend(p for p in theirs if p not in mine and not (gift and _within(p, mine)))
            if name != "pairs" and not _moreover(known, other):
                setattr(
                    known,
                    name,
                    [p for p in mine if not any(q.name != p.name and q.name.startswith(p.name) for q in mine)],
                )
        elif other.explicit and not known.explicit:
            setattr(known, name, theirs)
    known.explicit = known.explicit or other.explicit


def _add_stops(known: Draft, other: Draft) -> None:
    """The stops of a journey that goes on are hosts as well; a stop inside one that is known adds nothing."""
    new = [p for p in other.target if not _related([p], known.target)]
    for hosts in (known.target, known.supporting if known.supporting == known.target else known.supported):
        hosts.extend(p for p in new if p not in hosts)
    known.places.extend(place for place in other.places if place[0] == "to")


def _stated(draft: Draft, name: str) -> bool:
    """Whether the side comes from giver-to-receiver syntax, which beats places that merely stand near."""
    return draft.why.get(name, "").startswith(("the giver", "the receiver"))


def _wider(a: When, b: When) -> bool:
    return bool(
        a.start
        and b.start
        and a.start <= b.start
        and (a.end or a.start) >= (b.end or b.start)
        and a.precision in ("day", "range")
    )
