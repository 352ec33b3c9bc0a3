"""深圳招商网: investment promotion of Shenzhen, with the city's paired-assistance news."""

from crawler.portals.declaration import Portal

PORTAL = Portal(
    name="zhaoshang",
    title="深圳招商网",
    hosts=("www.hsfkn.com", "hsfkn.com"),
    start_urls=("https://www.hsfkn.com/shenzhendongtai/",),
    article=r"^/[a-z]+/\d{4,}\.html$",
    listing=r"^/[a-z]+/(?:(?:index|list|p)?_?\d{1,3}\.html)?$",
    home="440300",
    note="Long promotional chrome and chat prompts; the date stands in a line `| 招商动态 |2017-12-27`.",
)
