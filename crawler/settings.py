"""Settings of the ``duikou`` project: polite towards live sites by default; the sample harvest changes delays only."""

from __future__ import annotations

import sys

from crawler import __version__
from crawler.commands import commands_module

BOT_NAME = "duikou"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = commands_module(sys.argv)

# Who crawls. Set CONTACT to your own page or mail address before you crawl live sites: it ends the user agent.
CONTACT = ""
USER_AGENT = f"duikou/{__version__}"

# Where articles and events go; empty = no store, items only reach the feed exports.
DATABASE_URL = "sqlite:///data/duikou.sqlite"

# The archive: every response's bytes as WARC, before anything is parsed. None = a folder beside the SQLite database
# (data/duikou-archive), empty = no archive. Files are closed at ARCHIVE_MAX_BYTES; ARCHIVE_KEEP_DAYS > 0 removes files
# nothing younger stands in or refers to.
ARCHIVE_DIR = None
ARCHIVE_MAX_BYTES = 1 << 30
ARCHIVE_KEEP_DAYS = 0

# A crawl ends cleanly (exit status 3), to be gone on with, when less is free where database and archive lie; 0 = never.
DISK_FREE_MIN_MB = 500

# Reading pages: worker processes shared by all crawls of a process (None = one per core, 0 = none, in a thread), and
# seconds per page; a page that outlasts them, or kills its worker, is lost alone and named.
READ_WORKERS = None
READ_TIME_LIMIT = 30.0

# Names of beneficiaries, villagers and pupils in events: masked (刘某某) unless this is set.
KEEP_PRIVATE_NAMES = False

# Scrapy makes so many tasks for every response; a page gives one item.
CONCURRENT_ITEMS = 16

# Politeness.
ROBOTSTXT_OBEY = True
ROBOTSTXT_STRICT = True
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOAD_DELAY = 1.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}

# Many crawlers, one run: a Redis server they share (redis://…) beside a PostgreSQL DATABASE_URL; see docs/cluster.md.
# Nothing else needs setting. Empty = this crawler works alone. CLUSTER_LEASE: seconds without a sign of life until a
# crawler counts as dead and its pages are given to others. CLUSTER_PATIENCE: seconds a crawl waits for a PostgreSQL
# or Redis that went away before it ends.
# CLUSTER_FOUND_DUE is for scrapy harvest: since when (ISO) a run of the portal must have finished to be done with it.
CLUSTER_URL = ""
CLUSTER_FOUND_DUE = ""
CLUSTER_LEASE = 120
CLUSTER_PATIENCE = 600

# Bounds: a page is at most 8 MB, an answer at most a minute.
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024
DOWNLOAD_WARNSIZE = 4 * 1024 * 1024
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAX_HEADERS = 256 * 1024
ROBOTSTXT_MAXSIZE = 500 * 1024
RETRY_TIMES = 3
REDIRECT_MAX_TIMES = 5
URLLENGTH_LIMIT = 1024
MEMUSAGE_WARNING_MB = 1024

# Addresses beyond the public web that may be asked: addresses, networks, host names. Only http and https ever are.
ADDRESSES_ALLOWED: list[str] = []
DOWNLOAD_HANDLERS = {
    "http": "crawler.downloads.RenderingHandler",
    "https": "crawler.downloads.RenderingHandler",
    **dict.fromkeys(("file", "ftp", "s3", "data")),
}

# Pages of portals that declare render=True are built by this Chromium (None = the one on the PATH, else Playwright's).
RENDER_BROWSER = None

# A host's pauses in seconds: the first, and the longest in a run (a longer Retry-After leaves it to the next run). So
# many failed answers, or refusals (bans, captchas, challenges, 429), in a row and the host is left alone for the run.
BACKOFF_START = 5.0
BACKOFF_MAX = 120.0
HOST_FAILURES = 10
HOST_REFUSALS = 3

# Traps: addresses of one shape per run, links taken from one page, pages of one list.
TRAP_BUDGET = 50_000
TRAP_LINKS = 5_000
TRAP_DEPTH = 5_000

# The remote control executes Python it is sent; neither door is ever open.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"

# How a page travels; issue by issue more stations join.
EXTENSIONS = {
    "scrapy.extensions.remote_control.RemoteControl": None,  # it executes Python it is sent, and takes 0.1 s to load
    "crawler.extensions.ledger.Ledger": 0,
    "crawler.extensions.sites.Sites": 1,
    "crawler.extensions.fleet.Fleet": 1,
    "crawler.extensions.vitals.Vitals": 2,
    "crawler.extensions.disk.DiskGuard": 5,
    "crawler.extensions.monitors.Monitors": 6,
    "crawler.extensions.notices.Notices": 7,
    "crawler.extensions.progress.Progress": 10,
}
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.AddressGuard": 40,
    # first of all: what was forgotten is not even looked up in robots.txt
    "crawler.middlewares.ForgottenMiddleware": 50,
    # before retries and refreshes: judges what was unpacked
    "crawler.middlewares.HostGuard": 585,
    # Scrapy's own, with bounds
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.middlewares.BoundedRefreshes": 580,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.BoundedCompression": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.middlewares.BoundedRedirects": 600,
    "crawler.middlewares.RobotsSize": 610,
    # next to the downloader: sees the bytes before decompression
    "crawler.middlewares.ArchiveMiddleware": 950,
    # Scrapy's own, by the standard
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.robots.RobotsPolicy": 100,
}
ITEM_PIPELINES = {
    "crawler.pipelines.ReadPipeline": 300,
    "crawler.pipelines.StorePipeline": 500,
    "crawler.pipelines.ContractPipeline": 700,
}

# Looking again at stored articles (edited? gone?): not within REVISIT_AFTER hours of the last look; beside those on the
# list pages seen, the newest REVISIT_LIMIT of those first stored in the last REVISIT_DAYS days.
REVISIT_AFTER = 20
REVISIT_DAYS = 30
REVISIT_LIMIT = 50

# Live progress of `scrapy crawl`: auto (on a terminal), yes, no.
PROGRESS = "no"

# `scrapy harvest`: looks at list pages per portal and day, on average over all portals; spent where they save most.
HARVEST_LOOKS_PER_DAY = 1.0

# Monitors at the end of each run (Spidermon; add suites of your own to the list) and the folder of their ready cases:
# None = beside the SQLite database (data/duikou-cases), empty = none. MONITOR_MEMORY_MB: the peak that is too much.
SPIDERMON_ENABLED = True
SPIDERMON_SPIDER_CLOSE_MONITORS = ["crawler.extensions.monitors.PortalSuite"]
CASES_DIR = None
MONITOR_MEMORY_MB = 1024

# Watchlists: a TOML file, and an Atom feed of their hits renewed after each run (empty = none).
WATCHLIST = ""
WATCH_FEED = ""

# Telling people of failing monitors and watchlist hits. Secrets are named as env:NAME or file:PATH, never written here;
# the webhook's address may be named like that too, when it is a key itself.
NOTIFY_EMAIL_TO = ""
NOTIFY_EMAIL_FROM = ""
NOTIFY_SMTP = "smtp://localhost"
NOTIFY_SMTP_PASSWORD = ""
NOTIFY_WEBHOOK = ""
NOTIFY_WEBHOOK_HEADER = "X-Duikou-Secret"
NOTIFY_WEBHOOK_SECRET = ""
NOTIFY_COMMAND = ""

# Marks everything harvested as sample data; set by `scrapy demo` only.
SAMPLE = False
