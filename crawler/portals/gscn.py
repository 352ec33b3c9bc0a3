"""中国甘肃网: provincial news of Gansu, which Tianjin, Shandong and cities of the east are paired with."""

from crawler.portals.declaration import Portal

# Column and article addresses as in a public crawler of 2019, the latter in a public web corpus too.
PORTAL = Portal(
    name="gscn",
    title="中国甘肃网",
    hosts=("gansu.gscn.com.cn",),
    start_urls=("http://gansu.gscn.com.cn/gsyw/",),
    article=r"^/system/\d{4}/\d{2}/\d{2}/\d+\.shtml$",
    listing=r"^/[a-z]+/(?:index(?:_\d+)?\.shtml)?$",
    home="620000",
)
