"""Where a movement leads: the places right behind it."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.events.sides import Sides
from crawler.events.tables import Hit
from crawler.places import PlaceMention, gazetteer

_SAID_OF = re.compile(
    r"(?:援[疆藏青][^,，。;；、的]{0,6}|帮扶|扶贫|就业)?(?:指挥部|前指|车间|工坊)|[^,，。;；、的]{0,6}(?:援建|捐建|帮扶|支援|援助|捐赠|资助|投资|引进|联建|共建)[^,，。;；、的]{0,4}的|[\u4e00-\u9fff]?(?:扶贫|帮扶|对口)?(?:协作|合作)(?!市)的?"
    r"|[^,，。;；、的]{0,6}(?:对口|结对)[^,，。;；、的]{0,10}(?:——?|的)|(?:风光|风情|文化)?(?:摄影|美术|书画|图片)[^,，。;；、的]{0,4}展"
)
# 来到东西部协作结对点——甲县乙乡, 赴我市对口协作的甲县: what it is to the guests stands before its name
_PARTNER = re.compile(r"[^,，。;；]{0,16}(?:对口|结对|帮扶|协作|支援)[^,，。;；]{0,8}(?:——?|的)")
_NO_TRAVEL = re.compile(r"[,，。;；:：]")


def own_house(sentence: Sentence, move: Hit, sides: Sides) -> list[PlaceMention]:
    """奎文区教体局局长一行来到我校: a house that speaks of itself stands at the place of the other side."""
    said = next((h for h in sentence.of("home_word") if h.start == move.end and h.word.text[1] in _HOUSES), None)
    if said is None:
        return []
    low = sentence.clause(move.start)[0]
    guests = [sides.told(m) for m in sentence.places if low <= m.start and m.end <= move.start and len(m.quote) > 1]
    side = next((told for told in reversed(guests) if told), None)
    host = {"supporting": sides.recipient, "supported": sides.donor}.get(side or "")
    unit = gazetteer().by_code(host.code) if host is not None else None
    if host is None or unit is None:
        return []
    return [PlaceMention(said.start, said.end, said.word.text, host.name, unit, (), "home")]


_HOUSES = "校院"


def targets_of(sentence: Sentence, move: Hit) -> list[PlaceMention]:
    """The places a movement leads to: the one right behind it and those listed with it."""
    out: list[PlaceMention] = []
    end = move.end
    for mention in sentence.places:
        if mention.start < move.end and not (move.has("enter") and mention.end == move.end):
            continue  # 入滇 holds its place
        gap = sentence.text[end - sentence.start : mention.start - sentence.start]
        if not out:
            if "离开" in gap or sentence.text.endswith("离开", 0, mention.start - sentence.start):
                break  # 代表团结束访问离开乙县
            far = len(gap) > 8 or ("的" in gap and len(gap) > 6)
            if (far and _PARTNER.fullmatch(gap) is None) or _NO_TRAVEL.search(gap):
                break
            if sentence.of("purpose", move.end, mention.start):
                break
        elif not re.fullmatch(r"[、和及与以]{0,2}(?:对口\w{2}的)?", gap):
            break
        if mention.unit is None:
            if out:
                break
            continue
        said = _SAID_OF.match(sentence.text, mention.end - sentence.start)
        if said and len(mention.quote) > 2 and mention.quote[-1] in "县区旗" and not said[0].endswith("的"):
            said = None  # 深入新龙县协作项目现场: the county itself is toured
        if said and any(m.start == sentence.start + said.end() for m in sentence.places) and not out:
            end = sentence.start + said.end()
            continue  # 来到浙江对口支援的海西州: the next place is meant
        if said:
            break  # 走访了枝江援建的工厂, 到鲁渝协作产业园: the place only tells whose work it is
        out.append(mention)
        end = mention.end
    return out
