"""The pages as a Datasette application: addresses, what each shows, and the headers every answer carries."""

from __future__ import annotations

import asyncio
import csv
import traceback
from collections.abc import Awaitable, Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from datasette import handle_exception, hookimpl
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils.asgi import NotFound, Response

from crawler.browse import charts, queries
from crawler.browse.filters import Filters
from crawler.browse.labels import LANGUAGES, Labels
from crawler.browse.marking import paragraphs
from crawler.exports.writing import safe_cell
from crawler.model import EVENT_TYPES

HERE = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'none'; form-action 'self'; base-uri 'none'"
"""Nothing runs, nothing is loaded from elsewhere, nothing is framed."""

_MOST = 100_000
"""Most rows a list gives as CSV or JSON; more are for scrapy export."""

View = Callable[[Datasette, Any], Awaitable[Response]]


def application(snapshot: Path) -> Datasette:
    """Return the application that shows a snapshot: ``.app()`` is its ASGI callable.

    Besides our pages Datasette's own stand under ``/duikou``: every table, filtered as one likes, as CSV and JSON.
    """
    if not pm.is_registered(_Pages):
        pm.unregister(handle_exception)  # which prints every 404 with all its locals
        pm.register(_Pages)
    made = Datasette(
        immutables=[str(snapshot)],
        template_dir=str(HERE / "templates"),
        static_mounts=[("static", str(HERE / "static"))],
        settings={"default_page_size": 50, "sql_time_limit_ms": 5000, "allow_download": False, "default_cache_ttl": 0},
        memory=False,
    )
    database = made.get_database()
    made.remove_database(database.name)
    made.add_database(database, name="duikou")
    return made


class _Rows:
    """The snapshot behind a Datasette, as the queries want it."""

    def __init__(self, datasette: Datasette) -> None:
        self._database = datasette.get_database("duikou")

    async def rows(self, sql: str, given: Mapping[str, Any] | None = None) -> list[queries.Row]:
        """Run one query."""
        found = await self._database.execute(sql, dict(given or {}), page_size=_MOST)
        return [dict(row) for row in found.rows]


async def _home(datasette: Datasette, request: Any) -> Response:
    return await _page(datasette, request, "new.html", events=await queries.newest(_Rows(datasette)))


async def _events(datasette: Datasette, request: Any) -> Response:
    snapshot, filters = _Rows(datasette), Filters.of(request.args)
    if form := request.url_vars["form"]:
        every = await queries.events(snapshot, filters, limit=_MOST)
        return _csv(every) if form == "csv" else Response.json(every)
    start = int(request.args.get("start") or 0) if (request.args.get("start") or "0").isdigit() else 0
    found = await queries.events(snapshot, filters, start=start, limit=queries.PAGE + 1)
    return await _page(
        datasette, request, "events.html", filters=filters, events=found[: queries.PAGE], start=start,
        count=await queries.count(snapshot, filters), more=len(found) > queries.PAGE, page=queries.PAGE,
        counted=queries.COUNTED,
        choices=await queries.choices(snapshot),
    )  # fmt: skip


async def _event(datasette: Datasette, request: Any) -> Response:
    found = await queries.event(_Rows(datasette), request.url_vars["id"])
    if found is None:
        raise NotFound(f"event {request.url_vars['id']}: not in this snapshot")
    for page in found["sources"]:
        page["paragraphs"] = paragraphs(page["text"], page["quotes"]) if page["text"] else []
    return await _page(datasette, request, "event.html", event=found)


async def _places(datasette: Datasette, request: Any) -> Response:
    words = (request.args.get("name") or "").strip()[:50]
    return await _page(
        datasette, request, "places.html", units=await queries.units(_Rows(datasette), words), words=words
    )


async def _place(datasette: Datasette, request: Any) -> Response:
    found = await queries.unit(_Rows(datasette), request.url_vars["id"])
    if found is None:
        raise NotFound(f"unit {request.url_vars['id']}: no event of this snapshot is there")
    return await _page(datasette, request, "place.html", unit=found)


async def _pairs(datasette: Datasette, request: Any) -> Response:
    return await _page(datasette, request, "pairs.html", pairs=await queries.pairs(_Rows(datasette)))


async def _pair(datasette: Datasette, request: Any) -> Response:
    found = await queries.pair(_Rows(datasette), request.url_vars["donor"], request.url_vars["recipient"])
    if found is None:
        raise NotFound("pair: one of the two is not in this snapshot")
    return await _page(datasette, request, "pair.html", pair=found)


async def _person(datasette: Datasette, request: Any) -> Response:
    name = (request.args.get("name") or "").strip()[:50]
    return await _page(datasette, request, "person.html", name=name, roles=await queries.person(_Rows(datasette), name))


async def _portals(datasette: Datasette, request: Any) -> Response:
    return await _page(datasette, request, "portals.html", portals=await queries.portals(_Rows(datasette)))


async def _portal(datasette: Datasette, request: Any) -> Response:
    found = await queries.portal(_Rows(datasette), request.url_vars["name"])
    if found is None:
        raise NotFound(f"portal {request.url_vars['name']}: no article of it is in this snapshot")
    return await _page(datasette, request, "portal.html", portal=found)


async def _pictures(datasette: Datasette, request: Any) -> Response:
    snapshot, filters = _Rows(datasette), Filters.of(request.args)
    labels = _labels(request)
    shown = []
    for kind in charts.KINDS:
        _, rows = await charts.draw(snapshot, kind, filters, labels)
        shown.append({"kind": kind, "told": charts.alternative(kind, rows, labels)})
    return await _page(
        datasette, request, "pictures.html", filters=filters, pictures=shown, choices=await queries.choices(snapshot)
    )


async def _chart(datasette: Datasette, request: Any) -> Response:
    kind, form = request.url_vars["kind"], request.url_vars["form"]
    chart, _ = await charts.draw(_Rows(datasette), kind, Filters.of(request.args), _labels(request))
    body = await asyncio.to_thread(charts.render, chart, form)
    return Response(body, content_type="image/png" if form == "png" else "image/svg+xml; charset=utf-8")


async def _language(datasette: Datasette, request: Any) -> Response:
    """Keep the reader's language, and go back to the page they came from; never to another host."""
    arguments = dict(parse_qsl(request.query_string))
    path = arguments.get("next", "/")
    answer = Response.redirect(path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/")
    if arguments.get("to") in LANGUAGES:
        answer.set_cookie("language", arguments["to"], samesite="lax")
    return answer


async def _page(datasette: Datasette, request: Any, template: str, **given: Any) -> Response:
    labels = _labels(request)
    about = await _Rows(datasette).rows("SELECT key, value FROM about")
    here = request.path + (f"?{request.query_string}" if request.query_string else "")
    common = {
        "t": labels, "types": EVENT_TYPES, "about": {row["key"]: row["value"] for row in about},
        "other": next(name for name in LANGUAGES if name != labels.language),
        "switch": urlencode({"next": here}), "names": _names, "yuan": _yuan, "dates": _dates,
    }  # fmt: skip
    return Response.html(await datasette.render_template(template, {**common, **given}, request=request))


def _labels(request: Any) -> Labels:
    return Labels.chosen(request.cookies.get("language"), request.headers.get("accept-language", ""))


def _names(cell: str | None) -> list[str]:
    """The items of a list cell."""
    return [name for name in (cell or "").split(";") if name]


def _yuan(value: float | None) -> str:
    """Money as Chinese readers count it: 万元 and 亿元."""
    if value is None:
        return ""
    for unit, size in (("亿元", 1e8), ("万元", 1e4)):
        if value >= size:
            return f"{value / size:,.2f}".rstrip("0").rstrip(".") + unit
    return f"{value:,.2f}".rstrip("0").rstrip(".") + "元"


def _dates(row: Mapping[str, Any]) -> str:
    """When an event was, as short as it can be told."""
    start, end = row["date_start"], row["date_end"]
    if not start or not end or start == end:
        return start or end or ""
    same = start[:8] == end[:8] and len(start) == len(end) == 10
    return f"{start}…{end[8:] if same else end}"


def _csv(rows: list[queries.Row]) -> Response:
    text = StringIO(newline="")
    writer = csv.writer(text)
    if rows:
        writer.writerow(list(rows[0]))
    writer.writerows([[safe_cell(value) for value in row.values()] for row in rows])
    headers = {"Content-Disposition": 'attachment; filename="events.csv"'}
    return Response("\ufeff" + text.getvalue(), headers=headers, content_type="text/csv; charset=utf-8")


ADDRESSES: tuple[tuple[str, View], ...] = (
    (r"^/$", _home),
    (r"^/events(?:\.(?P<form>csv|json))?$", _events),
    (r"^/event/(?P<id>[0-9a-f]+)$", _event),
    (r"^/places$", _places),
    (r"^/place/(?P<id>[0-9A-Za-z-]+)$", _place),
    (r"^/pairs$", _pairs),
    (r"^/pair/(?P<donor>[0-9A-Za-z-]+)/(?P<recipient>[0-9A-Za-z-]+)$", _pair),
    (r"^/person$", _person),
    (r"^/portals$", _portals),
    (r"^/portal/(?P<name>[0-9a-z_]+)$", _portal),
    (r"^/pictures$", _pictures),
    (rf"^/chart/(?P<kind>{'|'.join(charts.KINDS)})\.(?P<form>svg|png)$", _chart),
    (r"^/language$", _language),
)


F = TypeVar("F", bound=Callable[..., Any])
_hook: Callable[[F], F] = hookimpl  # pluggy's decorator says nothing of types


class _Pages:
    """Our pages as a Datasette plugin."""

    @staticmethod
    @_hook
    def register_routes(datasette: Datasette) -> list[tuple[str, View]]:
        """Our addresses."""
        return [(pattern, _bound(view)) for pattern, view in ADDRESSES]

    @staticmethod
    @_hook
    def handle_exception(datasette: Datasette, request: Any, exception: Exception) -> Any:
        """What is not there is said on a page of ours; what broke is told on standard error."""

        async def answer() -> Response:
            status = getattr(exception, "status", 500)
            if status == 500:
                traceback.print_exception(exception)
            said = str(exception) if status != 500 else ""
            response = await _page(datasette, request, "missing.html", said=said, status=status)
            response.status = status
            return response

        return answer

    @staticmethod
    @_hook
    def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
        """Headers on every answer, Datasette's own pages included."""
        return _guarded


def _bound(view: View) -> View:
    async def answer(datasette: Datasette, request: Any) -> Response:
        return await view(datasette, request)

    return answer


def _guarded(app: Any) -> Any:
    headers = [
        (b"content-security-policy", POLICY.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-frame-options", b"DENY"),
    ]

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *headers]}
            await send(message)

        await app(scope, receive, sent)

    return wrapped
