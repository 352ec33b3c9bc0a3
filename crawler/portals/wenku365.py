"""天天文库: shared documents, among them work reports of counties, cut into numbered preview pieces."""

from crawler.portals.declaration import Portal

PORTAL = Portal(
    name="wenku365",
    title="天天文库",
    hosts=("www.wenku365.com", "wenku365.com"),
    start_urls=("https://www.wenku365.com/c-00012.html",),
    article=r"^/p-\d+\.html$",
    listing=r"^/c-[\d-]+\.html",
    note="The upload date is not the date of the report; numbers may be cut at a piece's edge.",
)
