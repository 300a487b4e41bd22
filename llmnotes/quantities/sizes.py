"""Sizes in names of models: `7B` in `LLaMA 7B`, `8x7B` in `Mixtral 8x7B`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from llmnotes.pattern import ByScript, Keep
from llmnotes.quantities.grammar import NO_LETTER, any_of
from llmnotes.quantities.scales import SCALES

_SCALES = [
    word for word, factor in SCALES.items()
    if 10**4 <= factor < 10**18 and word not in {"g", "p", "ki", "mi", "gi", "ti", "mil", "兆", "조"}
]  # fmt: skip
"""Smaller scales belong to context lengths: the `32k` in a name is not a size."""


def size(keep: Keep) -> str:
    """A regular expression of a size, with the scales kept, for patterns that ignore case."""
    return (
        r"(?P<figure>\d+(?:\.\d+)?)(?P<times>\s?[x×]\s?\d+(?:\.\d+)?)?"
        rf"[\s-]{{0,4}}(?P<scale>{any_of(filter(keep, _SCALES))})(?!\d){NO_LETTER}"
    )


_FIND = ByScript(lambda keep: rf"(?<![\w.]){size(keep)}", re.IGNORECASE)


class Size(NamedTuple):
    """A size in a name; `parameters` is None where it multiplies experts."""

    start: int
    end: int
    text: str
    parameters: float | None


def find_sizes(text: str) -> list[Size]:
    """Every size in a name."""
    return [_size(match) for match in _FIND.finditer(text)]


def without_sizes(text: str) -> str:
    """A name without its sizes."""
    return _FIND.sub(" ", text)


def _size(match: re.Match[str]) -> Size:
    count = Decimal(match["figure"]) * SCALES[" ".join(match["scale"].lower().split())]
    return Size(match.start(), match.end(), match[0], None if match["times"] else float(count))
