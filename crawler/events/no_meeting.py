"""When words of meeting and talking tell of no meeting: names, sayings, one side among itself, everybody's meetings."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence, on_a_visit, within
from crawler.events.tables import Frame, Hit

_SAYINGS = re.compile(r"(?!并)(?:(?:召开|举行|举办)期间|[^,，。;；]{0,12}(?:讲话|精神|指示|部署要求|论述))")
_OWN_PEOPLE = re.compile(
    r"(?!两地)[^,，。;；领政负]{0,10}(?:群众|村民|农户|师生|学生|老乡|职工|员工|务工人员|援.{1,2}(?:干部|教师|医生|人才)|挂职(?:干部|人才))"
)
_NATIONAL = re.compile(r"(?:第\d+届中国|全国|中央|国务院|党中央|全省|全市|全县|全州|国家)[^,，。;；、]{0,16}$")
_GOES_TO = re.compile(r"(?:赴|到|前往|来到|抵达)[^,，。;；]{2,12}[乡镇县市区旗州村](?:政府)?(?:开展|进行|举行)?$")
_SUPERIORS = re.compile(
    r"了?(?:省|自治区|国家|国务院|中央|全国)[^,，。;；省市州县]{1,12}(?:厅|局|委|部|办|司)[^,，。;；]{0,8}?(?:组|团|一行)"
)
_OFFICES = re.compile(r"(?:县|市|区|州|旗)(?:委|政府|人大|政协|直|有关|相关)")
_ABOUT_BOTH = re.compile(r"[,，](?:双方|两地|就(?:两地|双方)[^,，。;；]{0,40}(?:交流|探讨|沟通|磋商|介绍))")
_CLOSES = re.compile(r"[,，。;；]|$")
# 参加各类农产品推介活动: no meeting in particular
_GENERIC = re.compile(r"各类|各种|各项|一系列")


def no_meeting(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int]) -> bool:
    """Whether a statement of a meeting frame tells of no meeting of the two sides."""
    at = head.start - sentence.start
    if sentence.text.endswith("家属", 0, at):
        return True  # 援派干部家属座谈会: one side among itself
    if frame.head == "talks":
        low, _ = sentence.clause(head.start)
        spoken_with = sum(low <= p.start < head.start for p in sentence.people)
        both = any(hit.word.text[0] in "双两" for hit in sentence.of("partner", low, head.start))
        # 代表团来访,双方围绕合作进行座谈: the visitors may stand in the clause before
        spoken_with += bool(sentence.of("visitor", sentence.start if both else low, head.start))
        spoken_with += both  # 两省进行座谈交流, in a sentence of its own
        # 率队赴甲县考察,通过座谈交流…; 座谈 alone may be with villagers
        spoken_with += 2 * (len(head.word.text) > 2 and on_a_visit(sentence, head.start))
        # 考察组到茶业公司进行座谈,就两地合作作了交流: the next clause tells who talked
        spoken_with += 2 * bool(_ABOUT_BOTH.match(sentence.text, at + len(head.word.text)))
        partner = next(iter(sentence.of("partner", low, head.start)[::-1]), None)
        # 代表团赴丙县考察,并与县政协座谈
        hosts = partner is not None and _OFFICES.match(sentence.text, partner.end - sentence.start)
        spoken_with += 2 * bool(hosts and sentence.of("visitor", sentence.start, head.start))
        if partner and _OWN_PEOPLE.match(sentence.text, partner.end - sentence.start, at):
            return True  # 与当地群众座谈, 与援滇干部座谈
        # 甲市、乙县两地人大座谈交流: both stand in front
        spoken_with += 2 * (len({m.unit.code[:4] for m in within(sentence.places, low, head.start) if m.unit}) > 1)
        if sentence.text.startswith("并", low - sentence.start) and sentence.of("partner", sentence.start, low):
            # 甲街道与乙县举行签约仪式,并进行座谈交流
            before = within(sentence.places, sentence.start, low)
            spoken_with += 2 * (len({m.unit.code[:2] for m in before if m.unit}) > 1)
        # 与佛山市就新一轮协作进行座谈
        spoken_with += any(
            0 <= m.start - hit.end <= 1 and not sentence.of("personnel", m.end, head.start)
            for hit in sentence.of("partner", low, head.start)
            for m in sentence.places
        )
        # 代表团赴乙乡开展座谈交流
        spoken_with += (
            bool(sentence.of("visitor", low, head.start))
            and _GOES_TO.search(sentence.text, low - sentence.start, at) is not None
        )
        if "见" in head.word.text:  # 区长甲会见了副市长乙: who is met stands behind the word
            if _SUPERIORS.match(sentence.text, at + len(head.word.text)):
                return True  # 县委书记会见省农业农村厅调研组
            received = sentence.of("visitor", head.end, sentence.clause(head.end)[1])
            # 县长率团来访,区长乙会见: whom he meets came in the clause before
            if not received and _CLOSES.match(sentence.text, at + len(head.word.text)):
                received = sentence.of("visitor", sentence.start, low)
            spoken_with += bool(received) or any(p.start > head.end for p in sentence.people)
        if spoken_with < 1 or (spoken_with == 1 and not sentence.of("partner", low, head.start)):
            # 与甲副州长某某,乙县委书记某某等座谈: a list of those who are met, over several clauses
            list_opens = [hit.end for hit in sentence.of("partner", sentence.start, low)][-1:]
            return sum(end <= p.start < head.start for end in list_opens for p in sentence.people) < 2
    if frame.support == "minutes" and not sentence.of("sign", span[1], sentence.clause(span[1])[1]):
        return True
    if _GENERIC.search(sentence.text, span[0] - sentence.start, at):
        return True
    if sentence.text.startswith(("制度", "机制"), head.end - sentence.start):
        return True  # 建立了联席会议制度
    return bool(_SAYINGS.match(sentence.text, at + head.end - head.start)) or bool(
        _NATIONAL.search(sentence.text, max(0, at - 24), at)
    )
