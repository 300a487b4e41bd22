"""Columns whose counts are given in thousands without saying so: a context of `200`."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.factcheck.judging.columns import Ask, in_columns
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.lines import Layout

_BELOW = {"vocab_size": 1_000, "context_length": 1_100}
"""Numbers below which all of such a column stay; a million tokens are a thousand thousands."""
_FEWEST = 3
"""Cells that make a column; fewer may each have lost their unit."""
_MOSTLY = 0.8
"""Share of them that must be true in thousands."""


def read_in_thousands(layout: Layout, judged_cells: Sequence[JudgedCell], ask: Ask) -> None:
    """Judge the cells of such columns as they are meant."""
    for cells in in_columns(layout, judged_cells):
        below = _BELOW.get(cells[0].judgement.attribute, 0)
        filled = [cell for cell in cells if cell.filled and cell.judgement.verdict != "blank"]
        false = sum(cell.judgement.is_false for cell in filled)
        if false < _FEWEST or not all(_is_bare(cell.cell.text, below) for cell in filled):
            continue
        found = [ask(f"{cell.cell.text.strip()}K", cell.spot, cell.subject) for cell in filled]
        told = [one for one in found if one.verdict in TRUE_VERDICTS or one.is_false]
        if sum(one.verdict in TRUE_VERDICTS for one in told) >= _MOSTLY * len(told) >= 1:
            for cell, judgement in zip(filled, found, strict=True):
                if judgement.verdict == "agrees":
                    judgement = judgement._replace(
                        verdict="agrees-normalised", reason="in thousands"
                    )
                cell.judgement = judgement


def _is_bare(text: str, below: int) -> bool:
    plain = text.strip()
    return plain.isdecimal() and int(plain) < below
