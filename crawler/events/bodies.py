"""What one named organisation does in a sentence: acts, only receives, lends its room, or tells whose head one is."""

from __future__ import annotations

import re

from crawler.events.draft import Draft
from crawler.events.scenes import Sentence
from crawler.events.tables import HELD, hosts_visits
from crawler.facts import OrganizationMention

SIGNING = ("company", "school", "hospital", "association", "institute", "museum", "farm")
_OFFICE = ("agency", "association")
LIST = r"(?:[、和与及]+[^,，。;；、和与及]{1,20})*"
_ORGANISES = re.compile(rf"{LIST}(?:共同|联合)?(?:主办|承办|协办|举办|组织|组织的|联合举办|牵头|发起)")
# 甲厅于4月11日联合乙厅,分别在南京市、无锡市举办; 甲厅在西安举办
_HOLDS_THERE = re.compile(
    r"(?:于\d[^,，。;；]{2,14})?(?:联合|会同|携手)[^,，。;；]{3,40}[,，]?(?:分别)?在[^,，。;；]{2,24}(?:举办|举行|召开|主办)"
    r"|(?:于\d[^,，。;；]{2,14})?(?:分别)?在[^,，。;；、]{2,14}(?:[、和][^,，。;；、]{2,6})*(?:成功|联合|共同|隆重)?(?:举办|主办)"
)
_HELD_WITH = re.compile(r"[,，]?(?:分别)?在[^,，。;；]{2,24}(?:举办|举行|召开|主办)")
_HELD_BY = re.compile(
    r"(?:由(?:[^,，。;；]{2,14}(?:下属|旗下|所属)的?)?|在|[主承协]办(?:方|单位)(?:有|为|是|:|：|—+|─+)?)(?:[^,，。;；]{2,40}[、和与及])?$"
)
_FROM = re.compile(r"来自(?:[^,，。;；]{2,60}[、和与及])?$")
_SENDS = re.compile(rf"{LIST}(?:精心|择优|先后|统一|共)?(?:组织|选派|派出|派遣|抽调|委派)")
_AMONG = re.compile(
    rf"{LIST}(?:等?(?:\d+)?[余多]?家|等?(?:重点|知名|优质|龙头|用工|爱心|参展|参会)+(?:企业|公司|单位)"
    r"|等[^,，。;；]{0,6}(?:企业|公司|单位|合作社))"
)
# 甲食品、乙合作社的十几种货品, 丙公司等带着莜面来摆摊, 丁公司现场签下96人
_AT_FAIR = re.compile(
    r"(?:[、和及]+[^,，。;；、和与及]{1,20})*等?[^,，。;；与]{0,8}"
    r"(?:的[^,，。;；]{0,12}(?:产品|货品|特产|农货|商品|好物|展台|展位)"
    r"|(?:带着|带来|展出|参展|进场|到场|摆摊|设摊|签下\d|录用\d|招聘))"
)
# a team by the name of who sent it: 市中医院第二批医疗队
_TEAM = re.compile(
    r"(?:第[\d一二三四五六七八九十]+批|首批|新一批)?[“”\"]{0,2}(?:组团式)?[“”\"]{0,2}(?:对口)?(?:支援|帮扶|援[\u4e00-\u9fff]|赴[\u4e00-\u9fff]{1,4})?(?:医疗|专家|教师|支教|医疗专家|帮扶|教育|义诊|名师|骨干)+(?:团队|队|团|组)"
)
# 市二院心内科主任甲领队的5名队员到达
_LED_TEAM = re.compile(r"[^,，。;；、]{2,24}(?:领队|带队|任队长|为队长)")
_IS_OF = re.compile(
    r"的(?!校长|院长|负责人|教师|老师|医生)[\u4e00-\u9fff]{2,3}(?=[、和等])(?:[、和][^。;；]{2,80}?)?"
    r"等?(?:\d+[名位])?(?:教师|老师|医生|医师|医护人员|专家)"
)
_SENT_BY = re.compile(r"(?:选派|派来|派出|派驻|选送|抽调)的")
_INVESTS = re.compile(
    r"(?:在[^,，。;；、]{2,14})?(?:(?:共同|联合|独家|负责|总)*(?:投资|承建|代建|出资|建设)(?!的?(?:者|商))|就[^,，。;；]{2,30}(?:达成|签))"
)
_SPEAKS_FOR = re.compile(
    r"(?:的)?(?:相关|有关|主要)?(?:负责人|负责同志|(?:常务)?副?总?经理|董事长|总裁)[^,，。;；]{0,8}(?:表示|介绍|说|告诉)"
)
HELPED = re.compile(r"(?:得到|获得|收到)了?(?:[^。;；]{2,120}[、和与及以])?$")
SUPPORT = re.compile(r"(?:[、和与及以等][^。;；]{0,120}?)?的?(?:大力|鼎力|爱心)?(?:支持|资助|赞助|捐助|捐赠)")
# 某会联合甲公司、乙学校举行活动,向…捐赠
_ENLISTED = re.compile(
    r"(?:联合|携手|会同|联动|组织|发动|动员|号召|引导|带领|协调)了?(?:[^,，。;；向给为]{0,60}[、和与及]|[^,，。;；、向给为]{0,8}(?:企业|单位|会员|商会))?$"
)
# 某中心协助甲总商会、乙商会举行座谈会
# 某基金会联合乙协会、丙公司等单位,到甲县捐赠
_ENLISTS = re.compile(r"(?:联合|携手|会同|携)(?=[^,，。;；]{4,90}[,，])")
_TOGETHER_WITH = re.compile(r"(?:联合|携手|会同|联动|协助)了?(?:[^,，。;；]{0,40}[、和与及])?$")
_IS_HELD = re.compile(r"^[^。;；]{0,60}(?:举行|举办|召开|开展)")
_AT_IT = re.compile(
    r"[^,，。;；]{0,16}?(?:上了[^,，。;；]{0,8}课|授课|讲课|举行|举办|召开|开展|进行|开班|开讲|结业|开幕|启动|落幕)"
)
# 木渎、东山两镇商会: several of a kind
_SEVERAL = re.compile(
    r"[\u4e00-\u9fff]{0,4}[两三四五六七八九十](?:镇|县|区|市|乡|街道|村)(?:总?商会|工商联|学校|医院|中学|小学)"
)
_SIGNS = re.compile(
    r"(?:等?(?:[两三四五六七八九十]|\d+)家(?:爱心|龙头|帮扶)?(?:企业|单位|公司))?(?:[、和与及同]+[^,，。;；、和与及同]{1,20})*(?:分别|共同|正式|现场|双方|当场|成功|也|在会上|在仪式上|在活动上)*(?:签(?!名|到|字仪式)|达成|谈妥|敲定|谈定|交换了?(?:协议|合同)?文本|缔结|结为|结成)"
)
_SET_UP = re.compile(
    r"[”\"]?(?:项目|工程)?(?:于?\d+月\d+日|当天|日前|近日)?(?:正式|顺利|隆重)?(?:举行)?(?:揭牌|挂牌|授牌|奠基|开工|动工|复工|竣工|落成)"
)
# 揭牌“甲医院乙分院”
_UNVEILS = re.compile(r"(?:揭牌|挂牌|授牌|成立|设立|共建|筹建)了?[“\"]$")
# 乙中学为赴和田支教的教师举行欢送会
# 县幼儿园二期配套项目, 金湾小学建设现场, 十团中学综合楼
_PART = re.compile(
    r"(?:[一二三]期|新校区|新院区|综合楼|教学楼|实训楼|宿舍楼|门诊楼|住院楼|医技楼|学生公寓)"
    r"|(?:改扩建|扩建|新建|迁建|建设|配套)[^,，。;；、和与]{0,6}?(?:项目|工程|现场|工地)"
)
_SEES_OFF = re.compile(r"[为欢][^,，。;；]{0,30}(?:举行|召开|举办)[^,，。;；]{0,8}(?:欢送|送行|出征|壮行)")
_REPORTS = re.compile(r"[^,，。;；]{0,14}\d+月\d+日(?:电|讯|消息)|(?:记者|讯|消息)")
# 全国工商联、中国光彩会《…意见》, 按照市工商联部署: whose paper or word it is
_ISSUES = re.compile(
    rf"{LIST}(?:等)?(?:联合)?(?:印发|下发|出台|发布|制定|发出)?(?:了)?(?:的)?(?:关于[^,，。;；]{{0,12}})?《(?![^》]*协议)"
)
_TEAMS = ("工作队", "工作组", "指挥部", "领导小组", "前指")
_MEMBER = re.compile(r"的?(?:(?:成员|会员|理事|会长|副会长)(?:单位|企业)|(?:下属|旗下|所属)(?:单位|企业|公司)?)")
_BY_WORD = re.compile(r"(?:根据|按照|按|遵照|响应|落实|贯彻|在|应|受|经)[^,，。;；]{0,16}$")
_BY_WORD_REACH = 20
_AT_WORD = re.compile(
    rf"{LIST}(?:等)?的?(?:统一|相关|有关|具体|总体|工作)*(?:部署|要求|安排|精神|指示|号召|倡议|委托|邀请|指导下|支持下|关心下|协调下|通知|文件|批准|同意)"
)
_OFFICER = re.compile(r"(?:党组|党委)?(?:原|常务)?副?(?:主席|书记|会长|理事长|主任委员|主委|局长|部长|秘书长|总队长)")
_HELD_AT = re.compile(
    r"(?:会议室|礼堂|操场|门前|广场)?[内里]?(?:隆重|正式|顺利)?"
    r"(?:举行|召开|举办|开幕|交接|启动|发放|(?:亲切)?会[见晤])"
)
_ROOM = re.compile(r"[^,，。;；、]{0,6}(?:会议室|会议厅|报告厅|礼堂|多功能厅|门前|操场|分会场|会场)")
_BUILDS = re.compile(
    rf"{LIST}(?:共同|联合|负责|出资|合资)*(?:出资\d|捐资\d|投资|承建|代建|开发|建设|运营|经营|管理|组织实施|兴建|打造)"
)
PAYS = re.compile(r"(?:独家|全额|共同)?(?:出资|提供|赞助|捐赠|捐助|捐建|买单|资助)")
HEARTS = re.compile(
    r"(?:全体|广大)?(?:干部)?(?:职工|员工|师生|会员|同仁)?的?(?:一片|一份|捐赠)?(?:心意|爱心|善意|善款|关爱|捐赠)"
)
_BUILDER_IS = (
    "施工的是",
    "承建的是",
    "施工方是",
    "承建方是",
    "建设方是",
    "施工单位是",
    "承建单位是",
    "施工方为",
    "承建方为",
)
_AND = ("与", "和", "同")
_HEADED = ("协会", "商会", "学会", "促进会", "基金会", "慈善会", "慈善总会", "联谊会", "联合会")
_LEADS = re.compile(
    r"(?:[、和与及][^,，。;；]{2,30}?)?等?(?:\d+人)?(?:一行|率|带队|带领|带着|携|偕同|领着|专程)"
    r"|(?:[、和与及][^,，。;；]{2,30}?)?(?:等\d+人)?,?(?:专程|顶着[^,，。;；]{2,16},|冒着[^,，。;；]{2,16},)?(?:赴|前往|来到|走进|抵达)"
)
# 两地高中, 乡镇医院: institutions nobody names
_UNNAMED = re.compile(
    r"(?:[百千万]所|两地|双方|当地|各地|省会|县直|市直|区直|省内|充分发挥|发展|贫困|边远|乡镇|县级|村级|镇级|高中|初中|中小|深化|对口|帮扶|受援|受捐|合作|结对|友好|部分|优质|重点|基层|农村|民营|爱心)*"
    r"(?:学校|高中|中学|小学|医院|企业|公司|卫生院|商会|协会)"
    r"|[\u4e00-\u9fff]{2,9}[省市州区县](?:学校|中小学校?|企业|公司)"
)
_SCHOOLS = ("高中", "中学", "小学", "初中")
# how the names end that the patterns above may take for nobody's
_COMMON = (*_SCHOOLS, "学校", "医院", "企业", "公司", "卫生院", "商会", "协会", "工商联")
_LEVEL_ONLY = re.compile(r"[\u4e00-\u9fff]{1,8}[省市州区](?:小学|中学|高中|初中)")
_SUBJECT_TAUGHT = re.compile(r"(?:语文|数学|英语|物理|化学|生物|体育|历史|地理|政治|音乐|美术|思政|信息技术)")
# 其中4项为甲公司与乙村签订的协议: what they are, nobody receives
_IS = re.compile(r"(?:\d+[项个家份]|分别|单位|企业)为$")
_GIVE_TO = re.compile(r"[^,，。;；、]{2,20}?(?:捐|赠|送)(?!企业|单位)")
_ARRANGES = re.compile(r"[^,，。;；]{0,12}?(?:组织|牵头|负责|安排|承|主办|发起)")
_TALKED_TO = re.compile(r"(?:^|[,，并还])(?:与|同|和)(?:[^,，。;；]{2,24}、)?$")
_TOURED = re.compile(r"(?:来到|走进|参观|考察|走访|深入|前往)了?(?:[^,，。;；]*、)?$")
_FOR_WHOM = re.compile(r"(?:参与|支持|帮扶|援建|捐建)[^,，。;；、]{2,16}(?:项目|工程|基地)")


def named(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether a mention names one institution, and not the paper whose dateline it opens."""
    text, before, after = sentence.text, org.start - sentence.start, org.end - sentence.start
    name = org.canonical
    if name.endswith(_COMMON) and (_UNNAMED.fullmatch(name) or _SEVERAL.fullmatch(name)):
        return False
    if name.endswith(_TEAMS):
        return False  # 东莞市援疆工作队: people of a side, no body
    if "—" in name:
        return False  # “溧阳—汉阴工商联合作协议”: the two of it
    if name.endswith(_SCHOOLS) and _LEVEL_ONLY.fullmatch(name) and _SUBJECT_TAUGHT.match(text, after):
        return False  # 城关区|中学体育教师: the subject at that level
    member = _MEMBER.match(text, after)
    if member and any(o.start - sentence.start == member.end() for o in sentence.organizations):
        return False  # 某集团成员单位|甲公司: whose member acts
    if "《" in text and _ISSUES.match(text, after):
        return False
    if _BY_WORD.search(text, max(0, before - _BY_WORD_REACH), before) and _AT_WORD.match(text, after):
        return False
    return _REPORTS.match(text, after) is None


def acts(draft: Draft, sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether an organisation outside the event's clause, or a public office, holds or sends what the event tells of.

    Offices count when they sign, give or are said to organise; people come from (来自) their hospital or school.
    """
    if sentence.spoken(org.start):
        return False
    before = sentence.text[: org.start - sentence.start]
    after = sentence.text[org.end - sentence.start :]
    if draft.type in HELD:
        held = _HELD_BY.search(before)
        if _ORGANISES.match(after) or (held and (held[0][0] != "在" or _held_there(org, after))):
            return not is_venue(sentence, org)
        told = any(sentence is one for one, _, _ in draft.statements())
        if _HOLDS_THERE.match(after) or (_TOGETHER_WITH.search(before) and _HELD_WITH.match(after)):
            return not is_venue(sentence, org)
        if told and org.kind in SIGNING and _TOGETHER_WITH.search(before) and _IS_HELD.search(after):
            return True
    if draft.type == "personnel":
        if _is_of(sentence, org):
            return True
        if org.kind in ("hospital", "school") and _LED_TEAM.match(after):
            return True
        return _FROM.search(before) is not None or _SENDS.match(after) is not None or _leaves(org, after)
    signs = _SIGNS.match(after) if draft.type in ("agreement", "pairing") else None
    if signs and draft.type == "agreement" and signs[0].endswith(("结为", "结成")) and "签" not in after[:60]:
        signs = None  # a pair, with or without a paper
    if signs:
        # two bases that sign with each other are parties, whatever they are
        return org.kind in SIGNING or after[:1] in _AND or before[-1:] in _AND
    if draft.type == "project":
        if (before.endswith("由") and _BUILDS.match(after) is not None) or before.endswith(_BUILDER_IS):
            return True
        low, high = sorted((org.end - sentence.start, draft.head - sentence.start))
        if "、由" in sentence.text[low:high]:
            return False  # the next work of a list has its own builder
        return org.kind == "company" and (
            _INVESTS.match(after) is not None or _brought(before) or _SPEAKS_FOR.match(after) is not None
        )
    if draft.type == "donation":
        enlisting = _ENLISTED.search(before) or (_ENLISTS.match(after) and not before.endswith(("向", "为", "给")))
        if org.end <= draft.head and org.kind in SIGNING and enlisting:
            return True
        if org.kind in SIGNING and before.endswith("来自") and HEARTS.match(after):
            return True
        if before.endswith("由") and PAYS.match(after):
            return True  # 捐赠了由某银行出资购买的书籍
        return HELPED.search(before) is not None and SUPPORT.match(after) is not None
    if draft.type in ("labor", "consumption"):
        if draft.type == "consumption" and org.kind == "company" and _ENLISTED.search(before):
            return True  # 联合乙公司等七家单位订购
        return org.kind in ("company", "farm") and (
            _AMONG.match(after) is not None
            or _SPEAKS_FOR.match(after) is not None
            or (_AT_FAIR.match(after) is not None and before[-1:] not in _AND)
        )
    return False


def _is_of(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether a person of a list of those sent is told as of a school or hospital: 某中心小学的甲、某中学的乙等教师."""
    return org.kind in ("school", "hospital") and _IS_OF.match(sentence.text, org.end - sentence.start) is not None


def _held_there(org: OrganizationMention, after: str) -> bool:
    """Whether what the sentence tells of is held at a body, which only is toured otherwise: 在某公司,代表团考察了."""
    return org.kind in SIGNING and _AT_IT.match(after) is not None


def _leaves(org: OrganizationMention, after: str) -> bool:
    """Whether its team leaves, or it sees those off who do."""
    return has_team(org, after) or (org.kind in ("hospital", "school") and _SEES_OFF.match(after) is not None)


def is_set_up(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether the body is what is built or opened: 乙镇卫生院竣工, 丙名医工作室揭牌."""
    at = org.start - sentence.start
    if sentence.text.startswith(("“", '"'), max(0, at - 1)) and _UNVEILS.search(sentence.text, max(0, at - 8), at):
        return True
    end = org.end - sentence.start
    return _SET_UP.match(sentence.text, end) is not None or _PART.match(sentence.text, end) is not None


def sent_before(draft: Draft, sentences: list[Sentence]) -> list[OrganizationMention]:
    """Whose people they are who come in a sentence without a body: 某医院派来的专家甲 … 甲是今年7月到的."""
    at = draft.sentence.index
    for sentence in (*sentences[max(0, at - 2) : at][::-1],):
        told = [
            o
            for o in sentence.organizations
            if o.kind in ("hospital", "school") and _SENT_BY.match(sentence.text, o.end - sentence.start)
        ]
        if told:
            return told
    return []


def has_team(org: OrganizationMention, after: str) -> bool:
    """Whether a hospital or school is named as whose team comes."""
    return org.kind in ("hospital", "school", "institute") and _TEAM.match(after) is not None


def _brought(before: str) -> bool:
    """引进的乙公司: a firm brought to build what the sentence tells of."""
    return before.endswith(("引进的", "引进了", "引进", "引入"))


def may_sign(draft: Draft, sentence: Sentence, org: OrganizationMention) -> bool:
    """Companies, schools … in the clause, and offices that sign or give, not those that only say whose head one is."""
    if org.kind in SIGNING:
        return hosts_visits(org.canonical, org.kind) or org.kind == "association"
    return draft.type in ("agreement", "donation") and org.kind in _OFFICE and not heads_person(sentence, org)


def receives_there(sentence: Sentence, position: int, kind: str = "") -> bool:
    """Whether something is given to whoever stands at ``position``, or, in a personnel event, people are sent there."""
    ends = ("向", "为", "给", "通过", "到", "赴", "往") if kind == "personnel" else ("向", "为", "给", "通过")
    text, at = sentence.text, position - sentence.start
    if not text.endswith(ends, 0, at):
        return False
    told = _IS.search(text, max(0, at - 8), at)
    # 两家企业为某小学捐书: for whom, unlike 捐赠企业为甲公司
    return told is None or (told[0][0] in "单企" and _GIVE_TO.match(text, at) is not None)


# 向甲中学、乙小学共捐赠10万元; not 甲公司向乙县、丙公司向丁县捐赠
_RECEIVERS = re.compile(r"[向给](?:[^,，。;；向给为捐赠]{2,24}[、和与及])+$")


def listed_receiver(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether a body ends the list of those to whom something is given."""
    at = org.start - sentence.start
    if sentence.text.startswith(("向", "为", "给"), org.end - sentence.start):
        return False
    return _RECEIVERS.search(sentence.text, max(0, at - 60), at) is not None


def is_venue(sentence: Sentence, org: OrganizationMention) -> bool:
    """在色达县旭日乡中心校举行: a place to meet, no party."""
    before, after = sentence.text[: org.start - sentence.start], sentence.text[org.end - sentence.start :]
    return before.endswith("在") and (_HELD_AT.match(after) is not None or _ROOM.match(after) is not None)


def heads_person(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether the organisation only tells whose head a person is."""
    if _OFFICER.match(sentence.text, org.end - sentence.start):
        return True
    return any(
        p.title_start is not None and p.title_start <= org.start < (p.title_end or p.start) for p in sentence.people
    )


def led_by_head(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether the head of a firm, school or society leads the journey, which is theirs then: 某商会会长李某率队."""
    if org.kind == "association" and not org.canonical.endswith(_HEADED):
        return False
    return any(
        p.title_start is not None
        and p.title_start <= org.start < p.start
        and _LEADS.match(sentence.text, p.end - sentence.start)
        for p in sentence.people
    )


def no_stop(sentence: Sentence, org: OrganizationMention) -> bool:
    """Whether a tour does not stop there: a partner to sign with, whose project it is, a farm that is a project."""
    text, at, end = sentence.text, org.start - sentence.start, org.end - sentence.start
    if _SIGNS.match(text, end) and not _TOURED.search(text, max(0, at - 24), at):
        return True
    if _TALKED_TO.search(text, max(0, at - 32), at) and org.kind == "association":
        return True  # 来到某县,与县工商联座谈
    if text.endswith("由", 0, at) and _ARRANGES.match(text, end):
        return True  # 年内由某县侨联组织侨商考察
    return _FOR_WHOM.match(text, end) is not None or (org.kind == "farm" and text.startswith("项目", end))
