"""What stands between spiders and the network."""

from crawler.middlewares.archive import ArchiveMiddleware
from crawler.middlewares.fleet import FleetPace
from crawler.middlewares.forgotten import ForgottenMiddleware

__all__ = ["ArchiveMiddleware", "FleetPace", "ForgottenMiddleware"]
