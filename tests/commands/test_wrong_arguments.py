"""What cannot be done is said in one line with its remedy, before anything starts; exit status 2."""

from __future__ import annotations

import pytest

WRONG = {
    "crawl nosuch": "unknown spider 'nosuch'; there are: ",
    "crawl": "give one spider name: scrapy crawl NAME; scrapy list shows them",
    "crawl cinic netease": "give one spider name",
    "crawl cinic -a since=2020-13-01": "-a since=2020-13-01: not a date; write it as 2020-06-23",
    "crawl cinic -a ful=1": "-a ful: unknown argument; the spider takes full, since, url, lists, home",
    "crawl cinic -a full=maybe": "-a full=maybe: neither yes nor no",
    "crawl cinic -a url=hy/cs/1.html": "-a url=hy/cs/1.html: not a web address; write it with http:// or https://",
    "crawl site": "the spider site needs a site: scrapy crawl site -a url=https://",
    "crawl cinic -s DATABASE_URL={tmp}": "{tmp}: is a folder; give the name of a database file",
    "crawl cinic -s DATABASE_URL={text}": "{text}: not an SQLite database",
    "crawl cinic -s DATABASE_URL={text}/x.sqlite": "{text}/x.sqlite: ",
    "portals --check nosuch": "unknown portal 'nosuch'; declared are: bijie, chinafp, cinic, ",
    "portals cinic": "to check a portal write --check cinic",
    "demo --day 3": "invalid choice: 3",
    "demo --database {tmp}": "{tmp}: is a folder",
}


@pytest.fixture(scope="module")
def outcomes(scrapy, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wrong")
    text = folder / "notes.txt"
    text.write_text("no database at all, but long enough to be mistaken for one" * 20)
    filled = [(c.format(tmp=folder, text=text), said.format(tmp=folder, text=text)) for c, said in WRONG.items()]
    done = scrapy([command.split() for command, _ in filled])
    return {key: (one, said) for key, one, (_, said) in zip(WRONG, done, filled, strict=True)}


@pytest.mark.parametrize("command", WRONG)
def test_wrong_arguments(outcomes, command):
    done, said = outcomes[command]
    assert said in done.last
    assert done.status == 2
    assert "Traceback" not in done.err
