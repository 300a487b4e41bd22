"""Cells as they are judged, made by hand: what is decided of whole columns is decided of these."""

from __future__ import annotations

from collections.abc import Iterable

from llmnotes.factcheck.judging.checked_table import CheckedTable
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.lines import Layout, Spot
from llmnotes.tables.model import Place, Table, TableCell

TRUE = frozenset({"agrees", "agrees-normalised"})
"""Verdicts of a cell that is true and spelled rightly."""


def judged(
    text: str, verdict: str = "wrong", cause: str | None = None, reason: str = "",
    *, row: int = 0, header: Header | None = None,
) -> JudgedCell:  # fmt: skip
    """A cell of the first column with what is said of it."""
    head = header or Header("Layers", attributes=("n_layers",), certainty=1.0)
    place = Place(row + 1, 1, row * 10, row * 10 + len(text))
    judgement = Judgement(head.attribute or "evaluation", verdict, reason, cause)
    return JudgedCell(
        row, 0, TableCell(text, text, place), Spot(None, "", (head,), 0), None, judgement
    )


def column(*cells: tuple[str, ...], header: Header | None = None) -> list[JudgedCell]:
    """Cells below each other: each its text, verdict, cause and reason."""
    return [judged(*cell, row=row, header=header) for row, cell in enumerate(cells)]


def layout(cells: Iterable[JudgedCell]) -> Layout:
    """The layout of a table with models in its rows."""
    rows = [[cell.cell] for cell in cells]
    return Layout(Table("md", "table", Place(1, 1, 0, 0), rows), "rows")


def verdicts(checked: CheckedTable) -> list[str]:
    """What is said of each cell of a table."""
    return [judged.judgement.verdict for judged in checked.judged_cells]
