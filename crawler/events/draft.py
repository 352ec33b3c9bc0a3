"""An event while it is being found: its slots, the mentions that fill them, the rules, the losing candidates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.events.scenes import Sentence
from crawler.events.sides import Party
from crawler.facts import DateMention, OrganizationMention, PersonMention, Quantity
from crawler.model import EventType, Precision, Status
from crawler.places import PlaceMention

_ROSTER = re.compile(r"\s*[\u4e00-\u9fff、·()()“”]{2,30}[与和同][\u4e00-\u9fff、·()()“”]{2,30}")


@dataclass(slots=True)
class When:
    """The time of an event: its mention (None when undated), the rule, whether the scene lent it or lies ahead."""

    start: str | None = None
    end: str | None = None
    precision: Precision = "none"
    mention: DateMention | None = None
    rule: str = "undated"
    own: bool = False
    since: bool = False
    recent: bool = False
    ahead: bool = False

    @property
    def known(self) -> bool:
        """Whether any part of a date is known."""
        return self.start is not None or self.end is not None


@dataclass(slots=True)
class Cast:
    """A person in an event: the mention, what the person does there, and which rule put the person there."""

    person: PersonMention
    role: str
    rule: str
    sentence: Sentence


@dataclass(slots=True)
class Draft:
    """One candidate event. ``places`` keeps the mention behind every role, ``why`` the rule per field.

    The rule of the type is ``frame`` and ``words`` (rows of the tables), that of the date stands in ``when``.
    """

    type: EventType
    sentence: Sentence
    start: int
    end: int
    frame: str
    words: str
    head: int
    status: Status = "done"
    when: When = field(default_factory=When)
    supporting: list[Party] = field(default_factory=list)
    supported: list[Party] = field(default_factory=list)
    origin: list[Party] = field(default_factory=list)
    target: list[Party] = field(default_factory=list)
    places: list[tuple[str, PlaceMention]] = field(default_factory=list)
    cast: list[Cast] = field(default_factory=list)
    organizations: list[OrganizationMention] = field(default_factory=list)
    amounts: list[Quantity] = field(default_factory=list)
    pairs: list[tuple[Party, Party]] = field(default_factory=list)
    background: bool = False
    explicit: bool = False
    also_at: list[tuple[Sentence, int, int]] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)
    _stated: list[tuple[Sentence, int, int]] = field(default_factory=list)

    def clause(self) -> tuple[int, int]:
        """Span of the clause the event is stated in."""
        return self.statements()[0][1:]

    def statements(self) -> list[tuple[Sentence, int, int]]:
        """Every place that states the event: its sentence and the span of the clause there."""
        stated = self._stated
        if not stated:
            stated.append((self.sentence, *_clause(self.type, self.sentence, self.start)))
        while len(stated) <= len(self.also_at):
            sentence, start, _ = self.also_at[len(stated) - 1]
            stated.append((sentence, *_clause(self.type, sentence, start)))
        return stated

    def add_person(self, person: PersonMention, role: str, rule: str, sentence: Sentence | None = None) -> None:
        """Cast a person once; leading and hosting beat taking part."""
        for known in self.cast:
            if known.person.name == person.name:
                if known.role == "takes_part" and role != "takes_part":
                    known.role, known.rule = role, rule
                return
        self.cast.append(Cast(person, role, rule, sentence or self.sentence))

    def add_organization(self, organization: OrganizationMention) -> None:
        """Add an organisation once, by its full name: 市第一人民医院 is 惠州市第一人民医院."""
        name = organization.canonical
        if not any(
            name == known.canonical or (name[0] in "省市州县区" and known.canonical.endswith(name))
            for known in self.organizations
        ):
            self.organizations.append(organization)


def _clause(kind: EventType, sentence: Sentence, position: int) -> tuple[int, int]:
    """The clause around ``position``, with what opens it: givers (…等组织,向 …) and lists (甲与乙,丙与丁分别签订 …)."""
    low, high = sentence.clause(position)
    text, base = sentence.text, sentence.start
    if kind == "donation" and low > base and text[low - base] in "向给为":
        low = sentence.clause(low - 1)[0]
    if kind in ("agreement", "pairing") and "分别" in text[low - base : high - base]:
        while low > base:
            before, comma = sentence.clause(low - 1)
            if not _ROSTER.fullmatch(text[before - base : comma - base]):
                break
            low = before
    return low, high
