"""Writes a value in the notation of the cells around it: a year among years, one figure among figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from llmnotes.display import value_text
from llmnotes.factcheck.cells.days import find_dates
from llmnotes.factcheck.cells.months import MONTHS
from llmnotes.factcheck.cells.units import Scale
from llmnotes.pattern import late
from llmnotes.quantities import compact, exact
from llmnotes.quantities.grammar import any_of
from llmnotes.quantities.scales import COMMA_WORDS, SCALES, factors
from llmnotes.schema import Attribute
from llmnotes.values import elements

_LETTERS = ("k", "K", "M", "B", "T", "bn")
_WORDS = any_of([word for word in SCALES if len(word) > 1 or not word.isascii()])
_NUMBER = late(
    r"[~≈]?\s*(?P<digits>\d(?:[\d.,'’ \u2009\u202f\u00a0]*\d)?)(?P<gap>\s?)"
    rf"(?:(?P<scale>{any_of(_LETTERS)})(?![^\W\d_])|(?P<word>(?i:{_WORDS})))?"
    r"(?P<unit>\s*(?:[A-Za-z]{3,}|[^\x00-\x7f\W\d_]+))?"
)
_GROUPED = late(r"\d{1,3}(?:(?P<sign>[,.'’ \u2009\u202f\u00a0])\d{3})(?:(?P=sign)\d{3})*")
_LONGEST = 60
_MOST_NAMES = 6


def writings(
    attribute: Attribute,
    values: Sequence[Any],
    own: str,
    others: Sequence[str],
    scale: Scale | None,
) -> Iterator[str]:
    """Notations of the values of one attribute, in the style of `own` and of `others`, the likeliest first.

    `values` are those of a cell's models, `others` the texts of the cells nearest to it. No notation is
    longer than the cells around it, or than a line.
    """
    longest = max([_LONGEST, *(len(text) for text in others)])
    for text in _ways(attribute, values, own, others, scale):
        if len(text) <= longest and "\n" not in text:
            yield text


def _ways(
    attribute: Attribute,
    values: Sequence[Any],
    own: str,
    others: Sequence[str],
    scale: Scale | None,
) -> Iterator[str]:
    different = list({repr(value): value for value in values}.values())
    if attribute.kind == "date":
        yield from _joined(different, lambda value: _dates(str(value), [own, *others]))
    numbers = [number for value in different for number in _numbers(value)]
    if attribute.is_numeric and len(numbers) >= len(different):
        yield from _joined(
            list(dict.fromkeys(numbers)), lambda number: _figures(number, own, others, scale)
        )
    if attribute.is_list:
        names = list(dict.fromkeys(str(e) for v in different for e in elements(attribute, v)))
        several = max((len(re.split(r"[,;+]", text)) for text in others), default=1)
        for count in dict.fromkeys((len(names), min(several, len(names)), 1)):
            if count <= _MOST_NAMES:
                yield ", ".join(names[:count])
    if len(different) == 1:
        yield value_text(attribute, different[0])


def _numbers(value: Any) -> list[float]:
    """The numbers of a value: the last stage of a ramp, those of a set, or the single one."""
    if isinstance(value, dict):
        found = value["stages"][-1:] if "stages" in value else [value.get("value")]
    else:
        found = value if isinstance(value, list) else [value]
    return [n for n in found if isinstance(n, int | float) and not isinstance(n, bool)]


def _joined(values: Sequence[Any], ways: Any) -> Iterator[str]:
    """Combinations of notations: the first of each value before the second of each."""
    written = [list(ways(value)) for value in values]
    for count in range(max(map(len, written), default=0)):
        if all(len(each) > count for each in written):
            yield ", ".join(each[count] for each in written)


def _figures(number: float, own: str, others: Iterable[str], scale: Scale | None) -> Iterator[str]:
    """A number in the scale of its column, else with a letter, thousands or digits as the others have."""
    number = int(number) if float(number).is_integer() else number
    others = list(others)
    if scale is not None and scale.factor != 1:
        scaled = number / float(scale.factor)
        places = [len(text.partition(".")[2]) for text in others if _PLAIN.fullmatch(text.strip())]
        if places:
            yield f"{scaled:.{max(places)}f}"
        yield f"{scaled:.4g}"
    models = [match for text in (own, *others) if (match := _NUMBER.fullmatch(text.strip()))]
    for match in models:
        unit = match["gap"] * (not match["scale"]) + match["unit"] if match["unit"] else ""
        grouped = _GROUPED.fullmatch(match["digits"])
        if match["scale"]:
            yield re.sub(r"(?=[kMBT]$)", match["gap"], _binary(number) or compact(number)) + unit
        elif match["word"]:
            yield _in_words(number, match) + (match["unit"] or "")
        elif grouped and number >= 1000:
            yield f"{number:,}".replace(",", grouped["sign"]) + unit
        else:
            yield _digits(number) + unit
        if unit:
            break
    yield _digits(number)
    yield compact(number)


_PLAIN = late(r"\d+(?:\.\d+)?")


def _in_words(number: float, match: re.Match[str]) -> str:
    """A number with the scale word and the decimal sign of another one, to three figures: `65,3 Mrd.`."""
    word = match["word"]
    text = f"{number / float(factors(word, False)[0]):.3g}"
    comma = "," in match["digits"] or word.lower() in _COMMA_WORDS
    return (text.replace(".", ",") if comma else text) + match["gap"] + word


_COMMA_WORDS = frozenset(word for language in COMMA_WORDS.values() for word in language)


def _digits(number: float) -> str:
    return exact(number).replace(",", "")


def _binary(number: float) -> str:
    """A multiple of 1,024 below a million with its `k`, as lengths are written."""
    whole = isinstance(number, int) and number % 1024 == 0 and 1024 <= number < 2**20
    return f"{number // 1024}k" if whole else ""


_FORMATS = (
    "{y}", "{y}-{m:02}", "{y}/{m:02}", "{y}.{m:02}", "{y}年{m}月", "{y}년 {m}월", "{b} {y}", "{b}. {y}",
    "{B} {y}", "{y}-{m:02}-{d:02}", "{y}/{m:02}/{d:02}", "{y}年{m}月{d}日", "{y}년 {m}월 {d}일",
    "{B} {d}, {y}", "{d} {B} {y}", "{b} {d}, {y}", "{d:02}.{m:02}.{y}", "{m:02}.{y}",
    *(
        form.replace("NAME", f"{{names[{language}]}}")
        for language in MONTHS if language != "english"
        for form in ("NAME {y}", "NAME de {y}", "{d} NAME {y}", "{d}. NAME {y}", "{d} de NAME de {y}",
                     "NAME {y} г.", "{d} NAME {y} г.")
    ),
)  # fmt: skip


def _dates(value: str, others: Iterable[str]) -> Iterator[str]:
    """A date in the format of the cells around, not more precise than it is known."""
    for text in others:
        for form in _forms_of(text.strip()):
            if made := _formatted(form, value):
                yield made
    yield value


@lru_cache(maxsize=4_096)
def _forms_of(text: str) -> tuple[str, ...]:
    """The date formats that a text matches."""
    found = find_dates(text)
    if len(found) != 1:
        return ()
    date = str(found[0][2].value)
    return tuple(form for form in _FORMATS if _formatted(form, date) == text)


def _formatted(form: str, date: str) -> str | None:
    """A date in a format; None where the date is less precise."""
    parts = [int(part) for part in date.split("-")]
    if any(part in form for part in ("{m", "{b", "{B", "{names")) and len(parts) < 2:
        return None
    if "{d" in form and len(parts) < 3:
        return None
    year, month, day = [*parts, 1, 1][:3]
    names = {language: each[month - 1] for language, each in MONTHS.items()}
    return form.format(
        y=year, m=month, d=day, b=names["english"][:3], B=names["english"], names=names
    )
