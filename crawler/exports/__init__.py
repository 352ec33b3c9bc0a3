"""The record to take away: tables in common formats, the panel, the codebook, data packages and browsing snapshots."""

from crawler.exports.choosing import Choice
from crawler.exports.columns import TABLES, Column, columns
from crawler.exports.errors import ExportError
from crawler.exports.export import FORMATS, Written, export
from crawler.exports.package import package
from crawler.exports.search import search_query
from crawler.exports.snapshot import publish

__all__ = [
    "FORMATS",
    "TABLES",
    "Choice",
    "Column",
    "ExportError",
    "Written",
    "columns",
    "export",
    "package",
    "publish",
    "search_query",
]
