"""Small pages written for the tests, true to the layouts of Chinese sites; people and figures are invented."""

# ruff: noqa: E501  (Chinese test pages read best in one line)

from __future__ import annotations

TITLE = "清河区考察团赴乐业县对接东西部协作工作"
BODY = (
    "5月18日，清河区副区长陈立平率考察团到广西壮族自治区百色市乐业县，就深化东西部协作工作进行考察对接。",
    "考察团一行先后走进同乐镇的刺梨种植基地和幼儿园工地，实地查看协作项目进展，询问群众务工收入情况。",
    "座谈会上，陈立平表示，两地要在产业、劳务、教育三个方面继续合作，把帮扶资金用在群众最需要的地方。",
    "乐业县副县长韦小岚说，去年清河区投入帮扶资金1200万元，带动860户农户增收，全县干部群众铭记在心。",
    "会后，双方签订了村企结对协议，清河区的四家企业与四个村结成帮扶对子。",
)
RELATED = ("全县春耕备耕进度过半", "乐业大石围迎来旅游高峰", "县医院开展义诊活动")


def paragraphs(lines: tuple[str, ...] = BODY, tag: str = "p") -> str:
    return "".join(f"<{tag}>{line}</{tag}>" for line in lines)


def portal(
    body: str | None = None,
    *,
    title: str = TITLE,
    byline: str = "发布时间：2021-05-20 09:30　来源：乐业县融媒体中心　浏览次数：35",
    tail: str = "<p>责任编辑：黄文静</p><p>（本文版权归原作者所有，如有侵权请联系我们删除）</p>",
    charset: str = "utf-8",
    lead: str = "div",
) -> str:
    """A county portal: menu, crumbs, heading, byline, body, editor line, related list, footer."""
    menu = "".join(
        f'<li><a href="/{i}/">{name}</a></li>' for i, name in enumerate(("首页", "要闻", "公告", "专题", "视频"))
    )
    related = "".join(f'<li><a href="/a/{i}.html">{name}</a></li>' for i, name in enumerate(RELATED))
    inner = paragraphs() if body is None else body
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}_乐业新闻网</title></head><body>'
        f'<div class="top"><ul class="menu">{menu}</ul></div><div class="wrap"><div class="crumb">当前位置：<a href="/">首页</a>'
        f' &gt; <a href="/1/">要闻</a> &gt; 正文</div><{lead} class="detail"><h1>{title}</h1><div class="info">{byline}</div>'
        f'<div class="con">{inner}{tail}</div></{lead}><div class="xg"><h3>相关新闻</h3><ul>{related}</ul></div></div>'
        f'<div class="foot">主办单位：乐业县人民政府　桂ICP备00000000号<br>版权所有 未经许可不得转载</div></body></html>'
    )


def old_table(lines: tuple[str, ...] = BODY) -> str:
    """A GB2312 table layout of the 2000s: no classes, <br> paragraphs with full-width indents."""
    text = "<br>\r\n".join("　　" + line for line in lines)
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>乐业扶贫网</title></head><body>'
        '<table width="760"><tr><td><a href="/">首页</a> <a href="/1">扶贫要闻</a> <a href="/2">对口帮扶</a></td></tr></table>'
        f'<table width="760"><tr><td>当前位置：首页->>扶贫要闻</td></tr><tr><td align="center"><b>{TITLE}</b></td></tr>'
        f'<tr><td>加入时间：2011-5-20　来源：右江晚报</td></tr><tr><td><font size="3">{text}</font></td></tr></table>'
        '<table width="760"><tr><td>设为首页 | 加入收藏 | 联系我们</td></tr><tr><td>版权所有：乐业县扶贫办 桂ICP备00000001号</td></tr></table>'
        "</body></html>"
    )


def page_lines(**changes: str) -> str:
    """The plain text of a whole page, chrome lines and all."""
    parts = {
        "byline": "2021-05-20 09:30 来源:乐业县融媒体中心",
        "credits": "文/图 罗小满\n编辑:黄文静\n监制:覃国栋",
        **changes,
    }
    return "\n".join(
        ["乐业新闻网", "首页 要闻 公告 专题", "当前位置:首页 > 要闻", TITLE, parts["byline"], "", *BODY, parts["credits"],
         "扫描二维码关注乐业发布", "相关阅读", *RELATED, "版权所有:乐业新闻网 桂ICP备00000000号"]
    )  # fmt: skip
