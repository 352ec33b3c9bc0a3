"""What tells reported speech, documents and the report itself apart: patterns of how each begins and ends."""

from __future__ import annotations

import re

LISTED = re.compile(r"\s*(?:[一二三四五六七八九十]是|[一二三四五六]要|(?:第[一二三四五六七八九十]|[一二三四五六])、要)")
# 《方案》明确, 根据《方案》,今年将 …: a document speaks of what is to be done
DOCUMENT = re.compile(
    r"(?:《[^》]{2,60}》|(?:^|[,，。;；])(?:该|此)?(?:协议|方案|意见|规划|备忘录))(?:还|同时|进一步)?(?:明确|规定|约定|提出|指出|要求|强调)(?!了?后)|^\s*(?:根据|按照|依照)《[^》]{2,60}》[^。]{0,12}将"
)
PAPER = re.compile(r"\s*(?:该|此)?(?:协议|方案|意见|规划|备忘录)")
OPENS = frozenset("一二三四五六七八九十第该此协方意规备")  # first letters of those two
# 表示热烈欢迎 is a courtesy, 表示建德将全面深化 … opens speech
COURTESY = re.compile(
    r"(?:了|最|更)?(?:热烈|衷心|诚挚|由衷|崇高|深切|亲切|高度|充分|极大|强烈|浓厚|一致|真诚|非常|深深)*的?"
    r"(?:欢迎|感谢|谢|祝贺|慰问|敬意|敬|肯定|认可|满意|支持|赞同|赞|关注|关切|兴趣|哀悼|问候|[,，。;；])|$"
)
# 根据市委的要求, 为贯彻落实总书记关于 … 的重要指示要求: why something is done
IN_LINE_WITH = re.compile(
    r"(?:(?:根据|按照|依照|按|遵照|围绕|对照|落实|贯彻|响应|对标)[^,，。;；:：]{0,60}"
    r"|(?:指示|讲话|精神|部署|批示|论述|安排|嘱托))$"
)
# 据了解, 双方签订了…: the report takes over again
REPORTER = re.compile(
    r"\s*(?:据(?:了解|悉|介绍|统计|初步统计|不完全统计)"
    r"|(?:最后[,，])?(?:双方|两[地市县区院校家])[^,，。;；:：]{0,12}(?:签订|签署|签下|互赠|交换|举行|召开)了"
    r"|[^,，。;；:：]{2,20}等\d+家[^,，。;；:：]{1,6}与[^,，。;；:：]{2,16}(?:签订|签署|签约))"
)
# 座谈会上,两地教体局续签了…: what was done there, behind what was said
ON_THE_SPOT = re.compile(
    r"\s*[^,，。;；]{0,8}(?:座谈会|联席会议?|(?:推介|对接|交流|洽谈)会|会议|会谈|仪式|活动)(?:现场|上|期间|结束后|后)[,，]"
)
