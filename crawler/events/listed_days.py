"""One telling of several happenings: 3月27日、9月24日,甲乙第七次、第八次联席会议召开."""

from __future__ import annotations

from dataclasses import replace

from crawler.events.draft import Draft
from crawler.events.tables import HELD
from crawler.facts import DateMention

_JOINTS = ("、", "和", "及", "与", "以及")
_ON_DAYS = frozenset((*HELD, "visit", "agreement", "donation"))


def each_day(drafts: list[Draft]) -> list[Draft]:
    """The drafts, and before each one told on the last of several days or months one for every earlier of them."""
    out: list[Draft] = []
    for draft in drafts:
        out += [*(_on(draft, date) for date in _earlier(draft)), draft]
    return out


def _earlier(draft: Draft) -> list[DateMention]:
    """The days listed right before the one of the draft, of other months than the day behind them."""
    last, sentence = draft.when.mention, draft.sentence
    if draft.type not in _ON_DAYS or not draft.when.own or last is None or last not in sentence.dates:
        return []
    if last.precision not in ("day", "month") or last.end > draft.start:
        return []
    out: list[DateMention] = []
    for date in sentence.dates[: sentence.dates.index(last)][::-1]:
        following = out[-1] if out else last
        joint = sentence.text[date.end - sentence.start : following.start - sentence.start]
        if joint not in _JOINTS or date.precision != last.precision or not date.date_start or not following.date_start:
            break
        if date.date_start[:7] == following.date_start[:7]:
            break  # 3日、5日: days of one journey
        out.append(date)
    return out[::-1]


def _on(draft: Draft, date: DateMention) -> Draft:
    when = replace(draft.when, start=date.date_start, end=date.date_end, mention=date)
    return replace(draft, start=date.start, when=when, cast=list(draft.cast), why=dict(draft.why))
