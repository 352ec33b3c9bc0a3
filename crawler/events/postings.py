"""Postings told by where people go and what they do there: 8名干部赴甲区挂职, 王某某来到乙县一中,开始一年的支教."""

from __future__ import annotations

import re

from crawler.events.dating import Clock
from crawler.events.draft import Draft
from crawler.events.modality import is_total, modality
from crawler.events.objections import SO_LONG
from crawler.events.scenes import Sentence, within
from crawler.events.sides import Sides
from crawler.events.tables import Hit

# what those who stay do; a clause may open with it behind the place they went to
_WORK = (
    r"(?:挂职|任职|担任|挂任|支教|支医|支农|驻点|驻院|坐诊|带教|顶岗|轮岗|任教|送教|讲学|执教|教学"
    r"|工作|帮扶|支援|报到|到岗)"
)
_STAYS = re.compile(
    rf"[^,，。;；、的]{{0,14}}?(?:{_WORK}(?!考察|调研|慰问|对接|项目|协作|资金|产品|干部|教师|医生|车间|工厂|基地|企业|超市|对象|村|户|点|学校|单位|医院|对口|成果|成效|情况|物资|协议|系列|活动)|指导[^,，。;；]{{1,10}}(?:种植|养殖|技术|教学|诊疗))"
)
_THEN_STAYS = re.compile(
    rf"[^,，。;；、的]{{0,14}}[,，](?:正式|将|并)?(?:(?:开始|开启|开展|进行|投入|接续|踏上)[^,，。;；]{{0,16}}?(?:为期|新一轮|新一期|[年月天周])"
    rf"[^,，。;；]{{0,10}}?{_WORK}|挂职|担任|挂任|任)"
)
# 挂职的干部, 挂职期间, 挂职两年来: who they are, or long ago
_NO_NEWS = re.compile(r"(?:锻炼)?(?:的(?!征[程途]|旅程|道路|行列)|期间|以来|时|至今|已|前|多年|后的)")
_TEAM = re.compile(r"(?:\d+(?:余|多)?[名位](?!次)|首批|第[一二三四五六七八九十\d]+批|新一[批轮])[^,，。;；]{0,18}$")
_SQUAD = (
    "医疗队",
    "支教队",
    "支教团",
    "送教团",
    "专家团",
    "专家团队",
    "帮扶团队",
    "工作队",
    "服务团",
    "服务队",
    "特派员团队",
)
# 她主动报名前往: somebody told of before
_ONE_TOLD_OF = re.compile(r"(?:[他她]们?|[俩两三四]人|夫[妻妇](?:[俩二]人)?)[^,，。;；]{0,10}$")
_BRIEF = 6
_A_LIST = 3
_LEARN = re.compile(r"跟岗|跟班|进修|考察|参观|调研|慰问|看望|培训|务工|就业|研学|参赛|座谈")
# 专列载着612名务工人员抵达甲市,其中98名到甲市企业工作
_EARNS = re.compile(r"务工|劳动力|就业|用工|招聘|农民工|员工")
_ON_DUTY = re.compile(
    r"(?:到岗|到任|上任|报到|赴任|就任|履新|[进入援来][疆藏青宁滇黔川陕甘桂])(?:工作|支教|支医|挂职|帮扶)?以来"
)
_THERE = re.compile(r"[^,，。;；的]{0,10}的(?=[,，。;；])")
_PLAIN = re.compile(r"累计|先后|共(?!同)|每年|历年|陆续有|已有")
_COARSE = ("year", "period", "none")


def find_postings(sentences: list[Sentence], sides: Sides, clock: Clock) -> list[Draft]:
    """People who go to a place of one side and stay there to work, in order."""
    out: list[Draft] = []
    for sentence in sentences:
        if "since" in sentence.kinds and (draft := _since_then(sentences, sentence, clock)):
            out.append(draft)
        if "move" not in sentence.kinds or not sentence.places:
            continue
        for move in sentence.kinds["move"]:
            draft = None if sentence.spoken(move.start) else _posting(sentence, move, sides, clock)
            if draft is not None:
                out.append(draft)
                break
    return out


def _posting(sentence: Sentence, move: Hit, sides: Sides, clock: Clock) -> Draft | None:
    text, base = sentence.text, sentence.start
    target = next((m for m in sentence.places if 0 <= m.start - move.end <= 1 and sides.told(m)), None)
    if target is None:
        return None
    behind = target.end - base
    came = _came(sentence, move, behind)
    found = _STAYS.match(text, behind) or _THEN_STAYS.match(text, behind) or came
    if found is None or _NO_NEWS.match(text, found.end()) or SO_LONG.match(text, behind):
        return None
    low, high = sentence.clause(move.start)
    before = text[low - base : move.start - base]
    if found[0].endswith("工作") and _EARNS.search(text):
        return None
    if (
        _PLAIN.search(before)
        or _LEARN.search(text, behind, max(high - base, found.end()))
        or not _who(sentence, low, move, before)
    ):
        return None
    status = modality(sentence, move.start)
    when = clock.at(sentence, move.start)
    if status is None or when.since or is_total(sentence, move.start, when.own and when.precision not in _COARSE):
        return None
    if not when.own and (text.lstrip().startswith("互派") or len(sentence.quantities) > _A_LIST):
        return None  # 互派挂职干部6名,选派教师18名、医生15名到乙县支教: an item of a report
    if when.precision in _COARSE and (clock.is_news or not when.own) and not when.recent:
        return None
    alone = not _TEAM.search(before) and not before.endswith(_SQUAD)
    if alone and not (came or clock.news(when) or when.recent or when.own):
        return None  # how one man came here long ago, but 2019年7月,张某某来到甲县挂职
    if when.ahead:
        status = "planned"
    return Draft(
        "personnel",
        sentence,
        move.start,
        base + found.end(),
        "posting: people + movement + work",
        move.word.row,
        move.start,
        status,
        when,
    )


def _since_then(sentences: list[Sentence], sentence: Sentence, clock: Clock) -> Draft | None:
    """2023年7月到岗以来,他开展新技术9项: the month in which the one told of before took up the post."""
    text, base = sentence.text, sentence.start
    for date in sentence.dates:
        if date.precision not in ("day", "month") or sentence.spoken(date.start):
            continue
        found = _ON_DUTY.match(text, date.end - base)
        if found is None or sentence.of("lead", sentence.start, date.start):
            continue
        near = sentences[max(0, sentence.index - 1) : sentence.index + 1]
        if not any("personnel" in one.kinds for one in near):
            continue
        when = clock.at(sentence, base + found.end())
        when.since = False
        start, end = date.end, base + found.end()
        return Draft("personnel", sentence, start, end, "posting: since one is there", "以来", start, "done", when)
    return None


def _came(sentence: Sentence, move: Hit, behind: int) -> re.Match[str] | None:
    """吕医生是去年7月抵达姚安县的: since when somebody told of is there."""
    text, base = sentence.text, sentence.start
    date = next((d for d in sentence.dates if 0 <= move.start - d.end <= 1), None)
    if date is None or not text.endswith("是", 0, date.start - base):
        return None
    return _THERE.match(text, behind)


def _who(sentence: Sentence, low: int, move: Hit, before: str) -> bool:
    """A counted group, a squad or one named person; a delegation under its leader is a visit."""
    if before.endswith(_SQUAD):
        return True
    if sentence.of("visitor", low, move.start) or sentence.of("lead", low, move.start):
        return False
    if _TEAM.search(before):
        return True
    if _ONE_TOLD_OF.search(before):
        return True
    if len(before) <= _BRIEF and low > sentence.start:  # 教师赵某主动请缨,赴甲县支教
        low = sentence.clause(low - 1)[0]
        people = within(sentence.people, low, move.start)
        return len(people) == 1 and people[0].role != "leads" and not sentence.of("lead", low, move.start)
    people = within(sentence.people, low, move.start)
    return len(people) == 1 and move.start - people[0].end <= 12 and people[0].role != "leads"
