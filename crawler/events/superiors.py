"""Officers of the region above a place, who come to look at it: 自治区党委副书记到红寺堡区."""

from __future__ import annotations

from crawler.events.sides import Party

_LEVELS = ("自治区", "州", "盟")  # words that many a giver's titles cannot begin with


def from_above(title: str, target: Party, home: Party) -> bool:
    """Whether a bare title names the kind of region ``target`` lies in, and ``home`` in none of that kind."""
    level = next((word for word in _LEVELS if title.startswith(word)), None)
    return level is not None and level in target.name and level not in home.name
