"""Amounts of training data against the sizes of the datasets: `40GB` of WebText, 350B unique tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from llmnotes.pattern import late

_BYTES = late(
    r"[~≈]?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[GTMP])i?B(?:\s(?:of\s)?(?:text|data|code))?",
    re.I,
)
_COUNTED = ("tokens", "words")
_PER_UNIT = {"bytes": (0.67, 1.5), "words": (3.5, 8.0), "tokens": (2.0, 6.0)}
"""Fewest and most bytes of text in a unit of it; of bytes, by how much two ways of weighing may differ."""
_UNITS = {"m": 10**6, "g": 10**9, "t": 10**12, "p": 10**15}
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


_NO_TEXT = 10**16
"""Bytes that all pages ever crawled do not have as text."""
_UNFILTERED = 12
"""How many times as much the pages may be that a corpus was filtered from: 45 TB of GPT-3's 0.57."""


def cannot_be(text: str, datasets: Sequence[Mapping[str, Any]]) -> bool:
    """Whether an amount in bytes is more than all datasets can hold, or less than the smallest of them.

    The 3.3 billion words of BERT are no 30 GB. Many times as much may be what they were filtered from, and
    nothing is told where the size of any of them is unknown; but no corpus holds ten petabytes of text.
    """
    found = _BYTES.fullmatch(text.strip())
    ranges = [
        [one["size"] * share for share in _PER_UNIT[one["unit"]]]
        for one in datasets
        if one.get("size") and one.get("unit") in _PER_UNIT
    ]
    if found is None:
        return False
    asked = float(found["number"].replace(",", "")) * _UNITS[found["unit"].lower()]
    if asked >= _NO_TEXT:
        return True
    if not ranges or len(ranges) < len(datasets):
        return False
    least, most = min(low for low, _ in ranges), sum(high for _, high in ranges)
    return bool(asked < least or most < asked < _UNFILTERED * most)


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
