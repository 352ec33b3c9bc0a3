"""What is no cooperation event: articles without aid between two places, and statements too vague to be a happening."""

from __future__ import annotations

import re

from crawler.events.casting import compound
from crawler.events.dating import YEARS_AGO, Clock
from crawler.events.draft import Draft
from crawler.events.fiction import is_novel
from crawler.events.modality import is_under_way
from crawler.events.no_pairing import OFFICE
from crawler.events.scenes import Sentence, within
from crawler.events.sides import Sides, held_in
from crawler.events.tables import lexicon
from crawler.events.unnamed import among_themselves
from crawler.model import Article, EventType, Side

_SURE_PAIRS = ("official tie", "the text names", "a unit of no place", "units of no place")
_NEED_TIME: tuple[EventType, ...] = ("funding", "project", "personnel", "training", "labor", "consumption")
_HELD: tuple[EventType, ...] = ("labor", "training", "project", "personnel")
_GATHERED: tuple[EventType, ...] = ("labor", "training")
_LEARNT = re.compile(r"记者[^,，。;；]{0,24}(?:获悉|了解到|得知|采访到)|报道:|讯[\s(（]")
_CEREMONY = re.compile(r"仪式|招聘会|招聘活动|开班|结业")
_NAMED = ("places of the clause", "places in the meeting's name")
_LOOSE = ("援建", "援助", "支援", "帮扶", "扶贫", "乡村振兴")
_TOPICS = frozenset(("乡村振兴",))  # what any conference may be about
_ABOUT = re.compile(r"(?:召开|举行|举办|主持|全[省市县区州])了?(?:对口)?(?:帮扶|支援|协作|援建|援助)$")
_TOGETHER = re.compile("座谈|联席|对接|洽谈|交流")
_INTERNAL = ("推进会", "推进会议", "调度会", "动员会", "例会", "部署会", "专题会")
# 县长深入各镇调研,随后召开座谈会,听取相关部门汇报
_HEARD_OWN = re.compile(
    r"听取(?:了)?(?:我[省市州县区旗][^,，。;；]{0,24}工作[^,，。;；]{0,6}汇报|(?:相关|有关|各|县|区|市|镇|乡)[^,，。;；]{0,14}(?:部门|单位|乡镇|街道|镇|局|负责人)[^,，。;；]{0,14}汇报)"
)
ONE_SIDED = "a meeting of one side about the other"
"""Why a meeting is none of the two sides; what is told of it further down is dropped with it."""
_OWN_TALKS = ("座谈会", "座谈", "会议", "工作会")
_STATE = re.compile(r"\s*(?:中央(?!单位|企业)|国家|国务院|财政部|党中央)")
_BUSINESS = re.compile(r"招商|投资|经贸|营商|客商|考察企业|优惠政策")
_STRAIT = re.compile(r"两岸|台湾|台办|对台|台胞|台商|台资")
_STRAIT_ARTICLE = 5  # mentions that make it the subject and not somebody's trade


def aid_words(article: Article, sentences: list[Sentence]) -> frozenset[str]:
    """The words of aid in the text, or if it has none in the title."""
    told = frozenset(hit.word.text for sentence in sentences for hit in sentence.of("aid"))
    return told or frozenset(hit.word.text for hit in lexicon().scan(article.title or "") if hit.has("aid"))


def concerns_aid(article: Article, sentences: list[Sentence], sides: Sides, words: frozenset[str]) -> bool:
    """Whether the article speaks of paired aid: its ``words`` of aid, or an official tie of its pair."""
    if is_novel(article.title or "", article.text):
        return False
    if words:
        return not _across_the_strait(sentences) or not words.issubset(_LOOSE)
    return sides.rule.startswith("official tie") and not _seeks_investors(article, sentences)


def _seeks_investors(article: Article, sentences: list[Sentence]) -> bool:
    """Whether a trip between two tied places is one for investors: a tie alone makes no aid of that."""
    told = [article.title or "", *(sentence.text for sentence in sentences)]
    return sum(len(_BUSINESS.findall(text)) for text in told) > 1


def _across_the_strait(sentences: list[Sentence]) -> bool:
    """Whether an article is about dealings with Taiwan, where 援建 and 帮扶 are a foundation's charity."""
    told = [sentence.text for sentence in sentences if "台" in sentence.text or "两岸" in sentence.text]
    return len(told) > 0 and sum(len(_STRAIT.findall(text)) for text in told) >= _STRAIT_ARTICLE


def tells_totals(sentences: list[Sentence], sides: Sides, words: frozenset[str]) -> bool:
    """Whether an article without an event still reports what the aid between its two sides has come to.

    Its figures count then: two numbers or more are summed up beside words of aid. An inspection from above reports
    nobody's aid, and numbers that are only quoted from speakers are theirs.
    """
    if sides.inspected or not sides.rule.startswith(_SURE_PAIRS):
        return False
    counted = sum(
        not (quantity.ordinal or quantity.expected or (sentence.spoken(quantity.start) and not _point(sentence)))
        for sentence in sentences
        for quantity in sentence.quantities
    )
    return not words.issubset(_LOOSE) and counted > 1


def _point(sentence: Sentence) -> bool:
    """二是加大资金投入,累计安排1.26亿元: a point of a report, nobody's words."""
    return sentence.listed and sentence.speech is None and not sentence.quoted and sentence.text.lstrip()[1:2] == "是"


def tells_no_aid(words: frozenset[str], drafts: list[Draft]) -> bool:
    """Whether an article has none of the ``words`` of aid, and nothing it states names both sides or is a visit."""
    return words <= _TOPICS and all(draft.type != "visit" and _unnamed(draft) for draft in drafts)


def _unnamed(draft: Draft) -> bool:
    """Whether neither side of a statement stands near it."""
    return all(draft.why.get(side, "").startswith("main pair") for side in ("supporting", "supported"))


def keep(draft: Draft, sides: Sides, clock: Clock, *, visited: bool, aidless: bool) -> str | None:
    """None when the draft is an event; else the reason why it is none. Marks background on the way.

    ``visited``: the article tells of a visit of one side to the other; ``aidless``: it :func:`tells_no_aid`.
    """
    if not draft.supporting or not draft.supported:
        return "one side is unknown"
    if aidless:
        return "names neither side, in an article without a word of aid"
    if among_themselves(sides, draft.type, draft.sentence):
        return "says nothing of the regions that are helped"
    called = visited and _held_by_guests(draft)
    if "assembly" in draft.frame and not (called or all(_named(draft, sides, s) for s in ("supporting", "supported"))):
        return "a meeting of one side"
    if draft.type in ("funding", "personnel") and draft.why["supporting"].startswith("main pair") and _of_state(draft):
        return "done by the state"
    if draft.type == "meeting" and (_of_an_office(draft) or (not visited and _among_ourselves(draft, sides))):
        return ONE_SIDED
    news = clock.news(draft.when)
    draft.background = draft.when.since or (
        draft.when.own and not news and clock.is_news and _long_before(draft, clock)
    )
    if draft.status == "planned" and not draft.when.known and not draft.explicit:
        return "a plan without date or places"
    if draft.type in _NEED_TIME and not draft.when.known and not (draft.when.recent and _near(draft, clock)):
        return "cannot be placed in time"
    if (
        draft.type in ("agreement", "donation", "meeting")
        and not draft.when.known
        and not draft.when.recent
        and (not draft.explicit or draft.when.rule == YEARS_AGO)
    ):
        draft.background = True
        return "undated background"
    return None


def _named(draft: Draft, sides: Sides, side: Side) -> bool:
    """Whether a meeting's clause names a side, or it is held there."""
    held = held_in(draft.sentence)
    there = within(draft.sentence.places, *held) if held else []
    if draft.why.get(side) in _NAMED or sides.those(there, side):
        return True
    near = within(draft.sentence.places, *draft.sentence.clause(draft.head))
    return any(sides.told(m) == side for m in compound(near))  # 沪滇产业协作大会


def _held_by_guests(draft: Draft) -> bool:
    """调研组在乙镇召开会议, 双方召开会议: guests and hosts are there."""
    low = draft.clause()[0]
    return any(draft.sentence.of(kind, low, draft.head) for kind in ("visitor", "partner"))


def _of_state(draft: Draft) -> bool:
    """中央拨款并派技术人员进藏: neither side did it."""
    low, _ = draft.clause()
    return _STATE.match(draft.sentence.text, low - draft.sentence.start, draft.start - draft.sentence.start) is not None


def _among_ourselves(draft: Draft, sides: Sides) -> bool:
    """甲市召开对口帮扶乙县工作推进会: only one side is there, the other is what the meeting is about."""
    if any(kind in draft.sentence.kinds for kind in ("partner", "visitor", "come")):
        return False
    text, base, places = draft.sentence.text, draft.sentence.start, draft.sentence.places
    if any(_ABOUT.search(text, 0, m.start - base) for _, m in draft.places) and not _TOGETHER.search(draft.words):
        return True
    named = [side for side in ("supporting", "supported") if not draft.why.get(side, "").startswith("main pair")]
    if (not named and sides.inspected) or _HEARD_OWN.search(text, draft.head - base):
        return True
    if len(named) == 2 or (sides.those(places, "supporting") and sides.those(places, "supported")):
        return False
    return _internal(draft) or _lopsided(draft, named)


def goes_on_at(draft: Draft, dropped: list[tuple[Draft, str]]) -> bool:
    """座谈会上,某某汇报: a meeting that names no side, behind one that was of one side alone."""
    if draft.type != "meeting" or "locative" not in draft.frame or not _unnamed(draft):
        return False
    before = [(one.start, why) for one, why in dropped if one.type == "meeting" and one.start < draft.start]
    return bool(before) and max(before)[1] == ONE_SIDED


def _lopsided(draft: Draft, named: list[str]) -> bool:
    """我市粤桂协作专班到丙县召开座谈会: of the other side no more is told in the whole article than its province."""
    if not draft.words.endswith(_OWN_TALKS) or "联席" in draft.words or len(named) != 1:
        return False
    mine, other = (draft.supporting, draft.supported)[:: 1 if named == ["supporting"] else -1]
    return all(p.code.endswith("0000") for p in other) and not any(p.code.endswith("0000") for p in mine)


def _of_an_office(draft: Draft) -> bool:
    """甲市对口支援乙县前方指挥部召开推进会: its own people are told what to do."""
    text, base = draft.sentence.text, draft.sentence.start
    low = draft.clause()[0]
    with_others = draft.sentence.of("partner", low, draft.head)
    return bool(not with_others and OFFICE.search(text, low - base, draft.head - base)) and _internal(draft)


def _internal(draft: Draft) -> bool:
    """Whether the meeting is of a kind that one side holds for itself (推进会, 调度会)."""
    text, base = draft.sentence.text, draft.sentence.start
    return text.endswith(_INTERNAL, 0, draft.end - base) or text.endswith(_INTERNAL, 0, draft.head - base + 5)


def _near(draft: Draft, clock: Clock) -> bool:
    """Whether an undated statement is the news: it says 近日 and the like, or opens a report with a dateline."""
    sentence = draft.sentence
    opening = sentence.index == 0 and _LEARNT.search(sentence.text) is not None
    opening = opening or (
        draft.type in _HELD and (sentence.paragraph <= 1 or (sentence.index < 4 and draft.type in _GATHERED))
    )
    if draft.type in ("project", "funding") and is_under_way(sentence, draft.head):
        return True
    if opening and (clock.dateline or (clock.dateless and _CEREMONY.search(sentence.text))):
        return True
    return (
        bool(sentence.of("link"))
        or draft.when.rule.startswith("近日")
        or any(word in sentence.text for word in ("近日", "日前", "昨天", "昨日", "今天", "今日", "上午", "下午"))
    )


def _long_before(draft: Draft, clock: Clock) -> bool:
    mine, main = draft.when.start or "", clock.main.date_start if clock.main else None
    if mine.startswith("--") and main and main.startswith("--"):
        return mine[2:4] < main[2:4]  # 6月8日,…。此前的5月中旬,…: no year is told of either
    if not main or mine.startswith("-") or main.startswith("-"):
        return False
    return mine[:7] < main[:7]
