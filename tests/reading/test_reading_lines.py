"""Lines are judged as the table of rules says, however the rules are put together to be fast."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from itertools import pairwise

import pytest

from crawler.reading.lines import NAME, fold, judge, role_pattern

TABLE = tomllib.loads(files("crawler.reading").joinpath("data/line_rules.toml").read_text("utf-8"))["rule"]
LINES = """
责任编辑：林予安
（责编：林予安、覃晓）
来源：右江日报 2021-05-01 10:00
图/文 林予安
打印本页 关闭窗口
昨天，两地召开联席会议，代表团考察了产业园。
会议要求，各单位要长按农时，识别风险，扫清障碍。
请长按二维码识别并关注本报公众号
更多内容请下载 APP 查看
凡本网注明“来源：本网”的所有作品，版权均属于本网，未经授权不得转载。
以上文章不代表本站观点，仅供参考，据此操作风险自担
网友评论仅代表个人看法
新闻热线：0776-1234567
COPYRIGHT 2021 all Rights reserved
桂ICP备12345678号
信息由用户上传分享，平台仅提供存储服务
第3页
上一篇：两地签订协议
相关阅读
2021年5月1日
首页 > 要闻
□记者 林予安 报道
点赞
打开某某新闻 查看更多视频
微信截图_20240920.jpg
手机终端下载:
The End
""".strip().splitlines()


def by_the_table(folded: str, zone: str) -> tuple[str, str] | None:
    """Kind and action of the rule that matches furthest to the left, of several there of the first in the table."""
    best: tuple[int, int] | None = None
    for number, rule in enumerate(TABLE):
        for pattern in rule["patterns"] if rule["zone"] == zone else ():
            whole = pattern.replace("{roles}", role_pattern()).replace("{name}", NAME)
            if (found := re.search(whole, folded, re.I)) and (best is None or (found.start(), number) < best):
                best = found.start(), number
    return (TABLE[best[1]]["kind"], TABLE[best[1]]["action"]) if best else None


@pytest.mark.parametrize("zone", ["any", "head", "tail"])
def test_each_line_is_judged_by_the_table(zone) -> None:
    judged = {}
    for line in (*LINES, *("　" + line for line in LINES), *(f"据悉，{line}" for line in LINES), ""):
        verdict = judge(fold(line), zone)
        judged[line] = verdict and (verdict.kind, verdict.action)
    assert judged == {line: by_the_table(fold(line), zone) for line in judged}
    assert sum(verdict is not None for verdict in judged.values()) > 10, "the lines try the rules of the zone"


def test_only_patterns_bound_to_the_start_are_left_out_further_on() -> None:
    bound = [p for rule in TABLE for p in rule["patterns"] if p.startswith("^")]
    for pattern in bound:
        depth, bare = 0, re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", pattern)
        for char, following in pairwise(bare):
            depth += (char == "(") - (char == ")")
            assert depth or char != "|" or following == "^", f"{pattern}: an alternative is not bound to the start"
