"""新华网·乡村振兴: the rural channel of the state news agency."""

from datetime import date

from crawler.portals.declaration import Earlier, Portal

# Addresses as quoted in public repositories. The old shape was last seen there on a page of 2023-10, the new one (of
# all news.cn) first in 2025; when this channel changed is not known, and both are read whatever their day.
PORTAL = Portal(
    name="xhxczx",
    title="新华网·乡村振兴",
    hosts=("xczx.news.cn",),
    start_urls=("https://xczx.news.cn/zxyw.htm",),
    article=r"^/\d{8}/[0-9a-f]{32}/c\.html$",
    listing=r"^/(?:[a-z]+\.html?)?$",
    earlier=(Earlier(before=date(2024, 1, 1), article=r"^/\d{4}-\d{2}/\d{2}/c_\d+\.html?$"),),
    note="Lists may be filled by a script from a JSON file.",
)
