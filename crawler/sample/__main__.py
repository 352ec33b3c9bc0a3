"""``python -m crawler.sample --day 1 --port 8899``: the sample web by hand."""

from __future__ import annotations

import argparse
import threading

from crawler.sample.server import serve


def main() -> None:
    """Serve until interrupted, for trying spiders or curl by hand."""
    parser = argparse.ArgumentParser(prog="python -m crawler.sample", description="Serve the sample web.")
    parser.add_argument("--day", type=int, default=1, choices=(1, 2), help="which day to show (default 1)")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    options = parser.parse_args()
    with serve(options.day, options.port) as web:
        print(f"sample web, day {web.day}: use {web.proxy_url} as the proxy for {', '.join(sorted(web.hosts))}")
        print(f"https hosts: CA in {web.ca_path}; stop with Ctrl-C", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
