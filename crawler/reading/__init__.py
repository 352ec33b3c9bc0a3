"""Reading a page: bytes in, the clean article with its title, date, source and credits out."""

from crawler.reading.caches import reset_caches
from crawler.reading.decode import Decoded, decode
from crawler.reading.dom import MAX_PAGE_BYTES
from crawler.reading.draft import Reading
from crawler.reading.errors import ReadingError
from crawler.reading.explain import Explanation, explain_reading, markup
from crawler.reading.paging import join_pages, may_go_on, next_page
from crawler.reading.profile import PageSketch, SiteLearner, SiteProfile
from crawler.reading.read import learn, looks_like_html, read, read_closely

__all__ = [
    "MAX_PAGE_BYTES",
    "Decoded",
    "Explanation",
    "PageSketch",
    "Reading",
    "ReadingError",
    "SiteLearner",
    "SiteProfile",
    "decode",
    "explain_reading",
    "join_pages",
    "learn",
    "looks_like_html",
    "markup",
    "may_go_on",
    "next_page",
    "read",
    "read_closely",
    "reset_caches",
]
