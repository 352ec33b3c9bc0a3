"""From some URLs of a kind to the regular expression of the kind: ids, dates and hashes become classes, words stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlsplit

_TOKEN = re.compile(r"\d+|[A-Za-z]+|[^A-Za-z\d]+")
_HASH = re.compile(r"(?=[0-9a-f]*\d)[0-9a-f]{16,}")
_CODE = re.compile(r"(?=\w*\d)(?=\w*[A-Z])[0-9A-Z]{9,}")  # 网易: E4H7S2LD0514A5ZQ
_DATE_LENGTHS = (8, 6)  # 20260324, 202603
_SURE_ID = 4  # digits from which a number alone is an id and not the number of a list page


def article_shape(urls: Sequence[str]) -> str | None:
    """The commonest shape among addresses of articles, as ``Portal.article`` takes it; None without an address.

    Addresses agree in a shape when their file names do; folders in which they differ become classes.
    """
    files = Counter(_file_shape(url) for url in urls)
    if not files:
        return None
    ((commonest, _),) = files.most_common(1)
    alike = [url for url in urls if _file_shape(url) == commonest]
    depth, _ = Counter(len(_folders(url)) for url in alike).most_common(1)[0]
    alike = [url for url in alike if len(_folders(url)) == depth]
    folders = "".join(f"{_folder(list(names))}/" for names in zip(*map(_folders, alike), strict=True))
    return f"^/{folders}{_with_lengths(commonest, alike)}"


def list_shape(lists: Iterable[tuple[str, str | None]]) -> str:
    """The shape of list pages, as ``Portal.listing`` takes it, from each list's first address and its second page's."""
    kinds: dict[tuple[str, ...], set[str]] = {}
    for first, second in lists:
        found = kinds.setdefault(tuple(_folders(first)), set())
        for url in (first, second):
            if url is not None and _folders(url) == _folders(first):
                found.add(_list_file(url))
    shapes = ["".join(f"{_escape(name)}/" for name in folders) + _either(files) for folders, files in kinds.items()]
    return "^/" + (shapes[0] if len(shapes) == 1 else f"(?:{'|'.join(dict.fromkeys(shapes))})")


def matcher(shape: str) -> Callable[[str], bool]:
    """Whether an address has the shape, by path and query as ``Portal.is_article`` judges."""
    pattern = re.compile(shape)
    return lambda url: pattern.search(_target(url)) is not None


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _folders(url: str) -> list[str]:
    return (urlsplit(url).path or "/").split("/")[1:-1]


def _file_shape(url: str) -> str:
    """The class of the file name and query: ``t\\d{8}_\\d+\\.html$``, ``news_view\\.asp\\?(?:.*&)?id=\\d+``."""
    parts = urlsplit(url)
    name = parts.path.rpartition("/")[2]
    if not parts.query:
        return f"{_name_shape(name)}$" if name else "$"
    keys = [pair.partition("=") for pair in parts.query.split("&")]
    numbered = [(key, value) for key, _, value in keys if re.search(r"\d", value)] or [(k, v) for k, _, v in keys[:1]]
    # catid=9&id=219: the article's own number is called id, or comes last
    key, value = max(
        enumerate(numbered), key=lambda one: (one[1][0].lower() == "id", one[1][0].lower()[-2:] == "id", one[0])
    )[1]
    return rf"{_escape(name)}\?(?:.*&)?{_escape(key)}={_name_shape(value)}(?:&|$)"


def _name_shape(name: str) -> str:
    """One file or folder name with its changing parts as classes."""
    stem, dot, extension = name.rpartition(".")
    if dot and re.fullmatch(r"[a-z]{2,5}", extension):
        return f"{_name_shape(stem)}\\.{extension}"
    pieces = re.split(r"([^0-9A-Za-z]+)", name)
    return "".join(_piece_shape(piece) if index % 2 == 0 else _escape(piece) for index, piece in enumerate(pieces))


def _piece_shape(piece: str) -> str:
    if _HASH.fullmatch(piece):
        return rf"[0-9a-f]{{{len(piece)}}}"
    if _CODE.fullmatch(piece):
        return "[0-9A-Z]+"
    return "".join(_number(token) if token.isdigit() else _escape(token) for token in _TOKEN.findall(piece))


def _number(digits: str) -> str:
    if len(digits) in _DATE_LENGTHS and digits.startswith(("19", "20")) and digits[4:6] <= "12":
        return rf"\d{{{len(digits)}}}"
    return r"\d{4}" if re.fullmatch("(?:19|20)\\d\\d", digits) else r"\d+"


def _folder(names: list[str]) -> str:
    """A folder's class: a word when all agree, else what their shapes have in common."""
    if len(set(names)) == 1 and not re.search(r"\d{2}", names[0]):
        return _escape(names[0])
    shapes = {_name_shape(name) for name in names}
    if len(shapes) == 1:
        return shapes.pop()
    if all(name.isdigit() for name in names):
        return r"\d+"
    return "[a-z]+" if all(re.fullmatch("[a-z]+", name) for name in names) else r"[\w-]+"


def _with_lengths(shape: str, urls: Sequence[str]) -> str:
    """A file name that is a number only is told from ``2.html``, a list's second page, by the least length seen."""
    bare = re.fullmatch(r"\\d\+(\\\.[a-z]+\$)", shape)
    if bare is None:
        return shape
    lengths = [len(urlsplit(url).path.rpartition("/")[2].partition(".")[0]) for url in urls]
    least = min(lengths) - 1 if min(lengths) > _SURE_ID else min(lengths)
    return rf"\d{{{least},}}{bare[1]}"


def _list_file(url: str) -> str:
    """A list page's file name: its numbers are classes, its query is open but for the path."""
    parts = urlsplit(url)
    name = parts.path.rpartition("/")[2]
    return re.sub(r"\d+", r"\\d+", _escape(name)) + (r"\?" if parts.query else "")


def _either(files: set[str]) -> str:
    """The file names of one list; a query goes on after its ``?``, the others end there."""
    opened = sorted(name for name in files if name.endswith(r"\?"))
    named = sorted(name for name in files if name and not name.endswith(r"\?"))
    if opened:
        return _group([*opened, *(f"{name}$" for name in named)])
    return (f"{_group(named)}{'?' if '' in files else ''}$") if named else "$"


def _group(choices: list[str]) -> str:
    return f"(?:{'|'.join(choices)})"


def _escape(text: str) -> str:
    """``re.escape`` without the backslashes that mean nothing and hide the address."""
    return re.sub(r"([.^$*+?{}\[\]\\|()])", r"\\\1", text)
