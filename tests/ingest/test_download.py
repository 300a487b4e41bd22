"""Downloads from a real server on loopback that does everything a server should not."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.ingest.download import Deadline, Downloads, StatusError, UnreachableError

MOST = 1_000


class Hostile(BaseHTTPRequestHandler):
    """Answers each path in a way of its own."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        try:
            getattr(self, self.path.split("?")[0].strip("/").replace("/", "_"))()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def just(self) -> None:
        self.send(200, b"x" * MOST)

    def over(self) -> None:
        self.send(200, b"x" * (MOST + 1))

    def endless(self) -> None:
        self.send(200, **{"Content-Length": ""})
        self.close_connection = True
        while True:
            self.wfile.write(b"x" * 65_536)

    def drip(self) -> None:
        self.send(200, **{"Content-Length": "1000"})
        while True:
            self.wfile.write(b"x")
            time.sleep(0.05)

    def slow_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            self.wfile.write(b"X-A: b\r\n"[:1])
            time.sleep(0.05)

    def short(self) -> None:
        self.send(200, b"abc", **{"Content-Length": "10"})
        self.close_connection = True

    def chunk(self) -> None:
        self.send(200, **{"Content-Length": "", "Transfer-Encoding": "chunked"})
        self.wfile.write(b"ff\r\nabc")
        self.close_connection = True

    def garbled(self) -> None:
        self.wfile.write(b"\x00\x01\x02 not http\r\n\r\n")
        self.close_connection = True

    def nothing(self) -> None:
        self.close_connection = True

    def bomb(self) -> None:
        self.send(200, gzip.compress(b" " * 10_000_000), Content_Encoding="gzip")

    def packed(self) -> None:
        self.send(200, gzip.compress(b"hello"), Content_Encoding="gzip")

    def torn(self) -> None:
        self.send(200, b"not gzip", Content_Encoding="gzip")

    def brotli(self) -> None:
        self.send(200, b"x", Content_Encoding="br")

    def to_file(self) -> None:
        self.send(302, Location="file:///etc/hostname")

    def loop(self) -> None:
        self.send(302, Location="/loop")

    def there(self) -> None:
        self.send(307, Location="/just")

    def nowhere(self) -> None:
        self.send(302)

    def broken(self) -> None:
        self.send(302, Location="http://[::1")

    def gone(self) -> None:
        self.send(404, X_Error_Code="RepoNotFound")

    def failing(self) -> None:
        self.send(500)

    def busy(self) -> None:
        self.send(429)

    def teapot(self) -> None:
        self.send(418)

    def echo(self) -> None:
        self.send(200, (self.headers.get("Authorization") or "-").encode())

    def elsewhere(self) -> None:
        port = self.server.server_address[1]
        self.send(302, Location=f"http://localhost:{port}/echo")

    def part(self) -> None:
        self.send(206, b"0123456789"[2:5])

    def whole(self) -> None:
        self.send(200, b"0123456789")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of the server."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "127.0.0.1,localhost")
        yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def fetch(url: str, seconds: float = 30, **options: Any) -> bytes:
    with Deadline(seconds) as deadline:
        return Downloads(deadline).fetch(url, MOST, **options)


@pytest.mark.parametrize(
    ("path", "error", "sentence"),
    [
        ("over", InputError, "announces 1,001 bytes; at most 1,000"),
        ("endless", InputError, "sends more than 1,000 bytes"),
        ("bomb", InputError, "announces|sends more than 1,000 bytes"),
        ("short", InputError, "broke off after 3 of 10 bytes"),
        ("chunk", InputError, "broke off"),
        ("garbled", InputError, "does not answer as HTTP does"),
        ("nothing", UnreachableError, "closed the connection"),
        ("torn", InputError, "broken compressed data"),
        ("brotli", InputError, "encoding 'br'"),
        ("to_file", InputError, "redirects to 'file:///etc/hostname'"),
        ("loop", InputError, "redirects more than 5 times"),
        ("nowhere", StatusError, "answers HTTP 302"),
        ("broken", InputError, "does not answer as HTTP does"),
        ("gone", StatusError, "answers HTTP 404"),
        ("teapot", StatusError, "answers HTTP 418"),
        ("failing", UnreachableError, "answers HTTP 500"),
        ("busy", UnreachableError, "answers HTTP 429"),
    ],
)
def test_what_a_server_should_not_do_is_one_sentence(
    server: str, path: str, error: type[InputError], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence) as caught:
        fetch(f"{server}/{path}")

    assert type(caught.value) is error
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("path", ["drip", "slow_headers"])
def test_all_of_it_ends_at_the_deadline(server: str, path: str) -> None:
    """Though every byte comes in time."""
    with pytest.raises(UnreachableError, match=r"took longer than 0\.3 seconds"):
        fetch(f"{server}/{path}", 0.3)


def test_nothing_is_asked_after_the_deadline(server: str) -> None:
    with Deadline(0.01) as deadline:
        time.sleep(0.05)
        with pytest.raises(UnreachableError, match="took longer"):
            Downloads(deadline).fetch(f"{server}/just", MOST)


def test_a_port_where_nobody_listens_cannot_be_reached() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(UnreachableError, match="cannot be reached"):
        fetch(f"http://127.0.0.1:{port}/")


def test_an_answer_as_long_as_allowed_is_read(server: str) -> None:
    assert len(fetch(f"{server}/just")) == MOST
    assert len(fetch(f"{server}/there")) == MOST
    assert fetch(f"{server}/packed") == b"hello"


@pytest.mark.parametrize("path", ["part", "whole"])
def test_a_part_is_the_same_whether_the_server_knows_parts_or_not(server: str, path: str) -> None:
    assert fetch(f"{server}/{path}", part=(2, 4)) == b"234"


def test_a_token_stays_with_its_host(server: str) -> None:
    token = {"Authorization": "Bearer secret"}

    assert fetch(f"{server}/echo", headers=token) == b"Bearer secret"
    assert fetch(f"{server}/elsewhere", headers=token) == b"-"
