"""宁夏新闻网: the site of the party paper of Ningxia, which Fujian has been paired with since 1996 (闽宁协作)."""

from crawler.portals.declaration import Portal

# Columns and an article address as quoted in public repositories: /yc/, /yc/jrww/202302/t20230224_….html.
PORTAL = Portal(
    name="nxnews",
    title="宁夏新闻网",
    hosts=("www.nxnews.net", "nxnews.net"),
    start_urls=("http://www.nxnews.net/yc/jrww/",),
    article=r"^/(?:\w+/)+\d{6}/t\d{8}_\d+\.html$",
    listing=r"^/(?:[a-z]+/){1,3}(?:index(?:_\d+)?\.html?)?$",
    home="640000",
)
