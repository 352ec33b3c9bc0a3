"""Crawl speed and memory, everything on, beside naive Scrapy + trafilatura, news-please and plain Scrapy.

    python benchmarks/bench_crawl.py [--pages 600] [--size 180000] [--only ours,naive,plain,newsplease]

A local server gives list pages and made-up articles of one site (the real-size default is 600 pages of 180 KB;
``--pages 3000 --size 37000`` is the other set of the issue). Each tool crawls them in a process of its own. Ours runs
cold (an empty database) and warm (the site profile of the cold run known, nothing else), with ledger, archive, store
and recipe. CPU counts all worker processes. news-please needs a Python that has it: ``--newsplease PYTHON``; without one it
is left out with a line that says so.
"""

# ruff: noqa: E501  (one site, in long lines)

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench_reading import made_up

ROOT = Path(__file__).resolve().parent.parent
HOST = "www.cinic.org.cn"
PER_LIST = 100
COMMON = "的一是了在有人这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"

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
        document = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True) if parse else None
        yield {"url": response.url, "text": document.text if document else "", "size": len(response.body)}
process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
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


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages: dict[str, bytes] = {}  # noqa: RUF012  # filled once, before the server starts

    def do_GET(self) -> None:
        body = self.pages.get(re.sub(r"^http://[^/]+", "", self.path))
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        pass


def site(count: int, size: int) -> dict[str, bytes]:
    """List pages of PER_LIST articles and ``count`` articles of about ``size`` bytes."""
    pages = {f"/hy/cs/{840000 + n}.html": told(raw.decode(), n) for n, raw in enumerate(made_up(count, size))}
    urls = list(pages)
    lists = [urls[at : at + PER_LIST] for at in range(0, len(urls), PER_LIST)]
    for number, members in enumerate(lists):
        rows = "".join(
            f"<li><a href='{url}'>代表团第{number * PER_LIST + at}次赴结对县考察东西部协作工作</a><span>2021-05-01</span></li>"
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


def told(html: str, number: int) -> bytes:
    """The page with sentences of its own: articles that are all copies of one another would measure something else."""
    dice = random.Random(number)

    def sentence(match: re.Match[str]) -> str:
        return "<p>" + "，".join("".join(dice.choices(COMMON, k=dice.randrange(6, 16))) for _ in range(5)) + "。</p>"

    return re.sub(r"<p>　　[^<]*</p>", sentence, html).encode()


def session_usage(session: int, seen: dict[int, tuple[float, int]]) -> None:
    """Enter CPU seconds and peak resident KB of every process of a session; a process that ended keeps its last."""
    ticks = os.sysconf("SC_CLK_TCK")
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) != session:
                continue
            status = (entry / "status").read_text()
        except OSError:
            continue
        peak = re.search(r"VmHWM:\s+(\d+)", status)
        seen[int(entry.name)] = ((int(fields[11]) + int(fields[12])) / ticks, int(peak[1]) if peak else 0)


def measured(name: str, command: list[str], proxy: str, count: int) -> float:
    """Run a crawl, print its line, return its CPU milliseconds per page."""
    environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
    environment |= {"http_proxy": proxy, "PYTHONPATH": str(ROOT)}
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
    usage: dict[int, tuple[float, int]] = {}
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            session_usage(process.pid, usage)

    watcher = threading.Thread(target=watch)
    watcher.start()
    out, err = process.communicate()
    took = time.perf_counter() - started
    over.set()
    watcher.join()
    got = re.search(r"(\d+) items", out)
    if got and int(got[1]) != count:
        print(f"{name}: only {got[1]} of {count} pages came: the figures mean nothing")
    cpu = sum(seconds for seconds, _ in usage.values())
    peak = sum(kilobytes for _, kilobytes in usage.values()) / 1024
    print(
        f"{name:<28} {count / took:7.1f} pages/s  {1000 * cpu / count:7.1f} CPU-ms a page  {took:6.1f} s  peak {peak:5.0f} MB "
        f"in {len(usage)} processes"
        + ("" if process.returncode == 0 else f"  EXIT {process.returncode}: {(err or out)[-200:]}")
    )
    return 1000 * cpu / count


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
    Handler.pages = site(given.pages, given.size)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    proxy = f"http://127.0.0.1:{server.server_address[1]}"
    print(
        f"{given.pages} pages of {given.size / 1000:.0f} KB on {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}"
    )
    cost = {}
    for name in ("plain", "naive"):
        if name in chosen:
            label = {"plain": "plain Scrapy", "naive": "naive Scrapy + trafilatura"}[name]
            with tempfile.TemporaryDirectory(prefix="duikou-bench-") as folder:
                script = Path(folder) / "naive.py"  # Scrapy reads the source of callbacks
                script.write_text(NAIVE, encoding="utf-8")
                cost[name] = measured(label, [sys.executable, str(script), name], proxy, given.pages)
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
            quick += ["ROBOTSTXT_OBEY=0", f"DATABASE_URL=sqlite:///{database}", f"READ_WORKERS={given.workers}"]
            command = [
                sys.executable,
                "-m",
                "scrapy",
                "crawl",
                "cinic",
                *(part for one in quick for part in ("-s", one)),
            ]
            cost[name] = measured(f"ours, {name}", command, proxy, given.pages)
    if "newsplease" in chosen:
        if given.newsplease:
            measured("news-please", [given.newsplease, "-c", NEWSPLEASE, str(given.pages)], proxy, given.pages)
        else:
            print(
                "news-please: left out; python -m venv V && V/bin/pip install news-please, then --newsplease V/bin/python"
            )
    if "naive" in cost:
        ratios = {name: round(cost["naive"] / cost[name], 2) for name in ("cold", "warm") if name in cost}
        print(json.dumps({"naive CPU a page over ours": ratios}))
    server.shutdown()


if __name__ == "__main__":
    main()
