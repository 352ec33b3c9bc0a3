"""Visits: a delegation of one side goes to a place of the other; travel apart from the direction of aid."""

from __future__ import annotations

import re

from crawler.events.arrivals import find_arrivals, find_guest, guest_behind, take_sides
from crawler.events.casting import last_list
from crawler.events.dating import YEARS_AGO, Clock
from crawler.events.draft import Draft
from crawler.events.modality import modality
from crawler.events.not_sent import DELEGATES, led_party
from crawler.events.objections import SO_LONG
from crawler.events.rite_guests import find_rite_guest
from crawler.events.scenes import Sentence, in_name, within
from crawler.events.sides import Party, Sides, party
from crawler.events.sojourns import find_sojourn, stays_opposite, tours_beside
from crawler.events.staying import STAYING, TOURING, is_there, serves_there, stays, tours
from crawler.events.superiors import from_above
from crawler.events.tables import NOWHERE, Hit
from crawler.events.travelled_to import own_house, targets_of
from crawler.places import PlaceMention

# without one of these a sentence tells of no visit
_TRAVELS = ("move", "visitor", "come", "delegation", "purpose")
_STAY = re.compile(
    r"挂职|任职|担任|跟岗|跟班|进修|驻点|坐诊|送教|支教|支医|务工|就业|上班|打工|任教|^工作|落户|投资兴业|返岗|求学|就读|供水|返回"
)
_SUPERIOR = re.compile(r"省|自治区|国家|中央|国务院|全国|市|州|人社部|农业农村部|教育部|民政部")
_SUPERIOR_TITLE = re.compile(r"(?:省|自治区|国家|中央|国务院|全国)(?!委书记|长)")
_FROM_ABOVE = re.compile(r"全国|中央|国务院|国家|海外")
_IN_ORDER_TO = re.compile(r"\s*(?:为|根据|按照|围绕|按|为了|落实|贯彻)[^,，。;；]{2,80}[,，]")
_INSPECTORS = re.compile(r"(?:督导|督查|检查|考核|评估|巡视|审计|验收)(?:工作)?组")
_PRESS = re.compile(r"采访[组团队]|采风团|记者团")
# 了解江苏对口援疆项目: whose work is looked at
_WHOSE_WORK = re.compile(r"对口(?:支援|帮扶|协作|合作|援[疆藏青建])(?:项目|工程|工作(?![组队团]))")
_CARRIED = ("送", "运", "输", "销", "卖", "寄", "转", "交", "投", "传", "引进", "引入", "拓展", "延伸", "扩大", "辐射")
_TO_LEARN = re.compile(r"[^,，。;；]{0,6}(?:进行|参加|接受)[^,，。;；]{0,8}(?:培训|跟岗|进修|研修)|跟岗|进修")
_ARRIVED_TO_STAY = re.compile(
    r"[^。;；]{0,16}[,，]?(?:(?:开始|开展|开启)?为期[^,，。;；]{0,8}[年月]|(?:开始|开启)[^,，。;；]{0,8}[年月]半?的(?:援|支|对口|帮扶|挂职))"
)
# 理县的30余名党员干部来到浙江: a delegation nobody calls one
_GROUP = re.compile(r"\d+(?:余|多)?[名位][^,，。;；]{0,8}(?:干部|企业家|客商|负责人|代表|嘉宾)$")
# 医疗队赴: people are sent to work there
_SENT = ("医疗队", "支教队", "支医队", "工作队", "服务队", "救援队", "援建队")
_ERRAND = re.compile(
    r"[^,，。;；的]{0,4}(?:开展|进行|实施|推进)[^,，。;；]{0,18}(?:帮扶|协作|对口支援|扶贫)[^,，。;；]{0,4}(?:工作|活动|行动)(?:[,，。;；]|$)"
)
# 派出工作组到乙镇开展慰问活动
_CALL = re.compile(r"[^,，。;；]{0,10}(?:慰问|走访)")
# 来我县考察的通知: what is said or prepared of a journey
_NOTICE = re.compile(r"[^,，。;；]{0,12}的(?:通知|消息|方案|准备|筹备|接待方案|请示|邀请|函)")
# 两市领导前往乙县: to the travellers of the one, a journey
_BOTH = re.compile(r"(?:会[前后]|期间|随后|当天)?(?:两[地省市县区]|双方)(?:主要)?(?:领导|负责人|代表)")
# 推动意向企业到沁县投资: what somebody is to do
_URGED = re.compile(r"(?:推动|引导|鼓励|吸引|欢迎|促使|动员|招引)[^,，。;；]{0,16}$")
_THEREAFTER = re.compile(r"[^,，。;；]{0,16}(?:之后|结束后|以后|后)[,，]")


def find_visits(sentences: list[Sentence], sides: Sides, clock: Clock, home: Party | None) -> list[Draft]:
    """Visits in order; a site tour by a delegation that has already come is no visit of its own."""
    out: list[Draft] = []
    known: dict[str, Party] = {}
    # in the paper of a province that gives, 省委常委 is of the travellers and no superior
    led_by_own = home is not None and home.code.endswith("0000") and sides.of(home) == "supporting"
    for sentence in sentences:
        if sentence.people and sentence.places:
            _learn(sentence, sides, known)
        if not sides.inspected and not out and not led_by_own and _inspection(sentence):
            sides.inspected = True
        if sentence.kinds.keys().isdisjoint(_TRAVELS):
            continue
        told = len(out)
        for move in [*sentence.of("move"), *stays(sentence)]:
            spoken = sentence.spoken(move.start) and not _told_as_done(sentence, move)
            if not (spoken or _of_things(sentence, move) or _in_name(sentence, move)):
                draft = _journey(sentence, move, sides, clock, home, known)
                if draft is not None:
                    out.append(draft)
        if len(out) == told:
            arrivals = find_arrivals(sentence, sides, clock, home)
            guest = None if arrivals else find_guest(sentence, sides, clock)
            guest = guest or (None if arrivals else find_rite_guest(sentences, sentence, sides, clock))
            out += arrivals or ([guest] if guest else [])
        if not out:
            alone = sides.donor is not None and sides.donor.code == NOWHERE
            toured = (_journey(sentence, tour, sides, clock, home, known) for tour in tours(sentence, alone=alone))
            out += [draft for draft in toured if draft is not None and (draft.explicit or alone)][:1]
            out += [] if out else find_sojourn(sentence, sides, clock, known)
            out += [] if out else tours_beside(sentence, sentences, sides, clock, known)
    return out


def _told_as_done(sentence: Sentence, move: Hit) -> bool:
    """甲说,上个月他率代表团到乙市进行了考察: a speaker tells of a dated journey that was made."""
    low, high = sentence.clause(move.start)
    base = sentence.start
    done = sentence.text.find("行了", move.end - base, high - base) + sentence.text.find(
        "展了", move.end - base, high - base
    )
    dated = any(d.date_start and d.precision in ("day", "range", "month") for d in within(sentence.dates, low, high))
    return done > -2 and dated and bool(sentence.of("lead", low, move.start))


def _of_things(sentence: Sentence, move: Hit) -> bool:
    """输送到, 销往, 绿色食品入沪: things and workers are moved, nobody pays a visit."""
    if move.has("enter") and any(hit.end == move.start for hit in sentence.of("goods")):
        return True
    if move.word.text == "驰援":  # 农副产品驰援番禺
        low = sentence.clause(move.start)[0]
        return bool(sentence.of("gift", low, move.start) or sentence.of("goods", low, move.start))
    return move.word.text in ("到", "至", "往") and sentence.text[: move.start - sentence.start].endswith(_CARRIED)


def _in_name(sentence: Sentence, move: Hit) -> bool:
    """“鲁企走进甘肃”系列活动: a movement inside short quotation marks is part of a name."""
    before = sentence.text[: move.start - sentence.start]
    return before.rfind("“") > before.rfind("”") and "”" in sentence.text[move.end - sentence.start :]


def _learn(sentence: Sentence, sides: Sides, known: dict[str, Party]) -> None:
    """Remember whose people are named, by the place in their title, for 霍思源一行 later on."""
    for person in sentence.people:
        if person.title_start is None or person.name in known:
            continue
        for mention in sentence.places:
            if person.title_start <= mention.start < person.start and sides.told(mention):
                known[person.name] = party(mention)  # type: ignore[assignment]


def _journey(
    sentence: Sentence, move: Hit, sides: Sides, clock: Clock, home: Party | None, known: dict[str, Party]
) -> Draft | None:
    targets = targets_of(sentence, move) or own_house(sentence, move, sides)
    if not targets or (
        targets[0].quote[-1] not in "县区旗镇乡村" and in_name(targets[0], sentence, "company", "site", "museum")
    ):
        return None  # 来到青岛某公司: its seat is no place to travel to
    target = next((p for p in map(party, targets) if sides.of(p) is not None), None)  # 第四师可克达拉市
    if target is None or (side := sides.of(target)) is None:
        return None
    if stays_opposite(sentence, sides, move.start, side):
        return None  # 在甲县期间,代表团到乙省展销中心: they are in 甲县
    tail = sentence.text[targets[-1].end - sentence.start :]
    clause_tail = tail.split("。")[0]
    purpose = sentence.of("purpose", targets[-1].end, min(sentence.end, targets[-1].end + 60))
    visitors = sentence.of("visitor", sentence.start, sentence.end)
    if (
        not purpose
        and move.word is not TOURING
        and (move.word is STAYING or not (_lead(sentence, move) or _on_errand(sentence, move, tail)))
    ):
        return None
    sent = sentence.of("dispatch", sentence.clause(move.start)[0], move.start)
    if not visitors and (_STAY.search(clause_tail[:16]) or (sent and not _CALL.match(clause_tail))):
        return None  # 选派16名医生到 … 交流: people are sent
    if _TO_LEARN.match(clause_tail):
        return None  # 到杭州市进行集中培训
    squad = [
        h
        for h in sentence.of("personnel", sentence.clause(move.start)[0], move.start)
        if h.word.text != DELEGATES and not led_party(sentence, h) and not _in_a_post(sentence, h)
    ]
    if squad and not purpose:
        return None  # 医疗队一行5人抵达乙县人民医院
    sent_off = squad or sentence.of("personnel", sentence.start, move.start)
    if (move.has("arrive") or sent_off or not visitors) and _ARRIVED_TO_STAY.match(clause_tail):
        return None  # 帮扶团队抵达医院,开始为期一年的帮扶: people are sent
    mover = _mover(sentence, move, target, side, sides, home, known)
    if mover is None:
        return None
    who, mention, rule = mover
    if mention is not None and serves_there(sentence, mention) and not sentence.of("delegation", 0, move.start):
        return None
    if _URGED.search(sentence.text, sentence.clause(move.start)[0] - sentence.start, move.start - sentence.start):
        return None
    status = modality(sentence, move.start)
    if status is None or _counted(sentence, move, targets[-1].end):
        return None
    when = clock.at(sentence, move.start)
    if when.since or when.rule == YEARS_AGO or (not when.own and SO_LONG.match(tail)) or _NOTICE.match(tail):
        return None
    if _PRESS.search(sentence.text, 0, move.start - sentence.start):
        return None  # 我们采访组一行到达昌吉
    if _INSPECTORS.search(sentence.text, sentence.clause(move.start)[0] - sentence.start, move.start - sentence.start):
        return None  # 交叉检查组深入甲县
    if _THEREAFTER.match(tail) and sentence.of("move", sentence.clause(targets[-1].end)[1]):
        return None  # 随团赴甲省考察后,到甲省乙市: the journey that is told
    if when.ahead:
        status = "planned"
    draft = Draft(
        "visit",
        sentence,
        move.start,
        targets[-1].end,
        "journey: mover + movement + place",
        move.word.row,
        move.start,
        status,
        when,
    )
    draft.origin = _fellows(who, mention, sentence, sides)
    draft.target = [p for p in map(party, targets) if p is not None and sides.of(p) == side]
    draft.target = _in_particular(sentence, targets) or _drop_ancestors(draft.target)
    draft.places += [("from", mention)] if mention is not None else []
    draft.places.extend(("to", m) for m in targets)
    draft.explicit = mention is not None
    draft.why.update({"from": rule, "to": "place right behind the movement"})
    take_sides(draft, sides, side)
    return draft


def _in_a_post(sentence: Sentence, hit: Hit) -> bool:
    """援宁工作队西吉工作组组长翁志强带领代表团: what somebody heads besides does not travel."""
    return any(p.title_start is not None and p.title_start <= hit.start < p.start for p in sentence.people)


def _inspection(sentence: Sentence) -> bool:
    """Whether people of a superior office (省…, 国家…) come to look: 省乡村振兴局副局长…带领调研组来…"""
    return (
        bool(sentence.people)
        and any(p.role == "leads" and p.title is not None and _SUPERIOR_TITLE.match(p.title) for p in sentence.people)
        and ("delegation" in sentence.kinds or _INSPECTORS.search(sentence.text) is not None)
    )


def _lead(sentence: Sentence, move: Hit) -> bool:
    """A journey without a stated purpose counts when a delegation or a leader makes it."""
    before = sentence.text[: move.start - sentence.start]
    return (
        (before.endswith(("团", "组", "队")) and not before.endswith(_SENT))
        or _GROUP.search(before) is not None
        or bool(sentence.of("visitor", sentence.start, move.start))
        or any(p.role == "leads" and p.end <= move.start for p in sentence.people)
    )


def _on_errand(sentence: Sentence, move: Hit, tail: str) -> bool:
    """甲公司赴乙县开展结对帮扶工作: an errand of help by somebody named who is not sent to stay there."""
    if _ERRAND.match(tail) is None:
        return False
    low, _ = sentence.clause(move.start)
    return bool(within(sentence.places, low, move.start)) and not sentence.of("personnel", low, move.start)


def _mover(
    sentence: Sentence,
    move: Hit,
    target: Party,
    side: str,
    sides: Sides,
    home: Party | None,
    known: dict[str, Party],
) -> tuple[Party, PlaceMention | None, str] | None:
    """Who travels: the nearest place before the movement on the other side, else the paper's own jurisdiction."""
    guest = guest_behind(sentence, move, side, sides)
    if guest is not None and (who := party(guest)) is not None:
        return who, guest, "whoever is said to come behind the place"
    near = [m for m in sentence.places if m.end <= move.start and m.unit is not None]
    # 闽宁协作访问团: one-character names of both sides tell nothing of who travels
    near = [m for m in near if len(m.quote) > 1] or near
    low, _ = sentence.clause(move.start)
    for mention in reversed(near):
        who = party(mention)
        if who is None or _WHOSE_WORK.match(sentence.text, mention.end - sentence.start) or is_there(sentence, mention):
            continue
        found = sides.of(who)
        if found not in (None, side):
            return (
                _widest_exact(who, mention, near, sides, sentence),
                mention,
                "nearest place before the movement on the other side",
            )
        if (
            mention.start >= low
            and not is_there(sentence, mention)
            and (target.code.startswith(who.code.rstrip("0") or "x") or who.code == target.code)
        ):
            return None
    for person in reversed(sentence.people):
        whose = known.get(person.name)
        if low <= person.start < move.start and whose and sides.of(whose) not in (None, side):
            return whose, None, "the place in the traveller's title"
    if any(m.start >= low and not is_there(sentence, m) for m in near):
        return None
    errand = _IN_ORDER_TO.match(sentence.text)  # 为落实全国会议精神,…
    opened = errand.end() if errand else 0
    if sides.inspected or _FROM_ABOVE.search(sentence.text, opened, move.start - sentence.start):
        sides.inspected = True
        return None
    travellers = [p for p in sentence.people if low <= p.start < move.start]
    if home is not None and any(from_above(p.title or "", target, home) for p in travellers):
        sides.inspected = True
        return None
    if home is not None and sides.of(home) not in (None, side) and len(target.code) <= 6:
        return home, None, "the publisher's own jurisdiction travels"
    subject = sentence.text[low - sentence.start : move.start - sentence.start].strip()
    other = sides.recipient if side == "supporting" else sides.donor
    host = sides.donor if side == "supporting" else sides.recipient
    if other is not None and host is not None and _BOTH.match(subject) and target.name.startswith(host.name):
        return other, None, "both sides go to a place of the one"
    # a tour of a village or town, or an inspection from above, is no visit of the other side
    near = [m for m in near if not m.name.startswith(target.name)]  # 为做好对口帮扶乙县工作,副区长…到乙县
    if near or other is None or host is None or sides.inspected or not host.name.startswith(target.name):
        return None
    if sentence.of("delegation", sentence.start, move.start) and not _SUPERIOR.match(subject):
        return other, None, "the other side of the article's pair travels"
    leaders = (p for p in sentence.people if p.role == "leads" and p.end <= move.start and p.title)
    if "视察" in sentence.text:
        return None  # 市政协副主席某某一行到甲县,视察援建项目: it is theirs to look at
    if any(_OFFICE_OF.sub("", p.title or "", count=1).startswith(other.name[-1]) for p in leaders):
        return other, None, "led by an officer of the other side's level"
    return None


_OFFICE_OF = re.compile("^(?:副|团|共青团)")  # 团省委副书记, 副市长


def _widest_exact(
    who: Party, mention: PlaceMention, near: list[PlaceMention], sides: Sides, sentence: Sentence
) -> Party:
    """Prefer the finest place named for the same travellers: 常州市 … 新北区委书记 率团 is 新北区."""
    best = who
    # 上城区委书记 … 携浙江省工商联企业家考察团: the institution's place is wider, not another
    named = any(o.start == mention.start for o in sentence.organizations)
    for other in near:
        candidate = party(other)
        if (
            candidate
            and candidate.name.startswith(best.name)
            and (named or mention.start - other.end < 30)
            and sides.of(candidate) == sides.of(who)
        ):
            best = candidate
    return best


def _fellows(who: Party, mention: PlaceMention | None, sentence: Sentence, sides: Sides) -> list[Party]:
    """The travellers listed together: 临洮县、渭源县党政代表团."""
    if mention is None or party(mention) != who:
        return [who]
    listed = last_list([m for m in sentence.places if m.start <= mention.start and m.unit is not None], sentence)
    return _drop_ancestors([p for p in map(party, listed) if p is not None and sides.of(p) == sides.of(who)])


def _in_particular(sentence: Sentence, targets: list[PlaceMention]) -> list[Party]:
    """入滇,在云南红河州开展…: the part of a province of one character that the same sentence goes to."""
    if len(targets) != 1 or len(targets[0].quote) > 1:
        return []
    for mention in sentence.places:
        if (
            mention.start > targets[0].end
            and mention.name.startswith(targets[0].name)
            and mention.name != targets[0].name
        ):
            before = sentence.text[: mention.start - sentence.start]
            return [p] if before.endswith(("在", "到", "赴", "往")) and (p := party(mention)) else []
    return []


# 每年互访, 多次赴: a habit
_HABIT = re.compile(r"每[年月周季]|每学期|多次|经常|定期|常年|轮流|不定期")


_TIMES = re.compile(
    r"(?<![第\d])\d+\s*(?:余|多)?(?:批次|批|人次|次)|(?<![第十])[两三四五六七八九十]+批(?:次|客人|考察|代表)"
)


def _counted(sentence: Sentence, move: Hit, end: int) -> bool:
    """Visits that are only counted (8批次80人次赴…) or made again and again are figures."""
    low = sentence.clause(move.start)[0]
    if _HABIT.search(sentence.text, low - sentence.start, move.start - sentence.start):
        return True
    around = sentence.text[max(0, move.start - sentence.start - 14) : end - sentence.start + 16]
    return _TIMES.search(around) is not None or any(hit.start < move.start for hit in sentence.of("cumulative"))


def _drop_ancestors(parties: list[Party]) -> list[Party]:
    unique = list(dict.fromkeys(parties))
    return [p for p in unique if not any(q is not p and q.name != p.name and q.name.startswith(p.name) for q in unique)]
