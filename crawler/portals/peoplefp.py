"""人民网·人民扶贫: the poverty-relief channel of the party's central paper."""

from crawler.portals.declaration import Portal

# Columns as listed in a public crawler; article addresses are those of all people.com.cn channels of that time.
PORTAL = Portal(
    name="peoplefp",
    title="人民网·人民扶贫",
    hosts=("rmfp.people.com.cn",),
    start_urls=(
        "http://rmfp.people.com.cn/GB/406734/index.html",  # 地方要闻
        "http://rmfp.people.com.cn/GB/406735/index.html",  # 县域动态
    ),
    article=r"^/n1/\d{4}/\d{4}/c\d+-\d+\.html$",
    listing=r"^/GB/\d+/index\d*\.html$",
    note="GBK pages that say GB2312.",
)
