"""``scrapy settings``: Scrapy's own, without passwords."""

from __future__ import annotations

import io
from argparse import Namespace
from contextlib import redirect_stdout

from scrapy.commands.settings import Command as ScrapySettings

from crawler.notices import hide


class Command(ScrapySettings):
    """Print a setting; passwords in addresses (``DATABASE_URL``, ``CLUSTER_URL``, proxies) show as stars."""

    def run(self, args: list[str], opts: Namespace) -> None:
        """Let Scrapy print and cover what is secret."""
        told = io.StringIO()
        with redirect_stdout(told):
            super().run(args, opts)
        print(hide(told.getvalue()), end="")
