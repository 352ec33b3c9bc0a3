"""网易: articles of accounts (网易号) and news, also served by mirrors on other hosts."""

from crawler.portals.declaration import Portal

PORTAL = Portal(
    name="netease",
    title="网易",
    hosts=("www.163.com", "c.m.163.com"),
    start_urls=("https://c.m.163.com/nc/subscribe/list/T1586412345678/all/0-5.html",),
    article=r"^/(?:dy|news)/article/[0-9A-Z]{8,}\.html$",
    listing=r"^/(?:nc/subscribe/list/T\d+/all/\d+-\d+\.html|dy/media/\w+\.html|dy/list(?:_\d+)?\.html)",
    mirrors=True,
    note="Mirrors show traditional script with pinyin glosses and lost bytes; the byline block stands at the end.",
)
