"""中国产业经济信息网: industry news, many of them reprints (转自)."""

from crawler.portals.declaration import Portal

PORTAL = Portal(
    name="cinic",
    title="中国产业经济信息网",
    hosts=("www.cinic.org.cn", "cinic.org.cn"),
    start_urls=("http://www.cinic.org.cn/hy/cs/",),
    article=r"^/[a-z]+/[a-z]+/\d{4,}\.html$",
    listing=r"^/[a-z]+/[a-z]+/(?:(?:index|list)_\d{1,4}\.html)?$",
    note="Reprints with a disclaimer, a hotline and sidebars around the text.",
)
