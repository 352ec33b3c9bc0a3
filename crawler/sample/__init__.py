"""The bundled sample web: five imitated portals behind a loopback proxy, to try the whole harvest without a network."""

from crawler.sample.articles import Expected, SampleArticle, sample_articles, sample_portals
from crawler.sample.server import Request, SampleWeb, serve

__all__ = ["Expected", "Request", "SampleArticle", "SampleWeb", "sample_articles", "sample_portals", "serve"]
