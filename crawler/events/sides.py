"""Who gives and who gets aid in an article: the main pair, and the side of every other place against it.

Evidence in order: an official tie on the date, a phrase that names the direction (A 对口帮扶 B), the gradient of aid.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, permutations
from typing import NamedTuple

from crawler.events.listed import coupled, told_apart
from crawler.events.listed import listed as listed_together
from crawler.events.scenes import Sentence
from crawler.events.tables import FAR, NOWHERE, RICH, level, rank, steps_above
from crawler.facts import PersonMention
from crawler.model import Side
from crawler.places import PlaceMention, helps, ties_of

_THANKS = ("感谢", "谢意", "谢忱", "感激", "回报", "致谢")
_HELP = re.compile(r"^[^。;；]{0,30}?(?:支持|帮扶|帮助|援助|支援|援建|关心|关爱|付出|扶持|投入)")
_THANKED = "对向谢激报"
_HELPED_BY = re.compile(r"的(?:大力|无私|鼎力|倾力|真情|倾情|对口)?(?:支持|帮扶|帮助|援助|支援)")
_HELPING = ("离不开", "得益于", "把", "将", "得到", "得到了", "在")
_HELPS = ("帮扶", "援助", "支援", "援建")
_HELD_IN = re.compile(r"在[^,，。;；在]{2,24}?(?:共同|联合|隆重|正式)?(?:举行|召开|举办|开幕|揭牌|启动|成立|签署|签订)")
# last characters of what stands before a place that helps, is helped or is thanked
_GIVES = re.compile(r"捐赠|捐助|拨付|捐款|援助")
_AS_HELPER = re.compile(r"作为[^,，。;；]{0,4}(?:帮扶|支援|援助)(?:单位|城市|地区|方)[,，]")
_SIGNS = frozenset((*_THANKED, *(word[-1] for word in (*_HELPING, *_HELPS))))
_TO_HELP = re.compile(r"[^,，。;；]{0,6}(?:开展|实施|进行)[^,，。;；]{0,16}(?:帮扶|援助|支援|援建|慰问|义诊|支教|送教)")
# charity from Hong Kong and Macao is paired assistance only where the text or a tie says so; from Taiwan never
_CHARITY = ("71", "81", "82")


class Party(NamedTuple):
    """A place that can be a side: official name (village appended) and adcode."""

    name: str
    code: str


def lies_in(part: Party | PlaceMention, whole: Party | PlaceMention) -> bool:
    """Whether a place is a part of another, by their full names."""
    return part.name.startswith(whole.name) and part.name != whole.name


@dataclass(slots=True)
class Sides:
    """The main pair of an article and how it was found; ``lost`` are the pairs that were weighed and not taken.

    ``people`` remembers the side of each person by the offset of the name, ``named`` and ``titles`` what their own
    titles tell of it and the first of them, by name; ``bare`` the side of a title that names only a level, ``bodies``
    that of a school, hospital or firm.
    """

    donor: Party | None = None
    recipient: Party | None = None
    rule: str = "no pair found"
    date: str | None = None
    home: str | None = None
    inspected: bool = False
    lost: list[str] = field(default_factory=list)
    _root: tuple[str, str] = ("", "")
    _known: dict[str, Side | None] = field(default_factory=dict)
    people: dict[int, Side | None] = field(default_factory=dict)
    named: dict[str, Side] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    first: dict[str, tuple[PersonMention, Sentence]] = field(default_factory=dict)
    bare: dict[str, Side] = field(default_factory=dict)
    bodies: dict[str, Side] = field(default_factory=dict)
    _told: dict[int, tuple[PlaceMention, Side | None]] = field(default_factory=dict)

    def of(self, party: Party | None) -> Side | None:
        """The side of ``party``, or None when it stands above both or cannot be told."""
        if party is None or self.donor is None or self.recipient is None:
            return None
        code = party.code
        if code not in self._known:
            self._known[code] = self._side(code, self.donor.code, self.recipient.code)
        return self._known[code]

    def told(self, mention: PlaceMention) -> Side | None:
        """The side of the place a mention stands for, worked out once a mention."""
        known = self._told.get(id(mention))
        if known is None:  # the mention is kept beside its side, so that no other one gets its id
            known = self._told[id(mention)] = (mention, self.of(party(mention)))
        return known[1]

    def those(self, mentions: list[PlaceMention], side: Side) -> list[PlaceMention]:
        """The places of one side among ``mentions``; names of one character count for none."""
        return [m for m in mentions if len(m.quote) > 1 and self.told(m) == side]

    def _side(self, code: str, donor: str, recipient: str) -> Side | None:
        donor_root, recipient_root = self._root
        if code.startswith(donor_root):
            return "supporting"
        if code.startswith(recipient_root):
            return "supported"
        if donor_root[:2] == recipient_root[:2] == code[:2] and code.endswith("0000"):
            return None
        mine, giver, taker = rank(code), rank(donor), rank(recipient)
        if donor == NOWHERE and mine is not None and not code.endswith("0000"):
            return "supported" if mine[0] < RICH else None
        if mine is None or giver is None or taker is None or code[:2] in ("71",):
            return None
        if mine[0] > taker[0] and mine[0] >= RICH:
            return "supporting"
        return "supported" if mine[0] < giver[0] else None

    def refine(self, home: Party | None) -> bool:
        """Let the paper's own jurisdiction stand for a main party named by its parent or by a part; whether it does."""
        refined = False
        if home is None:
            return refined
        for name in ("donor", "recipient"):
            main: Party | None = getattr(self, name)
            other = self.recipient if name == "donor" else self.donor
            if main is None or main == home:
                continue
            # 我市 of a city whose county weighs more: it is the city that meets the other one
            whole = main.name.startswith(home.name) and other is not None and level(home.code) == level(other.code)
            if home.name.startswith(main.name) or whole:
                setattr(self, name, home)
                self._known.clear()
                self._told.clear()
                refined = True
        return refined

    def set_pair(self, donor: Party, recipient: Party, rule: str) -> None:
        """Take a pair; the roots are the provinces, or the prefectures or counties of one province."""
        self.donor, self.recipient, self.rule = donor, recipient, rule
        size = 2
        while size < 6 and donor.code[:size] == recipient.code[:size]:
            size += 2
        self._root = (donor.code[:size], recipient.code[:size])
        self._known.clear()
        self._told.clear()


def party(mention: PlaceMention) -> Party | None:
    """The party a place mention stands for; an ambiguous mention stands for none, a 高新区 or 开发区 for its city."""
    unit = mention.unit
    if unit is None:
        return None
    park = mention.basis == "zone" and is_park(mention)
    return _party(unit.full_name if park else mention.name, unit.code)


def is_park(mention: PlaceMention) -> bool:
    """Whether a zone is a park of its city (高新区, 开发区) and no new district with a government (钱塘新区)."""
    return mention.basis == "zone" and (mention.quote.endswith("高新区") or not mention.quote.endswith("新区"))


@lru_cache(maxsize=8192)
def _party(name: str, code: str) -> Party:
    return Party(name, code)


def find_sides(sentences: list[Sentence], title: list[PlaceMention], date: str | None) -> Sides:
    """Weigh all places of an article (title and lead count more) and choose its giving and its getting side."""
    sides = Sides(date=date)
    weight: dict[Party, float] = {}
    for mention in title:
        _count(weight, mention, 3.0)
    for sentence in sentences:
        heavy = 2.5 if sentence.paragraph == 0 or sentence.index < 2 else 1.0
        held = held_in(sentence) if heavy > 1 and sentence.places else None
        quoted = sentence.listed or sentence.speech is not None or sentence.quoted
        for mention in sentence.places:
            value = 0.6 if quoted and sentence.spoken(mention.start) else heavy
            _count(weight, mention, value / 4 if held and held[0] < mention.start < held[1] else value)
    votes = _votes(sentences)
    favours = _favours(sentences)
    couples = coupled(sentences)
    listed = {told for told in listed_together(sentences) if told not in couples and told[::-1] not in couples}
    paired = any(hit.word.text.startswith(("对口", "东西部")) for s in sentences for hit in s.of("aid"))
    best: tuple[float, Party, Party, str] | None = None
    scored = []
    own: set[str] | None = None
    for a, b in _rivals(_roots(weight)):
        (giver_root, giver_sum, giver), (taker_root, taker_sum, taker) = a, b
        found = _direction(giver, taker, giver_root, taker_root, votes, date, listed, charity=not paired)
        found = found or (_favoured(giver_root, taker_root, favours) if favours else None)
        if found is not None and found[1].startswith("gradient") and len(giver_root) > 2:
            own = told_apart(sentences) | _in_title(title) if own is None else own
            if not all(any(code.startswith(root) for code in own) for root in (giver_root, taker_root)):
                continue  # seats of firms make no pair inside a province
        if found is not None:
            strength, rule = found
            total = min(giver_sum, taker_sum) + 0.3 * max(giver_sum, taker_sum) + strength
            scored.append((total, giver, taker, rule))
    scored.sort(key=lambda item: (-item[0], item[1].name, item[2].name))
    if scored:
        best = scored[0]
        sides.set_pair(best[1], best[2], best[3])
        sides.lost = [f"{giver.name} > {taker.name} ({score:.1f}: {rule})" for score, giver, taker, rule in scored[1:4]]
    elif couples:
        first, second = min(couples, key=lambda told: (-couples[told], told))
        told = {found.code: found for found in weight}
        if first in told and second in told:
            sides.set_pair(told[first], told[second], "told as a couple, the giver first by custom")
    return sides


def _in_title(title: list[PlaceMention]) -> set[str]:
    """The places a headline names by themselves."""
    return {m.unit.code for m in title if m.unit is not None and m.basis != "organisation"}


def held_in(sentence: Sentence) -> tuple[int, int] | None:
    """Span of 在西安举行: where something is held need be nobody's side."""
    held = _HELD_IN.search(sentence.text) if "在" in sentence.text else None
    return (sentence.start + held.start(), sentence.start + held.end()) if held else None


def _favours(sentences: list[Sentence]) -> Counter[str]:
    """Weak signs, by adcode: who is thanked for help gives it (+1), where somebody goes to help gets it (-1)."""
    out: Counter[str] = Counter()
    for sentence in sentences:
        if not sentence.places:
            continue
        text, base = sentence.text, sentence.start
        first = True  # only who is thanked first
        for mention in sentence.places:
            at = mention.start - base
            if mention.unit is None or not at or text[at - 1] not in _SIGNS:
                continue
            if first and text[at - 1] in _THANKED and _thanks(text, mention.end - base):
                out[mention.unit.code] += 1
                first = False
            before = next((m for m in sentence.places if m.end == mention.start - 1 and m.unit), None)
            if before and before.unit and text[at - 1] == "向" and _GIVES.match(text, mention.end - base):
                out[before.unit.code] += 1  # 甲区向乙区捐赠帮扶资金
                out[mention.unit.code] -= 1
            if text.endswith(_HELPING, max(0, at - 4), at) and _HELPED_BY.match(text, mention.end - base):
                out[mention.unit.code] += 1  # 离不开甲的大力支持
            elif text.endswith(_HELPS, max(0, at - 4), at):
                out[mention.unit.code] -= 1  # 真情帮扶乙
        for hit in sentence.of("move"):
            target = next((m for m in sentence.places if 0 <= m.start - hit.end <= 1 and m.unit), None)
            if target and target.unit and _TO_HELP.match(sentence.text, target.end - sentence.start):
                out[target.unit.code] -= 1
    return out


def _thanks(text: str, behind: int) -> bool:
    """对甲的大力支持表示感谢: thanks in the sentence, and help right behind the name."""
    return any(word in text for word in _THANKS) and _HELP.search(text[behind:]) is not None


_CORPS = "66"  # the Xinjiang corps is helped, whoever else is


def _favoured(giver: str, taker: str, favours: Counter[str]) -> tuple[float, str] | None:
    """Strength and rule where only thanks and errands of help tell the direction."""
    if giver[:2] == _CORPS:
        return None
    lead = sum(n * (code.startswith(giver) - code.startswith(taker)) for code, n in favours.items())
    return (1.0, "thanks or errands of help tell the direction") if lead > 0 else None


def _count(weight: dict[Party, float], mention: PlaceMention, value: float) -> None:
    found = party(mention)
    if found is not None:
        weight[found] = weight.get(found, 0) + (value if len(mention.quote) > 1 else value / 4)


def _roots(weight: dict[Party, float]) -> list[tuple[str, float, Party]]:
    """Provinces, prefectures and counties as possible sides: code prefix, summed weight, its weightiest place."""
    out = []
    for size in (2, 4, 6):
        groups: dict[str, list[tuple[Party, float]]] = {}
        for item in weight.items():
            code = item[0].code
            if size == 2 or code[size - 2 : size] != "00":
                groups.setdefault(code[:size], []).append(item)
        for prefix, members in groups.items():
            if len(members) == 1:
                out.append((prefix, members[0][1], members[0][0]))
                continue
            top, _ = max(members, key=lambda item: (item[1], -len(item[0].name)))
            out.append((prefix, sum([value for _, value in members]), top))
    return out


def _rivals(roots: list[tuple[str, float, Party]]) -> Iterator[tuple[tuple[str, float, Party], ...]]:
    """Ordered pairs of possible sides: provinces with provinces, lower units with those of their own province."""
    groups: dict[tuple[int, str], list[tuple[str, float, Party]]] = {}
    for root in roots:
        if root[0][:2] != "71":
            groups.setdefault((len(root[0]), root[0][:2] if len(root[0]) > 2 else ""), []).append(root)
    for members in groups.values():
        yield from permutations(members, 2)


def _votes(sentences: list[Sentence]) -> Counter[tuple[str, str]]:
    """Phrases that name a direction: a place, an aid verb, a place, with next to nothing between them; 苏陕, 鲁甘."""
    votes: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        if len(sentence.places) < 2:
            continue
        for donor, recipient in _compounds(sentence):
            votes[donor.code, recipient.code] += 1
        if "作为" in sentence.text and (pair := _as_helper(sentence)):
            votes[pair] += 1
        for hit in sentence.of("direction"):
            before = [m for m in sentence.places if m.end <= hit.start and hit.start - m.end <= 12]
            after = [m for m in sentence.places if m.start >= hit.end and m.start - hit.end <= 6]
            if not before or not after:
                continue
            giver, taker = party(before[-1]), party(after[0])
            low, high = sentence.clause(hit.start)
            if giver and taker and giver.code != taker.code and before[-1].start >= low and after[0].end <= high:
                votes[giver.code, taker.code] += 1
    return votes


def _as_helper(sentence: Sentence) -> tuple[str, str] | None:
    """德阳市作为结对帮扶单位,按照…部署,对通江县开展帮扶: who helps, and the place behind 对 or 向."""
    text, base = sentence.text, sentence.start
    giver = next((m for m in sentence.places if m.unit and _AS_HELPER.match(text, m.end - base)), None)
    taker = next(
        (m for m in sentence.places if giver and m.unit and m.start > giver.end and text[m.start - base - 1] in "对向"),
        None,
    )
    return (giver.unit.code, taker.unit.code) if giver and taker and giver.unit and taker.unit else None


def _compounds(sentence: Sentence) -> Iterator[tuple[Party, Party]]:
    """Provinces written as one word, giver first by custom (苏陕协作); the gradient must agree (甘青 is a region)."""
    for first, second in pairwise(sentence.places):
        if first.basis == second.basis == "abbreviation" and first.end == second.start:
            giver, taker = party(first), party(second)
            if giver and taker and (steps_above(giver.code, taker.code) or 0) >= FAR:
                yield giver, taker


@lru_cache(maxsize=4096)
def official(giver: Party, taker: Party, date: str | None) -> str | None:
    """The scheme under which ``giver`` (or its parent or child) helps ``taker``; ties have a direction here."""
    for when in (date, _half_a_year_on(date)):
        for row in ties_of(giver.code, when) if when or not date else ():
            if related(row.donor, giver.name) and related(row.recipient, taker.name):
                return row.scheme
        if (when or not date) and (scheme := helps(giver.code, taker.code, when)):
            return scheme  # a tie with 日喀则地区 holds for 日喀则市
    return None


def _half_a_year_on(date: str | None) -> str | None:
    """Sides visit each other some months before the paper that ties them is out."""
    if not date or len(date) < 7 or not date[:4].isdecimal():
        return None
    year, month = int(date[:4]), int(date[5:7]) + 6
    return f"{year + (month > 12)}-{(month - 1) % 12 + 1:02}"


def related(a: str, b: str) -> bool:
    """Whether one of two full names is the other or holds it."""
    return a.startswith(b) or b.startswith(a)


def _direction(
    giver: Party,
    taker: Party,
    giver_root: str,
    taker_root: str,
    votes: Counter[tuple[str, str]],
    date: str | None,
    listed: set[tuple[str, str]],
    *,
    charity: bool,
) -> tuple[float, str] | None:
    """Strength and rule of "giver helps taker", None when nothing speaks for it."""
    voted = against = 0
    for (a, b), n in votes.items():
        voted += n if a.startswith(giver_root) and b.startswith(taker_root) else 0
        against += n if a.startswith(taker_root) and b.startswith(giver_root) else 0
    scheme = official(giver, taker, date)
    if scheme is not None:
        return 6.0 + voted, f"official tie: {scheme}"
    if voted > against:
        return 4.0 + voted, "the text names the direction of aid"
    if charity and (giver_root[:2] in _CHARITY or taker_root[:2] in _CHARITY):
        return None
    mine, theirs = rank(giver.code), rank(taker.code)
    if mine is None or theirs is None or mine[0] <= theirs[0] or against > voted:
        return None
    roots = {giver_root, taker_root}
    if any({one[: len(giver_root)], other[: len(taker_root)]} == roots for one, other in listed):
        return None
    # inside one province the gradient alone is weak: both sides must be of one kind of unit
    same = giver_root[:2] == taker_root[:2]
    return (0.0 if same else 2.0), f"gradient of aid: {mine[1]} above {theirs[1]}"
