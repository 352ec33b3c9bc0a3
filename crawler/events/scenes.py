"""An article as sentences that know their facts and where somebody is only being quoted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol, TypeVar

from crawler.events.item_headings import with_headings
from crawler.events.speech_marks import COURTESY, DOCUMENT, IN_LINE_WITH, LISTED, ON_THE_SPOT, OPENS, PAPER, REPORTER
from crawler.events.tables import Hit, lexicon
from crawler.facts import DateMention, Facts, OrganizationMention, PersonMention, Quantity
from crawler.places import PlaceMention


class Spanned(Protocol):
    """Anything with character offsets."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """One behind the last character."""


_S = TypeVar("_S", bound=Spanned)
_CLAUSE = re.compile(r"[,，;；:：。!！?？\n]")
_YEAR = re.compile(r"(?:19|20)\d\d年|[今去前]年|当年")
_QUOTE = re.compile(r"[“\"「]([^”\"」]{8,})[”\"」]")
_QUOTE_MARK = re.compile(r"[“”]")
_BOOK = re.compile(r"《[^》]{2,80}》")
_PAUSE = re.compile(r"[,，。!！?？]")
# 18日电, 18日从县里获悉: when it was written down
_WIRED = re.compile(r"(?:凌晨|上午|下午|晚)?(?:专?电|讯|消息|(?:从[^,，。;；]{2,20})?获悉)|[(（]农历")


_MONTH_LINE = 9  # characters of 2019年12月


@dataclass(slots=True)
class Sentence:
    """One sentence and what stands in it. ``speech``: the offset from which somebody is only quoted, or None.

    ``totals``: the paragraph has opened a period (5年来 …) and goes on summing it up. ``doing``: what its people are
    said to do, by where their names begin, and ``acting``: who of them can take part, once somebody asked.
    """

    index: int
    start: int
    end: int
    paragraph: int
    text: str
    hits: list[Hit]
    dates: list[DateMention]
    places: list[PlaceMention]
    people: list[PersonMention]
    organizations: list[OrganizationMention]
    quantities: list[Quantity]
    speech: int | None = None
    listed: bool = False
    totals: bool = False
    quoted: list[tuple[int, int]] = field(default_factory=list)
    kinds: dict[str, list[Hit]] = field(default_factory=dict)
    marks: list[int] = field(default_factory=list)
    following: str = ""
    doing: dict[int, str] = field(default_factory=dict)
    acting: list[PersonMention] | None = None
    before: str = ""

    def of(self, kind: str, low: int | None = None, high: int | None = None) -> list[Hit]:
        """Lexicon hits of ``kind`` inside [low, high)."""
        hits = self.kinds.get(kind)
        if hits is None:
            return []
        if low is None and high is None:
            return hits
        low, high = self.start if low is None else low, self.end if high is None else high
        return [hit for hit in hits if low <= hit.start and hit.end <= high]

    def clause(self, position: int) -> tuple[int, int]:
        """Span of the clause around ``position`` (cut at commas, semicolons, colons)."""
        marks = self.marks
        if not marks:
            base = self.start
            marks = self.marks = [base - 1, *[base + m.start() for m in _CLAUSE.finditer(self.text)], self.end]
        right = bisect_left(marks, position, 1, len(marks) - 1)
        return marks[right - 1] + 1, marks[right]

    def in_book(self, position: int) -> bool:
        """Whether ``position`` lies in a document's title (《…》)."""
        return bool(self.quoted) and any(
            low <= position < high and self.text[low - self.start] == "《" for low, high in self.quoted
        )

    def spoken(self, position: int) -> bool:
        """Whether ``position`` lies in reported speech, a quotation or a book title."""
        if self.listed or (self.speech is not None and position >= self.speech):
            return True
        return bool(self.quoted) and any(low <= position < high for low, high in self.quoted)

    def holder(self, start: int, end: int) -> OrganizationMention | None:
        """The organisation whose name has begun before ``start`` and runs to ``end`` at least."""
        for one in self.organizations:
            if one.start < start and end <= one.end:
                return one
        return None


def on_a_visit(sentence: Sentence, position: int) -> bool:
    """Whether a delegation's journey with its days stands before the clause of ``position``: what follows is of it."""
    low = sentence.clause(position)[0]
    return (
        bool(sentence.of("visitor", sentence.start, low))
        and bool(sentence.of("move", sentence.start, low))
        and any(d.precision in ("day", "range") and d.end <= low for d in sentence.dates)
    )


def within(items: Sequence[_S], low: int, high: int) -> list[_S]:
    """Items of an ordered list that lie inside [low, high)."""
    return [item for item in items if low <= item.start < high and item.end <= high]


def in_name(mention: PlaceMention, sentence: Sentence, *kinds: str) -> bool:
    """Whether a place is only part of the name of a body of one of these kinds."""
    return any(o.kind in kinds and o.start <= mention.start < mention.end < o.end for o in sentence.organizations)


def read_sentences(facts: Facts) -> list[Sentence]:
    """Cut ``facts`` into sentences; speech runs on through a paragraph until the report takes over again."""
    text, spans = facts.text, with_headings(facts)
    hits, dates, places, people, organizations, quantities = (
        _cut(lexicon().scan(text), spans),
        _cut(facts.dates, spans),
        _cut(facts.places, spans),
        _cut(facts.people, spans),
        _cut(facts.organizations, spans),
        _cut(facts.quantities, spans),
    )
    placed = {mention.quote for mention in facts.places if mention.unit is not None}
    out: list[Sentence] = []
    paragraph, previous_end = 0, 0
    for index, (start, end) in enumerate(spans):
        if "\n" in text[previous_end:start] and not (out and _is_month(out[-1])):
            paragraph += 1
        previous_end = end
        sentence = Sentence(
            index,
            start,
            end,
            paragraph,
            text[start:end],
            hits[index],
            _real_dates(dates[index], organizations[index]) if dates[index] and organizations[index] else dates[index],
            places[index],
            [p for p in people[index] if p.title is not None or p.name not in placed] if people[index] else [],
            organizations[index],
            quantities[index],
        )
        kinds = sentence.kinds
        for hit in sentence.hits:
            for kind in hit.word.kinds:
                if kind in kinds:
                    kinds[kind].append(hit)
                else:
                    kinds[kind] = [hit]
        if sentence.places and (sentence.people or sentence.organizations or "idiom" in kinds):
            sentence.places = _outside(sentence)
        out.append(sentence)
    for sentence, after in pairwise(out):
        if after.paragraph == sentence.paragraph and sentence.text.rstrip().endswith((";", "；")):
            after.before = sentence.before + sentence.text
    for after, sentence in pairwise(reversed(out)):
        if after.paragraph == sentence.paragraph and sentence.text.rstrip().endswith((";", "；")):
            listed = after.people and (after.people[0].title_start or after.people[0].start) - after.start <= 1
            sentence.following = after.text + (after.following if listed else "")
    _take_back_years(out)
    _same_day(out)
    _mark_speech(out)
    _mark_long_quotes(out)
    return out


def _is_month(sentence: Sentence) -> bool:
    """Whether a line of a chronicle is nothing but a month, which heads what stands below it."""
    if len(sentence.text) > _MONTH_LINE or len(sentence.dates) != 1:
        return False
    return sentence.dates[0].precision == "month" and sentence.text.strip() == sentence.dates[0].quote


def _real_dates(dates: list[DateMention], organizations: list[OrganizationMention]) -> list[DateMention]:
    """Dates but those that are part of a name (微笑明天慈善基金会)."""
    return [d for d in dates if not any(o.start < d.start and d.end < o.end for o in organizations)]


def _take_back_years(sentences: list[Sentence]) -> None:
    """Where the news has no year (7月3日至6日,…), a year of its background (2018年建成) dates no later day of it."""
    first = next(
        (d for s in sentences for d in s.dates if d.date_start and d.precision in ("day", "range")),
        None,
    )
    if first is None or not (first.date_start or "").startswith("--"):
        return
    for sentence in sentences:
        for at, date in enumerate(sentence.dates):
            lent = date.basis == "preceding date" and date.precision in ("day", "range")
            if lent and not _YEAR.search(sentence.text[: date.end - sentence.start]):
                start, end = (f"-{d[4:]}" if d and d[:1] != "-" else d for d in (date.date_start, date.date_end))
                sentence.dates[at] = replace(date, date_start=start, date_end=end, basis="none")


def _same_day(sentences: list[Sentence]) -> None:
    """Let 当日 mean the day named before it in its own paragraph, else the day the report opens with.

    The day a paper was wired or a reporter was told (18日电, 18日获悉) is neither.
    """
    paragraph = -1
    last: DateMention | None = None
    first: DateMention | None = None
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            paragraph, last = sentence.paragraph, None
        for at, date in enumerate(sentence.dates):
            if date.quote[:2] in ("当日", "当天", "同日"):
                meant = last or first
                if meant is not None and meant.date_start != date.date_start:
                    kept = replace(date, date_start=meant.date_start, date_end=meant.date_end, basis="preceding date")
                    sentence.dates[at] = kept
            elif date.precision == "day" and date.date_start:
                if _WIRED.match(sentence.text, date.end - sentence.start):
                    continue
                last = date
                if first is None and sentence.index < 4:
                    first = date


def _cut(items: Sequence[_S], spans: Sequence[tuple[int, int]]) -> list[list[_S]]:
    """Ordered items by the ordered span they lie in, in one pass."""
    out: list[list[_S]] = [[] for _ in spans]
    if not spans or not items:
        return out
    position, last, (start, end), row = 0, len(spans) - 1, spans[0], out[0]
    for item in items:
        begun = item.start
        while begun >= end and position < last:
            position += 1
            (start, end), row = spans[position], out[position]
        if start <= begun and item.end <= end:
            row.append(item)
    return out


def _outside(sentence: Sentence) -> list[PlaceMention]:
    """Places but those that are part of another word.

    The middle of an organisation's name (工商联合会, 延安中山图书馆), a person's name (尼玛西日), an idiom (真金白银).
    """
    taken = [(p.start, p.end) for p in sentence.people if p.end - p.start > 2]
    taken += [(h.start, h.end) for h in sentence.of("idiom")]
    if not taken and not sentence.organizations:
        return sentence.places
    out = []
    for mention in sentence.places:
        if taken and any(low <= mention.start and mention.end <= high for low, high in taken):
            continue
        holder = sentence.holder(mention.start, mention.end)
        if (
            holder is None
            or runs_on(holder, sentence.hits, mention.start)
            or (mention.basis != "context" and not _foreign(mention, holder, sentence.places))
        ):
            out.append(mention)
    return out


def runs_on(holder: OrganizationMention, hits: list[Hit], position: int) -> bool:
    """Whether an aid verb in an organisation's name right before ``position`` shows that it is a clause.

    密云县卫计委捐献对口支援竹溪县卫计局 names two offices.
    """
    return any(
        holder.start < hit.start and 0 <= position - hit.end <= 1 and (hit.has("direction") or hit.has("donate"))
        for hit in hits
    )


def _foreign(mention: PlaceMention, holder: OrganizationMention, places: list[PlaceMention]) -> bool:
    """Whether an organisation's name starts with a place that has nothing to do with ``mention``."""
    first = next((m for m in places if m.start == holder.start and m is not mention), None)
    if first is None or first.unit is None or mention.unit is None:
        return False
    return first.unit.code[:2] != mention.unit.code[:2]


def _mark_speech(sentences: list[Sentence]) -> None:
    speaking, paragraph = False, -1
    for sentence in sentences:
        text = sentence.text
        if sentence.paragraph != paragraph:
            speaking, paragraph = False, sentence.paragraph
        if "“" in text or '"' in text or "「" in text:
            sentence.quoted = _spans(sentence, (found for found in _QUOTE.finditer(text) if _PAUSE.search(found[1])))
        if "《" in text:
            sentence.quoted += _spans(sentence, _BOOK.finditer(text))
        opens = text[:1] in OPENS or text[:1].isspace()
        if opens and LISTED.match(text):
            sentence.listed = True
            continue
        verb = None
        if "speech" in sentence.kinds:
            verb = next((hit for hit in sentence.kinds["speech"] if _speaks(sentence, hit)), None)
        decree = DOCUMENT.search(text) if "《" in text or (opens and PAPER.match(text)) else None
        if decree is not None and "将" not in decree[0] and IN_LINE_WITH.search(text, 0, decree.start()):
            decree = None  # 根据《 … 的通知》要求
        if decree is not None and (verb is None or sentence.start + decree.end() < verb.end):
            sentence.speech = sentence.start + decree.end()
            speaking = True
        elif verb is not None:
            sentence.speech = verb.end
            speaking = True
        elif speaking:
            if _report_resumes(sentence):
                speaking = False
            else:
                sentence.speech = sentence.start


def _spans(sentence: Sentence, matches: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    return [(sentence.start + found.start(), sentence.start + found.end()) for found in matches]


def _mark_long_quotes(sentences: list[Sentence]) -> None:
    """Mark quotations that run over several sentences of one paragraph (one that is never closed quotes nothing)."""
    opened: tuple[int, int] | None = None
    for index, sentence in enumerate(sentences):
        if opened and sentences[opened[0]].paragraph != sentence.paragraph:
            opened = None
        if "“" not in sentence.text and (opened is None or "”" not in sentence.text):
            continue
        for found in _QUOTE_MARK.finditer(sentence.text):
            position = sentence.start + found.start()
            if found[0] == "“":
                opened = (index, position)
            elif opened and opened[0] < index:
                for covered in sentences[opened[0] : index + 1]:
                    covered.quoted.append((max(opened[1], covered.start), min(position + 1, covered.end)))
                opened = None
            else:
                opened = None


def _speaks(sentence: Sentence, verb: Hit) -> bool:
    """A speech verb opens speech when a person, a pronoun or nobody but a link stands before it in its clause."""
    after = sentence.text[verb.end - sentence.start : verb.end - sentence.start + 1]
    if verb.word.text in ("要求", "建议") and IN_LINE_WITH.search(sentence.text, 0, verb.start - sentence.start):
        return False
    if verb.word.text in ("表示", "说", "要求", "建议", "希望", "表态", "称"):
        rest = sentence.text[verb.end - sentence.start :]
        if not after or (after not in ',,::“"将要愿' and (verb.word.text != "表示" or COURTESY.match(rest))):
            return False
        return verb.word.text in ("表示", "说") or bool(within(sentence.people, sentence.start, verb.start))
    head = sentence.text[: verb.start - sentence.start]
    return (
        bool(within(sentence.people, sentence.start, verb.start)) or head.endswith(("他", "她", "们")) or len(head) < 4
    )


def _report_resumes(sentence: Sentence) -> bool:
    if REPORTER.match(sentence.text) or ON_THE_SPOT.match(sentence.text):
        return True
    first = sentence.people[0] if sentence.people else None
    if first is not None and min(first.start, first.title_start or first.start) <= sentence.start + 1:
        return True  # 冉启明对客人表示欢迎
    head = sentence.start + 14
    if any(date.start < head and date.precision in ("day", "range", "month", "year") for date in sentence.dates):
        return True
    return any(hit.start < sentence.start + 4 for hit in sentence.of("link")) or any(
        sentence.people and hit.start >= sentence.people[0].start
        for kind in ("accompany", "attend")
        for hit in sentence.of(kind)
    )
