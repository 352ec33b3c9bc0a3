"""Clean text of endless variety to damage, or to leave alone: real places, invented people, equal seeds equal text.

Three styles: ``news`` is built of the phrases of assistance reports, ``varied`` of any words with numbers and every
mark, ``hard`` of lines that look damaged and are not.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from typing import Literal

import opencc
from hard_lines import HARD, HARD_TRADITIONAL

from crawler.places import gazetteer
from crawler.text.words import known_words

Style = Literal["news", "varied", "hard"]

PLACES = [
    "贵州省铜仁市玉屏侗族自治县", "广东省东莞市常平镇", "广西壮族自治区百色市凌云县", "江苏省常州市新北区",
    "陕西省安康市紫阳县", "甘肃省兰州市皋兰县", "天津市东丽区", "四川省宜宾市屏山县", "浙江省海盐县",
    "云南省昭通市", "新疆维吾尔自治区昭苏县", "青海省海北州", "甘肃省平凉市", "湖北省恩施州", "陕西省乾县",
    "吉林省乾安县", "河南省沈丘县", "河南省范县", "江西省于都县", "福建省宁德市", "宁夏回族自治区固原市",
]  # fmt: skip
PEOPLE = [
    "杨庆德", "钱志远", "韩建文", "柳景春", "张运明", "吴润华", "刘锦生", "林国彪", "罗伟民", "徐乾学", "于海",
    "范长顺", "后永庆", "钟志强", "萧云", "肖兰", "沈丽",
]  # fmt: skip
TITLES = [
    "县委书记", "县长", "副县长", "市委常委", "镇党委书记", "乡村振兴局局长", "挂职干部", "医院院长",
    "学校校长", "总经理",
]  # fmt: skip
PHRASES = [
    "召开东西部协作工作联席会议", "签订对口帮扶合作协议", "实地考察重点企业和产业园区", "捐赠帮扶资金",
    "选派教师和医生开展支教支医", "推动两地产业协作和劳务协作", "举办专场招聘会", "销售农特产品",
    "组织干部培训班", "建设扶贫车间", "深化在教育、医疗、文化旅游等方面的交流合作", "巩固拓展脱贫攻坚成果",
    "帮助当地群众实现就业", "开展结对认亲活动", "为当地企业解决用工难题", "采购当地农产品",
    "接着走进田间地头了解种植情况", "取得了显著成效", "带着深情厚谊走访慰问困难家庭",
]  # fmt: skip
LINKS = ["，并", "，进一步", "，同时", "；随后", "，共同", "、", "，继续"]
SPEECH = [
    "我们一定把工作做好", "大家的日子越来越好了", "希望两地常来常往", "这里的茶叶不愁卖了", "孩子们有了新教室",
]  # fmt: skip
PAUSES = "，" * 8 + "、、；："
ENDS = "。" * 10 + "！？…"
PAIRS = ["“”", "《》", "（）", "【】", "()", "‘’"]
UNITS = ["万元", "人", "%", "个", "公里", "年", "月", "亩", ".5亿元", "KM", "℃"]
LATIN = ["APP", "GDP", "5G", "e-mail", "www.example.com", "B2B", "A股", "Covid-19", "U盘"]


def clean(style: Style, seed: int, size: int) -> str:
    """About ``size`` characters of clean simplified text in lines."""
    return _lines(_SENTENCES[style], seed, size)


def clean_traditional(style: Style, seed: int, size: int) -> str:
    """The same as mirror sites convert it, character by character; ``hard`` lines are those of Taiwan and Hong Kong."""
    if style == "hard":
        return _lines(lambda rng: _filled(rng, HARD_TRADITIONAL), seed, size)
    return str(_s2t().convert(clean(style, seed, size)))


def _lines(sentence: Callable[[random.Random], str], seed: int, size: int) -> str:
    rng = random.Random(seed)
    lines: list[str] = []
    length = 0
    while length < size:
        lines.append("".join(sentence(rng) for _ in range(rng.randint(1, 4))))
        length += len(lines[-1])
    return "\n".join(lines)


@cache
def _s2t() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _news(rng: random.Random) -> str:
    place, person, title = rng.choice(PLACES), rng.choice(PEOPLE), rng.choice(TITLES)
    first, second, third = rng.sample(PHRASES, 3)
    link = rng.choice(LINKS)
    kind = rng.random()
    if kind < 0.25:
        return f"“{rng.choice(SPEECH)}。”{place}{title}{person}说，{first}。"
    if kind < 0.5:
        day = f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
        return f"{day}，{place}{title}{person}一行到{rng.choice(PLACES)}{first}{link}{second}。"
    if kind < 0.75:
        money = f"{rng.randint(10, 9999)}万元"
        return f"截至目前，{place}累计投入资金{money}，{first}（含{rng.randint(2, 9)}个项目），{second}！"
    return f"{person}指出，要以“{rng.choice(PHRASES)[:4]}”为抓手，{first}{link}{second}·{third}。"


def _varied(rng: random.Random) -> str:
    words, weights, places = _words()
    out: list[str] = []
    for word in rng.choices(words, cum_weights=weights, k=rng.randint(4, 22)):
        draw = rng.random()
        if draw < 0.03:
            word = rng.choice(places)
        elif draw < 0.06:
            word = f"{rng.randint(1, 20000)}{rng.choice(UNITS)}"
        elif draw < 0.07:
            word = rng.choice(LATIN)
        elif draw < 0.11:
            pair = rng.choice(PAIRS)
            word = pair[0] + word + pair[1]
        out.append(word)
        if rng.random() < 0.15:
            out.append(rng.choice(PAUSES))
    return "".join(out).rstrip(PAUSES) + rng.choice(ENDS)


@cache
def _words() -> tuple[list[str], list[float], list[str]]:
    """Words, their weights (flattened, so that rare ones come too), and names of places."""
    costs = {word: cost for word, cost in known_words().items() if cost < 22 and _is_gb2312(word)}
    total = 0.0
    weights = [total := total + 2 ** (-0.6 * cost) for cost in costs.values()]
    return list(costs), weights, sorted({unit.full_name for unit in gazetteer().units()})


def _is_gb2312(word: str) -> bool:
    try:
        return len(word.encode("gb2312")) == 2 * len(word)
    except UnicodeEncodeError:
        return False


def _filled(rng: random.Random, lines: list[str]) -> str:
    """One of ``lines`` with other numbers in it."""
    return "".join(str(rng.randint(1, 9)) if char == "#" else char for char in rng.choice(lines))


_SENTENCES: dict[Style, Callable[[random.Random], str]] = {
    "news": _news,
    "varied": _varied,
    "hard": lambda rng: _filled(rng, HARD),
}
