"""Amounts of training data without its names, `40GB`, against the sizes of the datasets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from llmnotes.pattern import late

_BYTES = late(
    r"[~≈]?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[GTM])i?B(?:\s(?:of\s)?(?:text|data|code))?",
    re.I,
)
_UNITS = {"m": 10**6, "g": 10**9, "t": 10**12}
_NEAR = 0.02
"""Relative tolerance between an amount and the sum of rounded sizes: 160 GB of 16 + 76 + 38 + 31."""


def same_amount(text: str, datasets: Sequence[Mapping[str, Any]], note: str | None) -> str | None:
    """How an amount of data agrees: with the whole, with a part, or with what the note says of it."""
    found = _BYTES.fullmatch(text.strip())
    if found is None:
        return None
    number = found["number"].replace(",", "")
    asked = float(number) * _UNITS[found["unit"].lower()]
    sizes = [one["size"] for one in datasets if one.get("unit") == "bytes" and one.get("size")]
    whole = [sum(sizes)] if len(sizes) == len(datasets) else []
    if any(abs(asked - size) <= _NEAR * size for size in (*whole, *sizes)):
        return "by the size of the data"
    written = re.escape(number) + rf"\s?{found['unit']}i?B\b"
    return "as a note on it says" if re.search(rf"(?<![\d.,]){written}", note or "", re.I) else None
