"""Words of paired aid that pair nobody: names of offices, counts, what is agreed besides, what is looked back on."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.events.tables import Frame, Hit

# 确定对口援建项目3173个, 明确对口协作工作期限, 建立结对关系后
_BESIDES = ("模式", "项目", "资金", "工作期限", "工作目标", "工作年度", "期限", "任务", "后,", "后，")
# 天津市对口支援新疆工作前方指挥部: a name
OFFICE = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:工作)?(?:前方|前线)?(?:指挥部|指挥中心|办公室|领导小组|工作组|工作队|联络组|前指)"
)
# 对“十三五”以来开展对口帮扶工作情况进行总结: the aid is looked back on
_SURVEYED = ("工作", "情况", "成效", "成果", "进展", "资金", "项目")
# 18个对口援建省市已经确定…: who did it, not that they were paired
_THOSE_PAIRED = re.compile(r"(?:对口|结对)[\u4e00-\u9fff]{2}(?:各?省[市份区]|双方|干部|[市县]{2})")
# 向对口帮扶贫困县甲捐赠, 确定对口支援甲县的5个项目
_WHOSE = re.compile(r"的?(?:贫困|受援|结对)(?:县|地区|村|乡镇)|[^,，。;；]{2,24}的\d*个?[^,，。;；]{0,6}(?:项目|工程)")
# 按照部署,前往甲县开展“村村结对”帮扶调研
_CARRIED_OUT = re.compile(
    r"[”\"]?(?:帮扶|协作|支援)?(?:工作|活动|行动|任务|调研|考察|走访|交流|慰问|对接|干部|人才|教师|医生|地区)"
)
# 与结对乡镇举行签约仪式: who has been paired before
_PAIRED_BEFORE = re.compile(r"结对(?:帮扶)?(?:乡镇|镇街|街道|[县区市旗镇乡村]|地区|单位)(?!名单|关系)")
# 确定对口支援甲地区的5个示范项目同时启动: the works are what is begun
_WHOSE_WORKS = re.compile(r"[^,，。;；]{2,24}的\d*个?[^,，。;；]{0,6}(?:项目|工程)")
# 深化两地“村村结对”: the relation is there already
_DEEPENED = re.compile(
    r"(?:深化|巩固|加强|推进|做好|做实|做细|推动|落实|提升|抓好|拓展|强化|优化|完善)[^,，。;；签]{0,20}$"
)
# 签署粤黔结对城市“十四五”协议: who signs
_THE_PAIRED = re.compile(
    r"(?:城市|地区|区县|县区|县市|市县|省[市区份]|双方|两地|乡镇|镇街)(?:[^,，。;；关名]{0,24})(?:协议|备忘录|合同)"
)
# 就对口帮扶乙县医疗方面达成协议: what the paper is about
_TOPIC = re.compile(r"就[^,，。;；]{0,8}$")
_MATTERS = re.compile(r"[^,，。;；]{2,24}(?:方面|事宜|事项|问题|工作)")
# 县县结对56个
_COUNT = re.compile(r"\d+(?:余|多)?[个对所家名户组]")


# 26名支教教师与26名教师结成帮扶对子, 结成师徒: people who work together, no units
_COLLEAGUES = re.compile(
    r"师徒|[名位](?:支教|支医|援\w|帮扶|骨干|优秀|青年|本地|当地|[^,，。;；、]{2,6})?(?:教师|老师|医生|医师|专家|队员)[^,，。;；]{0,12}[与和同][^,，。;；]{0,20}(?:教师|老师|医生|医师|医务人员|骨干|徒弟|员工)"
)


def no_pair(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int]) -> bool:
    """Whether the statement only names, counts or describes a relation."""
    text, base = sentence.text, sentence.start
    low, high = sentence.clause(span[0])[0], sentence.clause(span[1])[1]
    if "对子" in text and _COLLEAGUES.search(text, low - base, high - base):
        return True
    if text.startswith("签", span[0] - base) and _THE_PAIRED.match(text, max(head.end, span[1]) - base):
        return True
    if any(
        _TOPIC.search(text, max(0, hit.start - base - 9), hit.start - base) and _MATTERS.match(text, hit.end - base)
        for hit in (head, *sentence.of("direction", *span))
    ):
        return True
    if frame.head == "direction" and head.word.text == "援建":
        return True  # 今年3月,甲区援建的小学: what is built pairs nobody
    if frame.head == "direction" and frame.support != "since" and not _since_then(sentence, head):
        return not text.endswith("分别", 0, head.start - base)  # 甲、乙分别结对丙、丁
    if frame.support == "sign_event" and _PAIRED_BEFORE.search(
        text, sentence.clause(head.start)[0] - base, span[1] - base
    ):
        return True
    if (
        frame.support != "since"
        and frame.head != "pair_paper"
        and _DEEPENED.search(sentence.text, sentence.clause(span[0])[0] - sentence.start, span[0] - sentence.start)
    ):
        return True
    if frame.support == "since" and _COUNT.match(sentence.text, head.end - sentence.start):
        return True  # 2月入疆以来,共结亲200户
    if frame.support == "arranged" and _CARRIED_OUT.match(text, head.end - base):
        return True
    if frame.support == "arranged" and any(
        q.unit == "CNY" and 0 <= head.start - q.end <= 2 for q in sentence.quantities
    ):
        return True  # 安排14亿元对口帮扶…资金
    if frame.support == "since" and span[0] < head.start:
        if sentence.of("cumulative", *span):
            return True  # “十四五”以来,甲累计安排14亿元对口帮扶乙
        return sentence.text.startswith(_SURVEYED, head.end - sentence.start)
    if frame.head == "direction":
        return not _since_then(sentence, head)
    if _COUNT.match(sentence.text, head.end - sentence.start):
        return True  # 县县结对56个
    if sentence.text.startswith(_BESIDES, span[1] - sentence.start):
        return True
    if frame.head != "direction" and _WHOSE.match(sentence.text, span[1] - sentence.start):
        return True
    if frame.head in ("pair", "pair_verb") and any(
        _WHOSE_WORKS.match(text, hit.end - base) for hit in sentence.of("direction", *span)
    ):
        return True
    if OFFICE.match(sentence.text, span[1] - sentence.start):
        return True
    became = frame.head != "pair_role" and sentence.text.startswith("成为", span[0] - sentence.start)
    if became and sentence.of("direction", *span):
        return True  # 成为第一个对口支援乙县的省份
    if _THOSE_PAIRED.match(sentence.text, span[0] - sentence.start, span[1] - sentence.start):
        return True
    if frame.head == "pair_final":
        after = sentence.text[head.end - sentence.start :][:1]
        return bool(after) and after not in ',，。;；了”"'
    return False


def _since_then(sentence: Sentence, head: Hit) -> bool:
    """2021年5月,甲接棒帮扶乙: whether it is told since when whom right behind the word is helped."""
    if not sentence.dates or not any(0 <= m.start - head.end <= 1 for m in sentence.places):
        return False
    taken_over = sentence.text.endswith(("接棒", "接力", "接续", "开始"), 0, head.start - sentence.start)
    return any(
        (0 <= head.start - d.end <= 3 or (taken_over and d.end <= head.start))
        and d.precision in ("year", "period", "month")
        for d in sentence.dates
    )
