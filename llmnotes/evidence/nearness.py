"""Whether the number of a parameter stands near a word for it, and not somewhere else in a text."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from llmnotes.evidence.numbers import normal, numbers


class _WordsFor(NamedTuple):
    """Words for a parameter, and how many characters after and before one its number may begin."""

    words: re.Pattern[str]
    after: int
    before: int


def _said(after: int, before: int, words: str) -> _WordsFor:
    return _WordsFor(re.compile(words), after, before)


_BETA = (_said(40, 30, r"β|beta|\bb[12]\b"), _said(60, 60, r"adam"))
_WORDS: Mapping[str, tuple[_WordsFor, ...]] = {
    "beta1": _BETA,
    "beta2": _BETA,
    "beta3": _BETA,
    "momentum": (_said(40, 20, r"momentum|muon|sgd"),),
    "eps": (_said(40, 40, r"ε|ϵ|epsilon|eps"),),
    "theta": (_said(120, 60, r"theta|θ|base|rope|rotary"),),
    "factor": (_said(120, 60, r"factor|scal|yarn|rope|extend"),),
    "original_length": (_said(250, 200, r"original|context|length|scal|max_pos"),),
    "fraction": (_said(300, 300, r"rotary|rope|partial|rotat"),),
    "final": (_said(150, 60, r"decay|minim|final|anneal|\blr\b|learning rate|_lr\b"),),
    "final_fraction": (_said(160, 100, r"decay|\bmin|final|peak|anneal|maxim|衰减"),),
}
"""Words by parameter; others are printed in too many ways."""
_RIGHT_AFTER = {"eps": re.compile(r"ε|ϵ|epsilon|eps"), "theta": re.compile(r"theta|θ|base")}
_BESIDE = 14
"""Characters between a name and its number: `norm_eps: float = 1e-5`."""
_SHARES = frozenset({"fraction", "final_fraction"})
_IN_WORDS = {
    Decimal("0.5"): re.compile(r"\bhal(?:f|ves)\b"),
    Decimal("0.25"): re.compile(r"\bquarters?\b|\bfourth\b"),
    Decimal("0.2"): re.compile(r"\bfifth\b"),
    Decimal("0.1"): re.compile(r"\btenth\b|\b1/10\b|\bten times\b|\b10x\b"),
}
"""Numbers that are spelt out, as a tenth of the peak."""


def misplaced(parameters: Mapping[str, Any], text: str) -> Iterator[tuple[str, Decimal, bool]]:
    """The parameters whose number stands away from the words for them.

    Each with its number, and whether that stands in the text at all. Nothing is said of a parameter whose
    words the text has not.
    """
    text = normal(text)
    for name, number in parameters.items():
        if isinstance(number, bool) or not isinstance(number, int | float) or not number:
            continue
        groups = [group for group in _WORDS.get(name, ()) if _spans(group.words, text)]
        if not groups:
            continue
        value = Decimal(repr(number)).normalize()
        forms = {value, (value * 100).normalize()} if name in _SHARES else {value}
        places = _places(text)
        standing = [start for form in forms for start in places.get(form, ())]
        if any(_is_near(start, group, text) for group in groups for start in standing):
            continue
        if name in _SHARES and any(_spelt_out(value, group, text) for group in groups):
            continue
        yield name, value, bool(standing)


def contradicted(parameters: Mapping[str, Any], printed: str) -> tuple[str, Decimal] | None:
    """A parameter beside whose name another number is printed in a claim's own figures: name and number."""
    text = normal(printed)
    for name, word in _RIGHT_AFTER.items():
        number = parameters.get(name)
        if isinstance(number, bool) or not isinstance(number, int | float):
            continue
        ends = [end for _, end in _spans(word, text)]
        beside = {
            value
            for value, starts in _places(text).items()
            for start in starts
            if any(0 <= start - end <= _BESIDE for end in ends)
        }
        value = Decimal(repr(number)).normalize()
        if beside and value not in beside:
            return name, value
    return None


def _spelt_out(value: Decimal, said: _WordsFor, text: str) -> bool:
    words = _IN_WORDS.get(value)
    return words is not None and any(
        words.search(text, max(0, start - said.before), end + said.after)
        for start, end in _spans(said.words, text)
    )


def _is_near(start: int, said: _WordsFor, text: str) -> bool:
    words = _spans(said.words, text)
    after = bisect(words, (start, start))
    nearest = words[max(0, after - 1) : after + 1]
    return any(first - said.before <= start <= last + said.after for first, last in nearest)


@lru_cache(maxsize=64)
def _spans(words: re.Pattern[str], text: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in words.finditer(text))


@lru_cache(maxsize=16)
def _places(text: str) -> dict[Decimal, list[int]]:
    found: dict[Decimal, list[int]] = {}
    for value, start in numbers(text):
        found.setdefault(value, []).append(start)
    return found


def figures(text: str) -> Mapping[Decimal, list[int]]:
    """The numbers of a text, with the offsets at which they begin in its normal form."""
    return _places(normal(text))
