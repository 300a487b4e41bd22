"""Prepares standard input, output and error, which may be missing, full or without a reader."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn, TextIO

from llmnotes.errors import OutputError, ReaderGoneError

_ERRORS = "llmnotes.ascii"
"""How characters missing from an encoding are spelt; `console` registers the handler."""


class _Output(io.FileIO):
    """Standard output that raises our own errors, since Typer swallows some of the standard ones."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise ReaderGoneError("the reader of standard output has gone") from None
        except OSError as error:
            _refuse(error.strerror or str(error))


class _ErrorStream(io.FileIO):
    """Standard error that ignores write errors, which cannot be reported anywhere."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)


class _Closed(io.RawIOBase):
    """Replaces a standard output that was closed before the command began."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        _refuse("it is closed")


def _refuse(reason: str) -> NoReturn:
    raise OutputError(
        f"cannot write to standard output ({reason}); `-o FILE` writes to a file instead"
    )


def prepare_streams() -> None:
    """Make the streams exist and accept every character, whatever the locale."""
    _occupy()
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the whole run
    sys.stdout = _over(_Output(1, "w", closefd=False) if sys.stdout else _Closed(), sys.stdout)
    sys.stderr = _over(_ErrorStream(2, "w", closefd=False), sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)


def _occupy() -> None:
    """Open the null device for closed streams, so that no file opened later gets their descriptors."""
    descriptor = os.open(os.devnull, os.O_RDWR)
    while descriptor <= 2:
        descriptor = os.open(os.devnull, os.O_RDWR)
    os.close(descriptor)


def _over(file: io.RawIOBase, given: TextIO | None) -> TextIO:
    """The stream as text over `file`; `given` itself where it is no plain file."""
    binary = getattr(given, "buffer", None)
    raw = getattr(binary, "raw", binary)
    if given is None:
        return io.TextIOWrapper(io.BufferedWriter(file), encoding="utf-8")
    if type(raw) is not io.FileIO or raw.fileno() != file.fileno():
        return given  # a Windows console, or a replacement made by a test
    given.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(file),
        encoding=given.encoding,
        line_buffering=bool(getattr(given, "line_buffering", False)) or raw is binary,
    )


def flush_output() -> None:
    """Flush standard output; raises `OutputError` or `ReaderGoneError` where that fails."""
    sys.stdout.flush()


def drop_output() -> None:
    """Discard unwritten output, so that the interpreter's exit does not fail on it."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    sys.stdout = io.TextIOWrapper(io.BytesIO())
