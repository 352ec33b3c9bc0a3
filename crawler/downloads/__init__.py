"""How bytes come in: Scrapy's download handler with its gaps closed, and the optional browser."""

from crawler.downloads.guarded import GuardedHandler
from crawler.downloads.rendering import RENDER, RenderingHandler

__all__ = ["RENDER", "GuardedHandler", "RenderingHandler"]
