"""Whether the number of a parameter stands near a word for it, and not somewhere else in a text."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from llmnotes.evidence.numbers import numbers


class _Said(NamedTuple):
    """The words beside which a parameter stands, and how many characters away."""

    words: re.Pattern[str]
    reach: int


def _said(words: str, reach: int) -> _Said:
    return _Said(re.compile(words, re.IGNORECASE), reach)


_BETA = _said(r"β|beta|adam", 100)
_WORDS: Mapping[str, _Said] = {
    "beta1": _BETA,
    "beta2": _BETA,
    "beta3": _BETA,
    "momentum": _said(r"momentum|muon|sgd|µ|μ", 150),
    "eps": _said(r"ε|ϵ|epsilon|eps", 100),
    "theta": _said(r"theta|θ|base|rope|rotary", 400),
    "factor": _said(r"factor|scal|yarn|rope|extend", 250),
    "original_length": _said(r"original|context|length|scal|max_pos", 250),
    "fraction": _said(r"rotary|rope|partial|rotat", 400),
    "final": _said(r"decay|minim|final|anneal|\blr\b|learning rate", 250),
    "final_fraction": _said(r"decay|\bmin|final|peak|anneal|cosine|schedule|\blr\b|down to", 400),
}
"""Words by parameter; others are printed in too many ways."""
_SHARES = frozenset({"fraction", "final_fraction"})
_IN_WORDS = re.compile(
    r"\b(?:half|halves|third|quarter|tenth|two|three|four|five|eight|ten|twice|zero|1/10)\b",
    re.IGNORECASE,
)
"""Numbers that are spelt out, as a tenth of the peak."""


def misplaced(parameters: Mapping[str, Any], text: str) -> Iterator[tuple[str, Decimal, bool]]:
    """The parameters whose number stands away from the words for them.

    Each with its number, and whether that stands in the text at all. Nothing is said of a parameter whose
    words the text has not.
    """
    for name, number in parameters.items():
        said = _WORDS.get(name)
        if said is None or isinstance(number, bool) or not isinstance(number, int | float):
            continue
        words = _starts(said.words, text)
        if not words or not number:
            continue
        value = Decimal(repr(number)).normalize()
        forms = {value, (value * 100).normalize()} if name in _SHARES else {value}
        places = _places(text)
        standing = [start for form in forms for start in places.get(form, ())]
        if not any(_distance(start, words) <= said.reach for start in standing):
            if name in _SHARES and _spelt_out(said, words, text):
                continue
            yield name, value, bool(standing)


def _spelt_out(said: _Said, words: tuple[int, ...], text: str) -> bool:
    return any(
        _IN_WORDS.search(text, max(0, start - said.reach), start + said.reach) for start in words
    )


def _distance(start: int, words: tuple[int, ...]) -> int:
    after = bisect(words, start)
    return min(abs(start - word) for word in words[max(0, after - 1) : after + 1])


@lru_cache(maxsize=64)
def _starts(words: re.Pattern[str], text: str) -> tuple[int, ...]:
    return tuple(found.start() for found in words.finditer(text))


@lru_cache(maxsize=16)
def _places(text: str) -> dict[Decimal, list[int]]:
    found: dict[Decimal, list[int]] = {}
    for value, start in numbers(text):
        found.setdefault(value, []).append(start)
    return found


def figures(text: str) -> Mapping[Decimal, list[int]]:
    """The numbers of a text, with the offsets at which they begin."""
    return _places(text)
