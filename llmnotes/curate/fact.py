"""One value that a model's files say, with its file and its place in it."""

from __future__ import annotations

from typing import Any, NamedTuple

PRODUCT, RECOUNT = "product", "parameters-from-shape"
FORMULAS = (PRODUCT, RECOUNT)
"""Sources of what is computed: they are declared already."""

WEIGHTS = "weights"
"""Stands for the headers of all the files of weights."""

LONGEST_PRINTED = 60
"""Characters of what is printed in a source: figures, no sentences."""


class Fact(NamedTuple):
    """A value of an attribute: `source` is a file of the model's, or a formula."""

    attribute: str
    value: Any
    source: str
    at: str
    status: str = "reported"
    printed: tuple[str, ...] = ()
    comment: str = ""
