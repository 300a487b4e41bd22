"""Whether printed figures have the scale and unit of a claim's value: 7B and not 7M, steps and not tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from llmnotes.evidence.agreement import POWER, figures_of, significant, significant_figures
from llmnotes.evidence.texts import plain, positions
from llmnotes.schema import Attribute

_SCALES = {
    "k": 3, "thousand": 3, "m": 6, "million": 6, "b": 9, "billion": 9, "t": 12, "trillion": 12,
}  # fmt: skip
_SCALED = re.compile(
    r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?)\s*-?(k|m|b|t|thousand|million|billion|trillion)\b"
)
_UNITS = {
    "tokens": frozenset({"token", "tokens"}),
    "sequences": frozenset({"sequence", "sequences", "sample", "samples", "example", "examples"}),
    "steps": frozenset({"step", "steps", "iteration", "iterations", "update", "updates"}),
}
"""The words that say a unit, by unit."""
_WORD = re.compile(r"[^\W\d_]+")


def other_scale(attribute: Attribute, value: Any, printed: Iterable[str]) -> str | None:
    """A printed figure with the digits of the value but of another scale; None where there is none.

    A figure without a scale may be in any, since tables print millions under a heading that says so.
    """
    texts = [plain(text).lower() for text in printed]
    scaled = [
        (match[0], Decimal(match[1].replace(",", "")).scaleb(_SCALES[match[2]]))
        for text in texts
        for match in _SCALED.finditer(text)
    ]
    scaled += [
        (match[0], Decimal(match[1] or match[3]).scaleb(int(match[2] or match[4])))
        for text in texts
        for match in POWER.finditer(text)
    ]
    rest = [POWER.sub(" ", _SCALED.sub(" ", text)) for text in texts]
    bare = {digits for text in rest for digits in significant_figures(text)}
    for number in figures_of(attribute, value):
        alike = [item for item in scaled if significant(item[1]) == significant(number)]
        if alike and significant(number) not in bare and number not in {item[1] for item in alike}:
            return alike[0][0]
    return None


def other_unit(unit: str, printed: Iterable[str], text: str) -> str | None:
    """A unit other than `unit` that is printed with the figures, or follows each place they stand at.

    None where no unit is said there, or it is the same.
    """
    for figure in printed:
        after = [_after(figure, start, text) for start in positions(figure, text)]
        said = [_unit_of(_WORD.findall(figure.lower()) + words) for words in after]
        if said and None not in said and unit not in said:
            return said[0]
    return None


def _after(figure: str, start: int, text: str) -> list[str]:
    """The word right after the figure that begins at `start`."""
    whole = r"\s*".join(map(re.escape, re.findall(r"\w+|[^\w\s]", plain(figure))))
    found = re.compile(whole + r"\s+([^\W\d_]+)", re.IGNORECASE).match(text, start)
    return [found[1].lower()] if found else []


def _unit_of(words: list[str]) -> str | None:
    return next((unit for word in words for unit, names in _UNITS.items() if word in names), None)
