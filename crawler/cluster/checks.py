"""Whether a cluster is set up as it must be, said before anything starts."""

from __future__ import annotations

import re
from importlib.util import find_spec

from scrapy.settings import BaseSettings

from crawler.store.engine import database_url


class ClusterError(Exception):
    """Crawlers cannot work together like this; one line with the remedy."""


def check_cluster(settings: BaseSettings) -> None:
    """Raise ClusterError, or StoreError for a wrong database URL; without ``CLUSTER_URL`` there is nothing to check."""
    if not (url := settings.get("CLUSTER_URL")):
        return
    if find_spec("redis") is None or find_spec("scrapy_redis") is None:
        raise ClusterError("CLUSTER_URL needs scrapy-redis; pip install 'duikou[cluster]'")
    database, shown = database_url(settings.get("DATABASE_URL") or "")
    if not database.startswith("postgresql"):
        raise ClusterError(
            f"CLUSTER_URL needs a database that all machines reach, and {shown or 'none'} is not; "
            "-s DATABASE_URL=postgresql+psycopg://…"
        )
    if settings.getfloat("CLUSTER_LEASE") < 1:
        raise ClusterError("CLUSTER_LEASE must be 1 second or more")
    from redis import Redis
    from redis.exceptions import RedisError

    try:
        with Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as server:
            server.ping()
    except (RedisError, OSError, ValueError) as error:
        where = re.sub(r"//[^/]*@", "//***@", url)
        raise ClusterError(
            f"CLUSTER_URL {where}: Redis does not answer ({error}); start it or correct the URL"
        ) from None
