"""中国网·中国扶贫: the poverty-relief channel of china.com.cn."""

from crawler.portals.declaration import Portal

# Article addresses as quoted in public repositories (/2020-08/31/content_….htm, next parts …_2.htm).
PORTAL = Portal(
    name="chinafp",
    title="中国网·中国扶贫",
    hosts=("f.china.com.cn",),
    start_urls=("http://f.china.com.cn/",),
    article=r"^/\d{4}-\d{2}/\d{2}/content_\d+\.html?$",
    listing=r"^/(?:node_\d+(?:_\d+)?\.htm)?$",
    note="The front page leads to columns (node_….htm), each paged by links.",
)
