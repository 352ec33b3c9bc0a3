"""国家乡村振兴局, until 2021 国务院扶贫办: national news of poverty relief and east-west cooperation."""

from crawler.portals.declaration import Portal

# Addresses of both hosts as quoted in public repositories: /art/2019/4/11/art_46_….html, /col/col3059/index.html.
PORTAL = Portal(
    name="nrra",
    title="国家乡村振兴局",
    hosts=("www.nrra.gov.cn", "nrra.gov.cn", "www.cpad.gov.cn", "cpad.gov.cn"),
    start_urls=("https://www.nrra.gov.cn/col/col3059/index.html",),
    article=r"^/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html$",
    listing=r"^/col/col\d+/(?:index(?:_\d+)?\.html)?(?:\?|$)|^/module/web/jpage/dataproxy\.jsp\?",
    note="Rows of a list stand in data records; merged into 农业农村部 in 2023, perhaps in web archives only.",
)
