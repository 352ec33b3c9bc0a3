"""The queue and the fingerprints of one run: scrapy-redis' own, with JSON and with our idea of one page."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from redis import Redis
from scrapy import Request, Spider
from scrapy_redis.dupefilter import RFPDupeFilter
from scrapy_redis.queue import PriorityQueue

from crawler.cluster import serial
from crawler.dedup import canonical_url

logger = logging.getLogger(__name__)

_KEEP = 14 * 86400
"""Seconds after which Redis forgets a run that nobody ended."""

_FEW = 64
"""Articles left in the queue when the next list page is asked for: work for the second that reading it takes."""

_CALLED = frozenset({("parse_list", "failed"), ("parse_article", "failed")})
"""Callback and errback a request out of Redis may have; all else stays with the crawler that made it."""


class RunQueue(PriorityQueue):  # type: ignore[misc]  # scrapy-redis is not typed
    """Requests for list pages and articles, greatest priority first."""

    def __init__(self, server: Redis, spider: Spider, run: str) -> None:
        super().__init__(server, spider, f"{run}:requests", serial)
        self._run = run
        self._seen = RunFingerprints(server, f"{run}:fingerprints")

    def offer(self, given: Sequence[Request], *, again: bool = False) -> list[Request]:
        """Push requests, but none for a page that one was pushed for before; ``again`` pushes in any case.

        Return those that cannot be pushed, as JSON does not carry them; raises RedisError when the server does not
        answer.
        """
        said, kept = [], []
        for request in given:
            try:
                said.append((request, self._encode_request(request)))
            except serial.NotPlainError as error:
                logger.debug("kept here: %s", error)
                kept.append(request)
        if said:
            fresh = self._seen.first_seen([request for request, _ in said])
            wanted = {
                message: -request.priority
                for (request, message), first in zip(said, fresh, strict=True)
                if first or again or request.dont_filter
            }
            if wanted:
                self.server.zadd(self.key, wanted)
        return kept

    def keep(self) -> None:
        """Have Redis forget the run when nobody has pushed for long."""
        for key in (self.key, self._seen.key):
            self.server.expire(key, _KEEP)

    def take(self, most: int) -> tuple[list[Request], list[serial.MalformedError]]:
        """Pop the next requests, at most so many, in one round trip; and what was there that is no request of ours.

        When few are left the last one comes too: the list pages stand there, and to wait for one until all articles
        are done would leave every crawler idle until it is read.
        """
        with self.server.pipeline() as pipe:
            popped, left = pipe.zpopmin(self.key, most).zcard(self.key).execute()
        if 0 < left < _FEW:
            popped = [*self.server.zpopmax(self.key), *popped]
        taken, refused = [], []
        for said, _ in popped:
            try:
                taken.append(self._read(said))
            except serial.MalformedError as error:
                refused.append(error)
        return taken, refused

    def _read(self, said: bytes) -> Request:
        try:
            request: Request = self._decode_request(said)
        except serial.MalformedError:
            raise
        except (ValueError, TypeError, AttributeError) as error:  # a callback or an address that cannot be
            raise serial.MalformedError(str(error)) from error
        if not _is_ours(request):
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

    def first_seen(self, given: Sequence[Request]) -> list[bool]:
        """Note all of them in one round trip; say of each whether it was not there."""
        with self.server.pipeline(transaction=False) as pipe:
            for request in given:
                pipe.sadd(self.key, self.request_fingerprint(request))
            return [bool(added) for added in pipe.execute()]


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
