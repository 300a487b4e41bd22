"""Amounts of training data against the sizes of the datasets: `40GB` of WebText, 350B unique tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from llmnotes.pattern import late

_BYTES = late(
    r"[~≈]?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[GTM])i?B(?:\s(?:of\s)?(?:text|data|code))?",
    re.I,
)
_COUNTED = ("tokens", "words")
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


def corpus_sizes(
    datasets: Sequence[Mapping[str, Any]], parameters: Mapping[str, Any] | None
) -> Iterator[tuple[int, str]]:
    """What a corpus is said to hold, each text counted once: of the whole, and as the sum of its parts."""
    for unit in _COUNTED:
        if size := (parameters or {}).get(unit):
            yield int(size), unit
    units = {one.get("unit") for one in datasets}
    sizes = [one.get("size") or 0 for one in datasets]
    if len(units) == 1 and units & set(_COUNTED) and all(sizes):
        yield sum(sizes), str(*units)


def times_seen(corpus: int, unit: str, seen: float) -> str:
    """A remark on a corpus of which `seen` tokens were taken in training."""
    if unit != "tokens":
        return f"the size of the corpus in {unit}"
    if seen < corpus:
        return f"the size of the corpus, of which {seen / corpus:.0%} was seen"
    times = f"{seen / corpus:.3g}"
    return "the size of the corpus" + (f", which was seen {times} times" if times != "1" else "")
