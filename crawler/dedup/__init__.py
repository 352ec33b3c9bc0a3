"""Which pages are the same page, which texts are copies of one text, which reports tell of one happening."""

from crawler.dedup.copies import Bands, Copy, compare, copies
from crawler.dedup.coreference import Dossier, Linked, Telling, agrees, block_keys, happenings, likeness, merge, settled
from crawler.dedup.prepared import Prepared, Told, anchors_of, prepare, told
from crawler.dedup.texts import Anchors, Text, anchors, content_id, plain
from crawler.dedup.urls import article_id, canonical_url, mirror_key

__all__ = [
    "Anchors",
    "Bands",
    "Copy",
    "Dossier",
    "Linked",
    "Prepared",
    "Telling",
    "Text",
    "Told",
    "agrees",
    "anchors",
    "anchors_of",
    "article_id",
    "block_keys",
    "canonical_url",
    "compare",
    "content_id",
    "copies",
    "happenings",
    "likeness",
    "merge",
    "mirror_key",
    "plain",
    "prepare",
    "settled",
    "told",
]
