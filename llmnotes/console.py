"""The two streams: data on standard output, remarks on standard error; and the exit codes."""

from __future__ import annotations

import codecs
import itertools
import os
import sys
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from typing import TextIO

from llmnotes.escapes import printable

EXIT_OK, EXIT_FOUND, EXIT_INPUT = 0, 1, 2
EXIT_INTERRUPTED = 130
"""Exit codes; an error has its own as `exit_code`."""

_ASCII = {
    "·": ";", "–": "-", "—": "-", "×": "x", "→": "->", "≤": "<=", "≥": ">=", "≠": "!=", "…": "...",
    "§": "sec. ", "β": "beta", "ε": "eps", "θ": "theta", "’": "'", "─": "-", "━": "-",
    "λ": "lambda", "Λ": "Lambda", "│": "|", "├": "|", "└": "`", "µ": "u", "±": "+-",
    "█": "#", "░": ".", "✓": "(read)", "⋮": ":", "−": "-",
    "∑": "sum", "∏": "prod", "√": "sqrt", "≈": "~=", "∈": " in ", "∝": "~", "←": "<-", "∞": "inf",
    "‖": "||", "∇": "grad", "⊙": "(.)", "⌈": "ceil(", "⌉": ")", "⌊": "floor(", "⌋": ")", "⟨": "<",
    "⟩": ">", "∪": "|", "∖": "\\", "↦": "->", "′": "'",
}  # fmt: skip


def _spell_in_ascii(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: replaces characters the encoding lacks by their nearest ASCII spelling, else by
    `?`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    spelled = ""
    for script, chars in itertools.groupby(missing, _script):
        plain = "".join(map(_plain, chars))
        spelled += f"{script}{{{plain}}}" if script else plain
    return spelled, error.end


def _script(char: str) -> str:
    """`_` for a subscript character, `^` for a superscript one, otherwise empty."""
    kind = unicodedata.decomposition(char).partition(" ")[0]
    return {"<sub>": "_", "<super>": "^"}.get(kind, "^" if char == "ᵀ" else "")


def _plain(char: str) -> str:
    """The nearest spelling of a character in ASCII, `?` where there is none."""
    if char in _ASCII:
        return _ASCII[char]
    if unicodedata.combining(char):
        return ""
    letter = unicodedata.normalize("NFKD", char)
    if letter in _ASCII:
        return _ASCII[letter]
    name = unicodedata.name(letter[0], "")
    if name.startswith("GREEK "):
        return name.split(" WITH ")[0].rpartition(" ")[2].lower()
    return letter.encode("ascii", "ignore").decode() or "?"


codecs.register_error("llmnotes.ascii", _spell_in_ascii)


def is_terminal(stream: TextIO | None = None) -> bool:
    """Whether standard output is a terminal, so that output may be coloured and fitted to its width."""
    return (stream or sys.stdout).isatty()


def width() -> int:
    """Columns of the terminal; `COLUMNS` overrides."""
    import shutil

    return max(20, shutil.get_terminal_size((80, 24)).columns)


def colour_allowed() -> bool:
    """Whether colour may be used: on a terminal that is not dumb, without `NO_COLOR`."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(text: str) -> None:
    """Print data to standard output, ending with one line break."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def write_pieces(pieces: Iterable[str]) -> None:
    """Print data a piece at a time, ending with one line break where there is any."""
    last = "\n"
    for piece in pieces:
        sys.stdout.write(piece)
        last = piece or last
    if not last.endswith("\n"):
        sys.stdout.write("\n")


def write_utf8(pieces: Iterable[bytes]) -> None:
    """Print data that is encoded already, without a copy of it as text where the output takes UTF-8."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None or (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        write_pieces(codecs.iterdecode(pieces, "utf-8"))
        return
    sys.stdout.flush()
    buffer.writelines(pieces)


def page(text: str) -> None:
    """Print long data, on a terminal too small for it through a pager, as git does.

    `LLMNOTES_PAGER`, else `PAGER`, names the pager; the default is `less -FRX`. Empty or `cat` means none.
    """
    if is_terminal() and text.count("\n") >= _height():
        from llmnotes.pager import show

        if show(text if text.endswith("\n") else text + "\n"):
            return
    write(text)


def _height() -> int:
    """Lines of the terminal; `LINES` overrides."""
    import shutil

    return max(2, shutil.get_terminal_size((80, 24)).lines)


def remark(text: str) -> None:
    """Print a remark to standard error; a failure to write it is ignored."""
    with suppress(OSError):
        sys.stderr.write(printable(text).rstrip("\n") + "\n")
