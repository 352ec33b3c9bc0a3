"""Documents an article links to."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawler.model import Attachment
from crawler.reading.blocks import tidy
from crawler.reading.dom import Element

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|zip|rar|7z|csv)(?:$|[?#])", re.I)
MAX_ATTACHMENTS = 200


def attachments_of(container: Element, url: str) -> tuple[Attachment, ...]:
    """Links to PDF, DOC, XLS … inside the body's container, in page order, each address once."""
    found: dict[str, Attachment] = {}
    for link in container.iter("a"):
        target = (link.get("href") or "").strip()
        if not target or len(target) > 2_000:
            continue
        if _DOCUMENT.search(target) or _DOCUMENT.search(link.text or ""):
            label = tidy("".join(link.itertext()))
            try:
                address = urljoin(url, target)
            except ValueError:
                continue
            found.setdefault(address, Attachment(address, label or target.rsplit("/", 1)[-1]))
            if len(found) >= MAX_ATTACHMENTS:
                break
    return tuple(found.values())
