"""Pages of novels, which tell of paired aid too."""

from __future__ import annotations

import re

_SITE = re.compile(
    r"小说(?:网|APP|app)|书屋\s?(?:www|提示|[)）])|笔趣|[求请]收藏"
    r"|最新章节|章节目录|全文(?:免费)?阅读|无弹窗|二维码访问|加入书签"
)
_CHAPTER = re.compile(
    r"(?m)^\W{0,4}第(?:\d{1,4}|[一二三四五六七八九十百]{1,5})章(?:\s|$)"
    r"|第\d+章[^\n]{0,20}[（(]第\d+页[)）]"
)
_OPENING = 600


def is_novel(title: str, text: str) -> bool:
    """Whether a page opens as a chapter of a novel does: two marks of such sites, or one and a chapter number."""
    opening = f"{title}\n{text[:_OPENING]}"
    marks = set(_SITE.findall(opening))
    return len(marks) > 1 or (bool(marks) and _CHAPTER.search(opening) is not None)
