"""What looks like people being sent and is none: who they are, what they do where they already are, totals."""

from __future__ import annotations

import re

from crawler.events.scenes import Sentence
from crawler.events.tables import Frame, Hit

GROUP = re.compile(r"\d+(?:余|多)?[名位]|批|队")
# those who go to learn or to earn, and those who are helped, are not sent to help
NOT_SENT = re.compile(
    r"跟岗|跟班|进修|学员|代表|务工|劳动力|员工|工人|患者|农民工|参加|观摩|参观|培训|学习|考察|参训|招聘"
)
# 看望派驻我市的挂职干部, 选派到和政县的教师: who they are, not that they are sent
_POSTED = re.compile(
    r"(?:驻|[到在往赴至来])[^,，。;；]{0,20}?的"
    r"|(?:我|本|当地|[^,，。;；\d]{1,14}[省州市县区旗镇乡村])[^,，。;；]{0,4}的"
)
_POSTED_HEAD = re.compile(r"[^,，。;；\d]{2,14}(?:干部|人员|领队|组长|队长)$")
_DEPARTURES = ("发车仪式", "启运仪式")
# 志愿者来到仓库打包物资: where they go to work for an hour
_ERRAND = re.compile(
    r"[^,，。;；]{0,6}(?:来到|到达|赶到|抵达|走进|奔赴)[^,，。;；]{0,10}?(?:仓库|现场|家中|家里|广场|门口|会场|田间|地头|捐赠点|集合点|超市|车站)"
)
_SQUAD_THERE = re.compile(r"[^,，。;；\d]{2,12}(?:工作队|工作组)(?:参加|陪同|队长|组长|队员|成员|负责人|有关|相关)")
# 援藏工作组负责人参加交接: they are there when things are handed over
_ATTENDS = re.compile(r"(?:参加|出席|参与|见证|主持)[^,，。;；]{0,6}$")
# 番禺区派驻五华县工作队(和乙镇领导)参加: those who are there already; 各(党)派企业家
_PRESENT = re.compile(
    r"[^,，。;；\d]{1,14}(?:工作[队组]|指挥部|干部|人员|教师|医生|队员)(?:负责人|队长|组长|领队|全体|成员|代表)*(?:[和及与、][^,，。;；]{2,14}?)?(?:等)?(?:参加|陪同|出席|列席|参与)"
)
# 看望援派医疗人才, 与选派教师座谈: they are called on where they are
_CALLED_UPON = re.compile(r"(?:看望|慰问|关心|问候|走访)[^,，。;；]{0,14}$")
# 援派挂职干部和专技人才座谈会上: a meeting of those who are there
_MEETING_OF = re.compile(r"[^,，。;；]{0,12}(?:座谈会|交流会|总结会|汇报会|联谊会|工作会)")
# 开展支教回访活动: others come to see what they do
_LOOKED_AT = re.compile(r"(?:工作|教师|人员|医生|干部)?(?:回访|考察|调研|慰问|看望|总结|座谈|表彰|督导|评估)")
# 人社局工作组到乙县开展协作工作: a delegation, unless it moves in or stays for months
DELEGATES = "工作组"
_STAYS_ON = re.compile(r"驻|到任|任职|就位|挂职|为期[^,，。;；]{0,4}[年月]")
# 援滇干部联络小组到双江县开展慰问: nobody is sent
_CALLS = re.compile(r"开展(?:[^,，。;；]{0,6})?(?:慰问|调研|考察|走访|检查|督导|座谈)")
_HEARD = re.compile(r"听取|了解|汇报|介绍|通报")
# 派出工作组到乙镇开展慰问活动: they pay a visit
_CALLED_ON = re.compile(r"(?:到|赴|前往|深入|来到)[^,，。;；]{2,20}(?:慰问|调研|考察|走访)")
_RECORDS = ("情况", "成效", "进展")
# 从宁海来这里挂职的王鑫根: who somebody is
_WHO = re.compile(r"[^,，。;；、的]{0,10}的")
_FIELDS = re.compile(r"等[^,，。;；]{0,4}?(?:方面|领域)")
_AT_WORK = re.compile(r"诊|教|讲|术|课|查房|培训")  # 开展义诊, 开展支教: those who do it are there
_FIELD = re.compile(r"援[\u4e00-\u9fff]")
_FIELD_OF = re.compile(
    r"办|资金|项目|公寓|大?楼|之家|[^,，。;；、]{0,4}(?:前方)?(?:指挥部|前指)|工作(?![队组者])|帮扶|考察|调研|活动|任务|事业|协作|合作|成果|经验|扶贫"
)  # 援藏办主任到任


def no_posting(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int]) -> bool:
    """Whether a statement of people being sent only describes them, or tells what they do where they are."""
    text, base = sentence.text, sentence.start
    behind = head.end - base
    if frame.head == "dispatch":
        if text.startswith("给", behind) or _SQUAD_THERE.match(text, behind):
            return True  # 物资分派给医护人员, 派驻五华县工作队参加
        if text.endswith("各", 0, head.start - base) or _PRESENT.match(text, behind):
            return True
        if _CALLED_ON.match(text, span[1] - base):
            return True
        if _CALLED_UPON.search(text, max(0, head.start - base - 18), head.start - base):
            return True
        if _MEETING_OF.match(text, span[1] - base):
            return True
        if text.startswith("、", span[1] - base) and any(0 <= p.start - span[1] <= 40 for p in sentence.people):
            return _POSTED_HEAD.match(text, behind, span[1] - base) is not None  # 派驻乙县挂职干部、副县长某某签字
        return _POSTED.match(text, behind, span[1] - base) is not None
    if frame.head == "send_off" and (
        _in_title(sentence, span) or _LEARNERS.search(text, max(0, span[0] - base - 6), span[1] - base)
    ):
        return True
    if frame.head == "send_off" and head.word.text in _DEPARTURES:  # 捐赠签约和发车仪式举行: goods leave
        return GROUP.search(text) is None
    if frame.head == "welcome":  # 迎来新一批支教老师, not 迎来医生节
        return GROUP.search(text, behind, span[1] - base) is None
    if frame.head != "personnel":
        return False
    low, high = sentence.clause(head.start)
    if _ONE_AFTER_ANOTHER.search(text, low - base, head.start - base):
        return True
    if "情况" in text[behind : high - base] and _HEARD.search(text, low - base, head.start - base):
        return True  # 听取了项目建设、工作队交接等情况介绍
    who = _WHO.match(text, span[1] - base) if sentence.people else None
    if who is not None and any(base + who.end() in (p.start, p.title_start) for p in sentence.people):
        return True
    if _led_on_a_tour(sentence, head, span) or _LOOKED_AT.match(text, behind):
        return True
    if head.word.text == DELEGATES and _STAYS_ON.search(text, behind, high - base) is None:
        return True
    if frame.support == "move":
        if _since_nobody_says(sentence, low, span[1]):
            return True
        if sentence.of("study", span[1], high) or _TO_LEARN.search(text, span[1] - base, high - base):
            return True  # 6名教师到我校跟岗学习: they come to learn
        if text.startswith("以来", span[1] - base) and any(low <= d.start < span[1] for d in sentence.dates):
            return False  # 自2016年6月教育人才进藏以来: they came in that month
        return GROUP.search(text, max(0, head.start - base - 14), head.start - base) is None
    if frame.support == "set_off":
        return not _sets_off(sentence, head, span)
    if frame.support != "arrive":
        return False
    if text.endswith(_HAS_BEEN, 0, span[1] - base) or text.startswith(_HOMES, behind):
        return True  # 援陕干部、曾任某县副县长的某某, 教师周转房分配到位
    if _since_nobody_says(sentence, low, span[1]):
        return True  # 医疗队进驻以来落地的第二个中心: nobody says when
    if _ERRAND.match(text, behind):
        return True
    if text.endswith("开展", 0, span[1] - base) and _CLASS.match(text, span[1] - base):
        return True
    if _ATTENDS.search(text, head.end - base, span[1] - base):
        return True
    if _FIELDS.search(text, head.end - base, span[1] - base):
        return True  # 在人才交流、产业合作等6个方面开展合作
    if text.startswith("开展", span[0] - base) and _AT_WORK.search(head.word.text) is None:
        return True  # 开展对口援藏帮扶, 开展人才交流: what is done, nobody is sent
    if _FIELD.fullmatch(head.word.text) and _FIELD_OF.match(text, behind):
        return True
    return text.startswith(_RECORDS, span[1] - base) or _CALLS.search(text, behind, behind + 24) is not None


def _since_nobody_says(sentence: Sentence, low: int, end: int) -> bool:
    return sentence.text.startswith("以来", end - sentence.start) and not any(
        low <= d.start and d.end <= end for d in sentence.dates
    )


_TOUR = re.compile(r"[^,，。;；]{0,24}(?:活动|调研|考察|慰问|走访|对接|座谈|签约|交流)")
_LED = re.compile(r"[^,，。;；、\d]{0,4}")


def _in_title(sentence: Sentence, span: tuple[int, int]) -> bool:
    """援桂干部、副区长某某到站送行: who sees others off is not sent."""
    return any(
        p.title_start is not None and p.title_start <= hit.start and hit.end <= p.start and p.end <= span[1]
        for hit in sentence.of("personnel", *span)
        for p in sentence.people
    )


def led_party(sentence: Sentence, head: Hit) -> bool:
    """镇长率政企帮扶工作组一行14人到乙镇: a group of officials pays a visit, if it is led or does not move in."""
    if not head.word.text.endswith(_OFFICIALS) or not sentence.text.startswith("一行", head.end - sentence.start):
        return False
    if any(head.start - hit.end <= _BEHIND_LEAD for hit in sentence.of("lead", sentence.start, head.start)):
        return True
    rest = sentence.text[head.end - sentence.start : sentence.clause(head.start)[1] - sentence.start]
    return head.word.text.endswith(DELEGATES) and _STAYS_ON.search(rest) is None


_ONE_AFTER_ANOTHER = re.compile("一(?:批|拨|茬)(?:又|接)?一?(?:批|拨|茬)")  # 一批又一批工作队深入道孚
_TO_LEARN = re.compile("跟岗(?!支教)|跟班|进修|研修|务工")
_HAS_BEEN = ("曾任", "现任", "时任", "历任")
_HOMES = ("周转房", "公寓", "宿舍", "周转宿舍")
_CLASS = re.compile(r"[^,，。;；]{0,8}(?:培训|讲座)")  # 专家组在乙县开展业务培训: a class, nobody is sent
_LEARNERS = re.compile(r"进修|跟岗|跟班|研修|学员|务工")  # 医务人员进修欢迎会
_OFFICIALS = ("工作组", "工作队", "帮扶组", "帮扶队", "专家组", "专家团")
_BEHIND_LEAD = 8


def _led_on_a_tour(sentence: Sentence, head: Hit, span: tuple[int, int]) -> bool:
    """区长带领帮扶团队赴乙县开展教育帮扶活动: a delegation under its leader pays a visit, nobody is sent to stay."""
    if led_party(sentence, head):
        return True
    led = any(
        _LED.fullmatch(sentence.text, hit.end - sentence.start, head.start - sentence.start)
        for hit in sentence.of("lead", sentence.start, head.start)
    )
    return led and _TOUR.match(sentence.text, max(span[1], head.end) - sentence.start) is not None


# 教师跨越3000公里,顺利抵达林芝; 志愿者组成支教队,赴…
_ON_THE_WAY = re.compile(
    r"[^,，。;；:：]{0,14}[,，](?:(?:历经|带着|怀着|怀揣|满怀|肩负|肩负着|承载着|告别|背负|心怀|秉持)[^,，。;；]{1,20}?[,，]?)*(?:已|于|正式|陆续|先后|分别|分批|一同|集体|昼夜兼程|即日)?"
)


def _sets_off(sentence: Sentence, head: Hit, span: tuple[int, int]) -> bool:
    """Whether a counted team in front of a comma is the one that sets off or arrives behind it."""
    text, base = sentence.text, sentence.start
    hit = next((h for h in sentence.of("set_off", head.end, span[1]) if h.end == span[1]), None)
    if hit is None or _ON_THE_WAY.fullmatch(text, head.end - base, hit.start - base) is None:
        return False
    return GROUP.search(text, max(0, head.start - base - 40), head.start - base) is not None
