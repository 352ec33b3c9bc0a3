"""Requests as JSON, for scrapy-redis: plain values only, so that nothing a stranger writes to Redis is ever executed.

The module is scrapy-redis' serializer (``loads`` and ``dumps``); its default, pickle, runs code.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any


class NotPlainError(ValueError):
    """The request holds something JSON cannot carry; it stays with the crawler that made it."""


class MalformedError(ValueError):
    """What stands in the queue is no request of ours."""


_REQUEST: dict[str, type | tuple[type, ...]] = {
    "url": str, "callback": str, "errback": str, "method": str, "encoding": str, "priority": int, "dont_filter": bool,
    "headers": dict, "cookies": (dict, list), "meta": dict, "cb_kwargs": dict, "flags": list, "body": str,
}  # fmt: skip


def dumps(request: Mapping[str, Any]) -> str:
    """Return what ``Request.to_dict`` gives as JSON; raises NotPlainError."""
    if "_class" in request:
        raise NotPlainError(f"a {request['_class']}, not a plain Request")
    headers = {_text(name): [_text(one) for one in values] for name, values in request["headers"].items()}
    plain = {**request, "headers": headers, "body": base64.b64encode(request["body"]).decode()}
    given = {name: value for name, value in plain.items() if value is not None}
    try:
        said = json.dumps(given, ensure_ascii=False, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise NotPlainError(f"{request['url']}: {error}") from None
    if json.loads(said) != given:  # tuples and keys that are no text would come back as something else
        raise NotPlainError(f"{request['url']}: holds more than JSON can")
    return said


def loads(said: str | bytes) -> dict[str, Any]:
    """Return what ``request_from_dict`` takes; raises MalformedError."""
    try:
        given = json.loads(said)
        wrong = not isinstance(given, dict) or any(
            name not in _REQUEST or not isinstance(value, _REQUEST[name]) for name, value in given.items()
        )
        if wrong or "url" not in given:
            raise MalformedError("no request")
        headers = {name: [one.encode("latin-1") for one in values] for name, values in given.get("headers", {}).items()}
        return {**given, "headers": headers, "body": base64.b64decode(given.get("body", ""), validate=True)}
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise MalformedError(f"{said[:80]!r}: {error}") from None


def _text(given: bytes) -> str:
    return given.decode("latin-1")  # as HTTP has it; Scrapy encodes what is beyond it before
