"""The queue and the fingerprints of one run: scrapy-redis' own, with JSON and with our idea of one page."""

from __future__ import annotations

from redis import Redis
from scrapy import Request, Spider
from scrapy_redis.dupefilter import RFPDupeFilter
from scrapy_redis.queue import PriorityQueue

from crawler.cluster import serial
from crawler.dedup import canonical_url

_KEEP = 14 * 86400
"""Seconds after which Redis forgets a run that nobody ended."""

_CALLED = frozenset({("parse_list", "failed"), ("parse_article", "failed")})
"""Callback and errback a request out of Redis may have; all else stays with the crawler that made it."""


class RunQueue(PriorityQueue):  # type: ignore[misc]  # scrapy-redis is not typed
    """Requests for list pages and articles, greatest priority first."""

    def __init__(self, server: Redis, spider: Spider, run: str) -> None:
        super().__init__(server, spider, f"{run}:requests", serial)
        self._run = run
        self._seen = RunFingerprints(server, f"{run}:fingerprints")

    def offer(self, request: Request, *, again: bool = False) -> bool:
        """Push a request unless one for the same page was pushed before; ``again`` pushes in any case.

        Raises NotPlainError, and RedisError when the server does not answer.
        """
        said = self._encode_request(request)
        if self._seen.request_seen(request) and not again and not request.dont_filter:
            return False
        self.server.zadd(self.key, {said: -request.priority})
        return True

    def keep(self) -> None:
        """Have Redis forget the run when nobody has pushed for long."""
        for key in (self.key, self._seen.key):
            self.server.expire(key, _KEEP)

    def take(self) -> Request | None:
        """Pop the next request, None when there is none; raises MalformedError for what is no request of ours."""
        try:
            request: Request | None = self.pop()
        except serial.MalformedError:
            raise
        except (ValueError, TypeError, AttributeError) as error:  # a callback or an address that cannot be
            raise serial.MalformedError(str(error)) from error
        if request is not None and not _is_ours(request):
            raise serial.MalformedError(f"{request.url}: not asked for by this spider")
        return request

    def forget(self) -> None:
        """Take the run out of Redis."""
        self.server.delete(*self.server.scan_iter(f"{self._run}:*"), self.key)


class RunFingerprints(RFPDupeFilter):  # type: ignore[misc]
    """Pages pushed in this run; two spellings of one address are one page, as in the ledger."""

    def request_fingerprint(self, request: Request) -> str:
        """The page's canonical address."""
        return page_of(request)


def page_of(request: Request) -> str:
    """The ledger's key of the page a request is for."""
    return canonical_url(request.cb_kwargs.get("requested") or request.url)


def is_shared(request: Request) -> bool:
    """Whether any crawler may ask for it: a fresh list page or article.

    What goes on with a page in hand (retries, redirects, further parts) stays with the crawler that holds it.
    """
    going_on = ("retry_times", "redirect_times", "redirect_urls")
    return _is_ours(request) and request.method == "GET" and not any(key in request.meta for key in going_on)


def _is_ours(request: Request) -> bool:
    """Whether a request is one of those a portal's spider makes, whoever wrote it into Redis."""
    named = (getattr(request.callback, "__name__", None), getattr(request.errback, "__name__", None))
    asked = request.cb_kwargs.get("requested")  # what is leased in the ledger is what is asked for
    same = isinstance(asked, str) and request.replace(url=asked).url == request.url
    return named in _CALLED and same and request.meta.get("kind") in ("list", "article") and "proxy" not in request.meta
