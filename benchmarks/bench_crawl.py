"""Crawl speed and memory, everything on, beside naive Scrapy + trafilatura, news-please and plain Scrapy.

    python benchmarks/bench_crawl.py [--pages 600] [--size 180000] [--only ours,naive,plain,newsplease]

A local server gives list pages and made-up articles of one site (the real-size default is 600 pages of 180 KB;
``--pages 3000 --size 37000`` is the other set of the issue). Each tool crawls them in a process of its own. Ours runs
cold (an empty database) and warm (the site profile of the cold run known, nothing else), with ledger, archive, store
and recipe. Naive is one spider that calls ``trafilatura.extract(html, with_metadata=True)`` and writes JSON lines. CPU
counts all processes of a tool; memory is the largest sum of their proportional sizes (PSS: shared pages once), looked
at every two seconds; lag is how late the event loop wakes. news-please needs a Python that has it: ``--newsplease
PYTHON``; without one it is left out with a line that says so.
"""

# ruff: noqa: E501  (one site, in long lines)

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import cast

from bench_reading import made_up

ROOT = Path(__file__).resolve().parent.parent
HOST = "www.cinic.org.cn"
PER_LIST = 100
COMMON = "的一是了在有人这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"

MEMORY_EVERY = 4  # looks at processor time for one at memory

FIRST, DAYS = date(2016, 1, 1), 3_288  # the articles are of nine years, as a site's are
TOLD = (
    "{y}年{m}月{d}日，{giver}党政代表团赴{taker}考察东西部协作工作，并召开联席会议。",
    "{m}月{d}日，{giver}与{taker}签订协作框架协议，涉及产业项目{n}个，总投资{n}万元。",
    "今年以来，{giver}向{taker}选派教师和医生{n}名，帮扶资金{n}万元全部到位。",
    "{giver}企业家联合会向{taker}捐赠助学款{n}万元，捐赠仪式{m}月{d}日举行。",
)

NAIVE = """
import asyncio, sys
import scrapy, trafilatura
from scrapy.crawler import AsyncCrawlerProcess
parse = sys.argv[1] == "naive"
class S(scrapy.Spider):
    name = "s"
    async def start(self):
        yield scrapy.Request("http://www.cinic.org.cn/hy/cs/")
    def parse(self, response):
        for href in response.css("ul.list a::attr(href)").getall():
            yield response.follow(href, self.article)
        following = response.css("div.page a::attr(href)").get()
        if following:
            yield response.follow(following)
    def article(self, response):
        text = trafilatura.extract(response.text, url=response.url, with_metadata=True) if parse else ""
        yield {"url": response.url, "text": text, "size": len(response.body)}
process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "FEEDS": {sys.argv[2]: {"format": "jsonlines"}}, "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": False, "DOWNLOAD_DELAY": 0, "REMOTE_CONTROL_ENABLED": False, "COOKIES_ENABLED": False})
crawler = process.create_crawler(S)
process.crawl(crawler)
process.start()
print(crawler.stats.get_value("item_scraped_count", 0), "items")
"""

NEWSPLEASE = """
import os, sys, urllib.request
from newsplease import NewsPlease
done = 0
for number in range(int(sys.argv[1])):
    url = f"http://www.cinic.org.cn/hy/cs/{840000 + number}.html"
    html = urllib.request.urlopen(url).read().decode()
    article = NewsPlease.from_html(html, url=url)
    done += bool(article and article.maintext)
print(done)
"""


class Serving(asyncio.Protocol):
    """Answers made beforehand: what the server takes of the two cores is taken from the tool that is measured."""

    answers: dict[bytes, bytes] = {}  # noqa: RUF012  # filled once, before the server starts

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._out, self._came = cast(asyncio.WriteTransport, transport), b""

    def data_received(self, data: bytes) -> None:
        *asked, self._came = (self._came + data).split(b"\r\n\r\n")
        for head in asked:
            path = re.sub(rb"^http://[^/]+", b"", head.split(b" ", 2)[1])
            self._out.write(self.answers.get(path) or b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


def serve(pages: dict[str, bytes]) -> str:
    """Serve from a thread of this process; return the address."""
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n"
    Serving.answers = {url.encode(): head.format(len(body)).encode() + body for url, body in pages.items()}
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(Serving, "127.0.0.1", 0))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def site(count: int, size: int) -> dict[str, bytes]:
    """List pages of PER_LIST articles and ``count`` articles of about ``size`` bytes."""
    pages = {f"/hy/cs/{840000 + n}.html": told(dated(raw.decode(), n), n) for n, raw in enumerate(made_up(count, size))}
    urls = list(pages)
    lists = [urls[at : at + PER_LIST] for at in range(0, len(urls), PER_LIST)]
    for number, members in enumerate(lists):
        rows = "".join(
            f"<li><a href='{url}'>代表团第{number * PER_LIST + at}次赴结对县考察东西部协作工作</a><span>{published(number * PER_LIST + at)}</span></li>"
            for at, url in enumerate(members)
        )
        following = (
            f"<div class='page'><a href='/hy/cs/index_{number + 1}.html'>下一页</a></div>"
            if number + 1 < len(lists)
            else ""
        )
        html = f"<html><head><meta charset='utf-8'></head><body><ul class='list'>{rows}</ul>{following}</body></html>"
        pages["/hy/cs/" if number == 0 else f"/hy/cs/index_{number}.html"] = html.encode()
    return pages


def published(number: int) -> date:
    """The day of an article; neighbours on a list are years apart, so that every part of a crawl is of all years."""
    return FIRST + timedelta(days=number * 1_117 % DAYS)


def dated(html: str, number: int) -> str:
    """The page with its own day in the byline."""
    return re.sub(r"2021-05-\d\d(?= 09:00)", published(number).isoformat(), html)


@cache
def pairs(year: int) -> Sequence[tuple[str, str]]:
    """The official pairs of a year: 200 to 380 of them."""
    from crawler.places.ties import tie_rows

    return sorted({(row.donor, row.recipient) for row in tie_rows() if row.holds(f"{year}-06-01")})


def told(html: str, number: int) -> bytes:
    """The page with sentences of its own: articles that are all copies of one another would measure something else.

    In every third page each sixth paragraph tells of cooperation, so that there are events to find and to store.
    """
    dice = random.Random(number)
    relevant = number % 3 == 0
    year = published(number).year

    def sentence(match: re.Match[str]) -> str:
        if relevant and dice.random() < 1 / 6:
            giver, taker = dice.choice(pairs(year))
            told_of = dice.choice(TOLD).format(
                giver=giver,
                taker=taker,
                y=year,
                m=dice.randrange(1, 13),
                d=dice.randrange(1, 28),
                n=dice.randrange(2, 900),
            )
            return f"<p>{told_of}</p>"
        return "<p>" + "，".join("".join(dice.choices(COMMON, k=dice.randrange(6, 16))) for _ in range(5)) + "。</p>"

    return re.sub(r"<p>　　[^<]*</p>", sentence, html).encode()


@dataclass
class Usage:
    """What a tool's processes used so far: CPU seconds by process id, the largest sum of PSS in KB."""

    seconds: dict[int, float] = field(default_factory=dict)
    peak: int = 0

    def look(self, session: int, *, memory: bool) -> None:
        """Enter the processes of a session; one that ended keeps its last figure.

        The kernel adds memory up page by page, 12 ms for the processes of ours, on the cores that are measured.
        """
        ticks, together = os.sysconf("SC_CLK_TCK"), 0
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) != session:
                    continue
                held = re.search(r"^Pss:\s+(\d+)", (entry / "smaps_rollup").read_text(), re.M) if memory else None
            except OSError:
                continue
            self.seconds[int(entry.name)] = (int(fields[11]) + int(fields[12])) / ticks
            together += int(held[1]) if held else 0
        self.peak = max(self.peak, together)


@dataclass
class Result:
    """A tool's crawl: pages a second, CPU milliseconds a page."""

    rate: float
    cpu: float


def measured(name: str, command: list[str], proxy: str, count: int) -> Result:
    """Run a crawl and print its line."""
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # our modules would be compiled anew for each crawl
    environment |= {"http_proxy": proxy, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'benchmarks'}"}
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    usage = Usage()
    over = threading.Event()

    def watch() -> None:
        for turn in itertools.count():
            if over.wait(0.5):
                return
            usage.look(process.pid, memory=turn % MEMORY_EVERY == 0)

    watcher = threading.Thread(target=watch)
    watcher.start()
    out, err = process.communicate()
    took = time.perf_counter() - started
    over.set()
    watcher.join()
    if process.returncode:
        print(f"{name}: EXIT {process.returncode}: {(err or out)[-300:]}")
    got = re.search(r"(\d+) items", out)
    if got and int(got[1]) != count:
        print(f"{name}: only {got[1]} of {count} pages came: the figures mean nothing")
    main = usage.seconds.get(process.pid, 0.0)
    result = Result(count / took, 1000 * sum(usage.seconds.values()) / count)
    lag = re.search(r"lag.*", out)
    print(
        f"{name:<27} {result.rate:7.1f} pages/s {result.cpu:7.1f} CPU-ms a page ({1000 * main / count:.1f} in the main "
        f"process) {took:6.1f} s  {usage.peak / 1024:5.0f} MB" + (f"  {lag[0]}" if lag else ""),
        flush=True,
    )
    return result


def keep_profile(cold: Path, warm: Path) -> None:
    """A fresh database that knows the cold run's site profile and nothing else."""
    from crawler.store import Store
    from crawler.store.schema import profiles, sketches

    with Store(f"sqlite:///{cold}") as known, Store(f"sqlite:///{warm}") as fresh:
        with known.read() as connection:
            rows = {
                table: [dict(row) for row in connection.execute(table.select()).mappings()]
                for table in (profiles, sketches)
            }
        with fresh._database.write() as connection:
            for table, found in rows.items():
                if found:
                    connection.execute(table.insert(), found)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--pages", type=int, default=600)
    options.add_argument("--size", type=int, default=180_000)
    options.add_argument("--only", default="plain,naive,ours,newsplease")
    options.add_argument("--newsplease", metavar="PYTHON", help="a Python with news-please installed")
    options.add_argument("--workers", default="", help="READ_WORKERS of ours")
    given = options.parse_args()
    chosen = set(given.only.split(","))
    proxy = serve(site(given.pages, given.size))
    print(
        f"{given.pages} pages of {given.size / 1000:.0f} KB on {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}"
    )
    done = {}
    for name in ("plain", "naive"):
        if name in chosen:
            label = {"plain": "plain Scrapy", "naive": "naive Scrapy + trafilatura"}[name]
            with tempfile.TemporaryDirectory(prefix="duikou-bench-") as folder:
                script = Path(folder) / "naive.py"  # Scrapy reads the source of callbacks
                script.write_text(NAIVE, encoding="utf-8")
                command = [sys.executable, str(script), name, f"{folder}/items.jsonl"]
                done[name] = measured(label, command, proxy, given.pages)
    with tempfile.TemporaryDirectory(prefix="duikou-bench-") as folder:
        for name in ("cold", "warm"):
            if "ours" not in chosen:
                break
            database = Path(folder) / f"{name}.sqlite"
            if name == "warm":
                keep_profile(Path(folder) / "cold.sqlite", database)
            quick = [
                "DOWNLOAD_DELAY=0",
                "AUTOTHROTTLE_ENABLED=0",
                "CONCURRENT_REQUESTS_PER_DOMAIN=16",
                "LOG_LEVEL=ERROR",
            ]
            quick += [
                'ADDONS={"loop_lag.Watch": 1}',
                "ROBOTSTXT_OBEY=0",
                f"DATABASE_URL=sqlite:///{database}",
                f"READ_WORKERS={given.workers}",
            ]
            command = [
                sys.executable,
                "-m",
                "scrapy",
                "crawl",
                "cinic",
                *(part for one in quick for part in ("-s", one)),
            ]
            done[name] = measured(f"ours, {name}", command, proxy, given.pages)
    if "newsplease" in chosen:
        if given.newsplease:
            measured("news-please", [given.newsplease, "-c", NEWSPLEASE, str(given.pages)], proxy, given.pages)
        else:
            print(
                "news-please: left out; python -m venv V && V/bin/pip install news-please, then --newsplease V/bin/python"
            )
    if "naive" in done:
        for name in ("cold", "warm"):
            if name in done:
                rate, cpu = done[name].rate / done["naive"].rate, done["naive"].cpu / done[name].cpu
                print(
                    f"ours, {name}: {rate:.2f} times the pages a second of naive, {cpu:.2f} times the pages a CPU second"
                )


if __name__ == "__main__":
    main()
