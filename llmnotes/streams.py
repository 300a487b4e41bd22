"""Standard input, output and error as a command finds them: missing, full or with nobody reading."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn, TextIO

from llmnotes.errors import OutputError, ReaderGoneError

_ERRORS = "llmnotes.ascii"
"""How characters are spelt that an encoding lacks; `console` declares it."""


class _Output(io.FileIO):
    """Standard output whose failures are errors of ours: Typer takes some for its own affair."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise ReaderGoneError("the reader of standard output has gone") from None
        except OSError as error:
            _refuse(error.strerror or str(error))


class _Remarks(io.FileIO):
    """Standard error: where it cannot be written to, there is nowhere to say so."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)


class _Closed(io.RawIOBase):
    """Stands for a standard output that was closed before the command began."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        _refuse("it is closed")


def _refuse(reason: str) -> NoReturn:
    raise OutputError(
        f"cannot write to standard output ({reason}); `-o FILE` writes to a file instead"
    )


def prepare_streams() -> None:
    """Make the streams accept every character, whatever the locale, and be there at all."""
    _occupy()
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the whole run
    sys.stdout = _over(_Output(1, "w", closefd=False) if sys.stdout else _Closed(), sys.stdout)
    sys.stderr = _over(_Remarks(2, "w", closefd=False), sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)


def _occupy() -> None:
    """Put nothing where a stream is closed, so that no file opened later, a store, takes its place."""
    descriptor = os.open(os.devnull, os.O_RDWR)
    while descriptor <= 2:
        descriptor = os.open(os.devnull, os.O_RDWR)
    os.close(descriptor)


def _over(file: io.RawIOBase, given: TextIO | None) -> TextIO:
    """The stream as text over this file; as it is where it is something else than a plain file."""
    binary = getattr(given, "buffer", None)
    raw = getattr(binary, "raw", binary)
    if given is None:
        return io.TextIOWrapper(io.BufferedWriter(file), encoding="utf-8")
    if type(raw) is not io.FileIO or raw.fileno() != file.fileno():
        return given  # a console of Windows, or a stand-in of a test
    given.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(file),
        encoding=given.encoding,
        line_buffering=bool(getattr(given, "line_buffering", False)) or raw is binary,
    )


def flush_output() -> None:
    """Write out what is left; raises `OutputError` or `ReaderGoneError` where that is not possible."""
    sys.stdout.flush()


def drop_output() -> None:
    """Send what is still to be written nowhere, so that the interpreter's end does not stumble on it."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    sys.stdout = io.TextIOWrapper(io.BytesIO())
