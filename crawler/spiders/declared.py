"""One spider for each declared portal, named like it."""

from __future__ import annotations

from collections.abc import Iterator

from scrapy.http import Request, Response

from crawler.portals import Portal, portals
from crawler.spiders.portal import PortalSpider


def _spider(portal: Portal) -> type[PortalSpider]:
    def check_list(self: PortalSpider, response: Response) -> Iterator[Request]:
        for link in self.read_list(response).articles:
            yield self.article_request(link.url)

    # What `scrapy check` asks of the live site.
    check_list.__doc__ = f"The newest list page names articles.\n\n@url {portal.start_urls[0]}\n@returns requests 1\n"
    members = {"name": portal.name, "portal": portal, "check_list": check_list, "__module__": __name__}
    return type(f"{portal.name.title()}Spider", (PortalSpider,), {**members, "__doc__": f"{portal.title}."})


SPIDERS = {portal.name: _spider(portal) for portal in portals()}
globals().update(SPIDERS)  # where Scrapy's spider loader looks
