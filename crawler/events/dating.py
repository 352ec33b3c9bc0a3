"""When an event happened: its own date, else the date of the scene it belongs to."""

from __future__ import annotations

import re

from crawler.events.covered import only_heard, reported
from crawler.events.draft import When
from crawler.events.due import built_then, decided, due, until
from crawler.events.just_now import is_lately
from crawler.events.looking_back import long_ago, looks_back
from crawler.events.modality import is_under_way
from crawler.events.report_items import blocks, goes_on, summed_up
from crawler.events.scenes import Sentence
from crawler.events.yardsticks import compared
from crawler.facts import DateMention

_TALKS = ("meeting", "talks")
_YEARS_PAST = ("去年", "前年", "上年")
_FINE = ("day", "range", "month")
_DATING = (*_FINE, "year")
_HELD_ON = ("labor", "consume", "donate_event", "sign_event", "meeting", "training")
_LINKS = ("link", *_HELD_ON)
_BEHIND = ("之后", "结束后", "后,", "后，")
_ON = ("上", "现场", "期间", *_BEHIND)
_THIS = ("此次", "本次", "这次")  # of the news
_ACTS = ("fund", "fund_weak", "dispatch")
# 11月9日(农历…),星期三, opens the pages of almanac-minded portals: the day of posting
_DATELINE = re.compile(
    r"(?:凌晨|上午|下午|晚)?(?:专?电|讯|消息|[\u4e00-\u9fff]{2,4}(?:电|讯|消息)(?=[\s(（,，:：]))|[(（]农历[^)）]{2,14}[)）][,，]\s*星期|】"
    r"|(?<=-\d\d) {1,4}\d{1,2}:\d\d|[,，]\s?[\u4e00-\u9fff]{2,4}[)）](?!的)"
)  # 2022-11-18 14:59: when the page was posted; (2019年6月24日,上海): where a firm's press note begins
_BYLINE = re.compile(
    r"\s*[\u4e00-\u9fff]{2,14}[\s:：]+(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}\s*"
)  # 武川县政协办 2020-08-12
_NUMERALS = re.compile(r"[一二三四五六七八九十]+月份?")
_NAMING = re.compile(r"[,，、。;；)）至到-]|以来|底|初|末|起|至今|春|夏|秋|冬|上半年|下半年|全年|期间")
_SINCE_THEN = ("起", "以来", "来", "至今", "以前", "之前")
_FROM = ("自", "截至", "截止")
_FROM_THEN = ("自", "自从", "从", "截至", "截止", "到")
_ON_FROM = ("起", "至今", "来,")
_SPANS = ("全年", "上半年", "下半年", "一季度", "前三季度", "“十", "十三五", "十四五", "同期")
_RECENT = (
    "近日",
    "日前",
    "近期",
    "昨日",
    "昨天",
    "今天",
    "今日",
    "上午",
    "下午",
    "当天",
    "当日",
    "刚刚",
    "前不久",
    "连日来",
    "这两天",
    "最近",
)


YEARS_AGO = "years ago"
REPORT_YEAR = "year of the report"
_AFTERWARDS = re.compile(r"\s*(?:此后|其后|从此|自此|从那以后)[,，]?")


class Clock:
    """The scenes of an article: dates of the report set the time of what follows, those in speech do not."""

    def __init__(self, sentences: list[Sentence], published: str | None = None) -> None:
        self._sentences = sentences
        self._published = published
        self._usable: dict[int, list[DateMention]] = {}
        self.main: DateMention | None = None
        self.undated_news = False
        self.dateline = False
        self.dateless = not any(d.precision in _FINE and d.date_start for s in sentences for d in s.dates)
        self._fresh = False
        self._ahead: set[int] = set()
        self._before: list[DateMention | None] = []
        self._same_block: list[bool] = []
        self._scene: list[DateMention | None] = []
        self._meeting: list[DateMention | None] = []
        current: DateMention | None = None
        scene: DateMention | None = None
        meeting: DateMention | None = None
        current_block = period = -1
        self._year: DateMention | None = None
        points, standing = summed_up(sentences), blocks(sentences)
        for sentence, (block, listed) in zip(sentences, standing, strict=True):
            if (
                period == sentence.paragraph
                and scene
                and self._linked(sentence, sentence.clause(sentence.start)[1] + 1)
            ):
                period = -1  # 自2021年起对口支援乙县。捐赠仪式上: of the day again
            sentence.totals = period == sentence.paragraph or sentence.index in points or goes_on(sentences, sentence)
            self._before.append(current)
            self._scene.append(scene)
            self._meeting.append(meeting)
            self._same_block.append(current is not None and current_block == block)
            dates = sentence.dates
            if not dates:
                if sentence.index < 4:
                    self._open(sentence)
                continue
            if any(_opens_period(sentence, d) for d in dates):
                period = sentence.paragraph
            elif any(d.precision in _DATING and d.date_start for d in dates):
                period = -1
            for date in dates:
                if sentence.spoken(date.start) or _echo(date) or not sets_scene(sentence, date):
                    continue
                if (
                    self._season(date)
                    or decided(sentence, date)
                    or (scene is current and (self._names(sentence, date) or built_then(sentence, date)))
                ):
                    continue
                if due(sentence, date):
                    self._ahead.add(date.start)
                if self.main is not None and date.quote.startswith(_YEARS_PAST):
                    continue
                current, current_block = date, block
                if self._year is None and not listed and date.precision == "year":
                    self._year = date
                if date.precision in _FINE and not looks_back(sentence, date):
                    scene = date
                    low, high = sentence.clause(date.start)
                    if any(h.start >= date.end or low <= h.start < high for k in _TALKS for h in sentence.of(k)):
                        meeting = date
                if self.main is None and not listed and sentence.index < 4 and date.precision in ("day", "range"):
                    self.main = date
                    self._fresh = sentence.index <= 1
            if sentence.index < 4:
                self._open(sentence)
        self._items = {s.index for s, place in zip(sentences, standing, strict=True) if place[1]}
        if not self._items:
            self._year = None  # the year of a report is that of its items

    def _open(self, sentence: Sentence) -> None:
        """Take from an opening sentence whether the report has a dateline or speaks of what is new without a day."""
        base, text = sentence.start, sentence.text
        if sentence.index < 2 and any(_DATELINE.match(text, d.end - base) for d in sentence.dates):
            self.dateline = True
        if self.main is None and not self.undated_news:
            self.undated_news = any(word in text for word in _RECENT)

    def at(self, sentence: Sentence, position: int, *, paper: bool = False) -> When:
        """The time of what ``sentence`` states at ``position``; ``ahead``: a day the report only announces.

        ``paper``: a year behind the verb belongs to what is signed (签订 … 2018年实施项目协议书).
        """
        when = self._time(sentence, position, paper)
        when.ahead = when.mention is not None and when.mention.start in self._ahead
        return when

    def _season(self, date: DateMention) -> bool:
        """金秋九月, in a report of 9月3日: scenery, no date."""
        return (
            date.precision == "month"
            and self.main is not None
            and (self.main.date_start or "")[:7] == date.date_start
            and _NUMERALS.fullmatch(date.quote) is not None
        )

    def _time(self, sentence: Sentence, position: int, paper: bool) -> When:
        own = self._own(sentence, position, paper)
        if own is not None and (own.precision != "year" or (own.mention and _opens(sentence, own.mention))):
            return own
        lately = is_lately(sentence.text, position - sentence.start)
        if own is not None and not lately:  # 近日,2022年 … 对接活动: the year is part of the name
            return own
        if lately:
            return When(rule="近日/日前: no date given", recent=True)
        if any(d.end <= position and d.date_start is None and d.quote.startswith(_YEARS_PAST) for d in sentence.dates):
            return When(rule="a year before one that is not known")
        if is_under_way(sentence, position) and not any(d.end <= position for d in sentence.dates):
            return When(rule="目前: no date given", recent=True)
        if long_ago(sentence, position):
            return When(rule=YEARS_AGO)
        current = self._before[sentence.index]
        exact = (
            current is not None and current.precision == "day"
        )  # 9日上午,…。甲向乙捐赠: of that day, not of 9日至11日
        linked = self._linked(sentence, position)
        if linked:
            held = self._meeting[sentence.index] if linked in _THIS or "会" in linked or "座谈" in linked else None
            current = held or self._scene[sentence.index] or current
            if linked in _THIS and self.main and current and not _inside(current, self.main):
                current = self.main
        elif current is not None and not (
            self._same_block[sentence.index] and (exact or self.main is None or not _inside(current, self.main))
        ):
            current = self.main
        current = current or self.main or self._year
        if current is None:
            fresh = self.dateline or (self.dateless and sentence.index not in self._items)
            return When(recent=self.undated_news or fresh)
        if not linked and current is self.main and _AFTERWARDS.match(sentence.text) and sentence.index > 1:
            return When(rule="after what was told before")
        for date in sentence.dates:
            if (
                date.end <= position
                and self._this_year(date)
                and not (current.date_start or "").startswith((date.date_start or "-", "-"))
            ):
                return _when(date, "this year, not that of the scene", own=True)
        return _when(current, REPORT_YEAR if current is self._year else "date of the scene", own=False)

    @property
    def is_news(self) -> bool:
        """Whether the article reports one fresh happening, so that much older dates in it are background."""
        return self.main is not None and self._fresh

    def news(self, when: When) -> bool:
        """Whether ``when`` is the time of the news itself and not of its background."""
        if self.main is None:
            return when.recent or not when.own
        return bool(when.mention is self.main or (when.mention is not None and _inside(when.mention, self.main)))

    def _names(self, sentence: Sentence, date: DateMention) -> bool:
        """A bare year in front of a noun, in a report of that year, belongs to the noun (2018年结对协议)."""
        told = self.main.date_start if self.main is not None else self._published
        if date.precision != "year" or (told or "")[:4] != date.date_start:
            return False
        if _opens(sentence, date):
            return False
        if any(m.start == date.end for m in sentence.places) and any(sentence.of(kind) for kind in _ACTS):
            return False  # 2020年闽侯县拨付 …: somebody paid or sent in that year
        return _NAMING.match(sentence.text, date.end - sentence.start) is None

    def _this_year(self, date: DateMention) -> bool:
        """今年 beside a dated report only says that the report is fresh."""
        return (
            date.quote in ("今年", "本年")
            and self.main is not None
            and (self.main.date_start or "")[:4] == date.date_start
        )

    def _linked(self, sentence: Sentence, position: int) -> str:
        """The words that tie ``position`` to the scene before (会上, 当天, 招聘会上), or nothing."""
        kinds = sentence.kinds
        if not kinds.keys().isdisjoint(_LINKS):
            for hit in sentence.of("link"):
                if hit.start < position:
                    return hit.word.text
            for kind in _HELD_ON:
                for hit in sentence.of(kind):
                    at = hit.end - sentence.start
                    itself = hit.start == position and sentence.text.startswith(_BEHIND, at)
                    on = sentence.text.startswith(_ON, at) or hit.word.text.endswith("上")
                    if itself or (hit.start < position and on):
                        return hit.word.text
        before = self._sentences[sentence.index - 1] if sentence.index else None
        if before is not None and before.following and before.paragraph == sentence.paragraph:
            return self._linked(before, before.end)  # 会上,甲与乙签订协议;丙与丁签订协议
        return ""

    def _dates(self, sentence: Sentence, date: DateMention) -> bool:
        """Whether a date of a sentence can date what the sentence states."""
        return bool(
            date.date_start
            and not self._this_year(date)
            and not self._season(date)
            and not sentence.in_book(date.start)
            and not _label(sentence, date)
            and not until(sentence, date)
            and not _echo(date)
            and _PLAN.fullmatch(date.quote) is None
            and not compared(sentence, date)
            and not _DATELINE.match(sentence.text, date.end - sentence.start)
            and not sentence.text.startswith("摄", date.end - sentence.start)
        )

    def _own(self, sentence: Sentence, position: int, paper: bool) -> When | None:
        usable = self._usable.get(sentence.index)
        if usable is None:
            usable = self._usable[sentence.index] = [d for d in sentence.dates if self._dates(sentence, d)]
        if not usable:
            return None
        if paper:  # a year behind the verb is part of what is signed
            usable = [
                d
                for d in usable
                if d.precision != "year"
                or d.start <= position
                or sentence.text[: d.start - sentence.start].endswith("于")
            ]
        low, high = sentence.clause(position)
        before = [d for d in usable if d.end <= position and not reported(sentence, d, low)]
        after = [d for d in usable if d.start >= position and d.end <= high]
        if not any(d.start >= low for d in before):  # 教师于去年11月15日到校: of its clause, not of the one before
            before += [d for d in after[::-1] if sentence.text[d.start - sentence.start - 1] in "于在"]
        for group in (before[::-1], after):
            for fine in group:
                if fine.precision not in _FINE or is_since(sentence, fine) or only_heard(sentence, fine, before):
                    continue
                main = self.main
                if (
                    main is not None
                    and fine is not main
                    and group is not after
                    and before[0] is main
                    and _inside(fine, main)
                ):
                    # 19日下午,还在杭州召开了: the short clause in front dates it
                    beside = sentence.text[fine.end - sentence.start : low - sentence.start] in (",", "，")
                    return _when(
                        main if fine.start < low and main.precision == "range" and not beside else fine,
                        "date in the sentence",
                        own=True,
                    )
                return _when(fine, "date in the sentence", own=True)
        for group in (before[::-1], after):
            if group and not self._names(sentence, group[0]):
                when = _when(group[0], "date in the sentence", own=True)
                when.since = is_since(sentence, group[0])
                return when
        return None


_PLAN = re.compile(r"[“\"]?十[一二三四五六]五[”\"]?")  # “十五五”项目推进会: what it is about; 期间 and 以来 date


def _opens(sentence: Sentence, date: DateMention) -> bool:
    """2020年该区选派教师到 …: a year that opens a clause in which somebody pays or sends dates that."""
    if date.precision != "year":
        return False
    low, high = sentence.clause(date.start)
    return date.start == low and any(sentence.of(kind, date.end, high) for kind in _ACTS)


def _echo(date: DateMention) -> bool:
    """期间, 其间, 考察期间 only point back to a scene."""
    return (
        date.quote.endswith(("期间", "其间"))
        and len(date.quote) <= 5
        and not date.quote.startswith(("十一", "五一", "春节", "国庆", "元旦"))
    )


def sets_scene(sentence: Sentence, date: DateMention) -> bool:
    """Whether a date tells when the things around it happen."""
    if not date.date_start or is_since(sentence, date) or _label(sentence, date) or compared(sentence, date):
        return False
    if date.quote.startswith(_SPANS) or until(sentence, date):
        return False
    if _DATELINE.match(sentence.text, date.end - sentence.start) or _BYLINE.fullmatch(sentence.text):
        return False
    return date.precision in _FINE or not any(
        d.precision in _FINE and d.date_start for d in sentence.dates if d.start < date.start
    )


def is_since(sentence: Sentence, date: DateMention) -> bool:
    """自2016年 … 以来 and the like: a beginning, a duration or a limit, not the time of the event."""
    quote, text = date.quote, sentence.text
    if quote.endswith(_SINCE_THEN) or quote.startswith(_FROM):
        return True
    if date.precision == "period" and (date.date_start is None or date.date_end is None or quote.endswith("开始")):
        return True
    at, behind = date.start - sentence.start, date.end - sentence.start
    if text.endswith(_FROM_THEN, max(0, at - 2), at) or text.startswith(_ON_FROM, behind):
        return True
    since = text.find("以来", behind, behind + 28)
    if since < 0:
        return False
    gap = text[behind:since]
    if gap[0] in ",，" and date.precision in ("year", "month") and "自" not in gap:
        gap = gap[1:]  # 2021年4月,甲与乙结对以来
    return "," not in gap and "，" not in gap


def _opens_period(sentence: Sentence, date: DateMention) -> bool:
    """5年来, 自2016年以来: what follows sums up; 从25日开始 only tells when something begins."""
    if date.quote.endswith("年来"):
        return True
    return is_since(sentence, date) and (date.precision not in _FINE or "以来" in sentence.text)


def _label(sentence: Sentence, date: DateMention) -> bool:
    """A year that only names something: 2018年第一次联席会议, 2023年“春风行动”, 2018年度."""
    tail = sentence.text[date.end - sentence.start :][:2]
    if date.quote.endswith("年度") and tail[:1] not in ("", ",", "，", "、", "。"):
        return True
    return date.precision == "year" and tail.startswith(("第", "度", "“", '"', "届", "-", "—", "鲁", "东西"))


def _inside(part: DateMention, whole: DateMention) -> bool:
    if part.date_start is None or whole.date_start is None or whole.date_end is None:
        return False
    if len(part.date_start) != len(whole.date_start):
        return False
    return whole.date_start <= part.date_start and (part.date_end or part.date_start) <= whole.date_end


def _when(date: DateMention, rule: str, *, own: bool) -> When:
    return When(date.date_start, date.date_end, date.precision, date, f"{rule} ({date.basis}: {date.rule})", own)
