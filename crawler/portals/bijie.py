"""毕节市农业农村局: the rural department of a city of Guizhou that Guangzhou is paired with."""

from datetime import date

from crawler.portals.declaration import Earlier, Portal

# Addresses of the city's departments as quoted in public repositories: /bm/bjsnyj/dt/bmdt/202608/t20260805_….html,
# of 2018 /bm/bjsczj/dt/tzgg/….shtml; the day of the change is not known, and both are read whatever their day.
PORTAL = Portal(
    name="bijie",
    title="毕节市农业农村局",
    hosts=("www.bijie.gov.cn", "bijie.gov.cn"),
    start_urls=("https://www.bijie.gov.cn/bm/bjsnyj/dt/bmdt/",),
    article=r"^/bm/(?:\w+/)+\d{6}/t\d{8}_\d+\.html$",
    listing=r"^/bm/(?:\w+/)+(?:index(?:_\d+)?\.s?html)?$",
    home="520500",
    earlier=(Earlier(before=date(2021, 1, 1), article=r"^/bm/(?:\w+/)+\d{5,}\.shtml$"),),
)
