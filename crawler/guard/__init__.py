"""A hostile web held off: which addresses to ask, what an answer really is, when to leave a host alone.

Domain code without Scrapy; the adapters are ``crawler.middlewares`` and ``crawler.downloads``. See docs/hostile.md.
"""

from crawler.guard.addresses import AddressRefusedError, AddressRule
from crawler.guard.blockpages import BlockPage, block_page
from crawler.guard.fetching import Fetched, FetchError, fetch
from crawler.guard.hosts import CLOSINGS, HostState, Patience, retry_after
from crawler.guard.inflating import InflateError, TooLargeError, TornError, inflate
from crawler.guard.robots import trimmed
from crawler.guard.showing import one_line, visible, visible_line
from crawler.guard.traps import TrapRule, Traps

__all__ = [
    "CLOSINGS",
    "AddressRefusedError",
    "AddressRule",
    "BlockPage",
    "FetchError",
    "Fetched",
    "HostState",
    "InflateError",
    "Patience",
    "TooLargeError",
    "TornError",
    "TrapRule",
    "Traps",
    "block_page",
    "fetch",
    "inflate",
    "one_line",
    "retry_after",
    "trimmed",
    "visible",
    "visible_line",
]
