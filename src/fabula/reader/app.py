"""The pages and answers of the reader, and who may ask for them.

Only this machine, only with the token in the address, only from the page itself: the Host and Origin of a
request are checked, so that no other site's page can speak to the server, and nothing a story holds is ever
run (a strict Content-Security-Policy; the page sets story text as text).
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from fabula.errors import FabulaError
from fabula.reader.book import formats
from fabula.reader.session import POLL, Session
from fabula.reader.views import exported, view

PAGE = Path(__file__).parent / "page"
LARGEST = 2_000_000
"""Bytes of a request; a range over a whole novel is less."""
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' blob:; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


class Guard:
    """Lets through what comes from this machine, for this address, from our own page, with the token."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 or 404, or hand on with the guarding headers added."""
        if scope["type"] != "http":
            return
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, send)
            return

        async def guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                extra = [(k.lower().encode(), v.encode()) for k, v in HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", []), *extra]}
            await send(message)

        await self._app(scope, receive, guarded)

    def _refused(self, scope: Scope, headers: dict[str, str]) -> Response | None:
        if headers.get("host") not in self._hosts:
            return PlainTextResponse("This address is not the reader's.", 403, HEADERS)
        given = scope["path"].split("/")[1]
        if not secrets.compare_digest(given.encode(), self._token.encode()):
            return PlainTextResponse("Open the address that 'fabula open' printed.", 404, HEADERS)
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        foreign = origin is not None and origin.removeprefix("http://") not in self._hosts
        changes = scope["method"] not in ("GET", "HEAD")
        if changes and (foreign or origin is None or site not in (None, "same-origin")):
            return PlainTextResponse("Only the reader's own page may correct.", 403, HEADERS)
        if foreign or site not in (None, "same-origin", "none"):
            return PlainTextResponse("Only the reader's own page may ask.", 403, HEADERS)
        return None


def make_app(session: Session, token: str, port: int) -> ASGIApp:
    """The application for one story. ``token`` is the first part of every path."""

    async def page(request: Request) -> Response:
        return _file("index.html", token)

    async def asset(request: Request) -> Response:
        return _file(request.path_params["name"], token)

    async def shown(request: Request) -> Response:
        path = request.path_params["view"]
        if not path.endswith(".json"):
            return _file("index.html", token)
        if path == "state.json":
            return _json(session.state())
        if path == "book.json":
            return Response(await run_in_threadpool(session.book), media_type="application/json")
        return await _answer(lambda: view(session, path.removesuffix(".json")))

    async def do(request: Request) -> Response:
        wanted = await _body(request)
        return await _answer(lambda: session.do(wanted))

    async def undo(request: Request) -> Response:
        return await _answer(lambda: session.turn(back=True))

    async def redo(request: Request) -> Response:
        return await _answer(lambda: session.turn(back=False))

    async def look(request: Request) -> Response:
        wanted = await _body(request)
        at, kind, number = wanted.get("at"), wanted.get("kind"), wanted.get("id")
        if type(at) is int and 0 <= at < 2**31:
            decision = (kind, number) if isinstance(kind, str) and type(number) is int else None
            session.look_ahead(at, decision)
        return _json({})

    async def events(request: Request) -> Response:
        return StreamingResponse(_events(session, request), media_type="text/event-stream")

    async def export(request: Request) -> Response:
        name = request.path_params["format"]
        if name not in formats():
            raise HTTPException(404)
        return await run_in_threadpool(exported, session, name)

    routes = [
        Route("/", page),
        Route("/page/{name}", asset),
        Route("/do", do, methods=["POST"]),
        Route("/undo", undo, methods=["POST"]),
        Route("/redo", redo, methods=["POST"]),
        Route("/look", look, methods=["POST"]),
        Route("/events", events),
        Route("/export/{format}", export),
        Route("/{view:path}", shown),
    ]
    for route in routes:
        route.path = f"/{token}{route.path}"
    inner = Starlette(
        routes=[Route(r.path, r.endpoint, methods=list(r.methods or ["GET"])) for r in routes],
        exception_handlers={FabulaError: _wrong},
    )
    return Guard(inner, token, port)


async def _answer(work: Callable[[], Any]) -> Response:
    return _json(await run_in_threadpool(work))


def _json(value: Any) -> Response:
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(content.encode("utf-8", "replace"), media_type="application/json")


async def _wrong(request: Request, error: Exception) -> Response:
    assert isinstance(error, FabulaError)
    answer = {"error": f"{error.subject} {error.problem}", "remedy": error.remedy}
    return Response(json.dumps(answer), 409, media_type="application/json")


async def _body(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").split(";")[0] != "application/json":
        raise HTTPException(415)
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST:
            raise HTTPException(413)
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(found, dict):
        raise HTTPException(400)
    return found


async def _events(session: Session, request: Request) -> AsyncIterator[str]:
    queue = session.listen()
    try:
        yield _event({"event": "state", **session.state()})
        while not await request.is_disconnected():
            try:
                yield _event(await asyncio.wait_for(queue.get(), POLL))
            except TimeoutError:
                await run_in_threadpool(session.look_around)
                yield ": here\n\n"
    finally:
        session.leave(queue)


def _event(message: dict[str, Any]) -> str:
    return f"data: {json.dumps(message)}\n\n"


@lru_cache(maxsize=64)
def _content(name: str) -> bytes | None:
    path = PAGE / name
    return path.read_bytes() if path.parent == PAGE and path.suffix in _TYPES and path.is_file() else None


def _file(name: str, token: str) -> Response:
    content = _content(name)
    if content is None:
        raise HTTPException(404)
    if name == "index.html":
        content = content.replace(b"{{base}}", f"/{token}/".encode())
    media = _TYPES[Path(name).suffix]
    return Response(content, media_type=f"{media}; charset=utf-8")
