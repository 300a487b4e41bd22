"""Starts the server on the standard streams or on a local port."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from llmnotes import console
from llmnotes.errors import InputError
from llmnotes.serve.run import is_loopback, listening_socket

PATH = "/mcp"


def run_stdio(user: Path | None) -> None:
    """Serve on standard input and output until the client disconnects."""
    import anyio

    found = _server(user)

    async def serve() -> None:
        from mcp.server.stdio import stdio_server

        async with stdio_server() as (read, write):
            await found.run(read, write, found.create_initialization_options())

    anyio.run(serve)


def run_http(user: Path | None, host: str, port: int) -> None:
    """Serve streamable HTTP until interrupted; requests of other hosts and origins are refused.

    Raises `InputError` for an address that other machines can reach, and for a port in use.
    """
    if not is_loopback(host):
        raise InputError(
            f"{host} can be reached from other machines; the server listens on 127.0.0.1, ::1 or "
            "localhost alone"
        )
    app = _server(user).streamable_http_app(streamable_http_path=PATH, host=host)
    import uvicorn

    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False,
        timeout_graceful_shutdown=5, limit_concurrency=100,
    )  # fmt: skip
    bound = listening_socket(host, port)
    shown = f"[{host}]" if ":" in host else host
    console.remark(f"serving on http://{shown}:{bound.getsockname()[1]}{PATH} (Ctrl-C stops)")
    uvicorn.Server(config).run(sockets=[bound])


def _server(user: Path | None) -> Any:
    """The server; raises `InputError` where the SDK is not installed, `StoreError` for a bad store."""
    try:
        from llmnotes.agents.server import server
    except ImportError as error:
        raise InputError(
            f"the server needs {error.name}, which is not installed: `pip install 'llmnotes[mcp]'`"
        ) from error
    from llmnotes.store.connect import connect

    connect(user).close()  # reports a faulty store at once
    return server(user)
