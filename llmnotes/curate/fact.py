"""One value from a model's files, with its file and locator."""

from __future__ import annotations

from typing import Any, NamedTuple

from llmnotes.sizing.parameters import FROM_SHAPE

PRODUCT = "product"
FORMULAS = (PRODUCT, FROM_SHAPE)
"""Sources of computed values, which are already declared."""

WEIGHTS = "weights"
"""Represents the headers of all weight files."""

LONGEST_PRINTED = 60
"""Length limit in characters of a printed figure."""


class Fact(NamedTuple):
    """A value of an attribute: `source` is a file of the model's, or a formula."""

    attribute: str
    value: Any
    source: str
    at: str
    status: str = "reported"
    printed: tuple[str, ...] = ()
    comment: str = ""
