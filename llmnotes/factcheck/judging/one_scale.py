"""Tables that compare methods at one scale, whose names are also those of models."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import withdrawn

_FEWEST = 3
"""Rows of one size that make a comparison at that size."""
_FALSE = 2
"""How many of them must be models of another size."""
_SHARE = 4
"""One in so many rows of a table that compares at one size has it; of a list of models fewer have."""
_SCALED = frozenset({*SIZES, "training_tokens", "batch_size", "n_layers", "d_model", "n_heads"})


def leave_one_scale(judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw judgements where several models stand with one size that is not theirs.

    GShard and Switch with 2.0B beside a model of that size are their methods, built again.
    """
    by_text: dict[str, list[JudgedCell]] = {}
    sized = [
        one
        for one in judged_cells
        if one.filled
        and one.spot.headers[0].attribute in SIZES
        and one.judgement.cause != "stated-absence"
    ]
    for cell in sized:
        by_text.setdefault(cell.cell.text.strip(), []).append(cell)
    for text, cells in by_text.items():
        false = {cell.spot.name for cell in cells if cell.judgement.is_false}
        many = len(cells) * _SHARE >= len(sized)
        if many and len({cell.spot.name for cell in cells}) >= _FEWEST and len(false) >= _FALSE:
            _withdraw(judged_cells, f"several models of other sizes stand with {text}")
            return


def _withdraw(judged_cells: Sequence[JudgedCell], why: str) -> None:
    for cell in judged_cells:
        if cell.judgement.is_false and cell.spot.headers[0].attribute in _SCALED:
            cell.judgement = withdrawn(cell.judgement, why)
