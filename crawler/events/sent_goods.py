"""Goods on the road: vegetables sent to a town in need are a gift, and what a gift goes on with is no sale."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.events.draft import Draft
from crawler.events.scenes import Sentence

# bought or sold, whatever the need
_SOLD = re.compile(r"销(?!毁)|售|[购买]|订[单货]|采购|签约|交易|上[架市]|带货|展(?!开)|市场|超市|元")
_TRADE = re.compile(r"销售|售出|[购采]买|采购|订单|订购|展销|带货|直播|集市|上架|超市|签约")
_GIVEN = re.compile(r"捐|赠|爱心|驰援|无偿|免费|慰问|馈赠|分给|分发|交由|回馈|感恩|报恩|涌泉")
_ON_THE_ROAD = re.compile(r"运|发往|发车|送[达抵往到至]|驶|启程|出发|抵达|到达")
_NEED = re.compile(r"疫情|抗疫|战疫|防疫|抗击|保供|封控|灾[区情]|抗震|救灾|洪[水涝]|地震")
_SAME_GOODS = re.compile(
    r"\s*(?:据[^,，。]{1,6}[,，])?(?:这|该|此|本|首|第[一二三四]|两|[一几])(?:次|些)?[批车]|车上|其中"
)
_NEAR = 2


def gifts_or_sales(drafts: list[Draft], sentences: Sequence[Sentence]) -> list[Draft]:
    """The drafts: goods on their way to a town in need become gifts, those of a gift told before are left out."""
    told = [d for d in drafts if d.type == "donation" and d.status == "done"]
    out: list[Draft] = []
    for draft in drafts:
        if draft.type != "consumption" or ": goods+" not in draft.frame or not _sent(draft.sentence.text):
            out.append(draft)
            continue
        index = draft.sentence.index
        near = [d for d in told if 0 <= index - d.sentence.index <= _NEAR]
        if near and (_SAME_GOODS.match(draft.sentence.text) or _GIVEN.search(draft.sentence.text)):
            continue
        around = sentences[max(0, index - _NEAR) : index + 1]
        if any(_GIVEN.search(s.text) for s in around) or _needed(sentences):
            draft.type = "donation"
        out.append(draft)
    return out


def _sent(text: str) -> bool:
    """Whether goods are only said to travel."""
    return _ON_THE_ROAD.search(text) is not None and _SOLD.search(text) is None


def _needed(sentences: Sequence[Sentence]) -> bool:
    """Whether the article tells of an epidemic or a disaster, and of no sale."""
    return any(_NEED.search(s.text) for s in sentences) and not any(_TRADE.search(s.text) for s in sentences)
