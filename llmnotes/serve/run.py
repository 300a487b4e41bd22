"""Starts and stops the server."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING

from llmnotes import console
from llmnotes.errors import InputError

if TYPE_CHECKING:
    import socket


def is_loopback(host: str) -> bool:
    """Whether an address is reachable only from this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def allowed_hosts(host: str) -> list[str]:
    """The host names that requests may use: those of this machine, and the bound address."""
    found = ["localhost", "127.0.0.1", "[::1]"]
    if host in {"0.0.0.0", "::"}:
        return ["*"]
    named = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return [*found, named] if named not in found else found


def run(user: Path | None, host: str, port: int, *, allow_remote: bool, issues: str | None) -> None:
    """Serve until interrupted.

    Raises `InputError` for an address beyond this machine without `allow_remote`, for a port in use, and
    where Starlette or uvicorn is not installed.
    """
    if not is_loopback(host) and not allow_remote:
        raise InputError(
            f"{host} can be reached from other machines, which could then read your notes; "
            "if that is meant, say --allow-remote"
        )
    try:
        import uvicorn

        from llmnotes.serve.app import application
    except ImportError as error:
        raise InputError(
            f"the server needs {error.name}, which is not installed: `pip install 'llmnotes[serve]'`"
        ) from error
    from llmnotes.serve.snapshot import Snapshots

    snapshots = Snapshots(user, issues=issues)
    snapshots.ask_now(
        lambda snapshot: snapshot.page("index.html")
    )  # reports a faulty store at once
    config = uvicorn.Config(
        application(snapshots, allowed_hosts(host)), host=host, port=port, log_level="warning",
        access_log=False, server_header=False, timeout_graceful_shutdown=5, limit_concurrency=500,
    )  # fmt: skip
    server = uvicorn.Server(config)
    bound = listening_socket(host, port)
    shown = f"[{host}]" if ":" in host else host
    console.remark(f"serving on http://{shown}:{bound.getsockname()[1]}/ (Ctrl-C stops)")
    if not is_loopback(host):
        console.remark("other machines can reach it: everything in your store can be read there")
    server.run(sockets=[bound])


def listening_socket(host: str, port: int) -> socket.socket:
    """A listening socket; raises `InputError` where that is not possible."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host.strip("[]"), port))
        found.listen(128)
    except OSError as error:
        found.close()
        raise InputError(
            f"cannot listen on {host}:{port} ({error.strerror}); choose another --port"
        ) from error
    return found
