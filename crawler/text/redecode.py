"""Read a stretch of misaligned text again from its GBK bytes, with what was lost as unknowns.

A byte-wise replacement that hits two bytes straddling two characters leaves the reader one byte out of step: every
character up to the next ASCII byte is then a chance one. The bytes themselves are all there but for the one or two that
were swallowed, so the stretch is decoded again with those as unknowns; a beam search keeps the readings that make the
likeliest text.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from crawler.text.frequency import UNSEEN, cost, followers, step
from crawler.text.gbk import char_of, code, in_use
from crawler.text.likelihood import NOT_QUOTED, emission, last_of, quotation
from crawler.text.readings import chars_read, readings_of
from crawler.text.script import simplified_char

ANY = -1
"""A lead byte that is lost."""
_BEAM = 24
_WIDTH = 18
"""A reading this many bits behind the best one is given up."""
_SLACK = 24
_FEW = 4
_DANGLING = 4
_LONG_QUOTED = 4
"""From this length on a quotation's length does not matter."""
_GAP = 8
_VARIANT = 4
_GUESSED = 18
"""A character of which a byte is lost is only looked for among those up to this cost."""


class Token(NamedTuple):
    """One byte of the stretch (``byte``), or a swallowed one (``byte`` None).

    ``reading`` is the gloss that follows it: the byte before it and this one make a character that reads so. ``start``
    and ``end`` are what it took up in the page; ``opens`` says that a character of the page begins here.
    """

    byte: int | None
    start: int
    end: int
    opens: bool
    reading: str | None = None


class Decoding(NamedTuple):
    """One way to read a stretch: the text, its cost in bits, and what had to be assumed.

    ``common`` says that all its characters are in use, ``guessed`` that a lost byte was chosen by likelihood, ``lost``
    that a ``?`` in it stands for a character that nothing is left of.
    """

    text: str
    cost: int
    common: bool
    guessed: bool
    lost: bool


class _Head(NamedTuple):
    """The first part of a reading, and its cost when it was merged with its rivals."""

    cost: int
    text: str
    common: bool = True
    guessed: bool = False
    lost: bool = False


class _State(NamedTuple):
    """Readings that go on alike: rival ``heads``, best first, all followed by ``tail``, which cost them ``extra``."""

    cost: int
    """Of the best head and the tail."""
    heads: tuple[_Head, ...]
    extra: int
    tail: str
    carry: int | None
    last_byte: int | None
    last: str
    quoted: int
    common: bool = True
    guessed: bool = False
    lost: bool = False


_cost = attrgetter("cost")


def decodings(
    tokens: list[Token], before: str, *, lost_lead: bool, dangling: bool, gaps: bool, ceiling: dict[int, int] | None
) -> dict[int, list[Decoding]]:
    """All likely readings of ``tokens``, by the index of the token at which each is back in step.

    ``before`` is the sound text of the line in front; ``lost_lead`` says that the lead byte of the first character is
    gone without a trace, ``dangling`` that the text is cut off behind ``tokens``, ``gaps`` that private-use characters
    may have been dropped on the way. ``ceiling`` is the cost of the page as it stands before some tokens: what is far
    above it is given up. The search ends where nothing is out of step any more.
    """
    last_code = code(before[-1:])
    last_byte = last_code[-1] if len(last_code) == 2 else None
    carry = ANY if lost_lead else None
    quoted = min(quotation(before), _LONG_QUOTED)
    beam = [_State(0, (_Head(0, ""),), 0, "", carry, last_byte, last_of(before), quoted, guessed=lost_lead)]
    found: dict[int, list[Decoding]] = {}
    for index, token in enumerate(tokens):
        if token.byte is None and token.reading is None and len(beam) > _FEW:
            beam = heapq.nsmallest(_FEW, beam, key=_cost)  # each of them will branch over all characters of a lead byte
        grown = [new for state in beam for new in _advance(state, tokens, index)]
        if gaps and tokens[index].opens:
            carrying = [state for state in beam if state.carry is not None and state.carry != ANY]
            grown += [
                new for state in heapq.nsmallest(_FEW, carrying, key=_cost) for new in _bridge(state, tokens[index])
            ]
        at_boundary = index + 1 == len(tokens) or tokens[index + 1].opens
        beam = []
        for state in grown:
            if state.carry is None and at_boundary:
                found.setdefault(index + 1, []).extend(_finished(state))
            else:
                beam.append(state)
        if not beam:
            break
        if dangling and index + 1 == len(tokens):
            ends = [state for state in beam if state.carry is not None]
            for state in ends:
                cut = state._replace(extra=state.extra + _DANGLING, guessed=True, lost=True)
                found.setdefault(index + 1, []).extend(_finished(cut))
        limit = min(beam, key=_cost).cost + _WIDTH
        if ceiling is not None and index + 1 in ceiling:
            limit = min(limit, ceiling[index + 1] + _SLACK)
        if len(beam) > _BEAM:
            limit = min(limit, heapq.nsmallest(_BEAM, map(_cost, beam))[-1])
        beam = _merged([state for state in beam if state.cost <= limit])
    return found


def _finished(state: _State) -> Iterator[Decoding]:
    for head in _heads(state):
        yield Decoding(head.text, head.cost, head.common, head.guessed, head.lost)


def _heads(state: _State) -> Iterator[_Head]:
    """The whole readings of ``state``."""
    for head in state.heads:
        yield _Head(
            head.cost + state.extra,
            head.text + state.tail,
            head.common and state.common,
            head.guessed or state.guessed,
            head.lost or state.lost,
        )


def _merged(states: list[_State]) -> list[_State]:
    """``states`` with those made one that no later byte can tell apart; a search of one way costs least."""
    groups: dict[tuple[int | None, int | None, str, int], list[_State]] = {}
    for state in states:
        groups.setdefault((state.carry, state.last_byte, state.last, state.quoted), []).append(state)
    if len(groups) == len(states):
        return states
    merged: list[_State] = []
    for key, group in groups.items():
        if len(group) == 1:
            merged += group
            continue
        heads = heapq.nsmallest(_BEAM, (head for state in group for head in _heads(state)), key=_cost)
        best = heads[0].cost
        merged.append(_State(best, tuple(head for head in heads if head.cost <= best + _WIDTH), 0, "", *key))
    return merged


def _advance(state: _State, tokens: list[Token], index: int) -> Iterator[_State]:
    if state.carry is None:
        return _open(state, tokens[index])
    if state.carry == ANY:
        return _close_any(state, tokens[index])
    return _close(state, state.carry, tokens, index)


def _open(state: _State, token: Token) -> Iterator[_State]:
    """``token`` is the first byte of a character."""
    if token.byte is None and token.reading is not None:
        guessed = state.guessed or state.last_byte is None
        for byte in _second_bytes(state.last_byte, token.reading):
            yield state._replace(carry=byte, last_byte=byte, guessed=guessed)
    elif token.byte is None:
        yield state._replace(carry=ANY, last_byte=None, guessed=True)
    elif token.byte <= 0x80:
        yield _emit(state, "€" if token.byte == 0x80 else chr(token.byte), token.byte)
    else:
        yield _State(*state[:4], token.byte, token.byte, *state[6:])  # type: ignore[arg-type]  # _replace is slow


def _close_any(state: _State, token: Token) -> Iterator[_State]:
    """``token`` is the second byte of a character whose first is lost."""
    if token.byte is not None:
        if token.reading is None:
            chars = _likeliest(state.last, state.quoted, trail=token.byte)
        else:
            chars = tuple(char for char in _chars_ending(token.byte) if token.reading in readings_of(char))
        for char in chars:
            yield _emit(state, char, token.byte)
    elif token.reading is not None:
        for char in chars_read(token.reading):
            yield _emit(state, char, code(char)[1])


def _close(state: _State, lead: int, tokens: list[Token], index: int) -> Iterator[_State]:
    """``token`` is the second byte of a character whose first byte is known."""
    token = tokens[index]
    if token.byte is not None:
        char = char_of(lead, token.byte)
        if char is not None and (token.reading is None or token.reading in readings_of(char)):
            yield _emit(state, char, token.byte)
    elif token.reading is not None:
        for byte in _second_bytes(lead, token.reading):
            yield _emit(state, char_of(lead, byte) or "", byte)
    else:
        swallowed = _swallowed(tokens, index)
        for char in _likeliest(state.last, state.quoted, lead=lead):
            yield _emit(state, char, code(char)[1], swallowed=swallowed, guessed=True)
        # Or it stands for an undefined pair: the end of this character and the beginning of the next.
        short = state._replace(cost=state.cost + _GAP, extra=state.extra + _GAP)
        for char in _likeliest(state.last, state.quoted, lead=lead, undefined=True):
            yield _emit(short, char, code(char)[1], guessed=True)._replace(carry=ANY)


def _bridge(state: _State, token: Token) -> Iterator[_State]:
    """Two characters whose inner bytes made a private-use pair that was dropped in front of ``token``."""
    last = state.last or " "
    pairs = [
        (step(last, first) + between, first, other)
        for between, first, other in _pairs_across(state.carry or 0, token.byte, token.reading)
    ]
    for _, first, other in heapq.nsmallest(_FEW, pairs):
        short = state._replace(cost=state.cost + _GAP, extra=state.extra + _GAP)
        opened = _emit(short, first, code(first)[1], guessed=True)
        yield _emit(opened, other, code(other)[1], guessed=True)


@cache
def _pairs_across(lead: int, trail: int | None, reading: str | None) -> list[tuple[int, str, str]]:
    """Two characters of one word from ``lead`` to ``trail`` or ``reading``, private inside, with the step between."""
    seconds = _second_halves(trail, reading)
    return [
        (step(first, other), first, other)
        for first in _first_halves(lead)
        for simple in followers(first) & seconds.keys()
        for other in seconds[simple]
        if _is_private(code(first)[1], code(other)[0])
    ]


@cache
def _first_halves(lead: int) -> tuple[str, ...]:
    """Characters with first byte ``lead`` whose second byte may begin a private-use pair."""
    return tuple(char for char in _chars_beginning(lead) if _leads_private(code(char)[1]))


@cache
def _second_halves(trail: int | None, reading: str | None) -> dict[str, list[str]]:
    """Characters with second byte ``trail``, or that read ``reading``, by their simplified form."""
    found: dict[str, list[str]] = {}
    chars = _chars_ending(trail) if trail is not None else filter(_is_guessable, chars_read(reading or ""))
    for char in chars:
        found.setdefault(simplified_char(char), []).append(char)
    return found


@cache
def _leads_undefined(lead: int) -> bool:
    """Whether ``lead`` begins pairs that neither GBK defines nor users may."""
    return any(not char_of(lead, trail) and not _is_private(lead, trail) for trail in range(0x81, 0xFF))


def _leads_private(lead: int) -> bool:
    return 0xA1 <= lead <= 0xA7 or 0xAA <= lead <= 0xAF or 0xF8 <= lead <= 0xFE


def _is_private(lead: int, trail: int) -> bool:
    """Whether the two bytes are a pair of the user-defined zones."""
    return _leads_private(lead) and (trail <= 0xA0 if lead <= 0xA7 else trail >= 0xA1)


def _swallowed(tokens: list[Token], index: int) -> bool:
    """Whether the lost byte took an ASCII character with it: it stood before a number or a word."""
    if index + 1 == len(tokens):
        return False
    byte = tokens[index + 1].byte
    return byte is not None and (0x30 <= byte <= 0x39 or byte in b".%")


def _emit(state: _State, char: str, byte: int, *, swallowed: bool = False, guessed: bool = False) -> _State:
    usual = _is_usual(char)
    price = emission(state.last, char, state.quoted) + (0 if usual else _VARIANT)
    quoted = min(state.quoted + (state.quoted != NOT_QUOTED), _LONG_QUOTED)
    last = "?" if swallowed else char
    if char in "“”":
        quoted = 0 if char == "“" else NOT_QUOTED
        last = last_of(state.last + char)
    return _State(
        state.cost + price,
        state.heads,
        state.extra + price,
        state.tail + char + ("?" if swallowed else ""),
        None,
        byte,
        last,
        quoted,
        state.common and usual,
        state.guessed or guessed,
        state.lost or swallowed,
    )


@cache
def _is_usual(char: str) -> bool:
    return not "\u4e00" <= char <= "\u9fff" or (cost(char) < UNSEEN and in_use(char))


@cache
def _second_bytes(first: int | None, reading: str) -> tuple[int, ...]:
    """Bytes that, behind ``first`` (any byte if None), make a character that reads ``reading``.

    Only bytes from 0x81 count: a smaller one would not have swallowed the parenthesis of the gloss.
    """
    codes = [code(char) for char in chars_read(reading)]
    return tuple(sorted({pair[1] for pair in codes if first in (None, pair[0]) and pair[1] > 0x80}))


@lru_cache(maxsize=1 << 14)
def _likeliest(
    last: str, quoted: int, *, lead: int | None = None, trail: int | None = None, undefined: bool = False
) -> tuple[str, ...]:
    """The likeliest characters behind ``last`` with one known byte; with ``undefined`` the other leads a void pair."""
    chars = _chars_ending(trail or 0) if lead is None else _chars_beginning(lead)
    if undefined:
        chars = tuple(char for char in chars if _leads_undefined(code(char)[1]))
    return tuple(heapq.nsmallest(_BEAM, chars, key=lambda char: emission(last, char, quoted)))


@cache
def _chars_ending(trail: int) -> tuple[str, ...]:
    """Plausible characters with second byte ``trail``: ideographs in use, and the marks of running text."""
    return _plausible(char_of(lead, trail) for lead in range(0x81, 0xFF))


@cache
def _chars_beginning(lead: int) -> tuple[str, ...]:
    return _plausible(char_of(lead, trail) for trail in range(0x40, 0xFF))


def _plausible(chars: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(char for char in chars if char and (char in "，。、：；！？“”‘’《》（）·—…" or _is_guessable(char)))


def _is_guessable(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and cost(char) <= _GUESSED and in_use(char)
