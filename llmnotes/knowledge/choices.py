"""Parses the value of an option, of `--where` or of a Python argument into a condition.

A comma means or, a `!` before a value or a list means not, quotes make both literal: `GQA,MQA`, `!GQA`,
`"Apache License, Version 2.0"`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from llmnotes.errors import InputError, quoted
from llmnotes.knowledge.conditions import And, Comparison, Condition, Not, Or
from llmnotes.knowledge.languages import english_name
from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.vocabulary import fold, spellings

Place = Callable[[int], str]
"""Returns the prefix of error messages about the text from a given offset on."""


class Choice(NamedTuple):
    """One of several alternatives with its offset; in a `quoted` one operators are literal."""

    text: str
    at: int = 0
    quoted: bool = False


class Choices(NamedTuple):
    """Alternatives, of which one must hold, or none where `negated`."""

    values: tuple[Choice, ...]
    negated: bool = False


def read_choices(text: str, place: str = "") -> Choices:
    """The alternatives of a comma-separated list; a `!` before the first applies to all of them.

    Raises `InputError` that begins with `place` where a value is missing, a quote is not closed, or values
    with and without `!` are mixed.
    """
    parts = _parts(text, place)
    if any(part in {"", "!"} for part, _ in parts):
        raise InputError(f"{place}a value is missing in {quoted(text)}")
    found = [_choice(part, at, place) for part, at in parts]
    signs = [negated for _, negated in found]
    if any(signs) and not signs[0]:
        raise InputError(
            f"{place}{quoted(text)} mixes or with not; state what is excluded by itself"
        )
    return Choices(tuple(choice for choice, _ in found), signs[0])


_IN_QUOTES = late(r"""\s*(?:!\s*)?(?:"[^"]*"|'[^']*')\s*(?=,|$)""")
_OPENS = late(r"""\s*(?:!\s*)?["']""")


def _parts(text: str, place: str) -> list[tuple[str, int]]:
    """The parts between commas with their offsets; quoted parts are not split."""
    parts, at = [], 0
    while True:
        whole = _IN_QUOTES.match(text, at)
        if whole is None and _OPENS.match(text, at):
            raise InputError(f"{place}{quoted(text[at:])} opens a quote and does not close it")
        end = whole.end() if whole else text.find(",", at)
        part = text[at:end] if end >= 0 else text[at:]
        parts.append((part.strip(), at + len(part) - len(part.lstrip())))
        if not 0 <= end < len(text):
            return parts
        at = end + 1


def _choice(part: str, at: int, place: str) -> tuple[Choice, bool]:
    negated = part.startswith("!") and not part.startswith("!=")
    text = part[1:].strip() if negated else part
    if negated and text.startswith("!"):
        raise InputError(f"{place}{quoted(part)} says not twice")
    if text[0] in "\"'":
        return Choice(text[1:-1], at, quoted=True), negated
    return Choice(text, at), negated


def condition_of(
    attribute: Attribute,
    texts: Iterable[str],
    *,
    excluded: Iterable[str] = (),
    operator: str = "=",
    lenient: bool = True,
    listed: bool = False,
    place: Place = lambda _: "",
) -> Condition:
    """Any of the values in `texts`, and none of those they negate or in `excluded`.

    In a `listed` text every comma separates two values; else `4,096` is one number. Raises `InputError`
    that begins with its place where a text cannot be parsed.
    """
    reader = _ValueParser(attribute, operator.replace("!=", "="), lenient, listed, place)
    wanted: list[Comparison] = []
    unwanted: list[Comparison] = []
    for text in texts:
        values, negated = reader.values(text)
        (unwanted if negated != (operator == "!=") else wanted).extend(values)
    for text in excluded:
        values, negated = reader.values(text)
        if negated:
            raise InputError(f"{reader.said}{quoted(text)} says not twice")
        unwanted += values
    reader.refuse_everything(wanted)
    parts: list[Condition] = [Not(test) for test in unwanted]
    if not wanted:
        return joined(And, parts)
    return And((joined(Or, wanted), *parts)) if parts else joined(Or, wanted)


def joined(kind: type[And | Or], parts: Sequence[Condition]) -> Condition:
    """The conjunction or disjunction of the parts; a single part is returned as it is."""
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


class _ValueParser(NamedTuple):
    """Parses values of one attribute."""

    attribute: Attribute
    operator: str
    lenient: bool
    listed: bool
    place: Place

    @property
    def said(self) -> str:
        return f"{self.place(0)}{self.attribute.id}: "

    def values(self, text: str) -> tuple[list[Comparison], bool]:
        """The comparisons of a comma-separated list, and whether they are negated."""
        if not self.listed:
            text = _without_thousands(self.attribute, text, self.said)
        choices = read_choices(text, self.said)
        tests = [self._test(value) for value in _rejoined(self.attribute, choices.values)]
        if len(tests) > 1 and any(test.operator not in {"=", "has"} for test in tests):
            raise InputError(
                f"{self.said}a comma is or; write a range such as 7B..70B instead of two bounds"
            )
        return tests, choices.negated

    def _test(self, choice: Choice) -> Comparison:
        operator, value = self.operator, choice.text
        for sign in _SIGNS if operator == "=" and not choice.quoted else ():
            if value.startswith(sign):
                operator, value = _SIGNS[sign], value.removeprefix(sign).strip()
                break
        if not value:
            raise InputError(f"{self.said}a value is missing in {quoted(choice.text)}")
        if self.attribute.id == "languages" and operator == "=":
            value = english_name(value)
        attribute = _having(self.attribute, value)
        place = self.place(choice.at)
        return Comparison(attribute, operator, value, self.lenient, place, choice.quoted)

    def refuse_everything(self, wanted: list[Comparison]) -> None:
        """Refuse `>=1B` repeated as `<=2B`, since their disjunction holds for every number."""
        if {"<", ">"} <= {test.operator[0] for test in wanted}:
            raise InputError(
                f"{self.said}repeats mean or, which is every number here; "
                "write a range such as 7B..70B"
            )


def _having(attribute: Attribute, value: str) -> Attribute:
    """The attribute whose vocabulary has the value: tiktoken is a library, not a tokenizer algorithm."""
    other = ATTRIBUTES[attribute.terms_of] if attribute.terms_of else None
    if other is None or fold(value) in spellings(str(attribute.vocabulary)):
        return attribute
    return other if fold(value) in spellings(str(other.vocabulary)) else attribute


_SIGNS = {
    ">=": ">=", "<=": "<=", "!=": "!=", "<>": "!=", "==": "=", "≥": ">=", "≤": "<=", "≠": "!=",
    ">": ">", "<": "<", "=": "=",
}  # fmt: skip
"""Operators that may precede the value of an option, the longer ones first."""

_GROUPED = late(r"(?<![\d,])(?<!\d\.)\d{1,3}(?:,\d{3})+(?![\d,])")
_DECIMAL_COMMA = late(r"(?<![\w.-])(\d+),(\d{1,2})(\s?(?!e[+-]?\d)[^\W\d_]+)", re.IGNORECASE)
_NAMED_DAY = late(r"([A-Za-z]{3,9}\.?\s+\d{1,2}),\s*(?=\d{4}\b)")


def _without_thousands(attribute: Attribute, text: str, place: str) -> str:
    """The text without commas that are not separators: those of `4,096` and of `Feb 24, 2023`.

    Raises `InputError` where a comma is ambiguous.
    """
    if attribute.kind == "date":
        return _NAMED_DAY.sub(r"\1 ", text)
    if not attribute.is_numeric:
        return text
    plain = _GROUPED.sub(lambda m: _number(m[0], place), text)
    if comma := _DECIMAL_COMMA.search(plain):
        whole, fraction, scale = comma.groups()
        raise InputError(
            f"{place}{comma[0]} may be one number or several: write {whole}.{fraction}{scale}, or "
            f"{whole}{scale}, {fraction}{scale}"
        )
    return plain


def _number(text: str, place: str) -> str:
    """A number with thousands separators; one that might be a list is refused."""
    if ",0" not in text:
        plain, apart = text.replace(",", ""), text.replace(",", ", ")
        raise InputError(f"{place}{text} may be one number or several: write {plain}, or {apart}")
    return text.replace(",", "")


def _rejoined(attribute: Attribute, values: tuple[Choice, ...]) -> list[Choice]:
    """The values, with terms that contain a comma rejoined."""
    known = spellings(attribute.vocabulary) if attribute.vocabulary else {}
    found: list[Choice] = []
    at = 0
    while at < len(values):
        end, whole = at + 1, values[at]
        for last in range(len(values), end, -1) if fold(whole.text) not in known else ():
            text = ", ".join(value.text for value in values[at:last])
            if fold(text) in known:
                end, whole = last, Choice(text, whole.at)
                break
        found.append(whole)
        at = end
    return found
