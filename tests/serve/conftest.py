"""A real server on loopback over a user's own store."""

from __future__ import annotations

import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import stand_for_the_base


class Answer(NamedTuple):
    """The response to a request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Server:
    """Sends requests to a running server."""

    def __init__(self, port: int, store: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.store = store

    def get(self, path: str, **headers: str) -> Answer:
        return self._send(urllib.request.Request(self.url + path, headers=headers))

    def post(self, path: str, body: bytes, kind: str = "text/plain") -> Answer:
        return self._send(
            urllib.request.Request(self.url + path, data=body, headers={"Content-Type": kind})
        )

    def _send(self, request: urllib.request.Request) -> Answer:
        try:
            with urllib.request.urlopen(request, timeout=60) as found:
                return Answer(found.status, _lower(found.headers), found.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, _lower(error.headers), error.read())


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@pytest.fixture(scope="module")
def few_families(first_base: Path) -> Iterator[None]:
    """The base of the first eleven families, for a server and for what it is compared with."""
    with pytest.MonkeyPatch.context() as patch:
        stand_for_the_base(first_base, patch)
        yield


@pytest.fixture(scope="module")
def server(few_families: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with its own user's store `notes.sqlite`, which need not exist."""
    uvicorn = pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")
    from llmnotes.serve.app import application
    from llmnotes.serve.run import allowed_hosts
    from llmnotes.serve.snapshot import Snapshots

    store = tmp_path_factory.mktemp("served") / "notes.sqlite"
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    snapshots = Snapshots(store)
    config = uvicorn.Config(
        application(snapshots, allowed_hosts("127.0.0.1")), log_level="warning", access_log=False
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield Server(listening.getsockname()[1], store)
    running.should_exit = True
    thread.join(20)
    assert not thread.is_alive(), "it shuts down when asked to"
