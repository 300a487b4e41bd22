"""How LaTeX sets a table: what a command asks for beyond the table itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Citing = Literal["", "cells", "notes"]
"""Where `\\cite` stands: nowhere, in the cells, or in notes below that marks in the cells lead to."""


@dataclass(frozen=True, slots=True)
class Typesetting:
    """A table that floats over the whole page, or with `long` breaks over pages.

    `label` is what `\\ref` finds it by; `cites` cites sources instead of listing them.
    """

    label: str = ""
    long: bool = False
    cites: Citing = ""
