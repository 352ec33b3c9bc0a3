"""Words of strangers made safe to show: nothing a page says may steer a terminal or turn a line around."""

from __future__ import annotations

import re

# Besides control characters (C0, C1): what reorders, hides or joins text. Trojan Source (CVE-2021-42574).
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text with every character that steers a terminal or reorders words written as its escape (``\\x1b``).

    Line ends and tabs stay; use :func:`visible_line` where a line must stay one line.
    """
    return _STEERING.sub(_escaped, text)


def visible_line(text: str) -> str:
    """The same on one line: line ends and tabs are written as escapes too."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def one_line(error: BaseException) -> str:
    """An error's type and the first line of what it says, for messages that give the cause of a failure."""
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
