"""Serve one story on this machine until interrupted."""

from __future__ import annotations

import contextlib
import secrets
import socket
import webbrowser
from collections.abc import Callable
from threading import Thread

from fabula.errors import OutputError
from fabula.reader.session import Session

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """A socket on the loopback interface; port 0 takes any free one. Raises OutputError."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((HOST, port))
        sock.listen(64)  # whoever is told the address at once need not wait for the server
    except (OSError, OverflowError) as error:
        sock.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(f"port {port}", f"cannot be used ({reason})", "Leave out --port") from None
    return sock


def serve(session: Session, sock: socket.socket, told: Callable[[str], None], *, browser: bool) -> None:
    """Read the story and serve its page; ``told`` is given the address first. Returns when interrupted.

    Raises what the reading raises.
    """
    import uvicorn

    from fabula.reader.app import make_app

    token = secrets.token_urlsafe(18)
    port = sock.getsockname()[1]
    address = f"http://{HOST}:{port}/{token}/"
    config = uvicorn.Config(
        make_app(session, token, port),
        log_level="critical",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    session.start()
    told(address)
    if browser:
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    Thread(target=_stop_on_failure, args=(session, server), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[sock])
    if session.error is not None:
        raise session.error


def _stop_on_failure(session: Session, server: object) -> None:
    """A story that cannot be read has no page to stay for; the page is told before."""
    import time

    while session.desk is None and session.error is None:
        time.sleep(0.2)
    if session.error is not None:
        time.sleep(1.0)
        server.should_exit = True  # type: ignore[attr-defined]
