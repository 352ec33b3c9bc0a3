"""Scrapy's decompression, bounded, and with torn streams told from whole ones."""

from __future__ import annotations

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware

from crawler.exceptions import PageRefusedError
from crawler.guard import InflateError, TooLargeError, inflate


class BoundedCompression(HttpCompressionMiddleware):
    """At most ``DOWNLOAD_MAXSIZE`` bytes after each coding.

    Scrapy takes what a stream gives before it breaks off for the whole page; here such a page is lost and asked for
    again.
    """

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        try:
            return inflate(body, encoding.decode("ascii"), max_size)
        except TooLargeError as error:
            raise PageRefusedError(
                "size", f"{error}; raise the limit: -s DOWNLOAD_MAXSIZE=BYTES", final=True
            ) from error
        except InflateError as error:
            raise PageRefusedError("fetch", f"{error}; the next run tries again") from error
