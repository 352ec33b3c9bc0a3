# ruff: noqa: E501
"""Ways in which copies come about, to make labelled copies of any article; the detector knows none of these tables."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache

from opencc import OpenCC
from pypinyin import Style, pinyin

# What content farms put for the words of the genre. Written from spun pages' habits, never read by crawler/.
SYNONYMS = [
    "工作=作业",
    "开展=展开",
    "举行=进行",
    "召开=举办",
    "考察=查看",
    "调研=调查",
    "介绍=讲解",
    "情况=状况",
    "表示=透露",
    "帮扶=协助",
    "扶贫协作=扶贫合作",
    "协作=合作",
    "项目=工程",
    "建设=建造",
    "参加=参与",
    "出席=列席",
    "讲话=发言",
    "实地=现场",
    "详细=仔细",
    "了解=知晓",
    "先后=接连",
    "代表团=访问团",
    "考察团=参观团",
    "签订=订立",
    "协议=合约",
    "安排=布置",
    "用于=用在",
    "支持=支撑",
    "发展=进步",
    "资金=钱款",
    "投入=投进",
    "捐赠=赠送",
    "仪式=典礼",
    "群众=民众",
    "干部=官员",
    "教师=老师",
    "医疗=医治",
    "设备=装备",
    "组织=安排",
    "培训班=训练班",
    "培训=训练",
    "希望=期望",
    "邀请=约请",
    "产业=工业",
    "企业=公司",
    "就业=工作",
    "务工人员=打工人员",
    "务工=打工",
    "前往=赶往",
    "获悉=得悉",
    "深入=走进",
    "陪同=伴随",
    "座谈会=谈话会",
    "座谈=谈话",
    "通报=通告",
    "贫困=穷困",
    "带动=带领",
    "销售=贩卖",
    "产品=商品",
    "价值=价格",
    "物资=物品",
    "学校=校园",
    "孩子=小孩",
    "感谢=感激",
    "合作=协作",
    "联席会议=联席会",
    "会议=集会",
    "研究=探讨",
    "部署=安置",
    "实施=施行",
    "总投资=总出资",
    "计划=方案",
    "建成=建好",
    "投产=投入生产",
    "增收=增加收入",
    "农户=农家",
    "结对=结成对子",
    "选派=遴选",
    "医生=医师",
    "专家=行家",
    "为期=历时",
    "抵达=到达",
    "来自=出自",
    "今年以来=本年以来",
    "今年=本年",
    "去年=上年",
    "目前=现在",
    "共同=一同",
    "重点=要点",
    "主持=掌管",
    "双方=两边",
    "推动=促使",
    "加强=增强",
    "继续=持续",
    "提供=供给",
    "帮助=协助",
    "惠及=造福",
    "看望=探望",
    "走访=拜访",
    "察看=检视",
    "强调=着重指出",
    "指出=说道",
    "代表=代替",
    "接受=接收",
    "全部=悉数",
    "到位=落实",
    "增加=增添",
    "新增=新加",
    "预计=估计",
    "开工=动工",
    "竣工=完工",
    "率队=领队",
    "率=带领",
    "赴=到",
    "并=并且",
    "将=会",
    "和=与",
    "及=以及",
    "等=等等",
    "已=已经",
    "为=给",
    "在=于",
    "共=总共",
    "向=朝",
    "由=经",
]

CHROME_BEFORE = "您所在的位置： 首页 >> 新闻动态 >> 对口协作\n【字体：大 中 小】 打印本页 关闭窗口\n"
CHROME_AFTER = "\n上一篇：关于做好汛期安全生产工作的通知\n下一篇：我市召开经济运行分析会\n分享到：微信 新浪微博 QQ空间\n【责任编辑：林小满】\n版权所有 未经授权禁止转载 备案号：某ICP备00000000号\n网站地图 | 联系我们 | 关于我们\n"


@cache
def swaps() -> dict[str, str]:
    """The synonym table."""
    return dict(pair.split("=") for pair in SYNONYMS)


def cut(text: str, chance: random.Random) -> str:
    """The first part only, as an aggregator shows it, ended at a sentence."""
    ends = [m.end() for m in re.finditer("。", text) if m.end() >= 0.5 * len(text)]
    return text[: ends[0]] if ends and ends[0] < len(text) else text[: int(len(text) * chance.uniform(0.6, 0.8))]


def edited(text: str, chance: random.Random) -> str:
    """Another editor's hand: one clause in five without figures gone, at most a third; a few words changed, a line added."""
    clauses = re.split(r"(?<=[，。；])", text)
    kept, spare = list(clauses), 0.3 * len(text)
    for clause in clauses[1:]:
        if not re.search(r"\d", clause) and chance.random() < 0.2 and len(clause) <= spare:
            kept.remove(clause)
            spare -= len(clause)
    small = chance.sample(sorted(swaps()), 4)
    body = "".join(kept)
    for word in small:
        body = body.replace(word, swaps()[word], 1)
    return body + chance.choice(["（本报记者 文心）", "（通讯员 何苗）", ""])


def damaged(text: str, chance: random.Random) -> str:
    """A mirror's damage: characters lost to question marks, glosses behind some characters, blanks and half-width marks."""
    glossed = set(chance.sample(sorted({c for c in text if "一" <= c <= "鿿"}), 6))
    made = []
    for char in text:
        if char.isdigit() or chance.random() > 0.012:
            gloss = f"({pinyin(char, style=Style.TONE)[0][0]})" if char in glossed else ""
            made.append(char + gloss)
        else:
            made.append("?")
    return "".join(made).replace("，", ",").replace("。", "。\n　　")


def traditional(text: str, chance: random.Random) -> str:
    """The other script."""
    return str(_opencc().convert(text))


def wrapped(text: str, chance: random.Random) -> str:
    """Menu, breadcrumb, neighbours and footer left in."""
    return CHROME_BEFORE + text + CHROME_AFTER


def reprinted(text: str, chance: random.Random) -> str:
    """Word for word; the credit stands in the byline."""
    return text


def spun_light(text: str, chance: random.Random) -> str:
    """Half of the swappable words swapped."""
    return _spin(text, chance, 0.5)


def spun_heavy(text: str, chance: random.Random) -> str:
    """Every swappable word swapped, longest first."""
    return _spin(text, chance, 1.0)


MAKERS: dict[str, Callable[[str, random.Random], str]] = {
    "cut": cut, "edited": edited, "damaged": damaged, "traditional": traditional, "wrapped": wrapped,
    "reprinted": reprinted, "spun_light": spun_light, "spun_heavy": spun_heavy,
}  # fmt: skip


@cache
def _opencc() -> OpenCC:
    return OpenCC("s2t")


@cache
def _swappable() -> re.Pattern[str]:
    return re.compile("|".join(sorted(swaps(), key=len, reverse=True)))


def swapped(text: str, made: str) -> int:
    """Return how many words the table swaps in ``text`` that ``made`` does not have as often."""
    words = _swappable().findall(text)
    return sum(max(0, words.count(word) - _swappable().findall(made).count(word)) for word in set(words))


def _spin(text: str, chance: random.Random, share: float) -> str:
    return _swappable().sub(lambda m: swaps()[m[0]] if chance.random() < share else m[0], text)
