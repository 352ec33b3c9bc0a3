"""广东省农业农村厅: Guangdong's department for rural affairs, with the province's record of 东西部协作."""

from crawler.portals.declaration import Portal

# The column is the folder of an article address found in a public web corpus: …/mtbd/content/post_….html.
PORTAL = Portal(
    name="gdnyt",
    title="广东省农业农村厅",
    hosts=("dara.gd.gov.cn",),
    start_urls=("https://dara.gd.gov.cn/ztzx/xczxgzt/xcyw/mtbd/",),
    article=r"^/(?:\w+/)+content/(?:\d+/\d+/)?post_\d+\.html$",
    listing=r"^/(?:\w+/)+(?:index(?:_\d+)?\.html)?$",
    home="440000",
    note="One system with all departments of the province (/gkmlpt/content/4/4646/post_….html is its register).",
)
