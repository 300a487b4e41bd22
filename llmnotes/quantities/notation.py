"""Normalization of number notation: LaTeX, superscripts, full-width letters, minus signs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from llmnotes.pattern import late
from llmnotes.quantities.grammar import COMMA_SCALES, NO_LETTER

LONGEST = 5_000
"""Length limit in characters; longer texts are cut."""

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED = late("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SPACED = late(r"[~≈<>\s]{0,5}\d{1,3}(?: \d{3})+(?=(?:,\d{1,2}(?=\s?[^\W\d]))?[^\d]{0,40}$)")
_COUNTED = late(
    rf"(?<![\d,.])(\d{{1,3}}(?:,\d{{3}})+)(?:,(\d{{1,2}}))?(?=\s?(?:{COMMA_SCALES}){NO_LETTER})",
    re.I,
)
FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")
"""The figures and the decimal sign of Arabic and Persian, and the plain ones."""
_PLAIN = late(r"(?!0,)[A-Za-z0-9.,]*")
_THIN_SPACES = late("(?<=\\d)[\u2009\u202f\u00a0\u2005\u2006](?=\\d{3}(?!\\d))")
_CYRILLIC_K = late(r"(?<=\d)(\s?)[кК](?!\w)")
"""The Russian letter for a thousand, which looks like the Latin one: `32к`."""
_DECIMAL_COMMA = late(r"(?<=(?<![\d.,])0),(?=\d{1,3}\s?[BbMmTt])")

_TEX_SIGNS = {
    "times": "×", "cdot": "·", "ast": "*", "approx": "≈", "sim": "~", "simeq": "≈", "le": "≤",
    "leq": "≤", "ge": "≥", "geq": "≥", "lt": "<", "gt": ">",
}  # fmt: skip
_TEX_COMMAND = late(r"\\(?:([A-Za-z]{1,20})\s?|([^A-Za-z]))")
_TEX_SPACES = {",": "\u2009", "!": "", "%": "%", "$": "$", "{": "", "}": ""}
_TEX_BRACES = late(r"(?<!\^)\{([^{}]{0,200})\}")


@lru_cache(maxsize=2000)
def normalized(text: str) -> str:
    """The text in the notation that the grammar of numbers reads, cut to `LONGEST` characters."""
    text = text[:LONGEST]
    if _PLAIN.fullmatch(text):
        return text
    if "\\" in text or "$" in text:
        text = _without_tex(text)
    before = text = text.translate(FIGURES)
    text = _THIN_SPACES.sub(",", text)
    if spaced := _SPACED.match(text):
        text = spaced[0].replace(" ", ",").lstrip(",") + text[spaced.end() :]
    if before != text:  # a comma would be the decimal separator of `1 000 milliards`
        text = _COUNTED.sub(_counted, text)
    text = _DECIMAL_COMMA.sub(".", text)
    if "к" in text or "К" in text:
        text = _CYRILLIC_K.sub(r"\1k", text)
    text = _RAISED.sub(_raised, text)
    text = unicodedata.normalize("NFKC", text).replace("−", "-").replace("∼", "~")
    return re.sub(r"(?<=10)\s?[–—](?=\d)", "-", text)


def _counted(match: re.Match[str]) -> str:
    """Rewrite `1 000,5` before a scale word of a language with decimal commas as `1'000.5`."""
    return match[1].replace(",", "'") + (f".{match[2]}" if match[2] else "")


def _raised(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 2) : match.start()]
    sign = "^" if re.search(r"\d\s?$", before) else ""
    return sign + match[0].translate(_SUPERSCRIPTS)


def _without_tex(text: str) -> str:
    """Rewrite numbers in LaTeX as plain text: `$6.0\\times10^{-4}$` becomes `6.0×10^{-4}`."""
    text = _TEX_COMMAND.sub(
        lambda command: (
            _TEX_SIGNS.get(command[1], "") if command[1] else _TEX_SPACES.get(command[2], " ")
        ),
        text.replace("{,}", ",").replace("$", ""),
    )
    for _ in range(_NESTED):
        text, changed = _TEX_BRACES.subn(r"\1", text)
        if not changed:
            break
    return text


_NESTED = 4
"""Levels of nested braces that are removed."""
