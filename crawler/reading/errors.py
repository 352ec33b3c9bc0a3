"""What goes wrong with one page."""

from __future__ import annotations


class ReadingError(Exception):
    """A page nothing can be read from: one line saying which, why, and what to do."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url or 'page without a URL'}: {reason}")
        self.url = url
        self.reason = reason

    def __reduce__(self) -> tuple[type[ReadingError], tuple[str, str]]:
        """Pickle by the two arguments: worker processes hand this error back."""
        return (type(self), (self.url, self.reason))
