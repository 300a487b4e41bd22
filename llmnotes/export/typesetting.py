"""Options of LaTeX output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Citing = Literal["", "cells", "notes"]
"""The place of `\\cite`: nowhere, in the cells, or in notes that marks in the cells refer to."""


@dataclass(frozen=True, slots=True)
class Typesetting:
    """A table that floats over the whole page, or with `long` breaks over pages.

    `label` is the target of `\\ref`; `cites` cites sources instead of listing them.
    """

    label: str = ""
    long: bool = False
    cites: Citing = ""
