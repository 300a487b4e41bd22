"""Normalizes texts for comparison, whatever characters a conversion used."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\uff0d]")
_TIMES = re.compile(r"\\times\b")
_MARKS = re.compile(r"[*$\\{}^`\[\]\u200b\u00ad]|(?<!\w)_|_(?!\w)")
_SCHEMES = frozenset({"http", "https"})
"""The mark of a footnote may stand right before an address."""
_BLANKS = re.compile(r"(?:[^\S\n]|\|)+")


_WORDS = re.compile(r"\w+|[^\w\s]")
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Letters of scripts that set words beside figures and other words without a blank."""
_LETTER = rf"[^\W{_UNSPACED}]"


def plain(text: str) -> str:
    """The text with plain dashes and blanks and without the marks of Markdown and LaTeX.

    Line breaks are kept, so that headings can be recognised.
    """
    text = _TIMES.sub("×", unicodedata.normalize("NFKC", text))
    return _BLANKS.sub(" ", _MARKS.sub("", _DASHES.sub("-", text)))


def positions(printed: str, text: str) -> Iterator[int]:
    """The offsets of `printed` in a plain text, ignoring case, at word and number boundaries."""
    words = [re.escape(word) for word in _WORDS.findall(plain(printed))]
    if not words:
        return
    pattern = r"\s*".join(words)
    begins = re.match(_LETTER, words[0]) and words[0] not in _SCHEMES
    before = rf"(?<!{_LETTER})(?<![.,])" if begins else ""
    after = rf"(?!{_LETTER}|[.,]\d)" if re.search(rf"{_LETTER}$", words[-1]) else ""
    for match in re.finditer(before + pattern + after, text, re.IGNORECASE):
        yield match.start()


def letters(text: str) -> str:
    """Only the letters and digits, in lower case, so that titles broken over lines compare equal."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
