"""What stands between spiders and the network."""

from crawler.middlewares.addresses import AddressGuard
from crawler.middlewares.archive import ArchiveMiddleware
from crawler.middlewares.compression import BoundedCompression
from crawler.middlewares.forgotten import ForgottenMiddleware
from crawler.middlewares.hosts import HostGuard
from crawler.middlewares.redirects import BoundedRedirects, BoundedRefreshes
from crawler.middlewares.robots_size import RobotsSize

__all__ = [
    "AddressGuard",
    "ArchiveMiddleware",
    "BoundedCompression",
    "BoundedRedirects",
    "BoundedRefreshes",
    "ForgottenMiddleware",
    "HostGuard",
    "RobotsSize",
]
