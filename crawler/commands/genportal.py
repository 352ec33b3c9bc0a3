"""``scrapy genportal NAME URL``: look at a site and write its declaration, saved pages and what is read from them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.shown import say
from crawler.places import gazetteer
from crawler.portals import NAME, RESERVED, known
from crawler.scouting import (
    Proposal,
    Survey,
    SurveyError,
    TargetError,
    entry_point,
    in_package,
    in_repository,
    propose,
    survey_files,
    write,
    write_package,
)
from crawler.spiders.scout import ScoutSpider


class Command(ScrapyCommand):
    """Exit status: 0 written, 1 the site gave nothing to write, 2 wrong arguments or a file that is there already."""

    requires_project = True

    def syntax(self) -> str:
        """The usage line."""
        return "[options] NAME URL"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Draft a portal: its declaration, saved pages and expected reading, for a person to check"

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own options."""
        super().add_options(parser)
        parser.add_argument(
            "--file", action="append", default=[], metavar="FILE",
            help="read saved pages instead of the site: first the list page at URL, then articles",
        )  # fmt: skip
        parser.add_argument("--into", metavar="DIR", help="write a package of its own, not into this checkout")
        parser.add_argument("--home", metavar="PLACE", help="the publisher's jurisdiction (adcode or full name)")

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """Keep the log quiet unless ``-L`` asks for it."""
        super().process_options(args, opts)
        assert self.settings is not None
        self.settings.set("LOG_LEVEL", "ERROR", priority="spider")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Check the words, look, write, and say what was found and what to do next."""
        name, url = checked(args)
        home = place(opts.home)
        root = Path(opts.into) if opts.into else Path.cwd()
        try:
            declaration, cases = (in_package if opts.into else in_repository)(root, name)
            survey = survey_files(name, url, list(map(Path, opts.file))) if opts.file else self._looked(name, url)
            proposal = propose(survey, home)
            written = write(proposal, declaration, cases)
            if opts.into:
                written += write_package(root, name)
        except TargetError as error:
            raise UsageError(str(error), print_help=False) from None
        except OSError as error:
            raise UsageError(f"{error.filename}: cannot be read ({error.strerror})", print_help=False) from None
        except SurveyError as error:
            say(error)
            self.exitcode = 1
            return
        _tell(proposal)
        say()
        for path in written:
            say(f"written: {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")
        if opts.into and root / "pyproject.toml" not in written:
            say(f"to do: {root / 'pyproject.toml'} was there; name the portal in it: {entry_point(name)}")
        _tell_next(name, declaration, cases, package=bool(opts.into))

    def _looked(self, name: str, url: str) -> Survey:
        assert self.crawler_process is not None
        survey = Survey(name, url)
        self.crawler_process.crawl(ScoutSpider, survey=survey)
        self.crawler_process.start()
        return survey


def checked(args: list[str]) -> tuple[str, str]:
    """The name and the address, if they can be a portal's. Raises UsageError."""
    if len(args) != 2:
        raise UsageError("give a name and an address: scrapy genportal NAME URL", print_help=False)
    name, url = args
    if not NAME.fullmatch(name) or name in RESERVED:
        said = "2 to 31 lower-case letters, digits and _, not " + ", ".join(sorted(RESERVED))
        raise UsageError(f"{name!r} is no name for a portal: {said}", print_help=False)
    if known(name):
        raise UsageError(f"a portal {name!r} is declared already; scrapy portals shows it", print_help=False)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{url!r} is no web address; write it with http:// or https://", print_help=False)
    return name, url


def place(given: str | None) -> str | None:
    """The adcode of a place given by adcode or full name. Raises UsageError."""
    if given is None:
        return None
    units = gazetteer()
    unit = units.by_code(given) if given.isdigit() else units.by_full_name(given)
    if unit is None:
        raise UsageError(f"--home {given}: no such place; give an adcode or a full name with parents", print_help=False)
    return unit.code


def _tell(proposal: Proposal) -> None:
    for guess in proposal.guesses:
        say(f"{guess.field:<10} {guess.value or 'none found'}")
        say(f"{'':<10} {guess.sure}: {guess.why}")
    for problem in proposal.problems:
        say(f"problem    {problem}")


def _tell_next(name: str, declaration: Path, cases: Path, *, package: bool) -> None:
    test = f"python -m pytest tests -k {name}" if package else f"python -m pytest tests/portals -k {name}"
    say("\nNext:")
    say(f"  1. Read {declaration.name} and correct it; what is not sure above wants a look first.")
    say(f'  2. Read each expected.json in {cases.name}/ beside its page.html; correct it, set "checked" to today.')
    say(f"  3. {test}")
    if package:
        say(f"     (once: pip install -e . in {declaration.parent})")
    say(f"  4. scrapy portals --check {name}, then scrapy crawl {name}")
