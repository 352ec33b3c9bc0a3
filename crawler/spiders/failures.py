"""Why a page could not be had, in one line with the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.exceptions import HostClosedError, PageRefusedError, RobotsUnreachableError


@dataclass(frozen=True, slots=True)
class Failed:
    """``stage`` names the kind of failure; ``lost`` whether a page that exists was missed; ``final`` = do not retry.

    ``left`` says that the page was not even tried: it keeps its place in the ledger.
    """

    stage: str
    reason: str
    lost: bool = True
    final: bool = False
    status: int | None = None
    left: bool = False


def explain(error: BaseException, settings: BaseSettings) -> Failed:
    """The failure of a download in words."""
    match error:
        case HttpError():
            status = error.response.status
            if status in (404, 410):
                return Failed("gone", f"HTTP {status}: the page is gone", lost=False, final=True, status=status)
            return Failed("fetch", f"HTTP {status} ({status_phrase(status)}); the next run tries again", status=status)
        case PageRefusedError():
            return Failed(error.stage, error.reason, error.lost, error.final, error.status)
        case RobotsUnreachableError():
            return Failed("robots", f"{error}; the next run tries again", left=True)
        case HostClosedError():
            return Failed("host", str(error), lost=False, left=True)
        case IgnoreRequest():
            said = str(error) or "refused by a middleware"
            stage = "robots" if "robots" in said.lower() else "refused"
            return Failed(stage, f"{said}; skipped", lost=False, final=True)
        case DownloadCancelledError():
            size = settings.getint("DOWNLOAD_MAXSIZE") / 2**20
            return Failed("size", f"larger than {size:g} MB; raise the limit: -s DOWNLOAD_MAXSIZE=BYTES", final=True)
        case DownloadTimeoutError():
            seconds = settings.getfloat("DOWNLOAD_TIMEOUT")
            return Failed("fetch", f"no answer within {seconds:g} s; the next run tries again (-s DOWNLOAD_TIMEOUT=…)")
        case ResponseDataLossError():
            return Failed("fetch", "the answer is not as long as it says; the next run tries again")
        case CannotResolveHostError():
            return Failed("fetch", "the host name does not resolve; check the address and the network")
        case DownloadConnectionRefusedError():
            return Failed("fetch", "connection refused; the site is down, or the proxy setting is wrong")
        case _:
            said = " ".join(str(error).split()) or type(error).__name__
            return Failed("fetch", f"{said[:200]}; the next run tries again")


def status_phrase(status: int) -> str:
    """The standard's words for an HTTP status, ``unknown status`` where it has none."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "unknown status"
