"""Where an article states an event: frame heads with support; speech, hopes, slogans and totals are set aside."""

from __future__ import annotations

import re

from crawler.events.dating import Clock
from crawler.events.draft import Draft
from crawler.events.scenes import Sentence, runs_on
from crawler.events.tables import Frame, Hit, frame_heads, frames
from crawler.model import Status

_LOCATIVE = re.compile(r"[”\"」]?(?:上|中(?!心|国)|期间|间隙|现场|暨)")
_SAYINGS = re.compile(r"(?:召开|举行|举办)期间|[^,，。;；]{0,12}(?:讲话|精神|指示|部署要求|论述)")
_NATIONAL = re.compile(r"(?:全国|中央|国务院|党中央|全省|全市|全县|全州|国家)[^,，。;；、]{0,16}$")
_BUILT = re.compile(r"[^,，。;；]{0,14}(?:援建|兴建|修建|建设|新建)的")
_VERBS = ("project_verb", "donate", "dispatch", "fund", "fund_weak", "sign", "sign_strict", "sign_alone")
_SUBJECTS = ("双方", "两地", "会议", "仪式", "现场", "随后", "其中", "目前", "截至")
# 援滇干部联络小组到双江县开展慰问: nobody is sent
_CALLS = re.compile(r"开展(?:[^,，。;；]{0,6})?(?:慰问|调研|考察|走访|检查|督导|座谈)")
# 活动启动: a campaign, no project
_CAMPAIGNS = ("活动", "行动", "月", "周", "季", "节", "赛")
# 工作组进驻昭通一个多月来, 召开联席会议8次: long ago, or many
SO_LONG = re.compile(
    r"[^,，。;；]{0,10}?(?:(?:[\d一两三四五六七八九十几半]+个?多?[年月]|以)来|(?!1[次场项份])\d+(?:余|多)?[次场项份]|[两三四五六七八九十多]+次)"
)
# 启动2016年度项目资金计划
_PROGRAMME = re.compile(r"[^,，。;；]{0,20}(?:计划|行动|工作|机制|方案|程序|申报|模式)")
# 签约仪式举行,标志着项目进入实施阶段: what it means, no second event
_MARKS = re.compile(r"标志着|意味着|标志")
# 互派挂职干部231人: an item of a list of totals
_LISTED_STAFF = re.compile(r"[^,，。;；\d]{2,16}\d+(?:余|多)?(?:名|人次|人)(?:[、,，。;；和]|$)")
# 开展农产品展销活动18次
_SUMMED_UP = re.compile(r"[^,，。;；]{0,8}?(?!1[期场次])\d+(?:余|多)?(?:期|场次|场|次)")
_ONE = re.compile(r"(?:共)?1(?:期|场次|场|批次|批|次)")
_GROUP = re.compile(r"\d+(?:余|多)?[名位]|批|队")
_NEEDY = re.compile(r"群众|贫困户|困难|学生|师生|孩子|老人|农户|牧民|脱贫户|儿童|灾民")
# 考察 … 项目的施工进度: the state of a site is looked at
_PROGRESS = ("进度", "情况", "进展", "现场", "质量", "单位", "方案", "图纸", "工艺")
_THINGS = {"gift", "goods", "fund_noun", "project_noun", "personnel", "labor", "training", "sign_noun"}
_OBJECT = re.compile(
    r"(?!在|于|向|为|从|以|对|与|同|和|由|再|继续|进一步|不断|全力|共同|积极|认真|陆续|分批)[^,，。;；]{1,24}?"
    r"(?:[交送移捐赠转发运寄捧][交送赠献运放]?|输送|引进|安排|投放|投入)(?:给|到|往|至|予|了)"
)
_FUNDED = re.compile(r"[^,，。;；]{0,24}(?:援建|建设|修建|兴建|建成|打造)的")
_PASSIVE = re.compile(r"由[^,，。;；]{2,24}(?:援建|投资|捐建|建设|兴建|出资)")
_SUMMED = ("donation", "personnel", "consumption", "labor", "training")
# what a report says of a whole year beside its news is a total
_STOCKS = ("personnel", "consumption", "labor", "training")
_SPANS = ("全年", "上半年", "下半年", "一季度", "前三季度")
_TIMES = re.compile(r"(?:活动|共)?(?:\d+|[两三四五六七八九十多数]+)(?:余|多)?(?:期|场次|场|批次|批|人次|次)")
_NUMBERED = re.compile(
    r"(?:活动|共|等|达|企业|项目|车间|工厂)?\d[\d.,]*(?:余|多)?(?:期|场次|场|批次|批|人次|次|个|家|名|人)"
    r"|(?:活动)?[两三四五六七八九十多数]+(?:余|多)?(?:期|场次|场|批次|次)"
)
# 选派3名校长, 教师9人抵达 on a known day: the size of a team, no total
_TEAM = re.compile(r"\d+(?:余|多)?[名位人](?!次)")
# 派出5人医疗小组, 选派2名律师: those who are counted as sent need not be listed by trade …
_SENT = re.compile(r"(?:了)?\d+(?:余|多)?[名位人](?!次)([^,，。;；、的]{0,16})")
# … but those who go to learn or to earn, and those who are helped, are not sent to help
_NOT_SENT = re.compile(
    r"跟岗|跟班|进修|学员|代表|务工|劳动力|员工|工人|患者|农民工|参加|观摩|参观|培训|学习|考察|参训|招聘"
)
_COUNTED = ("funding", "personnel", "training", "labor", "consumption", "project", "donation")


# 看望派驻我市的挂职干部, 选派到和政县的教师: who they are, not that they are sent
_POSTED = re.compile(
    r"^(?:驻|[到在往赴至来])[^,，。;；]{0,20}?的"
    r"|^(?:我|本|当地|[^,，。;；\d]{1,14}[省州市县区旗镇乡村])[^,，。;；]{0,4}的"
)
_READ_BEHIND = ("locative", "counted")  # supports that are no words but read off what follows the head


def find_candidates(sentences: list[Sentence], clock: Clock) -> list[Draft]:
    """All statements of events but visits, each with its frame, status and time."""
    out: list[Draft] = []
    for sentence in sentences:
        kinds = sentence.kinds
        if kinds.keys().isdisjoint(frame_heads()):
            continue
        quoted = sentence.listed or (sentence.speech is not None and sentence.speech <= sentence.start)
        spoken: dict[int, bool] = {}
        names: dict[int, bool] = {}
        for frame in frames("pairing") if quoted else frames():
            if frame.head not in kinds or (
                frame.support and frame.support not in kinds and frame.support not in _READ_BEHIND
            ):
                continue
            for head in kinds[frame.head]:
                at = head.start
                if at not in spoken:
                    spoken[at], names[at] = sentence.spoken(at), _names(sentence, head)
                if names[at] or (spoken[at] and frame.type != "pairing"):
                    continue
                support = _support(sentence, frame, head)
                if support is None:
                    continue
                draft = _draft(sentence, frame, head, support, clock)
                if draft is not None:
                    out.append(draft)
    return [draft for draft in out if not _echoes(draft, out)]


def drop_implied(visits: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """会上 stands for a meeting of its own only on a visit, and where no meeting or ceremony is named."""
    implied = [d for d in drafts if "implied_meeting" in d.frame]
    named = any(
        d not in implied and (d.type == "meeting" or "_event" in d.frame or d.type in ("training", "labor"))
        for d in drafts
    )
    kept = implied[:1] if visits and not named else []
    return [d for d in drafts if d not in implied or d in kept]


def _echoes(draft: Draft, drafts: list[Draft]) -> bool:
    """对接会上 behind a 劳务对接会 is that fair, no meeting besides."""
    if draft.type != "meeting" or not draft.frame.endswith("meeting+locative"):
        return False
    word = draft.words.split()[-1]
    return any(
        d.type in ("labor", "consumption") and d.start < draft.start and d.words.split()[-1].endswith(word)
        for d in drafts
    )


def _names(sentence: Sentence, head: Hit) -> bool:
    """Whether the word is only a part of an organisation's name (比亚通电子公司)."""
    if not sentence.organizations:
        return False
    holder = next((o for o in sentence.organizations if o.start < head.start and head.end < o.end), None)
    if holder is None:
        return False
    return not any(m.start > head.end and runs_on(holder, sentence.hits, m.start) for m in sentence.places)


def _support(sentence: Sentence, frame: Frame, head: Hit) -> tuple[int, int] | None:
    if not frame.support:
        return head.start, head.end
    if frame.support == "locative":
        found = _LOCATIVE.match(sentence.text, head.end - sentence.start)
        return (head.start, sentence.start + found.end()) if found else None
    low, high = sentence.clause(head.start) if frame.scope == "clause" else (sentence.start, sentence.end)
    if frame.support == "counted":
        return _sent_off(sentence, head, high)
    low = max(low, head.start - frame.window)
    high = min(high, head.end + frame.window)
    best: tuple[int, int] | None = None
    firms = (
        [o for o in sentence.organizations if o.quote.endswith(("公司", "集团"))]
        if frame.support == "project_noun"
        else []
    )
    for hit in sentence.of(frame.support, low, high):
        if any(o.start < hit.start and hit.end <= o.end for o in firms):
            continue  # 移交上海统嘉集团 … hands over no 集团
        if (
            hit.start == head.start
            or (frame.order == "after" and hit.start < head.end)
            or (frame.order == "before" and hit.end > head.start)
        ):
            continue
        if frame.support == "arranged":  # by whose order says nothing of who is paired
            return head.start, head.end
        span = min(hit.start, head.start), max(hit.end, head.end)
        if best is None or span[1] - span[0] < best[1] - best[0]:
            best = span
    return best


def _on_the_spot(sentence: Sentence, span: tuple[int, int]) -> bool:
    """会上签下的协议: signed at the meeting just told, though grammar makes it an attribute."""
    return any(
        0 <= span[0] - hit.end <= 3 and hit.word.text.endswith(("上", "当天", "当日")) for hit in sentence.of("link")
    )


def _sent_off(sentence: Sentence, head: Hit, high: int) -> tuple[int, int] | None:
    """选派2名律师到…: so many people and, in the rest of the clause, where they go or whom they help."""
    found = _SENT.match(sentence.text, head.end - sentence.start)
    if found is None:
        return None
    end = sentence.start + found.end()
    rest = sentence.text[head.end - sentence.start : high - sentence.start]
    goes = sentence.of("move", head.end, high) or sentence.of("direction", head.end, high)
    return None if _NEEDY.search(found[1]) or _NOT_SENT.search(rest) or not goes else (head.start, end)


def _draft(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int], clock: Clock) -> Draft | None:
    held = frame.type in ("meeting", "training", "labor", "consumption") or frame.head == "personnel"
    status = modality(sentence, max(head.start, span[1] - 1) if held else head.start)
    if status is None:
        return None
    after = sentence.text[head.end - sentence.start :]
    before = sentence.text[: head.start - sentence.start]
    if frame.type == "meeting" and ((_SAYINGS.match(after) and not after.startswith("并")) or _NATIONAL.search(before)):
        return None
    signed = frame.type == "agreement" and _on_the_spot(sentence, span)
    if frame.head in _VERBS and after.startswith("的") and not signed:
        return None
    if (
        sentence.text[span[1] - sentence.start :].startswith("的《")
        or "签订的" in sentence.text[span[0] - sentence.start : span[1] - sentence.start]
    ) and not signed:
        return None
    if frame.head == "project_verb" and after.startswith(_PROGRESS):
        return None
    if frame.head == "project_event" and head.has("handover") and sentence.of("gift", *sentence.clause(head.start)):
        return None
    told = sentence.text[span[1] - sentence.start :]
    if (
        frame.head == "personnel"
        and frame.support == "arrive"
        and (_CALLS.search(after[:24]) or told.startswith(("情况", "成效", "进展")))
    ):
        return None
    if (frame.head == "project_verb" and after.startswith("后")) or (frame.head == "donate" and _BUILT.match(after)):
        return None
    if frame.head == "dispatch" and _POSTED.search(sentence.text[head.end - sentence.start : span[1] - sentence.start]):
        return None
    when = clock.at(sentence, head.start, paper=frame.type == "agreement")
    if (
        not (when.own and when.precision in ("day", "range", "month"))
        and frame.type in ("personnel", "meeting", "agreement")
        and SO_LONG.match(sentence.text, span[1] - sentence.start)
    ):
        return None
    if when.ahead and not after.startswith("了"):
        status = "planned"
    if frame.head == "project_verb" and after.startswith("以来") and when.since:
        when.since = False
    elif frame.head == "personnel" and frame.support in ("arrive", "move") and when.since and when.precision != "year":
        pass  # 自2008年8月9日援建工作组进驻以来: they came on that day
    elif frame.type in _COUNTED and (when.since or when.precision == "period"):
        return None
    if frame.type in _COUNTED and is_total(
        sentence, head.start, when.own and when.precision in ("day", "range", "month")
    ):
        return None
    if (
        status == "done"
        and re.search(r"(?:意向|承诺|认捐|约定)", sentence.text[span[0] - sentence.start : span[1] - sentence.start])
        and frame.type in ("donation", "funding")
    ):
        status = "agreed"
    if frame.head == "fund_weak" and not (
        when.precision in ("day", "range", "month") and when.mention and _beside(sentence, head, when.mention.start)
    ):
        return None
    if when.precision == "year" and clock.is_news and frame.type in _STOCKS:
        return None
    fine = when.own and when.precision in ("day", "range", "month")
    fresh = frame.head == "dispatch" and when.rule.startswith("近日")  # 近日,…选派4名医生: news, no total
    many = _TIMES if frame.type == "donation" else _NUMBERED  # 捐赠45个高压锅 is one gift
    team = frame.type == "personnel" and fine and _TEAM.match(after) is not None
    if team and frame.head == "dispatch":
        team = _NOT_SENT.search(after[: sentence.clause(head.start)[1] - head.end]) is None
    if frame.type in _COUNTED and many.match(after) and not (fine and _ONE.match(after)) and not (fresh or team):
        return None
    if not _fits(sentence, frame, head, before, after, fine=fine):
        return None
    summed = (
        before.endswith("共") or when.since or sentence.of("cumulative", sentence.clause(head.start)[0], head.start)
    )
    if frame.type == "agreement" and summed and when.precision not in ("day", "range"):
        return None  # 结对以来,两地共签订 …
    if (
        frame.type in ("consumption", "labor", "training")
        and not fine
        and _SUMMED_UP.match(sentence.text, span[1] - sentence.start)
    ):
        return None
    if frame.head == "project_verb" and not when.own and _attribute(sentence, head):
        return None
    if frame.type in _SUMMED and when.mention is not None and when.mention.quote.startswith(_SPANS):
        return None
    if (
        frame.type in _SUMMED
        and not fine
        and any(d.quote.startswith(_SPANS) and d.end <= head.start for d in sentence.dates)
    ):
        return None
    if head.word.text == "启动" and (before.endswith(_CAMPAIGNS) or _PROGRAMME.match(after)):
        return None
    if frame.head == "project_verb" and _MARKS.search(before[sentence.clause(head.start)[0] - sentence.start :]):
        return None
    if frame.head == "dispatch" and not fine and _LISTED_STAFF.match(after):
        return None
    if frame.head == "donate" and not _handed_over(sentence, head):
        return None
    if frame.type == "consumption" and any(
        sentence.of(kind, span[0], span[1] + 4)
        for kind in ("project_event", "sign_event", "donate_event", "sign_alone")
    ):
        return None
    draft = Draft(frame.type, sentence, span[0], span[1], frame.row, head.word.row, head.start, status, when)
    draft.why["type"] = f"{frame.row}; {head.word.row}"
    draft.why["date"] = when.rule
    return draft


def _beside(sentence: Sentence, head: Hit, position: int) -> bool:
    """Whether ``position`` is in the clause of the word, or in the short one that opens it (10日,…投入)."""
    low, high = sentence.clause(head.start)
    return low - 12 <= position < high


def _fits(sentence: Sentence, frame: Frame, head: Hit, before: str, after: str, *, fine: bool) -> bool:
    """What the wider frames ask for beside their words."""
    if frame.head == "project_done" and frame.scope == "sentence":
        low, high = sentence.clause(head.start)
        return fine and any(low <= d.start < high for d in sentence.dates)
    if frame.head == "personnel" and frame.support == "move":
        return _GROUP.search(before[-14:]) is not None
    if frame.head == "direction":
        since = any(0 <= head.start - d.end <= 3 and d.precision in ("year", "period", "month") for d in sentence.dates)
        return since and any(0 <= m.start - head.end <= 1 for m in sentence.places)
    if frame.head == "talks":
        low, _ = sentence.clause(head.start)
        spoken_with = sum(low <= p.start < head.start for p in sentence.people)
        spoken_with += bool(sentence.of("visitor", low, head.start))
        return spoken_with > 1 or (spoken_with == 1 and bool(sentence.of("partner", low, head.start)))
    if frame.head == "pair_final":
        return not after or after[0] in ",，。;；了"
    if frame.head == "give":
        return _NEEDY.search(sentence.text) is not None
    if frame.head == "sign_counted" and not after[:1].isdecimal():
        return False
    if frame.head == "fund_weak" and _FUNDED.match(after):
        return False
    if frame.support == "sign_object" or frame.head == "sign_counted":
        return not is_total(sentence, head.start, fine)
    return True


def _attribute(sentence: Sentence, head: Hit) -> bool:
    """A toured site 由…投资建成: how it came about, not news."""
    low, _ = sentence.clause(head.start)
    return _PASSIVE.search(sentence.text[low - sentence.start : head.start - sentence.start]) is not None


def _handed_over(sentence: Sentence, head: Hit) -> bool:
    """A gift is an event when it has a receiver, an amount or a ceremony in its clause."""
    low, high = sentence.clause(head.start)
    clause = sentence.text[low - sentence.start : high - sentence.start]
    return bool(re.search(r"[向给为]|仪式|活动|物资", clause)) or any(
        low <= q.start < high for q in sentence.quantities
    )


_CUES = ("future", "hope", "negation", "plan")


def modality(sentence: Sentence, position: int) -> Status | None:
    """Done or planned by the cues before ``position``; None for hopes, calls and things that did not happen."""
    if sentence.kinds.keys().isdisjoint(_CUES):
        return "done"
    low, _ = sentence.clause(position)
    if any(hit.start < position for hit in sentence.of("future")):
        return None
    cues = [*sentence.of("hope", low, position), *sentence.of("negation", low, position)]
    # 粤青希望小学竣工: a hope in a name is none
    if any(not any(o.start < hit.start < o.end for o in sentence.organizations) for hit in cues):
        return None
    plans = [hit for hit in sentence.of("plan", sentence.start, position) if not _hands_over(sentence, hit)]
    return "planned" if any(hit.start >= low or _governs(sentence, hit, position) for hit in plans) else "done"


def _governs(sentence: Sentence, plan: Hit, position: int) -> bool:
    """Whether 将 reaches over commas (将以…为契机,举办…): until a clause opens with a subject of its own."""
    if re.search(r"[:：;；]", sentence.text[plan.end - sentence.start : position - sentence.start]):
        return False
    starts, at = [], plan.end
    while at < position:
        low, high = sentence.clause(at)
        if low > plan.end:
            starts.append(low)
        at = high + 1
    subjects = [m.start for m in sentence.places] + [p.start for p in sentence.people]
    subjects += [o.start for o in sentence.organizations] + [d.start for d in sentence.dates]
    subjects += [h.start for kind in ("link", "visitor") for h in sentence.of(kind)]
    if any(sentence.text.startswith(_SUBJECTS, low - sentence.start) for low in starts):
        return False
    return bool(starts) and not any(low <= subject <= low + 2 for low in starts for subject in subjects)


def _hands_over(sentence: Sentence, hit: Hit) -> bool:
    """将 in front of its object (将钥匙交给, 将劳动力输送到) marks what is moved, no future."""
    if hit.word.text != "将" or _OBJECT.match(sentence.text, hit.end - sentence.start) is None:
        return False
    return not any(h.start == hit.end and not h.word.kinds & _THINGS for h in sentence.hits)


def is_total(sentence: Sentence, position: int, dated: bool) -> bool:
    """Whether the sentence reports running totals up to ``position``: those are figures, not events."""
    if sentence.totals and not dated and not any(d.date_start for d in sentence.dates if d.end <= position):
        return True
    if dated:
        low, _ = sentence.clause(position)
        return bool(sentence.of("cumulative", low, position))
    return any(hit.start < position + 12 for kind in ("cumulative", "current") for hit in sentence.of(kind))
