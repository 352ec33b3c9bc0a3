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
_BUILT = re.compile(r"[^,,。;;]{0,14}(?:援建|兴建|修建|建设|新建)的")
_VERBS = ("project_verb", "donate", "dispatch", "fund", "fund_weak", "sign", "sign_strict", "sign_alone")
_SUBJECTS = ("双方", "两地", "会议", "仪式", "现场", "随后", "其中", "目前", "截至")
# 援滇干部联络小组到双江县开展慰问: nobody is sent
_CALLS = re.compile(r"开展(?:[^,，。;；]{0,6})?(?:慰问|调研|考察|走访|检查|督导|座谈)")
# 活动启动: a campaign, no project
_CAMPAIGNS = ("活动", "行动", "月", "周", "季", "节", "赛")
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
_NUMBERED = re.compile(
    r"(?:活动|共|等|达|企业|项目|车间|工厂)?\d[\d.,]*(?:余|多)?(?:期|场次|场|批次|批|人次|次|个|家|名|人)"
    r"|(?:活动)?[两三四五六七八九十多数]+(?:余|多)?(?:期|场次|场|批次|次)"
)
_COUNTED = ("funding", "personnel", "training", "labor", "consumption", "project", "donation")


def find_candidates(sentences: list[Sentence], clock: Clock) -> list[Draft]:
    """All statements of events but visits, each with its frame, status and time."""
    out: list[Draft] = []
    for sentence in sentences:
        kinds = sentence.kinds
        if kinds.keys().isdisjoint(frame_heads()):
            continue
        quoted = sentence.listed or (sentence.speech is not None and sentence.speech <= sentence.start)
        for frame in frames("pairing") if quoted else frames():
            for head in kinds.get(frame.head, ()):
                if sentence.spoken(head.start) and frame.type != "pairing":
                    continue
                if _names(sentence, head):
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
        span = min(hit.start, head.start), max(hit.end, head.end)
        if best is None or span[1] - span[0] < best[1] - best[0]:
            best = span
    return best


def _draft(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int], clock: Clock) -> Draft | None:
    held = frame.type in ("meeting", "training", "labor", "consumption")
    status = modality(sentence, max(head.start, span[1] - 1) if held else head.start)
    if status is None:
        return None
    after = sentence.text[head.end - sentence.start :]
    before = sentence.text[: head.start - sentence.start]
    if frame.type == "meeting" and ((_SAYINGS.match(after) and not after.startswith("并")) or _NATIONAL.search(before)):
        return None
    if frame.head in _VERBS and after.startswith("的"):
        return None
    if (
        sentence.text[span[1] - sentence.start :].startswith("的《")
        or "签订的" in sentence.text[span[0] - sentence.start : span[1] - sentence.start]
    ):
        return None
    if frame.head == "project_verb" and after.startswith(_PROGRESS):
        return None
    if frame.head == "project_event" and head.has("handover") and sentence.of("gift", *sentence.clause(head.start)):
        return None
    if frame.head == "personnel" and frame.support == "arrive" and _CALLS.search(after[:24]):
        return None
    if (frame.head == "project_verb" and after.startswith("后")) or (frame.head == "donate" and _BUILT.match(after)):
        return None
    when = clock.at(sentence, head.start)
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
    if when.own and when.precision == "year" and clock.is_news and frame.type in _STOCKS:
        return None
    fine = when.own and when.precision in ("day", "range", "month")
    fresh = frame.head == "dispatch" and when.rule.startswith("近日")  # 近日,…选派4名医生: news, no total
    if frame.type in _COUNTED and _NUMBERED.match(after) and not (fine and _ONE.match(after)) and not fresh:
        return None
    if not _fits(sentence, frame, head, before, after, fine=fine):
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
    if head.word.text == "启动" and before.endswith(_CAMPAIGNS):
        return None
    if frame.head == "donate" and not _handed_over(sentence, head):
        return None
    if frame.type == "consumption" and any(
        sentence.of(kind, span[0], span[1] + 4) for kind in ("project_event", "sign_event", "donate_event")
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
    if frame.head == "talks":
        low, _ = sentence.clause(head.start)
        spoken_with = sum(low <= p.start < head.start for p in sentence.people)
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


def modality(sentence: Sentence, position: int) -> Status | None:
    """Done or planned by the cues before ``position``; None for hopes, calls and things that did not happen."""
    low, _ = sentence.clause(position)
    if any(hit.start < position for hit in sentence.of("future")):
        return None
    if sentence.of("hope", low, position) or sentence.of("negation", low, position):
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
