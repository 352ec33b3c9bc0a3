"""Test pages damaged at random, the same for the same number: for the mutation test and tools/soak_reading.py."""

# ruff: noqa: E501  (noise reads best in one line)

from __future__ import annotations

import random
from collections.abc import Callable

from reading_pages import BODY, old_table, paragraphs, portal

SEEDS = (
    portal().encode(),
    old_table().encode("gb18030"),
    portal("<br>".join(BODY), lead="section").encode(),
    f'<title>x</title><script>var d = {{"c": "{paragraphs().replace("/", chr(92) + "/")}"}}</script>'.encode(),
)
NOISE = (b"\x00", b"<", b">", b'"', b"&#", b"&#xD800;", b"</html>", b"<!--", b"<script>", b"</div>" * 9, b"\xff\xfe", b"\x81", b"<div>" * 300,
         b"<table><tr>", b"<a href='" + b"x" * 5000, "（责任编辑：".encode(), b"]]>", b"<svg>", b"<body>", "\u202e\ufeff".encode(), b"\r" * 50)  # fmt: skip


def flip(raw: bytearray, dice: random.Random) -> None:
    raw[dice.randrange(len(raw))] = dice.randrange(256)


def insert(raw: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(raw))
    raw[at:at] = dice.choice(NOISE)


def cut(raw: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(raw))
    del raw[at : at + dice.randrange(1, 200)]


def repeat(raw: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(raw))
    raw[at:at] = raw[at : at + 60] * dice.randrange(1, 30)


def truncate(raw: bytearray, dice: random.Random) -> None:
    del raw[dice.randrange(1, max(2, len(raw))) :]


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (flip, insert, cut, repeat, truncate)


def mutant(number: int) -> bytes:
    dice = random.Random(number)
    raw = bytearray(SEEDS[number % len(SEEDS)])
    for _ in range(dice.randrange(1, 6)):
        dice.choice(MUTATIONS)(raw, dice)
        if not raw:
            break
    return bytes(raw)
