"""Columns of sizes in bytes, which are of files or of memory and not of parameters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.layout.headers import Header
from llmnotes.pattern import late

_BYTES = late(
    r"\s{0,9}[~≈<>]?\s{0,9}\d[\d.,]{0,20}\s{0,9}[KMGT]i?B\s{0,9}(?:[-–+]|\([^()]{0,30}\))?\s{0,9}",
    re.I,
)
_OF_PARAMETERS = frozenset({"params_total", "params_reported", "params_active"})


def unless_of_files(header: Header | None, texts: Sequence[str]) -> Header | None:
    """The header of a column of parameters; None where all its cells are numbers of bytes."""
    if header is None or header.attribute not in _OF_PARAMETERS:
        return header
    filled = [text for text in texts if any(map(str.isalnum, text))]
    return None if filled and all(map(_BYTES.fullmatch, filled)) else header
