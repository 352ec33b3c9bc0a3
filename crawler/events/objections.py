"""Why a statement that fits a frame is no event: what its words really say, and totals that only look like news."""

from __future__ import annotations

import re

from crawler.events.dating import REPORT_YEAR
from crawler.events.draft import When
from crawler.events.everyday import no_sale, not_told, without_day
from crawler.events.gifts import delivered, no_gift, of_many_months
from crawler.events.jobs import no_journey_to_work
from crawler.events.modality import is_total, is_under_way
from crawler.events.no_meeting import no_meeting
from crawler.events.no_pairing import no_pair
from crawler.events.not_sent import no_posting
from crawler.events.scenes import Sentence, on_a_visit, within
from crawler.events.several import MADE_UP, many, several
from crawler.events.signed_totals import adds_up
from crawler.events.tables import HELD, Frame, Hit
from crawler.events.yardsticks import only_measured

_HANDED = ("交付", "移交", "交接", "交付使用", "启用", "投用")
_THINGS_HANDED = ("车", "车辆", "物资", "设备", "资金", "物品", "款", "款物", "支票")
_GOODS_BEFORE = re.compile(
    r"(?:车辆?|物资|设备|物品|款物?|资金)(?:在[^,，。;；]{2,12})?(?:完成|正式|顺利|全部|同日|同时|当天)?$"
)
_DONOR = re.compile(r"(?:爱心|捐赠|捐助)(?:捐赠)?(?:企业|单位|人士)|捐赠者")  # 为爱心企业授牌: thanks
_VERBS = ("project_verb", "donate", "dispatch", "fund", "fund_weak", "sign", "sign_strict", "sign_alone")
# 通水十周年, 两地“结亲”十周年: what is looked back on
_ANNIVERSARY = re.compile(r"[”\"]?(?:\d+|[一二三四五六七八九十]+)周年")
# 医疗协作授牌仪式: two bodies become partners, no work is opened
_PARTNERSHIP = re.compile(
    r"(?:协作|医联体|联盟|合作|结对|帮扶)(?:单位|医院|学校|关系)?(?:签约|签字)?(?:暨|及)?[^。;；]{0,10}$"
)
# 成就展在北京揭幕: a show, no work
_SHOWS = re.compile(
    r"(?:展|展览|展会|图片展|论坛|晚会|比赛|展示活动)[”\"]?(?:在[^,，。;；]{1,18})?(?:隆重|正式|盛大)?$"
)
# 这是继…之后的又一笔支援: what it is called
_A_HELP = re.compile(r"(?:一笔|又一|一次|这份|此次)$")
# 捐赠资金已划拨到…: the gift arrives, no public money is paid
_GIFT_MONEY = re.compile(r"捐赠(?:的)?资金|捐款|善款|捐资")
# 活动启动: a campaign, no project
_CAMPAIGN = re.compile(r"(?:活动|行动|月|周|季|节|赛)(?:[”\"]?在[^,，。;；]{2,30})?$")
# 工作组进驻昭通一个多月来, 召开联席会议8次: long ago, or many
SO_LONG = re.compile(
    r"[^,，。;；]{0,10}?(?:(?:[\d一两三四五六七八九十几半]+个?多?[年月]|以)来|(?!1[次场项份])\d+(?:余|多)?[次场项份]|[两三四五六七八九十多]+次)"
)
# 积极引进企业落户投产: what is done as a policy
_POLICY = re.compile(
    r"(?:积极|大力|不断|持续|努力|着力)(?:引进|推进|推动|引导|支持|培育|发展|扶持|招引)[^,，。;；]{0,16}$"
)
# 启动2016年度项目资金计划
_PROGRAMME = re.compile(r"[^,，。;；]{0,20}(?:计划|行动|工作|机制|方案|程序|申报|模式)")
# 签约仪式举行,标志着项目进入实施阶段: what it means, no second event
_MARKS = re.compile(r"标志|意味着")
# 互派挂职干部231人: an item of a list of totals
_LISTED_STAFF = re.compile(r"[^,，。;；\d]{2,16}\d+(?:余|多)?(?:名|人次|人)(?:[、,，。;；和]|$)")
# 开展农产品展销活动18次
_SUMMED_UP = re.compile(r"[^,，。;；]{0,8}?(?!1[期场次])\d+(?:余|多)?(?:期|场次|场|次)")
_BUILT_MANY = re.compile(r"(?:了)?(?!1[所座个栋条口家处间])\d+(?:余|多)?[所座个栋条口家处间]|[多数几]")
# 考察 … 项目的施工进度, 项目启动后: the state of a site is looked at, or it is told what followed
_PROGRESS = (
    "人员",
    "企业",
    "后",
    "进度",
    "情况",
    "进展",
    "现场",
    "质量",
    "单位",
    "方案",
    "图纸",
    "工艺",
    "首日",
    "当日",
    "准备",
    "安全",
    "督战",
)
_FUNDED = re.compile(
    r"[^,，。;；]{0,24}(?:援建|建设|修建|兴建|建成|打造|购置|采购|购买|添置)的|[^,，。;；]{0,8}?\d[\d.]*[亿万]?元的"
)
_PASSIVE = re.compile(r"由[^,，。;；]{2,24}(?:援建|投资|捐建|建设|兴建|出资)")
_SUMMED = ("donation", "personnel", "consumption", "labor", "training")
# what a report says of a whole year beside its news is a total
_STOCKS = ("personnel", "consumption", "labor", "training")
_SPANS = ("全年", "上半年", "下半年", "一季度", "前三季度")
_COUNTED = ("funding", "personnel", "training", "labor", "consumption", "project", "donation")
# 今年1至5月: what came in since January
_SINCE_JANUARY = re.compile(r"(?:今年|当年|20\d\d年)?1月?(?:至|到|-|—|~)\d+月")
# 每年召开一次联席会议, 定期选派: a habit
_HABIT = re.compile(r"每(?:年|半年|季度?|个?月|周|学期|次)|(?<!不)定期|不定期|轮流")
# 签订《…》达成意向, 推动企业与乡镇签订: nothing is signed yet; 签订订单金额达200万元: what was sold at a fair
_INTENDED = re.compile(r"《[^》]{2,60}》[^,，。;；]{0,4}达成[^,，。;；]{0,4}(?:意向|共识)|(?:采购|购销)?订单总?金?额")
# 开通直播间, 开通热线
_ON_AIR = re.compile(r"[^,，。;；]{0,6}(?:直播|线上|热线|微信|公众号|包机|专列|包车|通道)")
# 签约,达成就业意向协议816人: contracts of work
_CONTRACTS = re.compile(r"(?:意向|就业|用工|协议|合同)\d+(?:余|多)?人")
_URGES = re.compile(r"(?:推动|引导|鼓励|督促|动员)[^,，。;；]{0,12}$")
_SIGNED_BY_NOW = re.compile(
    r"(?:目前|现有|已有)[^,，。;；]{0,4}\d+(?:余|多)?[家个][^,，。;；]{0,6}$"
)  # 目前5家企业签约
_TO_ALL = re.compile(r"[与和同]各(?:级|乡镇|镇|街道|部门|单位|村)")  # 与各乡镇签订责任书
_FOR = ("助力", "推动", "促进", "确保", "保障")  # 助力企业早开工
# 在两市签订协议十周年之际, 两地“结亲”十周年: what is looked back on
_REMEMBERED = re.compile(r"[^,，。;；]{0,40}?(?:\d+|[一二三四五六七八九十]+)周年")
# 通过召开联席会议、组团考察等方式: how it is done in general
_BY_WAY_OF = re.compile(r"通过[^,，。;；]{0,40}$")
_WAYS = re.compile(r"等[^,，。;；]{0,4}(?:方式|形式|途径|渠道|手段|举措|措施)")
# 各地积极组织包车: nobody in particular
_EVERYBODY = re.compile(
    r"\s*(?:全国)?各(?:地|级|省)[^,，。;；]{0,6}(?:积极|纷纷|陆续|扎实|大力|深入|认真|主动|组织|开展)"
)


def misread(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int]) -> bool:
    """Whether the words around it show that the statement only names, describes or surveys something."""
    text, base = sentence.text, sentence.start
    behind = head.end - base
    signed = frame.type == "agreement" and _on_the_spot(sentence, span)
    if not signed:
        if frame.head in _VERBS and text.startswith("的", behind) and not _year_at_work(sentence, frame, head):
            return frame.head != "donate" or not delivered(sentence)
        if text.startswith("的《", span[1] - base) or text.find("签订的", span[0] - base, span[1] - base) >= 0:
            return True
    if "每" in text or "定期" in text or "轮流" in text:
        low = sentence.clause(head.start)[0]
        if _HABIT.search(text, low - base, span[1] - base) and not within(sentence.dates, low, head.start):
            return True
    if _in_general(sentence, head):
        return True
    if only_measured(frame.type, text, sentence.clause(head.start)[0] - base, head.start - base, behind):
        return True
    if "周年" in text:
        remembered = _REMEMBERED if frame.type in ("pairing", "agreement") else _ANNIVERSARY
        if _ANNIVERSARY.match(text, behind) or remembered.match(text, max(span[1] - base, behind)):
            return True
    if frame.type != "pairing" and text.find("各", 0, behind) >= 0:
        low = sentence.clause(head.start)[0] - base
        if _EVERYBODY.match(text, low, behind):
            return True
    if (frame.everyday or "多次" in text) and not_told(sentence, frame, head, span):
        return True
    check = _BY_TYPE.get(frame.type)
    return check is not None and check(sentence, frame, head, span)


def _in_general(sentence: Sentence, head: Hit) -> bool:
    """通过召开联席会议等方式: how it is done, unless it is how a delegation spent the days of its visit."""
    text, base = sentence.text, sentence.start
    if text.find("通过", 0, head.start - base) < 0:
        return False
    low = sentence.clause(head.start)[0]
    if not _BY_WAY_OF.search(text, low - base, head.start - base) or not _WAYS.search(text, head.end - base):
        return False
    return not on_a_visit(sentence, head.start)


def _year_at_work(sentence: Sentence, frame: Frame, head: Hit) -> bool:
    """2008年启动的产业园区, 今年5月派出的3名专家: the date stands at the verb, so that the attribute dates it."""
    if frame.head not in ("project_verb", "dispatch"):
        return False
    fine = ("year", "month", "day") if frame.head == "project_verb" else ("month", "day")
    return any(0 <= head.start - d.end <= 2 and d.precision in fine for d in sentence.dates)


def _no_project(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int]) -> bool:
    text, base = sentence.text, sentence.start
    if frame.head == "project_event":
        if head.word.text.startswith("授牌") and _PARTNERSHIP.search(text, 0, head.start - base):
            return True
        if head.has("relay") and sentence.of("personnel", head.start - 12, head.start):
            return True  # 医疗队交接仪式
        if not head.has("handover"):
            return False
        goods = text.endswith(_THINGS_HANDED, 0, head.start - base)
        return goods or bool(sentence.of("gift", *sentence.clause(head.start)))
    if frame.head == "built":
        dated = any(0 <= head.start - d.end <= 2 for d in sentence.dates)
        return head.word.text == "援建" and not dated  # 援建的学校: which school, not when it was built
    if frame.head != "project_verb":
        return False
    behind = head.end - base
    given = sentence.of("gift", *sentence.clause(head.start)) or _GOODS_BEFORE.search(text[: head.start - base])
    to_whom = text.startswith(("给", "予"), behind) or (head.word.text.endswith("给") and frame.support != "work")
    if head.word.text.removesuffix("给").endswith(_HANDED) and (given or to_whom):
        return True  # 捐赠的救护车在产业园区正式交付: what is handed over there
    if frame.support != "work" and _POLICY.search(text, sentence.clause(head.start)[0] - base, head.start - base):
        return True
    thanked = head.word.text == "授牌" and _DONOR.search(text)
    # 自今年3月食堂投入使用后: when that was is said
    dated = (
        text.startswith("后", behind) and len(within(sentence.dates, sentence.clause(head.start)[0], head.start)) > 0
    )
    if thanked or (text.startswith(_PROGRESS, behind) and not dated) or text.endswith(_FOR, 0, span[0] - base):
        return True
    if head.word.text.endswith("幕") and _SHOWS.search(text, 0, head.start - base):
        return True
    if head.word.text == "开通" and _ON_AIR.match(text, behind):
        return True
    if head.word.text == "启动" and (
        _CAMPAIGN.search(text, 0, head.start - base) or _PROGRAMME.match(text, behind) is not None
    ):
        return True
    return _MARKS.search(text, sentence.clause(head.start)[0] - base, head.start - base) is not None


def _no_payment(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int]) -> bool:
    low, high = sentence.clause(head.start)
    if _A_HELP.search(sentence.text, max(0, head.start - sentence.start - 4), head.start - sentence.start):
        return True
    if head.word.text == "争取" and not any(q.unit == "CNY" for q in within(sentence.quantities, head.end, high)):
        return True  # 积极争取追加援助资金: it is asked for
    if frame.support == "fund_arrive" and _GIFT_MONEY.search(
        sentence.text, low - sentence.start, span[1] - sentence.start
    ):
        return True
    return frame.head == "fund_weak" and _FUNDED.match(sentence.text, head.end - sentence.start) is not None


def _no_signing(sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int]) -> bool:
    text, base = sentence.text, sentence.start
    if _INTENDED.match(text, head.end - base):
        return True
    # 协议签订后,将…: without a day it only tells what follows
    if text.startswith(("后", "之后", "以后"), span[1] - base) and not sentence.dates:
        return True
    if _SIGNED_BY_NOW.search(text, sentence.clause(head.start)[0] - base, head.start - base):
        return True
    if _TO_ALL.search(text, sentence.clause(head.start)[0] - base, head.start - base):
        return True
    low, high = sentence.clause(span[0])
    if _CONTRACTS.search(text, span[0] - base, high - base + 20):
        return True
    return _URGES.search(text, low - base, span[0] - base) is not None and not within(sentence.dates, low, high)


_BY_TYPE = {
    "agreement": _no_signing,
    "labor": no_journey_to_work,
    "meeting": no_meeting,
    "project": _no_project,
    "donation": no_gift,
    "funding": _no_payment,
    "personnel": no_posting,
    "consumption": no_sale,
    "pairing": no_pair,
}


def _on_the_spot(sentence: Sentence, span: tuple[int, int]) -> bool:
    """会上签下的协议: signed at the meeting just told, though grammar makes it an attribute."""
    return any(
        0 <= span[0] - hit.end <= 3 and hit.word.text.endswith(("上", "当天", "当日")) for hit in sentence.of("link")
    )


# 工作队2021年进驻以来: the year they came
_CAME_SINCE = re.compile(r"[^,，。;；]{0,12}(?:进驻|进[疆藏]|[入援][疆藏青]|派驻|到任|到岗)[^,，。;；的]{0,8}以来")


def only_counts(
    sentence: Sentence, frame: Frame, head: Hit, span: tuple[int, int], when: When, *, is_news: bool
) -> bool:
    """Whether the statement sums up a period (or has no day where it needs one) instead of telling a happening."""
    text, base, kind = sentence.text, sentence.start, frame.type
    fine = when.own and when.precision in ("day", "range", "month")
    if when.mention is not None and _SINCE_JANUARY.fullmatch(when.mention.quote):
        return True
    if frame.head == "personnel" and when.since and _CAME_SINCE.match(text, head.end - base):
        return False
    if kind in ("project", "funding") and not when.own and is_under_way(sentence, head.start):
        return False
    if kind in _COUNTED:
        if _of_period(sentence, frame, head, when) or is_total(sentence, head.start, fine):
            return True
        if many(sentence, frame, head, when, fine=fine):
            return True
    if kind == "donation" and of_many_months(text, when):
        return True
    if frame.everyday and without_day(sentence, frame, when):
        return True
    if kind in HELD and not fine and several(text, sentence.clause(head.start), head, base):
        return True
    if kind in ("meeting", "agreement") and not when.own and when.precision == "period":
        return True  # 2021年至2025年是关键五年。…举办对接大会
    if kind == "meeting" and when.since:
        return True  # 自2016年以来,两地先后举行了峰会
    if fine and frame.head not in _DATED:
        return kind == "agreement" and adds_up(sentence, frame, head, when)
    if frame.support == "decided" and not when.own:
        return True
    if frame.head == "built" and (not when.own or _BUILT_MANY.match(text, head.end - base)):
        return True
    if kind in ("personnel", "meeting", "agreement") and SO_LONG.match(text, span[1] - base):
        return True
    of_report = kind in _COUNTED and when.rule.startswith(REPORT_YEAR)  # an item of the report of a year
    traded = kind == "consumption" or frame.head == "give"  # 2020年采购土特产5300万元, 2020年购置机械148台
    if when.precision == "year" and (of_report or traded or (kind in _STOCKS and (is_news or _so_far(when)))):
        return True
    if kind in ("consumption", "labor", "training") and _SUMMED_UP.match(text, span[1] - base):
        return True
    before = text[: head.start - base]
    if kind == "project" and before.endswith("全部") and any(word in before for word in _SPANS):
        return True  # 上半年9个项目全部启动
    if kind in _SUMMED and any(d.quote.startswith(_SPANS) and d.end <= head.start for d in sentence.dates):
        return True
    if frame.head == "dispatch" and _LISTED_STAFF.match(text, head.end - base):
        return True
    if frame.head in _DATED and _without_day(sentence, frame, head, when, fine=fine):
        return True
    return kind == "agreement" and adds_up(sentence, frame, head, when)


_DATED = ("fund_weak", "project_done", "project_verb")


def _so_far(when: When) -> bool:
    """今年计划实施…。选派19名…: what is told behind a bare 今年 sums up the year so far."""
    return not when.own and when.mention is not None and when.mention.quote in ("今年", "今年以来", "本年")


_FIRST = re.compile("了?(?:第一|首)(?:批|支|期)")


def _of_period(sentence: Sentence, frame: Frame, head: Hit, when: When) -> bool:
    """A since-date or a period; 自2008年8月9日援建工作组进驻以来: they came on that day."""
    mention = when.mention
    if frame.type == "personnel" and when.own and MADE_UP.search(sentence.text):
        return False  # 2013年至2016年,派出由甲医院人员组成的医疗队,分3批进驻
    if (
        frame.type in _SUMMED
        and mention is not None
        and (
            mention.quote.startswith(_SPANS) or sentence.text.startswith(("一年", "全年"), mention.end - sentence.start)
        )
    ):
        return True  # 去年一年,共派出教师3批
    if frame.head == "project_verb" and sentence.text.startswith(
        ("以来", "后,", "后，", "之后"), head.end - sentence.start
    ):
        return False  # 自今年3月援建的食堂投入使用后
    if (
        frame.head == "personnel"
        and frame.support in ("arrive", "move", "set_off")
        and when.since
        and len(when.start or "") > len("2018")
        and not (when.mention is not None and when.mention.quote.endswith("至今"))
    ):
        return False
    return when.since or when.precision == "period"


def _without_day(sentence: Sentence, frame: Frame, head: Hit, when: When, *, fine: bool) -> bool:
    """Frames that ask for a day beside their word: money put in, a work 建成."""
    low, high = sentence.clause(head.start)
    if frame.head == "fund_weak":
        return not (
            when.precision in ("day", "range", "month")
            and when.mention is not None
            and low - 12 <= when.mention.start < high  # or in the short clause that opens it (10日,…投入)
        )
    if frame.head == "project_done":
        return frame.scope == "sentence" and not (fine and any(low <= d.start < high for d in sentence.dates))
    # a toured site 由…投资建成: how it came about, not news
    base = sentence.start
    return not when.own and _PASSIVE.search(sentence.text, low - base, head.start - base) is not None
