"""Regular expressions that are compiled at first use.

Compilation takes most of the load time of a module with many expressions, of which a run uses few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

Keep = Callable[[str], bool]
"""Predicate: whether a word of a vocabulary is included in an expression."""


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled at its first use; raises `re.error` only then."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    """A proxy that is replaced by the compiled pattern, method by method, as each is called."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._spec = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._spec), name)
        setattr(self, name, found)  # later calls go straight to the pattern
        return found


class ByScript:
    """A pattern of words in several scripts, compiled for just the scripts that a text contains.

    `build` writes the expression for the words that a predicate selects. Most words have letters beyond
    ASCII and cannot match an ASCII text, so the pattern for such a text is compiled without them: a
    fraction of the time, with the same matches.
    """

    def __init__(self, build: Callable[[Keep], str], flags: int = 0) -> None:
        self._build, self._flags = build, flags
        self._compiled: dict[bool, re.Pattern[str]] = {}

    def search(self, text: str) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self._for(text).search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self._for(text).match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self._for(text).fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As of `re.Pattern`."""
        return self._for(text).finditer(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As of `re.Pattern`."""
        return self._for(text).sub(replacement, text)

    def _for(self, text: str) -> re.Pattern[str]:
        narrow = text.isascii() or _LETTER_BEYOND_ASCII.search(text) is None
        if narrow not in self._compiled:
            expression = self._build(str.isascii if narrow else _any)
            self._compiled[narrow] = re.compile(expression, self._flags)
        return self._compiled[narrow]


def either(expressions: Iterable[str], keep: Keep) -> str:
    """An expression of the alternatives that a predicate selects; of what never matches where none is."""
    return f"(?:{'|'.join(filter(keep, expressions)) or '(?!)'})"


_LETTER_BEYOND_ASCII = late(r"[^\x00-\x7f\W\d_]")


def _any(_: str) -> bool:
    return True
