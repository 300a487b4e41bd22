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
_SPLIT = re.compile(r"\s+|(?<=[^\W\d])-\s*(?=[^\W\d])")
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
    before = ""
    if begins:
        footnote = r"|(?<=\b\d)(?=[A-Z][a-z])" if words[0][0].isupper() else ""
        before = rf"(?:(?<!{_LETTER})(?<![.,]){footnote})"
    after = rf"(?!{_LETTER}|[.,]\d)" if re.search(rf"{_LETTER}$", words[-1]) else ""
    for match in re.finditer(before + pattern + after, text, re.IGNORECASE):
        yield match.start()


def run_together(printed: str, text: str) -> bool:
    """Whether `printed` stands in a plain text whose conversion lost blanks or split words at line ends.

    Only for what is long enough not to be a part of another word: eight letters and figures, or five
    letters with a capital inside, as `SwiGLU`.
    """
    sought = _SPLIT.sub("", plain(printed))
    inner_capital = re.search(r"[a-z][A-Z]", printed) is not None
    long = sum(sign.isalnum() for sign in sought) >= 8
    if sum(sign.isalpha() for sign in sought) < 5 or not (long or inner_capital):
        return False
    before = r"(?<!\d)" if sought[0].isdigit() else ""
    after = r"(?!\d)" if sought[-1].isdigit() else ""
    flags = 0 if inner_capital else re.IGNORECASE
    return bool(re.search(before + re.escape(sought) + after, _SPLIT.sub("", text), flags))


def run_on(printed: str, text: str) -> bool:
    """Whether a number of one decimal runs into the next cell in a text: `0.1130,000` is 0.1 and 130,000.

    No number has a comma of thousands after its point, so that the two can be told apart.
    """
    figures = plain(printed)
    if not re.fullmatch(r"\d+\.\d", figures):
        return False
    return bool(re.search(rf"(?<![\d.,]){re.escape(figures)}(?=\d{{1,3}},\d{{3}}(?!\d))", text))


def letters(text: str) -> str:
    """Only the letters and digits, in lower case, so that titles broken over lines compare equal."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
