"""Where an article states an event: frame heads with support; speech, hopes, slogans and totals are set aside."""

from __future__ import annotations

import re

from crawler.events.dating import Clock
from crawler.events.draft import Draft, When
from crawler.events.gifts import NEEDY
from crawler.events.modality import modality
from crawler.events.not_sent import NOT_SENT
from crawler.events.objections import misread, only_counts
from crawler.events.readoff import READ_OFF
from crawler.events.scenes import Sentence, runs_on
from crawler.events.tables import HELD, Frame, Hit, frames_for
from crawler.facts import OrganizationMention
from crawler.model import EventType

# 派出5人医疗小组, 选派2名律师: those who are counted as sent need not be listed by trade
_SENT = re.compile(
    r"(?:了)?(?:新一[轮批]|首批|第[一二三四五六七八九十]{1,3}批|优秀|精干)?\d+(?:余|多)?[名位人](?!次)([^,，。;；、的]{0,16})"
)
_RUNS_ON_PLANNED = re.compile(r"[,，](?:即?将|拟|定)(?:于|在)")
_OPENS = ("consume", "labor", "training", "meeting")
_PROMISED = re.compile(r"意向|承诺|认捐|约定")


def find_candidates(sentences: list[Sentence], clock: Clock) -> list[Draft]:
    """All statements of events but visits, each with its frame, status and time."""
    out: list[Draft] = []
    for sentence in sentences:
        kinds = sentence.kinds
        quoted = sentence.listed or (sentence.speech is not None and sentence.speech <= sentence.start)
        frames = frames_for(kinds, "pairing" if quoted else None)
        if not sentence.dates and "link" not in kinds:  # everyday words need a day
            frames = [frame for frame in frames if not frame.everyday or frame.head == "sold_out"]
        if not frames:
            continue
        spoken: dict[int, bool] = {}
        names: dict[int, bool] = {}
        told: dict[tuple[EventType, int], Draft] = {}
        for frame in frames:
            for head in kinds[frame.head]:
                at = head.start
                if at not in spoken:
                    spoken[at], names[at] = sentence.spoken(at), _names(sentence, head)
                if names[at] or (spoken[at] and frame.type != "pairing"):
                    continue
                support = _support(sentence, frame, head)
                if support is None:
                    continue
                known = told.get((frame.type, at))
                if known is not None:  # two frames of one type in one word tell one event
                    if frame.support in ("dated", "trade", "group", "amount"):
                        continue  # these tell no more than the words beside them
                    if support < (known.start, known.end) and not misread(sentence, frame, head, support):
                        known.start, known.end, known.frame = *support, frame.row
                    continue
                draft = _draft(sentence, frame, head, support, clock)
                if draft is not None:
                    out.append(draft)
                    told[frame.type, at] = draft
    return [draft for draft in out if not _echoes(draft, out)]


_OR = re.compile(r"或(?:者)?(?:参加|出席)(?:了)?[^,，。;；]{0,6}$")


def drop_implied(visits: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """会上 stands for a meeting of its own only on a visit, and where no meeting or ceremony is named."""
    implied = [d for d in drafts if "implied_meeting" in d.frame]
    named = any(
        d not in implied and (d.type == "meeting" or "_event" in d.frame or d.type in ("training", "labor"))
        for d in drafts
    )
    kept = implied[:1] if visits and not named else []
    meetings = [d for d in drafts if d.type == "meeting" and not _among_others(d)]
    return [
        d
        for d in drafts
        if (d not in implied or d in kept) and not (meetings and d.type == "meeting" and _among_others(d))
    ]


def _among_others(draft: Draft) -> bool:
    """陪同调研或参加座谈: what some of a list attended is told elsewhere."""
    return _OR.search(draft.sentence.text, 0, draft.head - draft.sentence.start) is not None


def _echoes(draft: Draft, drafts: list[Draft]) -> bool:
    """对接会上 behind a 劳务对接会 is that fair, no meeting besides; 举办农产品推介会 is a meeting, no sale besides."""
    if draft.type == "consumption":
        return any(
            d.type == "meeting" and d.sentence is draft.sentence and d.head == draft.end and d.words.endswith("推介会")
            for d in drafts
        )
    if draft.type != "meeting" or not draft.frame.endswith("meeting+locative"):
        return False
    word = draft.words.split()[-1]
    return any(
        d.type in ("labor", "consumption") and d.start < draft.start and d.words.split()[-1].endswith(word)
        for d in drafts
    )


def _names(sentence: Sentence, head: Hit) -> bool:
    """Whether the word is only a part of an organisation's name (比亚通电子公司)."""
    holder = sentence.holder(head.start, head.end + 1) if sentence.organizations else None
    return holder is not None and not any(
        m.start > head.end and runs_on(holder, sentence.hits, m.start) for m in sentence.places
    )


def _support(sentence: Sentence, frame: Frame, head: Hit) -> tuple[int, int] | None:
    if not frame.support:
        return head.start, head.end
    low, high = sentence.start, sentence.end
    if frame.scope == "clause":
        low, high = sentence.clause(head.start)
        if frame.type in HELD and sentence.text.startswith("在", high + 1 - sentence.start):
            high = sentence.clause(high + 1)[1]  # …农产品展销会,在琶洲会展中心开幕
    if frame.support == "counted":
        return _sent_off(sentence, head, high)
    if low < head.start - frame.window:
        low = head.start - frame.window
    if high > head.end + frame.window:
        high = head.end + frame.window
    if (
        frame.head == "project_verb"
        and head.word.text[0] == "开"
        and any(sentence.of(k, low, head.start) for k in _OPENS)
    ):
        return None  # 农产品展销周在会展中心开张
    read_off = READ_OFF.get(frame.support)
    if read_off is not None:
        return read_off(sentence, head, head.end if frame.order == "after" else low, high)
    best: tuple[int, int] | None = None
    firms: list[OrganizationMention] = []
    if frame.support == "project_noun":
        firms = [o for o in sentence.organizations if o.quote.endswith(("公司", "集团"))]
    for hit in sentence.of(frame.support):
        if hit.start < low or hit.end > high:
            continue
        if firms and any(o.start < hit.start and hit.end <= o.end for o in firms):
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


def _sent_off(sentence: Sentence, head: Hit, high: int) -> tuple[int, int] | None:
    """选派2名律师到…: so many people and, in the rest of the clause, where they go or whom they help."""
    found = _SENT.match(sentence.text, head.end - sentence.start)
    if found is None:
        return None
    end = sentence.start + found.end()
    rest = sentence.text[head.end - sentence.start : high - sentence.start]
    goes = sentence.of("move", head.end, high) or sentence.of("direction", head.end, high)
    return None if NEEDY.search(found[1]) or NOT_SENT.search(rest) or not goes else (head.start, end)


def _right_before(sentence: Sentence, head: Hit) -> When | None:
    """参观了甲县2018年援建的小学: the year at the word, whatever day the tour was."""
    date = next((d for d in sentence.dates if 0 <= head.start - d.end <= 2 and d.date_start), None)
    if date is None:
        return None
    return When(date.date_start, date.date_end, date.precision, date, "date at the word", own=True)


def _draft(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int], clock: Clock) -> Draft | None:
    held = frame.type in HELD or frame.head == "personnel"
    status = modality(sentence, max(head.start, span[1] - 1) if held else head.start)
    if held and status == "done" and span[1] > sentence.clause(head.start)[1]:
        status = modality(sentence, head.start)  # 还将参加座谈会,走进 …
    if (
        held
        and status == "done"
        and span == (head.start, head.end)  # not 4名教师抵达,将在乙县支教
        and _RUNS_ON_PLANNED.match(sentence.text, sentence.clause(head.start)[1] - sentence.start)
    ):
        status = "planned"  # 1月12日至14日,某某主办的年货节,将在广场开幕
    if status is None or misread(sentence, frame, head, span):
        return None
    # 资金4600万元,已于5月12日到位: the day stands at what happened to the money
    at = span[1] - 1 if frame.support == "fund_arrive" and frame.scope == "sentence" else head.start
    when = (_right_before(sentence, head) if frame.head == "built" else None) or clock.at(
        sentence, at, paper=frame.type == "agreement"
    )
    if only_counts(sentence, frame, head, span, when, is_news=clock.is_news):
        return None
    text, base = sentence.text, sentence.start
    if when.ahead and not text.startswith("了", head.end - base):
        status = "planned"
    if when.since and frame.head == "project_verb":  # 自 … 开工以来: it began then
        when.since = False
    if status == "planned" and (frame.everyday or frame.support == "work"):
        return None  # a plan in everyday words announces nothing in particular
    if (
        status == "done"
        and frame.type in ("donation", "funding")
        and _PROMISED.search(text, span[0] - base, span[1] - base)
    ):
        status = "agreed"
    return Draft(frame.type, sentence, span[0], span[1], frame.row, head.word.row, head.start, status, when)
