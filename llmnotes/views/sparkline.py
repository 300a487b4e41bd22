"""Bars and sparklines made of characters."""

from __future__ import annotations

import math
from collections.abc import Sequence

_LEVELS = "▁▂▃▄▅▆▇█"
_EIGHTHS = " ▏▎▍▌▋▊▉"


def sparkline(values: Sequence[float | None], *, log: bool = False) -> str:
    """One character for each value, from the lowest `▁` to the highest `█`; a blank for None."""
    known = [_at(value, log) for value in values if value is not None]
    if not known:
        return " " * len(values)
    low, span = min(known), max(known) - min(known)
    found = []
    for value in values:
        share = (_at(value, log) - low) / span if value is not None and span else 1.0
        level = _LEVELS[min(len(_LEVELS) - 1, int(share * len(_LEVELS)))]
        found.append(" " if value is None else level)
    return "".join(found)


def bar(share: float, width: int) -> str:
    """A bar that fills `share` (0 to 1) of `width` characters, to an eighth of one."""
    eighths = round(min(1.0, max(0.0, share)) * width * 8)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")


def bars(
    rows: Sequence[tuple[str, float, str]], *, width: int = 80, log: bool = False
) -> list[str]:
    """A line for each (label, value, text): label, bar, text, within `width` columns.

    On a logarithmic scale, which has no zero, the shortest bar represents half of the smallest value;
    values must then be above zero.
    """
    if not rows:
        return []
    from llmnotes.escapes import printable

    labels = [printable(label)[: max(8, width // 3)] for label, _, _ in rows]
    widest = max(map(len, labels))
    room = max(8, width - widest - max(len(text) for _, _, text in rows) - 3)
    values = [_at(value, log) for _, value, _ in rows]
    low = min(values) - math.log(2) if log else 0.0
    span = max(values) - low or 1.0
    return [
        f"{label:<{widest}}  {bar((value - low) / span, room)} {text}"
        for label, value, (_, _, text) in zip(labels, values, rows, strict=True)
    ]


def _at(value: float, log: bool) -> float:
    return math.log(value) if log else float(value)
