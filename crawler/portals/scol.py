"""四川在线: the site of the party paper of Sichuan, which Zhejiang is paired with (浙川协作)."""

from crawler.portals.declaration import Portal

# Column and article addresses as in public repositories and a public web corpus: /ggxw/202306/….html.
PORTAL = Portal(
    name="scol",
    title="四川在线",
    hosts=("sichuan.scol.com.cn",),
    start_urls=("https://sichuan.scol.com.cn/ggxw/",),
    article=r"^/[a-z]+/\d{6}/\d+\.html$",
    listing=r"^/[a-z]+/(?:index(?:_\d+)?\.html)?$",
    home="510000",
    note="News of all kinds: most of it is not about assistance, and some pages are videos without text.",
)
