"""Kill crawls of the sample web with SIGKILL at random moments, many times, and prove that nothing is lost.

    python tools/soak.py [KILLS] [SEED]

Two processes crawl two portals into one database at the same time. Each is killed at its own moment; after every third
kill the newest archive file ends in half a record. Whenever a database is complete, its canonical dump must equal that
of an undisturbed harvest and all its archive files must pass warcio check and FastWARC; then a new one is begun.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from crawler.sample import serve
from crawler.store import Store
from tests.spiders.killing import Crawls, Job, invalid

PORTALS = ["gdfupin", "cinic"]
BATCH = 8
SETTINGS = ["SAMPLE=1"]


def main(kills: int, seed: int) -> int:
    """Return 0 when every round ended as the undisturbed one."""
    moments, begun = random.Random(seed), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="duikou-soak-") as name, serve(1) as web, Crawls(web.proxy_url) as crawls:
        folder = Path(name)
        calm = crawls.run(Job(_url(folder, "calm"), PORTALS, settings=SETTINGS))
        assert calm.codes == [0, 0], calm
        with Store(_url(folder, "calm")) as store:
            wanted = store.dump()
        assert len(wanted) > 300, f"the undisturbed harvest has only {len(wanted)} records"
        done = rounds = torn = 0
        while done < kills:
            url = _url(folder, f"round{rounds}")
            # short lives make many kills before a database is complete
            jobs = [
                Job(
                    url,
                    PORTALS,
                    after=[moments.uniform(0.1, 0.7) * calm.seconds for _ in PORTALS],
                    settings=SETTINGS,
                    torn=n % 3 == 0,
                )
                for n in range(BATCH)
            ]
            ends = [crawls.run(job) for job in (*jobs, *[Job(url, PORTALS, settings=SETTINGS)] * 2)]
            assert all(code in (0, -9) for end in ends for code in end.codes), ends
            assert ends[-1].codes == [0, 0], ends[-1]
            done += sum(code == -9 for end in ends for code in end.codes)
            torn += sum(job.torn for job in jobs)
            rounds += 1
            with Store(url) as store:
                got = store.dump()
            bad = invalid(folder / f"round{rounds - 1}-archive")
            said = "equal" if got == wanted and not bad else "NOT EQUAL" if got != wanted else f"INVALID {bad}"
            print(
                f"round {rounds}: {done} kills, {torn} torn records, {time.monotonic() - begun:.0f} s: {said}",
                flush=True,
            )
            if said != "equal":
                for line in sorted(set(got) ^ set(wanted))[:10]:
                    print(("+ " if line in got else "- ") + line[:300])
                return 1
    print(
        f"{done} kills in {rounds} databases of {len(wanted)} records, {torn} torn records, two processes each: all "
        f"dumps equal, all archive files valid; {time.monotonic() - begun:.0f} s on {os.cpu_count()} cores, seed {seed}"
    )
    return 0


def _url(folder: Path, name: str) -> str:
    return f"sqlite:///{folder}/{name}.sqlite"


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given[:2], *[200, 20261122][len(given) :]))
