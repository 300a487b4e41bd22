"""Columns of a table that nobody measured: shapes made up beside the right sizes."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.judging.columns import in_columns
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.lines import Layout
from llmnotes.schema import ATTRIBUTES

_FEWEST = 3
"""Values of a column from which it is judged as a whole."""
_SURE = 0.7
"""Certainty from which a header can hardly mean anything else."""
_MOST = 0.75
"""Share of the models whose sizes must be right."""


def made_up(layout: Layout, judged_cells: Sequence[JudgedCell]) -> set[str]:
    """The headers of two or more parts of a shape of which nothing is true, beside sizes that are.

    One column alone may count something else; two beside the right sizes of models by their own names are
    made up.
    """
    columns = {}
    sized = 0
    for cells in in_columns(layout, judged_cells):
        filled = [one for one in cells if one.filled and one.subject is not None]
        true = sum(one.judgement.verdict in TRUE_VERDICTS for one in filled)
        header = filled[0].spot.headers[0] if filled else None
        if header is None or true + sum(one.judgement.is_false for one in filled) < _FEWEST:
            continue
        if header.attribute in SIZES and true >= _MOST * len(filled):
            sized += true
        elif _is_of_shape(header.attribute) and header.certainty >= _SURE and not true:
            columns[header.text] = len(filled)
    return set(columns) if len(columns) > 1 and sized >= _MOST * max(columns.values()) else set()


def _is_of_shape(name: str | None) -> bool:
    """Whether an attribute counts the layers, their width or their heads."""
    about = ATTRIBUTES.get(name or "")
    return about is not None and about.group == "layers" and about.kind == "integer"
