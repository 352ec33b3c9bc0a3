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

from crawler.text.frequency import UNSEEN, cost
from crawler.text.gaps import dropped, starts_mark
from crawler.text.gbk import char_of, code, in_use, private_pairs
from crawler.text.likelihood import NOT_QUOTED, emission, last_of, quotation
from crawler.text.plausible import chars_beginning, chars_ending
from crawler.text.readings import chars_read, readings_of
from crawler.text.stretch import Stretch, Token

ANY = -1
"""A lead byte that is lost."""
_BEAM = 24
_WIDTH = 18
"""A reading this many bits behind the best one is given up."""
_SLACK = 24
_FEW = 4
_MANY = 96
_BRANCHING = 12
_DANGLING = 4
_LONG_QUOTED = 4
"""From this length on a quotation's length does not matter."""
_GAP = 8
_VARIANT = 4


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
    last: str | None
    """The last character; None when each head ends in another one. Then there is no tail."""
    quoted: int
    common: bool = True
    guessed: bool = False
    lost: bool = False


_cost = attrgetter("cost")


def decodings(
    stretch: Stretch, before: str, *, lost_lead: bool, gaps: bool, ceiling: bool
) -> dict[int, list[Decoding]]:
    """All likely readings of ``stretch``, by the index of the token at which each is back in step.

    ``before`` is the sound text of the line in front; ``lost_lead`` says that the lead byte of the first character is
    gone without a trace, ``gaps`` that private-use characters may have been dropped on the way, ``ceiling`` that what
    costs far more than the page as it stands is given up. The search ends where nothing is out of step any more.
    """
    last_code = code(before[-1:])
    last_byte = last_code[-1] if len(last_code) == 2 else None
    carry = ANY if lost_lead else None
    quoted = min(quotation(before), _LONG_QUOTED)
    beam = [_State(0, (_Head(0, ""),), 0, "", carry, last_byte, last_of(before), quoted, guessed=lost_lead)]
    found: dict[int, list[Decoding]] = {}
    index = 0
    following = stretch.token(0)
    while beam and following is not None:
        token = following
        if gaps or token.byte is None or token.reading is not None:
            beam = [single for state in beam for single in _singles(state)]
        if token.byte is None and token.reading is None and len(beam) > _BRANCHING:
            # Each of them will branch over all characters of a lead byte.
            beam = heapq.nsmallest(_BRANCHING, beam, key=_cost)
        index += 1
        following = stretch.token(index)
        ate = stretch.ate_ascii(token)
        grown = [new for state in beam for new in _advance(state, token, ate)]
        if gaps and token.opens:
            carrying = [state for state in beam if state.carry is not None and state.carry != ANY]
            grown += [
                new
                for state in heapq.nsmallest(_BRANCHING, carrying, key=_cost)
                for new in _bridge(state, state.carry or 0, token)
            ]
        at_boundary = following is None or following.opens
        beam = []
        for state in grown:
            if state.carry is None and at_boundary:
                found.setdefault(index, []).extend(_finished(state))
            else:
                beam.append(state)
        if len(beam) > 1 or ceiling:
            beam = _thinned(beam, stretch.shown_cost(index) + _SLACK if ceiling and at_boundary else None)
        if following is None and token.end == len(stretch.text):  # the text is cut off here
            for state in beam:
                if state.carry is not None:
                    cut = state._replace(extra=state.extra + _DANGLING, guessed=True, lost=True)
                    found.setdefault(index, []).extend(_finished(cut))
    return found


def _thinned(beam: list[_State], limit: int | None) -> list[_State]:
    """The states of ``beam`` worth following, those that go on alike made one; ``limit`` is the most one may cost."""
    costs = sorted([state.cost for state in beam])
    if not costs:
        return beam
    most = costs[0] + _WIDTH
    if limit is not None:
        most = min(most, limit)
    if len(costs) > _BEAM:
        most = min(most, costs[_BEAM - 1])
    if costs[-1] > most:
        beam = [state for state in beam if state.cost <= most]
    return _merged(beam) if len(beam) > 1 else beam


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
    groups: dict[tuple[int | None, int | None, str | None, int], list[_State]] = {}
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


def _singles(state: _State) -> Iterable[_State]:
    """``state``, or one for each head when they end in different characters."""
    if state.last is not None:
        return (state,)
    return tuple(
        state._replace(
            cost=head.cost, heads=(head._replace(text=head.text[:-1]),), tail=head.text[-1], last=head.text[-1]
        )
        for head in state.heads
    )


def _advance(state: _State, token: Token, ate: bool) -> Iterable[_State]:
    if state.carry is None:
        return _open(state, token)
    if state.carry == ANY:
        return _close_any(state, token)
    if token.byte is not None and token.reading is None:  # by far the most frequent case
        char = char_of(state.carry, token.byte)
        return () if char is None else (_emit(state, char, token.byte),)
    return _close(state, state.carry, token, ate)


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
            yield from _any_of(state, token.byte)
        else:
            for char in chars_ending(token.byte):
                if token.reading in readings_of(char):
                    yield _emit(state, char, token.byte)
    elif token.reading is not None:
        for char in chars_read(token.reading):
            yield _emit(state, char, code(char)[1])


def _any_of(state: _State, byte: int) -> Iterator[_State]:
    """The likeliest characters with second byte ``byte``: one state for all but the quotation marks."""
    chars = _likeliest(state.last or "", state.quoted, trail=byte)
    heads = [
        _Head(
            head.cost + state.extra + emission(state.last or "", char, state.quoted) + _variant(char),
            head.text + state.tail + char,
            head.common and state.common and _is_usual(char),
            head.guessed or state.guessed,
            head.lost or state.lost,
        )
        for char in chars
        if char not in "“”"
        for head in state.heads
    ]
    if heads:
        heads.sort(key=_cost)
        quoted = min(state.quoted + (state.quoted != NOT_QUOTED), _LONG_QUOTED)
        yield _State(heads[0].cost, tuple(heads[:_MANY]), 0, "", None, byte, None, quoted)
    for char in chars:
        if char in "“”":
            yield _emit(state, char, byte)


def _close(state: _State, lead: int, token: Token, ate: bool) -> Iterator[_State]:
    """``token`` is the second byte of a character whose first byte is known; ``ate`` says that it ate a digit or so."""
    if token.byte is not None:
        char = char_of(lead, token.byte)
        if char is not None and (token.reading is None or token.reading in readings_of(char)):
            yield _emit(state, char, token.byte)
    elif token.reading is not None:
        for byte in _second_bytes(lead, token.reading):
            yield _emit(state, char_of(lead, byte) or "", byte)
    else:
        for char in _likeliest(state.last or "", state.quoted, lead=lead):
            yield _emit(state, char, code(char)[1], swallowed=ate, guessed=True)
        # Or it stands for an undefined pair: the end of this character and the beginning of the next.
        short = state._replace(cost=state.cost + _GAP, extra=state.extra + _GAP)
        for char in _likeliest(state.last or "", state.quoted, lead=lead, undefined=True):
            yield _emit(short, char, code(char)[1], guessed=True)._replace(carry=ANY)


def _bridge(state: _State, lead: int, token: Token) -> Iterator[_State]:
    """Characters of which nothing shows in front of ``token``: the pairs between ``lead`` and it were dropped."""
    short = state._replace(cost=state.cost + _GAP, extra=state.extra + _GAP)
    if token.reading is None and token.byte is not None and starts_mark(token.byte):
        for char in _likeliest(state.last or "", state.quoted, lead=lead)[:_FEW]:
            yield from _open(_emit(short, char, code(char)[1], guessed=True), token)
    else:
        for chars in dropped(state.last or " ", lead, token.byte, token.reading):
            grown = short
            for char in chars:
                grown = _emit(grown, char, code(char)[1], guessed=True)
            yield grown


@cache
def _leads_undefined(lead: int) -> bool:
    """Whether ``lead`` begins pairs that neither GBK defines nor users may."""
    return any(not char_of(lead, trail) and (lead, trail) not in private_pairs() for trail in range(0x81, 0xFF))


def _emit(state: _State, char: str, byte: int, *, swallowed: bool = False, guessed: bool = False) -> _State:
    if state.last is None:
        return _emit_behind_each(state, char, byte)
    usual = _is_usual(char)
    price = emission(state.last, char, state.quoted) + _variant(char)
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


def _emit_behind_each(state: _State, char: str, byte: int) -> _State:
    """``_emit`` for heads that end in different characters: behind ``char`` they are alike."""
    heads = [head._replace(cost=head.cost + emission(head.text[-1], char, state.quoted)) for head in state.heads]
    heads.sort(key=_cost)
    most = heads[0].cost + _WIDTH
    while heads[-1].cost > most:
        heads.pop()
    price = _variant(char)
    quoted = min(state.quoted + (state.quoted != NOT_QUOTED), _LONG_QUOTED)
    last = char
    if char in "“”":
        quoted = 0 if char == "“" else NOT_QUOTED
        last = last_of(heads[0].text[-1] + char)
    common = state.common and _is_usual(char)
    return _State(heads[0].cost + price, tuple(heads), price, char, None, byte, last, quoted, common)


def _variant(char: str) -> int:
    return 0 if _is_usual(char) else _VARIANT


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
    chars = chars_ending(trail or 0) if lead is None else chars_beginning(lead)
    if undefined:
        chars = tuple(char for char in chars if _leads_undefined(code(char)[1]))
    return tuple(heapq.nsmallest(_BEAM, chars, key=lambda char: emission(last, char, quoted)))
