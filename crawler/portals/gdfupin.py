"""广东扶贫网: the site of Guangdong's poverty-alleviation association; gone, reachable through web archives."""

from crawler.portals.declaration import Portal

PORTAL = Portal(
    name="gdfupin",
    title="广东扶贫网",
    hosts=("www.gdfupin.org.cn", "gdfupin.org.cn"),
    start_urls=("http://www.gdfupin.org.cn/news_list.asp?typeid=25",),
    article=r"^/(?:\w+/)?(?:news_?)?(?:show|view|dis|detail|content)\w*\.asp\?(?:.*&)?\w*id=\d+",
    listing=r"^/(?:\w+/)?(?:news_?)?(?:list|class|more)\w*\.asp(?:\?|$)",
    home="440000",
    note="GBK pages in nested tables, 2009-2013; the date stands in a line `加入时间:2013-9-2    来源:…`.",
)
