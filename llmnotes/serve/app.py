"""The web application: routes, and security headers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from mimetypes import guess_type
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from llmnotes.errors import LlmnotesError
from llmnotes.escapes import printable
from llmnotes.serve.interface import QUESTIONS, answer, description
from llmnotes.serve.snapshot import Snapshot, Snapshots
from llmnotes.serve.tables import LARGEST, CheckedPage, factcheck, page_of
from llmnotes.site.render import render
from llmnotes.version import __version__

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
}

_TYPES = {
    ".md": "text/markdown",
    ".tex": "text/plain",
    ".bib": "text/plain",
    ".js": "text/javascript",
}
_FORM = 10_000
"""Allowance in bytes for the form data around a table."""

_LONGEST_REST = 100_000_000

_TOO_LARGE = f"the table is larger than {LARGEST:,} bytes; check it with `llmnotes factcheck FILE`"


class _Headers:
    """Adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.encode(), text.encode()) for name, text in HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", []), *added]}
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def application(snapshots: Snapshots, hosts: Iterable[str]) -> Starlette:
    """The application over snapshots, which accepts requests for these hosts only."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        snapshots.close()

    def route(
        path: str, work: Callable[[Request, Snapshots], Awaitable[Response]], *methods: str
    ) -> Route:
        async def endpoint(request: Request) -> Response:
            return await work(request, snapshots)

        return Route(path, endpoint, methods=list(methods) or ["GET"])

    return Starlette(
        routes=[
            route("/api/factcheck", _factcheck, "POST"),
            route("/api/{name}", _answer),
            route("/openapi.json", _description),
            route("/check/index.html", _check, "POST"),
            route("/{path:path}", _page),
        ],
        middleware=[
            Middleware(_Headers),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        ],
        exception_handlers={HTTPException: _failure, LlmnotesError: _refusal},
        lifespan=lifespan,
    )


async def _failure(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 500)
    return _said(request, str(getattr(error, "detail", error)), status)


async def _refusal(request: Request, error: Exception) -> Response:
    return _said(request, str(error), 400)


def _said(request: Request, sentence: str, status: int) -> Response:
    sentence = printable(sentence)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": sentence}, status)
    return PlainTextResponse(sentence + "\n", status)


async def _page(request: Request, snapshots: Snapshots) -> Response:
    path = request.path_params["path"]
    if path == "" or path.endswith("/"):
        path += "index.html"
    if path == "check/index.html":
        text = await snapshots.ask(_checking)
        return Response(text, media_type="text/html")
    content = await snapshots.ask(lambda snapshot: snapshot.page(path))
    if content is None:
        folder = await snapshots.ask(lambda snapshot: snapshot.page(f"{path}/index.html"))
        if folder is not None:
            return RedirectResponse(f"/{path}/")
        raise HTTPException(404, f"there is no page /{path[:200]}")
    ending = path[path.rfind(".") :] if "." in path else ""
    return Response(content, media_type=_TYPES.get(ending) or guess_type(path)[0] or "text/plain")


def _checking(
    snapshot: Snapshot,
    pasted: str = "",
    found: CheckedPage | None = None,
    failure: str | None = None,
) -> str:
    return render(
        "check.html", "check/index.html", site=snapshot.site, title="Check a table", picture=None,
        description="Hold a table against the base.", served=True, pasted=pasted, found=found,
        failure=failure,
    )  # fmt: skip


async def _check(request: Request, snapshots: Snapshots) -> Response:
    """Check a table from the form, pasted or uploaded."""
    if int(request.headers.get("content-length") or 0) > LARGEST + _FORM:
        await _rest(request.stream())
        raise HTTPException(413, _TOO_LARGE)
    try:
        async with request.form(max_files=1, max_fields=2, max_part_size=LARGEST) as form:
            text, name = await _given(form.get("table"), form.get("file"))
    except (HTTPException, ClientDisconnect) as error:
        if isinstance(error, HTTPException) and error.status_code == 400:
            raise HTTPException(413, _TOO_LARGE) from error
        raise
    shown = await snapshots.ask(partial(_checked_page, text=text, name=name))
    return Response(shown, media_type="text/html")


def _checked_page(snapshot: Snapshot, text: str, name: str) -> str:
    try:
        found = page_of(factcheck(snapshot.connection, text, name))
    except LlmnotesError as error:
        return _checking(snapshot, text, failure=str(error))
    return _checking(snapshot, text, found)


async def _given(pasted: Any, file: Any) -> tuple[str, str]:
    if isinstance(file, UploadFile) and file.filename:
        raw = await file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise HTTPException(413, _TOO_LARGE)
        from llmnotes.tables.reader import decoded

        return decoded(raw, "the file"), file.filename[:200]
    return str(pasted or ""), "pasted.md"


async def _factcheck(request: Request, snapshots: Snapshots) -> Response:
    parts, size = [], 0
    stream = request.stream()
    async for part in stream:
        size += len(part)
        if size > LARGEST:
            await _rest(stream)
            raise HTTPException(413, _TOO_LARGE)
        parts.append(part)
    from llmnotes.tables.reader import decoded

    text = decoded(b"".join(parts), "the table")
    found = await snapshots.ask(lambda snapshot: factcheck(snapshot.connection, text, "table"))
    return _json(found)


async def _rest(stream: AsyncIterator[bytes]) -> None:
    """Read and discard the rest of a request, since most clients read no answer before they have sent
    everything.

    A client that sends an unreasonable amount is disconnected.
    """
    size = 0
    async for part in stream:
        size += len(part)
        if size > _LONGEST_REST:
            return


async def _answer(request: Request, snapshots: Snapshots) -> Response:
    name = request.path_params["name"]
    if name not in QUESTIONS:
        raise HTTPException(
            404, f"there is no /api/{name[:60]}; there are {', '.join([*QUESTIONS, 'factcheck'])}"
        )
    query: dict[str, list[str]] = {}
    for key, value in request.query_params.multi_items():
        query.setdefault(key, []).append(value)
    found = await snapshots.ask(lambda snapshot: answer(snapshot, name, query))
    return _json(found)


async def _description(request: Request, snapshots: Snapshots) -> Response:
    del request, snapshots
    return _json(description(__version__))


def _json(value: Any) -> Response:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "replace"), media_type="application/json")
