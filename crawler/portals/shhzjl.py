"""上海市人民政府合作交流办公室: Shanghai's office for paired assistance (沪滇, 沪遵, 援疆, 援藏, 援青, 三峡)."""

from crawler.portals.declaration import Portal

# Article addresses as quoted in public repositories: /n1308/20250207/….html; the list is that column's front page.
PORTAL = Portal(
    name="shhzjl",
    title="上海市人民政府合作交流办公室",
    hosts=("hzjl.sh.gov.cn",),
    start_urls=("https://hzjl.sh.gov.cn/n1308/index.html",),
    article=r"^/n\d+/\d{8}/[0-9a-f]{32}\.html$",
    listing=r"^/n\d+/(?:n\d+/)?(?:index(?:_\d+)?\.html)?$",
    home="310000",
)
