"""Downloads with limits on size and time, whatever the server does."""

from __future__ import annotations

import http.client
import socket
import threading
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

from llmnotes.errors import InputError

_CHUNK = 65_536
_IDLE_SECONDS = 15.0
_MOST_REDIRECTS = 5


class UnreachableError(InputError):
    """The server cannot be reached, or fails temporarily: a cache may be used instead."""


class StatusError(InputError):
    """The server answers with an error status; `reason` is the text beside the number."""

    def __init__(self, message: str, status: int, reason: str) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason


class Deadline:
    """A point in time at which all open connections are closed."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Deadline:
        self._timer = threading.Timer(self.seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._timer:
            self._timer.cancel()

    @property
    def left(self) -> float:
        """Remaining seconds; 0 once it has passed."""
        return max(self._end - time.monotonic(), 0.0)

    def watch(self, opened: socket.socket) -> None:
        """Close this connection at the deadline, even while a header is being received."""
        self._sockets.append(opened)

    def _cut(self) -> None:
        for opened in self._sockets:
            try:
                opened.shutdown(socket.SHUT_RDWR)
            except OSError:  # it is already closed
                continue


class Downloads:
    """Fetches over http and https until a deadline."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            _Http(deadline),
            _Https(deadline),
        ):
            self._opener.add_handler(handler)

    def fetch(
        self,
        url: str,
        most: int,
        *,
        headers: Mapping[str, str] | None = None,
        part: tuple[int, int] | None = None,
    ) -> bytes:
        """The answer for `url`, of at most `most` bytes; with `part` only its first to last byte.

        `headers` are sent to this host only: a redirect to another host does not carry them.

        Raises:
            UnreachableError: no connection, too slow, or a server error.
            StatusError: any other error status.
            InputError: the answer is too large, malformed or redirects to another scheme than http(s).
        """
        host = urlsplit(url).netloc
        for _ in range(_MOST_REDIRECTS + 1):
            same = urlsplit(url).netloc == host
            request = urllib.request.Request(url, headers={"Accept-Encoding": "identity"})
            for name, value in (headers or {}).items() if same else ():
                request.add_header(name, value)
            if part:
                request.add_header("Range", f"bytes={part[0]}-{part[1]}")
            with self._plain_errors(url):
                try:
                    return self._answer(request, most, part)
                except urllib.error.HTTPError as error:
                    url = _redirected(error, url)
        raise InputError(f"{host} redirects more than {_MOST_REDIRECTS} times")

    def _answer(
        self, request: urllib.request.Request, most: int, part: tuple[int, int] | None
    ) -> bytes:
        timeout = min(_IDLE_SECONDS, max(self._deadline.left, 0.001))
        with self._opener.open(request, timeout=timeout) as answer:
            if part is None:
                return _body(answer, request.host, most, self._deadline)
            length, skipped = part[1] - part[0] + 1, part[0] if answer.status != 206 else 0
            found = _body(answer, request.host, length + skipped, self._deadline, cut=True)
            return found[skipped:]

    @contextmanager
    def _plain_errors(self, url: str) -> Iterator[None]:
        host = urlsplit(url).netloc
        try:
            yield
        except urllib.error.HTTPError as error:
            error.close()
            raise _of_status(error, host) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, InputError):
                raise
            if not self._deadline.left:
                raise UnreachableError(
                    f"{host} took longer than {self._deadline.seconds:g} seconds"
                ) from error
            raise _of_failure(error, host) from error


def _redirected(error: urllib.error.HTTPError, url: str) -> str:
    """The target of a redirect; re-raises the error where it is none."""
    target = error.headers.get("Location")
    if error.code not in {301, 302, 303, 307, 308} or not target:
        raise error
    error.close()
    found = urljoin(url, target)
    if urlsplit(found).scheme not in {"http", "https"}:
        raise InputError(
            f"{urlsplit(url).netloc} redirects to {found[:60]!r}; only http and https are followed"
        )
    return found


def _body(answer: Any, host: str, most: int, deadline: Deadline, *, cut: bool = False) -> bytes:
    """The answer's bytes; with `cut` truncated to `most`, else `InputError` where there are more."""
    declared = str(answer.headers.get("Content-Length") or "")
    announced = int(declared) if declared.isdecimal() and len(declared) < 20 else None
    if announced and announced > most and not cut:
        raise InputError(f"{host} announces {announced:,} bytes; at most {most:,} are read")
    unpack = _unpacking(answer.headers.get("Content-Encoding"), host)
    found, received = bytearray(), 0
    while len(found) < most or not cut:
        chunk = answer.read1(_CHUNK)
        received += len(chunk)
        if not deadline.left:
            raise TimeoutError
        if not chunk:
            if announced and received < announced:
                raise InputError(f"{host} broke off after {received:,} of {announced:,} bytes")
            break
        found += unpack(chunk, most + 1 - len(found))
        if len(found) > most and not cut:
            raise InputError(f"{host} sends more than {most:,} bytes; nothing was kept")
    return bytes(found[:most])


def _unpacking(encoding: str | None, host: str) -> Callable[[bytes, int], bytes]:
    if encoding in (None, "", "identity"):
        return lambda chunk, _: chunk
    if encoding not in ("gzip", "deflate"):
        raise InputError(
            f"{host} answers in the encoding {encoding[:20]!r}, which was not asked for"
        )
    decoder = zlib.decompressobj(47)  # 32 + 15: zlib or gzip, detected from the header

    def unpack(chunk: bytes, most: int) -> bytes:
        try:
            return decoder.decompress(chunk, max(most, 1))
        except zlib.error as error:
            raise InputError(f"{host} answers with broken compressed data") from error

    return unpack


def _of_status(error: urllib.error.HTTPError, host: str) -> InputError:
    reason = " ".join(str(error.reason).split())[:60]
    said = f"{host} answers HTTP {error.code}" + (f" ({reason})" if reason.isprintable() else "")
    if error.code == 429:
        return UnreachableError(f"{said}: too many requests; try again later")
    if error.code >= 500:
        return UnreachableError(said)
    return StatusError(said, error.code, str(error.headers.get("X-Error-Code") or ""))


def _of_failure(error: Exception, host: str) -> InputError:
    if isinstance(error, http.client.IncompleteRead):
        return InputError(f"{host} broke off its answer")
    if isinstance(error, http.client.HTTPException | ValueError):
        if isinstance(error, http.client.RemoteDisconnected):
            return UnreachableError(f"{host} closed the connection without an answer")
        return InputError(f"{host} does not answer as HTTP does ({type(error).__name__})")
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return UnreachableError(f"{host} does not answer within {_IDLE_SECONDS:g} seconds")
    said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    return UnreachableError(f"{host} cannot be reached ({' '.join(said.split())[:80]})")


def _watched(kind: Any, deadline: Deadline) -> Any:
    """A connection class whose sockets are closed at the deadline."""

    class Watched(kind):  # type: ignore[misc]
        def connect(self) -> None:
            """Connect, and register the socket (with TLS, a new one) with the deadline."""
            this: Any = self
            plain = this._create_connection

            def create(*arguments: Any) -> socket.socket:
                opened: socket.socket = plain(*arguments)
                deadline.watch(opened)
                return opened

            this._create_connection = create
            super().connect()
            deadline.watch(self.sock)

    return Watched


class _Http(urllib.request.HTTPHandler):
    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._kind = _watched(http.client.HTTPConnection, deadline)

    def http_open(self, req: Any) -> Any:
        return self.do_open(self._kind, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._kind = _watched(http.client.HTTPSConnection, deadline)

    def https_open(self, req: Any) -> Any:
        return self.do_open(self._kind, req)
