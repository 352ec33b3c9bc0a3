"""Places that are named but take no part: where people land, who helped before, a town that stands for its group."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.events.scenes import Sentence
from crawler.places import PlaceMention, gazetteer

# an article without one of these has no bystanders; each begins with a letter of its own, which is searched faster
_SIGN = re.compile(
    r"机场|车站|高铁站|动铁站|码头|抵达|到达|飞[抵往赴]|起飞|出发的|接[棒替续过]|调整为|变更为|更换为|改为|组团|\(原|（原|商会|同乡会|日[电讯专]|讯[\s(（]|州府|首府|省会|籍"
)
# 市温州商会, 北京河北企业商会: where the members of a chamber come from
_CHAMBER = re.compile(r"(?:籍)?(?:企业家?|青年)?(?:总?商会|同乡会)")
_STATION = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:机场|火车站|高铁站|动车站|汽车站|码头)")
_TAKES_OFF = re.compile(
    r"(?:乘机|乘飞机|直接|启程)?(?:飞抵|飞往|飞赴|起飞|转机|中转)|出发的(?:包机|专列|列车|航班|大巴)"
)
# 中新网银川9月22日电: where it was wired from
_WIRED_FROM = re.compile(r"\s*\d{1,2}月\d{1,2}日(?:专?电|讯)|讯[\s(（]")
# 佛山“接棒”杭州, 由杭州市调整为佛山市, 从杭州市手中接过接力棒: whose turn is over
_RELIEVES = re.compile(r"(?:接棒|接替|接续)[”\"」]?(?:原来的|此前的|原)?$")
_RELIEVED = re.compile(r"(?:对口)?(?:帮扶|支援|协作)?(?:正式)?(?:(?:调整|变更|更换|转变|改|换)[为成到]|手[中里]接过)")
_FROM = re.compile(r"[由从](?:原来的|此前的|原)?$")
_CAPITAL = "11"  # whence central papers wire, whoever helps
# 慈溪籍爱心企业广州某公司: the seat in the name of a firm that belongs to another place
_NATIVE = re.compile(r"籍[^,，。;；]{0,4}(?:企业|企业家)$")
_SEATS = ("州府", "首府", "省会")
_BOTH_SIDES = 2
_GROUP = "组团"
_OPENING = 16  # characters a dateline's place ends within
# 援宁工作队抵达银川: the capital of the province they are sent to
_LANDS = re.compile(r"(?:抵达|飞抵|到达|抵)$")
_PROVINCE_SENT_TO = re.compile(
    r"(?:援|入|进|赴)([疆藏青宁甘陕滇黔桂])|(?:支援|援助|赴|支教)(新疆|西藏|青海|宁夏|甘肃|陕西|云南|贵州|广西)"
)


def drop_bystanders(sentences: list[Sentence], text: str) -> None:
    """Take the bystanders out of the sentences' places; ``text`` is the article's.

    An airport's city stays where it is the only place of its province. 小榄组团 is a group of towns: its city.
    """
    if _SIGN.search(text) is None:
        return
    _land(sentences)
    members = {m.quote for s in sentences for m in s.places if _members(m, s)} | _from_elsewhere(sentences)
    staying = {m.unit.code[:2] for s in sentences for m in s.places if m.unit is not None and not _passed_through(m, s)}
    for sentence in sentences:
        if sentence.places and _SIGN.search(sentence.text):
            sentence.places = [
                _whole_group(m, sentence)
                for m in sentence.places
                if m.unit is None
                or not (
                    _relieved(m, sentence)
                    or _members(m, sentence)
                    or _seat(m, sentence, sentences)
                    or ("籍" in sentence.text and _NATIVE.search(sentence.text[: m.start - sentence.start]))
                    or (m.quote in members and _CHAMBER.match(sentence.text, m.end - sentence.start))
                    or (m.unit.code[:2] in staying and _passed_through(m, sentence))
                    or (m.unit.code[:2] == _CAPITAL and _wired(m, sentence))
                )
            ]


def _land(sentences: list[Sentence]) -> None:
    """援宁工作队抵达银川, and no other word of that city: the province is meant, where its people then spread out."""
    landed = [
        (s, m)
        for s in sentences
        if "personnel" in s.kinds and _PROVINCE_SENT_TO.search(s.text)
        for m in s.places
        if m.unit is not None and m.unit.code.endswith("0100") and _LANDS.search(s.text[: m.start - s.start])
        if s.text[m.end - s.start : m.end - s.start + 1] in ",，。;；"
    ]
    for sentence, mention in landed[:1]:
        code = mention.unit.code if mention.unit else ""
        province = gazetteer().by_code(code[:2] + "0000")
        if province is None or any(
            m is not mention and m.unit is not None and m.unit.code[:4] == code[:4] for s in sentences for m in s.places
        ):
            return
        whole = replace(mention, name=province.full_name, unit=province, basis="parents")
        sentence.places = [whole if m is mention else m for m in sentence.places]


def names_station(mention: PlaceMention, sentence: Sentence) -> bool:
    """Whether a place only names an airport, station or wharf (拉萨贡嘎机场)."""
    return _STATION.match(sentence.text, mention.end - sentence.start) is not None


def _passed_through(mention: PlaceMention, sentence: Sentence) -> bool:
    """由乌鲁木齐飞抵长沙黄花国际机场: people take off and land, or the report was wired from there."""
    if _wired(mention, sentence) or names_station(mention, sentence):
        return True
    return _TAKES_OFF.match(sentence.text, mention.end - sentence.start) is not None


def _wired(mention: PlaceMention, sentence: Sentence) -> bool:
    """新华社北京7月8日电, 北京讯: where the report comes from."""
    end = mention.end - sentence.start
    return end < _OPENING and _WIRED_FROM.match(sentence.text, end) is not None


def _members(mention: PlaceMention, sentence: Sentence) -> bool:
    """Whether a place tells where the members of another place's chamber come from."""
    start = mention.start - sentence.start
    if _CHAMBER.match(sentence.text, mention.end - sentence.start) is None:
        return False
    other = next((m for m in sentence.places if m.end == mention.start and m.unit and mention.unit), None)
    if other is not None and other.unit is not None and mention.unit is not None:
        return not mention.unit.full_name.startswith(other.unit.full_name)
    return start > 0 and sentence.text[start - 1] in "省市县区州"


def _from_elsewhere(sentences: list[Sentence]) -> set[str]:
    """昆明商会 between two other provinces: the words of places that only ever name a chamber."""
    if not any("商会" in sentence.text or "同乡会" in sentence.text for sentence in sentences):
        return set()
    named: set[str] = set()
    others: set[str] = set()
    for sentence in sentences:
        for mention in sentence.places:
            if mention.unit is None:
                continue
            if _CHAMBER.match(sentence.text, mention.end - sentence.start):
                named.add(mention.quote + "\t" + mention.unit.code[:2])
            else:
                others.add(mention.unit.code[:2])
    if len(others) < _BOTH_SIDES:
        return set()
    return {word.split("\t")[0] for word in named if word.split("\t")[1] not in others}


def _seat(mention: PlaceMention, sentence: Sentence, sentences: list[Sentence]) -> bool:
    """仪式在州府兴义市举行: the seat of a place that is told itself is only where a thing is held."""
    at = mention.start - sentence.start
    if not sentence.text.startswith(_SEATS, max(0, at - 2)):
        return False
    told = (m.name for s in sentences for m in s.places)
    return any(mention.name != name and mention.name.startswith(name) for name in told)


def _relieved(mention: PlaceMention, sentence: Sentence) -> bool:
    """Whether the place has handed its part over to another."""
    before = sentence.text[max(0, mention.start - sentence.start - 8) : mention.start - sentence.start]
    if before.endswith(("(原", "（原")):  # 拱墅区(原下城区): what it was called
        return True
    if _RELIEVES.search(before):
        return True
    return bool(_FROM.search(before)) and _RELIEVED.match(sentence.text, mention.end - sentence.start) is not None


def _whole_group(mention: PlaceMention, sentence: Sentence) -> PlaceMention:
    """中山市小榄组团: several towns named by one of them are their city."""
    unit = mention.unit
    if unit is None or unit.level != "town" or not sentence.text.startswith(_GROUP, mention.end - sentence.start):
        return mention
    above = gazetteer().by_code(unit.code[:6]) or gazetteer().by_code(unit.code[:4] + "00")
    return replace(mention, name=above.full_name, unit=above, basis="parents") if above is not None else mention


def in_quoted_name(mention: PlaceMention, sentence: Sentence) -> bool:
    """发起“雷山蔬菜进顺德”行动: a place inside a quoted name of something gives nothing."""
    text, at = sentence.text, mention.start - sentence.start
    opened = text.rfind("“", 0, at)
    return opened >= 0 and opened > text.rfind("”", 0, at) and text.find("”", at) >= 0
