"""What is new, how the portals are, what fails and what hit: for one run or a span of days, as text and HTML."""

from crawler.reports.gathering import Report, ReportError, of_run, of_span
from crawler.reports.rendering import html, text

__all__ = ["Report", "ReportError", "html", "of_run", "of_span", "text"]
