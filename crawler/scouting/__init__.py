"""Drafting a portal: from a look at a site, or saved pages, to a declaration with its cases."""

from crawler.scouting.guess import Guess
from crawler.scouting.proposal import Case, Proposal, SurveyError, propose
from crawler.scouting.saved import survey_files
from crawler.scouting.survey import MAX_ARTICLES, ListPage, Survey, best_articles, best_columns, is_front, listed
from crawler.scouting.writing import TargetError, entry_point, in_package, in_repository, source, write, write_package

__all__ = [
    "MAX_ARTICLES",
    "Case",
    "Guess",
    "ListPage",
    "Proposal",
    "Survey",
    "SurveyError",
    "TargetError",
    "best_articles",
    "best_columns",
    "entry_point",
    "in_package",
    "in_repository",
    "is_front",
    "listed",
    "propose",
    "source",
    "survey_files",
    "write",
    "write_package",
]
